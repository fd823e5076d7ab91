"""The mail of a year: a writer that leaves out the prose, and a mail system in which addresses die and come back."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from billing.clock import Clock
from billing.errors import AddressRefused, ProviderUnclear
from billing.ports import AccountMail, CreditNoteMail, InvoiceMail, Mail, ReminderMail


@dataclass(frozen=True)
class Letter:
    """A mail as its reader has it. kind: the first word of its subject; rest: the others; text: where its button leads,
    or the facts it tells, as JSON."""

    at: datetime
    to: str
    message_id: str
    kind: str
    rest: tuple[str, ...]
    text: str


class PlainWriter:
    """Says which invoices a mail is about, and nothing else."""

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]:
        return f"{mail.kind} {mail.document.number}", mail.pay_url, ""

    def credit_note(self, mail: CreditNoteMail) -> tuple[str, str, str]:
        return f"credit_note {mail.document.number}", "", ""

    def account(self, mail: AccountMail) -> tuple[str, str, str]:
        return mail.kind.value, json.dumps(dict(mail.facts)), ""

    def reminder(self, mail: ReminderMail) -> tuple[str, str, str]:
        return " ".join(["reminder", mail.kind, *(row.number for row in mail.rows)]), mail.paid_url, ""


class PostOffice:
    """Takes mails unless it is down. dead: mailboxes that take nothing; refuses: those it says so of at once.

    on_letter: is told of each mail as it leaves; on_bounce: of one that will come back.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.down = False
        self.dead: dict[str, None] = {}
        self.refuses: dict[str, None] = {}
        self.count = 0
        self.on_letter: Callable[[Letter], object] = lambda letter: None
        self.on_bounce: Callable[[Letter], object] = lambda letter: None

    def send(self, mail: Mail) -> None:
        if self.down:
            raise ProviderUnclear(reason="ConnectError")
        if mail.to_address in self.refuses:
            raise AddressRefused(reason="550 no such mailbox")
        kind, *rest = mail.subject.split()
        self.count += 1
        letter = Letter(self._clock.now(), mail.to_address, mail.message_id, kind, tuple(rest), mail.text)
        self.on_letter(letter)
        if mail.to_address in self.dead:
            self.on_bounce(letter)


def facts_of(letter: Letter) -> dict[str, str]:
    """What a mail about an account tells."""
    told: dict[str, str] = json.loads(letter.text)
    return told


def shown(letter: Letter) -> str:
    """A mail in one line, for a finding."""
    return json.dumps(asdict(letter), default=str)
