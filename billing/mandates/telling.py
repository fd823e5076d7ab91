"""Asking for the mails about mandates and collections: to the owner, and to everybody who gets the invoices."""

from collections.abc import Sequence

from sqlmodel import select

from billing.accounts import notices
from billing.accounts.notices import Facts
from billing.accounts.queries import recipient_ids
from billing.accounts.tables import MailTopic, Membership, Role
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.mandates.tables import Collection, Mandate
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
    return _to_payers(work, collection.account_id, kind, known, link=(invoice.id or 0, invoice.pay_link_serial))


def _to_payers(work: Work, account_id: int, kind: AccountMailKind, facts: Facts, *, link: Sequence[int] = ()) -> int:
    owner = select(Membership.user_id).where(Membership.account_id == account_id, Membership.role == Role.OWNER.value)
    readers = recipient_ids(work, [account_id], MailTopic.INVOICES).get(account_id, [])
    everybody = list(dict.fromkeys([*work.session.exec(owner), *readers]))
    for user_id in everybody:
        notices.to_user(work, user_id, kind, facts, account_id=account_id, link=link)
    return len(everybody)
