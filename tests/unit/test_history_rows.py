"""How the story of an invoice reads."""

from datetime import UTC, datetime

import pytest

from billing.correspondence.history import Event, EventKind
from billing.reminders.gates import Gate
from billing.reminders.rules import MAILED, StepKind
from dashboard.rows.history import told

AT = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "who", "sentence"),
    [
        (EventKind.CREDIT_APPLIED, "C2026-0007", "€\u00a014,90 is verrekend met je credits van C2026-0007."),
        (EventKind.CREDIT_APPLIED, "", "€\u00a014,90 is verrekend met je credits."),
        (EventKind.CARRIED_FORWARD, "", "Het restant van €\u00a014,90 is klein en gaat mee naar je volgende factuur."),
        (EventKind.CARRIED_FORWARD, "2026-2", "Het restant van €\u00a014,90 is klein en gaat mee naar factuur 2026-2."),
    ],
)
def test_a_sentence_names_the_other_document_when_there_is_one(kind: EventKind, who: str, sentence: str) -> None:
    [said] = told((Event(kind, AT, 1490, who),), "2026-0001")
    assert said.sentence == sentence


@pytest.mark.parametrize("kind", EventKind)
def test_every_event_has_a_sentence_and_a_look(kind: EventKind) -> None:
    [said] = told((Event(kind, AT, 100, "ideal"),), "2026-0001")
    assert said.sentence
    assert said.icon


@pytest.mark.parametrize("gate", Gate)
def test_each_gate_has_words_for_customers(gate: Gate) -> None:
    [said] = told((Event(EventKind.REMINDER_WAITED, AT, detail=gate.value),), "2026-0001")
    assert said.sentence.startswith("Een herinnering is uitgesteld, omdat ")
    assert gate.value not in said.sentence


@pytest.mark.parametrize("kind", sorted(MAILED))
def test_each_reminder_has_a_name(kind: StepKind) -> None:
    [said] = told((Event(EventKind.REMINDED, AT, who="Petra Penning", detail=kind.value),), "2026-0001")
    assert said.sentence.endswith("herinnering is gemaild naar Petra Penning.")
