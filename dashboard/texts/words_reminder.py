"""What a language has to say on the page of a reminder's link."""

from dataclasses import dataclass

from dashboard.texts.words_money import End


@dataclass(frozen=True)
class Reminder:
    """how: the ways to pay, by the names that billing has for them. `{…}` is filled in by the rows."""

    title: str
    lede: str
    invoice: str
    invoices: str
    both: str
    paid_title: str
    paid_text: str
    paid_on: str
    how_label: str
    how: dict[str, str]
    amount: str
    amount_hint: str
    paid_button: str
    later_title: str
    later_text: str
    pay_on: str
    later_button: str
    told_paid: str
    told_later: str
    settled: End
    missing: End
    too_often: End
    privacy: str
    log_in: str
