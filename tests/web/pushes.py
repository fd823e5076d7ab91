"""Gateway messages as they come over the wire, rightly signed unless a test spoils them."""

import json
from typing import Any
from urllib.parse import urlencode

from sqlmodel import select

from billing.adapters.buckaroo.signing import authorization, form_signature
from billing.inbox import InboxMessage
from tests.fakes.house import PUBLIC_URL, SECRET, WEBSITE_KEY, House

PATH = "/hooks/buckaroo"
KEY = "4C1BE53E2C42412AB32A799D9316E700"


def json_body(**changes: Any) -> bytes:
    """A payment of € 10.25 that succeeded."""
    transaction: dict[str, Any] = {
        "Key": KEY, "Invoice": "2026-0001", "ServiceCode": "ideal", "Currency": "EUR", "AmountDebit": 10.25,
        "Status": {"Code": {"Code": 190}, "SubCode": {"Code": "S001"}, "DateTime": "2026-03-02T10:00:00"},
        "IsTest": True, "TransactionType": "C021",
    }  # fmt: skip
    return json.dumps({"Transaction": transaction | changes}).encode()


def signed(house: House, body: bytes, *, path: str = PATH, method: str = "POST") -> dict[str, str]:
    """The headers of a JSON push."""
    header = authorization(
        method=method, url=f"{PUBLIC_URL}{path}", body=body, website_key=WEBSITE_KEY, secret=SECRET,
        nonce="0" * 32, timestamp=int(house.clock.now().timestamp()),
    )  # fmt: skip
    return {"Authorization": header, "Content-Type": "application/json"}


def form_body(**changes: str) -> bytes:
    """The same payment as a form push."""
    fields = {
        "brq_amount": "10.25", "brq_currency": "EUR", "brq_invoicenumber": "2026-0001", "brq_statuscode": "190",
        "brq_timestamp": "2026-03-02 10:00:00", "brq_transactions": KEY, "brq_websitekey": WEBSITE_KEY,
    } | changes  # fmt: skip
    return urlencode({**fields, "brq_signature": form_signature(list(fields.items()), SECRET)}).encode()


def stored(house: House) -> list[InboxMessage]:
    """What is in the inbox."""
    return house.billing.ask(lambda work: list(work.session.exec(select(InboxMessage))))
