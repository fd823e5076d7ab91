"""The page of credits: what it shows, and what can be decided on it by whom."""

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.credits.tables import CreditLot, Payout
from billing.payments import sending
from dashboard.pages.credits_state import CreditsState
from dashboard.pages.invoice_state import InvoiceState
from dashboard.pages.invoices_state import InvoicesState
from dashboard.pages.overview import OverviewState
from dashboard.session import OPEN, SessionState
from tests.factories import Shop
from tests.states.conftest import STRANGE, proof_gets_old, proves, signed_in

ADDRESS = "/credits"


@pytest.fixture
def overpaid(shop: Shop, account: int, owner: Actor) -> str:
    """The payment, as the page calls it, with which € 126 came in for an invoice of € 121."""
    key = shop.start_key(owner, shop.invoice(account))
    shop.succeed(key, amount_cents=12_600)
    return str(shop.payment_of(key).id)


@pytest.fixture
def lot(shop: Shop, account: int, owner: Actor) -> str:
    """Credits, as the page calls them, of € 60,50 from a note on a paid invoice."""
    number = shop.invoice(account)
    shop.pay(owner, number)
    shop.credit(number, 5_000)
    return str(shop.one(CreditLot).id)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_what_was_overpaid_is_said_with_its_payment_and_invoice(overpaid, owners_tab):
    [row] = owners_tab.open(CreditsState, ADDRESS).statement.overpaid
    assert (row.id, plain(row.title)) == (overpaid, "Je hebt € 5,00 te veel betaald.")
    assert "6 maart 2026 binnen, met iDEAL, voor factuur 2026-0001" in row.sentence


def test_the_dashboard_says_it_too(overpaid, owners_tab):
    assert plain(owners_tab.open(OverviewState).overpaid) == "Je hebt € 5,00 te veel betaald."


def test_it_is_kept_as_credits(overpaid, owners_tab):
    owners_tab.open(CreditsState, ADDRESS)
    page = owners_tab.do(CreditsState, "keep", overpaid)
    assert (page.statement.overpaid, page.statement.balance.figures) == ((), "5,00")
    assert plain(page.news.sentence) == "€ 5,00 is bewaard als credits."
    assert [move.title for move in page.statement.moves] == ["Te veel betaald, bewaard als credits"]


def test_it_is_sent_back_after_one_more_question(shop, overpaid, owners_tab):
    owners_tab.open(CreditsState, ADDRESS)
    page = owners_tab.do(CreditsState, "ask_back", overpaid)
    assert (plain(page.sure.title), shop.all(Payout)) == ("€ 5,00 terugstorten?", [])
    page = owners_tab.do(CreditsState, "confirm")
    assert (page.sure.kind, page.statement.overpaid) == ("", ())
    assert [(plain(row.title), row.state) for row in page.statement.payouts] == [
        ("€ 5,00 dat te veel betaald was", "Wordt teruggestort")
    ]
    shop.carry_out()
    sending.check_payouts(shop.billing)
    page = owners_tab.open(CreditsState, ADDRESS)
    assert [row.state for row in page.statement.payouts] == ["Teruggestort"]


def test_a_question_that_is_closed_does_nothing(shop, overpaid, owners_tab):
    owners_tab.open(CreditsState, ADDRESS)
    owners_tab.do(CreditsState, "ask_back", overpaid)
    owners_tab.do(CreditsState, "close")
    owners_tab.do(CreditsState, "confirm")
    assert shop.all(Payout) == []


def test_an_old_proof_is_asked_for_again_and_then_it_goes_on(shop, token, overpaid, owners_tab):
    owners_tab.open(CreditsState, ADDRESS)
    proof_gets_old(shop)
    owners_tab.do(CreditsState, "ask_back", overpaid)
    page = owners_tab.do(CreditsState, "confirm")
    assert (page.proof.is_open, shop.all(Payout)) == (True, [])
    proves(shop, token)
    page = owners_tab.do(CreditsState, "proven")
    assert (page.proof.is_open, page.sure.kind, len(shop.all(Payout))) == (False, "", 1)


def test_who_says_that_a_proof_was_given_is_asked_again(shop, overpaid, owners_tab):
    owners_tab.open(CreditsState, ADDRESS)
    proof_gets_old(shop)
    owners_tab.do(CreditsState, "keep", overpaid)
    page = owners_tab.do(CreditsState, "proven")
    assert (page.proof.is_open, shop.all(CreditLot)) == (True, [])
    page = owners_tab.do(CreditsState, "unproven")
    assert (page.proof.is_open, shop.all(CreditLot)) == (False, [])


def test_credits_of_a_note_can_be_sent_back(shop, lot, owners_tab):
    page = owners_tab.open(CreditsState, ADDRESS)
    assert [(row.id, row.name) for row in page.statement.payable] == [(lot, "Credits van C2026-0001 terugstorten")]
    owners_tab.do(CreditsState, "ask_payout", lot)
    page = owners_tab.do(CreditsState, "confirm")
    assert (page.statement.balance.figures, page.statement.payable) == ("0,00", ())
    assert [move.title for move in page.statement.moves] == ["Terugstorten", "Creditnota C2026-0001"]


def test_without_the_right_it_is_seen_and_not_chosen(shop, overpaid, lot, tab):
    page = tab.open(CreditsState, ADDRESS)
    assert (page.statement.may_choose, page.statement.payable, len(page.statement.overpaid)) == (False, (), 1)
    page = tab.do(CreditsState, "keep", overpaid)
    assert "hoort niet bij jouw rechten" in page.trouble.sentence
    tab.do(CreditsState, "ask_payout", lot)
    page = tab.do(CreditsState, "confirm")
    assert "hoort niet bij jouw rechten" in page.trouble.sentence
    assert shop.all(Payout) == []


def test_a_choice_that_somebody_made_meanwhile_is_not_made_again(shop, overpaid, owners_tab, owner, account):
    owners_tab.open(CreditsState, ADDRESS)
    other = signed_in(shop, owner)
    other.open(CreditsState, ADDRESS)
    other.do(CreditsState, "keep", overpaid)
    page = owners_tab.do(CreditsState, "keep", overpaid)
    assert "al voor gekozen" in page.trouble.sentence
    assert len(shop.all(CreditLot)) == 1


@pytest.mark.parametrize("event", ["keep", "ask_back", "ask_payout"])
@pytest.mark.parametrize("sent", STRANGE)
def test_whatever_a_client_sends_nothing_is_chosen(shop, overpaid, lot, owners_tab, event, sent):
    owners_tab.open(CreditsState, ADDRESS)
    owners_tab.do(CreditsState, event, sent)
    owners_tab.do(CreditsState, "confirm")
    assert (len(shop.all(CreditLot)), shop.all(Payout)) == (1, [])
    assert owners_tab.page(SessionState).verdict == OPEN


def test_a_row_of_somebody_else_is_not_there(shop, account, owners_tab):
    other = shop.customer("Een ander")
    stranger = shop.member(other, Role.OWNER)
    key = shop.start_key(stranger, shop.invoice(other))
    shop.succeed(key, amount_cents=12_600)
    owners_tab.open(CreditsState, ADDRESS)
    page = owners_tab.do(CreditsState, "keep", str(shop.payment_of(key).id))
    assert "Dit is er niet meer" in page.trouble.sentence
    assert shop.all(CreditLot) == []


def test_credit_notes_are_listed_with_their_invoice_and_file(shop, lot, owners_tab):
    [note] = owners_tab.open(CreditsState, ADDRESS).statement.notes
    assert (note.number, note.invoice, plain(note.amount), plain(note.what)) == (
        "C2026-0001", "2026-0001", "€ 60,50", "Als credits € 60,50",
    )  # fmt: skip
    assert (note.file_url, note.invoice_url) == ("/files/credit-notes/C2026-0001.pdf", "/invoices/2026-0001")


def test_the_list_of_invoices_has_credit_notes_and_a_filter_for_them(shop, lot, owners_tab):
    page = owners_tab.open(InvoicesState, "/invoices")
    assert [row.number for row in page.list.rows] == ["C2026-0001", "2026-0001"]
    page = owners_tab.do(InvoicesState, "show", "credited")
    [row] = page.list.rows
    assert (row.url, row.file_url, plain(row.total)) == ("", "/files/credit-notes/C2026-0001.pdf", "\u2212€ 60,50")
    assert (row.subject, row.badge.label, row.due_on) == (
        "Creditnota bij factuur 2026-0001: Opgezegd", "Als credits", "geen vervaldatum",
    )  # fmt: skip
    page = owners_tab.do(InvoicesState, "choose", "C2026-0001")
    assert (page.choice.count, page.choice.numbers, page.choice.payable) == (
        "1 document gekozen", ("C2026-0001",), False,
    )  # fmt: skip


def test_the_page_of_the_invoice_has_links_to_its_notes(shop, lot, owners_tab):
    view = owners_tab.open(InvoiceState, "/invoices/2026-0001").view
    assert [(note.number, note.file_url) for note in view.notes] == [
        ("C2026-0001", "/files/credit-notes/C2026-0001.pdf")
    ]
    shop.credit("2026-0001", 5_000)
    view = owners_tab.open(InvoiceState, "/invoices/2026-0001").view
    assert (view.badge.label, view.panel, len(view.notes)) == ("Gecrediteerd", "credited", 2)
