"""`docs/security.md` keeps to what there is: files that exist, and every requirement up to level 2 once."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAPER = (ROOT / "docs" / "security.md").read_text("utf-8")
# Of each section of the standard, up to which number its requirements of levels 1 and 2 go, less those of level 3.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
VERDICTS = {"met", "n/a", "operator", "open"}


def rows():
    """Of the table of the standard: which requirements, and the verdict."""
    table = PAPER.split("## ASVS")[1].split("\n## ")[0]
    lines = [line.strip("| ").split("|") for line in table.splitlines() if re.match(r"\| \d", line)]
    return [(cells[0].strip(), cells[2].strip()) for cells in lines]


def numbers(text):
    """`1.2.1–1.2.3, 1.4.1` one by one."""
    for part in text.split(", "):
        first, _, last = part.partition("–")
        section, _, begin = first.rpartition(".")
        end = int((last or first).rpartition(".")[2])
        yield from (f"{section}.{number}" for number in range(int(begin), end + 1))


def test_every_requirement_is_judged_once():
    wanted = [f"{section}.{number}" for section, most in SECTIONS.items() for number in range(1, most + 1)]
    judged = [number for text, _ in rows() for number in numbers(text)]
    assert sorted(judged) == sorted(wanted)


def test_every_verdict_is_one_of_four_and_what_is_open_is_listed_again():
    assert {verdict for _, verdict in rows()} <= VERDICTS
    listed = PAPER.split("## What is open")[1]
    named = [number for text, verdict in rows() if verdict == "open" for number in numbers(text)]
    assert [number for number in named if number not in listed] == []


def test_every_file_that_is_named_exists():
    named = re.findall(r"`((?:billing|dashboard|tests|tools)/[\w/.]+|rxconfig\.py)`", PAPER)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
