"""The printed account statement: its words, and that it is a PDF."""

from dataclasses import replace
from datetime import date

import pytest

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.adapters.pdf.statement import statement_page
from billing.ports import AccountStatement, MoveKind, Party, StatementRow

DAY = date(2026, 11, 23)
STATEMENT = AccountStatement(
    Party(name="Voorbeeld Hosting B.V."), Party(name="Bakkerij <b>"), DAY, DAY, DAY, 1_000,
    (StatementRow(DAY, MoveKind.INVOICE, ("2026-0001",), 12_100, 13_100),
     StatementRow(DAY, MoveKind.PAYMENT, ("2026-0001", "2026-0002"), -13_600, -500)), -500,
)  # fmt: skip


def test_each_move_says_what_it_was_and_stands_on_its_side():
    page = statement_page(STATEMENT)
    assert [(row.what, bool(row.more), bool(row.less)) for row in page.rows] == [
        ("Factuur 2026-0001", True, False), ("Betaling 2026-0001, 2026-0002", False, True)
    ]  # fmt: skip


@pytest.mark.parametrize(("cents", "said"), [(-500, "te goed"), (0, "niets open"), (1, "open")])
def test_the_closing_balance_is_explained(cents: int, said: str):
    assert said in statement_page(replace(STATEMENT, closing_cents=cents)).note


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_move_has_a_word(language: str):
    rows = tuple(StatementRow(DAY, kind, (), 1, 1) for kind in MoveKind)
    page = statement_page(replace(STATEMENT, rows=rows, language=language))
    assert len({row.what for row in page.rows}) == len(MoveKind)


def test_it_is_printed_the_same_each_time():
    renderer = WeasyPrintRenderer(XmlWriter())
    first = renderer.statement(STATEMENT)
    assert first.startswith(b"%PDF")
    assert renderer.statement(STATEMENT) == first
