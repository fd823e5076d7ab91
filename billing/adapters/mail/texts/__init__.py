"""The sentences of the mails, one module for each language and subject."""

from billing.adapters.mail.texts import account_en, account_nl, en, nl
from billing.adapters.mail.texts.account_sentences import AccountSentences
from billing.adapters.mail.texts.sentences import Sentences

__all__ = ["AccountSentences", "Sentences", "account_sentences", "sentences"]


def sentences(language: str) -> Sentences:
    """The sentences in a language; Dutch for one that has none here."""
    return en.SENTENCES if language == "en" else nl.SENTENCES


def account_sentences(language: str) -> AccountSentences:
    """The sentences about log-ins and users in a language; Dutch for one that has none here."""
    return account_en.SENTENCES if language == "en" else account_nl.SENTENCES
