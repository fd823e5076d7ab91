"""Customers, as a host's own systems see and make them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from billing import access, locks
from billing.access import Actor, Scope
from billing.accounts import service as accounts
from billing.accounts.people import normal_email, normal_name, one_line
from billing.accounts.service import LONGEST_DETAIL, EditBillingDetails, OpenAccount
from billing.accounts.tables import Account, MailTopic, Role, User
from billing.api.pages import Part, Place, part, within_reach
from billing.db import Work
from billing.errors import InvalidName, NotAllowed, Refused
from billing.invoice_rules import is_country

# Nothing hashes to this, so no password opens it; the owner chooses one by mail.
NO_PASSWORD = ""


@dataclass(frozen=True)
class Owner:
    """Who gets a customer's mails, and may log in after choosing a password by mail."""

    name: str
    email: str


@dataclass(frozen=True)
class NewCustomer:
    """A customer to be."""

    details: OpenAccount
    owner: Owner | None = None


@dataclass(frozen=True)
class CustomerView:
    """A customer. country: ISO 3166 code. language: of its documents."""

    id: int
    name: str
    attention: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    chamber_number: str
    language: str
    created_at: datetime


def listed(work: Work, actor: Actor, place: Place) -> Part[CustomerView]:
    """The customers in reach. Raises NotAllowed."""
    condition = within_reach(work, actor, Scope.CUSTOMERS_READ, col(Account.id))
    return part(work, select(Account).where(condition), col(Account.id), place, _view)


def one(work: Work, actor: Actor, customer_id: int) -> CustomerView:
    """One customer. Raises NotAllowed or NotFound."""
    allowed = access.require_customer(work, actor, Scope.CUSTOMERS_READ, customer_id)
    return _view(work.session.get_one(Account, allowed))


def create(work: Work, actor: Actor, command: NewCustomer) -> CustomerView:
    """Add a customer, with its owner when given.

    Raises NotAllowed, also for a key that is for one customer only; InvalidName, InvalidEmail, InvalidVatNumber,
    VatNumberAbroad, InvalidChamberNumber, or Refused: `country`.
    """
    if access.require_scope(actor, Scope.CUSTOMERS_WRITE).account_id is not None:
        raise NotAllowed(permission=Scope.CUSTOMERS_WRITE.value)
    details = OpenAccount(
        **{name: one_line(value, longest=LONGEST_DETAIL) for name, value in vars(command.details).items()}
    )
    if not details.name:
        raise InvalidName()
    if not is_country(details.country):
        raise Refused(reason="country")
    account_id = accounts.open_account(work, actor, details)
    if command.owner is not None:
        _give_owner(work, actor, account_id, command.owner, details.language)
    return _view(work.session.get_one(Account, account_id))


def change(work: Work, actor: Actor, customer_id: int, changes: dict[str, str]) -> CustomerView:
    """Change some of the billing details. Raises as `accounts.edit_billing_details` does."""
    allowed = access.require_customer(work, actor, Scope.CUSTOMERS_WRITE, customer_id)
    # Locked before it is read, so that of two changes at once neither undoes the other.
    account = locks.account(work, allowed)
    present = {field.name: getattr(account, field.name) for field in fields(EditBillingDetails)}
    accounts.edit_billing_details(work, actor, allowed, EditBillingDetails(**present | changes))
    return _view(account)


def _give_owner(work: Work, actor: Actor, account_id: int, owner: Owner, language: str) -> None:
    """Somebody who logs in already gets one more account; anybody else gets a log-in, in the customer's language."""
    email, name = normal_email(owner.email), normal_name(owner.name)
    user_id = work.session.exec(select(User.id).where(User.email == email)).first() or accounts.add_user(
        work, actor, email=email, name=name, password_hash=NO_PASSWORD, language=language
    )
    accounts.add_member(work, actor, account_id=account_id, user_id=user_id, role=Role.OWNER, topics=MailTopic)


def _view(account: Account) -> CustomerView:
    values: dict[str, Any] = account.model_dump()
    return CustomerView(**{field.name: values[field.name] for field in fields(CustomerView)})
