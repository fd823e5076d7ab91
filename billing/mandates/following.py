"""What becomes of a collection that the gateway has: it succeeds, fails or comes back, and the mandate answers for it.

The payment attempt and the gateway's records hold the truth; this reads them. Doing it again changes nothing.
"""

from sqlalchemy import exists, or_
from sqlmodel import col, select

from billing import audit, locks
from billing.access import SYSTEM
from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.mandates import plans, reasons, rules, service, switches, telling
from billing.mandates.reasons import NEVER_ARRIVED, POINTS_TO_PAUSE, REFUSED, Reason, Response
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.payments.returns import RETURNS
from billing.payments.tables import BOOKED, GatewayRecord, Payment
from billing.ports import AccountMailKind, TransactionKind
from billing.states import LIVE_MANDATES, OPEN_STATES, CollectionState, MandateState, PaymentState

# Money that we sent back ourselves says nothing about the mandate.
_TAKEN_BACK = RETURNS - {TransactionKind.REFUND}
_STOPPED = {
    MandateState.PAUSED: AccountMailKind.MANDATE_PAUSED,
    MandateState.REVOKED: AccountMailKind.MANDATE_WITHDRAWN,
}
_OPEN = [state.value for state in OPEN_STATES]
_S = CollectionState
_MAY_COME_BACK = [_S.SUBMITTED.value, _S.COLLECTED.value, _S.FAILED.value, _S.RECALLED.value]
# What ended and may have brought money all the same.
_ENDED = [_S.FAILED.value, _S.RECALLED.value]
# Of these the customer hears that a debit is off; otherwise another notice follows.
_OFF = {MandateState.PAUSED, MandateState.REVOKED, MandateState.EXPIRED}


def catch_up(work: Work, account_id: int, limits: MandateRules) -> int:
    """Deal with everything that became of a locked account's collections; returns of how many."""
    booked_back = exists().where(
        col(GatewayRecord.payment_id) == col(Collection.payment_id), col(GatewayRecord.kind).in_(_TAKEN_BACK),
        col(GatewayRecord.verdict) == BOOKED,
    )  # fmt: skip
    news = (
        select(Collection, Payment)
        .join(Payment, col(Payment.id) == col(Collection.payment_id))
        .where(
            Collection.account_id == account_id,
            or_(
                (col(Collection.state) == _S.SUBMITTED) & col(Payment.state).not_in(_OPEN),
                col(Collection.state).in_(_ENDED) & (col(Payment.state) == PaymentState.SUCCEEDED),
                col(Collection.state).in_(_MAY_COME_BACK) & booked_back,
            ),
        )
        .order_by(col(Collection.id))
    )
    found = work.session.exec(news).all()
    for collection, payment in found:
        _follow(work, collection, payment, limits)
    return len(found)


def follow(work: Work, payment_id: int, limits: MandateRules) -> None:
    """Deal with what became of the collections of the account that a payment belongs to. Raises NotFound."""
    catch_up(work, locks.owned(work, Payment, payment_id).account_id, limits)


def _follow(work: Work, collection: Collection, payment: Payment, limits: MandateRules) -> None:
    mandate = work.session.get_one(Mandate, collection.mandate_id)
    back = _return_of(work, payment)
    if back is not None:
        _answer(work, collection, mandate, _S.RETURNED, back.reason_code, limits)
    elif payment.state == PaymentState.SUCCEEDED:
        plans.advance(work, collection, _S.COLLECTED)
        mandate.points = 0
        work.session.add(mandate)
    elif payment.state == PaymentState.CANCELLED and collection.recalled_at is not None:
        _let_go(work, collection, mandate)
    elif payment.state == PaymentState.PARKED:
        collection.for_staff = True
        work.session.add(collection)
    else:
        _answer(work, collection, mandate, _S.FAILED, _why_failed(work, payment), limits)


def _let_go(work: Work, collection: Collection, mandate: Mandate) -> None:
    """The gateway gave a debit up in time: nothing was taken, and nothing speaks against the mandate."""
    if not plans.advance(work, collection, _S.RECALLED, reason=collection.reason):
        return
    invoice = locks.invoices(work, [collection.invoice_id])[collection.invoice_id]
    if invoice.open_cents and mandate.state in _OFF:
        telling.of_debit(
            work, AccountMailKind.DEBIT_WITHDRAWN, collection, invoice, invoice.open_cents,
            collect_on=collection.collect_on.isoformat(), why=f"mandate_{mandate.state}",
        )  # fmt: skip


def _answer(
    work: Work, collection: Collection, mandate: Mandate, target: CollectionState, code: str, limits: MandateRules
) -> None:
    """A collection came to nothing, or came back: no second one goes out silently, and it never costs a fee."""
    if not plans.advance(work, collection, target, reason=code):
        return
    reason = reasons.reason_of(code)
    invoice = locks.invoices(work, [collection.invoice_id])[collection.invoice_id]
    retry = _respond(work, collection, mandate, invoice, reason, code, limits)
    collection.for_staff = reason.for_staff
    work.session.add(collection)
    audit.record(
        work, SYSTEM, "collection.failed" if target is _S.FAILED else "collection.returned",
        chain=audit.of_account(collection.account_id), subject=invoice.number or "", reason=reason.key,
    )  # fmt: skip
    if reason.tells and invoice.open_cents:
        _tell(work, collection, mandate, invoice, reason, retry)
    elif reason.tells and mandate.reason == code:
        # Nothing to pay, because it was paid in another way as well; but nothing is collected any more.
        telling.of_mandate(work, SYSTEM.name, mandate, _STOPPED[MandateState(mandate.state)])
    switches.freeze_on_spike(work, limits)


def _respond(
    work: Work, collection: Collection, mandate: Mandate, invoice: Invoice, reason: Reason, code: str,
    limits: MandateRules,
) -> Collection | None:  # fmt: skip
    """What the mandate does about it; returns the retry when there is one."""
    mandate.points += reason.points
    work.session.add(mandate)
    if MandateState(mandate.state) not in LIVE_MANDATES:
        return None
    if reason.response is Response.STOP:
        service.end(work, SYSTEM, mandate, MandateState.REVOKED, reason=code, tells=reason.tells)
        return None
    if mandate.state != MandateState.ACTIVE or reason.response is Response.KEEP:
        return None
    again = reason.response is Response.RETRY and collection.round == 1 and mandate.points < POINTS_TO_PAUSE
    if not again:
        service.pause_for(work, SYSTEM, mandate, code)
        return None
    if not invoice.open_cents or plans.live_plan(work, collection.invoice_id) is not None:
        return None
    wish = rules.retry_wish(local_day(work.now))
    return plans.new_plan(work, mandate, invoice, limits, wished=wish, round_=2)


def _tell(
    work: Work, collection: Collection, mandate: Mandate, invoice: Invoice, reason: Reason, retry: Collection | None
) -> None:
    kind = AccountMailKind.DEBIT_RETURNED if collection.state == _S.RETURNED else AccountMailKind.DEBIT_FAILED
    live = MandateState(mandate.state) in LIVE_MANDATES
    what_now = "retry" if retry else mandate.state if live else "stopped"
    telling.of_debit(
        work, kind, collection, invoice, invoice.open_cents, reason=reason.key, what_now=what_now,
        again_on=retry.collect_on.isoformat() if retry else "",
    )  # fmt: skip


def _return_of(work: Work, payment: Payment) -> GatewayRecord | None:
    taken_back = select(GatewayRecord).where(
        GatewayRecord.payment_id == payment.id, col(GatewayRecord.kind).in_(_TAKEN_BACK),
        GatewayRecord.verdict == BOOKED,
    )  # fmt: skip
    return work.session.exec(taken_back.order_by(col(GatewayRecord.id))).first()


def _why_failed(work: Work, payment: Payment) -> str:
    """The bank's code, of the debit itself or of the return that came instead of it; else a word of ours."""
    if payment.state == PaymentState.EXPIRED:
        return NEVER_ARRIVED
    codes = select(GatewayRecord.reason_code).where(
        GatewayRecord.payment_id == payment.id, GatewayRecord.reason_code != ""
    )
    return work.session.exec(codes.order_by(col(GatewayRecord.id))).first() or REFUSED
