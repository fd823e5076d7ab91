"""What machines may do: with its scope each operation gets through, with all others but it none, and a key for one
customer gets for what is another's the very answer that what does not exist gets."""

import pytest
from starlette.testclient import TestClient

from billing.access import Scope
from dashboard.web.app import web
from tests import machines
from tests.dumps import dump
from tests.matrix.calls import filled
from tests.matrix.machines import MACHINE_ROUTES, SCOPES, ids_of, key_with_webhook
from tests.matrix.world import THEIRS, Ids
from tests.states.conftest import PUBLIC_URL

ACTIONS = sorted(SCOPES)
# A key for one customer adds no others, and the catalogue is everybody's.
OF_A_CUSTOMER = sorted(set(ACTIONS) - {"POST /api/v1/customers", "GET /api/v1/products"})
NAMING = [action for action in OF_A_CUSTOMER if "{id}" in action] + ["POST /api/v1/invoices", "POST /api/v1/services"]


class Hall:
    """A stage with machines in front of it."""

    def __init__(self, stage) -> None:
        self.stage, self.shop = stage, stage.shop
        machines.forget_limits(self.shop.billing)
        for ids in (stage.world.ours, stage.world.theirs):
            self.shop.draft(int(ids["account"]))
        self.shop.carry_out()

    def asks(self, action: str, token: str, ids: Ids):
        """The answer to an action, and whether rows were changed by it."""
        decision, method = MACHINE_ROUTES[action], action.split()[0]
        headers = dict(decision.headers) | {"Authorization": f"Bearer {token}"}
        before = dump(self.stage.path)
        with TestClient(web, base_url=PUBLIC_URL, client=("127.0.0.1", 5000)) as browser:
            content = filled(decision.sends, ids).encode()
            answer = browser.request(method, filled(decision.at, ids), headers=headers, content=content)
        return answer, _but_for_use(dump(self.stage.path)) != _but_for_use(before)

    def key(self, scopes: set[Scope], *, bound: bool = False) -> tuple[str, Ids]:
        account_id = int(self.stage.world.ours["account"]) if bound else None
        token, webhook = key_with_webhook(self.shop, scopes, account_id)
        return token, ids_of(self.shop, self.stage.world.ours, webhook)


def _but_for_use(rows):
    """That a key was used is written down whatever it asked."""
    return {table: content for table, content in rows.items() if table != "api_key"}


@pytest.fixture
def hall(stage) -> Hall:
    return Hall(stage)


@pytest.mark.parametrize("action", ACTIONS)
def test_with_its_scope_alone_an_operation_gets_through(hall, action):
    scopes = {SCOPES[action]} | ({Scope.INVOICES_READ} if action == "POST /api/v1/webhooks" else set())
    token, ids = hall.key(scopes)
    answer, changed = hall.asks(action, token, ids)
    decision = MACHINE_ROUTES[action]
    assert answer.status_code in {200, 201, 204}
    assert changed == decision.writes
    assert filled(decision.shows, ids) in answer.content.decode("latin-1")


@pytest.mark.parametrize("action", ACTIONS)
def test_with_all_scopes_but_its_own_it_does_not(hall, action):
    token, ids = hall.key(set(Scope) - {SCOPES[action]})
    answer, changed = hall.asks(action, token, ids)
    assert (answer.status_code, answer.json()["scope"], changed) == (403, SCOPES[action].value, False)


@pytest.mark.parametrize("action", OF_A_CUSTOMER)
def test_a_key_for_one_customer_sees_that_one_alone(hall, action):
    token, ids = hall.key(set(Scope), bound=True)
    answer, _ = hall.asks(action, token, ids)
    assert answer.status_code in {200, 201, 204}
    assert THEIRS not in answer.content.decode("latin-1")


def test_a_key_for_one_customer_adds_no_other(hall):
    token, ids = hall.key(set(Scope), bound=True)
    answer, changed = hall.asks("POST /api/v1/customers", token, ids)
    assert (answer.status_code, changed) == (403, False)


@pytest.mark.parametrize("action", NAMING)
def test_what_is_anothers_is_as_what_does_not_exist(hall, action):
    token, ours = hall.key(set(Scope), bound=True)
    _, webhook = key_with_webhook(hall.shop, set(Scope), int(hall.stage.world.theirs["account"]))
    theirs = ids_of(hall.shop, hall.stage.world.theirs, webhook) | {"product": ours["product"]}
    kinds = ("account", "service", "invoice_id", "draft_id", "payment_id", "webhook")
    nobodys = theirs | dict.fromkeys(kinds, "987654")
    answers = [hall.asks(action, token, ids) for ids in (theirs, nobodys)]
    assert [(answer.status_code, changed) for answer, changed in answers] == [(404, False)] * 2
    assert answers[0][0].content == answers[1][0].content
