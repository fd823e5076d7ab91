"""E-invoices reach each customer in the form that was chosen: once, and never not at all."""

from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.accounts.einvoices import choose_einvoice
from billing.accounts.tables import Role
from billing.correspondence.history import EventKind
from billing.correspondence.tables import EInvoiceDelivery
from billing.errors import EInvoiceRefused, InvalidSetting, NotAllowed
from billing.ports import Handling, InvoiceDocument, NetworkState
from tests.factories import Shop
from tests.fakes.collecting import sign
from tests.renewals import run, service

HERE = {"street": "Kade 1", "postal_code": "1234 AB", "city": "Teststad"}
BUSINESS = {**HERE, "chamber_number": "12345678", "vat_number": "NL123456782B90"}


@pytest.fixture
def account(shop: Shop) -> int:
    """A business that can be found on the network."""
    return shop.customer(**BUSINESS)


@pytest.fixture
def on_network(shop: Shop, owner: Actor, account: int) -> Actor:
    """Its owner, who has chosen the network."""
    shop.do(choose_einvoice, owner, account, "peppol")
    return owner


def attached(shop: Shop) -> list[list[str]]:
    """The files of each mail."""
    return [[file.filename for file in mail.attachments] for mail in shop.mail.sent]


def states(shop: Shop) -> list[tuple[str, str]]:
    return [(one.state, one.reason) for one in shop.all(EInvoiceDelivery)]


def story(shop: Shop, reader: Actor, number: str) -> list[EventKind]:
    """What an invoice's page tells of its e-invoice."""
    events = shop.view(reader, number).history
    return [event.kind for event in events if event.kind.name.startswith("EINVOICE")]


# In the PDF, by mail, not at all


@pytest.mark.parametrize(("form", "is_hybrid"), [("hybrid", True), ("mail", False), ("none", False)])
def test_only_who_wants_it_there_gets_it_inside_the_pdf(
    shop: Shop, owner: Actor, account: int, form: str, is_hybrid: bool
) -> None:
    shop.do(choose_einvoice, owner, account, form)
    number = shop.invoice(account)
    shop.credit(number, 1_000)
    shop.carry_out()
    assert {document.is_hybrid for document in (*shop.printer.printed, *shop.printer.notes)} == {is_hybrid}


def test_by_mail_it_is_beside_the_pdf_of_invoices_and_credit_notes_but_not_of_receipts(
    shop: Shop, owner: Actor, account: int
) -> None:
    shop.do(choose_einvoice, owner, account, "mail")
    number = shop.invoice(account)
    note = shop.credit(number, 1_000).number
    shop.carry_out()
    shop.pay(owner, number)
    shop.carry_out()
    assert sorted(attached(shop)) == [
        [f"creditnota-{note}.pdf", f"creditnota-{note}.xml"],
        [f"factuur-{number}.pdf"],
        [f"factuur-{number}.pdf", f"factuur-{number}.xml"],
    ]
    assert [mail.has_xml for mail in (*shop.writer.asked, *shop.writer.asked_notes)] == [True, False, True]


@pytest.mark.usefixtures("owner")
def test_who_chose_nothing_gets_one_file(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    shop.carry_out()
    assert (attached(shop), shop.network.sent) == ([[f"factuur-{number}.pdf"]], [])


# Over the network


def test_it_is_brought_to_the_number_at_the_chamber_of_commerce(shop: Shop, on_network: Actor, account: int) -> None:
    number = shop.invoice(account)
    shop.carry_out()
    [shipment] = shop.network.sent
    assert (str(shipment.sender), str(shipment.receiver)) == ("9944:NL000000000B00", "0106:12345678")
    assert shipment.xml == f"<ubl {number} open 12100 to 0106:12345678/>".encode()
    assert states(shop) == [("accepted", "")]
    assert story(shop, on_network, number) == [EventKind.EINVOICE_ACCEPTED]
    assert attached(shop) == [[f"factuur-{number}.pdf"]]


@pytest.mark.usefixtures("on_network")
def test_who_is_not_known_by_that_number_is_looked_for_by_the_vat_number(shop: Shop, account: int) -> None:
    shop.network.strangers = {"0106:12345678"}
    shop.invoice(account)
    shop.carry_out()
    assert [str(one.receiver) for one in shop.network.sent] == ["9944:NL123456782B90"]


@pytest.mark.usefixtures("on_network")
def test_without_an_answer_it_is_looked_up_before_it_could_be_sent_twice(shop: Shop, account: int) -> None:
    shop.network.hangs = True
    shop.invoice(account)
    shop.carry_out()
    assert states(shop) == [("pending", "")]
    shop.clock.advance(minutes=1)
    shop.carry_out()
    assert (len(shop.network.sent), len(shop.network.asked), states(shop)) == (1, 1, [("accepted", "")])


@pytest.mark.usefixtures("on_network")
def test_what_never_got_there_is_sent_again(shop: Shop, account: int) -> None:
    shop.network.down = True
    shop.invoice(account)
    shop.carry_out()
    shop.network.down = False
    shop.clock.advance(minutes=1)
    shop.carry_out()
    assert (len(shop.network.sent), states(shop)) == (1, [("accepted", "")])


def test_what_is_rejected_goes_by_mail_and_says_so(shop: Shop, on_network: Actor, account: int) -> None:
    shop.network.says = Handling(NetworkState.REJECTED, "refused")
    number = shop.invoice(account)
    shop.carry_out()
    assert states(shop) == [("rejected", "refused")]
    assert story(shop, on_network, number) == [EventKind.EINVOICE_REJECTED, EventKind.EINVOICE_MAILED]
    [asked] = shop.writer.asked_einvoices
    assert (asked.document.number, asked.reason) == (number, "refused")
    assert attached(shop)[-1] == [f"factuur-{number}.xml"]


@pytest.mark.usefixtures("on_network")
def test_who_is_nowhere_on_the_network_gets_it_by_mail(shop: Shop, account: int) -> None:
    shop.network.strangers = {"0106:12345678", "9944:NL123456782B90"}
    shop.invoice(account)
    shop.carry_out()
    assert (shop.network.sent, states(shop)) == ([], [("rejected", "unknown")])


@pytest.mark.usefixtures("on_network")
def test_an_answer_that_comes_later_is_waited_for_but_not_forever(shop: Shop, account: int) -> None:
    shop.network.says = Handling(NetworkState.PENDING)
    shop.invoice(account)
    for _ in range(3):
        shop.carry_out()
        shop.clock.advance(days=1)
    assert states(shop) == [("pending", "")]
    shop.clock.advance(days=1)
    shop.carry_out()
    assert (len(shop.network.sent), states(shop)) == (1, [("rejected", "silent")])


def test_a_credit_note_is_brought_too_and_told_on_its_invoice(shop: Shop, on_network: Actor, account: int) -> None:
    number = shop.invoice(account)
    shop.credit(number, 1_000)
    shop.network.says = Handling(NetworkState.REJECTED, "refused")
    shop.carry_out()
    assert len(shop.network.sent) == 2
    assert story(shop, on_network, number).count(EventKind.EINVOICE_MAILED) == 2
    assert sorted(files[0] for files in attached(shop))[-1].endswith(".xml")


@pytest.mark.usefixtures("on_network")
def test_the_network_has_the_last_word_only_once(shop: Shop, account: int) -> None:
    shop.invoice(account)
    shop.carry_out()
    assert "final" in shop.refusal("UPDATE einvoice_delivery SET state = 'rejected', reason = 'late'")


@pytest.mark.usefixtures("on_network")
def test_runs_of_many_invoices_ask_for_the_network_too(shop: Shop, account: int) -> None:
    service(shop, account, date(2026, 3, 6))
    run(shop, date(2026, 3, 6))
    shop.carry_out()
    assert len(shop.network.sent) == 1


@pytest.mark.usefixtures("on_network")
def test_silence_is_measured_from_the_first_try(shop: Shop, account: int) -> None:
    shop.invoice(account)
    shop.clock.advance(days=10)
    shop.network.down = True
    shop.carry_out()
    [row] = shop.all(EInvoiceDelivery)
    assert (row.state, row.began_at > shop.clock.now() - timedelta(days=1)) == ("pending", True)


@pytest.mark.usefixtures("on_network")
def test_a_delivery_to_the_wrong_customer_would_be_found(shop: Shop, account: int) -> None:
    other = shop.customer()
    shop.network.down = True
    shop.invoice(account)
    shop.carry_out()
    assert shop.broken() == []
    broken = shop.broken_after(f"UPDATE einvoice_delivery SET account_id = {other}")
    assert broken == ["every e-invoice on the network is of an issued document, and of its customer"]


# Choosing


@pytest.mark.parametrize(
    ("lacking", "word"),
    [({"street": ""}, "address"), ({"chamber_number": "", "vat_number": ""}, "number")],
)
def test_the_network_is_not_for_who_it_could_not_find(shop: Shop, lacking: dict[str, str], word: str) -> None:
    account = shop.customer(**{**BUSINESS, **lacking})
    owner = shop.member(account, Role.OWNER)
    with pytest.raises(EInvoiceRefused) as refused:
        shop.do(choose_einvoice, owner, account, "peppol")
    assert refused.value.facts["reason"] == word


def test_a_form_that_there_is_not_is_refused(shop: Shop, owner: Actor, account: int) -> None:
    with pytest.raises(InvalidSetting):
        shop.do(choose_einvoice, owner, account, "fax")


def test_who_only_looks_on_chooses_nothing(shop: Shop, account: int) -> None:
    with pytest.raises(NotAllowed):
        shop.do(choose_einvoice, shop.member(account, Role.READ_ONLY), account, "mail")


# By mandate


def printed(shop: Shop) -> InvoiceDocument:
    shop.carry_out()
    return shop.printer.printed[-1]


def test_who_pays_by_mandate_reads_its_reference(shop: Shop, owner: Actor, account: int) -> None:
    mandate = sign(shop, owner, account)
    shop.invoice(account)
    assert printed(shop).mandate == mandate.reference


def test_what_is_above_the_mandate_is_to_be_transferred(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account, maximum_cents=5_000)
    shop.invoice(account)
    assert printed(shop).mandate == ""


@pytest.mark.usefixtures("owner")
def test_who_gave_no_mandate_transfers(shop: Shop, account: int) -> None:
    shop.invoice(account)
    assert printed(shop).mandate == ""
