"""Files of outgoing transfers: what a bank finds in them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from billing.adapters.pain import PainWriter
from billing.adapters.pain.writer import NAMESPACE, latin
from billing.ports import OutgoingTransfer, TransferOrder

TRANSFER = OutgoingTransfer("TERUG-1-ABCD", 12_345, "Café & Zoë", "NL02ABNA0123456789", "Terugbetaling")
ORDER = TransferOrder(
    "VOLDAAN-1", datetime(2026, 11, 23, 9, tzinfo=UTC), date(2026, 11, 24), "Voorbeeld B.V.", "NL93DEMO0123456789",
    (TRANSFER, replace(TRANSFER, end_to_end_id="TERUG-2-ABCD", cents=5)),
)  # fmt: skip


def read(*path: str) -> list[str]:
    """The texts at a path below the message."""
    root = etree.fromstring(PainWriter().write(ORDER))
    steps = "/".join(f"p:{name}" for name in ("CstmrCdtTrfInitn", *path))
    return [element.text for element in root.findall(steps, {"p": NAMESPACE})]


def test_sums_and_counts_are_of_all_transfers():
    assert (read("GrpHdr", "CtrlSum"), read("GrpHdr", "NbOfTxs")) == (["123.50"], ["2"])
    assert (read("PmtInf", "CtrlSum"), read("PmtInf", "NbOfTxs")) == (["123.50"], ["2"])


def test_each_transfer_has_its_own_name_amount_and_account():
    one = ("PmtInf", "CdtTrfTxInf")
    assert read(*one, "PmtId", "EndToEndId") == ["TERUG-1-ABCD", "TERUG-2-ABCD"]
    assert read(*one, "Amt", "InstdAmt") == ["123.45", "0.05"]
    assert read(*one, "CdtrAcct", "Id", "IBAN") == ["NL02ABNA0123456789"] * 2


def test_it_leaves_our_account_on_the_day_in_lines_of_their_own():
    assert read("PmtInf", "DbtrAcct", "Id", "IBAN") == ["NL93DEMO0123456789"]
    assert (read("PmtInf", "ReqdExctnDt", "Dt"), read("PmtInf", "BtchBookg")) == (["2026-11-24"], ["false"])


def test_the_same_order_makes_the_same_bytes():
    assert PainWriter().write(ORDER) == PainWriter().write(ORDER)


@pytest.mark.parametrize(("said", "written"), [
    ("Café & Zoë", "Cafe Zoe"), ("//a//b/", "a/b"), ("x" * 80, "x" * 70), ("a\n\tb", "a b"), ("<script>", "script"),
    ("字", ""),
])  # fmt: skip
def test_names_are_in_the_letters_that_every_bank_takes(said: str, written: str):
    assert latin(said, 70) == written


def test_a_receiver_without_a_name_that_can_be_written_still_has_one():
    order = replace(ORDER, transfers=(replace(TRANSFER, name="字"),))
    assert b"<Nm>Onbekend</Nm>" in PainWriter().write(order)
