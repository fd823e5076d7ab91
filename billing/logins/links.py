"""Links that are mailed to somebody with a log-in: for one use, for a while, and only the newest of a kind."""

from datetime import timedelta

from sqlmodel import col, select

from billing import locks, rates
from billing.accounts import notices
from billing.accounts.tables import User
from billing.db import Work
from billing.errors import LinkExpired, LinkTooEarly, LinkUsed, NotFound
from billing.logins.tables import LinkPurpose, MailedLink
from billing.ports import AccountMailKind
from billing.rates import Limit

# Of one kind to one person: whoever asks more often has the mails already, or is somebody else.
MAILS = Limit("link to a person", times=5, seconds=3600)


def send(
    work: Work, user: User, purpose: LinkPurpose, *, within: timedelta, after: timedelta = timedelta(0),
    new_email: str = "",
) -> MailedLink:  # fmt: skip
    """Mail a link to a person, or to the new address it is to confirm; it works from `after` until `within`.

    Raises LoginThrottled when this person has been mailed a few in this hour.
    """
    rates.require(work, (MAILS, f"{purpose} {user.id}"))
    link = MailedLink(
        user_id=user.id or 0, purpose=purpose.value, new_email=new_email, created_at=work.now,
        opens_at=work.now + after, expires_at=work.now + within,
    )  # fmt: skip
    work.session.add(link)
    work.flush()
    facts = {"new_email": new_email, "opens_at": link.opens_at.isoformat()}
    notices.to_address(
        work, new_email or user.email, AccountMailKind(purpose.value), facts, name=user.name, language=user.language,
        link=(link.id or 0,),
    )  # fmt: skip
    return link


def usable(work: Work, link_id: int, purpose: LinkPurpose) -> MailedLink:
    """A link that works now. Raises NotFound, LinkUsed, LinkExpired or LinkTooEarly."""
    link = work.session.get(MailedLink, link_id, populate_existing=True)
    if link is None or link.purpose != purpose:
        raise NotFound()
    newer = select(MailedLink.id).where(
        MailedLink.user_id == link.user_id, MailedLink.purpose == purpose.value, col(MailedLink.id) > link.id
    )
    if link.used_at is not None or work.session.exec(newer).first() is not None:
        raise LinkUsed()
    if link.expires_at <= work.now:
        raise LinkExpired()
    if link.opens_at > work.now:
        raise LinkTooEarly(opens_at=link.opens_at.isoformat())
    return link


def use(work: Work, link_id: int, purpose: LinkPurpose) -> tuple[MailedLink, User]:
    """Use a link up, under the lock of the person whose it is. Raises as `usable`."""
    user = locks.user(work, usable(work, link_id, purpose).user_id)
    # Whoever held the lock before us may have used it.
    link = usable(work, link_id, purpose)
    link.used_at = work.now
    work.session.add(link)
    return link, user
