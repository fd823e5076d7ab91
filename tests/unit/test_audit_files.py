"""A small administration as an audit file: an invoice and its payment, as a published file of the same facts has them.

That one is valid by the schema of the tax authorities (XAF 4.0.3), and so is what is made here.
"""

from datetime import date
from itertools import pairwise

from lxml import etree

from billing.bookkeeping.export.auditfile import NAMESPACE, audit_file
from billing.bookkeeping.export.journal import JournalRow, PeriodJournal
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ports import Party

SELLER = Party(name="Voorbeeld Hosting B.V.", vat_number="NL000000000B00", chamber_number="00000000")
CUSTOMER, NUMBER, LINE = "Bakkerij Voorbeeld", "F2026-0001", "company/transactions/journal/transaction/trLine"
ISSUED, PAID = date(2026, 11, 2), date(2026, 11, 5)


def row(kind: EntryKind, account: LedgerAccount, cents: int, on: date, code: str = "", vat: int = 0) -> JournalRow:
    """A row of the invoice's entry or of its payment's."""
    is_bank, entry_id = account is LedgerAccount.BANK, 1 if kind is EntryKind.INVOICE_ISSUED else 2
    document, invoice = (NUMBER if entry_id == 1 else "bank:1"), "" if is_bank else NUMBER
    customer = (None, "") if is_bank else (1001, CUSTOMER)
    return JournalRow(entry_id, kind, on, account, cents, *customer, document, invoice, code, vat)


ROWS = (
    row(EntryKind.INVOICE_ISSUED, LedgerAccount.RECEIVABLE, 12_100, ISSUED),
    row(EntryKind.INVOICE_ISSUED, LedgerAccount.DEFERRED_REVENUE, -10_000, ISSUED, "21", 2_100),
    row(EntryKind.INVOICE_ISSUED, LedgerAccount.VAT, -2_100, ISSUED, "21"),
    row(EntryKind.PAYMENT_RECEIVED, LedgerAccount.BANK, 12_100, PAID),
    row(EntryKind.PAYMENT_RECEIVED, LedgerAccount.RECEIVABLE, -12_100, PAID),
)


def found(path: str, first: date = date(2026, 1, 1), last: date = date(2026, 12, 31)) -> list[str | None]:
    """The texts at a path of the audit file of these days."""
    made = audit_file(PeriodJournal(first, last, ROWS, ()), SELLER, made_on=date(2026, 11, 23), version="1.0")
    return [element.text for element in etree.fromstring(made).iterfind(path, {None: NAMESPACE})]


def test_it_says_whose_administration_it_is_and_of_which_year() -> None:
    names = ("fiscalYear", "startDate", "endDate", "curCode", "dateCreated", "softwareVersion")
    header = [found(f"header/{name}") for name in names]
    assert header == [["2026"], ["2026-01-01"], ["2026-12-31"], ["EUR"], ["2026-11-23"], ["1.0"]]
    company = [found(f"company/{name}") for name in ("Commercenr", "companyName", "taxRegistrationCountry")]
    assert company == [["00000000"], ["Voorbeeld Hosting B.V."], ["NL"]]


def test_its_five_lines_come_to_the_same_on_both_sides() -> None:
    names = ("linesCount", "totalDebit", "totalCredit")
    assert [found(f"company/transactions/{name}") for name in names] == [["5"], ["242.00"], ["242.00"]]
    assert [found(f"company/openingBalance/{name}") for name in names] == [["0"], ["0.00"], ["0.00"]]
    assert list(zip(found(f"{LINE}/amnt"), found(f"{LINE}/amntTp"), strict=True)) == [
        ("121.00", "D"), ("100.00", "C"), ("21.00", "C"), ("121.00", "D"), ("121.00", "C"),
    ]  # fmt: skip


def test_an_invoice_is_in_the_book_of_sales_and_its_payment_in_that_of_money() -> None:
    assert found("company/transactions/journal/jrnTp") == ["S", "B"]
    assert found("company/transactions/journal/transaction/trDt") == ["2026-11-02", "2026-11-05"]
    assert found(f"{LINE}/invRef") == [NUMBER] * 4


def test_turnover_carries_its_vat() -> None:
    names = ("vatID", "vatPerc", "vatAmnt", "vatAmntTp")
    assert [found(f"{LINE}/vat/{name}") for name in names] == [["21"], ["21.000"], ["21.00"], ["C"]]


def test_who_has_paid_owes_nothing_at_the_end() -> None:
    names = ("custSupName", "custSupTp", "opBalDesc", "clBalDesc")
    balances = [found(f"company/customersSuppliers/customerSupplier/{name}") for name in names]
    assert balances == [[CUSTOMER], ["C"], ["0.00"], ["0.00"]]


def test_a_month_has_its_own_number_whatever_day_the_file_begins_on() -> None:
    path = "company/transactions/journal/transaction/periodNumber"
    assert found(path) == found(path, date(2026, 11, 1), date(2026, 11, 30)) == ["11", "11"]


def test_months_of_the_next_year_count_on() -> None:
    numbers = found("company/periods/period/periodNumber", date(2026, 11, 15), date(2027, 2, 3))
    assert numbers == ["11", "12", "13", "14"]
    days = [found(f"company/periods/period/{name}DatePeriod", date(2026, 11, 15), date(2027, 2, 3))
            for name in ("start", "end")]  # fmt: skip
    assert [(start, end) for start, end in zip(*days, strict=True)][::3] == [
        ("2026-11-15", "2026-11-30"), ("2027-02-01", "2027-02-03"),
    ]  # fmt: skip
    assert all(before < after for before, after in pairwise(days[0]))
