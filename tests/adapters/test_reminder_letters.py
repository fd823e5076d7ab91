"""Reminders as people read them, in Dutch and English."""

import re
from dataclasses import replace
from datetime import date

import pytest
import sample_invoices as samples

from billing.adapters.mail.writer import LetterWriter
from billing.ports import ReminderMail, ReminderRow

OLD = ReminderRow("2026-0441", date(2026, 3, 1), 4_356, "https://billing.test/pay/old", "RF18539007547034")
NEW = ReminderRow("2026-0502", date(2026, 3, 4), 12_100, "https://billing.test/pay/new", "RF18539007547034")
PAID_URL = "https://billing.test/reminder/token"
DASHBOARD = "https://billing.test/invoices"
ONE = ReminderMail("first", "Hanna", "nl", (OLD,), PAID_URL, DASHBOARD, "020 123 45 67")
TWO = replace(ONE, rows=(OLD, NEW))
KINDS = ["friendly", "first", "second", "formal"]

writer = LetterWriter(samples.SELLER)


def written(mail: ReminderMail) -> tuple[str, str, str]:
    subject, text, html = (part.replace("\u00a0", " ") for part in writer.reminder(mail))
    return subject, text, html


@pytest.mark.parametrize("part", [1, 2], ids=["text", "html"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_reminder_has_number_amount_pay_link_and_phone(kind: str, language: str, part: int) -> None:
    shown = written(replace(ONE, kind=kind, language=language))[part]
    for words in ("2026-0441", "43", "56", OLD.pay_url, PAID_URL, DASHBOARD, "020 123 45 67", "RF18 5390 0754 7034"):
        assert words in shown
    assert not re.search(r"[{}]", re.sub(r"<style>.*?</style>", "", shown, flags=re.S))


@pytest.mark.parametrize("part", [1, 2], ids=["text", "html"])
@pytest.mark.parametrize("kind", KINDS)
def test_several_invoices_have_a_row_and_a_pay_link_each_and_one_sum(kind: str, part: int) -> None:
    subject, *parts = written(replace(TWO, kind=kind))
    shown = parts[part - 1]
    assert "2" in subject
    for words in ("2026-0441", "2026-0502", OLD.pay_url, NEW.pay_url, "164,56"):
        assert words in re.sub(r"<[^>]*>", "", shown) or words in shown


def test_a_formal_notice_has_the_words_of_the_law_and_no_costs_where_none_are_charged() -> None:
    _, text, _ = written(replace(ONE, kind="formal"))
    assert "€ 43,56 te betalen binnen vijftien dagen nadat deze brief bij u is bezorgd" in text
    assert "rekenen ook geen incassokosten" in text


def test_a_formal_notice_names_the_exact_costs_over_all_invoices_together() -> None:
    _, text, _ = written(replace(TWO, kind="formal", costs_cents=4_000))
    assert "€ 40,00 aan incassokosten" in text
    assert "over € 164,56" in text


def test_without_a_phone_the_mail_can_be_replied_to() -> None:
    _, text, _ = written(replace(ONE, phone=""))
    assert "Bel" not in text
    assert "Antwoord op deze mail" in text


def test_a_name_that_people_typed_stays_one_line() -> None:
    _, text, html = written(replace(ONE, recipient="Hanna\r\nBcc: x <b>"))
    assert "Dag Hanna Bcc: x <b>," in text
    assert "Bcc: x &lt;b&gt;" in html


def test_a_kind_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        writer.reminder(replace(ONE, kind="angry"))
