"""The one door: who may do what in which account. Every service asks here; a hidden button protects nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from sqlalchemy import bindparam, select

from billing.accounts.tables import Account, Membership, User

# Part of what can be said about access; the screens know roles, and no tables.
from billing.accounts.tables import Role as Role
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import CheckNeeded, NotAllowed, NotFound

AllowedAccount = NewType("AllowedAccount", int)

CHECK_LASTS = timedelta(minutes=10)


class Permission(StrEnum):
    """A right within one account. Seeing, paying, authorising a debit and receiving mail are separate rights."""

    INVOICES_VIEW = "invoices.view"
    INVOICES_PAY = "invoices.pay"
    CREDITS_VIEW = "credits.view"
    CREDITS_CHOOSE = "credits.choose"
    MANDATE_VIEW = "mandate.view"
    MANDATE_MANAGE = "mandate.manage"
    BILLING_PROFILE_EDIT = "billing_profile.edit"
    NOTIFICATIONS_MANAGE = "notifications.manage"
    SERVICES_VIEW = "services.view"
    SERVICES_CHANGE = "services.change"
    WEBSITE_MANAGE = "website.manage"
    EMAIL_MANAGE = "email.manage"
    DOMAINS_MANAGE = "domains.manage"
    USERS_MANAGE = "users.manage"
    AUDIT_VIEW = "audit.view"
    OWNERSHIP_TRANSFER = "ownership.transfer"


class Scope(StrEnum):
    """What a key of the API may do, for all customers or for the one that it is bound to."""

    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    SERVICES_READ = "services:read"
    SERVICES_WRITE = "services:write"
    INVOICES_READ = "invoices:read"
    INVOICES_WRITE = "invoices:write"
    PAYMENTS_READ = "payments:read"
    CREDITS_READ = "credits:read"
    WEBHOOKS_MANAGE = "webhooks:manage"


_P = Permission
Rights = frozenset[Permission]

# What a role has from the start, and what can be added to it; a right in neither set counts for nothing. The database
# itself refuses the gravest: the website for who pays, the money for who builds.
DEFAULTS: dict[Role, Rights] = {
    Role.OWNER: frozenset(Permission),
    Role.ADMINISTRATOR: frozenset(Permission) - {_P.USERS_MANAGE, _P.OWNERSHIP_TRANSFER},
    Role.BOOKKEEPER: frozenset({_P.INVOICES_VIEW, _P.INVOICES_PAY, _P.CREDITS_VIEW, _P.MANDATE_VIEW, _P.SERVICES_VIEW}),
    Role.READ_ONLY: frozenset({_P.INVOICES_VIEW, _P.CREDITS_VIEW, _P.MANDATE_VIEW, _P.SERVICES_VIEW, _P.AUDIT_VIEW}),
    Role.TECHNICIAN: frozenset({_P.SERVICES_VIEW, _P.WEBSITE_MANAGE, _P.EMAIL_MANAGE, _P.DOMAINS_MANAGE}),
}
OPTIONAL: dict[Role, Rights] = {
    Role.OWNER: frozenset(),
    Role.ADMINISTRATOR: frozenset({_P.USERS_MANAGE}),
    Role.BOOKKEEPER: frozenset({_P.CREDITS_CHOOSE, _P.MANDATE_MANAGE, _P.BILLING_PROFILE_EDIT}),
    Role.READ_ONLY: frozenset(),
    Role.TECHNICIAN: frozenset(),
}
# What the company's own people may do for a customer who asks them to. Money, mandates, mails about them, log-ins and
# what is hosted stay with the customer.
ON_BEHALF: Rights = frozenset({
    _P.INVOICES_VIEW, _P.CREDITS_VIEW, _P.MANDATE_VIEW, _P.SERVICES_VIEW, _P.SERVICES_CHANGE, _P.BILLING_PROFILE_EDIT,
    _P.AUDIT_VIEW,
})  # fmt: skip
# The rights in an account that a key's scopes amount to; what is in none of them, no machine can do.
SCOPE_RIGHTS: dict[Scope, Rights] = {
    Scope.CUSTOMERS_WRITE: frozenset({_P.BILLING_PROFILE_EDIT}),
    Scope.SERVICES_READ: frozenset({_P.SERVICES_VIEW}),
    Scope.SERVICES_WRITE: frozenset({_P.SERVICES_CHANGE}),
    Scope.INVOICES_READ: frozenset({_P.INVOICES_VIEW}),
    Scope.CREDITS_READ: frozenset({_P.CREDITS_VIEW}),
}
# A technician works on the website; the money is none of that.
MAY_GET_BILLING_MAIL = frozenset(Role) - {Role.TECHNICIAN}


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


def possible(role: Role) -> Rights:
    """All that a role may ever have."""
    return DEFAULTS[role] | OPTIONAL[role]


def scopes_text(rights: Iterable[Permission]) -> str:
    """Rights as a membership keeps them: their names in order, with spaces between them."""
    return " ".join(sorted(right.value for right in rights))


def rights_of(role: str, scopes: str) -> Rights:
    """The rights that a role and its kept scopes amount to; what the role can't have counts for nothing."""
    names = scopes.split()
    return frozenset(right for right in possible(Role(role)) if right.value in names)


def permissions(work: Work, actor: Actor, account_id: int) -> Rights:
    """What a person or a key may do in an account today; nothing when the membership is missing or over."""
    if actor.key is not None:
        return _rights_of_key(work, actor.key, account_id)
    if actor.user_id is None:
        return frozenset()
    if actor.acts_for is not None:
        return ON_BEHALF if actor.acts_for == account_id and _is_finance(work, actor) else frozenset()
    membership = work.plain(_MEMBERSHIP, account_id=account_id, user_id=actor.user_id).first()
    if membership is None:
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

    Raises NotFound when the actor has nothing to do with the account, so that its existence stays unknown, and
    NotAllowed when only this right is missing.
    """
    if actor.is_system:
        return AllowedAccount(account_id)
    rights = permissions(work, actor, account_id)
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
    those see one account.
    """
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
    """The id of somebody of the company's own finance department. Raises NotAllowed unless `speaks_for_finance`."""
    if actor.user_id is None or not speaks_for_finance(work, actor):
        raise NotAllowed(permission="finance")
    return actor.user_id


def require_finance_checked(work: Work, actor: Actor) -> int:
    """As `require_finance`, for what needs a fresh proof of who acts. Raises NotAllowed, CheckNeeded."""
    user_id = require_finance(work, actor)
    require_proof(work, actor)
    return user_id


def speaks_for_finance(work: Work, actor: Actor) -> bool:
    """Whether this is finance itself, who acts for nobody else and looks through nobody else's eyes just now."""
    is_self = actor.user_id is not None and actor.acts_for is None and actor.looks_as is None
    return is_self and _is_finance(work, actor)


def require_proof(work: Work, actor: Actor) -> None:
    """Raises CheckNeeded when the actor's last proof is more than ten minutes old."""
    if actor.checked_at is None or actor.checked_at < work.now - CHECK_LASTS:
        raise CheckNeeded()


def _is_finance(work: Work, actor: Actor) -> bool:
    user = None if actor.is_system else work.session.get(User, actor.user_id)
    return user is not None and user.staff_role in FINANCE


def _rights_of_key(work: Work, key: Key, account_id: int) -> Rights:
    if not _reaches(work, key, account_id):
        return frozenset()
    return frozenset().union(*(SCOPE_RIGHTS.get(scope, frozenset()) for scope in key.scopes))


def _reaches(work: Work, key: Key, account_id: int) -> bool:
    if key.account_id not in {None, account_id}:
        return False
    return work.plain(_EXISTS, account_id=account_id).first() is not None
