"""The web process without its pages: our routes on a migrated database, and a browser that follows no redirects."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from billing import metrics
from billing.config import Settings
from dashboard import wiring
from dashboard.web.app import web
from dashboard.web.headers import SecurityHeaders
from tests import machines
from tests.fakes.house import PUBLIC_URL, House, MovableClock, open_billing
from tests.machines import Machine
from tests.web.door import OWNER, Door


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """The billing module behind the routes, on each engine."""
    clock = MovableClock()
    billing = open_billing(database_url, clock)
    wiring.use(billing, Settings(public_url=PUBLIC_URL))
    for counted in (metrics.PUSHES, metrics.MAIL_REPORTS, metrics.BOOKS_NEWS, metrics.HTTP_SECONDS):
        counted.clear()
    yield House(billing, clock)
    wiring.use(None)
    billing.database.dispose()


@pytest.fixture
def browser(house: House) -> Iterator[TestClient]:
    """Somebody who is not signed in."""
    with TestClient(SecurityHeaders(web), base_url=PUBLIC_URL, follow_redirects=False) as client:
        yield client


@pytest.fixture
def door(house: House, browser: TestClient) -> Door:
    """A customer with an owner, in front of the door."""
    account = house.customer("Bakkerij")
    return Door(house, browser, account, house.person(OWNER, account))


@pytest.fixture
def machine(house: House, browser: TestClient) -> Machine:
    """A system of the host that may do everything."""
    return Machine(browser, machines.key(house.billing))


@pytest.fixture
def customer(machine: Machine) -> int:
    """The id of a customer."""
    return int(machine.post("/customers", {"name": "Bakkerij Test"}).json()["id"])
