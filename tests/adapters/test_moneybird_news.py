"""Moneybird's messages: believed when signed, read when they are about a document, and refused otherwise."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from billing.adapters.books import Moneybird, MoneybirdSettings, NoBooks
from billing.ports import BookNews, NewsRefused
from tests.adapters.test_books_contract import LEDGERS, TAX_RATES
from tests.fakes.clock import FakeClock

SECRET = "a secret of the bookkeeping"
PAYMENTS = [{"id": "1", "price": "20.0", "transaction_identifier": "voldaan:payment:1"}, {"id": "2", "price": "101.0"}]
ENTITY = {"id": "5", "version": 12, "payments": PAYMENTS}
MESSAGE = {
    "administration_id": 77, "entity_type": "ExternalSalesInvoice", "entity_id": "5", "state": "paid",
    "action": "payment_registered", "entity": ENTITY,
}  # fmt: skip
CLOCK = FakeClock()


def books(secret: str = SECRET) -> Moneybird:
    settings = MoneybirdSettings("https://books.test", "77", "token", TAX_RATES, LEDGERS, news_secret=secret)
    return Moneybird(settings, clock=CLOCK)


def signed(body: bytes, *, secret: str = SECRET, age: int = 0, before: str = "") -> dict[str, str]:
    sent = int(CLOCK.now().timestamp()) - age
    made = hmac.new(secret.encode(), f"{sent}.".encode() + body, hashlib.sha256).hexdigest()
    return {"moneybird-signature": f"t={sent},{before}v1={made}", "idempotency-key": "key-1"}


def heard(**changes: Any) -> BookNews | None:
    body = json.dumps(MESSAGE | changes).encode()
    return books().read_news(signed(body), body)


def reason(headers: dict[str, str], body: bytes) -> str:
    with pytest.raises(NewsRefused) as refused:
        books().read_news(headers, body)
    return str(refused.value.facts["reason"])


def test_what_others_booked_is_told_apart_from_ours() -> None:
    assert heard() == BookNews("key-1", "5", 12, 10_100, is_gone=False)


def test_a_document_that_was_thrown_away_ends_whatever_comes_after() -> None:
    news = heard(action="external_sales_invoice_destroyed", entity=None)
    assert news is not None
    assert (news.is_gone, news.version > 10**12) == (True, True)


def test_news_of_other_things_is_of_no_interest() -> None:
    assert heard(entity_type="Contact") is None


def test_while_a_secret_is_replaced_either_signature_will_do() -> None:
    body = json.dumps(MESSAGE).encode()
    assert books().read_news(signed(body, before="v1=00ff,"), body) is not None


@pytest.mark.parametrize("header", ["", "t=1", "v1=00", "t=soon,v1=00", "t=²,v1=00", "nonsense", "t=,v1="])
def test_an_unsigned_message_is_refused(header: str) -> None:
    assert reason({"moneybird-signature": header}, b"{}") in {"unsigned", "stale"}


def test_an_old_message_is_refused_and_one_from_the_future_too() -> None:
    assert [reason(signed(b"{}", age=age), b"{}") for age in (301, -301)] == ["stale", "stale"]


def test_a_forged_message_is_refused() -> None:
    assert reason(signed(b"{}", secret="another"), b"{}") == "forged"
    assert reason(signed(b"{}"), b"{} ") == "forged"


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b"{}", b'{"administration_id": 77}'])
def test_a_signed_message_that_makes_no_sense_is_refused(body: bytes) -> None:
    assert reason(signed(body), body) == "unreadable"


def test_a_message_of_another_administration_is_refused() -> None:
    body = json.dumps(MESSAGE | {"administration_id": 78}).encode()
    assert reason(signed(body), body) == "other_administration"


def test_without_a_secret_nothing_is_believed() -> None:
    assert books("").read_news({}, b"{}") is None


def test_without_a_bookkeeping_there_is_nobody_to_hear() -> None:
    with pytest.raises(NewsRefused):
        NoBooks().read_news({}, b"{}")
