"""The running billing module: the only transaction boundary, and the holder of the ports to the outside world."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from billing import refusals
from billing.access import Actor
from billing.bank.matching import BankRules
from billing.clock import Clock
from billing.db import Database, Work
from billing.errors import Conflict, OnlyLooking
from billing.mandates.rules import MandateRules
from billing.ports import (
    BankFileReader,
    Books,
    EInvoiceNetwork,
    EInvoiceWriter,
    HostingPanel,
    LeakedPasswords,
    ListenerLine,
    MailSender,
    MailWriter,
    Party,
    PaymentGateway,
    PdfRenderer,
    PushReader,
    Stage,
    TransferWriter,
    VatRegister,
)
from billing.reminders.rules import ReminderRules
from billing.renewals.rules import RenewalRules
from billing.runs.rules import RunRules
from billing.second_factor import SecondFactor
from billing.vat_treatment import VatRules
from billing.vault import Vault

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Policy:
    """What the company has decided. push_url and return_url: where the gateway and the customer's browser come back.

    gateway_is_live: whether payments of this installation move real money; the test flag of each must agree.
    floor_cents: the rest of a partly settled invoice goes on to the next one when it is less than this.
    stop_floor_cents: what has to be late before a service may be stopped for it. stop_cooling_days: so long after money
    withdrew a stop order none is proposed on the same ground.
    check_every: how often every invariant is looked at; nothing for never.
    books_since: documents from this day on are handed over to the bookkeeping; None: from the day it is connected on.
    """

    seller: Party
    public_url: str
    push_url: str
    signing_key: str
    gateway_is_live: bool
    runs: RunRules = field(default_factory=RunRules)
    floor_cents: int = 0
    reminders: ReminderRules = field(default_factory=ReminderRules)
    mandates: MandateRules = field(default_factory=MandateRules)
    renewals: RenewalRules = field(default_factory=RenewalRules)
    stop_floor_cents: int = 2_500
    stop_cooling_days: int = 7
    check_every: timedelta = timedelta(0)
    books_since: date | None = None
    bank: BankRules = field(default_factory=BankRules)
    vat: VatRules = field(default_factory=VatRules)
    second_factor: SecondFactor = SecondFactor.OFFERED


@dataclass(frozen=True)
class Billing:
    """Everything a use case may need. One per process, safe to share between threads.

    stopping: set when the process is to end; whatever does much ends after the row at hand. stage: in a demo alone.
    leaks: who is asked about new passwords, if anybody.
    rewound: how often time had been set back when the task at hand began; None where no task is.
    """

    database: Database
    clock: Clock
    policy: Policy
    gateway: PaymentGateway
    pushes: PushReader
    panel: HostingPanel
    books: Books
    listeners: ListenerLine
    pdf: PdfRenderer
    einvoices: EInvoiceWriter
    network: EInvoiceNetwork
    mail: MailSender
    mail_writer: MailWriter
    vault: Vault
    transfers: TransferWriter
    vat_register: VatRegister
    bank_files: Sequence[BankFileReader] = ()
    stopping: threading.Event = field(default_factory=threading.Event)
    stage: Stage | None = None
    leaks: LeakedPasswords | None = None
    rewound: int | None = None

    def for_task(self) -> "Billing":
        """For all the steps of one task. When a demo begins anew between two of them, the rows of the first are gone,
        and others may have their ids: what comes after is undone, with Conflict."""
        return replace(self, rewound=self.clock.rewound)

    def do(self, use_case: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case in one transaction; everything it wrote is kept, or nothing when it raises.

        Raises OnlyLooking for an actor who looks through somebody else's eyes: no use case at all can be reached so.
        Raises Conflict as `for_task` says. A refused right is logged.
        """
        with refusals.logged(use_case, *args, *kwargs.values()):
            if any(isinstance(given, Actor) and given.looks_as is not None for given in (*args, *kwargs.values())):
                raise OnlyLooking()
            with self.database.session(writes=True) as session:
                work = self._work(session)
                result = use_case(work, *args, **kwargs)
                work.flush()
                if self.rewound not in {None, self.clock.rewound}:
                    raise Conflict()
                session.commit()
                return result

    def ask(self, query: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a query without changing anything. A refused right is logged."""
        called = refusals.logged(query, *args, *kwargs.values())
        with called, self.database.session(writes=False) as session:
            return query(self._work(session, only_reads=True), *args, **kwargs)

    def _work(self, session: Session, *, only_reads: bool = False) -> Work:
        policy = self.policy
        return Work(session, self.clock.now(), policy.floor_cents, policy.vat, policy.second_factor, only_reads)
