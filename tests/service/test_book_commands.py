"""The command line of the bookkeeping: how it stands, trying again, and the export."""

import json
import zipfile
from pathlib import Path

import pytest

from billing.accounts import service as accounts
from billing.accounts.service import EditBillingDetails
from billing.accounts.tables import Account, Role
from billing.bookkeeping import flows
from billing.clock import SystemClock
from billing.errors import ProviderRefused
from billing.ports import BooksClosed
from tests.abroad import BELGIAN
from tests.commands import Type
from tests.factories import Shop
from tests.stopping import colleague

BY = ("--by", "fien@staff.example")


def refused(stored: Shop) -> str:
    """The number of an invoice that the bookkeeping of the demo refused."""
    stored.books.administration = "1001"
    stored.books.before["keep_document"] = [ProviderRefused(reason="http_422 reference")]
    number = stored.invoice(stored.customer())
    flows.plan(stored.billing)
    flows.hand_over(stored.billing)
    return number


def test_before_the_first_round_there_is_nothing_to_tell(voldaan: Type) -> None:
    said = voldaan("books", "status")
    assert (said.code, said.out.splitlines()[1]) == (0, "Documents: none yet.")


def test_without_a_bookkeeping_it_says_so(voldaan: Type) -> None:
    assert "No bookkeeping is connected" in voldaan("books", "status", books_url="").out


def test_what_needs_a_person_is_told_and_ends_in_1(voldaan: Type, stored: Shop) -> None:
    number = refused(stored)
    said = voldaan("books", "status")
    assert (said.code, said.out.splitlines()[-1]) == (1, f"{number} is held: http_422 reference")
    row = json.loads(voldaan("books", "status", "--json").out)
    assert (row["counts"], row["noted"][0]["number"]) == ({"held": 1}, number)


def test_a_paused_connection_is_told(voldaan: Type, stored: Shop) -> None:
    stored.books.administration = "1001"
    stored.books.before["keep_contact"] = [BooksClosed(reason="http_401")]
    stored.invoice(stored.customer())
    flows.plan(stored.billing)
    flows.hand_over(stored.billing)
    said = voldaan("books", "status")
    assert (said.code, "http_401" in said.out) == (1, True)


def test_what_is_held_is_tried_again_when_somebody_asks(voldaan: Type, stored: Shop) -> None:
    number = refused(stored)
    assert "0 held" in voldaan("books", "retry", "F0000-0000").err
    assert "1 held" in voldaan("books", "retry", number).err
    # The command acts in the time of this machine, which is later.
    stored.clock.time = SystemClock().now()
    flows.hand_over(stored.billing)
    assert stored.books.numbers() == [number]


@pytest.mark.parametrize("period", ["2026-03", "2026"])
def test_a_period_is_exported_into_an_archive(voldaan: Type, stored: Shop, tmp_path: Path, period: str) -> None:
    stored.carry_out()
    path = tmp_path / "periode.zip"
    said = voldaan("books", "export", "--period", period, "--format", "zip", "--out", str(path))
    assert (said.code, said.err.startswith("0 documents and 0 rows")) == (0, True)
    assert zipfile.ZipFile(path).namelist() == ["auditfile.xaf", "journaal.csv", "index.csv"]


def test_the_journal_of_a_period_is_exported_by_itself(voldaan: Type, stored: Shop, tmp_path: Path) -> None:
    stored.invoice(stored.customer())
    for form, begins in (("csv", b"\xef\xbb\xbf"), ("xaf", b"<?xml")):
        path = tmp_path / f"maart.{form}"
        assert voldaan("books", "export", "--period", "2026-03", "--format", form, "--out", str(path)).code == 0
        assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("period", "form", "out"),
    [("2026-13", "zip", "x.zip"), ("soon", "csv", "x.csv"), ("2026-03", "pdf", "x.pdf"), ("2026", "zip", "no/x.zip")],
)
def test_wrong_periods_formats_and_folders_are_refused(voldaan: Type, period: str, form: str, out: str) -> None:
    assert voldaan("books", "export", "--period", period, "--format", form, "--out", out).code == 2


def test_all_that_waits_is_handed_over_at_once(stored: Shop) -> None:
    stored.books.administration = "1001"
    numbers = [stored.invoice(stored.customer()) for _ in range(2)]
    assert flows.sync(stored.billing) >= len(numbers)
    assert stored.books.numbers() == numbers
    assert flows.sync(stored.billing) == 0


def test_without_a_bookkeeping_nothing_is_handed_over(voldaan: Type, stored: Shop) -> None:
    stored.invoice(stored.customer())
    said = voldaan("books", "sync", books_url="")
    assert (said.code, said.err.startswith("0 documents")) == (0, True)


# What finance looks at


@pytest.fixture
def spaniard(stored: Shop) -> int:
    """A customer who says to have moved to the Canary Islands."""
    stored.clock.time = SystemClock().now()
    colleague(stored, "fien")
    account = stored.customer("P. Ejemplo", country="ES", customer_kind="consumer", postal_code="28001")
    there = EditBillingDetails("P. Ejemplo", "", "", "35001", "Las Palmas", "")
    owner = stored.proven(stored.member(account, Role.OWNER))
    stored.do(accounts.edit_billing_details, owner, account, there)
    return account


def test_what_finance_has_to_look_at_is_listed(voldaan: Type, stored: Shop, spaniard: int) -> None:
    stored.vat_register.invalid = {BELGIAN}
    stored.customer("Chocolaterie", country="BE", vat_number=BELGIAN)
    assert voldaan("books", "vat-tasks", *BY).out.splitlines() == [
        "K1 P. Ejemplo: moves from ES to 35001 Las Palmas ES, which waits for proof",
        f"K2 Chocolaterie: {BELGIAN} is not known, so there is VAT on its invoices",
    ]


@pytest.mark.parametrize(("refuse", "code"), [((), "35001"), (("--refuse",), "28001")])
def test_finance_lets_a_move_count_or_refuses_it(
    voldaan: Type, stored: Shop, spaniard: int, refuse: tuple[str, ...], code: str
) -> None:
    decide = ("books", "vat-move", "1", "--evidence", "extract", *refuse, *BY)
    assert voldaan(*decide).code == 0
    assert stored.one(Account).postal_code == code
    again = voldaan(*decide)
    assert (again.code, "No such move waits." in again.err) == (1, True)
