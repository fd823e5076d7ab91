"""Making accounts, users and memberships, and keeping an account's billing details."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import update

from billing import access, audit, locks, outbox
from billing.access import Actor, Permission
from billing.accounts import notices, people
from billing.accounts.people import topics_text
from billing.accounts.tables import Account, MailTopic, Membership, Role, User
from billing.db import Work, table_of
from billing.documents import DUTCH, LANGUAGES
from billing.errors import ConsumerWithVatNumber, InvalidChamberNumber, InvalidCountry, InvalidName, Refused
from billing.invoice_rules import is_country
from billing.outbox import Task
from billing.ports import AccountMailKind
from billing.vat_treatment import HOME, CustomerKind, VatAnswer, is_business_there, is_in_union, normal_vat_number

LONGEST_DETAIL = 100
PLACE = ("street", "postal_code", "city", "country")
# What names the customer, or decides its VAT.
_PROVEN = {"name", "vat_number", "postal_code", "country", "customer_kind"}
_CHAMBER_NUMBER = re.compile(r"[0-9]{8}", re.ASCII)


@dataclass(frozen=True)
class OpenAccount:
    """A new customer with its billing details. country: ISO 3166 code. language: of its documents, one of
    `documents.LANGUAGES`."""

    name: str
    attention: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = HOME
    customer_kind: str = CustomerKind.BUSINESS.value
    vat_number: str = ""
    chamber_number: str = ""
    language: str = DUTCH


@dataclass(frozen=True)
class EditBillingDetails:
    """The billing details as they should be; invoices that were issued keep the ones of their day.

    country, customer_kind, language: as they were when left out.
    """

    name: str
    attention: str
    street: str
    postal_code: str
    city: str
    vat_number: str
    chamber_number: str = ""
    country: str = ""
    customer_kind: str = ""
    language: str = ""


def open_account(work: Work, actor: Actor, command: OpenAccount) -> int:
    """Add a customer and return its id. Raises what `edit_billing_details` says of wrong details, but for the name."""
    account = Account(**vars(command) | _numbers(command), created_at=work.now)
    work.session.add(account)
    work.flush()
    account_id = account.id or 0
    if account.vat_number:
        ask_about_vat_number(work, account, actor)
    audit.record(work, actor, "account.opened", chain=audit.of_account(account_id), subject=command.name)
    return account_id


def add_user(
    work: Work, actor: Actor, *, email: str, name: str, password_hash: str, language: str = "nl", staff_role: str = ""
) -> int:
    """Add a person with a log-in and return the id."""
    user = User(
        email=email.strip().lower(), name=name, password_hash=password_hash, language=language, staff_role=staff_role,
        created_at=work.now,
    )  # fmt: skip
    work.session.add(user)
    work.flush()
    audit.record(work, actor, "user.added", chain=audit.of_user(user.id or 0), subject=name)
    return user.id or 0


def add_member(
    work: Work, actor: Actor, *, account_id: int, user_id: int, role: Role, topics: Iterable[MailTopic] = (),
    ends_on: date | None = None,
) -> None:  # fmt: skip
    """Give a user the rights of a role in an account, until the end of `ends_on` when given.

    Raises NotFound or AccountErased.
    """
    locks.living_account(work, account_id)
    work.session.add(
        Membership(
            account_id=account_id, user_id=user_id, role=role.value, ends_on=ends_on,
            scopes=access.scopes_text(access.DEFAULTS[role]), mail_topics=topics_text(topics),
        )
    )  # fmt: skip
    work.flush()
    name = work.session.get_one(User, user_id).name
    audit.record(
        work, actor, "member.added", chain=audit.of_account(account_id), subject=name, user=user_id, role=role.value
    )


def edit_billing_details(work: Work, actor: Actor, account_id: int, command: EditBillingDetails) -> None:
    """Change what stands on the next invoices. What names the customer or decides its VAT needs a fresh proof of who
    acts. An address outside the VAT area of the Union waits for finance (`billing.accounts.moving`).

    Raises NotFound, NotAllowed, CheckNeeded, AccountErased, InvalidName, InvalidCountry, InvalidVatNumber,
    VatNumberAbroad, ConsumerWithVatNumber, InvalidChamberNumber, or Refused: `customer_kind`, `language`.
    """
    allowed = access.require(work, actor, Permission.BILLING_PROFILE_EDIT, account_id)
    account = locks.living_account(work, allowed)
    wanted = _cleaned(command, account)
    if actor.user_id is not None and _goes_outside(account, wanted):
        access.require_checked(work, actor, Permission.BILLING_PROFILE_EDIT, account_id)
        wanted = _hold_back(work, actor, account, wanted)
    changed = sorted(name for name, value in vars(wanted).items() if value != getattr(account, name))
    if not changed:
        return
    if _PROVEN & set(changed):
        access.require_checked(work, actor, Permission.BILLING_PROFILE_EDIT, account_id)
    for name in changed:
        setattr(account, name, getattr(wanted, name))
    if set(PLACE) & set(changed):
        account.moving_to = None
    work.session.add(account)
    if "vat_number" in changed:
        account.vat_answer, account.vat_answered_on, account.vat_tried_on = VatAnswer.NONE.value, None, None
        ask_about_vat_number(work, account, actor)
    audit.record(
        work, actor, "billing_profile.changed", chain=audit.of_account(allowed), subject=account.name, fields=changed
    )
    notices.to_owner(work, allowed, AccountMailKind.BILLING_PROFILE_CHANGED, {"by": actor.name})
    bump_version(work, allowed)


def ask_about_vat_number(work: Work, account: Account, actor: Actor) -> None:
    """Have the tax authorities asked about the number of a customer elsewhere in the Union; once at an instant."""
    if is_business_there(account):
        key = f"vat_number:{account.id}:{account.vat_number}:{work.now.isoformat()}"
        outbox.put(
            work, Task.CHECK_VAT_NUMBER, key, account_id=account.id, number=account.vat_number, asked_by=actor.name
        )


def bump_version(work: Work, account_id: int) -> None:
    """Let every open screen of this account know that it should look again."""
    work.defer(_bump_versions, account_id)


def _cleaned(command: EditBillingDetails, account: Account) -> EditBillingDetails:
    values = {name: people.one_line(value, longest=LONGEST_DETAIL) for name, value in vars(command).items()}
    values |= {name: values[name] or getattr(account, name) for name in ("country", "customer_kind", "language")}
    if not values["name"]:
        raise InvalidName()
    return EditBillingDetails(**values | _numbers(EditBillingDetails(**values)))


def _numbers(of: OpenAccount | EditBillingDetails) -> dict[str, str]:
    """The numbers by which authorities know a business, as they are kept; what is chosen from a list must be on it."""
    if not is_country(of.country):
        raise InvalidCountry()
    if of.customer_kind not in set(CustomerKind):
        raise Refused(reason="customer_kind")
    if of.language not in LANGUAGES:
        raise Refused(reason="language")
    chamber_number = "".join(of.chamber_number.split())
    if chamber_number and not _CHAMBER_NUMBER.fullmatch(chamber_number):
        raise InvalidChamberNumber()
    vat_number = normal_vat_number(of.vat_number, of.country)
    if vat_number and of.customer_kind == CustomerKind.CONSUMER:
        raise ConsumerWithVatNumber()
    return {"vat_number": vat_number, "chamber_number": chamber_number}


def _goes_outside(account: Account, wanted: EditBillingDetails) -> bool:
    return is_in_union(account.country, account.postal_code) and not is_in_union(wanted.country, wanted.postal_code)


def _hold_back(work: Work, actor: Actor, account: Account, wanted: EditBillingDetails) -> EditBillingDetails:
    """Keep an address without VAT apart; returns the details with the address of now."""
    place = {name: getattr(wanted, name) for name in PLACE}
    if place != account.moving_to:
        account.moving_to = place
        work.session.add(account)
        # Whoever locks it again in this transaction reads it anew.
        work.session.flush()
        chain = audit.of_account(account.id or 0)
        audit.record(work, actor, "billing_profile.move_asked", chain=chain, subject=place["country"])
        bump_version(work, account.id or 0)
    return replace(wanted, **{name: getattr(account, name) for name in PLACE})


def _bump_versions(work: Work, account_ids: list[int]) -> None:
    table = table_of(Account)
    touched = work.among(table.c.id, sorted(set(account_ids)))
    work.session.execute(update(table).where(touched).values(version=table.c.version + 1))
