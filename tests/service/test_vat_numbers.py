"""Asking the tax authorities about VAT numbers: what is kept of it, and what an invoice may rest on."""

from dataclasses import replace
from datetime import date

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from billing.accounts.service import EditBillingDetails, OpenAccount
from billing.accounts.tables import Account
from billing.errors import CheckNeeded, ConsumerWithVatNumber, InvalidCountry, NotAllowed, Refused, VatNumberAbroad
from billing.invoices import service as invoices
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import Invoice
from billing.outbox import OutboxMessage
from billing.ports import AccountMailKind
from billing.runs.due import Skipped
from billing.taxes import flows, queries
from billing.taxes.tables import VatCheck
from tests.abroad import BELGIAN, GERMAN, OTHER_BELGIAN, number_becomes
from tests.factories import SELLER, Shop
from tests.lighting import Lit
from tests.renewals import run, service

TODAY = date(2026, 3, 6)


def answers(shop: Shop) -> list[tuple[str, str, str, str]]:
    return [(c.number, c.verdict, c.consultation or c.reason, c.asked_by) for c in shop.all(VatCheck)]


def known(shop: Shop) -> tuple[str, date | None, date | None]:
    account = shop.one(Account)
    return account.vat_answer, account.vat_answered_on, account.vat_tried_on


def issue(shop: Shop, account: int) -> Invoice:
    return shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(shop.draft(account), SELLER))


@pytest.fixture
def unasked(shop: Shop) -> int:
    """A business of whose number nothing is known yet."""
    return shop.do(accounts.open_account, SYSTEM, OpenAccount("Chocolaterie", country="BE", vat_number=BELGIAN))


# Asking


def test_a_new_number_is_asked_about_in_our_name_and_the_answer_is_kept(shop: Shop, unasked: int) -> None:
    shop.carry_out()
    assert shop.vat_register.asked == [(BELGIAN, SELLER.vat_number)]
    assert answers(shop) == [(BELGIAN, "valid", "WAPI1", SYSTEM.name)]
    assert known(shop) == ("valid", TODAY, None)
    assert shop.one(VatCheck).requester == SELLER.vat_number
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("country", "number"), [("NL", "NL004495445B01"), ("BE", ""), ("GB", "XI432525179"), ("US", "")]
)
def test_only_numbers_that_make_a_difference_are_asked_about(shop: Shop, country: str, number: str) -> None:
    shop.customer(country=country, vat_number=number)
    shop.carry_out()
    flows.keep_numbers_checked(shop.billing)
    shop.carry_out()
    assert shop.vat_register.asked == []


def test_who_changed_the_number_is_who_asked(shop: Shop, belgian: int, belgian_owner: Actor) -> None:
    details = EditBillingDetails("Chocolaterie Test", "A. Tester", "", "", "", OTHER_BELGIAN)
    shop.do(accounts.edit_billing_details, shop.proven(belgian_owner), belgian, details)
    assert known(shop) == ("", None, None)
    shop.carry_out()
    assert answers(shop)[-1] == (OTHER_BELGIAN, "valid", "WAPI2", belgian_owner.name)
    assert [check.number for check in shop.ask(queries.checks_of, belgian)] == [OTHER_BELGIAN, BELGIAN]


def test_an_answer_about_a_number_of_before_does_not_count(shop: Shop, belgian: int) -> None:
    stale = queries.Question(belgian, OTHER_BELGIAN)
    shop.vat_register.invalid = {OTHER_BELGIAN}
    flows._ask(shop.billing, stale, "iemand")
    assert known(shop) == ("valid", TODAY, None)
    assert answers(shop)[-1][:2] == (OTHER_BELGIAN, "invalid")
    assert shop.broken() == []


def test_while_nobody_answers_the_question_stays_and_every_try_is_kept(shop: Shop, unasked: int) -> None:
    shop.vat_register.down = "MS_UNAVAILABLE"
    shop.carry_out()
    shop.clock.advance(minutes=5)
    shop.carry_out()
    tried = (BELGIAN, "unavailable", "MS_UNAVAILABLE", SYSTEM.name)
    assert (answers(shop), known(shop)) == ([tried, tried], ("", None, TODAY))
    shop.vat_register.down = ""
    shop.clock.advance(minutes=5)
    shop.carry_out()
    assert known(shop) == ("valid", TODAY, None)
    assert shop.one(OutboxMessage, task="check_vat_number").state == "done"


def test_an_answer_is_renewed_before_it_is_too_old(shop: Shop, belgian: int) -> None:
    shop.carry_out()
    asked = len(shop.vat_register.asked)
    for _ in range(30):
        flows.keep_numbers_checked(shop.billing)
        flows.keep_numbers_checked(shop.billing)
        shop.carry_out()
        shop.clock.advance(days=1)
    assert len(shop.vat_register.asked) == asked + 1
    assert known(shop)[1] == date(2026, 4, 1)


def test_what_waits_to_be_asked_keeps_the_calendar_at_rest(shop: Shop, belgian: int) -> None:
    shop.carry_out()
    shop.clock.advance(days=30)
    assert [flows.keep_numbers_checked(shop.billing) for _ in range(3)] == [1, 0, 0]
    assert len(shop.all(OutboxMessage, task="check_vat_number")) == 2


def test_a_silent_state_is_left_alone_for_a_while_and_holds_up_no_other(shop: Shop) -> None:
    register = shop.vat_register
    register.down = "MS_UNAVAILABLE"
    for number in (BELGIAN, OTHER_BELGIAN):
        shop.do(accounts.open_account, SYSTEM, OpenAccount("Zaak", country="BE", vat_number=number))
    shop.carry_out()
    assert [number for number, _ in register.asked] == [BELGIAN]
    assert {account.vat_tried_on for account in shop.all(Account)} == {TODAY}
    register.down = ""
    shop.do(accounts.open_account, SYSTEM, OpenAccount("Laden", country="DE", vat_number=GERMAN))
    shop.carry_out()
    assert [number for number, _ in register.asked] == [BELGIAN, GERMAN]
    for _ in range(3):
        shop.clock.advance(minutes=4)
        shop.carry_out()
    assert {account.vat_answer for account in shop.all(Account)} == {"valid"}
    assert len(register.asked) == 4


def test_a_number_that_is_no_number_there_does_not_make_its_state_silent(shop: Shop, unasked: int) -> None:
    shop.vat_register.down = "INVALID_INPUT"
    shop.carry_out()
    shop.vat_register.down = ""
    shop.do(accounts.open_account, SYSTEM, OpenAccount("Zaak", country="BE", vat_number=OTHER_BELGIAN))
    shop.carry_out()
    assert [number for number, _ in shop.vat_register.asked] == [BELGIAN, OTHER_BELGIAN]


def test_a_number_that_is_not_known_any_more_is_told_once_to_the_customer_and_to_finance(
    shop: Shop, belgian: int, belgian_owner: Actor, first: Actor
) -> None:
    shop.carry_out()
    shop.vat_register.invalid = {BELGIAN}
    for _ in range(2):
        shop.clock.advance(days=31)
        flows.check_stale(shop.billing)
        shop.carry_out()
    mails = shop.writer.asked_accounts
    assert [(mail.kind, mail.facts["number"]) for mail in mails] == [(AccountMailKind.VAT_NUMBER_INVALID, BELGIAN)]
    assert [one.id for one in shop.ask(queries.invalid, first)] == [belgian]
    assert Lit(shop).overview(first).standing.brakes.vat_tasks == 1
    with pytest.raises(NotAllowed):
        shop.ask(queries.invalid, belgian_owner)


@pytest.mark.parametrize("table", ["vat_check"])
def test_what_was_answered_never_changes(shop: Shop, belgian: int, table: str) -> None:
    assert f"{table} is final" in shop.refusal(f"UPDATE {table} SET verdict = 'invalid'")
    assert f"{table} is final" in shop.refusal(f"DELETE FROM {table}")


def test_an_answer_that_was_never_given_is_found(shop: Shop, belgian: int) -> None:
    invariant = "what counts of a VAT number is the last that was answered about it"
    assert invariant in shop.broken_after("UPDATE account SET vat_answer = 'invalid'")


# Issuing


def test_nothing_is_issued_on_a_number_that_nobody_looked_at(shop: Shop, unasked: int) -> None:
    shop.vat_register.down = "ConnectError"
    service_id = service(shop, unasked, TODAY)
    assert run(shop).tally.skipped == [Skipped(service_id, "vat_number_unchecked")]
    with pytest.raises(Refused, match="vat_number_unchecked"):
        issue(shop, unasked)
    assert shop.all(Invoice, state="issued") == []
    shop.vat_register.down = ""
    run(shop)
    assert shop.one(Invoice, state="issued").vat_treatment == "reverse_charge"


def test_a_run_asks_again_when_the_answer_is_too_old(shop: Shop, belgian: int) -> None:
    service(shop, belgian, TODAY)
    shop.clock.advance(days=31)
    shop.vat_register.invalid = {BELGIAN}
    run(shop)
    assert {invoice.vat_treatment for invoice in shop.all(Invoice)} == {"union_consumer"}
    assert known(shop) == ("invalid", date(2026, 4, 6), None)
    assert shop.broken() == []


def test_while_nobody_answers_the_last_answer_counts_on_for_a_time(shop: Shop, belgian: int) -> None:
    shop.vat_register.down = "MS_UNAVAILABLE"
    shop.clock.advance(days=31)
    with pytest.raises(Refused, match="vat_number_unchecked"):
        issue(shop, belgian)
    flows.check_stale(shop.billing)
    assert issue(shop, belgian).vat_treatment == "reverse_charge"
    shop.clock.advance(days=60)
    flows.check_stale(shop.billing)
    with pytest.raises(Refused, match="vat_number_unchecked"):
        issue(shop, belgian)


def test_a_state_that_is_silent_is_asked_once_in_a_round(shop: Shop, belgian: int) -> None:
    others = [shop.customer(country=n[:2], vat_number=n) for n in (OTHER_BELGIAN, GERMAN)]
    shop.vat_register.asked.clear()
    shop.vat_register.down = "MS_UNAVAILABLE"
    shop.clock.advance(days=31)
    flows.check_stale(shop.billing)
    assert [number for number, _ in shop.vat_register.asked] == [BELGIAN, GERMAN]
    assert {account.vat_tried_on for account in shop.all(Account)} == {date(2026, 4, 6)}
    assert len(others) == 2


# What goes together


def edited(shop: Shop, belgian: int, **other: str) -> EditBillingDetails:
    return replace(EditBillingDetails("Chocolaterie Test", "A. Tester", "", "", "", BELGIAN), **other)


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"country": "DE"}, VatNumberAbroad), ({"country": "XX"}, InvalidCountry), ({"country": "be"}, InvalidCountry),
        ({"customer_kind": "consumer"}, ConsumerWithVatNumber), ({"customer_kind": "robot"}, Refused),
    ],
)  # fmt: skip
def test_details_that_do_not_go_together_change_nothing(
    shop: Shop, belgian: int, belgian_owner: Actor, other: dict[str, str], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        shop.do(accounts.edit_billing_details, shop.proven(belgian_owner), belgian, edited(shop, belgian, **other))
    account = shop.one(Account)
    assert (account.country, account.customer_kind, account.vat_number) == ("BE", "business", BELGIAN)


def test_another_country_needs_a_fresh_proof_and_leaves_what_was_issued(
    shop: Shop, belgian: int, belgian_owner: Actor
) -> None:
    before, draft_id = shop.invoice(belgian), shop.draft(belgian)
    moved = edited(shop, belgian, country="DE", vat_number="")
    with pytest.raises(CheckNeeded):
        shop.do(accounts.edit_billing_details, belgian_owner, belgian, moved)
    shop.do(accounts.edit_billing_details, shop.proven(belgian_owner), belgian, moved)
    with pytest.raises(Refused, match="vat_treatment_changed"):
        shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER))
    assert (shop.row(before).vat_treatment, shop.row(before).buyer["country"]) == ("reverse_charge", "BE")
    after = shop.row(shop.invoice(belgian))
    assert (after.vat_treatment, after.buyer["country"]) == ("union_consumer", "DE")
    assert shop.broken() == []


def test_the_database_knows_no_consumer_with_a_number(shop: Shop, belgian: int, belgian_owner: Actor) -> None:
    assert "ck_account_consumer" in shop.refusal("UPDATE account SET customer_kind = 'consumer'")
    number_becomes(shop, belgian_owner, belgian, "")
    assert "ck_account_vat_answer" in shop.refusal("UPDATE account SET vat_answer = 'valid'")
