"""Each act that is written down has a sentence, for who did it and for everybody else."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from billing.accounts.log import LogPage, LogRow
from dashboard.rows.log import log, sentence
from dashboard.texts.nl import NL

BILLING = Path(__file__).parents[2] / "billing"
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
AT = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
TEXTS = NL.users.log
# Something of everything that acts have recorded.
FACTS = {
    "role": "bookkeeper", "ends_on": "2027-03-31", "predecessor": "Petra", "topics": "invoices receipts",
    "fields": ["city"], "cents": 12_100, "invoices": ["2026-0001", "2026-0002"], "invoice": "2026-0001",
    "method": "ideal",
}  # fmt: skip


def recorded_actions() -> set[str]:
    """Every text that looks like an action, in the modules that write acts down."""
    sources = [path.read_text() for path in BILLING.rglob("*.py") if "migrations" not in path.parts]
    trees = [ast.parse(source) for source in sources if "audit.record(" in source]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and ACTION.fullmatch(text)}


def row(action: str, *, is_self: bool = False, subject: str = "Ada van Lezen", **facts: object) -> LogRow:
    return LogRow(AT, "Hanna de Graan", is_self, action, subject, facts)


def test_the_actions_are_found_where_they_are_written_down():
    assert {"member.changed", "user.invited", "second_factor.on", "payment.booked"} <= recorded_actions()


def test_every_action_has_a_sentence_and_every_sentence_an_action():
    assert recorded_actions() == set(TEXTS.acts)


@pytest.mark.parametrize("is_self", [True, False])
@pytest.mark.parametrize("action", sorted(TEXTS.acts))
def test_sentences_are_whole_with_and_without_facts(action, is_self):
    for facts in (FACTS, {}):
        said = sentence(row(action, is_self=is_self, **facts))
        assert said.endswith(".")
        assert not set("{}") & set(said)
        assert said.startswith("Je ") == is_self or action == "payment.returned"


@pytest.mark.parametrize(
    ("action", "facts", "said"),
    [
        ("user.invited", {"role": "read_only", "ends_on": "2027-03-31"},
         "Je hebt Ada van Lezen uitgenodigd: alleen lezen, tot en met 31 maart 2027."),
        ("service.cancelled", {"ends_on": "2026-11-22"}, "Je hebt Ada van Lezen opgezegd, per direct."),
        ("member.changed", {"role": "bookkeeper", "ends_on": ""},
         "Je hebt de toegang van Ada van Lezen gewijzigd: boekhouder."),
        ("user.looked_as", {"role": "technician"}, "Je hebt het dashboard bekeken als Ada van Lezen (technicus)."),
        ("mails.chosen", {"topics": ""}, "Je hebt gekozen welke mails je krijgt: geen."),
        ("payment.started", {"invoices": ["2026-0001"], "method": "ideal"},
         "Je bent begonnen met betalen van factuur 2026-0001, met iDEAL."),
        ("billing_profile.changed", {"fields": ["city", "vat_number"]},
         "Je hebt de factuurgegevens gewijzigd: plaats, btw-nummer."),
    ],
)  # fmt: skip
def test_what_one_did_oneself_is_told_to_oneself(action, facts, said):
    assert sentence(row(action, is_self=True, **facts)) == said


def test_what_was_done_on_the_customers_behalf_says_so():
    said = sentence(row("service.cancelled", on_behalf=True))
    assert said.startswith("Hanna de Graan ")
    assert said.endswith(TEXTS.on_behalf)


def test_what_others_did_is_told_with_their_name():
    assert sentence(row("second_factor.on")) == "Hanna de Graan zette inloggen in twee stappen aan."


def test_eyes_without_a_name_are_told_by_their_role():
    told = sentence(row("user.looked_as", is_self=True, subject="", role="bookkeeper"))
    assert told == "Je hebt het dashboard bekeken als boekhouder."


def test_an_act_that_nobody_knows_yet_breaks_nothing():
    assert "Hanna de Graan" in sentence(row("moon.landed"))


def test_a_page_says_what_comes_before_and_after():
    page = LogPage((row("member.removed"),), page=2, has_more=True)
    shown = log(page)
    assert (shown.newer, shown.older) == (True, True)
    [line] = shown.lines
    assert (line.at, line.icon) == ("23 november 2026, 11.20", "x")


def test_every_icon_is_in_the_sprite():
    sprite = (BILLING.parent / "assets" / "icons.svg").read_text()
    lines = log(LogPage(tuple(row(action) for action in TEXTS.acts), 1, False)).lines
    assert [line.icon for line in lines if f'id="{line.icon}"' not in sprite] == []
