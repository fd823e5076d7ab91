"""The one door: who may do what in which account. Every service asks here; a hidden button protects nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NewType

from sqlalchemy import bindparam, select

from billing.accounts.tables import Account, Membership, User

# Part of what can be said about access; the screens know roles, and no tables.
from billing.accounts.tables import Role as Role
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import CheckNeeded, NotAllowed, NotFound, SecondFactorNeeded
from billing.logins import factors

# The words in which the door speaks are had from it as well.
from billing.rights import DEFAULTS as DEFAULTS
from billing.rights import MAY_GET_BILLING_MAIL as MAY_GET_BILLING_MAIL
from billing.rights import ON_BEHALF as ON_BEHALF
from billing.rights import OPTIONAL as OPTIONAL
from billing.rights import SCOPE_RIGHTS as SCOPE_RIGHTS
from billing.rights import Permission as Permission
from billing.rights import Rights as Rights
from billing.rights import Scope as Scope
from billing.rights import possible as possible
from billing.rights import rights_of as rights_of
from billing.rights import scopes_text as scopes_text

AllowedAccount = NewType("AllowedAccount", int)

CHECK_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Look:
    """Somebody else's eyes: in which account, and with which rights."""

    account_id: int
    rights: Rights


@dataclass(frozen=True)
class Key:
    """A key of the API, as it was found valid. account_id: the one customer that it is for; None for all of them."""

    key_id: int
    scopes: frozenset[Scope]
    account_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a user, the system itself, a machine with a key, or the bearer of a pay link, who may pay one invoice
    and nothing else.

    checked_at: when this person last proved who they are. looks_as: somebody else, through whose eyes
    the actor looks; then nothing can be changed at all (the runtime sees to that). acts_for: the account of a customer
    on whose behalf somebody of the finance department acts, and in which alone.
    """

    name: str
    user_id: int | None = None
    is_system: bool = False
    pays_invoice_id: int | None = None
    checked_at: datetime | None = None
    looks_as: Look | None = None
    acts_for: int | None = None
    key: Key | None = None


@dataclass(frozen=True)
class Place:
    """An account that is open to an actor for what was asked, and all that the actor may do there."""

    account: AllowedAccount
    name: str
    rights: Rights


_A, _M = table_of(Account).c, table_of(Membership).c
_MEMBERSHIP = select(_M.role, _M.scopes, _M.ends_on).where(
    _M.account_id == bindparam("account_id"), _M.user_id == bindparam("user_id")
)
_EVERYWHERE = (
    select(_A.id, _A.name, _M.role, _M.scopes, _M.ends_on)
    .join_from(table_of(Membership), table_of(Account), _A.id == _M.account_id)
    .where(_M.user_id == bindparam("user_id"))
    .order_by(_A.name, _A.id)
)

_EXISTS = select(_A.id).where(_A.id == bindparam("account_id"))
SYSTEM = Actor(name="Voldaan", is_system=True)

# Who of the company's own people decides about money.
FINANCE, PRESENTER = frozenset({"finance", "finance_lead"}), "presenter"


def permissions(work: Work, actor: Actor, account_id: int) -> Rights:
    """What a person or a key may do in an account today; nothing when the membership is missing or over, or when a
    second factor is demanded of a person who has none. A query that asks again is not answered anew."""
    place = ("rights", actor, account_id)
    if not work.only_reads or place not in work.memo:
        work.memo[place] = _permissions(work, actor, account_id)
    found: Rights = work.memo[place]
    return found


def _permissions(work: Work, actor: Actor, account_id: int) -> Rights:
    if actor.key is not None:
        return _rights_of_key(work, actor.key, account_id)
    if actor.user_id is None:
        return frozenset()
    if actor.acts_for is not None:
        return ON_BEHALF if actor.acts_for == account_id and _is_finance(work, actor) else frozenset()
    membership = work.plain(_MEMBERSHIP, account_id=account_id, user_id=actor.user_id).first()
    if membership is None or factors.is_lacking(work, actor.user_id, of_staff=False):
        return frozenset()
    rights = granted(membership.role, membership.scopes, membership.ends_on, local_day(work.now))
    if actor.looks_as is None:
        return rights
    return rights & actor.looks_as.rights if actor.looks_as.account_id == account_id else frozenset()


def granted(role: str, scopes: str, ends_on: date | None, today: date) -> Rights:
    """What a membership allows on a day: nothing any more once it is over."""
    return rights_of(role, scopes) if ends_on is None or ends_on >= today else frozenset()


def require(work: Work, actor: Actor, permission: Permission, account_id: int) -> AllowedAccount:
    """The account, proven to be open to the actor for this.

    Raises NotFound when the actor has nothing to do with the account, so that its existence stays unknown, NotAllowed
    when only this right is missing, and SecondFactorNeeded, of any account, to who lacks what is demanded.
    """
    if actor.is_system:
        return AllowedAccount(account_id)
    rights = permissions(work, actor, account_id)
    if not rights:
        _require_factor(work, actor, of_staff=actor.acts_for is not None)
    if permission not in rights:
        missing = {"permission": permission.value, "account_id": account_id}
        raise NotAllowed(**missing) if rights else NotFound(hides=missing)
    return AllowedAccount(account_id)


def require_scope(actor: Actor, scope: Scope) -> Key:
    """The key of a machine that may do this. Raises NotAllowed for a key without this scope, and for people."""
    if actor.key is None or scope not in actor.key.scopes:
        raise NotAllowed(permission=scope.value)
    return actor.key


def require_customer(work: Work, actor: Actor, scope: Scope, account_id: int) -> AllowedAccount:
    """The account, proven to be within reach of a machine that may do this.

    Raises NotAllowed without the scope, and NotFound for what does not exist or is out of reach: both sound the same.
    """
    if not _reaches(work, require_scope(actor, scope), account_id):
        raise NotFound(hides={"permission": scope.value, "account_id": account_id})
    return AllowedAccount(account_id)


def everywhere(work: Work, actor: Actor, permission: Permission) -> tuple[Place, ...]:
    """All accounts in which a person has this right today, by name.

    Raises NotAllowed when there is none, and for who looks through somebody else's eyes or acts for somebody else:
    those see one account. Raises SecondFactorNeeded as `require`.
    """
    _require_factor(work, actor, of_staff=False)
    today = local_day(work.now)
    found = [
        Place(AllowedAccount(row.id), row.name, granted(row.role, row.scopes, row.ends_on, today))
        for row in work.plain(_EVERYWHERE, user_id=actor.user_id)
    ]
    places = tuple(place for place in found if permission in place.rights)
    if not places or actor.looks_as is not None or actor.acts_for is not None:
        raise NotAllowed(permission=permission.value)
    return places


def require_checked(work: Work, actor: Actor, permission: Permission, account_id: int) -> AllowedAccount:
    """As `require`, for what needs a fresh proof of who acts: users, mandate, payout, account number.

    A key is proof by itself, in every call. Raises CheckNeeded when the proof of a person (password, code or passkey)
    is more than ten minutes old.
    """
    allowed = require(work, actor, permission, account_id)
    if not actor.is_system and actor.key is None:
        require_proof(work, actor)
    return allowed


def require_finance(work: Work, actor: Actor) -> int:
    """The id of somebody of the company's own finance department, who acts for nobody else and looks through nobody
    else's eyes just now. Raises NotAllowed for all others, and SecondFactorNeeded."""
    if not _is_oneself(actor):
        raise NotAllowed(permission="finance")
    return require_staff(work, actor, FINANCE, "finance")


def require_staff(work: Work, actor: Actor, roles: frozenset[str], name: str) -> int:
    """The id of one of the company's own people with one of these roles. name: of what is refused to others.

    Raises NotAllowed, and SecondFactorNeeded when only that is lacking.
    """
    if actor.user_id is None or _staff_role(work, actor) not in roles:
        raise NotAllowed(permission=name)
    _require_factor(work, actor, of_staff=True)
    return actor.user_id


def require_finance_checked(work: Work, actor: Actor) -> int:
    """As `require_finance`, for what needs a fresh proof of who acts. Raises CheckNeeded too."""
    user_id = require_finance(work, actor)
    require_proof(work, actor)
    return user_id


def speaks_for_finance(work: Work, actor: Actor) -> bool:
    """Whether `require_finance` would let this actor through."""
    return _is_oneself(actor) and _is_finance(work, actor)


def require_proof(work: Work, actor: Actor) -> None:
    """Raises CheckNeeded when the actor's last proof is more than ten minutes old."""
    if actor.checked_at is None or actor.checked_at < work.now - CHECK_LASTS:
        raise CheckNeeded()


def _is_oneself(actor: Actor) -> bool:
    return actor.acts_for is None and actor.looks_as is None


def _is_finance(work: Work, actor: Actor) -> bool:
    is_theirs = actor.user_id is not None and _staff_role(work, actor) in FINANCE
    return is_theirs and not factors.is_lacking(work, actor.user_id or 0, of_staff=True)


def _staff_role(work: Work, actor: Actor) -> str:
    user = work.session.get(User, actor.user_id) if actor.user_id is not None else None
    return user.staff_role if user else ""


def _require_factor(work: Work, actor: Actor, *, of_staff: bool) -> None:
    if actor.user_id is not None and factors.is_lacking(work, actor.user_id, of_staff=of_staff):
        raise SecondFactorNeeded()


def _rights_of_key(work: Work, key: Key, account_id: int) -> Rights:
    if not _reaches(work, key, account_id):
        return frozenset()
    return frozenset().union(*(SCOPE_RIGHTS.get(scope, frozenset()) for scope in key.scopes))


def _reaches(work: Work, key: Key, account_id: int) -> bool:
    if key.account_id not in {None, account_id}:
        return False
    return work.plain(_EXISTS, account_id=account_id).first() is not None
