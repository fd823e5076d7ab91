"""What mandates, reminders and feeds know of an account: the one place where this subject asks them."""

from sqlmodel import col, select

from billing.db import Work
from billing.feeds import service as feeds
from billing.mandates import plans, switches
from billing.mandates.tables import Collection
from billing.reminders import readers
from billing.reminders.standing import standing as reminder_standing
from billing.safety.rules import Standing
from billing.states import CollectionState

_COMING = (CollectionState.PLANNED.value, CollectionState.ANNOUNCED.value)


def standing(work: Work, account_id: int) -> Standing:
    """How an account stands now."""
    reminded = reminder_standing(work, account_id)
    by_mandate = plans.active_mandate(work, account_id) is not None
    coming = select(col(Collection.collect_on)).where(
        Collection.account_id == account_id,
        col(Collection.state).in_(_COMING),
    )
    return Standing(
        feeds_fresh=not feeds.stale(work), notices_delivered=reminded.are_delivered,
        ladder_finished=reminded.is_finished, phoned_on=reminded.phoned_on, is_held=reminded.is_held,
        is_frozen=switches.is_frozen(work), reminder_on=reminded.reminder_on, call_on=reminded.call_on,
        by_mandate=by_mandate, addresses_work=readers.addresses_work(work, account_id),
        mailbox_safe=readers.has_safe_mailbox(work, account_id),
        debit_on=work.session.exec(coming.order_by(col(Collection.collect_on)).limit(1)).first(),
    )  # fmt: skip
