"""The decisions about the API: which scope each operation takes, and a valid call; see `decisions`.

A key is all that counts there. So no person gets through, and what machines may do is held in `test_machines`.
"""

import json
from typing import Any

from sqlmodel import select

from billing.access import Scope
from billing.invoices.tables import DRAFT, Invoice
from billing.listeners import service as listeners
from billing.listeners.events import EventType
from billing.payments.tables import Payment
from billing.products.tables import Product
from tests import machines
from tests.factories import Shop
from tests.matrix.decision import MACHINE, OPEN, Decision
from tests.matrix.world import Ids

_S = Scope
API = "/api/v1"
SCOPES: dict[str, Scope] = {}
URL = "https://host.example/hook"


def _asks(method: str, path: str, scope: Scope, sends: Any = None, *, at: str = "", **more: Any) -> dict[str, Decision]:
    name = f"{method} {API}{path}"
    SCOPES[name] = scope
    headers = (("Content-Type", "application/json"), ("Idempotency-Key", "matrix"))
    body = "" if sends is None else json.dumps(sends)
    # What an id is wanted for is a number, in JSON too.
    for kind in ("account", "product", "invoice_id"):
        body = body.replace(f'"{{{kind}}}"', f"{{{kind}}}")
    return {name: Decision(MACHINE, f"{API}{at or path}", body, headers=headers, **more)}


LINE = {"description": "Werk", "unit_price_cents": 100}
MACHINE_ROUTES: dict[str, Decision] = {
    f"GET {API}/openapi.json": Decision(OPEN, f"{API}/openapi.json", shows='"openapi": "3.1.0"'),
    **_asks("GET", "/customers", _S.CUSTOMERS_READ, shows="{word} klant"),
    **_asks("POST", "/customers", _S.CUSTOMERS_WRITE, {"name": "Nieuw"}, writes=True),
    **_asks("GET", "/customers/{id}", _S.CUSTOMERS_READ, at="/customers/{account}", shows="{word} klant"),
    **_asks("PATCH", "/customers/{id}", _S.CUSTOMERS_WRITE, {"city": "Ede"}, at="/customers/{account}", writes=True),
    **_asks("GET", "/customers/{id}/credits", _S.CREDITS_READ, at="/customers/{account}/credits", shows="{note}"),
    **_asks("GET", "/products", _S.SERVICES_READ, shows='"code":"{word}"'),
    **_asks("GET", "/services", _S.SERVICES_READ, shows="{word}-dienst"),
    **_asks("POST", "/services", _S.SERVICES_WRITE,
            {"customer_id": "{account}", "product_id": "{product}", "label": "nieuw.test"}, writes=True),
    **_asks("GET", "/services/{id}", _S.SERVICES_READ, at="/services/{service}", shows="{word}-dienst"),
    **_asks("POST", "/services/{id}/cancel", _S.SERVICES_WRITE, {}, at="/services/{service}/cancel", writes=True),
    **_asks("GET", "/invoices", _S.INVOICES_READ, shows="{invoice}"),
    **_asks("POST", "/invoices", _S.INVOICES_WRITE,
            {"customer_id": "{account}", "subject": "Werk", "lines": [LINE]}, writes=True),
    **_asks("GET", "/invoices/{id}", _S.INVOICES_READ, at="/invoices/{invoice_id}", shows="{word}-regel"),
    **_asks("POST", "/invoices/{id}/issue", _S.INVOICES_WRITE, {}, at="/invoices/{draft_id}/issue", writes=True),
    **_asks("GET", "/invoices/{id}/pdf", _S.INVOICES_READ, at="/invoices/{invoice_id}/pdf", shows="%PDF {invoice}"),
    **_asks("GET", "/payments", _S.PAYMENTS_READ, shows='"customer_id":{account},'),
    **_asks("GET", "/payments/{id}", _S.PAYMENTS_READ, at="/payments/{payment_id}", shows='"customer_id":{account},'),
    **_asks("GET", "/webhooks", _S.WEBHOOKS_MANAGE, shows=URL),
    **_asks("POST", "/webhooks", _S.WEBHOOKS_MANAGE, {"url": URL, "events": ["invoice.paid"]}, writes=True),
    **_asks("DELETE", "/webhooks/{id}", _S.WEBHOOKS_MANAGE, at="/webhooks/{webhook}", writes=True),
}  # fmt: skip


def ids_of(shop: Shop, ids: Ids, webhook: int) -> Ids:
    """By kind, what machines call the things of an account: numbers."""

    def one(statement: Any) -> str:
        return str(shop.ask(lambda work: work.session.exec(statement).first()))

    account_id = int(ids["account"])
    return ids | {
        "invoice_id": one(select(Invoice.id).where(Invoice.number == ids["invoice"])),
        "draft_id": one(select(Invoice.id).where(Invoice.account_id == account_id, Invoice.state == DRAFT)),
        "payment_id": one(select(Payment.id).where(Payment.account_id == account_id)),
        "product": one(select(Product.id).where(Product.code == ids["word"])),
        "webhook": str(webhook),
    }


def key_with_webhook(shop: Shop, scopes: set[Scope], account_id: int | None = None) -> tuple[str, int]:
    """A key with these scopes and a webhook of its own, made while it had all that this takes."""
    token = machines.key(shop.billing, account_id=account_id)
    actor = machines.actor_of(shop.billing, token)
    made = shop.do(listeners.add, actor, URL, [EventType.INVOICE_PAID], shop.billing.vault)
    shop.sql("UPDATE api_key SET scopes = :scopes WHERE id = :id", scopes=" ".join(sorted(scopes)) or "none",
             id=actor.key.key_id if actor.key else 0)  # fmt: skip
    return token, made.id
