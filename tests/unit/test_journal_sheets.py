"""The sheet and the audit file of any journal: balanced, to the cent, and with nothing a spreadsheet would run."""

import csv
from datetime import date
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from billing.bookkeeping.export.auditfile import NAMESPACE, audit_file
from billing.bookkeeping.export.chart import EVENTS, LEDGERS, journal_of, ledger
from billing.bookkeeping.export.journal import JournalRow, PeriodJournal
from billing.bookkeeping.export.sheet import journal_sheet
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.money import parse_euros
from billing.ports import Party

FIRST, LAST = date(2026, 1, 15), date(2026, 12, 10)
AMOUNTS = st.integers(min_value=1, max_value=1_000_000_000)
PARTS = st.lists(st.tuples(st.sampled_from(LedgerAccount), AMOUNTS), min_size=1, max_size=4)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(EntryKind), st.dates(FIRST, LAST), PARTS, st.text(max_size=20)), max_size=8
)


def rows_of(entries):
    """Entries whose parts are credited, and together debited to the customer."""
    rows = []
    for number, (kind, on, parts, name) in enumerate(sorted(entries, key=lambda entry: entry[1]), start=1):
        total = sum(cents for _, cents in parts)
        for account, cents in [(LedgerAccount.RECEIVABLE, total), *((a, -c) for a, c in parts)]:
            rows.append(JournalRow(number, kind.value, on, account.value, cents, number, name, f"F{number}", ""))
    return tuple(rows)


def euros_of(text):
    return parse_euros(text.replace(",", ".")) if text else 0


@given(ENTRIES)
def test_a_sheet_debits_what_it_credits_to_the_cent_and_holds_no_formula(entries):
    rows = rows_of(entries)
    listed = list(csv.DictReader(StringIO(journal_sheet(rows).decode("utf-8-sig"), newline=""), delimiter=";"))
    sums = [sum(euros_of(row[side]) for row in listed) for side in ("Debet", "Credit")]
    expected = sum(row.cents for row in rows if row.cents > 0)
    assert (len(listed), sums) == (len(rows), [expected, expected])
    assert all(not value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in listed for value in row.values())


@given(ENTRIES)
def test_an_audit_file_says_the_same_sums_as_its_lines(entries):
    journal = PeriodJournal(FIRST, LAST, rows_of(entries), ())
    made = audit_file(journal, Party(name="V", iban=""), made_on=LAST, version="1")
    transactions = etree.fromstring(made).find(f".//{{{NAMESPACE}}}transactions")
    lines = transactions.findall(f".//{{{NAMESPACE}}}trLine")
    for side, name in (("D", "totalDebit"), ("C", "totalCredit")):
        of_side = [line for line in lines if line.findtext(f"{{{NAMESPACE}}}amntTp") == side]
        total = sum(parse_euros(line.findtext(f"{{{NAMESPACE}}}amnt")) for line in of_side)
        assert parse_euros(transactions.findtext(f"{{{NAMESPACE}}}{name}")) == total
    assert transactions.findtext(f"{{{NAMESPACE}}}linesCount") == str(len(lines)) == str(len(journal.rows))


def test_every_account_and_event_of_the_journal_has_a_name_of_its_own():
    assert (set(LEDGERS), set(EVENTS)) == (set(LedgerAccount), set(EntryKind))
    assert len({ledger(name).number for name in LedgerAccount}) == len(LedgerAccount)
    assert {journal_of(kind).code for kind in EntryKind} == {"VRK", "GLD", "MEM"}
