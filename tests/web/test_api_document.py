"""The document keeps its word: whatever is asked along it, or against it, is answered as it says, and never by a bug.

The requests are made from the document itself, the same ones each time.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from billing.config import Settings
from billing.invoices.tables import Invoice
from dashboard import wiring
from dashboard.api.document import document
from dashboard.api.operations import OPERATIONS
from dashboard.web.app import web
from tests import machines
from tests.fakes.house import PUBLIC_URL, House, MovableClock, open_billing

schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", web)

# What a document can't know (an id that is not there, a VAT number that is none) is refused too.
CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance, checks.negative_data_rejection,
    checks.missing_required_header, checks.unsupported_method, checks.allow_header_conformance, checks.ignored_auth,
]  # fmt: skip


@pytest.fixture
def key(sqlite_url: str) -> Iterator[str]:
    """A key for a house where the low ids are something: a customer, a service, a draft, an invoice and a payment."""
    billing = open_billing(sqlite_url, MovableClock())
    wiring.use(billing, Settings(public_url=PUBLIC_URL, database_url=sqlite_url, api_requests_per_minute=10**9))
    house = House(billing, MovableClock())
    house.invoice(house.customer("Bakkerij Test"))
    machines.product(billing)
    yield machines.key(billing)
    # Nothing that was asked has put anything out of joint.
    assert billing.ask(machines.broken, billing.vault) == []
    assert billing.ask(lambda work: work.session.get(Invoice, 1)) is not None
    wiring.use(None)
    billing.database.dispose()


@schema.parametrize()
@settings(
    derandomize=True, max_examples=20, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_operation_answers_as_the_document_says(case: schemathesis.Case, key: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)


def test_every_operation_is_in_the_document_with_its_scope():
    described = {
        each["operationId"]: each["description"] for path in document()["paths"].values() for each in path.values()
    }
    assert described == {each.name: f"Takes the scope `{each.scope.value}`." for each in OPERATIONS}


def test_every_model_says_what_it_is():
    named = {name: model for name, model in document()["components"]["schemas"].items() if "properties" in model}
    assert [name for name, model in named.items() if not model.get("description")] == []
