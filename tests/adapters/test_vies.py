"""Questions about VAT numbers to the register of the sandbox, over real HTTP, and what counts as an answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from billing.adapters.vies import Vies
from billing.db import Database
from billing.ports import VatReply, VatVerdict
from billing.sandbox import RunningSandbox
from billing.taxes.tables import VatCheck
from tests.abroad import BELGIAN, GERMAN
from tests.factories import SELLER, Shop

OURS = SELLER.vat_number


@pytest.fixture
def register(sandbox: RunningSandbox) -> Iterator[Vies]:
    register = Vies(f"{sandbox.url}/vies/rest-api/")
    register._http.timeout = httpx.Timeout(1.0)
    yield register
    register.close()


def control(sandbox: RunningSandbox, **fault: object) -> None:
    httpx.post(f"{sandbox.url}/control/vies-faults", json=fault, trust_env=False).raise_for_status()


def answering(status: int, **answer: Any) -> Vies:
    """A register that always says the same."""
    return Vies("https://vies.test", transport=httpx.MockTransport(lambda _: httpx.Response(status, json=answer)))


def test_a_number_that_belongs_to_somebody_comes_with_proof(register: Vies) -> None:
    reply = register.check(BELGIAN, OURS)
    assert (reply.verdict, reply.name) == (VatVerdict.VALID, f"Onderneming {BELGIAN}")
    assert reply.consultation.startswith("WAPI")
    assert (reply.address, reply.reason) == ("", "")


def test_one_that_belongs_to_nobody_is_invalid_with_proof_too(register: Vies, sandbox: RunningSandbox) -> None:
    control(sandbox, says="invalid", match="BE")
    assert register.check(GERMAN, OURS).verdict is VatVerdict.VALID
    reply = register.check(BELGIAN, OURS)
    assert (reply.verdict, reply.name) == (VatVerdict.INVALID, "")
    assert reply.consultation


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"says": "down"}, "http_503"), ({"says": "MS_UNAVAILABLE"}, "MS_UNAVAILABLE"),
        ({"says": "SERVICE_UNAVAILABLE"}, "SERVICE_UNAVAILABLE"), ({"says": "TIMEOUT"}, "TIMEOUT"),
        ({"says": "MS_MAX_CONCURRENT_REQ"}, "MS_MAX_CONCURRENT_REQ"), ({"says": "slow", "seconds": 3}, "ReadTimeout"),
    ],
)  # fmt: skip
def test_whatever_is_no_answer_is_unavailable(
    register: Vies, sandbox: RunningSandbox, fault: dict[str, object], reason: str
) -> None:
    control(sandbox, **fault)
    assert register.check(BELGIAN, OURS) == VatReply(VatVerdict.UNAVAILABLE, reason=reason)
    assert register.check(BELGIAN, OURS).verdict is VatVerdict.VALID


def test_nobody_at_the_address_is_unavailable() -> None:
    assert Vies("http://127.0.0.1:9").check(BELGIAN, OURS) == VatReply(VatVerdict.UNAVAILABLE, reason="ConnectError")


def test_where_our_own_number_is_not_known_it_is_asked_without_proof(register: Vies, sandbox: RunningSandbox) -> None:
    control(sandbox, says="INVALID_REQUESTER_INFO", count=-1)
    reply = register.check(BELGIAN, OURS)
    assert (reply.verdict, reply.consultation) == (VatVerdict.VALID, "")


RIGHT = {"countryCode": "BE", "vatNumber": BELGIAN[2:], "valid": True}


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (200, RIGHT | {"vatNumber": "0000000097"}, "other_number"),
        (200, RIGHT | {"valid": "true"}, "http_200"),
        (200, {}, "http_200"),
        (500, RIGHT, "http_500"),
        (200, RIGHT | {"errorWrappers": [{"error": "VAT_BLOCKED"}]}, "VAT_BLOCKED"),
        (200, {"errorWrappers": ["what"]}, "error"),
        (200, RIGHT | {"name": "x" * 100_000}, "too_long"),
    ],
)
def test_only_a_plain_answer_about_this_very_number_counts(status: int, answer: dict[str, Any], reason: str) -> None:
    assert answering(status, **answer).check(BELGIAN, "").reason == reason


def test_what_is_no_json_at_all_is_unavailable() -> None:
    page = httpx.MockTransport(lambda _: httpx.Response(200, text="<html>"))
    assert Vies("https://vies.test", transport=page).check(BELGIAN, "").reason == "http_200"


def test_names_are_kept_in_one_line_and_short() -> None:
    reply = answering(200, **RIGHT, name=" A\n B\x00 " + "c" * 400, address="---").check(BELGIAN, "")
    assert (reply.name[:4], len(reply.name), reply.address) == ("A Bc"[:3] + " ", 300, "")


def test_from_the_form_to_the_register_and_back(
    database: Database, register: Vies, sandbox: RunningSandbox
) -> None:  # fmt: skip
    shop = Shop(database)
    shop.billing = replace(shop.billing, vat_register=register)
    control(sandbox, says="MS_UNAVAILABLE")
    shop.customer(country="BE", vat_number=BELGIAN)
    # A state that is silent is not asked again at once.
    shop.clock.advance(minutes=5)
    shop.carry_out()
    assert [(check.verdict, check.reason) for check in shop.all(VatCheck)] == [
        ("unavailable", "MS_UNAVAILABLE"), ("valid", ""),
    ]  # fmt: skip
    assert shop.broken() == []
