"""Whether everything ended right, after whatever happened: what is wrong, in words; nothing when all is well."""

from collections import Counter
from collections.abc import Iterator

from tests.faults import books
from tests.faults.processes import Installation


def is_settled(installation: Installation) -> bool:
    """Whether all news was dealt with, all mails sent, and all money that the gateway took in is in the books."""
    return (
        books.messages_waiting(installation) == 0
        and books.mails_waiting(installation) == 0
        and books.booked(installation) == books.successes(installation)
    )


def what_is_open(installation: Installation) -> str:
    """What is not yet settled, with the last words of every process."""
    booked, held = books.booked(installation), books.successes(installation)
    return (
        f"not booked: {sorted(held.keys() - booked.keys())}, not held: {sorted(booked.keys() - held.keys())}, "
        f"mails waiting: {books.mails_waiting(installation)}, {books.counts(installation)}\n{installation.last_words}"
    )


def wrong_money(installation: Installation, numbers: set[str]) -> Iterator[str]:
    """Each of these invoices is paid, each euro of the gateway is booked once, and too much money is nobody's yet."""
    received, invoices = books.received_by_invoice(installation), books.open_cents(installation)
    yield from (f"{number}: {invoices[number][1]} cents open" for number in sorted(numbers) if invoices[number][1])
    too_much = {number: received[number] - invoices[number][0] for number in received if number in numbers}
    unallocated = books.unallocated_by_invoice(installation)
    if unallocated != {number: cents for number, cents in too_much.items() if cents}:
        yield f"unallocated: {dict(unallocated)}, and the gateway took in too much: {too_much}"
    booked, held = books.booked(installation), books.successes(installation)
    if booked != held:
        yield f"booked: {dict(booked.items() ^ held.items())} differs from what the gateway holds"
    counts = books.counts(installation)
    if (counts.parked, counts.outbox_given_up, counts.inbox_waiting) != (0, 0, 0):
        yield f"left over: {counts}"
    checked = installation.run("check")
    if checked.returncode != 0:
        yield f"voldaan check: {checked.stdout}{checked.stderr}"


def wrong_mails(installation: Installation, numbers: set[str]) -> Iterator[str]:
    """Each paid invoice was mailed about once, and whatever was handed over more than once is one message."""
    mails = installation.sandbox("mailbox.json")
    paid = Counter(mail["subject"] for mail in mails if mail["subject"].startswith("Betaald: "))
    wanted = Counter({f"Betaald: factuur {number}": 1 for number in numbers})
    if paid != wanted:
        yield f"mails about payments: too many {dict(paid - wanted)}, missing {dict(wanted - paid)}"
    said = Counter((mail["to"], mail["subject"]) for mail in mails)
    yield from (f"said more than once, as different messages: {line}" for line, count in said.items() if count > 1)


def changed_by_replay(installation: Installation) -> Iterator[str]:
    """Processing all news of the gateway again changes nothing."""
    before = books.snapshot(installation)
    replayed = installation.run("push", "replay", "--all")
    if replayed.returncode != 0:
        yield f"voldaan push replay: {replayed.stderr}"
    after = books.snapshot(installation)
    yield from (f"a replay changed {name}" for name in before if before[name] != after[name])
