import re

import pytest

from billing.access import Permission
from billing.accounts.tables import Role
from billing.adapters.mail.texts import account_sentences
from billing.mandates.reasons import REASONS, UNHEARD_OF
from billing.ports import ACCOUNT_MAIL_FACTS, AccountMailKind

both_languages = pytest.mark.parametrize("language", ["nl", "en"])


@both_languages
def test_every_kind_of_mail_has_words(language: str) -> None:
    assert set(account_sentences(language).mails) == set(AccountMailKind)


@both_languages
def test_every_role_has_a_name_and_a_sentence(language: str) -> None:
    text = account_sentences(language)
    assert set(text.roles) == set(text.role_hints) == set(Role)


@both_languages
def test_every_reason_of_a_bank_has_a_sentence_that_blames_nobody(language: str) -> None:
    said = account_sentences(language).debits
    keys = {reason.key for reason in REASONS.values()} | {UNHEARD_OF.key}
    assert set(said["reason"]) == keys
    assert set(said["why"]) == {"mandate_revoked", "mandate_paused", "mandate_expired"}
    assert set(said["what_now"]) == {"retry", "active", "paused", "stopped"}
    everything = " ".join(sentence for facts in said.values() for sentence in facts.values())
    assert not re.search(r"blokke|kosten|boete|aanmaning|block|fee|fine|fault", everything)


@both_languages
def test_every_right_has_words(language: str) -> None:
    assert set(account_sentences(language).rights) == set(Permission)


@both_languages
def test_every_fact_that_is_no_part_of_a_sentence_has_a_place_in_the_table(language: str) -> None:
    facts: set[str] = set().union(*ACCOUNT_MAIL_FACTS.values()) - {"is_new", "what_now", "dashboard"}
    assert set(account_sentences(language).labels) == facts | {"account_name"}
