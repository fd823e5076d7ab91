"""A shop in which reminders run: a short vocabulary for tests of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import select

from billing import tokens
from billing.access import Actor
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.db import Work
from billing.feeds.service import mark_fresh
from billing.feeds.tables import Feed
from billing.invoices.tables import Invoice
from billing.mandates.tables import Collection, Mandate
from billing.reminders import flows
from billing.reminders.flows import Ran
from billing.reminders.gates import Gate
from billing.reminders.rules import ReminderRules, StepKind
from billing.reminders.service import Decision
from billing.reminders.tables import ReminderCase, ReminderStep, StepResult
from billing.tokens import Purpose
from tests.factories import Shop

# The columns of a step but for its kind.
STEP = (
    "case_id, account_id, invoice_id, turn, planned_on, decided_on, decided_at, result, gates, invoices, readers, "
    "open_cents, costs_cents"
)


class Desk:
    """Whoever sends the reminders of a shop. The gateway has just been heard, unless a test says otherwise."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    def overdue(self, account_id: int, days: int, euros: str = "100.00") -> str:
        """The number of an invoice that should have been paid so many days ago."""
        return self.shop.invoice(account_id, euros, due_on=local_day(self.shop.clock.now()) - timedelta(days=days))

    def late_customers(self, count: int, days: int) -> None:
        """So many new customers with an invoice that should have been paid so many days ago."""
        for _ in range(count):
            account_id = self.shop.customer()
            self.shop.member(account_id, Role.OWNER, mails=True)
            self.overdue(account_id, days)

    def no_mails(self, person: Actor) -> None:
        """From now on this person gets no mails about invoices."""
        self.shop.sql("UPDATE membership SET mail_topics = '' WHERE user_id = :id", id=person.user_id)

    def floor(self, cents: int) -> None:
        """From now on so much or less is no reason for a reminder."""
        self.rules(ReminderRules(floor_cents=cents))

    def rules(self, rules: ReminderRules) -> None:
        """What the company decides about reminders from now on."""
        self.shop.billing = replace(self.shop.billing, policy=replace(self.shop.billing.policy, reminders=rules))

    def run(self, *, forced: bool = False) -> Sequence[Decision]:
        """One run of the reminders, and then everything that the outbox asks for."""
        decisions = self.hold_mails(forced=forced).decisions
        self.shop.carry_out()
        return decisions

    def hold_mails(self, *, forced: bool = False) -> Ran:
        """One run, of which the mails are still in the outbox."""
        self.shop.do(mark_fresh, Feed.GATEWAY)
        return flows.run_reminders(self.shop.billing, forced=forced)

    def later(self, days: int) -> Sequence[Decision]:
        """What a run decides so many days later."""
        self.shop.clock.advance(days=days)
        return self.run()

    def every_day(self, days: int) -> list[tuple[date, StepKind]]:
        """Run every day for so many days; what was taken, and when."""
        taken = []
        for _ in range(days):
            for decision in self.run():
                if not decision.closed:
                    taken.append((local_day(self.shop.clock.now()), decision.kind))
            self.shop.clock.advance(days=1)
        return taken

    def steps(self, **values: object) -> Sequence[ReminderStep]:
        return self.shop.all(ReminderStep, **values)

    def reminded(self) -> list[tuple[str, str]]:
        """The reminders that went out: to whom, and the subject."""
        kinds = tuple(kind.value for kind in StepKind)
        return [(mail.to_address, mail.subject) for mail in self.shop.mail.sent if mail.subject.startswith(kinds)]


def closed_gates(decisions: Sequence[Decision]) -> list[Gate]:
    """The gates that were closed in the only decision."""
    [decision] = decisions
    return [verdict.gate for verdict in decision.closed]


def write_step(work: Work, number: str) -> int:
    """A first reminder about one invoice that went out, past all rules; its id."""
    invoice = work.session.exec(select(Invoice).where(Invoice.number == number)).one()
    case, today = ReminderCase(account_id=invoice.account_id, opened_at=work.now), local_day(work.now)
    work.session.add(case)
    work.session.flush()
    about = {"id": invoice.id, "number": number, "due_on": today.isoformat(), "open_cents": invoice.open_cents}
    step = ReminderStep(
        case_id=case.id or 0, account_id=invoice.account_id, invoice_id=invoice.id or 0, kind=StepKind.FIRST.value,
        planned_on=today, decided_on=today, decided_at=work.now, result=StepResult.DONE.value, gates=[],
        invoices=[about], open_cents=invoice.open_cents,
    )  # fmt: skip
    work.session.add(step)
    work.session.flush()
    return step.id or 0


def link_of(step_id: int, signing_key: str) -> str:
    """The token of the link in the mail of a step."""
    return tokens.sign(Purpose.REMINDER, signing_key, step_id)


def give_mandate(work: Work, account_id: int) -> int:
    """A mandate of an account, as if it had been given just now; its id."""
    mandate = Mandate(
        account_id=account_id, way="emandate", scheme="core", state="active", token=f"token-{account_id}",
        provider_key=f"key-{account_id}", reference=f"reference-{account_id}", iban_secret="s", iban_mask="m",
        consent_version="1", consent_text="", consented_at=work.now, consented_by_name="", consent_ip="",
        given_at=work.now, debits_from=work.now, last_used_on=local_day(work.now),
    )  # fmt: skip
    work.session.add(mandate)
    work.session.flush()
    return mandate.id or 0


def plan_collection(work: Work, mandate_id: int, number: str, state: str) -> None:
    """A collection of an invoice within a week."""
    invoice, today = work.session.exec(select(Invoice).where(Invoice.number == number)).one(), local_day(work.now)
    work.session.add(
        Collection(
            account_id=invoice.account_id, invoice_id=invoice.id or 0, mandate_id=mandate_id, state=state,
            collect_on=today + timedelta(days=7), submit_on=today + timedelta(days=5), notice_days=3,
            announced_cents=invoice.open_cents, announced_at=work.now, created_at=work.now, changed_at=work.now,
        )
    )  # fmt: skip
