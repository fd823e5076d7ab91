"""Handing documents over to the bookkeeping, in a lane of its own: whatever goes wrong there, money never waits for it.

A document is claimed alone. Every step is written down before the next one begins, and after an end that nobody knows
what was sent is looked up there by our number, never sent again blindly.
"""

import logging

from billing.bookkeeping import documents, entries, news, planning, queue
from billing.bookkeeping.documents import Wanted
from billing.bookkeeping.tables import BookEntry, DocumentKind
from billing.correspondence.flows import ensure_file, ensure_note_file
from billing.errors import Conflict, NotFound, ProviderRefused, ProviderUnclear
from billing.ports import Books, BooksBusy, BooksClosed
from billing.runtime import Billing

log = logging.getLogger(__name__)


def plan(billing: Billing) -> int:
    """Find what the journal says anew; returns how much there was. Nothing at all while no bookkeeping is connected."""
    administration = billing.books.administration
    return billing.do(planning.plan, administration, billing.policy.books_since) if administration else 0


def hand_over(billing: Billing) -> int:
    """Hand over one document that is due; returns how many were taken."""
    administration = billing.books.administration
    if not administration or not billing.ask(queue.any_due, administration):
        return 0
    entry = billing.do(queue.claim, administration)
    if entry is None:
        return 0
    _carefully(billing, entry)
    return 1


def sync(billing: Billing) -> int:
    """Hand over all that the journal says anew and that is due; returns how many documents were taken. What can't be
    handed over now waits for its next turn or for a person, as it does for the worker."""
    plan(billing)
    taken = 0
    while hand_over(billing):
        taken += 1
    return taken


def set_right(billing: Billing, entry_id: int) -> None:
    """Make one document stand there exactly once, exactly as it stands here, now and not when its turn comes.

    Raises as the port does when what stands there twice can't be found or removed.
    """
    administration = billing.books.administration
    found = billing.ask(queue.placed, entry_id)
    same = [one for one in billing.books.standing(found.on, found.on) if one.reference == found.number]
    kept = next((one for one in same if one.document_id == found.remote_id), same[0] if same else None)
    for one in same:
        if one is not kept:
            billing.books.remove_document(one.document_id)
    billing.do(queue.again, entry_id)
    entry = billing.do(queue.claim, administration, entry_id)
    if entry is not None:
        _carefully(billing, entry)


def receive_news(billing: Billing, headers: dict[str, str], body: bytes) -> bool:
    """Write down what the bookkeeping says of a document; False when it is about none of ours, or nothing new.

    Raises NewsRefused when it can't be trusted or read.
    """
    heard = billing.books.read_news(headers, body)
    return heard is not None and billing.do(news.hear, billing.books.administration, heard)


def _carefully(billing: Billing, entry: BookEntry) -> None:
    try:
        _make_it_stand(billing, entry)
    except BooksBusy as busy:
        billing.do(queue.pause, entry, busy.facts["until"], busy.facts["reason"])
    except BooksClosed as closed:
        billing.do(queue.pause, entry, billing.clock.now() + queue.CLOSED_FOR, closed.facts["reason"])
        log.error("the bookkeeping is closed to us: %s", closed.facts["reason"])
    except (ProviderRefused, NotFound) as never:
        billing.do(queue.hold, entry, str(never.facts.get("reason", never.code)))
        log.error("%s is held back from the bookkeeping: %s", entry.number, never)
    except (ProviderUnclear, Conflict) as later:
        billing.do(queue.put_back, entry, str(later.facts.get("reason", later.code)))
    except Exception as bug:
        log.exception("%s was not handed over", entry.number)
        billing.do(queue.put_back, entry, type(bug).__name__)


def _make_it_stand(billing: Billing, entry: BookEntry) -> None:
    if entry.kind == DocumentKind.JOURNAL:
        _enter(billing, entry)
        return
    books, wanted, is_new = billing.books, billing.ask(documents.wanted, entry), entry.remote_id is None
    remote_id, may_exist = entry.remote_id or _place(billing, entry, wanted), entry.tries > 1
    if not entry.has_file:
        books.keep_file(remote_id, f"{entry.number}.pdf", _file(billing, entry), may_exist=may_exist)
        billing.do(queue.has_file, entry)
    # On what has just been made, and is not settled yet, there is nothing to look up.
    bare = is_new and not may_exist and not wanted.settlements
    billing.do(queue.finish, entry, 0 if bare else books.settle(remote_id, wanted.settlements))


def _enter(billing: Billing, entry: BookEntry) -> None:
    """An entry of the journal: it never changes, so that it stands there once it stands there."""
    if not entry.remote_id:
        journal = billing.ask(entries.journal, entry)
        billing.do(queue.has_place, entry, billing.books.keep_journal(journal, may_exist=entry.tries > 1))
    billing.do(queue.finish, entry, 0)


def _place(billing: Billing, entry: BookEntry, wanted: Wanted) -> str:
    contact_id = _contact(billing, billing.books, entry, wanted)
    remote_id = billing.books.keep_document(wanted.document, contact_id, may_exist=entry.tries > 1)
    billing.do(queue.has_place, entry, remote_id)
    return remote_id


def _contact(billing: Billing, books: Books, entry: BookEntry, wanted: Wanted) -> str:
    if wanted.contact_is_known:
        return wanted.contact_id
    contact_id = books.keep_contact(wanted.contact, wanted.contact_id)
    billing.do(queue.has_contact, entry, contact_id, documents.digest(wanted.contact))
    return contact_id


def _file(billing: Billing, entry: BookEntry) -> bytes:
    if entry.kind == DocumentKind.INVOICE:
        return ensure_file(billing, entry.invoice_id or 0).content or b""
    return ensure_note_file(billing, entry.credit_note_id or 0).content or b""
