"""Many documents handed over to the bookkeeping of the sandbox while everything goes wrong that can, at random.

    python -m tests.books_storm --documents 1000 --seed 1

Each call may end in 401, 422, 429 with an instant in `Retry-After`, 500, or be done without an answer; messages from
there are repeated, old and forged. At the end each document, payment and entry stands there exactly once.
"""

import argparse
import hashlib
import hmac
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import httpx

from billing.access import Actor
from billing.accounts.tables import Role
from billing.adapters.books import Moneybird, MoneybirdSettings
from billing.bookkeeping import flows, queue
from billing.bookkeeping.tables import BookEntry, DocumentKind, EntryState
from billing.db import Database, migrate
from billing.ports import NewsRefused
from billing.sandbox import RunningSandbox, SandboxSettings
from billing.sandbox.faults import BooksFaults
from tests.adapters.test_books_contract import LEDGERS, TAX_RATES
from tests.factories import Shop

NEWS_SECRET = "a secret of the messages"
FAULTS = ("401", "422", "429", "500", "hang_after")
SETTINGS = SandboxSettings(port=0, smtp_port=0, public_url="")


@dataclass
class Storm:
    """A company, the bookkeeping of the sandbox, and what strikes between them. struck: how often what happened."""

    shop: Shop
    sandbox: RunningSandbox
    chance: random.Random
    struck: Counter[str] = field(default_factory=Counter)

    def make(self, documents: int) -> None:
        """So many invoices and credit notes; most are paid, some too much, some in part by credits."""
        account = self.shop.customer()
        owner = self.shop.member(account, Role.OWNER)
        made = 0
        while made < documents:
            number = self.shop.invoice(account, f"{self.chance.randint(1, 900)}.00")
            made += 1 + self._happen(number, owner)

    def run(self, most_rounds: int) -> None:
        """The worker, time that passes, and a person who lets what was refused be tried again."""
        billing = self.shop.billing
        for _ in range(most_rounds):
            while flows.plan(billing):
                pass
            while self._strike() and flows.hand_over(billing):
                self._news()
            if all(row.state == EntryState.HANDED_OVER for row in self.shop.all(BookEntry)):
                return
            self._pass(minutes=11)
            self.shop.do(queue.retry, billing.books.administration)
        raise AssertionError("it does not come to an end")

    def wrong(self) -> list[str]:
        """What does not stand there exactly once, or not as it does here."""
        books, rows = self.sandbox.world.books, self.shop.all(BookEntry)
        there = Counter(one["reference"] for one in [*books.invoices(), *books.journals()])
        wrong = [
            number for number, count in (there - Counter(row.number for row in rows)).items() for _ in range(count)
        ]
        wrong += [row.number for row in rows if not there[row.number]]
        by_number = {one["reference"]: one for one in books.invoices()}
        for row in rows:
            if row.kind != DocumentKind.JOURNAL:
                wrong += self._differs(row, by_number.get(row.number, {"payments": [], "attachments": []}))
        return wrong + self.shop.broken()

    def _differs(self, row: BookEntry, stands: dict[str, list[dict[str, str]]]) -> list[str]:
        from billing.bookkeeping.documents import wanted

        ours = Counter(
            (f"voldaan:{one.reference}", one.cents) for one in self.shop.ask(wanted, row).settlements
        )  # fmt: skip
        theirs = Counter(
            (one["transaction_identifier"], int(Decimal(one["price"]) * 100)) for one in stands["payments"]
        )
        return [row.number] if ours != theirs or len(stands["attachments"]) != 1 else []

    def _happen(self, number: str, owner: Actor) -> int:
        """What becomes of an invoice; returns how many more documents that makes."""
        what = self.chance.random()
        if what < 0.6:
            self.shop.pay(owner, number)
        elif what < 0.75:
            self.shop.succeed(self.shop.start_key(owner, number), amount_cents=999_999)
        elif what < 0.9:
            self.shop.credit(number, 100)
            return 1
        return 0

    def _strike(self) -> bool:
        """Let something go wrong in the next calls, or nothing."""
        what = self.chance.choice(FAULTS) if self.chance.random() < 0.4 else ""
        self.struck[what or "nothing"] += 1
        seconds = {"429": 60.0, "hang_after": 0.4}.get(what, 0.0)
        match = self.chance.choice(["", "POST", "payments", "attachment", "external_sales_invoices.json", "contacts"])
        self.sandbox.world.faults.books = BooksFaults(what, 1 if what else 0, seconds, match)
        return True

    def _news(self) -> None:
        """A message about something there: as it is, once more, old, or forged."""
        invoices = self.sandbox.world.books.invoices()
        if not invoices or self.chance.random() > 0.2:
            return
        body, how = self._message(self.chance.choice(invoices)), self.chance.choice(["once", "twice", "old", "forged"])
        self.struck[f"news {how}"] += 1
        headers = self._signed(body, old=how == "old", secret="x" if how == "forged" else NEWS_SECRET)
        for _ in range(2 if how == "twice" else 1):
            try:
                flows.receive_news(self.shop.billing, headers, body)
                assert how in {"once", "twice"}
            except NewsRefused:
                assert how in {"old", "forged"}

    def _message(self, invoice: dict[str, object]) -> bytes:
        return json.dumps({
            "administration_id": SETTINGS.books_administration, "entity_type": "ExternalSalesInvoice",
            "entity_id": invoice["id"], "action": "payment_registered", "entity": invoice,
        }).encode()  # fmt: skip

    def _signed(self, body: bytes, *, old: bool, secret: str) -> dict[str, str]:
        sent = int((self.shop.clock.now() - timedelta(minutes=6 if old else 0)).timestamp())
        digest = hmac.new(secret.encode(), f"{sent}.".encode() + body, hashlib.sha256).hexdigest()
        return {"moneybird-signature": f"t={sent},v1={digest}", "idempotency-key": "k"}

    def _pass(self, **time: float) -> None:
        """Both sides live in one time."""
        self.sandbox.world.faults.books = BooksFaults()
        self.sandbox.world.advance(timedelta(**time))
        self.shop.clock.time = self.sandbox.world.clock.now()


@contextmanager
def storm(database: Database, sandbox: RunningSandbox, seed: int) -> Iterator[Storm]:
    """A storm on an empty database and an emptied sandbox."""
    sandbox.world.reset()
    settings = MoneybirdSettings(
        f"{sandbox.url}/books/api/v2", SETTINGS.books_administration, SETTINGS.books_token, TAX_RATES, LEDGERS,
        NEWS_SECRET,
    )  # fmt: skip
    shop = Shop(database)
    shop.clock.time = sandbox.world.clock.now()
    books = Moneybird(settings, clock=shop.clock)
    books._client._http.timeout = httpx.Timeout(0.2)
    shop.change_books(books)
    flows.plan(shop.billing)
    yield Storm(shop, sandbox, random.Random(seed))
    books.close()


def main() -> None:
    """Weather a storm, and tell how it was. Exit 1 when something does not stand there exactly once."""
    parser = argparse.ArgumentParser(description="Hand documents over while everything goes wrong, and count them.")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, RunningSandbox(SETTINGS) as sandbox:
        url = f"sqlite:///{Path(folder) / 'storm.sqlite'}"
        migrate(url)
        with storm(Database(url), sandbox, asked.seed) as weathered:
            weathered.make(asked.documents)
            weathered.run(most_rounds=20 * asked.documents)
            wrong = weathered.wrong()
            kinds = Counter(row.kind for row in weathered.shop.all(BookEntry))
    told = {"handed_over": dict(kinds), "struck": dict(weathered.struck), "seed": asked.seed, "wrong": wrong[:10]}
    print(json.dumps(told))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
