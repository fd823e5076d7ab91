"""Asking for the mails about mandates and collections: to the owner, and to everybody who gets the invoices."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from billing.accounts import notices as mails
from billing.accounts.notices import Facts
from billing.accounts.queries import payers, with_role
from billing.accounts.tables import Role, User
from billing.db import Work
from billing.deliveries.service import addresses_in_trouble
from billing.invoices.tables import Invoice
from billing.mandates.tables import Collection, Mandate
from billing.outbox import OutboxMessage
from billing.ports import AccountMailKind


@dataclass(frozen=True)
class Readers:
    """Who is to be told of a debit. ids: users whose address works; passed_over: names of those whose does not, when
    it is somebody else who gets it instead of them."""

    ids: list[int]
    passed_over: tuple[str, ...] = ()


def of_mandate(work: Work, by: str, mandate: Mandate, kind: AccountMailKind) -> None:
    """Tell what became of a mandate."""
    facts = {"by": by, "reference": mandate.reference, "iban": mandate.iban_mask}
    for user_id in payers(work, mandate.account_id):
        mails.to_user(work, user_id, kind, facts, account_id=mandate.account_id)


def of_debit(
    work: Work, kind: AccountMailKind, collection: Collection, invoice: Invoice, cents: int, **facts: str
) -> None:
    """Tell about the debit of one invoice, with its pay link."""
    for user_id in payers(work, collection.account_id):
        _to_user(work, user_id, kind, collection, invoice, _known(invoice, cents, facts))


def announce(work: Work, collection: Collection, invoice: Invoice, readers: Readers, **facts: str) -> None:
    """Tell of a debit to come, by mails of which is known what becomes of them."""
    known = _known(invoice, invoice.open_cents, facts) | {"instead_of": ", ".join(readers.passed_over)}
    for user_id in readers.ids:
        key = _key(collection, user_id)
        _to_user(work, user_id, AccountMailKind.DEBIT_ANNOUNCED, collection, invoice, known, key=key)
    collection.readers = readers.ids


def readers(work: Work, account_id: int) -> Readers | None:
    """Who can be told of a debit: the payers whose address works, else an administrator. None for an account without
    anybody; readers without ids when nobody's address works."""
    people = work.session.exec(
        select(User).where(col(User.id).in_(payers(work, account_id))).order_by(col(User.id))
    ).all()
    others = with_role(work, account_id, Role.ADMINISTRATOR)
    if not people and not others:
        return None
    bad = addresses_in_trouble(work, account_id)
    found = [one for one in people if one.email not in bad]
    instead = found or [one for one in others if one.email not in bad]
    passed_over = () if found else tuple(one.name for one in people)
    return Readers([one.id or 0 for one in instead], passed_over)


def notices(work: Work, collection: Collection) -> Sequence[OutboxMessage]:
    """The mails by which a collection was announced; none for one of before mails had such names."""
    keys = [_key(collection, user_id) for user_id in collection.readers]
    return work.session.exec(select(OutboxMessage).where(col(OutboxMessage.dedup_key).in_(keys))).all()


def announces(mail: OutboxMessage) -> int | None:
    """Which collection a mail announced; None when it is about something else."""
    is_one = mail.payload.get("kind") == AccountMailKind.DEBIT_ANNOUNCED and mail.dedup_key.startswith("collection:")
    return int(mail.dedup_key.split(":")[1]) if is_one else None


def _to_user(
    work: Work, user_id: int, kind: AccountMailKind, collection: Collection, invoice: Invoice, facts: Facts,
    key: str = "",
) -> None:  # fmt: skip
    link = (invoice.id or 0, invoice.pay_link_serial)
    mails.to_user(work, user_id, kind, facts, account_id=collection.account_id, link=link, key=key)


def _known(invoice: Invoice, cents: int, facts: Facts) -> dict[str, str]:
    return {"number": invoice.number or "", "cents": str(cents), **facts}


def _key(collection: Collection, user_id: int) -> str:
    return f"collection:{collection.id}:{AccountMailKind.DEBIT_ANNOUNCED.value}:{user_id}"
