"""A new key in front of the old one, `voldaan secrets rotate`, and the old one is no longer needed for anything."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import String, select
from sqlmodel import AutoString

from billing.access import Actor
from billing.api.tables import ApiAnswer
from billing.db import Work
from billing.logins import authenticator
from billing.rotation import SECRETS, rotate
from billing.tables import METADATA
from billing.vault import Vault
from tests.commands import Type
from tests.factories import Shop
from tests.fakes.collecting import sign
from tests.hearing import Host

OLD, NEW = "an old key that has more than 32 characters", "a new key that has more than 32 characters"
FERNET = "gAAAA"


@pytest.fixture
def secrets(shop: Shop, owner: Actor, account: int) -> Shop:
    """A shop in which something is stored in every column of secrets, under the old key."""
    use(shop, OLD)
    sign(shop, owner, account)
    shop.do(authenticator.begin, shop.proven(owner), shop.billing.vault, "Voldaan")
    answer = ApiAnswer(
        key_id=Host(shop).row.key_id, repeat_key="order-17", fingerprint="0" * 64,
        content=shop.billing.vault.encrypt("{}"), created_at=shop.clock.now(),
    )  # fmt: skip
    shop.do(lambda work: work.session.add(answer))
    shop.sql("UPDATE mandate SET evidence_secret = :secret", secret=shop.billing.vault.encrypt("signed by the bank"))
    return shop


def use(shop: Shop, *keys: str) -> None:
    """Start everything anew with these keys."""
    shop.billing = replace(shop.billing, vault=Vault(keys))


def kept(shop: Shop) -> Iterator[tuple[str, str]]:
    """Whatever looks encrypted, wherever it is kept: `table.column`, and the text."""
    for table in METADATA.sorted_tables:
        for column in (column for column in table.columns if isinstance(column.type, String | AutoString)):
            looks_so = select(column).where(column.startswith(FERNET))
            for secret in shop.ask(_all, looks_so):
                yield f"{table.name}.{column.name}", secret


def _all(work: Work, statement: object) -> list[str]:
    return list(work.session.scalars(statement))


def test_every_column_that_holds_a_secret_is_on_the_list(secrets):
    assert {place for place, _ in kept(secrets)} == {f"{table.__tablename__}.{name}" for table, name in SECRETS}


def test_after_it_the_new_key_alone_reads_everything(secrets):
    use(secrets, NEW, OLD)
    done = rotate(secrets.billing)
    assert (done.renewed, done.were_newest, done.unreadable) == (len(SECRETS), 0, [])
    assert [place for place, secret in kept(secrets) if not Vault([NEW]).is_newest(secret)] == []


def test_before_it_both_keys_are_needed(secrets):
    [secret, *_] = [secret for _, secret in kept(secrets)]
    assert Vault([NEW, OLD]).decrypt(secret)
    with pytest.raises(InvalidToken):
        Vault([NEW]).decrypt(secret)


def test_a_second_time_there_is_nothing_left_to_do(secrets):
    use(secrets, NEW, OLD)
    rotate(secrets.billing)
    before = list(kept(secrets))
    assert (rotate(secrets.billing).renewed, list(kept(secrets))) == (0, before)


def test_what_was_done_when_it_was_killed_stays_done_and_the_rest_follows(secrets):
    use(secrets, NEW, OLD)
    killing = Killing(Vault([NEW, OLD]), after=2)
    with pytest.raises(KeyboardInterrupt):
        rotate(replace(secrets.billing, vault=killing))
    assert sum(Vault([NEW]).is_newest(secret) for _, secret in kept(secrets)) == 2
    done = rotate(secrets.billing)
    assert (done.renewed, done.were_newest) == (len(SECRETS) - 2, 2)


def test_a_secret_that_no_key_opens_is_named_and_keeps_nothing_else(secrets):
    use(secrets, NEW, OLD)
    secrets.sql("UPDATE listener SET secret = :secret", secret=Vault(["a key that is lost"]).encrypt("whsec_lost"))
    done = rotate(secrets.billing)
    assert (done.renewed, done.unreadable) == (len(SECRETS) - 1, ["listener.secret 1"])


def test_the_command_says_what_was_done(voldaan: Type):
    assert voldaan("secrets", "rotate").out.startswith("0 encrypted anew")
    assert json.loads(voldaan("secrets", "rotate", "--json").out) == {
        "renewed": 0, "were_newest": 0, "unreadable": [],
    }  # fmt: skip


def test_the_command_fails_when_there_is_a_secret_that_no_key_opens(voldaan: Type, stored: Shop):
    Host(stored)
    stored.sql("UPDATE listener SET secret = 'gAAAAno'")
    said = voldaan("secrets", "rotate")
    assert (said.code, said.out.splitlines()[-1]) == (1, "no key opens listener.secret 1")


class Killing(Vault):
    """A vault in a process that is ended after so many secrets."""

    def __init__(self, vault: Vault, *, after: int) -> None:
        self._newest, self._keys, self._left = vault._newest, vault._keys, after

    def renewed(self, secret: str) -> str:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        return super().renewed(secret)
