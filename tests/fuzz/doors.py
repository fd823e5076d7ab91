"""The doors that are fuzzed: messages of the gateway, files of the bank, and events of a browser."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from inspect import signature
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.testclient import TestClient

from billing.accounts.tables import Role
from billing.adapters.buckaroo import BuckarooPushReader, BuckarooSettings
from billing.adapters.buckaroo.signing import form_signature
from billing.bank import flows as bank
from billing.errors import BillingError
from billing.mandates import flows as mandates
from billing.payments import flows as payments
from billing.ports import BankFileRefused, Outcome
from dashboard import wiring
from dashboard.payloads import fits
from dashboard.web.app import web
from dashboard.web.headers import SecurityHeaders
from tests import stopping
from tests.banking import IBAN, mt940, received, with_bank
from tests.e2e.hostile import Hostile
from tests.fakes import house
from tests.fakes.house import SECRET, WEBSITE_KEY, House
from tests.fuzz.damage_done import altered, as_json, damaged
from tests.fuzz.running import PUBLIC_URL, open_shop
from tests.matrix.decisions import EVENTS, PAGES
from tests.states.conftest import Tab, signed_in
from tests.states.test_surface import our_states
from tests.web.pushes import KEY, PATH, form_body, json_body, signed

SAMPLES = Path(__file__).parent.parent / "adapters" / "bank_samples"
FORM = "application/x-www-form-urlencoded"
KINDS = ("application/json", FORM, "text/xml", "", "application/json; charset=utf-16")
TURNS_BETWEEN_WORK = 10


class Pushes:
    """The door for messages of the gateway, with a worker behind it, and transactions that the gateway knows."""

    def __init__(self, folder: Path) -> None:
        self.shop, self.given, self._turns = open_shop(folder, "push"), None, 0
        line = BuckarooSettings(
            website_key=WEBSITE_KEY, secret=SECRET, base_url="https://gateway.test",
            redirect_hosts=frozenset({"https://gateway.test"}), push_base_url=house.PUBLIC_URL,
        )  # fmt: skip
        self.shop.billing = replace(self.shop.billing, pushes=BuckarooPushReader(line, clock=self.shop.clock))
        wiring.use(self.shop.billing, wiring.settings())
        self._browser = TestClient(SecurityHeaders(web), base_url=PUBLIC_URL)
        account = self.shop.customer()
        owner = self.shop.member(account, Role.OWNER)
        self._keys = [KEY, *(self.shop.start_key(owner, self.shop.invoice(account)) for _ in range(6))]

    def turn(self, chance: random.Random) -> None:
        """One message, right, damaged, or forged; now and then the gateway decides, and the worker works."""
        body, headers = chance.choice((self._json, self._form))(chance)
        self.given = (headers, body)
        answer = self._browser.post(PATH, content=body, headers=headers)
        assert answer.status_code < 500, answer.status_code
        self._turns += 1
        if self._turns % TURNS_BETWEEN_WORK == 0:
            self.shop.gateway.change(chance.choice(self._keys[1:]), chance.choice(list(Outcome)))
            payments.process_pushes(self.shop.billing)
            mandates.process_pushes(self.shop.billing)
            self.shop.clock.advance(minutes=1)

    def _json(self, chance: random.Random) -> tuple[bytes, dict[str, str]]:
        message = json.loads(json_body(Key=chance.choice(self._keys)))
        if chance.random() < 0.3:
            message = {"DataRequest": message["Transaction"]}
        body = as_json(altered(chance, message) if chance.random() < 0.6 else message)
        body = damaged(chance, body) if chance.random() < 0.3 else body
        headers = (
            signed(House(self.shop.billing, self.shop.clock), body)
            if chance.random() < 0.8
            else {"Authorization": Hostile(chance).part()}
        )
        return body, _of_kind(chance, headers)

    def _form(self, chance: random.Random) -> tuple[bytes, dict[str, str]]:
        fields = parse_qsl(form_body(brq_transactions=chance.choice(self._keys)).decode())
        names = [name for name, _ in fields] + ["brq_datarequest", "brq_statuscode_detail", "add_x", "cust_x"]
        said = dict(fields) | {chance.choice(names): Hostile(chance).text()} if chance.random() < 0.7 else dict(fields)
        said.pop("brq_signature", None)
        if chance.random() < 0.8:
            said["brq_signature"] = form_signature(list(said.items()), SECRET)
        body = urlencode(said, errors="surrogatepass").encode()
        return damaged(chance, body) if chance.random() < 0.3 else body, _of_kind(chance, {"Content-Type": FORM})


class BankFiles:
    """Importing files of the bank: all samples, and one of our own account."""

    def __init__(self, folder: Path) -> None:
        self.shop, self.given = open_shop(folder, "bank"), b""
        self.shop.billing = with_bank(self.shop.billing)
        account = self.shop.customer()
        self._numbers = [self.shop.invoice(account) for _ in range(20)]
        self._files = [
            path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix in {".txt", ".xml", ".camt053"}
        ]
        lines = [line for number in self._numbers for line in received("121,00", number)]
        self._files += [mt940(*lines, closing="C261123EUR2520,00").encode()] * 4

    def turn(self, chance: random.Random) -> None:
        """One file, often of our own account, damaged; a refusal is an answer."""
        content = chance.choice(self._files)
        if chance.random() < 0.7:
            content = _as_ours(content)
        content = damaged(chance, content)
        self.given = content
        try:
            bank.import_file(self.shop.billing, content)
        except BankFileRefused:
            self.shop.clock.advance(minutes=1)


class Events:
    """Events of every page, from everybody there is, with arguments that pass the door and mean nothing good."""

    def __init__(self, folder: Path) -> None:
        self.shop, self.given = open_shop(folder, "events"), None
        self.shop.billing = with_bank(self.shop.billing)
        wiring.use(self.shop.billing, wiring.settings())
        account = self.shop.customer()
        people = [self.shop.member(account, role) for role in Role]
        colleagues = [stopping.colleague(self.shop, "fien", "finance"), stopping.colleague(self.shop, "fred")]
        for _ in range(5):
            self.shop.invoice(account)
        self.shop.package(account)
        self._tabs = [Tab(), *(signed_in(self.shop, person) for person in [*people, *colleagues])]
        self._pages = {opens.split(".")[0]: page for page, opens in PAGES.items() if opens}
        self._states = {state.__name__: state for state in our_states()}
        # What runs in the background waits for news for as long as a tab is open.
        self._events = [name for name in EVENTS if not self._handler(name).is_background]

    def turn(self, chance: random.Random) -> None:
        """One event. What the product refuses by name is an answer."""
        hostile, name = Hostile(chance), chance.choice(self._events)
        state, event = name.split(".")
        handler: Callable[..., Any] = self._handler(name).fn
        payload = hostile.payload(handler)
        self.given = (name, payload)
        if not fits(handler, payload):
            return
        tab = chance.choice(self._tabs)
        tab.at(self._states[state], hostile.address(self._pages.get(state, "/")))
        try:
            tab.do(self._states[state], event, *_in_order(handler, payload))
        except BillingError:
            self.shop.clock.advance(seconds=1)

    def _handler(self, name: str) -> Any:
        state, event = name.split(".")
        return self._states[state].event_handlers[event]


def _in_order(handler: Callable[..., Any], payload: dict[str, Any]) -> list[Any]:
    _, *names = signature(handler).parameters
    return [payload[name] for name in takewhile(payload.__contains__, names)]


def _of_kind(chance: random.Random, headers: dict[str, str]) -> dict[str, str]:
    return headers | {"Content-Type": chance.choice(KINDS)} if chance.random() < 0.1 else headers


def _as_ours(content: bytes) -> bytes:
    """The first account number in a file, which is the one that it is of, made ours."""
    found = re.search(rb"\b[A-Z]{2}\d{2}[A-Z]{4}\d{10}", content)
    return content.replace(found[0], IBAN.encode()) if found else content
