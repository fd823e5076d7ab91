"""`voldaan collections …` and what `voldaan check` says about mandates."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from billing.accounts.tables import Role
from billing.clock import SystemClock
from billing.db import Database
from billing.demo_settings import DEMO_ENCRYPTION_KEY
from billing.feeds.service import mark_fresh
from billing.feeds.tables import Feed
from billing.mandates.switches import is_frozen
from billing.mandates.tables import CollectionSwitch
from billing.vault import Vault
from tests.commands import Said, Type
from tests.factories import ENCRYPTION_KEY, Shop
from tests.fakes.collecting import sign, states


@pytest.fixture
def stored(database_url: str) -> Iterator[Shop]:
    """A customer with a mandate and an invoice, in the database and the time that the commands work on."""
    database = Database(database_url)
    shop = Shop(database)
    shop.billing = replace(shop.billing, vault=Vault([DEMO_ENCRYPTION_KEY]))
    shop.clock.time = SystemClock().now()
    account = shop.customer()
    sign(shop, shop.member(account, Role.OWNER), account)
    shop.do(mark_fresh, Feed.GATEWAY)
    shop.invoice(account)
    yield shop
    database.dispose()


@pytest.fixture
def collections(voldaan: Type) -> Type:
    """Types `voldaan collections …`."""
    return partial(voldaan, "collections")


def test_a_preview_says_what_is_due_and_changes_nothing(collections: Type, stored: Shop) -> None:
    said = collections("run", "--dry-run", "--json")
    row = json.loads(said.out)
    assert (said.code, row["planned"], row["submitted"], row["is_preview"]) == (0, 1, 0, True)
    assert states(stored) == []


def test_a_round_does_what_is_due(collections: Type, stored: Shop) -> None:
    said = collections("run")
    assert (said.code, "1 announced" in said.out, states(stored)) == (0, True, ["announced"])


def test_collections_are_frozen_and_thawed_by_name(collections: Type, stored: Shop) -> None:
    assert collections("freeze", "--by", "Anna", "--reason", "storing") == Said(0, "", "All collections are frozen.\n")
    assert stored.ask(is_frozen)
    assert collections("freeze", "--by", "Bram") == Said(0, "", "They were frozen already.\n")
    assert "frozen" in collections("run").out
    assert collections("thaw", "--by", "Bram") == Said(0, "", "Collections go on.\n")
    assert [turn.by_name for turn in stored.all(CollectionSwitch)] == ["Anna", "Bram"]
    newest, oldest = collections("log").out.splitlines()
    assert newest.endswith("going on by Bram")
    assert oldest.endswith("frozen by Anna  storing")


def test_without_a_word_from_the_gateway_a_round_freezes_and_says_so(collections: Type, stored: Shop) -> None:
    stored.sql("DELETE FROM feed")
    assert "by Voldaan (stale)" in collections("run").out
    assert states(stored) == ["planned"]


def test_the_switch_is_not_turned_without_a_name(collections: Type, stored: Shop) -> None:
    assert collections("freeze").code == 2
    assert not stored.ask(is_frozen)


def test_the_check_tells_when_no_key_reads_an_account(voldaan: Type, stored: Shop) -> None:
    assert voldaan("check").code == 0
    # From here on secrets are kept with another key than that of the commands.
    stored.billing = replace(stored.billing, vault=Vault([ENCRYPTION_KEY]))
    customer = stored.customer("Fietsclub")
    sign(stored, stored.member(customer, Role.OWNER), customer)
    said = voldaan("check")
    assert said.code == 1
    broken = [line.rpartition(":")[0] for line in (said.out + said.err).splitlines() if line.startswith("BROKEN")]
    assert broken == ["BROKEN every account in a mandate can be read, and is the one that is shown"]
