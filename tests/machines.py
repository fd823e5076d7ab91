"""Machines of a host for tests: keys, and what they ask and hear."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import httpx
from sqlalchemy import delete
from starlette.testclient import TestClient

from billing.access import SYSTEM, Actor, Scope
from billing.accounts import service as accounts
from billing.api import keys
from billing.api.keys import AddKey
from billing.clock import local_day
from billing.db import Work
from billing.ledger.checks import run_checks
from billing.listeners import flows
from billing.products import service as products
from billing.products.service import AddProduct
from billing.products.tables import ProductKind
from billing.rates import RateCount
from billing.runtime import Billing
from billing.vault import Vault

EVERYTHING = tuple(Scope)
_numbers = count(1)


def staff(billing: Billing) -> Actor:
    """Somebody of the finance department."""
    email = f"staff-{next(_numbers)}@test.example"
    user_id = billing.do(accounts.add_user, SYSTEM, email=email, name="Fien", password_hash="", staff_role="finance")
    return Actor(name="Fien", user_id=user_id)


def key(billing: Billing, *scopes: Scope, account_id: int | None = None) -> str:
    """A key with these scopes, or with all of them."""
    names = [scope.value for scope in scopes or EVERYTHING]
    return billing.do(keys.add, staff(billing), AddKey("webshop", names, account_id))


def actor_of(billing: Billing, token: str) -> Actor:
    """The machine that a key stands for."""
    return billing.ask(keys.bearer, token).actor


def product(billing: Billing, *, code: str = "", euros: int = 120, months: int = 12, on: date | None = None) -> int:
    """Something for sale from a day on, or since yesterday."""
    since = on or date.fromordinal(local_day(billing.clock.now()).toordinal() - 1)
    add = AddProduct(
        code or f"product-{next(_numbers)}", "Webhosting", ProductKind.HOSTING, months, Decimal(euros), Decimal(21),
        since,
    )  # fmt: skip
    return billing.do(products.add_product, SYSTEM, add)


def tell(billing: Billing) -> list[dict[str, Any]]:
    """Let the worker tell all that there is to tell; returns what the listeners got since the last time."""
    while flows.plan(billing) or flows.deliver(billing):
        pass
    got: Any = billing.listeners
    letters, got.got = list(got.got), []
    return [json.loads(letter.body) for letter in letters]


class Machine:
    """A system of the host with a key, at our routes."""

    def __init__(self, browser: TestClient, token: str) -> None:
        self.token = token
        self._browser = browser

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.send("GET", path, params=query)

    def post(self, path: str, content: Any, *, repeat: str = "") -> httpx.Response:
        return self.send("POST", path, json=content, headers={"Idempotency-Key": repeat or f"try-{next(_numbers)}"})

    def patch(self, path: str, content: Any, *, repeat: str = "") -> httpx.Response:
        return self.send("PATCH", path, json=content, headers={"Idempotency-Key": repeat or f"try-{next(_numbers)}"})

    def delete(self, path: str) -> httpx.Response:
        return self.send("DELETE", path)

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", **request.pop("headers", {})}
        return self._browser.request(method, f"/api/v1{path}", headers=headers, **request)

    def all(self, path: str, *, limit: int) -> Iterable[Any]:
        """Every row of a list, part by part."""
        cursor = None
        while True:
            page = self.get(path, limit=limit, **({"cursor": cursor} if cursor else {})).json()
            yield from page["data"]
            cursor = page["next"]
            if cursor is None:
                return


def broken(work: Work, vault: Vault) -> list[str]:
    """The invariants that do not hold."""
    return [finding.invariant for finding in run_checks(work, vault) if not finding.holds]


def forget_limits(billing: Billing) -> None:
    """Count requests afresh, where time stands still."""
    billing.do(lambda work: work.session.execute(delete(RateCount)))
