"""Whether those who had to be told of a debit were told: a mail that came back told nobody, and one that left late told
them late. Without such a notice nothing is collected."""

from collections.abc import Sequence

from billing import locks, outbox
from billing.clock import local_day
from billing.db import Work
from billing.deliveries.service import lost
from billing.invoices.tables import Invoice
from billing.mandates import plans, telling
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.outbox import OutboxMessage
from billing.states import CollectionState
from billing.workdays import ONE_DAY

# What is wrong with the announcement alone is put right by another one.
_ANEW = {plans.GREW, plans.MISSED, plans.CAME_BACK}


def why_untold(work: Work, collection: Collection) -> str:
    """What is wrong with the mails of an announcement: they reached nobody, or left too late; empty for nothing."""
    mails = telling.notices(work, collection)
    good = _not_lost(work, mails)
    if mails and not good:
        return plans.CAME_BACK if _has_somebody_else(work, collection) else plans.UNTOLD
    left_on = [local_day(mail.done_at) for mail in good if mail.done_at is not None]
    latest = collection.collect_on - collection.notice_days * ONE_DAY
    return plans.MISSED if left_on and min(left_on) > latest else ""


def has_left(work: Work, collection: Collection) -> bool:
    """Whether somebody has been told by now."""
    mails = telling.notices(work, collection)
    return not mails or any(mail.state == outbox.DONE for mail in _not_lost(work, mails))


def call_off(
    work: Work, collection: Collection, mandate: Mandate, invoice: Invoice, why: str, limits: MandateRules
) -> None:
    """Take an announced collection off the calendar, and plan it anew where another notice puts it right."""
    collection.for_staff = why == plans.UNTOLD
    plans.withdraw(work, collection, why)
    if why in _ANEW:
        plans.carry_over(work, collection, mandate, invoice, limits)


def follow_lost(work: Work, outbox_id: int, limits: MandateRules) -> None:
    """A mail did not arrive: when it was the last notice of a debit, that debit does not go out on it. One that the
    gateway has already is asked back."""
    collection_id = telling.announces(work.session.get_one(OutboxMessage, outbox_id))
    if collection_id is None:
        return
    collection = locks.owned(work, Collection, collection_id)
    why = why_untold(work, collection)
    if why not in {plans.CAME_BACK, plans.UNTOLD}:
        return
    mandate = work.session.get_one(Mandate, collection.mandate_id)
    if collection.state == CollectionState.ANNOUNCED:
        invoice = locks.invoices(work, [collection.invoice_id])[collection.invoice_id]
        call_off(work, collection, mandate, invoice, why, limits)
    elif collection.state == CollectionState.SUBMITTED:
        collection.reason = plans.CAME_BACK
        work.session.add(collection)


def _not_lost(work: Work, mails: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    failed = lost(work, [mail.id or 0 for mail in mails])
    return [mail for mail in mails if mail.state != outbox.GIVEN_UP and mail.id not in failed]


def _has_somebody_else(work: Work, collection: Collection) -> bool:
    found = telling.readers(work, collection.account_id)
    return found is not None and any(user_id not in collection.readers for user_id in found.ids)
