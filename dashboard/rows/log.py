"""Who did what, in plain sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.accounts.log import LogPage, LogRow
from billing.clock import local_day
from billing.documents import method_phrase
from dashboard.rows.common import cents, day, moment
from dashboard.rows.history import Told
from dashboard.texts.languages import SAID, language

TEXTS = SAID.users.log
# The icon of an act by what it is about, and of some acts their own.
_ICONS = {
    "account": "okc", "backup_code": "key", "backup_codes": "key", "billing_profile": "note", "credit_note": "note",
    "credits": "coins", "demo": "play", "email": "mail", "handover": "repeat", "hosting": "web", "invitation": "send",
    "collection": "card", "mandate": "note", "invoice": "receipt", "mailboxes": "mail",
    "mails": "mail", "member": "users", "overpayment": "coins",
    "passkey": "key", "password": "key", "pay_link": "x", "payment": "card", "payout": "undo", "second_factor": "key",
    "service": "box", "stop": "clock", "domain": "repeat", "einvoice": "receipt",
    "user": "user", "website": "web",
}  # fmt: skip
_OWN_ICONS = {
    ("collection", "returned"): "undo", ("mandate", "revoked"): "x", ("invitation", "withdrawn"): "x",
    ("member", "handed_over"): "repeat", ("member", "joined"): "check",
    ("member", "removed"): "x", ("payment", "booked"): "check", ("payment", "parked"): "clock",
    ("payment", "returned"): "undo", ("user", "invited"): "send", ("user", "looked_as"): "eye",
    ("account", "acted_for"): "user",
}  # fmt: skip
_TONES = {("payment", "booked"): "s-paid", ("payment", "parked"): "s-pending", ("payment", "returned"): "s-late"}


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
    subject, _, verb = row.action.partition(".")
    icon = _OWN_ICONS.get((subject, verb)) or _ICONS.get(subject, "info")
    return Told(sentence(row), moment(row.at), _TONES.get((subject, verb), "s-open"), icon)


def sentence(row: LogRow) -> str:
    """What somebody did."""
    own, other = TEXTS.acts.get(row.action, (TEXTS.unknown, TEXTS.unknown))
    words = {
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        **_words(row.facts),
        "until": _until(row),
    }
    words["whose"] = TEXTS.whose.format(name=row.subject, role=words["role"]) if row.subject else words["role"]
    said = (own if row.is_self else other).format(**words)
    return f"{said} {TEXTS.on_behalf}" if row.facts.get("on_behalf") else said


def _words(facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts of an act as its sentence needs them; what an act does not have stays empty."""
    role = str(facts.get("role", ""))
    numbers = [str(number) for number in facts.get("invoices", ())]
    return {
        "role": SAID.users.people.names.get(role, role).lower(),
        "predecessor": str(facts.get("predecessor", "")),
        "topics": _list(TEXTS.topics.get(name, name) for name in str(facts.get("topics", "")).split()),
        "fields": _list(_small(SAID.account.billing.fields.get(name, name)) for name in facts.get("fields", ())),
        "amount": cents(int(facts.get("cents", facts.get("total_cents", 0)))),
        "invoice": str(facts.get("invoice", "")),
        "label": str(facts.get("label", "")),
        "reason": str(facts.get("reason", "")),
        "form": _form(str(facts.get("form", ""))),
        "product": str(facts.get("product", "")),
        "invoices": (TEXTS.invoices if len(numbers) > 1 else TEXTS.invoice).format(numbers=", ".join(numbers)),
        "method": method_phrase(str(facts.get("method", "")), language()),
    }


def _until(row: LogRow) -> str:
    """Through which day; what ended at once has the day before for its last one."""
    said = str(row.facts.get("ends_on", ""))
    if not said:
        return ""
    ends_on = date.fromisoformat(said)
    return TEXTS.at_once if ends_on < local_day(row.at) else TEXTS.until.format(date=day(ends_on))


def _form(form: str) -> str:
    """How e-invoices come, in a few words."""
    name, _ = SAID.account.billing.einvoice.forms.get(form, (form, ""))
    return _small(name)


def _small(label: str) -> str:
    """A label within a sentence; `VAT number` keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _list(words: Any) -> str:
    return ", ".join(words) or TEXTS.nothing
