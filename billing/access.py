"""The one door: who may do what in which account. Every service asks here; a hidden button protects nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from sqlmodel import col, select

from billing.accounts.tables import Membership, Role
from billing.clock import local_day
from billing.db import Work
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


SYSTEM = Actor(name="Voldaan", is_system=True)


def permissions(work: Work, user_id: int, account_id: int) -> frozenset[Permission]:
    """What a user may do in an account today; nothing when the membership is missing or over."""
    membership = work.session.exec(
        select(Membership.role, col(Membership.ends_on)).where(
            Membership.account_id == account_id, Membership.user_id == user_id
        )
    ).first()
    if membership is None:
        return frozenset()
    role, ends_on = membership
    if ends_on is not None and ends_on < local_day(work.now):
        return frozenset()
    return GRANTS[role]


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
