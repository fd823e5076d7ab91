"""Everything that can be made to go wrong on purpose, and the website settings that can be changed while running."""

import threading
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from billing.sandbox.reasons import CODES

ALWAYS = -1


@dataclass
class WebsiteSettings:
    """What a merchant sets in the gateway's back office, and how pushes are signed.

    return_method: "GET" or "POST". retry_signature: "new" or "old". signature_clock: "real" or "emulated".
    auto_outcome: applied to every new payment without a browser; empty for none. refund_status: first one of refunds.
    send_pushes: False keeps the gateway silent.
    """

    push_url: str = ""
    push_format: str = "json"
    hash_algorithm: str = "sha1"
    upper_case: bool = False
    return_method: str = "GET"
    retry_signature: str = "new"
    signature_clock: str = "real"
    auto_outcome: str = ""
    refund_status: int = 190
    send_pushes: bool = True


@dataclass
class PushFaults:
    """How many of the next pushes are spoiled, per kind; -1 is all of them until it is set back.

    drop: lost for good. fail: this try fails and is repeated on schedule. double: sent twice. delay: waits for
    `delay_seconds` of emulated time, or for `delay_until`. tamper_amount, tamper_signature: changed after signing.
    flip_format: form for JSON and the other way round. before_answer: delivered before the call is answered.
    hold: kept back until released.
    """

    drop: int = 0
    fail: int = 0
    double: int = 0
    delay: int = 0
    delay_seconds: float = 0
    delay_until: str = ""
    tamper_amount: int = 0
    tamper_signature: int = 0
    flip_format: int = 0
    before_answer: int = 0
    hold: bool = False


@dataclass
class Outage:
    """What happens to the next `count` API requests (-1: all) whose "METHOD /path" contains `match`.

    kind: "503", "500", "429", "400" (plain text), "hang_before" (waits, then 503) or "hang_after" (does the work, then
    waits before answering), each for `seconds`; empty for none.
    """

    kind: str = ""
    count: int = 0
    seconds: float = 0
    match: str = ""


@dataclass
class NextSuccess:
    """Deviations of the next `count` successes: another amount, currency or test flag than asked."""

    count: int = 0
    amount_cents: int | None = None
    currency: str = ""
    is_test: bool | None = None


@dataclass
class MailFaults:
    """What happens to the next mails; -1 is all of them.

    temporary: refused with 451. permanent: their address is refused with 550. bounce: taken, and then reported as
    undeliverable.
    """

    temporary: int = 0
    permanent: int = 0
    bounce: int = 0


@dataclass
class PanelFaults:
    """Answer the next messages to the hosting panel with 503, without reading them; -1 is all of them."""

    down: int = 0


@dataclass
class DebitFaults:
    """What happens to the next direct debits, per kind, for `reason`; -1 is all of them.

    refuse_submission: answered with 490 at once. refuse_later: 490 on the day before it would be collected.
    reverse: taken back `reverse_after_days` days after it was collected.
    """

    refuse_submission: int = 0
    refuse_later: int = 0
    reverse: int = 0
    reverse_after_days: int = 3
    reason: str = "AM04"


@dataclass
class BooksFaults:
    """What happens to the next `count` requests (-1: all) to the bookkeeping whose "METHOD /path" contains `match`.

    what: "401", "422", "429" (until `seconds` from now), "500", "hang_after" (does the work, then waits so many
    `seconds` that nobody hears the answer) or "slow" (waits `seconds`); empty for none.
    """

    what: str = ""
    count: int = 0
    seconds: float = 0
    match: str = ""


@dataclass
class PeppolFaults:
    """What happens next on the network for e-invoices, per kind; -1 is always.

    down: requests are answered with 503. strangers: nobody is there. reject: the receiver refuses. pending: the
    receiver answers only when told to. hang: the document is taken, and nothing said of it for `seconds`.
    """

    down: int = 0
    strangers: int = 0
    reject: int = 0
    pending: int = 0
    hang: int = 0
    seconds: float = 25


@dataclass
class ViesFaults:
    """What happens to the next `count` questions (-1: all) about VAT numbers that begin with `match`.

    says: "down" (503), "slow" (waits `seconds`), "invalid" (belongs to nobody), or an error of the real register.
    """

    says: str = ""
    count: int = 0
    seconds: float = 0
    match: str = ""


Counted = (
    PushFaults | MailFaults | PanelFaults | DebitFaults | BooksFaults | PeppolFaults | ViesFaults | Outage | NextSuccess
)


@dataclass
class Faults:
    """All switches together; threads take from them one at a time."""

    pushes: PushFaults = field(default_factory=PushFaults)
    outage: Outage = field(default_factory=Outage)
    success: NextSuccess = field(default_factory=NextSuccess)
    mail: MailFaults = field(default_factory=MailFaults)
    panel: PanelFaults = field(default_factory=PanelFaults)
    debits: DebitFaults = field(default_factory=DebitFaults)
    books: BooksFaults = field(default_factory=BooksFaults)
    peppol: PeppolFaults = field(default_factory=PeppolFaults)
    vies: ViesFaults = field(default_factory=ViesFaults)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def take(self, group: Counted, name: str) -> bool:
        """Use up one of a counted fault; whether there was one."""
        with self._lock:
            left: int = getattr(group, name)
            if left > 0:
                setattr(group, name, left - 1)
            return left != 0

    def take_outage(self, request: str) -> Outage | None:
        """The outage that strikes this "METHOD /path", if any."""
        outage = self.outage
        if not outage.kind or outage.match.lower() not in request.lower():
            return None
        return outage if self.take(outage, "count") else None

    def take_books(self, request: str) -> BooksFaults | None:
        """What strikes this "METHOD /path" of the bookkeeping, if anything."""
        books = self.books
        if not books.what or books.match.lower() not in request.lower():
            return None
        return books if self.take(books, "count") else None

    def take_vies(self, number: str) -> ViesFaults:
        """What strikes a question about a VAT number; `says` is empty when nothing does."""
        strikes = self.vies.says and number.startswith(self.vies.match)
        return self.vies if strikes and self.take(self.vies, "count") else ViesFaults()

    def reset(self) -> None:
        self.pushes, self.outage = PushFaults(), Outage()
        self.success, self.mail, self.panel = NextSuccess(), MailFaults(), PanelFaults()
        self.debits, self.books = DebitFaults(), BooksFaults()
        self.peppol, self.vies = PeppolFaults(), ViesFaults()

    def view(self) -> dict[str, Any]:
        return {
            "pushes": asdict(self.pushes),
            "outage": asdict(self.outage),
            "next_success": asdict(self.success),
            "mail": asdict(self.mail),
            "panel": asdict(self.panel),
            "debits": asdict(self.debits),
            "books": asdict(self.books),
            "peppol": asdict(self.peppol),
            "vies": asdict(self.vies),
        }


class WrongSetting(ValueError):
    """An unknown name or a value of the wrong kind."""


_CHOICES: dict[str, tuple[str, ...]] = {
    "push_format": ("json", "form"),
    "hash_algorithm": ("sha1", "sha256", "sha512"),
    "return_method": ("GET", "POST"),
    "retry_signature": ("new", "old"),
    "signature_clock": ("real", "emulated"),
    "auto_outcome": ("", "success", "cancel", "fail", "reject", "expire"),
    "reason": CODES,
    "what": ("", "401", "422", "429", "500", "hang_after", "slow"),
    "says": (
        "",
        "down",
        "slow",
        "invalid",
        "MS_UNAVAILABLE",
        "SERVICE_UNAVAILABLE",
        "TIMEOUT",
        "MS_MAX_CONCURRENT_REQ",
        "INVALID_REQUESTER_INFO",
    ),
    "kind": ("", "503", "500", "429", "400", "hang_before", "hang_after"),
}


def change(target: Any, values: dict[str, Any]) -> None:
    """Set the named fields of a settings or fault object; nothing is changed when one of them is wrong."""
    known = {item.name: item.default for item in fields(target)}
    for name, value in values.items():
        if name not in known:
            raise WrongSetting(f"unknown: {name}")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise WrongSetting(f"{name}: one of {', '.join(_CHOICES[name])}")
        if name == "delay_until" and value:
            _moment(value)
        if not _fits(value, known[name]):
            raise WrongSetting(f"{name}: wrong kind of value")
    for name, value in values.items():
        setattr(target, name, value)


def _fits(value: Any, default: Any) -> bool:
    if default is None:
        return value is None or isinstance(value, int)
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise WrongSetting("delay_until: needs a time zone")
    return moment
