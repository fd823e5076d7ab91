"""`voldaan bank …`: what a file brought, what waits, and what a member of staff says of it."""

from pathlib import Path

import pytest

from billing.clock import SystemClock
from billing.ports import MOST_BYTES
from tests import banking
from tests.commands import Type
from tests.factories import Shop
from tests.stopping import colleague

SAMPLES = Path(__file__).parents[1] / "adapters" / "bank_samples"
IBAN = "NL93DEMO0123456789"


def mt940(*lines: str, closing: str) -> str:
    return banking.mt940(*lines, closing=closing, iban=IBAN)


@pytest.fixture
def number(stored: Shop) -> str:
    """An invoice of € 121, and two colleagues of finance."""
    stored.clock.time = SystemClock().now()
    colleague(stored, "fien")
    return stored.invoice(stored.customer())


def test_a_file_is_booked_reported_and_booked_once(voldaan: Type, stored: Shop, number: str, tmp_path: Path) -> None:
    file = tmp_path / "bank.sta"
    file.write_text(
        mt940(":61:2611231123C121,00NTRFNONREF", f":86:/NAME/Bakker/REMI/{number}/",
              ":61:2611231123C5,00NTRFNONREF", ":86:/NAME/Wie/REMI/dank/", closing="C261123EUR226,00")
    )  # fmt: skip
    said = voldaan("bank", "import", str(file))
    assert (said.code, "2 lines, 2 new, 1 matched (number 1), 1 waiting" in said.out) == (0, True)
    assert stored.open_cents(number) == [0]
    assert "known already, nothing new" in voldaan("bank", "import", str(file)).out
    assert voldaan("check").code == 0


def test_a_statement_that_was_set_aside_is_said_listed_and_an_error(voldaan: Type, number: str, tmp_path: Path) -> None:
    file = tmp_path / "bank.sta"
    file.write_text(mt940(":61:2611231123C121,00NTRFNONREF", closing="C261123EUR1,00"))
    said = voldaan("bank", "import", str(file), str(SAMPLES / "knab-sepa-overboeking.txt"))
    assert said.code == 1
    assert "SET ASIDE, the lines do not lead from the first balance to the last; nothing of it is booked" in said.out
    assert "SET ASIDE, this is no account of ours" in said.out
    listed = voldaan("bank", "list", "--by", "fien@staff.example").out
    assert listed.count("SET ASIDE") == 2


def test_what_can_not_be_read_is_an_error_and_the_next_file_is_still_read(
    voldaan: Type, number: str, tmp_path: Path
) -> None:
    large, other, file = tmp_path / "large.xml", tmp_path / "other.csv", tmp_path / "bank.sta"
    with large.open("wb") as content:
        content.truncate(MOST_BYTES + 1)
    other.write_text("datum;bedrag")
    file.write_text(mt940(closing="C261123EUR100,00"))
    said = voldaan("bank", "import", str(large), str(other), str(file))
    assert (said.code, "0 lines, 0 new" in said.out) == (1, True)
    assert "More than 20 MB" in said.err
    assert "neither CAMT.053 nor MT940" in said.err


def test_a_waiting_line_is_listed_confirmed_undone_and_ignored(
    voldaan: Type, stored: Shop, number: str, tmp_path: Path
) -> None:
    file, by = tmp_path / "bank.sta", ("--by", "fien@staff.example")
    file.write_text(mt940(":61:2611231123C121,00NTRFNONREF", ":86:/NAME/Wie/REMI/dank/", closing="C261123EUR221,00"))
    voldaan("bank", "import", str(file))
    assert f"perhaps {number} (amount)" in voldaan("bank", "list", *by).out
    assert voldaan("bank", "confirm", "1", number, *by).code == 0
    assert stored.open_cents(number) == [0]
    assert voldaan("bank", "list", *by).out == ""
    assert voldaan("bank", "undo", "1", *by).code == 0
    assert voldaan("bank", "ignore", "1", *by).code == 0
    assert (voldaan("bank", "undo", "4711", *by).code, voldaan("bank", "confirm", "1", number, *by).code) == (1, 1)
    assert voldaan("bank", "list", "--by", "nobody@staff.example").code == 2
    assert voldaan("check").code == 0


def test_of_what_went_back_it_is_said_which_receipt_it_was(
    voldaan: Type, stored: Shop, number: str, tmp_path: Path
) -> None:
    file, reference = tmp_path / "bank.sta", stored.row(number).reference
    file.write_text(
        mt940(*banking.received("121,00", reference),
              ":61:2611241124D126,00NRTINONREF", ":86:/RTRN/AC04/NAME/Bakker/", closing="C261124EUR95,00")
    )  # fmt: skip
    voldaan("bank", "import", str(file))
    by = ("--by", "fien@staff.example")
    listed = voldaan("bank", "origins", "2", *by).out
    assert (listed.split()[0], "less costs" in listed, number in listed) == ("payment:1", True, True)
    assert voldaan("bank", "belongs", "2", "payment:1", *by).code == 0
    assert stored.open_cents(number) == [12_100]
    assert voldaan("check").code == 0
