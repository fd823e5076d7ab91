"""The export of a period: the journal to the cent, every document with its digest, and the same bytes each time."""

import csv
import hashlib
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree

from billing.access import SYSTEM, Actor
from billing.bookkeeping.export.archive import AUDIT_FILE, INDEX, JOURNAL, export
from billing.bookkeeping.export.auditfile import NAMESPACE
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.invoices import service as invoices
from billing.invoices.service import IssueInvoice
from billing.ledger.tables import Posting
from billing.money import parse_euros
from tests.factories import SELLER, Shop, line

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def numbers(shop: Shop, account: int, owner: Actor, belgian: int) -> list[str]:
    """A month of everything: two rates, reverse charge, a payment, money that went back, credits, a credit note."""
    two_rates = shop.draft(account, line("10.00"), line("5.50", vat="9"))
    mixed = shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(two_rates, SELLER)).number or ""
    paid, abroad = shop.invoice(account), shop.invoice(belgian)
    shop.hear(shop.gateway.take_back(shop.pay(owner, paid)))
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 500, "Storing"))
    return [mixed, paid, abroad, shop.credit(paid, 5_000).number]


@pytest.fixture
def archive(shop: Shop, numbers: list[str], tmp_path: Path) -> zipfile.ZipFile:
    export(shop.billing, FIRST, LAST, tmp_path / "maart.zip")
    return zipfile.ZipFile(tmp_path / "maart.zip")


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    content = archive.read(name)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def cents(text: str) -> int:
    return parse_euros(text.replace(",", ".")) if text else 0


def found(archive: zipfile.ZipFile, path: str) -> list[str]:
    root = etree.fromstring(archive.read(AUDIT_FILE))
    return [element.text for element in root.iterfind(path, {None: NAMESPACE})]


def test_the_journal_balances_and_comes_to_what_was_booked(shop: Shop, archive: zipfile.ZipFile) -> None:
    listed = rows(archive, JOURNAL)
    debit, credit = (sum(cents(row[side]) for row in listed) for side in ("Debet", "Credit"))
    assert debit == credit > 0
    assert debit == sum(posting.cents for posting in shop.all(Posting) if posting.cents > 0)


def test_turnover_and_vat_stand_there_by_rate(archive: zipfile.ZipFile, numbers: list[str]) -> None:
    listed = [row for row in rows(archive, JOURNAL) if row["Boekstuk"] == numbers[0]]
    parts = [(row["Rekening"], row["Btw-code"], row["Debet"], row["Credit"]) for row in listed]
    assert parts == [
        ("1300", "", "18,10", ""), ("1700", "21", "", "10,00"), ("1700", "9", "", "5,50"), ("1500", "21", "", "2,10"),
        ("1500", "9", "", "0,50"),
    ]  # fmt: skip


def test_a_reverse_charged_invoice_has_turnover_and_no_vat(archive: zipfile.ZipFile, numbers: list[str]) -> None:
    listed = [row for row in rows(archive, JOURNAL) if row["Boekstuk"] == numbers[2]]
    assert [(row["Rekening"], row["Btw-code"]) for row in listed] == [("1300", ""), ("1700", "reverse_charge")]


def test_each_document_is_there_with_the_digest_of_its_file(archive: zipfile.ZipFile, numbers: list[str]) -> None:
    index = rows(archive, INDEX)
    assert [row["Nummer"] for row in index] == numbers
    for row in index:
        assert hashlib.sha256(archive.read(row["Bestand"])).hexdigest() == row["SHA-256"]
    assert [row["Inclusief btw"] for row in index] == ["18,10", "121,00", "100,00", "-60,50"]
    assert index[0]["Btw per tarief"] == "21: 10,00 + 2,10, 9: 5,50 + 0,50"


def test_each_document_is_there_for_programs_too(archive: zipfile.ZipFile, numbers: list[str]) -> None:
    for number in numbers:
        assert number.encode() in archive.read(f"UBL/{number}.xml")


def test_the_audit_file_has_the_sums_of_the_journal(archive: zipfile.ZipFile) -> None:
    listed = rows(archive, JOURNAL)
    total = sum(cents(row["Debet"]) for row in listed)
    for side in ("totalDebit", "totalCredit"):
        [said] = found(archive, f"company/transactions/{side}")
        assert parse_euros(said) == total
    assert found(archive, "company/transactions/linesCount") == [str(len(listed))]


def test_every_account_customer_and_code_that_the_audit_file_uses_is_explained_in_it(archive: zipfile.ZipFile) -> None:
    line_path = "company/transactions/journal/transaction/trLine"
    for used, explained in (
        ("accID", "company/generalLedger/ledgerAccount/accID"),
        ("custSupID", "company/customersSuppliers/customerSupplier/custSupID"),
        ("vat/vatID", "company/vatCodes/vatCode/vatID"),
    ):
        assert set(found(archive, f"{line_path}/{used}")) <= set(found(archive, explained))
    periods = found(archive, "company/periods/period/periodNumber")
    assert set(found(archive, "company/transactions/journal/transaction/periodNumber")) <= set(periods)


def test_elements_of_the_audit_file_stand_in_the_order_of_the_standard(archive: zipfile.ZipFile) -> None:
    root = etree.fromstring(archive.read(AUDIT_FILE))
    assert root.tag == f"{{{NAMESPACE}}}auditfile"
    for parent, order in ORDER.items():
        for element in root.iter(f"{{{NAMESPACE}}}{parent}"):
            names = [etree.QName(child).localname for child in element]
            assert names == sorted(names, key=order.index), parent


def test_what_stood_open_before_the_period_is_its_opening_balance(
    shop: Shop, account: int, numbers: list[str], tmp_path: Path
) -> None:
    shop.clock.advance(days=40)
    shop.invoice(account)
    export(shop.billing, date(2026, 4, 1), date(2026, 4, 30), tmp_path / "april.zip")
    with zipfile.ZipFile(tmp_path / "april.zip") as april:
        sums = [found(april, f"company/openingBalance/{name}") for name in ("totalDebit", "totalCredit")]
        lines = dict(
            zip(
                found(april, "company/openingBalance/obLine/accID"),
                found(april, "company/openingBalance/obLine/amnt"),
                strict=True,
            )
        )
    assert sums[0] == sums[1]
    owed = sum(p.cents for p in shop.all(Posting, ledger_account="receivable")) - 12_100
    assert parse_euros(lines["1300"]) == owed


def test_the_same_data_make_the_same_bytes(shop: Shop, numbers: list[str], tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        export(shop.billing, FIRST, LAST, tmp_path / name)
        shop.clock.advance(minutes=5)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_period_in_which_nothing_happened_is_empty_and_sound(shop: Shop, tmp_path: Path) -> None:
    done = export(shop.billing, FIRST, LAST, tmp_path / "leeg.zip")
    assert (done.documents, done.rows) == (0, 0)
    with zipfile.ZipFile(tmp_path / "leeg.zip") as archive:
        assert (rows(archive, JOURNAL), rows(archive, INDEX)) == ([], [])
        assert found(archive, "company/openingBalance/linesCount") == ["0"]


def test_a_file_of_before_stays_when_an_export_fails(
    shop: Shop, numbers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "maart.zip").write_bytes(b"before")
    monkeypatch.setattr(shop.printer, "invoice", _out_of_paper)
    with pytest.raises(OSError, match="paper"):
        export(shop.billing, FIRST, LAST, tmp_path / "maart.zip")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("maart.zip", b"before")]


def test_a_name_that_would_be_a_formula_is_none(shop: Shop, tmp_path: Path) -> None:
    shop.invoice(shop.customer('=HYPERLINK("https://voorbeeld.test")'))
    export(shop.billing, FIRST, LAST, tmp_path / "maart.zip")
    with zipfile.ZipFile(tmp_path / "maart.zip") as archive:
        assert {row["Klant"][:2] for row in rows(archive, JOURNAL)} == {"'="}


def test_characters_that_no_xml_holds_are_left_out_of_the_audit_file(shop: Shop, tmp_path: Path) -> None:
    shop.invoice(shop.customer("Bak\x0bkerij \ufffe<&>"))
    export(shop.billing, FIRST, LAST, tmp_path / "maart.zip")
    with zipfile.ZipFile(tmp_path / "maart.zip") as archive:
        assert found(archive, "company/customersSuppliers/customerSupplier/custSupName") == ["Bakkerij <&>"]


def _out_of_paper(document: object) -> bytes:
    raise OSError("out of paper")


# Of each element of XAF 4.0 that is written, its children in the order of the standard.
ORDER = {
    "auditfile": ("header", "company"),
    "header": (
        "fiscalYear", "startDate", "endDate", "curCode", "dateCreated", "softwareDesc", "softwareVersion", "RGSVersion",
    ),
    "company": (
        "Commercenr", "companyName", "taxRegistrationCountry", "taxRegIdent", "streetAddress", "customersSuppliers",
        "generalLedger", "vatCodes", "periods", "openingBalance", "transactions",
    ),
    "customerSupplier": (
        "custSupID", "custSupName", "eMail", "commerceNr", "taxRegistrationCountry", "taxRegIdent", "custSupTp",
        "opBalDesc", "opBalTp", "clBalDesc", "clBalTp", "streetAddress",
    ),
    "ledgerAccount": ("accID", "accDesc", "accTp", "RGScode"),
    "vatCode": ("vatID", "vatDesc", "vatToPayAccID", "vatToClaimAccID"),
    "period": ("periodNumber", "startDatePeriod", "endDatePeriod"),
    "openingBalance": ("linesCount", "totalDebit", "totalCredit", "obLine"),
    "obLine": ("nr", "accID", "amnt", "amntTp"),
    "transactions": ("linesCount", "totalDebit", "totalCredit", "journal"),
    "journal": ("jrnID", "desc", "jrnTp", "offsetAccID", "transaction"),
    "transaction": ("nr", "desc", "periodNumber", "trDt", "Source", "User", "trLine"),
    "trLine": (
        "nr", "accID", "docRef", "effDate", "settDate", "desc", "amnt", "amntTp", "custSupID", "invRef",
        "receivingDocRef", "shipDocRef", "cost", "product", "project", "workCostArrRef", "bankAccNr", "offsetBankAccNr",
        "vat", "currency",
    ),
    "vat": ("vatID", "vatPerc", "vatAmnt", "vatAmntTp"),
}  # fmt: skip
