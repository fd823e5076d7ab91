"""The pages with a person's own profile and with the billing details."""

import pytest

from billing.accounts.queries import billing_details, own_topics
from billing.accounts.tables import MailTopic, Role
from billing.logins import sessions
from dashboard.pages.account_billing import DetailsState
from dashboard.pages.account_state import ProfileState
from dashboard.rows.account import TEXTS
from dashboard.session import DENIED, OPEN, SessionState
from tests.states.conftest import STRANGE, Tab, proof_gets_old, proves, signed_in

UNREADABLE = TEXTS.problems["unreadable"]
NEW_DETAILS = {"name": "Bakkerij Nieuw", "attention": "", "street": "Kade 1", "postal_code": "1234 AB", "city": "Stad",
               "country": "NL", "customer_kind": "business", "vat_number": "NL004495445B01",
               "chamber_number": "12345678", "language": "nl"}  # fmt: skip
SHOWN = NEW_DETAILS | {
    "country_name": "Nederland", "kind_name": "Bedrijf of organisatie", "language_name": "Nederlands",
}  # fmt: skip


# Profile


def test_the_profile_shows_who_one_is_and_where_one_belongs(shop, account, owner, owners_tab):
    shop.also_member(owner, shop.customer("Fietsclub"), Role.READ_ONLY)
    profile = owners_tab.open(ProfileState, "/account").profile
    assert (profile.name, profile.email) == (owner.name, f"{owner.name}@test.example")
    assert [(place.account, place.role, place.on_screen) for place in profile.places] == [
        ("Bakkerij Test", "Eigenaar", True), ("Fietsclub", "Alleen lezen", False),
    ]  # fmt: skip
    assert [topic.chosen for topic in profile.topics] == [True, True]


def test_another_name_is_on_the_page_and_in_the_top_bar(owners_tab):
    owners_tab.open(ProfileState, "/account")
    page = owners_tab.do(ProfileState, "rename", {"name": "  Hanna   de Graan "})
    assert (page.profile.name, owners_tab.page(SessionState).shell.name) == ("Hanna de Graan", "Hanna de Graan")
    assert page.news.sentence == "Je naam is bewaard."
    assert page.log.lines[0].sentence == "Je hebt je naam gewijzigd in Hanna de Graan."


def test_a_name_that_is_none_is_told_beside_the_field(owner, owners_tab):
    owners_tab.open(ProfileState, "/account")
    page = owners_tab.do(ProfileState, "rename", {"name": " "})
    assert (page.trouble.place, page.profile.name) == ("name", owner.name)


def test_mails_are_chosen_one_by_one(shop, account, owner, owners_tab):
    owners_tab.open(ProfileState, "/account")
    page = owners_tab.do(ProfileState, "choose", "invoices")
    assert shop.ask(own_topics, owner, account) == {MailTopic.RECEIPTS}
    assert [topic.chosen for topic in page.profile.topics] == [False, True]
    owners_tab.do(ProfileState, "choose", "invoices")
    assert shop.ask(own_topics, owner, account) == set(MailTopic)


def test_a_technician_has_no_mails_to_choose(shop, account):
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    assert tab.open(ProfileState, "/account").profile.topics == ()
    assert tab.do(ProfileState, "choose", "invoices").trouble.sentence == UNREADABLE


def test_somebody_without_an_account_has_a_profile_too(shop, owner, owners_tab):
    shop.sql("DELETE FROM membership")
    profile = owners_tab.open(ProfileState, "/account").profile
    assert owners_tab.page(SessionState).verdict == OPEN
    assert (profile.places, profile.topics) == ((), ())


def test_a_new_address_waits_for_its_mail(owner, owners_tab):
    owners_tab.open(ProfileState, "/account")
    owners_tab.do(ProfileState, "change_email")
    page = owners_tab.do(ProfileState, "ask_email", {"email": "Hanna@Test.example"})
    assert page.profile.asked == (
        f"We hebben een mail gestuurd naar hanna@test.example; tot je die bevestigt, log je in met {owner.name}"
        "@test.example."
    )
    assert not page.changes_email


def test_a_new_address_needs_a_fresh_proof_and_goes_on_after_it(shop, token, owners_tab):
    owners_tab.open(ProfileState, "/account")
    proof_gets_old(shop)
    page = owners_tab.do(ProfileState, "ask_email", {"email": "hanna@test.example"})
    assert (page.proof.is_open, page.profile.asked) == (True, "")
    proves(shop, token)
    page = owners_tab.do(ProfileState, "proven")
    assert (page.proof.is_open, "hanna@test.example" in page.profile.asked) == (False, True)


def test_who_only_says_that_a_proof_was_given_is_asked_again(shop, owners_tab):
    owners_tab.open(ProfileState, "/account")
    proof_gets_old(shop)
    owners_tab.do(ProfileState, "ask_email", {"email": "hanna@test.example"})
    page = owners_tab.do(ProfileState, "proven")
    assert (page.proof.is_open, page.profile.asked) == (True, "")


def test_without_a_proof_nothing_happens_any_more(shop, token, owners_tab):
    owners_tab.open(ProfileState, "/account")
    proof_gets_old(shop)
    owners_tab.do(ProfileState, "ask_email", {"email": "hanna@test.example"})
    owners_tab.do(ProfileState, "unproven")
    proves(shop, token)
    page = owners_tab.do(ProfileState, "proven")
    assert (page.proof.is_open, page.profile.asked) == (False, "")


@pytest.mark.parametrize("payload", STRANGE)
@pytest.mark.parametrize("event", ["rename", "ask_email", "choose"])
def test_what_no_form_of_ours_sends_changes_nothing(owner, owners_tab, event, payload):
    owners_tab.open(ProfileState, "/account")
    page = owners_tab.do(ProfileState, event, payload)
    assert page.trouble.sentence == UNREADABLE
    assert (page.profile.name, page.profile.asked) == (owner.name, "")
    assert all(topic.chosen for topic in page.profile.topics)


# Billing details


def test_the_details_are_saved_as_typed(shop, account, owner, owners_tab):
    owners_tab.open(DetailsState, "/account/billing")
    page = owners_tab.do(DetailsState, "save", NEW_DETAILS)
    assert vars(page.details) == SHOWN
    assert shop.ask(billing_details, owner, account).name == "Bakkerij Nieuw"
    assert (page.news.sentence, page.saved) == ("De factuurgegevens zijn bewaard.", 1)


@pytest.mark.parametrize(("field", "typed"), [("vat_number", "NL1"), ("chamber_number", "1234"), ("name", " ")])
def test_what_is_wrong_is_told_beside_its_field(owners_tab, field, typed):
    before = owners_tab.open(DetailsState, "/account/billing").details
    page = owners_tab.do(DetailsState, "save", NEW_DETAILS | {field: typed})
    assert (page.trouble.place, page.details, page.saved) == (field, before, 0)


def test_a_street_needs_no_fresh_proof_and_a_name_does(shop, token, owners_tab):
    before = owners_tab.open(DetailsState, "/account/billing").details
    proof_gets_old(shop)
    page = owners_tab.do(DetailsState, "save", NEW_DETAILS | {"name": before.name, "vat_number": "", "postal_code": ""})
    assert (page.proof.is_open, page.details.street) == (False, "Kade 1")
    page = owners_tab.do(DetailsState, "save", NEW_DETAILS)
    assert (page.proof.is_open, page.details.name) == (True, before.name)
    proves(shop, token)
    assert vars(owners_tab.do(DetailsState, "proven").details) == SHOWN


def test_a_bookkeeper_reads_the_details_and_can_not_change_them(shop, account):
    tab = signed_in(shop, shop.member(account))
    page = tab.open(DetailsState, "/account/billing")
    assert (page.may_edit, page.details.name) == (False, "Bakkerij Test")
    page = tab.do(DetailsState, "save", NEW_DETAILS)
    assert (page.trouble.sentence, page.details.name) == (TEXTS.problems["not_allowed"], "Bakkerij Test")


def test_a_technician_has_no_business_with_the_details(shop, account):
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    tab.open(DetailsState, "/account/billing")
    assert tab.page(SessionState).verdict == DENIED


def test_the_details_of_the_account_on_screen_are_saved_also_after_going_on_in_another_tab(shop, account, owner, token):
    club = shop.customer("Fietsclub")
    shop.also_member(owner, club, Role.ADMINISTRATOR)
    tab = Tab(token)
    tab.open(DetailsState, "/account/billing")
    shop.do(sessions.choose_account, owner, token, club)
    tab.do(DetailsState, "save", NEW_DETAILS)
    names = [shop.ask(billing_details, owner, known).name for known in (account, club)]
    assert names == ["Bakkerij Nieuw", "Fietsclub"]


# How e-invoices come


def chosen(page):
    return [option.form for option in page.forms if option.chosen]


def test_another_form_of_e_invoices_is_kept(shop, account, owner, owners_tab):
    assert chosen(owners_tab.open(DetailsState, "/account/billing")) == ["hybrid"]
    page = owners_tab.do(DetailsState, "choose_einvoice", {"einvoice": "mail"})
    assert (chosen(page), page.news.sentence) == (["mail"], TEXTS.billing.einvoice.saved)
    assert shop.ask(billing_details, owner, account).einvoice == "mail"


def test_the_network_asks_for_more_than_is_known_and_says_what(owners_tab):
    owners_tab.open(DetailsState, "/account/billing")
    page = owners_tab.do(DetailsState, "choose_einvoice", {"einvoice": "peppol"})
    assert (chosen(page), page.trouble.place) == (["hybrid"], "einvoice")
    assert "KvK-nummer" in page.trouble.sentence


def test_where_there_is_no_network_it_can_not_be_chosen(shop, owners_tab):
    assert "peppol" in [option.form for option in owners_tab.open(DetailsState, "/account/billing").forms]
    shop.network.is_connected = False
    assert "peppol" not in [option.form for option in owners_tab.open(DetailsState, "/account/billing").forms]


@pytest.mark.parametrize("payload", [*STRANGE, {"einvoice": 5}, {"form": "mail"}])
def test_half_a_choice_changes_nothing(owners_tab, payload):
    owners_tab.open(DetailsState, "/account/billing")
    page = owners_tab.do(DetailsState, "choose_einvoice", payload)
    assert (page.trouble.sentence, chosen(page)) == (UNREADABLE, ["hybrid"])


@pytest.mark.parametrize("payload", [*STRANGE, {"name": "x"}, NEW_DETAILS | {"city": 5}])
def test_half_a_form_saves_nothing(owners_tab, payload):
    before = owners_tab.open(DetailsState, "/account/billing").details
    page = owners_tab.do(DetailsState, "save", payload)
    assert (page.trouble.sentence, page.details) == (UNREADABLE, before)
