"""Reading accounts: who is logged in, who receives the mails, which accounts changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, or_, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.service import SEEN_EVERY, SESSION_IDLE, SESSION_MAX, digest
from billing.accounts.tables import Account, LoginSession, Membership, User
from billing.clock import local_day
from billing.db import Work


@dataclass(frozen=True)
class Identity:
    """Who is logged in, and what this person may do in the account on screen.

    account_id: 0 when the person has no account. accounts: (id, name) of all. idle: the session should be kept alive.
    """

    user_id: int
    name: str
    email: str
    language: str
    staff_role: str
    account_id: int
    account_name: str
    account_version: int
    accounts: tuple[tuple[int, str], ...]
    permissions: frozenset[Permission]
    idle: bool

    @property
    def actor(self) -> Actor:
        return Actor(name=self.name, user_id=self.user_id)


def identity(work: Work, token: str) -> Identity | None:
    """Who holds this session token; None when it is unknown, ended, expired or idle too long."""
    row = work.session.exec(
        select(LoginSession, User).join(User, col(User.id) == col(LoginSession.user_id))
        .where(LoginSession.token_sha256 == digest(token), col(LoginSession.ended_at).is_(None))
    ).first()  # fmt: skip
    if row is None:
        return None
    session, user = row
    if session.created_at < work.now - SESSION_MAX or session.seen_at < work.now - SESSION_IDLE:
        return None
    user_id = user.id or 0
    accounts = _accounts_of(work, user_id)
    account = next((a for a in accounts if a.id == session.account_id), accounts[0] if accounts else None)
    return Identity(
        user_id=user_id, name=user.name, email=user.email, language=user.language, staff_role=user.staff_role,
        account_id=account.id or 0 if account else 0, account_name=account.name if account else "",
        account_version=account.version if account else 0,
        accounts=tuple((a.id or 0, a.name) for a in accounts),
        permissions=access.permissions(work, user_id, account.id or 0) if account else frozenset(),
        idle=session.seen_at < work.now - SEEN_EVERY,
    )  # fmt: skip


def versions(work: Work, account_ids: Sequence[int]) -> dict[int, int]:
    """The change counter of each account."""
    statement = select(Account.id, Account.version).where(col(Account.id).in_(account_ids))
    return {account_id or 0: version for account_id, version in work.session.exec(statement)}


def billing_recipients(work: Work, account_ids: Collection[int]) -> dict[int, list[User]]:
    """Who gets the billing mails of each account: members who asked for them and may still see invoices."""
    today = local_day(work.now)
    statement = (
        select(Membership.account_id, Membership.role, User)
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(
            col(Membership.account_id).in_(account_ids),
            col(Membership.receives_billing_mail),
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today),
        )
        .order_by(col(Membership.id))
    )
    recipients: dict[int, list[User]] = {}
    for account_id, role, user in work.session.exec(statement):
        if Permission.INVOICES_VIEW in access.GRANTS[role]:
            recipients.setdefault(account_id, []).append(user)
    return recipients


def _accounts_of(work: Work, user_id: int) -> Sequence[Account]:
    today = local_day(work.now)
    return work.session.exec(
        select(Account)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(Membership.user_id == user_id, or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= today))
        .order_by(col(Membership.id))
    ).all()
