"""The one door: who may do what in which account. Every service asks here; a hidden button protects nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from sqlalchemy import bindparam, select

from billing.accounts.tables import Membership, Role
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import NotAllowed, NotFound

AllowedAccount = NewType("AllowedAccount", int)


class Permission(StrEnum):
    """A right within one account. Seeing, paying, authorising a debit and receiving mail are separate rights."""

    INVOICES_VIEW = "invoices.view"
    INVOICES_PAY = "invoices.pay"
    CREDITS_VIEW = "credits.view"
    SERVICES_VIEW = "services.view"


_BILLING = frozenset(Permission)
GRANTS: dict[str, frozenset[Permission]] = {
    Role.OWNER: _BILLING,
    Role.ADMINISTRATOR: _BILLING,
    Role.BOOKKEEPER: _BILLING,
    Role.READ_ONLY: _BILLING - {Permission.INVOICES_PAY},
    Role.TECHNICIAN: frozenset({Permission.SERVICES_VIEW}),
}


@dataclass(frozen=True)
class Actor:
    """Who acts: a user, the system itself, or the bearer of a pay link, who may pay one invoice and nothing else."""

    name: str
    user_id: int | None = None
    is_system: bool = False
    pays_invoice_id: int | None = None


_M = table_of(Membership).c
_MEMBERSHIP = select(_M.role, _M.ends_on).where(
    _M.account_id == bindparam("account_id"), _M.user_id == bindparam("user_id")
)

SYSTEM = Actor(name="Voldaan", is_system=True)


def permissions(work: Work, user_id: int, account_id: int) -> frozenset[Permission]:
    """What a user may do in an account today; nothing when the membership is missing or over."""
    membership = work.plain(_MEMBERSHIP, account_id=account_id, user_id=user_id).first()
    return granted(membership.role, membership.ends_on, local_day(work.now)) if membership else frozenset()


def granted(role: str, ends_on: date | None, today: date) -> frozenset[Permission]:
    """What a membership allows on a day: nothing any more once it is over."""
    return GRANTS[role] if ends_on is None or ends_on >= today else frozenset()


def require(work: Work, actor: Actor, permission: Permission, account_id: int) -> AllowedAccount:
    """The account, proven to be open to the actor for this.

    Raises NotFound when the actor has nothing to do with the account, so that its existence stays unknown, and
    NotAllowed when only this right is missing.
    """
    if actor.is_system:
        return AllowedAccount(account_id)
    granted = permissions(work, actor.user_id, account_id) if actor.user_id is not None else frozenset()
    if not granted:
        raise NotFound()
    if permission not in granted:
        raise NotAllowed(permission=permission.value)
    return AllowedAccount(account_id)
