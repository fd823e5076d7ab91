"""The stories of the demo: how each scene is set, and its steps, done by hand on the real screens or by a click."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from billing import outbox
from billing.access import SYSTEM
from billing.accounts.tables import Membership
from billing.bank.tables import BankLine, Statement
from billing.credits import service as credits
from billing.credits.service import IssueCreditNote
from billing.credits.tables import CreditLot, CreditNote
from billing.db import Work
from billing.demo import doing, scenes
from billing.demo.people import BAKERY, CLUB
from billing.demo.scenes import Scene
from billing.demo.story import VAT
from billing.errors import Refused
from billing.invoices.tables import Invoice
from billing.mandates.tables import Mandate
from billing.outbox import OutboxMessage, Task
from billing.ports import Fault, Party
from billing.runtime import Billing

Happened = Callable[[Billing, Scene], bool]
Do = Callable[[Billing, Scene], None]


@dataclass(frozen=True)
class Step:
    """happened: whether the data say so. do: does it for whoever shows the demo; None when it comes by itself."""

    key: str
    happened: Happened
    do: Do | None = None


@dataclass(frozen=True)
class Story:
    """prepare: what has to be there before it can be told, and the numbers of its invoices. fault: what goes wrong in
    it. Raises Refused (`again`) for what can be told once between two resets."""

    key: str
    prepare: Callable[[Work, Party], tuple[str, ...]]
    steps: tuple[Step, ...]
    fault: Fault | None = None


def asked(query: Callable[[Work, Scene], Any]) -> Happened:
    """What a query says, as what happened."""
    return lambda billing, scene: bool(billing.ask(query, scene))


def is_mailed(work: Work, scene: Scene) -> bool:
    return bool(_done(work, scene, Task.MAIL_INVOICE))


def is_told_of_payment(work: Work, scene: Scene) -> bool:
    return bool(_done(work, scene, Task.MAIL_PAID))


def is_started(work: Work, scene: Scene) -> bool:
    return scenes.payment_of(work, scene) is not None


def is_paid(work: Work, scene: Scene) -> bool:
    return all(invoice.open_cents == 0 for invoice in scenes.invoices_of(work, scene))


def is_pushed_twice(billing: Billing, scene: Scene) -> bool:
    payment = billing.ask(scenes.payment_of, scene)
    if payment is None or payment.provider_key is None or not billing.ask(is_paid, scene):
        return False
    return doing.stage(billing).deliveries(payment.provider_key) > 1


def has_mandate(work: Work, scene: Scene) -> bool:
    account_id = scenes.account_id(work, BAKERY.name)
    # A storno may have ended it since.
    given = select(Mandate.id).where(Mandate.account_id == account_id, col(Mandate.given_at).is_not(None))
    return work.session.exec(given).first() is not None


def is_collection(*states: str) -> Happened:
    """Whether the collection of the scene has come this far."""
    return asked(lambda work, scene: doing.collection_state(work, scene) in states)


def has_note(work: Work, scene: Scene) -> bool:
    account_id = scenes.account_id(work, BAKERY.name)
    new = select(CreditNote.id).where(CreditNote.account_id == account_id, col(CreditNote.issued_at) >= scene.at)
    return work.session.exec(new).first() is not None


def has_new_credits(work: Work, scene: Scene) -> bool:
    account_id = scenes.account_id(work, BAKERY.name)
    new = select(CreditLot.id).where(CreditLot.account_id == account_id, col(CreditLot.created_at) >= scene.at)
    return work.session.exec(new).first() is not None


def is_settled_in_part(work: Work, scene: Scene) -> bool:
    return all(0 <= invoice.open_cents < invoice.total_cents for invoice in scenes.invoices_of(work, scene))


def is_cancelled(work: Work, scene: Scene) -> bool:
    try:
        doing.service_to_cancel(work)
    except Refused:
        return True
    return False


def are_days_later(work: Work, scene: Scene) -> bool:
    return work.now >= scene.at + 2 * doing.ONE_DAY


def has_bank_file(work: Work, scene: Scene) -> bool:
    lines = select(BankLine.id).join(Statement).where(col(Statement.imported_at) > scene.at)
    return work.session.exec(lines).first() is not None


def is_invited(work: Work, scene: Scene) -> bool:
    return doing.successor(work) is not None


def has_joined(work: Work, scene: Scene) -> bool:
    invited = doing.successor(work)
    return invited is not None and invited.accepted_at is not None


def ends_for_predecessor(work: Work, scene: Scene) -> bool:
    leaving = scenes.person(work, "penningmeester").user_id
    place = select(Membership).where(
        Membership.account_id == scenes.account_id(work, CLUB.name), Membership.user_id == leaving
    )
    member = work.session.exec(place).first()
    soon = (work.now + 2 * doing.LAST_DAYS).date()
    return has_joined(work, scene) and (member is None or (member.ends_on is not None and member.ends_on < soon))


def one_invoice(subject: str, euros: str) -> Callable[[Work, Party], tuple[str, ...]]:
    """A new invoice of the bakery."""
    return lambda work, seller: (scenes.issue(work, BAKERY.name, subject, euros, seller),)


def two_invoices(work: Work, seller: Party) -> tuple[str, ...]:
    """Two new invoices of the bakery."""
    return tuple(
        scenes.issue(work, BAKERY.name, subject, euros, seller)
        for subject, euros in (("Ontwerp van een menukaart", "45.00"), ("Zoekwoorden, 3 maanden", "60.00"))
    )


def credits_and_invoice(work: Work, seller: Party) -> tuple[str, ...]:
    """A part of an invoice that was paid is taken back, and the next invoice is settled with it at once."""
    paid = select(Invoice).where(
        Invoice.account_id == scenes.account_id(work, BAKERY.name),
        col(Invoice.subject).startswith("Webhosting Start"), Invoice.open_cents == 0,
    )  # fmt: skip
    invoice = work.session.exec(paid).one()
    note = IssueCreditNote(invoice.id or 0, 1_500, VAT, "Een maand storing in de statistieken")
    credits.issue_credit_note(work, SYSTEM, note)
    work.flush()
    number = scenes.issue(work, BAKERY.name, "Snellere database, 6 maanden", "80.00", seller)
    work.flush()
    fresh = work.session.exec(select(Invoice).where(Invoice.number == number)).one()
    credits.settle_with_credits(work, fresh.id or 0)
    return (number,)


def a_service_to_cancel(work: Work, seller: Party) -> tuple[str, ...]:
    """The webshop of the bakery, paid for a year."""
    doing.service_to_cancel(work)
    return ()


def a_treasurer(work: Work, seller: Party) -> tuple[str, ...]:
    """The treasurer of the club, whose place has not been handed over."""
    if doing.successor(work) is not None:
        raise Refused(reason="again")
    return ()


def no_mandate_yet(work: Work, seller: Party) -> tuple[str, ...]:
    """A new invoice of the bakery, which has given no mandate."""
    account_id = scenes.account_id(work, BAKERY.name)
    if work.session.exec(select(Mandate.id).where(Mandate.account_id == account_id)).first() is not None:
        raise Refused(reason="again")
    return (scenes.issue(work, BAKERY.name, "Extra opslagruimte, 12 maanden", "35.00", seller),)


def as_bookkeeper(billing: Billing, scene: Scene) -> None:
    """The bookkeeper goes to the bank for all of it."""
    doing.start_to_pay(billing, scene, "boekhouder")


MAILED = Step("mailed", asked(is_mailed))
STARTED = Step("started", asked(is_started), doing.start_to_pay)
PAID = Step("paid", asked(is_paid), doing.approve_payment)

STORIES = (
    Story("ideal", one_invoice("Onderhoud van de webshop", "50.00"),
          (MAILED, STARTED, PAID, Step("told", asked(is_told_of_payment)))),
    Story("bookkeeper", two_invoices, (MAILED, Step("together", asked(is_started), as_bookkeeper), PAID)),
    Story("storno", no_mandate_yet, (
        Step("signed", asked(has_mandate), doing.ask_mandate),
        Step("submitted", is_collection("submitted", "collected", "returned"), doing.until_submitted),
        Step("collected", is_collection("collected", "returned"), doing.until_collected),
        Step("returned", is_collection("returned"), doing.storno),
    )),
    Story("credits", credits_and_invoice,
          (Step("given", asked(has_note)), Step("settled", asked(is_settled_in_part)), STARTED, PAID)),
    Story("cancel", a_service_to_cancel, (
        Step("cancelled", asked(is_cancelled), doing.cancel), Step("noted", asked(has_note)),
        Step("credited", asked(has_new_credits)),
    )),
    Story("double", one_invoice("Verhuizing van een domein", "25.00"),
          (STARTED, PAID, Step("twice", is_pushed_twice)), Fault.DOUBLE_PUSH),
    Story("late", one_invoice("Advies over toegankelijkheid", "95.00"), (
        MAILED, Step("silent", asked(are_days_later), doing.let_two_days_pass),
        Step("file", asked(has_bank_file), doing.hand_in_bank_file), Step("matched", asked(is_paid)),
    )),
    Story("handover", a_treasurer, (
        Step("invited", asked(is_invited), doing.hand_over), Step("joined", asked(has_joined), doing.join),
        Step("ends", asked(ends_for_predecessor)),
    )),
)  # fmt: skip


def _done(work: Work, scene: Scene, task: Task) -> Any:
    ids = [invoice.id for invoice in scenes.invoices_of(work, scene)]
    mailed = select(OutboxMessage.id).where(
        OutboxMessage.task == task.value, OutboxMessage.state == outbox.DONE, col(OutboxMessage.invoice_id).in_(ids)
    )
    return work.session.exec(mailed).first()
