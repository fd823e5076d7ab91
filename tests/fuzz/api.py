"""The API, asked along its own document and then beside it: requests made from the schema, and then damaged."""

import json
import random
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from starlette.testclient import TestClient

from dashboard import wiring
from dashboard.web.app import web
from dashboard.web.headers import SecurityHeaders
from tests import machines
from tests.fuzz.damage_done import altered, as_json, damaged
from tests.fuzz.running import PUBLIC_URL, open_shop

PREFIX = "/api/v1"
CASES = 3


class Api:
    """Every operation of the document, by a key that may do everything."""

    def __init__(self, folder: Path) -> None:
        self.shop, self.given = open_shop(folder, "api"), None
        wiring.use(self.shop.billing, wiring.settings())
        self.shop.invoice(self.shop.customer())
        machines.product(self.shop.billing)
        self._bearer = {"Authorization": f"Bearer {machines.key(self.shop.billing)}"}
        self._browser = TestClient(SecurityHeaders(web), base_url=PUBLIC_URL)
        schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", web)
        self._operations = [found.ok() for found in schema.get_all_operations()]

    def turn(self, chance: random.Random) -> None:
        """A few requests of one operation, each also in a damaged form."""
        operation = chance.choice(self._operations)

        @seed(chance.randrange(2**32))
        @settings(
            max_examples=CASES, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            self.given = case.as_curl_command()
            case.call_and_validate(headers=self._bearer, checks=[not_a_server_error])
            self._ask_damaged(chance, case)

        ask()
        self.shop.clock.advance(seconds=1)

    def _ask_damaged(self, chance: random.Random, case: schemathesis.Case) -> None:
        body = case.body if isinstance(case.body, dict | list) else {}
        content = as_json(altered(chance, body))
        content = damaged(chance, content) if chance.random() < 0.5 else content
        headers = self._bearer | {"Content-Type": "application/json", "Idempotency-Key": str(chance.randrange(10**6))}
        path = damaged(chance, case.formatted_path.encode()).decode("latin-1") if chance.random() < 0.3 else ""
        address = PREFIX + (path or case.formatted_path).removeprefix(PREFIX)
        self.given = (case.method, address, content)
        answer = self._browser.request(case.method, f"{PUBLIC_URL}{_typed(address)}", content=content, headers=headers)
        assert answer.status_code < 500, answer.text
        if answer.headers.get("content-type", "").startswith("application/problem+json"):
            assert json.loads(answer.text)["code"]


def _typed(address: str) -> str:
    """As an address may be sent: no more than printable ASCII."""
    return "".join(_letter(letter) for letter in address)


def _letter(letter: str) -> str:
    return letter if "!" <= letter <= "~" and letter not in "#\\" else f"%{ord(letter) % 256:02x}"
