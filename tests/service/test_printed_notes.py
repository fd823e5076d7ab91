"""Credit notes on paper and by mail: printed once, mailed once, handed out to who may see the invoices."""

import hashlib

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.correspondence.files import printed_documents, printed_notes
from billing.correspondence.history import EventKind
from billing.credits.tables import CreditNote, CreditNoteFile
from billing.errors import NotAllowed, NotFound
from billing.outbox import OutboxMessage
from billing.ports import DocumentLine, DocumentVat
from tests.factories import SELLER, Shop


@pytest.fixture
def note(shop: Shop, account: int, owner: Actor) -> CreditNote:
    """A note of € 60,50 on an invoice of € 121 of which nothing was paid."""
    return shop.credit(shop.invoice(account), 5_000)


def test_it_is_printed_once_with_all_that_is_on_it(shop: Shop, note: CreditNote) -> None:
    shop.carry_out()
    [document] = shop.printer.notes
    assert (document.number, document.invoice_number, document.reason) == ("C2026-0001", "2026-0001", "Opgezegd")
    assert (document.seller.name, document.buyer.name) == (SELLER.name, "Bakkerij Test")
    assert document.lines == (DocumentLine("Webhosting", "voorbeeld.test", "1", "50", "21", 5_000),)
    assert document.vat == (DocumentVat("21", 5_000, 1_050),)
    assert (document.total_cents, document.offset_cents, document.credit_cents) == (6_050, 6_050, 0)
    stored = shop.one(CreditNoteFile)
    assert stored.sha256 == hashlib.sha256(stored.content).hexdigest()


def test_it_is_mailed_once_to_everybody_who_gets_the_invoices(shop: Shop, account: int, note: CreditNote) -> None:
    shop.member(account, mails=False)
    shop.carry_out()
    assert [(mail.subject, [a.filename for a in mail.attachments]) for mail in shop.mail.sent][1:] == [
        ("credit_note C2026-0001", ["creditnota-C2026-0001.pdf"])
    ]
    assert [mail.dashboard_url for mail in shop.writer.asked_notes] == ["https://billing.test/credits"]
    assert len(shop.printer.notes) == 1


def test_a_mail_that_goes_first_prints_it_and_the_print_is_kept(shop: Shop, note: CreditNote) -> None:
    shop.sql("UPDATE outbox_message SET due_at = '2027-01-01 00:00:00' WHERE task = 'render_credit_note'")
    shop.carry_out()
    assert (len(shop.printer.notes), len(shop.all(CreditNoteFile))) == (1, 1)
    shop.sql("UPDATE outbox_message SET due_at = created_at WHERE task = 'render_credit_note'")
    shop.carry_out()
    assert (len(shop.printer.notes), shop.one(OutboxMessage, task="render_credit_note").state) == (1, "done")


def test_a_later_payment_changes_nothing_on_it(shop: Shop, owner: Actor, note: CreditNote) -> None:
    shop.carry_out()
    shop.pay(owner, note.invoice_number)
    shop.carry_out()
    assert len(shop.printer.notes) == 1


def test_who_may_see_the_invoices_gets_the_file(shop: Shop, account: int, owner: Actor, note: CreditNote) -> None:
    assert shop.ask(printed_notes, owner, [note.number]) is None
    shop.carry_out()
    [printed] = shop.ask(printed_notes, owner, [note.number]) or ()
    assert (printed.number, printed.is_note, printed.content[:15]) == (note.number, True, b"%PDF C2026-0001")


def test_foreign_and_unknown_notes_are_not_found(shop: Shop, account: int, note: CreditNote) -> None:
    stranger = shop.member(shop.customer("Een ander"), Role.OWNER)
    for number in (note.number, "C2026-9999", note.invoice_number):
        with pytest.raises(NotFound):
            shop.ask(printed_notes, stranger, [number])
    with pytest.raises(NotAllowed):
        shop.ask(printed_notes, shop.member(account, Role.TECHNICIAN), [note.number])


def test_invoices_and_notes_come_together_in_the_order_asked(shop: Shop, owner: Actor, note: CreditNote) -> None:
    shop.carry_out()
    wanted = [note.number, note.invoice_number]
    printed = shop.ask(printed_documents, owner, wanted) or ()
    assert [(one.number, one.is_note) for one in printed] == [(note.number, True), (note.invoice_number, False)]
    with pytest.raises(NotFound):
        shop.ask(printed_documents, owner, [*wanted, "2026-9999"])


def test_the_page_of_the_invoice_names_its_notes_and_tells_of_them(shop: Shop, owner: Actor, note: CreditNote) -> None:
    shop.carry_out()
    view = shop.view(owner, note.invoice_number)
    assert [(row.number, row.total_cents, row.offset_cents) for row in view.notes] == [(note.number, 6_050, 6_050)]
    told = [(event.kind, event.cents, event.who) for event in view.history]
    assert (EventKind.CREDIT_NOTE, 6_050, note.number) in told
    assert (EventKind.NOTE_MAILED, 0, owner.name) in told
