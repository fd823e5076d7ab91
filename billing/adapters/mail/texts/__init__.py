"""The sentences of the mails, one module for each language and subject."""

from billing.adapters.mail.texts import account_en, account_nl, en, nl, reminders_en, reminders_nl
from billing.adapters.mail.texts.account_sentences import AccountSentences
from billing.adapters.mail.texts.reminder_sentences import ReminderSentences
from billing.adapters.mail.texts.sentences import Sentences

__all__ = [
    "AccountSentences", "ReminderSentences", "Sentences", "account_sentences", "reminder_sentences", "sentences",
]  # fmt: skip


def sentences(language: str) -> Sentences:
    """The sentences in a language; Dutch for one that has none here."""
    return en.SENTENCES if language == "en" else nl.SENTENCES


def account_sentences(language: str) -> AccountSentences:
    """The sentences about log-ins and users in a language; Dutch for one that has none here."""
    return account_en.SENTENCES if language == "en" else account_nl.SENTENCES


def reminder_sentences(language: str) -> ReminderSentences:
    """The sentences of reminders in a language; Dutch for one that has none here."""
    return reminders_en.SENTENCES if language == "en" else reminders_nl.SENTENCES
