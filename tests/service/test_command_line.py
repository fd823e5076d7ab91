"""The command line as people type it: `main` itself, with its exit codes and without a traceback."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from billing import cli, config
from billing.clock import SystemClock, local_day
from billing.inbox import InboxMessage
from billing.invoices.tables import Invoice
from tests import renewals
from tests.commands import Type
from tests.factories import Shop


def test_a_whole_database_passes_the_check(voldaan: Type) -> None:
    said = voldaan("check")
    assert (said.code, said.err) == (0, "")
    assert all(line.startswith("ok ") for line in said.out.splitlines())


def test_a_broken_invariant_is_named_and_the_check_fails(voldaan: Type, stored: Shop) -> None:
    stored.draft(stored.customer())
    stored.sql("UPDATE invoice SET net_cents = net_cents + 1, vat_cents = vat_cents - 1")
    said = voldaan("check")
    assert said.code == 1
    assert "BROKEN lines and VAT add up to the invoice: 1" in said.out.splitlines()


def test_the_check_speaks_json_too(voldaan: Type) -> None:
    said = voldaan("check", "--json")
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert all(row["holds"] and row["offenders"] == [] for row in rows)
    assert {"invariant", "holds", "offenders"} == set(rows[0])


def test_the_demo_goes_into_an_empty_database_only(voldaan: Type, stored: Shop) -> None:
    stored.customer()
    said = voldaan("seed", "--demo")
    assert (said.code, "not_empty" in said.err, "Traceback" in said.err) == (1, True, False)


def test_bulk_data_are_seeded_beside_what_is_there(voldaan: Type, stored: Shop) -> None:
    stored.invoice(stored.customer())
    assert voldaan("seed", "--customers", "2", "--invoices", "10").code == 0
    assert voldaan("check").code == 0


def test_migrating_twice_is_fine(voldaan: Type) -> None:
    assert [voldaan("migrate").code, voldaan("migrate").code] == [0, 0]


def test_what_is_due_is_invoiced_from_the_command_line(voldaan: Type, stored: Shop) -> None:
    renewals.service(stored, stored.customer(), local_day(SystemClock().now()))
    looked = voldaan("invoices", "run", "--dry-run", "--json")
    assert (looked.code, json.loads(looked.out)["total_cents"], stored.all(Invoice)) == (0, 1_210, [])
    said = voldaan("invoices", "run", "--json")
    assert said.code == 0
    ran = json.loads(said.out)
    assert (ran["run"], ran["invoices"], ran["total_cents"], ran["vat"]) == (
        1, 1, 1_210, [{"rate": "21", "base_cents": 1_000, "vat_cents": 210}],
    )  # fmt: skip
    again = voldaan("invoices", "run")
    assert (again.code, again.out.splitlines()[0].startswith("0 invoices")) == (0, True)
    assert voldaan("check").code == 0


def test_a_service_that_could_not_be_invoiced_is_named(voldaan: Type, stored: Shop) -> None:
    tomorrow = local_day(SystemClock().now()) + timedelta(days=1)
    unpriced = renewals.product(stored, valid_from=tomorrow)
    renewals.service(stored, stored.customer(), tomorrow - timedelta(days=1), unpriced)
    said = voldaan("invoices", "run")
    assert (said.code, "left out: service 1, no_price" in said.out) == (1, True)


def test_a_run_that_is_far_from_the_last_ones_is_held_in_plain_words(voldaan: Type, stored: Shop) -> None:
    today = local_day(SystemClock().now())
    renewals.service(stored, stored.customer(), today)
    assert voldaan("invoices", "run").code == 0
    for _ in range(4):
        renewals.service(stored, stored.customer(), today)
    held = voldaan("invoices", "run", invoice_run_small="0")
    assert (held.code, "would be 4 invoices, €48.40 in all" in " ".join(held.err.split()), "--force" in held.err) == (
        1,
        True,
        True,
    )
    assert len(stored.all(Invoice)) == 1
    assert voldaan("invoices", "run", "--force").code == 0
    assert len(stored.all(Invoice)) == 5


def test_a_replay_of_messages_that_do_not_exist_says_so(voldaan: Type, stored: Shop) -> None:
    said = voldaan("push", "replay", "17")
    assert said.code == 1
    assert "do not exist" in said.err
    assert stored.all(InboxMessage) == []


# From here on the database plays no part, so one engine will do.


@pytest.fixture
def on_sqlite(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def typed(on_sqlite: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Types a command and gives its exit code and all that it said."""
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"VOLDAAN_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)

    def type_command(*words: str, **settings: str) -> tuple[int, str]:
        environment = {"demo": "1", "database_url": on_sqlite} | settings
        result = CliRunner().invoke(
            cli.app, words, env={f"VOLDAAN_{name.upper()}": value for name, value in environment.items()}
        )
        return result.exit_code, result.output

    return type_command


def test_the_demo_can_be_seeded_and_checked(typed: Callable[..., tuple[int, str]]) -> None:
    assert [typed("seed", "--demo")[0], typed("check")[0]] == [0, 0]


@pytest.mark.parametrize(
    "words",
    [
        ("push", "replay"),
        ("push", "replay", "17", "--all"),
        ("push", "replay", "seventeen"),
        ("seed",),
        ("seed", "--customers", "5"),
        ("seed", "--services", "3"),
        ("seed", "--customers", "-1", "--invoices", "1"),
        ("seed", "--invoices", "many"),
        ("dance",),
        ("check", "--loudly"),
        ("invoices", "run", "--on", "tomorrow"),
        ("invoices", "run", "--on", "2026-02-30"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(typed: Callable[..., tuple[int, str]], words: tuple[str, ...]) -> None:
    code, said = typed(*words)
    assert code == 2
    assert "Traceback" not in said


def test_every_setting_is_listed_with_its_meaning(typed: Callable[..., tuple[int, str]]) -> None:
    code, said = typed("settings", "--json")
    rows = {row["name"]: row for row in map(json.loads, said.splitlines())}
    assert code == 0
    assert set(rows) == {f"VOLDAAN_{name.upper()}" for name in config.Settings.model_fields}
    assert all(row["meaning"] for row in rows.values())


def test_the_list_of_settings_hides_secrets(typed: Callable[..., tuple[int, str]]) -> None:
    secrets = {"signing_key": "4711", "buckaroo_secret": "4711", "smtp_password": "4711"}
    assert "4711" not in typed("settings", **secrets)[1]
    assert "4711" not in typed("settings", database_url="postgresql://voldaan:secret-4711@localhost/voldaan")[1]


def test_every_command_explains_itself_with_an_example(typed: Callable[..., tuple[int, str]]) -> None:
    commands = ["serve", "worker", "migrate", "sandbox", "seed", "check", "settings", "bench"]
    grouped = ("push replay", "invoices run", "collections run", "collections freeze", "collections thaw")
    for words in [*([command] for command in commands), *(command.split() for command in grouped)]:
        code, said = typed(*words, "--help")
        assert (code, "Example: " in said) == (0, True), words


@pytest.mark.parametrize(
    ("words", "settings", "code", "named"),
    [
        (("check",), {"port": "many"}, 2, "VOLDAAN_PORT"),
        (("worker",), {"demo": "0"}, 2, "VOLDAAN_BUCKAROO_SECRET"),
        (("serve",), {"buckaroo_url": "https://checkout.buckaroo.nl"}, 2, "VOLDAAN_BUCKAROO_URL"),
        (("check",), {"database_url": "sqlite:////nowhere/at/all.sqlite"}, 1, "database"),
        (("check",), {"database_url": "postgresql://localhost:1/none"}, 1, "database"),
        (("check",), {"database_url": "nonsense"}, 2, "VOLDAAN_DATABASE_URL"),
        (("migrate",), {"database_url": "mysql://localhost/none"}, 2, "VOLDAAN_DATABASE_URL"),
    ],
)
def test_a_mistake_is_a_sentence_and_no_traceback(
    on_sqlite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    words: tuple[str, ...], settings: dict[str, str], code: int, named: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for name, value in ({"demo": "1", "database_url": on_sqlite} | settings).items():
        monkeypatch.setenv(f"VOLDAAN_{name.upper()}", value)
    monkeypatch.setattr(sys, "argv", ["voldaan", *words])

    with pytest.raises(SystemExit) as end:
        cli.main()

    said = capsys.readouterr().err
    assert end.value.code == code
    assert named in said
    assert "Traceback" not in said
