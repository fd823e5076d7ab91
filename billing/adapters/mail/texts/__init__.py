"""The sentences of the mails, one module for each language."""

from billing.adapters.mail.texts import en, nl
from billing.adapters.mail.texts.sentences import Sentences


def sentences(language: str) -> Sentences:
    """The sentences in a language; Dutch for one that has none here."""
    return en.SENTENCES if language == "en" else nl.SENTENCES
