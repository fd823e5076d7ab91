"""The journal as an audit file (XML Auditfile Financieel 4.0), the only version the tax authorities take from 2027 on.

A billing system keeps a part of an administration: sales, what was received, its customers and VAT codes.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from lxml import etree

from billing.bookkeeping.documents import customer_reference
from billing.bookkeeping.export.chart import JOURNALS, Journal, event, journal_of, ledger, per_cent_of, vat_words
from billing.bookkeeping.export.journal import JournalRow, PeriodJournal
from billing.ledger.rules import LedgerAccount
from billing.money import euros
from billing.ports import Party

NAMESPACE = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"
SOFTWARE = "Voldaan"


def audit_file(journal: PeriodJournal, seller: Party, *, made_on: date, version: str) -> bytes:
    """The XML. version: of this program."""
    root = etree.Element("auditfile", nsmap={None: NAMESPACE})
    _texts(
        etree.SubElement(root, "header"), fiscalYear=str(journal.last.year), startDate=journal.first.isoformat(),
        endDate=journal.last.isoformat(), curCode="EUR", dateCreated=made_on.isoformat(), softwareDesc=SOFTWARE,
        softwareVersion=version[:20],
    )  # fmt: skip
    company = etree.SubElement(root, "company")
    _company(company, seller)
    _customers(company, journal)
    _ledgers(company)
    _vat_codes(company, journal)
    _periods(company, journal)
    _opening(company, journal)
    _transactions(company, journal)
    # The names get their namespace here, all at once.
    for element in root.iter():
        element.tag = f"{{{NAMESPACE}}}{element.tag}"
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _company(company: etree._Element, seller: Party) -> None:
    if seller.chamber_number:
        _texts(company, Commercenr=seller.chamber_number)
    _texts(
        company, companyName=seller.name[:255], taxRegistrationCountry="NL", taxRegIdent=seller.vat_number[:30] or "-"
    )


def _customers(company: etree._Element, journal: PeriodJournal) -> None:
    owed: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for balance in journal.before:
        if balance.customer_id and balance.ledger_account == LedgerAccount.RECEIVABLE:
            owed[balance.customer_id][0] += balance.cents
    names = {row.customer_id: row.customer for row in journal.rows if row.customer_id}
    for row in journal.rows:
        if row.customer_id and row.ledger_account == LedgerAccount.RECEIVABLE:
            owed[row.customer_id][1] += row.cents
    every = etree.SubElement(company, "customersSuppliers")
    for customer_id in sorted(names):
        opening, change = owed[customer_id]
        _texts(
            etree.SubElement(every, "customerSupplier"), custSupID=customer_reference(customer_id),
            custSupName=names[customer_id][:50], custSupTp="C", opBalDesc=_amount(opening), opBalTp=_side(opening),
            clBalDesc=_amount(opening + change), clBalTp=_side(opening + change),
        )  # fmt: skip


def _ledgers(company: etree._Element) -> None:
    every = etree.SubElement(company, "generalLedger")
    for name in LedgerAccount:
        account = ledger(name)
        kind = "B" if account.is_balance else "P"
        _texts(etree.SubElement(every, "ledgerAccount"), accID=account.number, accDesc=account.name, accTp=kind)


def _vat_codes(company: etree._Element, journal: PeriodJournal) -> None:
    every, to_pay = etree.SubElement(company, "vatCodes"), ledger(LedgerAccount.VAT).number
    for code in sorted({row.vat_code for row in journal.rows if row.vat_code}):
        _texts(etree.SubElement(every, "vatCode"), vatID=code, vatDesc=vat_words(code), vatToPayAccID=to_pay)


def _periods(company: etree._Element, journal: PeriodJournal) -> None:
    every = etree.SubElement(company, "periods")
    for first, last in _months(journal.first, journal.last):
        _texts(
            etree.SubElement(every, "period"), periodNumber=_number(journal, first), startDatePeriod=first.isoformat(),
            endDatePeriod=last.isoformat(),
        )  # fmt: skip


def _opening(company: etree._Element, journal: PeriodJournal) -> None:
    totals: dict[str, int] = defaultdict(int)
    for balance in journal.before:
        totals[balance.ledger_account] += balance.cents
    lines = [(name, cents) for name, cents in sorted(totals.items()) if cents]
    opening = etree.SubElement(company, "openingBalance")
    _sums(opening, [cents for _, cents in lines])
    for number, (name, cents) in enumerate(lines, start=1):
        _texts(
            etree.SubElement(opening, "obLine"), nr=str(number), accID=ledger(name).number, amnt=_amount(cents),
            amntTp=_side(cents),
        )  # fmt: skip


def _transactions(company: etree._Element, journal: PeriodJournal) -> None:
    transactions = etree.SubElement(company, "transactions")
    _sums(transactions, [row.cents for row in journal.rows])
    for book in JOURNALS:
        rows = [row for row in journal.rows if journal_of(row.kind) == book]
        if rows:
            _book(transactions, book, rows, journal)


def _book(parent: etree._Element, book: Journal, rows: list[JournalRow], journal: PeriodJournal) -> None:
    element = etree.SubElement(parent, "journal")
    _texts(element, jrnID=book.code, desc=book.name, jrnTp=book.kind)
    for entry_id, group in groupby(rows, key=lambda row: row.entry_id):
        of_entry = list(group)
        first, transaction = of_entry[0], etree.SubElement(element, "transaction")
        _texts(
            transaction, nr=str(entry_id), desc=f"{event(first.kind)} {first.document}",
            periodNumber=_number(journal, first.on), trDt=first.on.isoformat(),
        )  # fmt: skip
        for number, row in enumerate(of_entry, start=1):
            _line(transaction, number, row)


def _line(transaction: etree._Element, number: int, row: JournalRow) -> None:
    line = etree.SubElement(transaction, "trLine")
    _texts(
        line, nr=str(number), accID=ledger(row.ledger_account).number, docRef=row.document[:255],
        effDate=row.on.isoformat(), desc=event(row.kind), amnt=_amount(row.cents), amntTp=_side(row.cents),
    )  # fmt: skip
    if row.customer_id:
        _texts(line, custSupID=customer_reference(row.customer_id))
    if row.invoice:
        _texts(line, invRef=row.invoice)
    if row.vat_code and row.ledger_account == LedgerAccount.DEFERRED_REVENUE:
        per_cent = format(per_cent_of(row.vat_code), ".3f")
        _texts(
            etree.SubElement(line, "vat"), vatID=row.vat_code, vatPerc=per_cent, vatAmnt=_amount(row.vat_cents),
            vatAmntTp=_side(row.cents),
        )  # fmt: skip


def _sums(element: etree._Element, cents: Sequence[int]) -> None:
    debit, credit = sum(one for one in cents if one > 0), sum(one for one in cents if one < 0)
    _texts(element, linesCount=str(len(cents)), totalDebit=_amount(debit), totalCredit=_amount(credit))


def _number(journal: PeriodJournal, day: date) -> str:
    """The number of a day's month in its year; a file of several years counts on."""
    return str(12 * (day.year - journal.first.year) + day.month)


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Each month, or part of one, from the first day to the last."""
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(following - timedelta(days=1), last)
        first = following


def _texts(parent: etree._Element, **texts: str) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, name).text = _plain(text)


def _plain(text: str) -> str:
    """Only what XML can hold."""
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff")


def _amount(cents: int) -> str:
    return str(euros(abs(cents)))


def _side(cents: int) -> str:
    return "C" if cents < 0 else "D"
