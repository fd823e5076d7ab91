"""Random documents, each made by the product itself: invoices and credit notes with all that settles them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

from billing.access import SYSTEM
from billing.accounts.tables import Membership
from billing.correspondence import files
from billing.credits import service as credits
from billing.credits.service import GiveCredits, IssueCreditNote
from billing.db import Database
from billing.errors import BillingError
from billing.invoices import service as invoices
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.invoices.tables import Invoice, InvoiceVat
from billing.ports import Document, Party
from billing.taxes import flows as taxes
from tests.banking import Bank, entry
from tests.factories import Shop
from tests.proof.customers import customer

SELLER = Party(
    name="Voorbeeld Hosting B.V.", street="Demostraat 1", postal_code="1234 AB", city="Voorbeeldstad",
    vat_number="NL000000000B00", chamber_number="00000000", iban="NL93TEST0123456789",
    email="facturen@voorbeeld-hosting.test", creditor_id="NL22ZZZ000000000000",
)  # fmt: skip
RATES = ("21", "21", "9", "0")
TEXTS = (
    "Webhosting Start", "Domeinnaam voorbeeld.test", "Korting", "Verkeer per GB", "日本語の説明", "שירות אירוח",
    "<b>&amp;]]>", "Regel\r\n\ttwee", "\u202eomgekeerd", "Omschrijving die maar doorgaat " * 20, "\x00\x0bonzichtbaar",
)  # fmt: skip
FEW, MANY = 8, 120
# So many documents of one customer before the next one comes.
EACH = 12


@dataclass
class Maker:
    """Makes documents in a company of its own, until told to stop. The same seed makes the same documents."""

    database: Database
    seed: int
    made: int = 0
    shop: Shop = field(init=False)

    def __post_init__(self) -> None:
        self.shop = Shop(self.database, floor_cents=100)
        self._draw, self._bank = Random(self.seed), Bank(self.shop)

    def documents(self, count: int) -> list[Document]:
        """So many, as they stand in the end: settled, in part or not at all."""
        return list(islice(self._all(), count))

    def _all(self) -> Iterator[Document]:
        while True:
            owner = customer(self.shop, self._draw)
            account_id = self.shop.one(Membership, user_id=owner.user_id).account_id
            numbers: list[str] = []
            notes: list[str] = []
            while len(numbers) + len(notes) < EACH:
                self._one_more(account_id, numbers, notes)
            yield from self.shop.ask(files.invoice_documents, SYSTEM, numbers)
            yield from self.shop.ask(files.note_documents, SYSTEM, notes)

    def _one_more(self, account_id: int, numbers: list[str], notes: list[str]) -> None:
        draw = self._draw
        if draw.random() < 0.2:
            self.shop.do(credits.give_credits, SYSTEM, GiveCredits(account_id, draw.randint(1, 20_000), "Storing"))
        try:
            numbers.append(self._invoice(account_id))
        except BillingError:
            # Lines that come to less than nothing are no invoice, and the product says so.
            return
        self._settle(numbers[-1])
        if draw.random() < 0.3:
            notes += self._credit(draw.choice(numbers))
        self.shop.clock.advance(hours=draw.randint(1, 60))

    def _invoice(self, account_id: int) -> str:
        count = MANY if self._draw.random() < 0.01 else self._draw.randint(1, FEW)
        lines = [self._line() for _ in range(count)]
        # As a run does: without an answer about its VAT number nothing is issued to a business elsewhere.
        taxes.check_stale(self.shop.billing, [account_id])
        draft = self.shop.do(invoices.draft_invoice, SYSTEM, DraftInvoice(account_id, "Diensten", lines))
        return self.shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft, SELLER)).number or ""

    def _line(self) -> NewLine:
        draw = self._draw
        quantity = draw.choice(("1", "1", "12", "0.5", "733", "2.25", "-1", "0"))
        price = draw.choice(("36.00", "9.95", "0.03571", "1250", "-4.99", "0", f"{draw.randint(1, 99_999) / 1000}"))
        first = date(2026, draw.randint(1, 12), draw.randint(1, 28))
        last = first + timedelta(days=draw.choice((0, 30, 364)))
        has_period = draw.random() < 0.6
        return NewLine(
            draw.choice(TEXTS), draw.choice(("voorbeeld.test", "", "détail " * 30)), Decimal(quantity), Decimal(price),
            Decimal(draw.choice(RATES)), period_start=first if has_period else None,
            period_end=last if has_period else None,
        )  # fmt: skip

    def _settle(self, number: str) -> None:
        """With credits, by a transfer in full, in part, or all but a few cents, or not at all."""
        row, chance = self.shop.row(number), self._draw.random()
        if chance < 0.3:
            self.shop.do(credits.settle_with_credits, row.id or 0)
            row = self.shop.row(number)
        if row.open_cents < 1 or chance > 0.7:
            return
        rest = self._draw.choice((0, 1, 99, row.open_cents // 2))
        if row.open_cents > rest:
            self._bank.tell(entry(row.open_cents - rest, reference=row.reference))

    def _credit(self, number: str) -> list[str]:
        """Some or all of what can be taken back at one rate."""
        row: Invoice = self.shop.row(number)
        vat = self._draw.choice(self.shop.all(InvoiceVat, invoice_id=row.id))
        part = self._draw.choice((1, 33, vat.base_cents // 3, vat.base_cents))
        try:
            command = IssueCreditNote(row.id or 0, part, vat.vat_rate, self._draw.choice(("Opgezegd", "Storing & co")))
            return [self.shop.do(credits.issue_credit_note, SYSTEM, command).number]
        except BillingError:
            return []
