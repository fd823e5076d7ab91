"""The benchmarks: each runs, at a size where its figures mean nothing, and prints what it promises."""

import json

import pytest
from typer.testing import CliRunner

from billing.bench import BENCHMARKS, run
from billing.cli import app

FIELDS = [
    "name", "n", "seconds", "per_second", "cpu_ms_per_item", "limit_name", "limit_per_second", "ratio", "database",
]  # fmt: skip
# It starts the whole demo, which the journeys in the browser do as well, and would first build its pages.
IN_SECONDS = sorted(set(BENCHMARKS) - {"P11"})


@pytest.mark.parametrize("name", IN_SECONDS)
def test_each_benchmark_prints_its_figures_one_json_object_a_line(name, capsys):
    run([name], as_json=True, size="tiny")
    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {figure["name"] for figure in figures} == {name}
    assert [list(figure) for figure in figures] == [FIELDS] * len(figures)
    assert all(figure["per_second"] > 0 and figure["limit_per_second"] > 0 for figure in figures)


def test_with_a_server_everything_is_measured_on_both_engines(postgresql_server, capsys):
    run(["P3", "P4"], as_json=True, size="tiny", postgres=postgresql_server)
    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    both = {(name, engine) for name in ("P3", "P4") for engine in ("sqlite", "postgresql")}
    assert {(figure["name"], figure["database"]) for figure in figures} == both


def test_for_a_person_there_is_a_table_with_the_machine_and_the_versions(capsys):
    run(["P8"], as_json=False, size="tiny")
    shown = capsys.readouterr().out
    assert "P8" in shown
    assert "SQLite" in shown
    assert "no PostgreSQL" in shown


@pytest.mark.parametrize(("wrong", "words"), [(["P99"], "no benchmark P99"), (["P8", "--size", "huge"], "--size is")])
def test_what_cannot_be_measured_is_refused_by_name(wrong, words):
    refused = CliRunner().invoke(app, ["bench", *wrong])
    assert refused.exit_code == 2
    assert words in refused.output
