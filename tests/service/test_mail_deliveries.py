"""What became of a mail: kept once, whatever is reported how often and in which order."""

from itertools import permutations

import pytest

from billing import outbox
from billing.access import Actor
from billing.correspondence import flows
from billing.deliveries import service as deliveries
from billing.deliveries.reports import LARGEST_BYTES, DeliveryState
from billing.deliveries.tables import MailDelivery
from billing.errors import Conflict, ReportRefused
from billing.outbox import OutboxMessage
from tests.factories import Shop
from tests.fakes.reports import DELAYED, DELIVERED, FAILED, RELAYED, report

News = tuple[str, str]


@pytest.fixture
def mail(shop: Shop, account: int, owner: Actor) -> OutboxMessage:
    """The mail about a new invoice, handed to the mail system."""
    shop.invoice(account)
    shop.carry_out()
    return shop.one(OutboxMessage, task="mail_invoice")


def identity(shop: Shop, message: OutboxMessage) -> str:
    return outbox.message_id(message.dedup_key, shop.billing.policy.public_url)


def hear(shop: Shop, message: OutboxMessage, *news: News) -> None:
    for one in news:
        assert flows.receive_report(shop.billing, report(identity(shop, message), one))


def kept(shop: Shop) -> MailDelivery:
    return shop.one(MailDelivery)


def is_proven(shop: Shop, message: OutboxMessage) -> bool:
    return shop.ask(deliveries.is_proven, message.id or 0)


def in_trouble(shop: Shop, account: int) -> tuple[str, ...]:
    return shop.ask(deliveries.addresses_in_trouble, account)


def address(person: Actor) -> str:
    return f"{person.name}@test.example"


# Handing over


def test_a_mail_that_the_mail_server_took_is_handed_over(shop: Shop, mail: OutboxMessage, owner: Actor) -> None:
    found = kept(shop)
    assert (found.outbox_id, found.address, found.state) == (mail.id, address(owner), DeliveryState.HANDED_OVER)
    assert shop.mail.sent[0].message_id == identity(shop, mail)


def test_a_mail_that_is_sent_again_after_a_crash_is_kept_once(shop: Shop, mail: OutboxMessage) -> None:
    shop.sql("UPDATE outbox_message SET state = 'waiting' WHERE task = 'mail_invoice'")
    shop.clock.advance(minutes=1)
    shop.carry_out()
    assert len(shop.mail.sent) == 2
    assert kept(shop).state == DeliveryState.HANDED_OVER


def test_a_refused_address_is_kept_and_not_tried_again(shop: Shop, account: int, owner: Actor) -> None:
    shop.mail.refuses = {address(owner)}
    shop.invoice(account)
    shop.carry_out()
    assert (kept(shop).state, kept(shop).status_code) == (DeliveryState.REFUSED, "550 no such mailbox")
    assert in_trouble(shop, account) == (address(owner),)
    shop.mail.refuses = set()
    shop.clock.advance(days=1)
    shop.carry_out()
    assert shop.mail.sent == []


def test_a_mail_that_nobody_took_has_no_delivery(shop: Shop, account: int, owner: Actor) -> None:
    shop.mail.down = True
    shop.invoice(account)
    shop.carry_out()
    assert shop.all(MailDelivery) == []
    assert shop.ask(deliveries.latest_delivery, address(owner)) is None


# Reports


@pytest.mark.parametrize("order", list(permutations([DELAYED, DELIVERED, FAILED])))
def test_a_failure_is_final_in_whatever_order_reports_come(
    shop: Shop, mail: OutboxMessage, order: tuple[News, ...]
) -> None:
    hear(shop, mail, *order)
    assert (kept(shop).state, kept(shop).status_code) == (DeliveryState.BOUNCED, FAILED[1])
    assert not is_proven(shop, mail)


def test_a_late_delay_does_not_undo_a_delivery(shop: Shop, mail: OutboxMessage) -> None:
    hear(shop, mail, DELIVERED, DELAYED)
    assert kept(shop).state == DeliveryState.DELIVERED
    assert is_proven(shop, mail)


def test_the_same_report_twice_is_once(shop: Shop, mail: OutboxMessage) -> None:
    hear(shop, mail, FAILED)
    first = kept(shop)
    shop.clock.advance(hours=1)
    hear(shop, mail, FAILED)
    assert kept(shop) == first


def test_passed_on_to_where_nobody_reports_from_changes_nothing(shop: Shop, mail: OutboxMessage) -> None:
    hear(shop, mail, RELAYED)
    assert kept(shop).state == DeliveryState.HANDED_OVER


def test_a_report_about_somebody_elses_mail_is_not_about_us(shop: Shop, mail: OutboxMessage) -> None:
    assert not flows.receive_report(shop.billing, report("<0123abcd@elsewhere.test>"))
    assert kept(shop).state == DeliveryState.HANDED_OVER


def test_a_report_that_overtakes_our_own_note_has_to_come_again(shop: Shop, mail: OutboxMessage) -> None:
    shop.sql("DELETE FROM mail_delivery")
    with pytest.raises(Conflict):
        hear(shop, mail, FAILED)
    shop.do(deliveries.record_sending, mail, "person-1@test.example", DeliveryState.HANDED_OVER)
    hear(shop, mail, FAILED)
    assert kept(shop).state == DeliveryState.BOUNCED


def test_a_mail_of_which_the_address_of_the_dashboard_has_changed_is_still_ours(
    shop: Shop, mail: OutboxMessage
) -> None:
    before = outbox.message_id(mail.dedup_key, "https://old-name.test")
    assert flows.receive_report(shop.billing, report(before))
    assert kept(shop).state == DeliveryState.BOUNCED


@pytest.mark.parametrize("raw", [b"", b"Subject: Hallo\r\n\r\ntekst", b"\0" * 100, b" " * (LARGEST_BYTES + 1)])
def test_what_can_not_be_read_changes_nothing(shop: Shop, mail: OutboxMessage, raw: bytes) -> None:
    with pytest.raises(ReportRefused):
        flows.receive_report(shop.billing, raw)
    assert kept(shop).state == DeliveryState.HANDED_OVER


@pytest.mark.parametrize("final", ["bounced", "refused"])
def test_the_database_keeps_what_is_final(shop: Shop, mail: OutboxMessage, final: str) -> None:
    shop.sql("UPDATE mail_delivery SET state = :final", final=final)
    assert "mail_delivery is final" in shop.refusal("UPDATE mail_delivery SET state = 'delivered'")


def test_two_reports_at_one_moment_leave_the_worse(shop: Shop, mail: OutboxMessage) -> None:
    public_url = shop.billing.policy.public_url
    failed, delivered = (flows.read_report(report(identity(shop, mail), news)) for news in (FAILED, DELIVERED))
    assert shop.overlap(
        lambda work: deliveries.record_report(work, failed, public_url),
        lambda work: deliveries.record_report(work, delivered, public_url),
    )
    assert kept(shop).state == DeliveryState.BOUNCED


# Asking


def test_silence_proves_a_mail_only_when_no_failure_can_come_any_more(shop: Shop, mail: OutboxMessage) -> None:
    assert not is_proven(shop, mail)
    shop.clock.advance(days=5)
    assert is_proven(shop, mail)


def test_a_delayed_mail_is_not_proven_by_silence(shop: Shop, mail: OutboxMessage) -> None:
    hear(shop, mail, DELAYED)
    shop.clock.advance(days=30)
    assert not is_proven(shop, mail)


def test_an_address_is_in_trouble_until_a_newer_mail_arrives(
    shop: Shop, account: int, owner: Actor, mail: OutboxMessage
) -> None:
    hear(shop, mail, FAILED)
    assert in_trouble(shop, account) == (address(owner),)

    shop.invoice(account)
    shop.carry_out()
    newer = shop.all(OutboxMessage, task="mail_invoice")[-1]
    assert in_trouble(shop, account) == (address(owner),)
    found = shop.ask(deliveries.latest_delivery, address(owner))
    assert found is not None
    assert (found.outbox_id, found.state) == (newer.id, DeliveryState.HANDED_OVER)

    hear(shop, newer, DELIVERED)
    assert in_trouble(shop, account) == ()


def test_the_trouble_of_others_is_theirs(shop: Shop, account: int, owner: Actor, mail: OutboxMessage) -> None:
    hear(shop, mail, FAILED)
    neighbours = shop.customer()
    shop.member(neighbours, mails=True)
    assert in_trouble(shop, neighbours) == ()
