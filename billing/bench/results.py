"""The page of results: a section for each benchmark, which a later run of that benchmark replaces."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from billing.bench.figures import Figure
from billing.bench.goals import SUBJECTS, goal_of

INTRODUCTION = """# Measured

Made by `voldaan bench --page`; each figure stands beside its limit, measured in the same run on the same machine.
Ratios carry over to other machines, seconds do not. A run of some benchmarks replaces their sections and no others.
What many open dashboards at once do (P6) is told by `make load`, and stands in `docs/scale.md`.
"""
_HEADINGS = ("database", "n", "per second", "CPU ms each", "the limit", "per second", "ratio", "goal", "")


def write_page(path: Path, figures: Iterable[Figure], machine: str, size: str) -> None:
    """Put figures on the page, in the place of what it said about the same benchmarks."""
    sections = _sections(path.read_text("utf-8")) if path.exists() else {}
    under = f"*{datetime.now(UTC):%Y-%m-%d}, size {size}, {machine}.*"
    for name, ours in groupby(figures, lambda figure: figure.name):
        sections[name] = _section(name, list(ours), under)
    in_order = [sections[name] for name in SUBJECTS if name in sections]
    path.write_text("\n".join([INTRODUCTION, *in_order]), "utf-8")


def _sections(page: str) -> dict[str, str]:
    """The sections of a page by the benchmark that each is about."""
    parts = re.split(r"^(?=## P\d+)", page, flags=re.MULTILINE)[1:]
    return {part.split(maxsplit=2)[1].rstrip(":"): part.rstrip("\n") + "\n" for part in parts}


def _section(name: str, figures: Sequence[Figure], under: str) -> str:
    subject = SUBJECTS[name]
    parts = [f"## {name}: {subject.title}", _table(figures)]
    parts += [f"Others, where equivalent work was measured: {subject.peers}."] if subject.peers else []
    if any(_short(figure) for figure in figures):
        parts.append(f"Why short, and what next: {subject.short or 'not looked into yet.'}")
    return "\n\n".join([*parts, under]) + "\n"


def _table(figures: Iterable[Figure]) -> str:
    rows = [_HEADINGS, ("---",) * len(_HEADINGS), *(_row(figure) for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(figure: Figure) -> tuple[str, ...]:
    goal, cpu = goal_of(figure), figure.cpu_ms_per_item
    return (
        figure.database, f"{figure.n:,}", f"{figure.per_second:,.2f}", "" if cpu is None else f"{cpu:.2f}",
        figure.limit_name, f"{figure.limit_per_second:,.2f}", f"{figure.ratio:.2f}",
        goal.words(figure.database) if goal else "none", _short(figure) or ("met" if goal else ""),
    )  # fmt: skip


def _short(figure: Figure) -> str:
    """By how much a figure falls short of its goal; empty when it doesn't."""
    goal = goal_of(figure)
    reached = goal.reached(figure) if goal else 1
    return f"**short by {max(1, round(100 * (1 - reached)))} %**" if reached < 1 else ""
