"""Words in which tests tell what the payment gateway reports of our account with it."""

from dataclasses import dataclass
from datetime import date, timedelta

from billing.access import Actor
from billing.clearing import flows, service
from billing.clearing.differences import differences
from billing.clearing.service import Reported
from billing.clock import local_day
from billing.ports import BankEntry, BankStatement
from tests.banking import GATEWAY, RULES, Bank, entry
from tests.factories import Shop

FEE_CENTS = 29


def identity(number: int) -> str:
    """An identity as the gateway makes them."""
    return f"{number:032X}"


@dataclass
class Gateway:
    """Our account with the gateway, which goes on from report to report."""

    shop: Shop
    balance_cents: int = 0
    told: int = 0

    def line(self, cents: int, words: str, key: str, on: date | None = None) -> BankEntry:
        day = on or local_day(self.shop.clock.now())
        return BankEntry(cents, day, day, text=f"{words} xid.: {key}")

    def report(self, *lines: BankEntry, account: str = "103000029", closing: int | None = None) -> Reported:
        """Import the next report."""
        today = local_day(self.shop.clock.now())
        opening, self.told = self.balance_cents, self.told + 1
        self.balance_cents += sum(line.cents for line in lines)
        return self.import_(BankStatement(
            account, f"R{self.told}", "EUR", opening, self.balance_cents if closing is None else closing, today, today,
            lines,
        ))  # fmt: skip

    def import_(self, statement: BankStatement) -> Reported:
        return self.shop.do(service.import_report, statement, RULES)

    def day(self, *keys: str, payout: str = "", fee_cents: int = FEE_CENTS) -> int:
        """Report these transactions with their costs, and if wanted a payout of all there is; returns that in cents."""
        lines = [self.line(self._cents(key), "iDEAL", key) for key in keys]
        lines.append(self.line(-fee_cents, "Transactiekosten 23-11-2026", identity(1_000 + self.told)))
        paid_out = self.balance_cents + sum(line.cents for line in lines)
        if payout:
            lines.append(self.line(-paid_out, "Uitbetaling 23-11-2026", payout))
        self.report(*lines)
        return paid_out

    def differences(self, finance: Actor) -> list[str]:
        """What does not fit."""
        return [found.what.value for found in self.shop.ask(differences, finance)]

    def look(self) -> int:
        return flows.find_arrivals(self.shop.billing)

    def _cents(self, key: str) -> int:
        record = self.shop.record(key)
        return record.amount_cents if record.kind == "payment" else -record.amount_cents


def arrives(bank: Bank, cents: int, text: str = "", *, after_days: int = 0) -> None:
    """A payout comes in at our bank."""
    on = local_day(bank.shop.clock.now()) + timedelta(days=after_days)
    bank.tell(entry(cents, text, iban=GATEWAY, name="Stg Derdengelden", on=on))
