"""Cases: one for an account while something is overdue, closed with all that belongs to it as soon as nothing is."""

from sqlalchemy import exists
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from billing import locks
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.reminders import tasks
from billing.reminders.rules import LOOKS_AHEAD
from billing.reminders.tables import ReminderCase


def open_case(work: Work, account_id: int) -> ReminderCase | None:
    """The open case of an account."""
    statement = select(ReminderCase).where(ReminderCase.account_id == account_id, col(ReminderCase.closed_at).is_(None))
    return work.session.exec(statement).first()


def of_account(work: Work, account_id: int) -> ReminderCase:
    """The open case of an account that is locked, opened now when there is none."""
    case = open_case(work, account_id)
    if case is None:
        case = ReminderCase(account_id=account_id, opened_at=work.now)
        work.session.add(case)
        work.session.flush()
    return case


def is_settled(work: Work, case: ReminderCase) -> bool:
    """Whether nothing of a case is owed any more, which may be a minute before it is closed."""
    return work.session.exec(_settled(work).where(ReminderCase.id == case.id)).first() is not None


def any_settled(work: Work) -> bool:
    """Whether a case can be closed; a look that takes no lock."""
    return work.session.exec(_settled(work).limit(1)).first() is not None


def close_settled(work: Work) -> int:
    """Close the cases of accounts that owe nothing that is due or nearly so; returns how many."""
    found = [case.account_id for case in work.session.exec(_settled(work))]
    locks.accounts(work, sorted(found))
    # Money may have gone back until the accounts were locked.
    done = list(work.session.exec(_settled(work).where(col(ReminderCase.account_id).in_(found))))
    for case in done:
        case.closed_at = work.now
        work.session.add(case)
        accounts.bump_version(work, case.account_id)
    tasks.withdraw(work, [case.id or 0 for case in done])
    return len(done)


def _settled(work: Work) -> SelectOfScalar[ReminderCase]:
    owing = exists().where(
        col(Invoice.account_id) == col(ReminderCase.account_id), col(Invoice.open_cents) > 0,
        col(Invoice.due_on) <= local_day(work.now) + LOOKS_AHEAD,
    )  # fmt: skip
    return select(ReminderCase).where(col(ReminderCase.closed_at).is_(None), ~owing).order_by(col(ReminderCase.id))
