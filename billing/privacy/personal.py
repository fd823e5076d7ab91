"""All that is kept of an account and of a person, as plain values.

Secrets stay secrets: what proves an identity, and what is encrypted, is named by none of these.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel, col
from sqlmodel import select as select_user

from billing import access, audit, locks
from billing.access import Actor, AllowedAccount, Permission
from billing.accounts.tables import Account, Invitation, Membership, User
from billing.audit import AuditEvent
from billing.credits.tables import CreditLot, CreditNote, Payout
from billing.db import Work, table_of
from billing.errors import NotFound
from billing.hosting.tables import HostingPackage, HostingVersion
from billing.invoices.tables import Invoice
from billing.logins.tables import LoginSession, Passkey
from billing.mandates.tables import Collection, Mandate
from billing.payments.tables import Payment
from billing.products.tables import Service
from billing.reminders.tables import AccountHold

OF_ACCOUNT: Mapping[str, type[SQLModel]] = {
    "members": Membership, "invitations": Invitation, "services": Service, "invoices": Invoice,
    "credit_notes": CreditNote, "payments": Payment, "credits": CreditLot, "payouts": Payout, "mandates": Mandate,
    "collections": Collection, "answers": AccountHold, "websites": HostingPackage,
}  # fmt: skip
OF_PERSON: Mapping[str, type[SQLModel]] = {"members": Membership, "sessions": LoginSession, "passkeys": Passkey}
_HIDDEN = frozenset({
    "token", "token_sha256", "password_hash", "iban_secret", "evidence_secret", "credential_id", "public_key",
    "pay_link_serial", "link_key", "sign_count",
})  # fmt: skip
_EVENT = ("at", "actor", "action", "subject", "facts")

Row = dict[str, Any]


def of_account(work: Work, actor: Actor, account_id: int) -> Row:
    """Everything of an account, for its owner or for finance, and of the person who asks, when that is a member.

    Raises NotFound, NotAllowed or CheckNeeded.
    """
    allowed = require_master(work, actor, account_id)
    found: Row = {"account": _rows(work, Account, col(Account.id) == allowed)[0]}
    for name, table in OF_ACCOUNT.items():
        found[name] = _rows(work, table, table_of(table).c.account_id == allowed)
    packages = [one["id"] for one in found["websites"]]
    found["website_settings"] = _rows(work, HostingVersion, col(HostingVersion.package_id).in_(packages))
    found["people"] = _people(work, [member["user_id"] for member in found["members"]])
    found["log"] = _log(work, audit.of_account(allowed))
    is_member = any(member["user_id"] == actor.user_id for member in found["members"])
    return found | {"person": _of_user(work, actor.user_id or 0) if is_member else {}}


def of_person(work: Work, actor: Actor, email: str) -> Row:
    """Everything of a person, for finance, who was asked for it. Raises NotFound, NotAllowed or CheckNeeded."""
    access.require_finance_checked(work, actor)
    user_id = work.session.exec(select_user(User.id).where(User.email == email.strip().lower())).first()
    if user_id is None:
        raise NotFound()
    return _of_user(work, user_id)


def documents_of(work: Work, account_id: int) -> tuple[list[int], list[int]]:
    """Ids of the invoices and of the credit notes of an account, as they were issued."""
    invoices = select(table_of(Invoice).c.id).where(
        col(Invoice.account_id) == account_id, col(Invoice.number).is_not(None)
    )
    notes = select(table_of(CreditNote).c.id).where(col(CreditNote.account_id) == account_id)
    return [row.id for row in work.plain(invoices.order_by("id"))], [row.id for row in work.plain(notes.order_by("id"))]


def note_export(work: Work, actor: Actor, account_id: int) -> None:
    """Write in the log that somebody took the data along. Raises as `of_account`."""
    allowed = require_master(work, actor, account_id)
    locks.account(work, allowed)
    audit.record(work, actor, "privacy.exported", chain=audit.of_account(allowed), subject=f"account:{allowed}")


def require_master(work: Work, actor: Actor, account_id: int) -> AllowedAccount:
    """The account, for its owner or for finance, who has just proven an identity and acts for nobody else.

    Raises NotFound, NotAllowed or CheckNeeded.
    """
    if not access.speaks_for_finance(work, actor):
        return access.require_checked(work, actor, Permission.OWNERSHIP_TRANSFER, account_id)
    access.require_finance_checked(work, actor)
    locks.account(work, account_id)
    return AllowedAccount(account_id)


def _of_user(work: Work, user_id: int) -> Row:
    found: Row = {"person": _rows(work, User, col(User.id) == user_id)[0]}
    for name, table in OF_PERSON.items():
        found[name] = _rows(work, table, table_of(table).c.user_id == user_id)
    return found | {"log": _log(work, audit.of_user(user_id))}


def _rows(work: Work, table: type[SQLModel], condition: Any) -> list[Row]:
    columns = [column for column in table_of(table).c if column.name not in _HIDDEN]
    found = work.plain(select(*columns).where(condition).order_by(*table_of(table).primary_key.columns))
    return [dict(row) for row in found.mappings()]


def _people(work: Work, user_ids: Sequence[int]) -> list[Row]:
    users = work.plain(select(table_of(User)).where(col(User.id).in_(user_ids)).order_by(col(User.id)))
    return [{"id": user.id, "name": user.name, "email": user.email} for user in users]


def _log(work: Work, chain: str) -> list[Row]:
    events = table_of(AuditEvent)
    columns = [events.c[name] for name in _EVENT]
    return [dict(row) for row in work.plain(
        select(*columns).where(events.c.chain == chain).order_by(events.c.sequence)
    ).mappings()]  # fmt: skip
