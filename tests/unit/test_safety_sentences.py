"""The sentence that says why a service is safe: one for each stage, with the next step and when, and never a threat."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.mail.texts.service_mails_en import SERVICE_MAILS as ENGLISH
from billing.adapters.mail.texts.service_mails_nl import SERVICE_MAILS as DUTCH
from billing.ports import AccountMailKind
from billing.safety.rules import OpenInvoice, Safety, ServiceFacts, Stage, Standing, Step, safety
from dashboard.rows.services import safe
from dashboard.texts.nl_safety import SAFETY

TODAY = date(2026, 11, 23)
THROUGH, INVOICE_ON, DUE = date(2027, 3, 3), date(2027, 2, 18), date(2026, 11, 10)
NUMBER = "2026-0412"
LATE = OpenInvoice(NUMBER, DUE)
OPEN = OpenInvoice(NUMBER, date(2026, 11, 30))
NOBODY_ASKS = Standing()
THREATS = re.compile(
    r"wordt (opgezegd|be[eë]indigd|verwijderd|geblokkeerd|afgesloten|stopgezet)|deurwaarder|incasso|boete|"
    r"laatste waarschuwing|sommatie|anders|will be cancelled|terminated|blocked|deleted",
    re.IGNORECASE,
)


def told(open_: OpenInvoice | None = None, known: Standing = NOBODY_ASKS, **facts: date) -> str:
    return safe(safety(ServiceFacts(THROUGH, INVOICE_ON, open=open_, **facts), known, TODAY)).sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (told(), "Betaald tot en met 3 maart 2027. Je hoeft niets te doen. 18 februari 2027: de volgende factuur."),
        (
            told(known=Standing(by_mandate=True)),
            "Betaald tot en met 3 maart 2027. Je hoeft niets te doen. "
            "18 februari 2027: de volgende factuur, die we automatisch afschrijven.",
        ),
        (
            told(OPEN),
            "Factuur 2026-0412 staat open tot en met 30 november 2026. Er wordt niets uitgezet. "
            "30 november 2026: uiterlijk dan zien we graag je betaling.",
        ),
        (
            told(OPEN, Standing(by_mandate=True, debit_on=date(2026, 11, 27))),
            "Factuur 2026-0412 wordt automatisch afgeschreven. Je hoeft niets te doen. "
            "27 november 2026: de afschrijving.",
        ),
        (
            told(OpenInvoice(NUMBER, DUE, expected_on=date(2026, 11, 26))),
            "De betaling van factuur 2026-0412 is onderweg. Je hoeft niets te doen. "
            "26 november 2026: dan verwachten we de betaling.",
        ),
        (
            told(LATE, Standing(reminder_on=date(2026, 11, 24), call_on=date(2026, 12, 22))),
            "Factuur 2026-0412 is 13 dagen te laat; dat lossen we samen op. Alles blijft gewoon werken. "
            "24 november 2026: een herinnering.",
        ),
        (
            told(OpenInvoice(NUMBER, date(2026, 11, 22)), Standing(call_on=date(2026, 11, 24))),
            "Factuur 2026-0412 is één dag te laat; dat lossen we samen op. Alles blijft gewoon werken. "
            "24 november 2026: dan bellen we je even.",
        ),
        (
            told(OpenInvoice("", DUE)),
            "Een factuur is 13 dagen te laat; dat lossen we samen op. Alles blijft gewoon werken. "
            "Nu: betaal de factuur, of bel ons om iets af te spreken.",
        ),
        (
            told(OpenInvoice(NUMBER, DUE, returned_on=date(2026, 11, 20)), Standing(reminder_on=date(2026, 11, 25))),
            "De betaling van factuur 2026-0412 kwam terug. Alles blijft gewoon werken. Dat lossen we samen op. "
            "25 november 2026: een herinnering.",
        ),
        (
            told(LATE, Standing(is_held=True)),
            "Alles blijft gewoon werken. We laten factuur 2026-0412 rusten tot samen is uitgezocht hoe het zit. "
            "Zodra we meer weten: je hoort van ons en hoeft nu niets te doen.",
        ),
        (
            told(LATE, earliest_stop=date(2026, 11, 28)),
            "Alles werkt nu gewoon. Over factuur 2026-0412 willen we graag samen iets afspreken. "
            "28 november 2026: betaal of bel ons vóór deze dag, dan blijft alles aan.",
        ),
        (
            told(LATE, earliest_stop=date(2026, 11, 20), kept_until=date(2026, 12, 23)),
            "Dit staat tijdelijk stil. Je gegevens blijven zeker tot en met 23 december 2026 bewaard, en je e-mail "
            "blijft zo lang werken. Na je betaling: alles staat binnen enkele minuten weer aan.",
        ),
        (
            told(ends_on=date(2027, 1, 31)),
            "Je hebt dit zelf opgezegd. Tot en met 31 januari 2027 blijft alles werken. "
            "31 januari 2027: de laatste dag; tot dan kun je de opzegging intrekken.",
        ),
    ],
)
def test_each_stage_has_its_sentence(sentence: str, expected: str) -> None:
    assert sentence == expected


def test_a_period_that_is_over_and_not_invoiced_frightens_nobody() -> None:
    known = safety(ServiceFacts(date(2026, 11, 20), TODAY), NOBODY_ASKS, TODAY)
    assert safe(known).lead == "De periode liep tot en met 20 november 2026."


def test_there_is_a_sentence_for_every_stage_and_step() -> None:
    assert set(SAFETY.stages) == {stage.value for stage in Stage}
    assert set(SAFETY.steps) == {step.value for step in Step}


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1))
INVOICES = st.none() | st.builds(
    OpenInvoice, st.sampled_from(["", NUMBER]), st.dates(date(2026, 1, 1), date(2028, 1, 1)), DAYS, DAYS
)
FACTS = st.builds(
    ServiceFacts, st.just(THROUGH), st.just(INVOICE_ON), ends_on=DAYS, open=INVOICES, earliest_stop=DAYS,
    kept_until=DAYS,
)  # fmt: skip
STANDINGS = st.builds(
    Standing, is_held=st.booleans(), is_frozen=st.booleans(), reminder_on=DAYS, call_on=DAYS, by_mandate=st.booleans(),
    debit_on=DAYS,
)  # fmt: skip


@given(FACTS, STANDINGS)
def test_whatever_the_facts_the_next_step_has_a_moment_and_nothing_threatens(
    facts: ServiceFacts, known: Standing
) -> None:
    found: Safety = safety(facts, known, TODAY)
    shown = safe(found)
    assert (bool(shown.moment), bool(shown.step)) == (True, True)
    assert not THREATS.search(shown.sentence)
    assert "{" not in shown.sentence


def about_stopping() -> Iterator[str]:
    kinds = (AccountMailKind.STOP_ANNOUNCED, AccountMailKind.SERVICE_STOPPED, AccountMailKind.SERVICE_RESTORED)
    for mails in (DUTCH, ENGLISH):
        for kind in kinds:
            yield " ".join((mails[kind].subject, *mails[kind].intro, *mails[kind].notes))


@pytest.mark.parametrize("words", list(about_stopping()))
def test_no_mail_about_stopping_threatens_either(words: str) -> None:
    assert not THREATS.search(words)
