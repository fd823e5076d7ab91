"""What there is to be allowed: rights in an account, scopes of keys, and what each role amounts to."""

from collections.abc import Iterable
from enum import StrEnum

from billing.accounts.tables import Role


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
