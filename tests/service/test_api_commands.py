"""Keys of the API from the command line, by somebody of the finance department."""

import json

import pytest

from billing.access import Scope
from billing.api.refusals import KeyRefused
from tests import machines, stopping
from tests.commands import Type
from tests.factories import Shop

FIEN = "fien@staff.example"


@pytest.fixture
def fien(stored: Shop) -> Shop:
    """Fien works here."""
    stopping.colleague(stored, "fien", "finance")
    return stored


def test_a_key_is_made_shown_once_listed_and_withdrawn(voldaan: Type, fien: Shop):
    account = fien.customer("Bakkerij Test")
    made = voldaan("api", "key", "add", "webshop", "--scope", "invoices:read", "--scope", "payments:read",
                   "--account", str(account), "--expires", "2030-01-01", "--by", FIEN)  # fmt: skip
    token = made.out.strip()
    key = machines.actor_of(fien.billing, token).key
    assert (key.scopes, key.account_id) == ({Scope.INVOICES_READ, Scope.PAYMENTS_READ}, account)
    listed = voldaan("api", "key", "list", "--by", FIEN)
    assert token not in listed.out
    assert "webshop" in listed.out
    assert "Bakkerij Test" in listed.out
    assert voldaan("api", "key", "withdraw", str(key.key_id), "--by", FIEN).code == 0
    with pytest.raises(KeyRefused):
        machines.actor_of(fien.billing, token)
    [row] = [json.loads(line) for line in voldaan("api", "key", "list", "--json", "--by", FIEN).out.splitlines()]
    assert (row["name"], row["withdrawn_at"] is not None) == ("webshop", True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "webshop", "--scope", "invoices:steal", "--by", FIEN], "invoices:steal"),
        (["add", "webshop", "--by", FIEN], "--scope"),
        (["add", " ", "--scope", "invoices:read", "--by", FIEN], "key_invalid"),
        (["add", "webshop", "--scope", "invoices:read", "--expires", "2001-01-01", "--by", FIEN], "key_invalid"),
        (["add", "webshop", "--scope", "invoices:read", "--account", "99", "--by", FIEN], "not_found"),
        (["withdraw", "99", "--by", FIEN], "not_found"),
        (["add", "webshop", "--scope", "invoices:read", "--by", "nobody@test.example"], "nobody of the finance"),
    ],
)
def test_what_can_not_be_is_said_without_a_key(voldaan: Type, fien: Shop, words: list[str], said: str):
    answer = voldaan("api", "key", *words)
    assert answer.code != 0
    assert said in answer.err
    assert answer.out == ""
