"""Asking for the mails about mandates and collections: to the owner, and to everybody who gets the invoices."""

from collections.abc import Sequence

from sqlmodel import col, select

from billing.accounts import notices as mails
from billing.accounts.notices import Facts
from billing.accounts.queries import recipient_ids
from billing.accounts.tables import MailTopic, Membership, Role
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.mandates.tables import Collection, Mandate
from billing.outbox import OutboxMessage
from billing.ports import AccountMailKind


def of_mandate(work: Work, by: str, mandate: Mandate, kind: AccountMailKind) -> None:
    """Tell what became of a mandate."""
    facts = {"by": by, "reference": mandate.reference, "iban": mandate.iban_mask}
    _to_payers(work, mandate.account_id, kind, facts)


def of_debit(
    work: Work, kind: AccountMailKind, collection: Collection, invoice: Invoice, cents: int, **facts: str
) -> int:
    """Tell about the debit of one invoice, with its pay link; returns how many people."""
    known = {"number": invoice.number or "", "cents": str(cents), **facts}
    link = (invoice.id or 0, invoice.pay_link_serial)
    return _to_payers(work, collection.account_id, kind, known, link=link, about=collection.id or 0)


def notices(work: Work, collection: Collection) -> Sequence[OutboxMessage]:
    """The mails by which a collection was announced; none for one of before mails had such names."""
    keys = [
        _key(AccountMailKind.DEBIT_ANNOUNCED, collection.id or 0, one) for one in _payers(work, collection.account_id)
    ]
    return work.session.exec(select(OutboxMessage).where(col(OutboxMessage.dedup_key).in_(keys))).all()


def _to_payers(
    work: Work, account_id: int, kind: AccountMailKind, facts: Facts, *, link: Sequence[int] = (), about: int = 0
) -> int:
    everybody = _payers(work, account_id)
    for user_id in everybody:
        key = _key(kind, about, user_id) if kind is AccountMailKind.DEBIT_ANNOUNCED else ""
        mails.to_user(work, user_id, kind, facts, account_id=account_id, link=link, key=key)
    return len(everybody)


def _payers(work: Work, account_id: int) -> list[int]:
    owner = select(Membership.user_id).where(Membership.account_id == account_id, Membership.role == Role.OWNER.value)
    readers = recipient_ids(work, [account_id], MailTopic.INVOICES).get(account_id, [])
    return list(dict.fromkeys([*work.session.exec(owner), *readers]))


def _key(kind: AccountMailKind, collection_id: int, user_id: int) -> str:
    return f"collection:{collection_id}:{kind.value}:{user_id}"
