"""Asking a debit back that the gateway has and the bank may not: what it was for is paid, or the leave for it is gone.

Whatever the gateway answers, only where the transaction stands afterwards counts: what could not be given up stays
under way, and the money that it brings after all is the customer's. While it is under way and its day has not come, the
gateway is asked again: nobody knows whether a question was ever heard, and asking twice does no harm.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select
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

# So long it is left before it is asked again, and after the last of them it is let go.
PAUSES = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=2),
    timedelta(hours=4), timedelta(hours=8), timedelta(hours=24), timedelta(hours=24), timedelta(hours=24),
)  # fmt: skip


@dataclass(frozen=True)
class Recall:
    """A debit to be given up. key: the gateway's. is_again: it was asked for before, and may be given up by now."""

    account_id: int
    key: str
    is_again: bool


def due(work: Work, limit: int) -> list[int]:
    """Collections to be asked back, the most urgent first; a look that takes no lock."""
    found = _to_ask_back(work).order_by(col(Collection.collect_on)).limit(limit)
    return [one or 0 for one in work.session.exec(found)]


def claim(work: Work, collection_id: int, limits: MandateRules) -> Recall | None:
    """Write down that a collection is being asked back; None when there is no reason for it any more, or not yet."""
    collection = locks.owned(work, Collection, collection_id)
    following.catch_up(work, collection.account_id, limits)
    work.flush()
    if work.session.exec(_to_ask_back(work).where(Collection.id == collection_id)).first() is None:
        return None
    payment = work.session.get_one(Payment, collection.payment_id)
    collection.recalled_at, collection.recalls = work.now, collection.recalls + 1
    work.session.add(collection)
    is_again = collection.recalls > 1
    if not is_again:
        _record(work, collection)
    return Recall(collection.account_id, payment.provider_key or "", is_again)


def is_under_way(work: Work, collection_id: int) -> bool:
    """Whether there is still something to give up, as far as the gateway said."""
    collection = work.session.get_one(Collection, collection_id)
    return work.session.get_one(Payment, collection.payment_id).state == PaymentState.PENDING


def _record(work: Work, collection: Collection) -> None:
    invoice = work.session.get_one(Invoice, collection.invoice_id)
    audit.record(
        work, SYSTEM, "collection.recalled", chain=audit.of_account(collection.account_id),
        subject=invoice.number or "", on=collection.collect_on.isoformat(),
    )  # fmt: skip
    accounts.bump_version(work, collection.account_id)


def _is_time(work: Work) -> ColumnElement[bool]:
    asked, tries = col(Collection.recalled_at), col(Collection.recalls)
    again = (and_(tries == number, asked <= work.now - pause) for number, pause in enumerate(PAUSES, start=1))
    return or_(asked.is_(None), *again)


def _to_ask_back(work: Work) -> SelectOfScalar[int | None]:
    return (
        select(col(Collection.id))
        .join(Mandate, col(Mandate.id) == col(Collection.mandate_id))
        .join(Invoice, col(Invoice.id) == col(Collection.invoice_id))
        .join(Payment, col(Payment.id) == col(Collection.payment_id))
        .where(
            Collection.state == CollectionState.SUBMITTED.value, _is_time(work),
            Payment.state == PaymentState.PENDING.value, col(Payment.provider_key).is_not(None),
            col(Payment.collect_on) > local_day(work.now),
            or_(
                Mandate.state != MandateState.ACTIVE.value, Invoice.open_cents == 0,
                Collection.reason == plans.CAME_BACK,
            ),
        )
    )  # fmt: skip
