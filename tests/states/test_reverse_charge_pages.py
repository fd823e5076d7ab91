"""What a business abroad sees: prices, invoices, credit notes and windows over changes without VAT."""

import pytest

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.credits import service as credits
from billing.credits.service import CreditLines
from dashboard.pages.credits_state import CreditsState
from dashboard.pages.invoice_state import InvoiceState
from dashboard.pages.products_state import ProductsState
from tests.changing import half_used
from tests.renewals import product
from tests.states.conftest import signed_in


@pytest.fixture
def abroad(shop):
    return shop.customer("Chocolaterie Test", country="BE", vat_number="BE0428759497")


@pytest.fixture
def owner(shop, abroad):
    return shop.member(abroad, Role.OWNER)


@pytest.fixture
def tab(shop, owner):
    return signed_in(shop, owner)


def plain(text):
    return text.replace("\u00a0", " ")


def sums(rows):
    return [(plain(row.label), plain(row.amount)) for row in rows]


def test_an_invoice_says_that_the_vat_is_reversed(shop, abroad, tab):
    paper = tab.open(InvoiceState, f"/invoices/{shop.invoice(abroad)}").view.paper
    assert sums(paper.sums) == [
        ("Subtotaal exclusief btw", "€ 100,00"), ("0 % – btw verlegd, over € 100,00", "€ 0,00"), ("Totaal", "€ 100,00"),
    ]  # fmt: skip
    assert paper.legend.startswith("Btw verlegd: je draagt de btw zelf af")
    assert paper.buyer_facts[-2:] == ("België", "btw BE0428759497")
    assert paper.seller_facts == ("Nederland", "btw NL000000000B00")


def test_an_invoice_with_vat_has_no_legend(shop, account, tab, owner):
    shop.also_member(owner, account, Role.OWNER)
    paper = tab.open(InvoiceState, f"/invoices/{shop.invoice(account)}").view.paper
    assert (paper.legend, paper.seller_facts) == ("", ("btw NL000000000B00",))


def test_a_credit_note_says_it_too(shop, abroad, tab):
    shop.do(credits.credit_lines, SYSTEM, CreditLines(shop.row(shop.invoice(abroad)).id or 0, "Opgezegd"))
    [note] = tab.open(CreditsState, "/credits").statement.notes
    assert plain(note.what) == "Verrekend met de factuur € 100,00 · Btw verlegd"


def test_products_cost_what_is_charged(shop, abroad, owner, tab):
    half_used(shop, owner, abroad)
    [card] = tab.open(ProductsState, "/products").cards
    assert (card.price.figures, card.net, plain(card.next)) == (
        "73,00", "btw verlegd", "Volgende factuur: 31 mei 2026, € 73,00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("act", "euros", "label"), [("upgrade", "146.00", "Nog te betalen"), ("cancel", "9.00", "Als credits")]
)
def test_a_change_is_shown_without_vat(shop, abroad, owner, tab, act, euros, label):
    service_id = half_used(shop, owner, abroad)
    product(shop, euros, months=12)
    tab.open(ProductsState, "/products")
    window = tab.do(ProductsState, act, str(service_id)).window
    assert sums(window.sums) == [
        ("Totaal, excl. btw", "€ 20,00"), ("0 % – btw verlegd", "€ 0,00"), ("Totaal", "€ 20,00"), (label, "€ 20,00"),
    ]  # fmt: skip
    assert ("0 % – btw verlegd", "€ 0,00") in sums(window.lines[0].facts)
    if act == "upgrade":
        assert plain(window.options[0].hint) == "€ 146,00 per jaar, btw verlegd"
