"""Who did what, in plain sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.accounts.log import LogPage, LogRow
from billing.documents import method_phrase
from dashboard.rows.common import LANGUAGE, cents, day, moment
from dashboard.rows.history import Told
from dashboard.texts.nl import NL

TEXTS = NL.users.log
# The icon of an act, by the act or by what it is about, and its colour where that says something.
_ICONS = {
    "user.invited": "send", "invitation.resent": "send", "invitation.withdrawn": "x", "user.looked_as": "eye",
    "member.removed": "x", "member.joined": "check", "member.handed_over": "repeat", "handover": "repeat",
    "member": "users", "user": "user", "mails": "mail", "email": "mail", "billing_profile": "note", "account": "okc",
    "password": "key", "second_factor": "key", "backup_codes": "key", "backup_code": "key", "passkey": "key",
    "invoice": "receipt", "credit_note": "note", "pay_link": "x", "payment": "card", "payment.booked": "check",
    "payment.returned": "undo", "payment.parked": "clock",
}  # fmt: skip
_TONES = {"payment.booked": "s-paid", "payment.returned": "s-late", "payment.parked": "s-pending"}


@dataclass(frozen=True)
class Log:
    """One page of it. newer, older: whether there is more on that side."""

    lines: tuple[Told, ...] = ()
    newer: bool = False
    older: bool = False


def log(page: LogPage) -> Log:
    """A page of the log, newest first."""
    return Log(tuple(_told(row) for row in page.rows), newer=page.page > 1, older=page.has_more)


def _told(row: LogRow) -> Told:
    subject = row.action.partition(".")[0]
    icon = _ICONS.get(row.action) or _ICONS.get(subject, "info")
    return Told(sentence(row), moment(row.at), _TONES.get(row.action, "s-open"), icon)


def sentence(row: LogRow) -> str:
    """What somebody did."""
    own, other = TEXTS.acts.get(row.action, (TEXTS.unknown, TEXTS.unknown))
    words = {"actor": row.actor, "action": row.action, "subject": row.subject, **_words(row.facts)}
    words["whose"] = TEXTS.whose.format(name=row.subject, role=words["role"]) if row.subject else words["role"]
    return (own if row.is_self else other).format(**words)


def _words(facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts of an act as its sentence needs them; what an act does not have stays empty."""
    ends_on, role = str(facts.get("ends_on", "")), str(facts.get("role", ""))
    numbers = [str(number) for number in facts.get("invoices", ())]
    return {
        "role": NL.users.people.names.get(role, role).lower(),
        "until": TEXTS.until.format(date=day(date.fromisoformat(ends_on))) if ends_on else "",
        "predecessor": str(facts.get("predecessor", "")),
        "topics": _list(TEXTS.topics.get(name, name) for name in str(facts.get("topics", "")).split()),
        "fields": _list(NL.account.billing.fields.get(name, name).lower() for name in facts.get("fields", ())),
        "amount": cents(int(facts.get("cents", facts.get("total_cents", 0)))),
        "invoice": str(facts.get("invoice", "")),
        "invoices": (TEXTS.invoices if len(numbers) > 1 else TEXTS.invoice).format(numbers=", ".join(numbers)),
        "method": method_phrase(str(facts.get("method", "")), LANGUAGE),
    }


def _list(words: Any) -> str:
    return ", ".join(words) or TEXTS.nothing
