"""Words in which tests tell what the bank says."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from billing.adapters.camt import CamtReader
from billing.adapters.mt940 import Mt940Reader
from billing.bank import service
from billing.bank.matching import BankRules
from billing.bank.service import Imported
from billing.clock import local_day
from billing.ports import BankEntry, BankStatement
from billing.runtime import Billing
from tests.factories import Shop

IBAN = "NL93TEST0123456789"
PAYER = "NL02ABNA0123456789"
GATEWAY = "NL20INGB0001234567"
RULES = BankRules(ibans=frozenset({IBAN}), gateway_ibans=frozenset({GATEWAY}))


def entry(cents: int, text: str = "", *, on: date = date(2026, 11, 23), **other: Any) -> BankEntry:
    """A line of a statement; by default from PAYER."""
    return BankEntry(cents, on, other.pop("booked_on", on), text=text, **({"iban": PAYER, "name": "Bakker"} | other))


@dataclass
class Bank:
    """Our account at a bank, which goes on from statement to statement."""

    shop: Shop
    rules: BankRules = RULES
    balance_cents: int = 100_000
    sent: list[BankStatement] = field(default_factory=list)

    def statement(self, *entries: BankEntry, **other: Any) -> BankStatement:
        """The next statement, not yet told."""
        today = local_day(self.shop.clock.now())
        after = self.balance_cents + sum(line.cents for line in entries)
        facts: dict[str, Any] = {
            "account": IBAN, "statement_id": f"S{len(self.sent)}", "currency": "EUR", "opened_on": today,
            "opening_cents": self.balance_cents, "closing_cents": after, "closed_on": today,
        }  # fmt: skip
        made = BankStatement(**(facts | other), entries=entries)
        self.balance_cents = after
        self.sent.append(made)
        return made

    def tell(self, *entries: BankEntry, **other: Any) -> Imported:
        """Import the next statement."""
        return self.again(self.statement(*entries, **other))

    def again(self, statement: BankStatement) -> Imported:
        return self.shop.do(service.import_statement, statement, self.rules)

    def pays(self, cents: int, text: str = "", **other: Any) -> Imported:
        """Somebody transfers money to us."""
        return self.tell(entry(cents, text, **other))


def rules_of(imported: Imported) -> Sequence[str]:
    """By which rules lines were matched."""
    return [rule for rule, count in imported.by_rule for _ in range(count)]


def with_bank(billing: Billing) -> Billing:
    """The same module, with our account at a bank and readers for its files."""
    policy = replace(billing.policy, bank=RULES)
    return replace(billing, policy=policy, bank_files=(CamtReader(), Mt940Reader()))


def mt940(*lines: str, closing: str, iban: str = IBAN) -> str:
    """A file that begins at € 100. closing: as a file has it, such as C261123EUR221,00."""
    head = [":20:S", f":25:{iban}", ":28C:1", ":60F:C261122EUR100,00"]
    return "\n".join([*head, *lines, f":62F:{closing}", "-"])


def received(euros: str, text: str = "", name: str = "Bakker") -> tuple[str, str]:
    """The lines of a file about a transfer that came in."""
    return f":61:2611231123C{euros}NTRFNONREF", f":86:/NAME/{name}/REMI/{text}/"
