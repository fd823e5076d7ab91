"""`voldaan settlements …`: what a report of the gateway brought, and what does not fit with it."""

from pathlib import Path

import pytest

from billing.clock import SystemClock
from tests.clearing import identity
from tests.commands import Type
from tests.factories import Shop
from tests.stopping import colleague

BY = ("--by", "fien@staff.example")


def report(path: Path, closing: str) -> str:
    """A report as Buckaroo writes it: a payment that we know nothing of, and costs."""
    path.write_text("\r\n".join([
        ":940:", ":20:940A261123", ":25:103000029EUR", ":28:00001/00", ":60F:C261123EUR0,00",
        ":61:261123C000000000121,00C021NL13TEST0123456789J. de Tester", ":86:Een bestelling", ":86:factuur/order: 12",
        f":86:xid.: {identity(77)}",
        ":61:261123D000000000000,29N901 Stichting Derdengelden", ":86:Transactiekosten 23-11-2026",
        f":86:xid.: {identity(78)}", f":62F:C261123EUR{closing}",
    ]))  # fmt: skip
    return str(path)


@pytest.fixture(autouse=True)
def finance(stored: Shop) -> None:
    stored.clock.time = SystemClock().now()
    colleague(stored, "fien")


def test_a_report_is_booked_once_and_its_fees_are_a_cost(voldaan: Type, stored: Shop, tmp_path: Path) -> None:
    file = report(tmp_path / "report.txt", "120,71")
    said = voldaan("settlements", "import", file)
    assert (said.code, "2 lines, 2 new, fees €0.29, 0 payouts arrived" in said.out) == (0, True)
    assert stored.totals() == {"gateway_fees": 29, "gateway_clearing": -29}
    assert "known already" in voldaan("settlements", "import", file).out
    assert voldaan("check").code == 0


def test_what_does_not_fit_is_listed_with_the_work_of_the_bank(voldaan: Type, tmp_path: Path) -> None:
    voldaan("settlements", "import", report(tmp_path / "report.txt", "120,71"))
    listed = voldaan("settlements", "list", *BY)
    assert (listed.code, identity(77) in listed.out) == (1, True)
    assert "a transaction that is not in the journal" in voldaan("bank", "list", *BY).out


def test_a_report_that_does_not_add_up_is_said_and_an_error(voldaan: Type, stored: Shop, tmp_path: Path) -> None:
    said = voldaan("settlements", "import", report(tmp_path / "report.txt", "5,00"))
    assert (said.code, "SET ASIDE" in said.out, stored.totals()) == (1, True, {})
    assert "SET ASIDE" not in voldaan("settlements", "list", *BY).out
    assert "a report was set aside" in voldaan("settlements", "list", *BY).out


def test_a_file_that_can_not_be_read_is_an_error(voldaan: Type, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("datum;bedrag")
    said = voldaan("settlements", "import", str(tmp_path / "x.csv"))
    assert (said.code, "neither CAMT.053 nor MT940" in said.err) == (1, True)


def test_nothing_wrong_is_no_error(voldaan: Type) -> None:
    assert voldaan("settlements", "list", *BY).code == 0
