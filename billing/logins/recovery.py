"""A way back in for who has lost app, passkeys and backup codes: by mail, after a day, and not behind anybody's back.

The day gives the person whose password was stolen, and the owner of the account, the time to say no.
"""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from billing import audit, locks
from billing.access import Actor
from billing.accounts import notices
from billing.accounts.tables import Membership
from billing.db import Work
from billing.logins import links, sessions
from billing.logins.tables import Authenticator, BackupCode, LinkPurpose, MailedLink, Passkey
from billing.ports import AccountMailKind

WAIT = timedelta(days=1)
WITHIN = timedelta(days=7)


def ask(work: Work, token: str) -> None:
    """Whoever gave the password asks to do without the second factor. Raises NotFound when that log-in is over."""
    user = locks.user(work, sessions.half(work, token).user_id)
    link = links.send(work, user, LinkPurpose.SECOND_FACTOR_RECOVERY, within=WITHIN, after=WAIT)
    actor = Actor(name=user.name, user_id=user.id)
    audit.record(work, actor, "second_factor.lost", chain=audit.of_user(user.id or 0), subject=user.name)
    accounts = select(Membership.account_id).where(Membership.user_id == user.id).order_by(col(Membership.id))
    for account_id in work.session.exec(accounts).all():
        facts = {"name": user.name, "opens_at": link.opens_at.isoformat()}
        notices.to_owner(work, account_id, AccountMailKind.SECOND_FACTOR_LOST, facts)


def finish(work: Work, link_id: int) -> None:
    """Do without app, passkeys and backup codes from now on; every session ends.

    Raises NotFound, LinkUsed, LinkExpired, LinkTooEarly.
    """
    user = links.use(work, link_id, LinkPurpose.SECOND_FACTOR_RECOVERY)[1]
    for table in (Authenticator, BackupCode, Passkey):
        work.session.execute(delete(table).where(col(table.user_id) == user.id))
    actor = Actor(name=user.name, user_id=user.id)
    sessions.end_others(work, actor, "")
    audit.record(work, actor, "second_factor.off", chain=audit.of_user(user.id or 0), subject=user.name)
    notices.to_user(work, user.id or 0, AccountMailKind.SECOND_FACTOR_OFF, {})


def lapse(work: Work, user_id: int) -> None:
    """The second factor was there after all: what was asked for by mail no longer works."""
    work.session.execute(
        update(MailedLink)
        .where(
            col(MailedLink.user_id) == user_id, col(MailedLink.used_at).is_(None),
            col(MailedLink.purpose) == LinkPurpose.SECOND_FACTOR_RECOVERY.value,
        )
        .values(used_at=work.now)
    )  # fmt: skip
