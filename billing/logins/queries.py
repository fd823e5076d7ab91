"""Reading log-ins: who is there, which sessions are open, and how well a log-in is protected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col, func, select

from billing import access, refusals
from billing.access import Actor, Look, Permission, Rights
from billing.accounts.tables import Account, Membership, User
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import BillingError
from billing.logins import factors
from billing.logins.sessions import SEEN_EVERY, SESSION_IDLE, SESSION_MAX, digest
from billing.logins.tables import Authenticator, BackupCode, LinkPurpose, LoginSession, MailedLink, Passkey

R = TypeVar("R")

# Asked with every click, so built once and run past the object layer.
_A, _M, _S, _U = (table_of(table).c for table in (Account, Membership, LoginSession, User))
_SESSION = (
    sql_select(
        _U.id, _U.name, _U.email, _U.language, _U.staff_role, _S.account_id, _S.created_at, _S.seen_at, _S.ended_at,
        _S.checked_at, _S.looks_as_name, _S.looks_as_role, _S.looks_as_scopes, _S.acts_for_id,
    )
    .join_from(table_of(LoginSession), table_of(User), _U.id == _S.user_id)
    .where(_S.token_sha256 == bindparam("token_sha256"), _S.is_half.is_(False))
)  # fmt: skip
_ACCOUNTS = (
    sql_select(_A.id, _A.name, _A.version, _M.role, _M.scopes, _M.ends_on)
    .join_from(table_of(Membership), table_of(Account), _A.id == _M.account_id)
    .where(_M.user_id == bindparam("user_id"))
    .order_by(_M.id)
)
_CUSTOMER = sql_select(_A.id, _A.name, _A.version).where(_A.id == bindparam("account_id"))


@dataclass(frozen=True)
class Identity:
    """Who is logged in, and what this person may do in the account on screen.

    account_id: 0 when the person has no account. accounts: (id, name) of all. idle: the session should be kept alive.
    role: this person's role in the account. looks_as: the role through whose eyes this session looks, empty for none;
    looks_as_name: whose eyes these are, when that is known.
    inbox: (id, change counter) of all accounts whose invoices this person may see; empty while looking. acts_for:
    whether somebody of the company itself acts on behalf of this account. needs_factor: that a second factor is
    demanded of this person, who has none, and who is less than the roles say until then.
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
    role: str
    permissions: Rights
    idle: bool
    checked_at: datetime | None
    looks_as: str = ""
    looks_as_name: str = ""
    inbox: tuple[tuple[int, int], ...] = ()
    acts_for: bool = False
    needs_factor: bool = False

    @property
    def is_finance(self) -> bool:
        """Whether this is somebody of the company's own finance department, and nobody else just now."""
        is_oneself = not self.looks_as and not self.acts_for
        return self.staff_role in access.FINANCE and is_oneself and not self.needs_factor

    @property
    def presents(self) -> bool:
        """Whether this is who shows a demo."""
        return self.staff_role == access.PRESENTER and not self.needs_factor

    @property
    def actor(self) -> Actor:
        return Actor(
            name=self.name, user_id=self.user_id, checked_at=self.checked_at,
            looks_as=Look(self.account_id, self.permissions) if self.looks_as else None,
            acts_for=self.account_id if self.acts_for else None,
        )  # fmt: skip


@dataclass(frozen=True)
class OpenSession:
    """A place where somebody is logged in. is_here: the one that asks."""

    session_id: int
    address: str
    device: str
    created_at: datetime
    seen_at: datetime
    is_here: bool


@dataclass(frozen=True)
class KnownPasskey:
    passkey_id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Security:
    """How a log-in is protected. app_since: None without an app; codes_left: unused backup codes."""

    app_since: datetime | None
    codes_left: int
    passkeys: tuple[KnownPasskey, ...]
    sessions: tuple[OpenSession, ...]


def identity(work: Work, token: str) -> Identity | None:
    """Who holds this session token; None when it is unknown, half, ended, expired or idle too long."""
    session = work.plain(_SESSION, token_sha256=digest(token)).first()
    if session is None or session.ended_at is not None:
        return None
    if session.created_at < work.now - SESSION_MAX or session.seen_at < work.now - SESSION_IDLE:
        return None
    needs_factor = factors.is_lacking(work, session.id, of_staff=bool(session.staff_role))
    if session.acts_for_id is not None and session.staff_role in access.FINANCE and not needs_factor:
        return _on_behalf(work, session)
    return _oneself(work, session, needs_factor)


def told(
    work: Work, token: str, query: Callable[..., R], *args: Any
) -> tuple[Identity, R | BillingError] | None:  # fmt: skip
    """Who holds this session token, and what a query, which gets Work and Actor first, tells this person, in one
    transaction; None as `identity`.

    What the query raises is told as well, since it is the person that hears of it. A refused right is logged.
    """
    person = identity(work, token)
    if person is None:
        return None
    try:
        with refusals.logged(query, person.actor):
            return person, query(work, person.actor, *args)
    except BillingError as error:
        return person, error


def security(work: Work, actor: Actor, token: str) -> Security:
    """How one's own log-in is protected, and where it is open now."""
    user_id = actor.user_id or 0
    app = work.session.get(Authenticator, user_id)
    codes = select(func.count()).where(BackupCode.user_id == user_id, col(BackupCode.used_at).is_(None))
    passkeys = work.session.exec(select(Passkey).where(Passkey.user_id == user_id).order_by(col(Passkey.id)))
    return Security(
        app_since=app.confirmed_at if app else None,
        codes_left=work.session.exec(codes).one(),
        passkeys=tuple(KnownPasskey(p.id or 0, p.name, p.created_at, p.last_used_at) for p in passkeys),
        sessions=_open_sessions(work, user_id, token),
    )


def email_to_confirm(work: Work, actor: Actor) -> str:
    """The new address that somebody asked for and has still to confirm; empty when there is none."""
    newest = (
        select(MailedLink)
        .where(MailedLink.user_id == actor.user_id, MailedLink.purpose == LinkPurpose.EMAIL_CHANGE.value)
        .order_by(col(MailedLink.id).desc())
        .limit(1)
    )
    link = work.session.exec(newest).first()
    return link.new_email if link and link.used_at is None and link.expires_at > work.now else ""


def _open_sessions(work: Work, user_id: int, token: str) -> tuple[OpenSession, ...]:
    here = digest(token)
    statement = (
        select(LoginSession)
        .where(
            LoginSession.user_id == user_id, col(LoginSession.ended_at).is_(None),
            col(LoginSession.is_half).is_(False), col(LoginSession.created_at) >= work.now - SESSION_MAX,
            col(LoginSession.seen_at) >= work.now - SESSION_IDLE,
        )
        .order_by(col(LoginSession.seen_at).desc())
    )  # fmt: skip
    return tuple(
        OpenSession(s.id or 0, s.address, s.device, s.created_at, s.seen_at, s.token_sha256 == here)
        for s in work.session.exec(statement)
    )


def _oneself(work: Work, session: Any, needs_factor: bool) -> Identity:
    today = local_day(work.now)
    is_shut = needs_factor and work.second_factor.is_demanded(of_staff=False)
    found = [
        (row, access.granted(row.role, row.scopes, row.ends_on, today))
        for row in ([] if is_shut else work.plain(_ACCOUNTS, user_id=session.id))
    ]
    accounts = [(row, rights) for row, rights in found if rights]
    first: tuple[Any, Rights] = accounts[0] if accounts else (None, frozenset())
    row, rights = next(((r, g) for r, g in accounts if r.id == session.account_id), first)
    if session.looks_as_role:
        rights &= access.rights_of(session.looks_as_role, session.looks_as_scopes)
        accounts = [(r, g) for r, g in accounts if r is row]
    seen = () if session.looks_as_role else accounts
    return _identity(
        work, session, row, accounts=tuple((r.id, r.name) for r, _ in accounts), role=row.role if row else "",
        permissions=rights, looks_as=session.looks_as_role, looks_as_name=session.looks_as_name,
        inbox=tuple((r.id, r.version) for r, g in seen if Permission.INVOICES_VIEW in g), needs_factor=needs_factor,
    )  # fmt: skip


def _on_behalf(work: Work, session: Any) -> Identity:
    customer = work.plain(_CUSTOMER, account_id=session.acts_for_id).one()
    return _identity(
        work, session, customer, accounts=((customer.id, customer.name),), role="", permissions=access.ON_BEHALF,
        acts_for=True,
    )  # fmt: skip


def _identity(work: Work, session: Any, account: Any, **other: Any) -> Identity:
    """What holds for everybody. account: the row of the one on screen, or None."""
    return Identity(
        user_id=session.id, name=session.name, email=session.email, language=session.language,
        staff_role=session.staff_role, account_id=account.id if account else 0,
        account_name=account.name if account else "", account_version=account.version if account else 0,
        idle=session.seen_at < work.now - SEEN_EVERY, checked_at=session.checked_at, **other,
    )  # fmt: skip
