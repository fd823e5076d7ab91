"""The command line of the bookkeeping: how it stands, trying again, and the export."""

import json
import zipfile
from pathlib import Path

from billing.bookkeeping import flows
from billing.clock import SystemClock
from billing.errors import ProviderRefused
from billing.ports import BooksClosed
from tests.commands import Type
from tests.factories import Shop


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


def test_a_period_is_exported_into_a_file(voldaan: Type, stored: Shop, tmp_path: Path) -> None:
    stored.carry_out()
    path = tmp_path / "maart.zip"
    said = voldaan("books", "export", "--from", "2026-03-01", "--until", "2026-03-31", str(path))
    assert (said.code, said.err.startswith("0 documents and 0 rows")) == (0, True)
    assert zipfile.ZipFile(path).namelist() == ["auditfile.xaf", "journaal.csv", "index.csv"]


def test_wrong_days_and_folders_are_refused(voldaan: Type) -> None:
    wrong = ("--from", "2026-03-31", "--until", "2026-03-01")
    assert voldaan("books", "export", *wrong, "x.zip").code == 1
    assert voldaan("books", "export", "--from", "soon", "--until", "2026-03-01", "x.zip").code == 2
    assert voldaan("books", "export", "--from", "2026-03-01", "--until", "2026-03-31", "nowhere/x.zip").code == 2
