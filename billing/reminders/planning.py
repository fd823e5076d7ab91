"""Which step is due for which account: the rules asked with what the database knows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing.access import Permission
from billing.accounts.tables import Membership
from billing.clock import AMSTERDAM, local_day
from billing.db import Work, table_of
from billing.invoices.tables import ISSUED, Invoice
from billing.logins.tables import LoginSession
from billing.mandates.tables import Mandate
from billing.payments.tables import PaymentShare
from billing.reminders import reach, rules
from billing.reminders.rules import MAILED, DueStep, Owed, Taken
from billing.reminders.tables import ReminderCase, ReminderStep, StepResult
from billing.states import MandateState
from billing.workdays import is_dutch_holiday

_I, _M = table_of(Invoice).c, table_of(Mandate).c
TAKEN = (StepResult.ASKED.value, StepResult.DONE.value)


@dataclass
class Owing:
    """An account with what it owes and the steps of its open case."""

    owed: list[Owed] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)


def due_steps(work: Work, account_ids: Collection[int] | None = None) -> dict[int, DueStep]:
    """The step that is due today, by account; of these accounts alone, or of all."""
    today = local_day(work.now)
    found = _standings(work, today, account_ids)
    by_mandate, mailed = _payers_by_mandate(work, account_ids), _mailed_on(work, today)
    steps = {
        account_id: rules.due_step(today, one.owed, one.taken, pays_by_mandate=account_id in by_mandate)
        for account_id, one in sorted(found.items())
        if account_id not in mailed
    }
    return {account_id: step for account_id, step in steps.items() if step is not None}


def owing(work: Work, account_id: int) -> Owing:
    """What an account owes that is due or nearly so, and the steps of its open case."""
    return _standings(work, local_day(work.now), [account_id]).get(account_id, Owing())


def may_mail_now(work: Work) -> bool:
    """Whether it is a time of day, and a day, on which reminders may go out."""
    local = work.now.astimezone(AMSTERDAM)
    return rules.may_mail_at(local, is_holiday=is_dutch_holiday(local.date()))


def _standings(work: Work, today: date, account_ids: Collection[int] | None) -> dict[int, Owing]:
    owing = sql_select(_I.account_id, _I.id, _I.due_on).where(
        _I.state == ISSUED, _I.open_cents > 0, _I.due_on <= today + rules.LOOKS_AHEAD,
        *_only(_I.account_id, account_ids),
    )  # fmt: skip
    found: dict[int, Owing] = {}
    rows = work.plain(owing).all()
    if not rows:
        return {}
    seen = _seen(work, today, account_ids)
    for row in rows:
        found.setdefault(row.account_id, Owing()).owed.append(Owed(row.id, row.due_on, row.id in seen))
    steps = (
        select(ReminderStep)
        .join(ReminderCase, col(ReminderCase.id) == col(ReminderStep.case_id))
        .where(col(ReminderCase.closed_at).is_(None), col(ReminderStep.result).in_(TAKEN),
               *_only(col(ReminderStep.account_id), account_ids))
    )  # fmt: skip
    taken = work.session.exec(steps).all()
    reached = reach.of_steps(work, taken)
    for step in taken:
        if step.account_id in found:
            one = Taken(step.invoice_id, step.rung, step.decided_on, reached[step.id or 0])
            found[step.account_id].taken.append(one)
    return found


def _mailed_on(work: Work, today: date) -> set[int]:
    """The accounts that have had their one mail of the day, maybe about a case that has closed since."""
    mailed = select(ReminderStep.account_id).where(
        ReminderStep.decided_on == today, col(ReminderStep.result).in_(TAKEN),
        col(ReminderStep.kind).in_([kind.value for kind in MAILED]),
    )  # fmt: skip
    return set(work.session.exec(mailed))


def _payers_by_mandate(work: Work, account_ids: Collection[int] | None) -> set[int]:
    """The accounts that are collected from, and need no friendly reminder to pay."""
    is_active = Mandate.state == MandateState.ACTIVE.value
    return set(work.session.exec(select(Mandate.account_id).where(is_active, *_only(_M.account_id, account_ids))))


def _only(column: Any, account_ids: Collection[int] | None) -> Sequence[ColumnElement[bool]]:
    return () if account_ids is None else (column.in_(account_ids),)


def _seen(work: Work, today: date, account_ids: Collection[int] | None) -> set[int]:
    """What is due soon and somebody has tried to pay, or had on the first page of the dashboard since it was issued."""
    is_soon = (
        _I.open_cents > 0, _I.due_on.between(today, today + rules.LOOKS_AHEAD), *_only(_I.account_id, account_ids)
    )  # fmt: skip
    tried = sql_select(_I.id).join(table_of(PaymentShare), col(PaymentShare.invoice_id) == _I.id)
    shown = (
        sql_select(_I.id)
        .join(table_of(Membership), col(Membership.account_id) == _I.account_id)
        .join(table_of(LoginSession), col(LoginSession.user_id) == col(Membership.user_id))
        .where(
            ~col(LoginSession.is_half), col(LoginSession.seen_at) >= _I.issued_at,
            col(Membership.scopes).contains(Permission.INVOICES_VIEW.value),
        )
    )  # fmt: skip
    return {*work.plain(tried.where(*is_soon)).scalars(), *work.plain(shown.where(*is_soon)).scalars()}
