"""Asking a debit back that the gateway has and the bank may not: what it was for is paid, or the leave for it is gone.

The gateway is asked once. Whatever it answers, only where the transaction stands afterwards counts: what could not be
given up stays under way, and the money that it brings after all is the customer's.
"""

from dataclasses import dataclass

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from billing import audit, locks
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.mandates import following, plans
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.payments.tables import Payment
from billing.states import CollectionState, MandateState, PaymentState


@dataclass(frozen=True)
class Recall:
    """A debit to be given up. key: the gateway's."""

    account_id: int
    key: str


def due(work: Work, limit: int) -> list[int]:
    """Collections to be asked back, the most urgent first; a look that takes no lock."""
    found = _to_ask_back(work).order_by(col(Collection.collect_on)).limit(limit)
    return [one or 0 for one in work.session.exec(found)]


def claim(work: Work, collection_id: int, limits: MandateRules) -> Recall | None:
    """Write down that a collection is being asked back; None when there is no reason for it any more."""
    collection = locks.owned(work, Collection, collection_id)
    following.catch_up(work, collection.account_id, limits)
    work.flush()
    if work.session.exec(_to_ask_back(work).where(Collection.id == collection_id)).first() is None:
        return None
    payment = work.session.get_one(Payment, collection.payment_id)
    collection.recalled_at = work.now
    work.session.add(collection)
    invoice = work.session.get_one(Invoice, collection.invoice_id)
    audit.record(
        work, SYSTEM, "collection.recalled", chain=audit.of_account(collection.account_id),
        subject=invoice.number or "", on=collection.collect_on.isoformat(),
    )  # fmt: skip
    accounts.bump_version(work, collection.account_id)
    return Recall(collection.account_id, payment.provider_key or "")


def _to_ask_back(work: Work) -> SelectOfScalar[int | None]:
    return (
        select(col(Collection.id))
        .join(Mandate, col(Mandate.id) == col(Collection.mandate_id))
        .join(Invoice, col(Invoice.id) == col(Collection.invoice_id))
        .join(Payment, col(Payment.id) == col(Collection.payment_id))
        .where(
            Collection.state == CollectionState.SUBMITTED.value, col(Collection.recalled_at).is_(None),
            Payment.state == PaymentState.PENDING.value, col(Payment.provider_key).is_not(None),
            col(Payment.collect_on) > local_day(work.now),
            or_(
                Mandate.state != MandateState.ACTIVE.value, Invoice.open_cents == 0,
                Collection.reason == plans.CAME_BACK,
            ),
        )
    )  # fmt: skip
