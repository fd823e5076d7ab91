"""What a language has to say to write reminders."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ReminderText:
    """One kind of reminder. `{…}` is filled in by the writer: {number}, {count}, {amount}, {due}, {costs}.

    subject, intro: about one invoice; subject_more, intro_more: about several.
    """

    subject: str
    subject_more: str
    intro: tuple[str, ...]
    intro_more: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReminderSentences:
    """One language. of_kind: friendly, first, second. with_costs, without_costs: formal notices.

    A business gets the words that the law asks for consumers: more than is due to it, and never too little.
    """

    of_kind: Mapping[str, ReminderText]
    with_costs: ReminderText
    without_costs: ReminderText
    label_more: str
    row: str
    pay_all_button: str
    paid_link: str
    call: str
    reply: str
    attached: str
    attached_more: str
