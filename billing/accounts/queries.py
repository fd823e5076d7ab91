"""Reading accounts: who is logged in, who receives the mails, which accounts changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col, or_, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.service import SEEN_EVERY, SESSION_IDLE, SESSION_MAX, digest
from billing.accounts.tables import Account, LoginSession, Membership, User
from billing.clock import local_day
from billing.db import Work, table_of

# Asked with every click, so built once and run past the object layer.
_A, _M, _S, _U = (table_of(table).c for table in (Account, Membership, LoginSession, User))
_SESSION = (
    sql_select(
        _U.id, _U.name, _U.email, _U.language, _U.staff_role, _S.account_id, _S.created_at, _S.seen_at, _S.ended_at
    )
    .join_from(table_of(LoginSession), table_of(User), _U.id == _S.user_id)
    .where(_S.token_sha256 == bindparam("token_sha256"))
)
_ACCOUNTS = (
    sql_select(_A.id, _A.name, _A.version, _M.role, _M.ends_on)
    .join_from(table_of(Membership), table_of(Account), _A.id == _M.account_id)
    .where(_M.user_id == bindparam("user_id"))
    .order_by(_M.id)
)
_NO_RIGHTS: frozenset[Permission] = frozenset()


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
    session = work.plain(_SESSION, token_sha256=digest(token)).first()
    if session is None or session.ended_at is not None:
        return None
    if session.created_at < work.now - SESSION_MAX or session.seen_at < work.now - SESSION_IDLE:
        return None
    today = local_day(work.now)
    found = [(row, access.granted(row.role, row.ends_on, today)) for row in work.plain(_ACCOUNTS, user_id=session.id)]
    accounts = [(row, rights) for row, rights in found if rights]
    first = accounts[0] if accounts else (None, _NO_RIGHTS)
    row, rights = next(((r, g) for r, g in accounts if r.id == session.account_id), first)
    return Identity(
        user_id=session.id, name=session.name, email=session.email, language=session.language,
        staff_role=session.staff_role, account_id=row.id if row else 0, account_name=row.name if row else "",
        account_version=row.version if row else 0, accounts=tuple((r.id, r.name) for r, _ in accounts),
        permissions=rights, idle=session.seen_at < work.now - SEEN_EVERY,
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
