"""A mandate is given at the bank, or with a first payment; what was agreed to is kept as it was."""

from datetime import timedelta

import pytest

from billing import inbox
from billing.access import Actor
from billing.accounts.tables import Role
from billing.errors import (
    CheckNeeded,
    ForeignAccount,
    InvalidIban,
    MandateRefused,
    NotAllowed,
    NotFound,
    ProviderRefused,
    ProviderUnclear,
)
from billing.inbox import InboxMessage
from billing.mandates import answers, flows, queries
from billing.mandates.requests import Consent, RequestMandate, StartSeries
from billing.ports import MandateScheme, Outcome
from billing.states import MandateState
from tests.factories import Shop
from tests.fakes import collecting
from tests.fakes.collecting import CONSENT, OTHER_IBAN, ask, decide, mandates, sign, start_series, told
from tests.fakes.gateway import IBAN


def request(shop: Shop, actor: Actor, account: int, **other: object) -> str:
    command = RequestMandate(account, CONSENT, **other)  # type: ignore[arg-type]
    return flows.request_mandate(shop.billing, actor, command)


# At the bank


def test_a_customer_is_sent_to_the_bank_to_sign(shop: Shop, owner: Actor, account: int) -> None:
    url = request(shop, shop.proven(owner), account)
    [order], [mandate] = shop.gateway.offered, mandates(shop)
    assert url.startswith("https://gateway.test/mandate/")
    assert (order.token, order.scheme, order.maximum_cents) == (mandate.token, MandateScheme.CORE, None)
    assert (mandate.state, mandate.given_at, shop.broken()) == ("requested", None, [])


def test_a_signed_mandate_is_active_and_keeps_the_evidence(shop: Shop, owner: Actor, account: int) -> None:
    mandate = sign(shop, owner, account)
    vault = shop.billing.vault
    assert (mandate.state, mandate.reference[:3], mandate.iban_mask) == ("active", "X6A", "NL•• •••• 6789")
    assert (mandate.consent_text, mandate.consent_ip) == (CONSENT.text, "192.0.2.7")
    assert (mandate.consented_by, mandate.consented_by_name) == (owner.user_id, owner.name)
    assert vault.decrypt(mandate.iban_secret) == IBAN
    assert vault.decrypt(mandate.evidence_secret) == "signed-at-the-bank"
    shop.carry_out()
    assert told(shop) == ["mandate_given"]
    assert shop.broken() == []


def test_an_account_number_is_kept_nowhere_in_plain_sight(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    shop.carry_out()
    everything = [repr(mandates(shop)), repr([event.facts for event in shop.audit()]), repr(collecting.mails(shop))]
    assert not any(IBAN in text for text in everything)
    assert shop.refusal("UPDATE mandate SET consent_text = 'iets anders'") != ""
    assert shop.refusal("DELETE FROM mandate") != ""


def test_whoever_gets_the_invoices_is_told_as_well(shop: Shop, owner: Actor, account: int) -> None:
    shop.member(account, Role.BOOKKEEPER, mails=True)
    sign(shop, owner, account)
    shop.carry_out()
    assert [mail.recipient for mail in collecting.mails(shop)] == ["person-1", "person-2"]


def test_hearing_again_of_a_signature_changes_nothing(shop: Shop, owner: Actor, account: int) -> None:
    key = ask(shop, owner, account)
    decide(shop, key)
    first = mandates(shop)[0]
    shop.clock.advance(hours=1)
    decide(shop, key)
    shop.carry_out()
    assert (mandates(shop)[0].given_at, told(shop)) == (first.given_at, ["mandate_given"])


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.CANCELLED, "cancelled"), (Outcome.FAILED, "failed"), (Outcome.PENDING, "requested")]
)
def test_what_was_not_signed_collects_nothing(
    shop: Shop, owner: Actor, account: int, outcome: Outcome, state: str
) -> None:
    decide(shop, ask(shop, owner, account), outcome)
    shop.carry_out()
    assert (mandates(shop)[0].state, told(shop), shop.broken()) == (state, [], [])


def test_a_signature_that_is_heard_of_late_still_counts(shop: Shop, owner: Actor, account: int) -> None:
    key = ask(shop, owner, account)
    decide(shop, key, Outcome.CANCELLED)
    decide(shop, key)
    assert mandates(shop)[0].state == "active"


def test_of_two_requests_only_the_newest_counts(shop: Shop, owner: Actor, account: int) -> None:
    old, new = ask(shop, owner, account), ask(shop, owner, account)
    decide(shop, old)
    assert [mandate.state for mandate in mandates(shop)] == ["cancelled", "requested"]
    decide(shop, new)
    assert [mandate.state for mandate in mandates(shop)] == ["cancelled", "active"]


def test_a_foreign_account_signs_no_mandate_at_a_bank(shop: Shop, owner: Actor, account: int) -> None:
    with pytest.raises(ForeignAccount):
        request(shop, shop.proven(owner), account, iban="BE71 0961 2345 6769")
    with pytest.raises(InvalidIban):
        request(shop, shop.proven(owner), account, iban="NL00TEST0123456789")
    assert mandates(shop) == []

    decide(shop, ask(shop, owner, account), iban="BE71096123456769")
    assert (mandates(shop)[0].state, mandates(shop)[0].reason) == ("failed", "foreign_account")


def test_a_mandate_of_another_world_is_refused(shop: Shop, owner: Actor, account: int) -> None:
    decide(shop, ask(shop, owner, account), is_test=False)
    assert (mandates(shop)[0].state, mandates(shop)[0].reason) == ("failed", "test_flag")


def test_a_company_may_choose_the_business_scheme_with_a_maximum(shop: Shop, owner: Actor, account: int) -> None:
    with pytest.raises(MandateRefused):
        request(shop, shop.proven(owner), account, scheme=MandateScheme.BUSINESS)
    mandate = sign(shop, owner, account, scheme=MandateScheme.BUSINESS, maximum_cents=50_000)
    assert (mandate.scheme, mandate.maximum_cents) == ("b2b", 50_000)
    assert shop.gateway.offered[0].maximum_cents == 50_000


@pytest.mark.parametrize("consent", [Consent("", "Ja", "192.0.2.7"), Consent("2026-03", " ", "192.0.2.7")])
def test_there_is_no_mandate_without_a_text_that_was_agreed_to(
    shop: Shop, owner: Actor, account: int, consent: Consent
) -> None:
    with pytest.raises(MandateRefused):
        flows.request_mandate(shop.billing, shop.proven(owner), RequestMandate(account, consent))


def test_only_who_may_authorise_a_debit_gives_a_mandate(shop: Shop, owner: Actor, account: int) -> None:
    with pytest.raises(CheckNeeded):
        request(shop, owner, account)
    with pytest.raises(NotAllowed):
        request(shop, shop.proven(shop.member(account)), account)
    with pytest.raises(NotFound):
        request(shop, shop.proven(shop.member(shop.customer())), account)
    assert (mandates(shop), shop.gateway.offered) == ([], [])


def test_a_refused_request_has_failed(shop: Shop, owner: Actor, account: int) -> None:
    shop.gateway.refuse_next("not enabled")
    with pytest.raises(ProviderRefused):
        request(shop, shop.proven(owner), account)
    assert mandates(shop)[0].state == "failed"


def test_a_lost_answer_leaves_the_request_open_for_a_while(shop: Shop, owner: Actor, account: int) -> None:
    shop.gateway.lose_next_answer()
    with pytest.raises(ProviderUnclear):
        request(shop, shop.proven(owner), account)
    assert mandates(shop)[0].state == "requested"
    shop.clock.advance(hours=2)
    flows.check_mandates(shop.billing)
    assert (mandates(shop)[0].state, mandates(shop)[0].reason) == ("failed", "expired")


def test_a_request_that_nobody_signs_ends_after_a_week(shop: Shop, owner: Actor, account: int) -> None:
    ask(shop, owner, account)
    for _ in range(20):
        shop.clock.advance(hours=9)
        flows.check_mandates(shop.billing)
    assert mandates(shop)[0].state == "failed"
    assert shop.ask(queries.mandate_standing, owner, account).requested is MandateState.FAILED


def test_a_push_about_a_mandate_has_it_asked_about_at_once(shop: Shop, owner: Actor, account: int) -> None:
    key = ask(shop, owner, account)
    shop.gateway.decide(key, Outcome.SUCCEEDED)
    flows.check_mandates(shop.billing)
    assert mandates(shop)[0].state == "requested"
    for name in (key, "0" * 32):
        shop.do(inbox.receive, [inbox.Arrival("buckaroo", name, "data_request", name, content_type="", body=b"")])
    assert flows.process_pushes(shop.billing) == 2
    flows.check_mandates(shop.billing)
    assert mandates(shop)[0].state == "active"
    assert {message.verdict for message in shop.all(InboxMessage)} == {"asked", "unknown_mandate"}


def test_coming_back_from_the_bank_has_it_asked_about_at_once(shop: Shop, owner: Actor, account: int) -> None:
    shop.gateway.decide(ask(shop, owner, account), Outcome.SUCCEEDED)
    shop.do(answers.look_again, account)
    flows.check_mandates(shop.billing)
    assert mandates(shop)[0].state == "active"


def test_a_gateway_that_is_away_is_asked_again(shop: Shop, owner: Actor, account: int) -> None:
    shop.gateway.decide(ask(shop, owner, account), Outcome.SUCCEEDED)
    shop.gateway.down = True
    shop.clock.advance(minutes=2)
    flows.check_mandates(shop.billing)
    shop.gateway.down = False
    shop.clock.advance(hours=2)
    flows.check_mandates(shop.billing)
    assert mandates(shop)[0].state == "active"


# With a first payment


def test_a_first_payment_begins_a_mandate_when_it_is_paid(shop: Shop, owner: Actor, account: int) -> None:
    key = start_series(shop, owner, shop.invoice(account))
    assert (shop.gateway.started[0].starts_series, mandates(shop)[0].state) == (True, "requested")
    shop.succeed(key)
    shop.carry_out()
    [mandate] = mandates(shop)
    assert (mandate.state, mandate.way, mandate.reference) == ("active", "first_payment", key)
    assert (mandate.iban_mask, mandate.consent_text) == ("NL•• •••• 6789", CONSENT.text)
    assert (told(shop), shop.broken()) == (["mandate_given"], [])


def test_a_first_payment_that_fails_begins_nothing(shop: Shop, owner: Actor, account: int) -> None:
    key = start_series(shop, owner, shop.invoice(account))
    shop.gateway.change(key, Outcome.CANCELLED)
    shop.hear(key)
    shop.carry_out()
    assert (mandates(shop)[0].state, shop.broken()) == ("failed", [])


def test_a_first_payment_from_an_account_that_is_not_told_begins_nothing(
    shop: Shop, owner: Actor, account: int
) -> None:
    number = shop.invoice(account)
    shop.succeed(start_series(shop, owner, number), payer_iban="")
    shop.carry_out()
    assert (mandates(shop)[0].state, mandates(shop)[0].reason, shop.open_cents(number)) == (
        "failed",
        "invalid_iban",
        [0],
    )


def test_a_first_payment_from_abroad_begins_a_mandate(shop: Shop, owner: Actor, account: int) -> None:
    shop.succeed(start_series(shop, owner, shop.invoice(account)), payer_iban="BE71096123456769")
    shop.carry_out()
    assert (mandates(shop)[0].state, mandates(shop)[0].iban_mask) == ("active", "BE•• •••• 6769")


def test_paying_is_not_authorising(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    with pytest.raises(NotAllowed):
        start_series(shop, shop.member(account), number)
    with pytest.raises(CheckNeeded):
        flows.start_series(shop.billing, owner, StartSeries((number,), CONSENT))
    assert (mandates(shop), shop.gateway.started) == ([], [])


def test_a_lost_follow_up_is_made_up_for_by_asking(shop: Shop, owner: Actor, account: int) -> None:
    shop.succeed(start_series(shop, owner, shop.invoice(account)))
    shop.sql("DELETE FROM outbox_message")
    shop.clock.advance(minutes=2)
    flows.check_mandates(shop.billing)
    assert mandates(shop)[0].state == "active"


# One in the place of another


def test_a_new_mandate_takes_the_place_of_the_old_one(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    sign(shop, owner, account)
    shop.carry_out()
    old, new = mandates(shop)
    assert (old.state, new.state, new.debits_from) == ("replaced", "active", shop.clock.now())
    assert (told(shop), shop.broken()) == (["mandate_given", "mandate_replaced"], [])


def test_another_account_is_not_debited_in_the_first_day(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    new = sign(shop, owner, account, iban=OTHER_IBAN)
    assert new.debits_from == shop.clock.now() + timedelta(hours=24)


def test_the_database_keeps_two_mandates_from_living_at_once(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    decide(shop, ask(shop, owner, account))
    assert shop.refusal("UPDATE mandate SET state = 'paused', ended_at = NULL WHERE state = 'replaced'") != ""
