"""What comes next for an account by mandates and reminders: the one place where its screens ask them."""

from sqlalchemy import bindparam, func, select

from billing.db import Work, table_of
from billing.mandates import plans, switches
from billing.mandates.tables import Collection
from billing.reminders import holds
from billing.reminders import standing as reminders
from billing.safety.rules import Standing

_C = table_of(Collection).c
_NEXT_DEBIT = select(func.min(_C.collect_on)).where(
    _C.account_id == bindparam("account_id"), _C.state.in_([state.value for state in plans.UNSENT])
)


def standing(work: Work, account_id: int) -> Standing:
    """How an account stands now. For the module itself; no account asks this."""
    by_mandate = plans.collects(work, account_id)
    coming = reminders.coming(work, account_id, pays_by_mandate=by_mandate)
    return Standing(
        is_held=holds.is_held(work, account_id), is_frozen=switches.is_frozen(work), reminder_on=coming.reminder_on,
        call_on=coming.call_on, by_mandate=by_mandate,
        debit_on=work.plain(_NEXT_DEBIT, account_id=account_id).scalar_one(),
    )  # fmt: skip
