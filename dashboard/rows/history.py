"""The story of an invoice in plain sentences."""

from dataclasses import dataclass

from billing.correspondence.history import Event, EventKind
from billing.documents import method_phrase
from dashboard.rows.common import cents, moment
from dashboard.texts.languages import SAID, language

_LOOKS = {
    EventKind.ISSUED: ("s-open", "receipt"),
    EventKind.MAILED: ("s-open", "send"),
    EventKind.PAID_MAILED: ("s-paid", "mail"),
    EventKind.CREDIT_APPLIED: ("s-credit", "coins"),
    EventKind.CREDIT_NOTE: ("s-credit", "note"),
    EventKind.NOTE_MAILED: ("s-open", "send"),
    EventKind.PAYMENT_STARTED: ("s-open", "card"),
    EventKind.PAYMENT_PENDING: ("s-pending", "way"),
    EventKind.PAYMENT_FAILED: ("s-open", "x"),
    EventKind.PAYMENT_CANCELLED: ("s-open", "x"),
    EventKind.PAYMENT_RECEIVED: ("s-paid", "check"),
    EventKind.MONEY_RETURNED: ("s-late", "undo"),
    EventKind.PAYMENT_UNMATCHED: ("s-open", "undo"),
    EventKind.CARRIED_FORWARD: ("s-credit", "coins"),
    EventKind.BROUGHT_FORWARD: ("s-open", "receipt"),
    EventKind.LINK_WITHDRAWN: ("s-open", "lock"),
    EventKind.EINVOICE_ACCEPTED: ("s-open", "send"),
    EventKind.EINVOICE_REJECTED: ("s-late", "x"),
    EventKind.EINVOICE_MAILED: ("s-open", "mail"),
    EventKind.REMINDED: ("s-open", "send"),
    EventKind.REMINDER_WAITED: ("s-pending", "clock"),
    EventKind.REMINDER_DROPPED: ("s-open", "okc"),
    EventKind.REMINDER_LOST: ("s-late", "mail"),
    EventKind.REMINDER_PASSED_ON: ("s-open", "users"),
    EventKind.CALLED: ("s-open", "user"),
}


@dataclass(frozen=True)
class Told:
    """One sentence with its moment, icon and colour."""

    sentence: str
    at: str
    tone: str
    icon: str


def told(events: tuple[Event, ...], number: str) -> tuple[Told, ...]:
    """All events of an invoice, the first first."""
    return tuple(_told(event, number) for event in events)


def _told(event: Event, number: str) -> Told:
    tone, icon = _LOOKS[event.kind]
    sentence = _pattern(event).format(
        number=number,
        amount=cents(event.cents),
        who=event.who,
        method=method_phrase(event.who, language()),
        detail=SAID.invoice.event_details.get(event.detail, event.detail),
    )
    return Told(sentence, moment(event.at), tone, icon)


def _pattern(event: Event) -> str:
    """Some events have words of their own for when there is nobody and nothing to name."""
    texts, kind = SAID.invoice.events, event.kind.value
    return texts[kind] if event.who else texts.get(f"{kind}_plain", texts[kind])
