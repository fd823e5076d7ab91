"""One planned collection: making it, moving it on, taking it off the calendar. The caller has locked the account."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from billing import locks
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work, table_of
from billing.invoices.tables import Invoice
from billing.mandates import rules, telling
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.ports import AccountMailKind
from billing.states import LIVE_COLLECTIONS, CollectionState, MandateState, may_move

UNSENT = (CollectionState.PLANNED, CollectionState.ANNOUNCED)
# Why a plan is off, where it is not for the mandate.
SETTLED, GREW, MISSED, OVER_MAXIMUM, NEW_DATE = "settled", "grew", "missed", "over_maximum", "new_date"
# The notice of it did not arrive, and somebody else can be told.
CAME_BACK = "came_back"
# No mail about it can get there; reminders, which look for another address, take over, and so does a person.
UNTOLD = "untold"

_M = table_of(Mandate).c
_ACTIVE = select(_M.id).where(_M.account_id == bindparam("account_id"), _M.state == MandateState.ACTIVE.value)


def active_mandate(work: Work, account_id: int) -> Mandate | None:
    """The mandate by which an account's invoices are collected now."""
    found = select(Mandate).where(Mandate.account_id == account_id, Mandate.state == MandateState.ACTIVE.value)
    return work.session.exec(found.execution_options(populate_existing=True)).first()


def collects(work: Work, account_id: int) -> bool:
    """Whether an account's invoices are collected now; a look that takes no lock."""
    return work.plain(_ACTIVE, account_id=account_id).first() is not None


def live_plan(work: Work, invoice_id: int) -> Collection | None:
    """The collection of an invoice that is planned, announced or submitted."""
    found = select(Collection).where(
        Collection.invoice_id == invoice_id, col(Collection.state).in_([state.value for state in LIVE_COLLECTIONS])
    )
    return work.session.exec(found.execution_options(populate_existing=True)).first()


def is_too_much(mandate: Mandate, cents: int) -> bool:
    """Whether a mandate does not allow to collect so much at once."""
    return mandate.maximum_cents is not None and cents > mandate.maximum_cents


def first_day(work: Work, mandate: Mandate, *, wished: date, notice_days: int) -> date:
    """The first day from the wished one on for which there is time enough to tell the customer and the gateway."""
    today = local_day(work.now)
    free_from = local_day(mandate.debits_from or work.now)
    return rules.collect_on(wished=wished, today=today, notice_days=notice_days, free_from=free_from)


def new_plan(
    work: Work, mandate: Mandate, invoice: Invoice, limits: MandateRules, *, wished: date, round_: int = 1,
    chosen_by: str = "",
) -> Collection:  # fmt: skip
    """Plan to collect an invoice on the first possible day from the wished one on."""
    day = first_day(work, mandate, wished=wished, notice_days=limits.notice_days)
    collection = Collection(
        account_id=invoice.account_id, invoice_id=invoice.id or 0, mandate_id=mandate.id or 0,
        state=CollectionState.PLANNED.value, round=round_, collect_on=day, submit_on=rules.submit_on(day),
        notice_days=limits.notice_days, chosen_by_name=chosen_by, created_at=work.now, changed_at=work.now,
    )  # fmt: skip
    work.session.add(collection)
    work.flush()
    accounts.bump_version(work, invoice.account_id)
    return collection


def carry_over(work: Work, old: Collection, mandate: Mandate, invoice: Invoice, limits: MandateRules) -> Collection:
    """Plan anew what was withdrawn, for the same reason and by the same choice as before; it will be announced anew."""
    return new_plan(
        work, mandate, invoice, limits, wished=old.collect_on, round_=old.round, chosen_by=old.chosen_by_name
    )


def advance(work: Work, collection: Collection, target: CollectionState, *, reason: str = "") -> bool:
    """Move a collection on when the move is legal; a repeated or late word changes nothing and is False."""
    if not may_move(CollectionState(collection.state), target):
        return False
    collection.state, collection.reason, collection.changed_at = target.value, reason[:200], work.now
    work.session.add(collection)
    work.flush()
    accounts.bump_version(work, collection.account_id)
    return True


def withdraw(work: Work, collection: Collection, reason: str) -> bool:
    """Take a collection that was not submitted off the calendar."""
    return advance(work, collection, CollectionState.WITHDRAWN, reason=reason)


def withdraw_all(work: Work, mandate: Mandate, reason: str, *, tells: bool) -> None:
    """Nothing more by this mandate; whoever was told of a day is told that it is off, where nothing else says so."""
    for collection in unsent_by(work, mandate):
        was_announced = collection.state == CollectionState.ANNOUNCED
        withdraw(work, collection, reason)
        invoice = locks.invoices(work, [collection.invoice_id])[collection.invoice_id]
        if tells and was_announced and invoice.open_cents:
            telling.of_debit(
                work, AccountMailKind.DEBIT_WITHDRAWN, collection, invoice, invoice.open_cents,
                collect_on=collection.collect_on.isoformat(), why=reason,
            )  # fmt: skip


def unsent_by(work: Work, mandate: Mandate) -> Sequence[Collection]:
    """What is on the calendar by a mandate and not yet with the gateway, the earliest first."""
    found = select(Collection).where(
        Collection.mandate_id == mandate.id, col(Collection.state).in_([state.value for state in UNSENT])
    )
    return work.session.exec(found.order_by(col(Collection.collect_on), col(Collection.id))).all()
