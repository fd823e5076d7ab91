"""The page of products: what it shows, and cancelling and changing on it, by whom."""

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.changes.tables import ChangePreview
from billing.credits.tables import CreditNote
from billing.invoices.tables import Invoice
from billing.products.tables import ProductKind, Service
from dashboard.pages.products_state import CHANGE, STALE, ProductsState
from dashboard.session import OPEN, SessionState
from tests.changing import half_used
from tests.factories import Shop
from tests.renewals import price, product, run, service
from tests.states.conftest import STRANGE, proof_gets_old, proves, signed_in
from tests.stopping import approve, colleague, late_service, propose, stopped

ADDRESS = "/products"


@pytest.fixture
def yearly(shop: Shop, account: int, owner: Actor) -> str:
    """A service, as the page calls it, of € 73 a year of which 100 of 365 days are left, and which is paid."""
    return str(half_used(shop, owner, account))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def sums(window):
    return [(plain(row.label), plain(row.amount)) for row in window.sums]


def test_a_card_says_what_it_costs_and_what_comes_next(yearly, owners_tab):
    [card] = owners_tab.open(ProductsState, ADDRESS).cards
    assert (card.price.figures, card.period, plain(card.net)) == ("88,33", "per jaar", "€ 73,00 excl. btw")
    assert (card.paid_through, plain(card.next)) == (
        "Betaald t/m 13 juni 2026", "Volgende factuur: 31 mei 2026, € 88,33",
    )  # fmt: skip
    assert (card.cancel, card.downgrade, card.keep) == ("Opzeggen: Webhosting, voorbeeld.test", "", "")


def test_an_invoice_that_is_open_is_named(shop, account, owners_tab):
    service(shop, account, shop.clock.now().date())
    run(shop)
    [card] = owners_tab.open(ProductsState, ADDRESS).cards
    assert card.next == "Factuur 2026-0001 staat open tot en met 20 maart 2026"


def test_a_card_says_why_it_is_safe(yearly, owners_tab):
    [card] = owners_tab.open(ProductsState, ADDRESS).cards
    assert card.safe == (
        "Betaald tot en met 13 juni 2026. Je hoeft niets te doen. 31 mei 2026: de volgende factuur."
    )  # fmt: skip


def test_what_may_soon_stand_still_looks_like_a_warning_and_leads_to_the_invoice(shop, account, owner):
    order_id = propose(shop, colleague(shop, "fien"), late_service(shop, account))
    approve(shop, colleague(shop, "fred"), order_id)
    [card] = signed_in(shop, owner).open(ProductsState, ADDRESS).cards
    assert (card.state.label, card.safe_icon) == ("Betaal of bel vóór 26 april 2026", "alert")
    assert (card.invoice, card.invoice_url) == ("Naar factuur 2026-0001", "/invoices/2026-0001")


def test_what_stands_still_says_how_it_goes_on_and_can_still_be_cancelled(shop, account, owner):
    stopped(shop, late_service(shop, account), colleague(shop, "fien"), colleague(shop, "fred"))
    [card] = signed_in(shop, owner).open(ProductsState, ADDRESS).cards
    assert (card.state.label, card.next, card.safe_icon) == ("Staat tijdelijk stil", "", "clock")
    assert card.safe.endswith("Na je betaling: alles staat binnen enkele minuten weer aan.")
    assert (card.cancel != "", card.downgrade, card.upgrade, card.keep) == (True, "", "", "")


def test_cancelling_shows_line_by_line_what_comes_back(shop, yearly, owners_tab):
    owners_tab.open(ProductsState, ADDRESS)
    window = owners_tab.do(ProductsState, "cancel", yearly).window
    assert (window.title, window.headline, window.amount.figures) == (
        "Webhosting opzeggen", "Je krijgt terug als credits", "24,20",
    )  # fmt: skip
    assert [(one.id, one.label, plain(one.hint), one.chosen) for one in window.options] == [
        ("now", "Vandaag", "Je krijgt € 24,20 terug", True),
        ("end", "Aan het eind, op 13 juni 2026", "Geen credits, alles blijft zo lang", False),
    ]
    [line] = window.lines
    assert [(plain(fact.label), plain(fact.amount)) for fact in line.facts] == [
        ("Periode", "14 juni 2025 t/m 13 juni 2026"), ("Vooruitbetaald, excl. btw", "€ 73,00"),
        ("Gebruikt, 265 van 365 dagen", "\N{MINUS SIGN}€ 53,00"), ("Terug, excl. btw", "€ 20,00"),
        ("Btw 21 %", "€ 4,20"),
    ]  # fmt: skip
    assert line.policy == "Naar het aantal dagen dat over is."
    assert sums(window) == [
        ("Totaal, excl. btw", "€ 20,00"), ("Btw 21 %", "€ 4,20"), ("Totaal, incl. btw", "€ 24,20"),
        ("Als credits", "€ 24,20"),
    ]  # fmt: skip
    assert "vóór 10.15 bevestigt. Je krijgt een creditnota op factuur 2025-0001." in window.fixed
    assert (plain(window.submit), shop.all(CreditNote)) == ("Opzeggen, € 24,20 terug", [])


def test_a_yes_cancels_and_leads_to_the_credit_note(shop, yearly, owners_tab):
    owners_tab.open(ProductsState, ADDRESS)
    owners_tab.do(ProductsState, "cancel", yearly)
    page = owners_tab.do(ProductsState, "confirm")
    assert (page.window.kind, page.cards) == ("", ())
    assert page.result.sentence == "Webhosting is opgezegd. Het stopt vandaag, meteen."
    assert [(link.label, link.url) for link in page.result.links] == [
        ("Creditnota C2026-0001 (pdf)", "/files/credit-notes/C2026-0001.pdf"), ("Naar je credits", "/credits"),
    ]  # fmt: skip
    assert shop.one(CreditNote).total_cents == 2_420


def test_at_the_end_it_runs_out_and_can_be_kept(shop, yearly, owners_tab):
    owners_tab.open(ProductsState, ADDRESS)
    owners_tab.do(ProductsState, "cancel", yearly)
    window = owners_tab.do(ProductsState, "choose", "end").window
    assert (window.has_money, window.submit) == (False, "Opzeggen")
    page = owners_tab.do(ProductsState, "confirm")
    [card] = page.cards
    assert (card.state.label, card.next, card.cancel) == (
        "Loopt af op 13 juni 2026",
        "Er komt geen volgende factuur",
        "",
    )
    page = owners_tab.do(ProductsState, "keep", yearly)
    assert (page.cards[0].state.label, shop.one(Service).state) == ("", "active")
    assert "gaat gewoon door" in page.news.sentence


def test_what_was_not_paid_yet_is_taken_off_the_invoice(shop, account, owner, owners_tab):
    today = shop.clock.now().date()
    started = service(shop, account, today, product(shop, "31.00"))
    run(shop)
    owners_tab.open(ProductsState, ADDRESS)
    window = owners_tab.do(ProductsState, "cancel", str(started)).window
    assert (window.headline, window.amount.figures) == ("Gaat van je openstaande factuur af", "37,51")
    assert (plain(window.submit), plain(window.options[0].hint)) == (
        "Opzeggen, € 37,51 van je factuur af", "Je betaalt € 37,51 minder",
    )  # fmt: skip
    shop.pay(owner, "2026-0001")
    shop.clock.advance(days=20)
    run(shop)
    tab = signed_in(shop, owner)
    tab.open(ProductsState, ADDRESS)
    window = tab.do(ProductsState, "cancel", str(started)).window
    assert [plain(one.hint) for one in window.options] == [
        "Je krijgt € 13,31 terug en betaalt € 37,51 minder",
        "Alles blijft zo lang. Je betaalt € 37,51 minder",
    ]
    assert (window.headline, window.amount.figures) == ("Je krijgt terug als credits", "13,31")


def test_downgrading_shows_the_difference_and_the_choice(shop, account, yearly, owners_tab):
    cheaper, _ = product(shop, "36.50", months=12), product(shop, "12.00", months=12)
    owners_tab.open(ProductsState, ADDRESS)
    window = owners_tab.do(ProductsState, "downgrade", yearly).window
    assert next((one.id, plain(one.hint), one.chosen) for one in window.options) == (
        str(cheaper), "€ 44,17 per jaar, incl. btw", True,
    )  # fmt: skip
    assert (window.amount.figures, plain(window.lines[0].facts[3].amount)) == ("12,10", "\N{MINUS SIGN}€ 10,00")
    page = owners_tab.do(ProductsState, "confirm")
    assert (page.cards[0].price.figures, shop.one(CreditNote).total_cents) == ("44,17", 1_210)


def test_upgrading_shows_what_is_to_pay_and_leads_to_the_invoice(shop, account, yearly, owners_tab):
    product(shop, "146.00", months=12)
    owners_tab.open(ProductsState, ADDRESS)
    window = owners_tab.do(ProductsState, "upgrade", yearly).window
    assert (window.headline, window.amount.figures, plain(window.submit)) == (
        "Je betaalt bij", "24,20", "Upgraden voor € 24,20",
    )  # fmt: skip
    assert sums(window)[-1] == ("Nog te betalen", "€ 24,20")
    page = owners_tab.do(ProductsState, "confirm")
    assert [(link.label, link.url) for link in page.result.links] == [("Factuur 2026-0001", "/invoices/2026-0001")]


def test_what_hangs_on_it_is_chosen_and_a_domain_stays_by_itself(shop, account, yearly, owners_tab):
    today = shop.clock.now().date()
    mail, domain = (
        service(shop, account, today, product(shop, "12.00"), label=label, hangs_on=int(yearly))
        for label in ("mail.test", "domein.test")
    )
    shop.sql("UPDATE product SET kind = :kind WHERE id IN (SELECT product_id FROM service WHERE id = :id)",
             kind=ProductKind.DOMAIN.value, id=domain)  # fmt: skip
    owners_tab.open(ProductsState, ADDRESS)
    window = owners_tab.do(ProductsState, "cancel", yearly).window
    assert [(one.id, one.hint, one.chosen) for one in window.hanging] == [
        (str(mail), "Wordt ook opgezegd", True),
        (str(domain), "Blijft van jou en wordt gewoon verlengd", False),
    ]
    owners_tab.do(ProductsState, "toggle", str(mail))
    owners_tab.do(ProductsState, "confirm")
    assert [row.state for row in shop.all(Service)] == ["ended", "active", "active"]


def test_what_changed_meanwhile_is_shown_again_before_anything_is_done(shop, yearly, owners_tab):
    cheaper = product(shop, "36.50", months=12)
    owners_tab.open(ProductsState, ADDRESS)
    owners_tab.do(ProductsState, "downgrade", yearly)
    price(shop, cheaper, "7.30", shop.clock.now().date())
    page = owners_tab.do(ProductsState, "confirm")
    assert (page.trouble.place, page.window.amount.figures, shop.all(CreditNote)) == (STALE, "21,78", [])
    page = owners_tab.do(ProductsState, "confirm")
    assert (page.window.kind, page.trouble.sentence, shop.one(CreditNote).total_cents) == ("", "", 2_178)


def test_a_window_that_was_open_too_long_is_shown_again(shop, token, yearly, owners_tab):
    owners_tab.open(ProductsState, ADDRESS)
    owners_tab.do(ProductsState, "cancel", yearly)
    shop.clock.advance(minutes=16)
    proves(shop, token)
    page = owners_tab.do(ProductsState, "confirm")
    assert (page.trouble.place, page.window.kind, shop.all(CreditNote)) == (STALE, "cancel", [])


def test_an_old_proof_is_asked_for_again_and_then_it_goes_on(shop, token, yearly, owners_tab):
    owners_tab.open(ProductsState, ADDRESS)
    proof_gets_old(shop)
    owners_tab.do(ProductsState, "cancel", yearly)
    page = owners_tab.do(ProductsState, "confirm")
    assert (page.proof.is_open, shop.all(CreditNote)) == (True, [])
    page = owners_tab.do(ProductsState, "proven")
    assert (page.proof.is_open, shop.all(CreditNote)) == (True, [])
    proves(shop, token)
    page = owners_tab.do(ProductsState, "proven")
    assert (page.proof.is_open, page.window.kind, len(shop.all(CreditNote))) == (False, "", 1)


def test_a_window_that_is_closed_does_nothing(shop, yearly, owners_tab):
    owners_tab.open(ProductsState, ADDRESS)
    owners_tab.do(ProductsState, "cancel", yearly)
    owners_tab.do(ProductsState, "close")
    owners_tab.do(ProductsState, "confirm")
    assert (shop.one(Service).state, shop.all(CreditNote)) == ("active", [])


def test_two_tabs_cancel_once(shop, owner, yearly, owners_tab):
    other = signed_in(shop, owner)
    for tab in (owners_tab, other):
        tab.open(ProductsState, ADDRESS)
        tab.do(ProductsState, "cancel", yearly)
    owners_tab.do(ProductsState, "confirm")
    page = other.do(ProductsState, "confirm")
    assert (page.trouble.place, page.window.kind) == (CHANGE, "")
    assert "al beëindigd" in page.trouble.sentence
    assert len(shop.all(CreditNote)) == 1


@pytest.mark.parametrize("role", [Role.BOOKKEEPER, Role.READ_ONLY, Role.TECHNICIAN])
def test_without_the_right_it_is_seen_and_not_changed(shop, account, yearly, role):
    tab = signed_in(shop, shop.member(account, role))
    [card] = tab.open(ProductsState, ADDRESS).cards
    assert (card.cancel, card.downgrade, card.upgrade, card.keep) == ("", "", "", "")
    for event in ("cancel", "keep"):
        page = tab.do(ProductsState, event, yearly)
        assert (page.window.kind, shop.all(ChangePreview)) == ("", [])
    page = tab.do(ProductsState, "cancel", yearly)
    assert "hoort niet bij jouw rechten" in page.trouble.sentence


def test_a_service_of_somebody_else_is_not_there(shop, yearly):
    other = shop.customer("Een ander")
    tab = signed_in(shop, shop.member(other, Role.OWNER))
    tab.open(ProductsState, ADDRESS)
    for event in ("cancel", "keep"):
        page = tab.do(ProductsState, event, yearly)
        assert "Dit is er niet meer" in page.trouble.sentence
    assert (shop.one(Service).state, shop.all(ChangePreview)) == ("active", [])


@pytest.mark.parametrize("event", ["cancel", "downgrade", "upgrade", "choose", "toggle", "keep"])
@pytest.mark.parametrize("sent", [*STRANGE, "0", "-1", "999999999", "1.0", " 1"])
def test_whatever_a_client_sends_nothing_is_done(shop, yearly, owners_tab, event, sent):
    owners_tab.open(ProductsState, ADDRESS)
    owners_tab.do(ProductsState, event, sent)
    owners_tab.do(ProductsState, "confirm")
    assert (shop.one(Service).state, shop.all(CreditNote), len(shop.all(Invoice))) == ("active", [], 1)
    assert owners_tab.page(SessionState).verdict == OPEN


def test_a_choice_that_is_not_offered_changes_nothing(shop, yearly, owners_tab):
    dearer = product(shop, "146.00", months=12)
    owners_tab.open(ProductsState, ADDRESS)
    owners_tab.do(ProductsState, "cancel", yearly)
    for sent in (str(dearer), "later", 7, None):
        assert owners_tab.do(ProductsState, "choose", sent).window.kind == "cancel"
        assert owners_tab.do(ProductsState, "toggle", sent).window.options[0].chosen


def test_midnight_passes_while_the_window_is_open(shop, owner, yearly):
    shop.clock.advance(hours=13, minutes=58)
    tab = signed_in(shop, owner)
    tab.open(ProductsState, ADDRESS)
    tab.do(ProductsState, "cancel", yearly)
    shop.clock.advance(minutes=5)
    page = tab.do(ProductsState, "confirm")
    assert (page.trouble.place, page.window.amount.figures, shop.all(CreditNote)) == (STALE, "23,96", [])
    page = tab.do(ProductsState, "confirm")
    assert (page.window.kind, shop.one(CreditNote).total_cents) == ("", 2_396)
