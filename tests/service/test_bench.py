"""The benchmarks: each runs, at a size where its figures mean nothing, and prints what it promises."""

import json

import pytest
from typer.testing import CliRunner

from billing.bench import BENCHMARKS, run
from billing.bench.figures import Figure
from billing.bench.goals import SUBJECTS, goal_of
from billing.bench.results import write_page
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


def test_every_benchmark_is_explained_on_the_page_of_results():
    assert set(SUBJECTS) == set(BENCHMARKS)


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


def figure(name: str, *, ratio: float = 1, per_second: float = 5_000, limit_name: str = "raw") -> Figure:
    return Figure(name, 10, 1, per_second, None, limit_name, per_second / ratio, ratio, "sqlite")


def test_a_page_holds_each_figure_beside_its_limit_and_says_by_how_much_it_falls_short(tmp_path):
    page = tmp_path / "page.md"
    write_page(page, [figure("P2", ratio=0.8), figure("P8", ratio=0.728)], "a machine", "small")
    p2, p8 = page.read_text().split("## ")[1:]
    assert "| 0.80 | 0.7 of the limit | met |" in p2
    assert "| 0.73 | 0.91 of the limit | **short by 20 %** |" in p8
    assert "Why short" not in p2
    assert "Why short" in p8


def test_a_later_run_replaces_its_own_sections_of_the_page_and_no_others(tmp_path):
    page = tmp_path / "page.md"
    write_page(page, [figure("P2", ratio=0.81), figure("P9")], "a machine", "small")
    write_page(page, [figure("P2", ratio=0.82)], "another machine", "full")
    assert "0.82" in page.read_text()
    assert "0.81" not in page.read_text()
    assert page.read_text().count("## P") == 2
    assert page.read_text().index("## P2") < page.read_text().index("## P9")


@pytest.mark.parametrize(
    ("pace", "reached"), [(1_500, 1), (3_000, 2), (750, 0.5)], ids=["just", "more than enough", "half"]
)
def test_a_goal_in_pieces_a_second_is_held_against_the_pace(pace, reached):
    measured = figure("P9", per_second=pace)
    assert goal_of(measured).reached(measured) == reached


@pytest.mark.parametrize(("wrong", "words"), [(["P99"], "no benchmark P99"), (["P8", "--size", "huge"], "--size is")])
def test_what_cannot_be_measured_is_refused_by_name(wrong, words):
    refused = CliRunner().invoke(app, ["bench", *wrong])
    assert refused.exit_code == 2
    assert words in refused.output
