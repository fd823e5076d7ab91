"""What people get by mail, once each, and the printed documents."""

import hashlib
from datetime import date

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.correspondence import flows, service
from billing.correspondence.files import printed_invoices
from billing.errors import Conflict, NotAllowed, NotFound
from billing.invoices.tables import InvoiceFile
from billing.outbox import OutboxMessage
from billing.payments import paylinks
from tests.factories import SIGNING_KEY, Shop


def mails(shop: Shop) -> list[tuple[str, str]]:
    """Subject and recipient of every mail that was sent."""
    return [(mail.subject, mail.to_name) for mail in shop.mail.sent]


def test_a_new_invoice_is_mailed_once_to_everybody_who_asked_for_it(shop: Shop, account: int, owner: Actor) -> None:
    bookkeeper = shop.member(account, mails=True)
    shop.member(account, mails=False)
    number = shop.invoice(account)
    shop.carry_out()
    assert sorted(mails(shop)) == [(f"invoice {number}", owner.name), (f"invoice {number}", bookkeeper.name)]


def test_no_billing_mail_goes_to_a_technician_or_to_whose_membership_is_over(shop: Shop, account: int) -> None:
    shop.member(account, Role.TECHNICIAN)
    shop.member(account, mails=True, ends_on=date(2026, 3, 5))
    shop.invoice(account)
    shop.carry_out()
    assert mails(shop) == []


def test_a_mail_carries_the_printed_invoice_and_a_link_to_pay_it(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.carry_out()
    [mail], [asked] = shop.mail.sent, shop.writer.asked
    assert mail.to_address == f"{owner.name}@test.example"
    assert [(a.filename, a.content[:4]) for a in mail.attachments] == [(f"factuur-{number}.pdf", b"%PDF")]
    assert asked.dashboard_url == f"https://billing.test/invoices/{number}"
    token = asked.pay_url.removeprefix("https://billing.test/pay/")
    assert shop.ask(paylinks.bearer, token, SIGNING_KEY).pays_invoice_id == shop.row(number).id


def test_a_paid_invoice_is_mailed_once_however_often_the_gateway_tells(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    key = shop.pay(owner, number)
    shop.hear(key)
    shop.hear(key)
    shop.carry_out()
    assert sorted(mails(shop)) == [(f"invoice {number}", owner.name), (f"paid {number}", owner.name)]
    [paid] = [mail for mail in shop.writer.asked if mail.kind == "paid"]
    assert (paid.pay_url, paid.document.paid_on, paid.document.open_cents) == ("", date(2026, 3, 6), 0)


def test_a_part_payment_is_not_mailed_as_paid(shop: Shop, account: int, owner: Actor) -> None:
    shop.succeed(shop.start_key(owner, shop.invoice(account)), amount_cents=100)
    shop.carry_out()
    assert [mail.subject.split()[0] for mail in shop.mail.sent] == ["invoice"]


def test_an_invoice_paid_again_after_a_return_is_mailed_again(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.hear(shop.gateway.take_back(shop.pay(owner, number)))
    shop.pay(owner, number)
    shop.carry_out()
    assert mails(shop).count((f"paid {number}", owner.name)) == 2


def test_while_the_mail_system_is_down_mails_wait(shop: Shop, account: int, owner: Actor) -> None:
    shop.invoice(account)
    shop.mail.down = True
    shop.carry_out()
    assert shop.mail.sent == []

    shop.mail.down = False
    shop.clock.advance(seconds=5)
    shop.carry_out()
    assert len(shop.mail.sent) == 1


def test_a_mail_sent_again_after_a_crash_keeps_its_identity(shop: Shop, account: int, owner: Actor) -> None:
    shop.invoice(account)
    shop.carry_out()
    shop.sql("UPDATE outbox_message SET state = 'waiting' WHERE task = 'mail_invoice'")
    shop.clock.advance(minutes=1)
    shop.carry_out()
    assert len(shop.mail.sent) == 2
    assert len({mail.message_id for mail in shop.mail.sent}) == 1


def test_a_mailbox_that_does_not_exist_is_given_up_and_shows(shop: Shop, account: int, owner: Actor) -> None:
    other = shop.member(account, mails=True)
    shop.mail.refuses = {f"{owner.name}@test.example"}
    shop.invoice(account)
    shop.carry_out()
    assert [mail.to_name for mail in shop.mail.sent] == [other.name]
    assert [row.last_error for row in shop.all(OutboxMessage, state="given_up")] == [
        "address_refused {'reason': '550 no such mailbox'}"
    ]


def test_a_bug_in_one_row_does_not_hold_up_the_others(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.sql("UPDATE outbox_message SET task = 'dance' WHERE task = 'render_invoice'")
    shop.carry_out()
    assert mails(shop) == [(f"invoice {number}", owner.name)]
    assert shop.one(OutboxMessage, task="dance").state == "waiting"


# Files


def test_a_file_is_printed_and_stored_once(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.carry_out()
    for _ in range(2):
        flows.ensure_file(shop.billing, shop.row(number).id or 0)
    assert (len(shop.printer.printed), len(shop.all(InvoiceFile))) == (1, 1)


def test_a_stored_file_carries_its_digest(shop: Shop, account: int) -> None:
    shop.invoice(account)
    shop.carry_out()
    file = shop.one(InvoiceFile)
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()


def test_a_settlement_makes_the_file_out_of_date_until_it_is_printed_again(
    shop: Shop, account: int, owner: Actor
) -> None:
    number = shop.invoice(account)
    shop.carry_out()
    shop.pay(owner, number)
    assert shop.ask(printed_invoices, owner, [number]) is None
    assert not shop.view(owner, number).file_ready

    shop.carry_out()
    [printed] = shop.ask(printed_invoices, owner, [number]) or ()
    assert printed.content == f"%PDF {number} open 0".encode()
    assert [file.content[-6:] for file in shop.all(InvoiceFile)] == [b" 12100", b"open 0"]


def test_an_invoice_that_moves_on_while_it_is_printed_is_printed_again(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.printer.meanwhile = lambda: shop.pay(owner, number)
    with pytest.raises(Conflict):
        flows.ensure_file(shop.billing, shop.row(number).id or 0)
    assert shop.all(InvoiceFile) == []

    shop.carry_out()
    assert [file.content for file in shop.all(InvoiceFile)] == [f"%PDF {number} open 0".encode()]


def test_two_workers_that_print_at_one_moment_store_one_file(shop: Shop, account: int) -> None:
    wanted = shop.ask(service.to_render, shop.row(shop.invoice(account)).id or 0)
    shop.do(service.store_file, wanted, b"the same")
    shop.do(service.store_file, wanted, b"the same")
    assert len(shop.all(InvoiceFile)) == 1


def test_files_go_only_to_who_may_see_the_invoice(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.carry_out()
    with pytest.raises(NotAllowed):
        shop.ask(printed_invoices, shop.member(account, Role.TECHNICIAN), [number])
    with pytest.raises(NotFound):
        shop.ask(printed_invoices, shop.member(shop.customer()), [number])
    assert shop.ask(printed_invoices, shop.member(account, Role.READ_ONLY), [number]) is not None
