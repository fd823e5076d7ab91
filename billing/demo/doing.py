"""What the people of the demo do in its stories, through the same services as their own screens."""

import time
from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import col, select

from billing import outbox
from billing.accounts import invitations, joining
from billing.accounts.invitations import HandOver
from billing.accounts.tables import Invitation
from billing.bank import flows as bank
from billing.changes import service as changes
from billing.changes.planning import Asked
from billing.changes.service import ConfirmChange
from billing.clock import local_day
from billing.db import Work
from billing.demo import scenes
from billing.demo.people import BAKERY, CLUB, PASSWORD
from billing.demo.scenes import Scene
from billing.errors import NotFound, Refused
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from billing.logins import sessions
from billing.logins.passwords import hash_password
from billing.mandates import flows as mandates
from billing.mandates.requests import Consent, RequestMandate
from billing.mandates.tables import Collection, Mandate
from billing.outbox import OutboxMessage, Task
from billing.payments import flows as payments
from billing.payments.service import StartPayment
from billing.ports import Method, Party, Stage
from billing.products.tables import Product, Service, ServiceState
from billing.runtime import Billing
from billing.states import MandateState
from billing.worker.loop import CALENDAR

ONE_DAY = timedelta(days=1)
SUCCESSOR = "nieuwe.penningmeester@demo.test"
CANCELLED = "webshop"
# A collection is submitted within so many days after it was announced, and then takes so many to be final.
UNTIL_SUBMITTED, UNTIL_COLLECTED, STORNO_DAY = 25, 10, 40
# The most rounds of a day.
ROUNDS = 6
# The longest that a day waits for its mails, and between two looks.
MAIL_SECONDS, NAP_SECONDS = 2.0, 0.02
# So long the one who leaves shows the successor round.
LAST_DAYS = timedelta(days=14)


def stage(billing: Billing) -> Stage:
    """The outside world of the demo. Raises NotFound outside of one."""
    if billing.stage is None:
        raise NotFound()
    return billing.stage


def let_pass(billing: Billing, by: timedelta, *, is_bank_silent: bool = False) -> None:
    """Move the clock, a day at a time, with all that the calendar and the worker do. Nobody is logged out by it.

    A bank whose statements are read at all delivers one each day, unless it is to be silent.
    """
    while by > timedelta():
        step = min(by, ONE_DAY)
        before = billing.clock.now()
        stage(billing).move(step)
        billing.do(sessions.carry_on, before)
        if not is_bank_silent and billing.ask(feeds.fresh_at, Feed.BANK) is not None:
            _read_statement(billing, {})
        _do_the_day(billing)
        by -= step


def start_to_pay(billing: Billing, scene: Scene, login: str = "eigenaar") -> None:
    """Somebody goes to the bank for all invoices of the scene."""
    actor = billing.ask(scenes.person, login)
    payments.start_payment(billing, actor, StartPayment(scene.invoices, Method.IDEAL, client_ip=""))


def approve_payment(billing: Billing, scene: Scene) -> None:
    """The bank of who pays says yes."""
    stage(billing).approve(_payment_key(billing, scene))


def ask_mandate(billing: Billing, scene: Scene) -> None:
    """The owner signs a mandate at the bank."""
    actor, account_id = billing.ask(scenes.person, "eigenaar"), billing.ask(scenes.account_id, BAKERY.name)
    consent = Consent("demo", "Voorbeeld Hosting B.V. mag van mijn rekening afschrijven.", "")
    mandates.request_mandate(billing, actor, RequestMandate(account_id, consent))
    stage(billing).approve(billing.ask(_mandate_key, account_id))


def until_submitted(billing: Billing, scene: Scene) -> None:
    """Days pass until the gateway has the collection."""
    for _ in range(UNTIL_SUBMITTED):
        if billing.ask(collection_state, scene) not in {"", "planned", "announced"}:
            return
        let_pass(billing, ONE_DAY)


def until_collected(billing: Billing, scene: Scene) -> None:
    """Days pass in which the bank collects."""
    let_pass(billing, UNTIL_COLLECTED * ONE_DAY)


def storno(billing: Billing, scene: Scene) -> None:
    """On day 40 the owner has the collection taken back."""
    let_pass(billing, STORNO_DAY * ONE_DAY)
    stage(billing).take_back(_payment_key(billing, scene))


def cancel(billing: Billing, scene: Scene) -> None:
    """The owner cancels the module for a webshop, as from tomorrow."""
    billing.do(_cancel, billing.policy.seller)


def let_two_days_pass(billing: Billing, scene: Scene) -> None:
    """Two days in which the bank delivers nothing."""
    let_pass(billing, 2 * ONE_DAY, is_bank_silent=True)


def hand_in_bank_file(billing: Billing, scene: Scene) -> None:
    """The late statement arrives, and somebody of the finance department reads it in."""
    invoice = billing.ask(scenes.invoices_of, scene)[0]
    _read_statement(billing, {invoice.reference: invoice.open_cents})


def hand_over(billing: Billing, scene: Scene) -> None:
    """The chair has the treasurer's place go to somebody else."""
    billing.do(_hand_over)


def join(billing: Billing, scene: Scene) -> None:
    """The new treasurer accepts."""
    billing.do(_join, hash_password(PASSWORD))


def collection_state(work: Work, scene: Scene) -> str:
    """Where the collection of the scene's invoice stands; empty while there is none."""
    invoice = scenes.invoices_of(work, scene)[0]
    newest = select(Collection.state).where(Collection.invoice_id == invoice.id).order_by(col(Collection.id).desc())
    return work.session.exec(newest).first() or ""


def successor(work: Work) -> Invitation | None:
    """The invitation of the new treasurer."""
    return work.session.exec(select(Invitation).where(Invitation.email == SUCCESSOR)).first()


def service_to_cancel(work: Work) -> Service:
    """The module that the bakery cancels. Raises Refused (`again`) when that has happened."""
    service = work.session.exec(
        select(Service)
        .join(Product)
        .where(Product.code == CANCELLED, Service.account_id == scenes.account_id(work, BAKERY.name))
    ).one()
    if service.state != ServiceState.ACTIVE or service.ends_on is not None:
        raise Refused(reason="again")
    return service


def _read_statement(billing: Billing, transfers: Mapping[str, int]) -> None:
    content = stage(billing).bank_file(billing.policy.seller.iban, transfers)
    bank.upload(billing, billing.ask(scenes.person, "finance"), content)


def _do_the_day(billing: Billing) -> None:
    """As often as there is something left to do, as on a real day with its thousand rounds."""
    for _ in range(ROUNDS):
        busy = sum(job(billing) for job in CALENDAR)
        _wait_for_mails(billing)
        if not busy:
            return


def _wait_for_mails(billing: Billing) -> None:
    """A debit depends on its announcement: the worker gets the time to send what is due, as it would on a real day."""
    deadline = time.monotonic() + MAIL_SECONDS
    while billing.ask(_mails_are_due) and time.monotonic() < deadline:
        time.sleep(NAP_SECONDS)


def _mails_are_due(work: Work) -> bool:
    # One that is being sent is due again when its lease ends.
    soon = work.now + 2 * outbox.LEASE
    due = select(OutboxMessage.id).where(
        OutboxMessage.state == outbox.WAITING, col(OutboxMessage.due_at) <= soon,
        col(OutboxMessage.task).not_in([Task.RENDER_INVOICE.value, Task.RENDER_CREDIT_NOTE.value]),
    )  # fmt: skip
    return work.session.exec(due.limit(1)).first() is not None


def _payment_key(billing: Billing, scene: Scene) -> str:
    payment = billing.ask(scenes.payment_of, scene)
    if payment is None or payment.provider_key is None:
        raise Refused(reason="too_early")
    return payment.provider_key


def _mandate_key(work: Work, account_id: int) -> str:
    found = select(Mandate.provider_key).where(
        Mandate.account_id == account_id, Mandate.state == MandateState.REQUESTED
    )
    return work.session.exec(found).one() or ""


def _cancel(work: Work, seller: Party) -> None:
    owner, account_id = scenes.person(work, "eigenaar"), scenes.account_id(work, BAKERY.name)
    asked = Asked(service_to_cancel(work).id or 0, local_day(work.now))
    shown = changes.preview(work, owner, account_id, asked)
    changes.confirm(work, owner, ConfirmChange(account_id, shown.preview_id, shown.hash, seller))


def _hand_over(work: Work) -> None:
    chair, account_id = scenes.person(work, "voorzitter"), scenes.account_id(work, CLUB.name)
    leaving, last_day = scenes.person(work, "penningmeester"), local_day(work.now) + LAST_DAYS
    command = HandOver(leaving.user_id or 0, SUCCESSOR, "Nieuwe Penningmeester", last_day)
    invitations.hand_over(work, chair, account_id, command)


def _join(work: Work, password_hash: str) -> None:
    invited = successor(work)
    if invited is None or invited.accepted_at is not None:
        raise Refused(reason="too_early")
    joining.accept(work, invited.id or 0, invited.serial, name=invited.name, password_hash=password_hash)
