"""The language of a customer's documents: chosen with the billing details, and spoken by all that is made after it."""

from dataclasses import replace
from datetime import date

import pytest

from billing.access import Actor
from billing.accounts import queries
from billing.accounts import service as accounts
from billing.accounts.einvoices import choose_einvoice
from billing.accounts.service import EditBillingDetails
from billing.accounts.tables import Account, Role, User
from billing.clock import local_day
from billing.credits.tables import CreditNote, CreditNoteLine
from billing.errors import NotAllowed, Refused
from billing.invoices.tables import Invoice, InvoiceLine
from billing.logins import sessions
from billing.logins.languages import choose_language
from billing.logins.sessions import Visitor
from billing.ports import AccountMailKind
from tests.banking import Bank
from tests.changing import change, half_used
from tests.factories import Shop
from tests.fakes.collecting import sign
from tests.fakes.inviting import invite, join, mail_of
from tests.fakes.money_back import overpay, send_back
from tests.refunding import Refunding, told
from tests.renewals import product, run, service

TODAY = date(2026, 3, 6)
AS_IT_IS = EditBillingDetails("Bakkerij Test", "A. Tester", "", "", "", "")


@pytest.fixture
def english(shop: Shop) -> int:
    """A customer who gets English documents."""
    return shop.customer("Bakery Test", language="en")


@pytest.fixture
def reader(shop: Shop, english: int) -> Actor:
    """Its owner."""
    return shop.member(english, Role.OWNER, mails=True)


def speaks(shop: Shop, actor: Actor, account: int, language: str) -> None:
    shop.do(accounts.edit_billing_details, actor, account, replace(AS_IT_IS, language=language))


def test_who_may_edit_the_details_chooses_the_language_of_the_next_invoice(
    shop: Shop, account: int, owner: Actor
) -> None:
    before = shop.invoice(account)
    speaks(shop, owner, account, "en")
    assert shop.ask(queries.billing_details, owner, account).language == "en"
    assert shop.audit()[-1].facts == {"fields": ["language"]}
    assert (shop.row(before).language, shop.row(shop.invoice(account)).language) == ("nl", "en")


def test_a_language_that_is_left_out_stays_as_it_was(shop: Shop, account: int, owner: Actor) -> None:
    speaks(shop, owner, account, "en")
    speaks(shop, owner, account, "")
    assert shop.one(Account).language == "en"


@pytest.mark.parametrize("unknown", ["de", "NL", "english"])
def test_a_language_that_nobody_writes_here_is_refused(shop: Shop, account: int, owner: Actor, unknown: str) -> None:
    with pytest.raises(Refused, match="language"):
        speaks(shop, owner, account, unknown)
    with pytest.raises(Refused, match="language"):
        shop.customer(language=unknown)
    assert [row.language for row in shop.all(Account)] == ["nl"]
    assert "ck_account_language" in shop.refusal(f"UPDATE account SET language = '{unknown}'")


def test_who_only_pays_does_not_choose_it(shop: Shop, account: int) -> None:
    with pytest.raises(NotAllowed):
        speaks(shop, shop.member(account, Role.BOOKKEEPER), account, "en")


def test_a_run_writes_to_each_customer_in_their_own_language(shop: Shop, account: int, english: int) -> None:
    sold = product(shop, months=3)
    for customer in (account, english):
        service(shop, customer, TODAY, sold)
    run(shop)
    assert [(row.account_id, row.language, row.subject) for row in shop.all(Invoice)] == [
        (account, "nl", "Webhosting, 3 maanden"),
        (english, "en", "Webhosting, 3 months"),
    ]
    assert [line.detail for line in shop.all(InvoiceLine)] == [
        "voorbeeld.test, 6 maart 2026 t/m 5 juni 2026",
        "voorbeeld.test, 6 March 2026 to 5 June 2026",
    ]
    assert shop.broken() == []


def test_a_credit_note_speaks_the_language_of_its_invoice(shop: Shop, account: int, owner: Actor) -> None:
    started = half_used(shop, owner, account)
    speaks(shop, owner, account, "en")
    change(shop, owner, account, started, local_day(shop.clock.now()))
    note, line = shop.one(CreditNote), shop.one(CreditNoteLine)
    assert (note.language, note.reason) == ("nl", "Webhosting opgezegd per 6 maart 2026")
    assert line.detail == "voorbeeld.test, 6 maart 2026 t/m 13 juni 2026"
    assert shop.broken() == []


def test_an_english_invoice_gets_an_english_credit_note(shop: Shop, english: int, reader: Actor) -> None:
    started = half_used(shop, reader, english)
    change(shop, reader, english, started, local_day(shop.clock.now()))
    note, line = shop.one(CreditNote), shop.one(CreditNoteLine)
    assert (note.language, note.reason) == ("en", "Webhosting cancelled from 6 March 2026")
    assert line.detail == "voorbeeld.test, 6 March 2026 to 13 June 2026"


def test_an_upgrade_is_invoiced_in_the_language_of_today(shop: Shop, account: int, owner: Actor) -> None:
    started = half_used(shop, owner, account)
    speaks(shop, owner, account, "en")
    change(shop, owner, account, started, local_day(shop.clock.now()), product(shop, "146.00", months=12))
    invoice = shop.all(Invoice)[-1]
    assert (invoice.language, invoice.subject) == ("en", "From Webhosting to Webhosting from 6 March 2026")
    line = shop.one(InvoiceLine, invoice_id=invoice.id)
    assert line.detail == "voorbeeld.test, 6 March 2026 to 13 June 2026"


def test_the_bank_names_the_payment_in_the_language_of_the_invoice(shop: Shop, english: int, reader: Actor) -> None:
    numbers = [shop.invoice(english) for _ in range(2)]
    shop.start(reader, *numbers)
    order = shop.gateway.started[-1]
    assert (order.description, order.language) == ("Invoice 2026-0001 +1", "en")


def test_the_bank_names_a_mandate_in_the_language_of_the_documents(shop: Shop, english: int, reader: Actor) -> None:
    sign(shop, reader, english)
    order = shop.gateway.offered[-1]
    assert (order.reason, order.language) == ("Invoices of Verkoper B.V.", "en")


def test_somebody_new_is_invited_and_joins_in_the_language_of_the_documents(
    shop: Shop, english: int, reader: Actor
) -> None:
    invite(shop, reader, english)
    assert mail_of(shop, AccountMailKind.INVITATION).language == "en"
    join(shop)
    assert shop.all(User)[-1].language == "en"


def test_a_letter_speaks_to_its_reader_and_brings_the_document_in_its_own_language(
    shop: Shop, english: int, reader: Actor
) -> None:
    colleague = shop.do(sessions.start, shop.member(english, mails=True).user_id or 0, Visitor())
    shop.do(choose_language, colleague, "en")
    number = shop.invoice(english)
    shop.carry_out()
    assert [(mail.document.language, mail.document.number) for mail in shop.writer.asked] == [
        ("nl", number), ("en", number),
    ]  # fmt: skip
    assert {document.language for document in shop.printer.printed} == {"en"}
    assert [[file.filename for file in mail.attachments] for mail in shop.mail.sent] == [[f"invoice-{number}.pdf"]] * 2


def test_the_files_of_a_credit_note_are_named_in_its_language(shop: Shop, english: int, reader: Actor) -> None:
    shop.do(choose_einvoice, reader, english, "mail")
    note = shop.credit(shop.invoice(english), 1_000)
    shop.carry_out()
    names = [f"credit-note-{note.number}.pdf", f"credit-note-{note.number}.xml"]
    assert [file.filename for file in shop.mail.sent[-1].attachments] == names


def test_the_bank_names_money_that_goes_back_in_the_language_of_the_documents(
    shop: Shop, english: int, reader: Actor
) -> None:
    payment = shop.payment_of(overpay(shop, english, reader))
    send_back(shop, reader, english, payment.id or 0)
    shop.carry_out()
    assert shop.gateway.refunded[-1].description == "Refund 2026-0001"


def test_so_it_does_when_the_money_goes_back_by_bank(shop: Shop, english: int, reader: Actor, first: Actor) -> None:
    refunding = Refunding(shop, Bank(shop), english, reader)
    refunding.ask_back(refunding.overpay())
    file = refunding.prepare(first)
    refunding.approve(first, file)
    content = refunding.hand_out(first, file)
    assert told(content, "Ustrd") == [["Refund of what was overpaid, Voorbeeld Hosting B.V."]]
