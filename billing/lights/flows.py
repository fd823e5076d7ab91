"""Looking at what the outside parties say, again and again or when a person asks; and having set right what is red.

Looking books nothing. What sets right are the use cases that there are already, each of which may be repeated.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from billing import inbox
from billing.access import Actor
from billing.bank import worklist
from billing.bookkeeping import flows as bookkeeping
from billing.clock import local_day
from billing.errors import BillingError, Conflict, NotFound, PreviewStale, ProviderRefused, ProviderUnclear, Refused
from billing.lights import asking, days, gathering, queries, recorder, service
from billing.lights.receipts import Receipt, Span, Terms
from billing.lights.rules import Repair
from billing.mandates import flows as mandates
from billing.payments import flows as payments
from billing.ports import BooksClosed
from billing.runtime import Billing

log = logging.getLogger(__name__)

# What happened longer ago was looked at often enough, and is looked at again when a person asks.
LOOKED_BACK = timedelta(days=7)


def terms(billing: Billing) -> Terms:
    """What gathering goes by here."""
    return Terms(billing.books.administration, billing.policy.bank)


def watch(billing: Billing) -> int:
    """What the worker does again and again: look at the last days, and write down how those that are over stood.
    Returns 0: it is never in a hurry."""
    today = local_day(billing.clock.now())
    look(billing, Span(today - LOOKED_BACK, today))
    billing.do(days.write_down, terms(billing))
    return 0


def look_now(billing: Billing, actor: Actor, span: Span) -> tuple[str, ...]:
    """Somebody of finance wants to know how these days stand at this moment; returns who could not be asked.

    Raises NotAllowed.
    """
    billing.ask(queries.require_reader, actor)
    return look(billing, span)


def look(billing: Billing, span: Span) -> tuple[str, ...]:
    """Ask the gateway and the bookkeeping what they have of some days; returns the names of those that do not answer.
    Our bank tells by itself."""
    silent = []
    for name, ask in (("gateway", _look_at_gateway), ("books", _look_at_books)):
        try:
            ask(billing, span)
        except (ProviderUnclear, ProviderRefused, BooksClosed) as problem:
            log.warning("the lights could not be told: %s: %s", name, problem.code)
            silent.append(name)
    return tuple(silent)


def repair(billing: Billing, actor: Actor, key: str, wanted: str, numbers: Sequence[str]) -> bool:
    """Have one receipt set right, and look at it again; False when there was nothing to do any more.

    wanted: the repair that was offered; another one is offered by now when somebody was first, and then nothing is
    done. numbers: the invoices that it was shown to be about. Raises NotAllowed, NotFound, PreviewStale when it would
    be about others by now, and as the repair itself does.
    """
    receipt = billing.ask(queries.receipt, actor, key, terms(billing))
    if receipt.repair is None or receipt.repair != wanted:
        return False
    # What a line is most likely for may change between a look and a press, into somebody else's invoice.
    if receipt.numbers != tuple(numbers):
        raise PreviewStale()
    billing.do(service.note_repair, actor, receipt, receipt.repair)
    try:
        _REPAIRS[receipt.repair](billing, actor, receipt)
    except (Conflict, Refused) as late:
        if not _was_done(billing, receipt):
            raise
        log.info("%s was set right by somebody else: %s", key, late)
    look_again(billing, key)
    return True


def replay(billing: Billing, actor: Actor, message_id: int) -> None:
    """Have one message of the gateway dealt with again; what is right already stays as it is.

    Raises NotAllowed or NotFound, and ProviderUnclear when the gateway can't say what is true.
    """
    key = billing.do(recorder.key_of, actor, message_id)
    if key and billing.ask(recorder.is_of_money, message_id):
        payments.judge_again(billing, key)
        _ask_gateway(billing, (key,))
        return
    billing.do(inbox.reopen, [message_id])
    while payments.process_pushes(billing) or mandates.process_pushes(billing):
        pass


def look_again(billing: Billing, key: str) -> None:
    """Ask about one receipt; who does not answer is heard at the next round."""
    receipt = billing.ask(gathering.one, key, terms(billing))
    if receipt is None:
        return
    try:
        if key.startswith("gateway:"):
            _ask_gateway(billing, (key.removeprefix("gateway:"),))
        if receipt.entry_ids:
            _ask_books(billing, billing.ask(asking.dates_of, receipt.entry_ids))
    except BillingError as problem:
        log.warning("%s could not be looked at again: %s", key, problem.code)


def _look_at_gateway(billing: Billing, span: Span) -> None:
    questions = billing.ask(asking.of_gateway, span)
    if questions.attempts:
        found = payments.look_up(billing, questions.attempts)
        billing.do(service.saw_gateway, found, ())
    for number in questions.invoices:
        if billing.stopping.is_set():
            return
        billing.do(service.saw_gateway, billing.gateway.of_invoice(number), ())
    if questions.keys:
        _ask_gateway(billing, questions.keys)


def _ask_gateway(billing: Billing, keys: tuple[str, ...]) -> None:
    found = billing.gateway.transactions(keys)
    payments.heard(billing)
    billing.do(service.saw_gateway, list(found.values()), keys)


def _look_at_books(billing: Billing, span: Span) -> None:
    administration = billing.books.administration
    if administration:
        _ask_books(billing, billing.ask(asking.documents, span, administration))


def _ask_books(billing: Billing, documents: asking.Dated) -> None:
    found = [one for run in asking.in_runs(list(documents.values())) for one in billing.books.standing(*run)]
    if documents:
        billing.do(service.saw_books, list(documents), found)


def _book(billing: Billing, actor: Actor, receipt: Receipt) -> None:
    for entry_id in receipt.entry_ids:
        bookkeeping.set_right(billing, entry_id)


def _match(billing: Billing, actor: Actor, receipt: Receipt) -> None:
    line_id = int(receipt.key.removeprefix("bank:"))
    billing.do(worklist.confirm, actor, line_id, receipt.numbers)


def _judge_again(billing: Billing, actor: Actor, receipt: Receipt) -> None:
    payments.judge_again(billing, receipt.key.removeprefix("gateway:"))


def _was_done(billing: Billing, before: Receipt) -> bool:
    now = billing.ask(gathering.one, before.key, terms(billing))
    if now is None:
        raise NotFound()
    return now.cause != before.cause


_REPAIRS = {
    Repair.ASK: _judge_again, Repair.REPLAY: _judge_again, Repair.MATCH: _match, Repair.BOOK: _book,
    Repair.UNDOUBLE: _book,
}  # fmt: skip
