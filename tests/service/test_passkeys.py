"""Passkeys, with a device in memory: what the browser's own one does is seen in a browser."""

import json
from typing import Any

import pytest
from webauthn.helpers import bytes_to_base64url

from billing.access import Actor
from billing.errors import CheckNeeded, Conflict, NotFound, PasskeyRefused
from billing.logins import flows, passkeys, queries, sessions
from billing.logins.flows import LogIn
from billing.logins.passkeys import Site
from billing.logins.sessions import Visitor
from billing.logins.tables import Passkey
from billing.ports import AccountMailKind
from tests.factories import PASSWORD, Shop
from tests.fakes.device import PRESENT, Device

SITE = Site("https://billing.test", "Verkoper B.V.")
HOME = Visitor("192.0.2.7")


def register(shop: Shop, actor: Actor, device: Device, name: str = "Telefoon") -> None:
    options = shop.do(passkeys.registration_options, shop.proven(actor), SITE)
    shop.do(passkeys.register, shop.proven(actor), SITE, device.create(options), name)


def question(shop: Shop) -> str:
    return shop.do(passkeys.question, SITE)


def enter(shop: Shop, answer: str) -> str:
    return flows.log_in_with_passkey(shop.billing, answer, HOME)


@pytest.fixture
def device(shop: Shop, owner: Actor) -> Device:
    """A device of the owner's."""
    device = Device(SITE.origin)
    register(shop, owner, device)
    return device


def test_a_passkey_alone_logs_in(shop: Shop, owner: Actor, device: Device) -> None:
    found = shop.ask(queries.identity, enter(shop, device.get(question(shop))))
    assert found is not None
    assert found.user_id == owner.user_id


def test_a_passkey_is_the_second_factor_after_a_password(shop: Shop, owner: Actor, device: Device) -> None:
    half = flows.log_in(shop.billing, LogIn(f"{owner.name}@test.example", PASSWORD, HOME))
    assert half.is_half
    answer = device.get(flows.question_for_half(shop.billing, half.token))
    assert shop.ask(queries.identity, flows.give_passkey(shop.billing, half.token, answer, HOME)) is not None


def test_a_passkey_proves_again_who_one_is(shop: Shop, owner: Actor, device: Device) -> None:
    token = shop.do(sessions.start, owner.user_id or 0, HOME)
    shop.clock.advance(minutes=30)
    answer = device.get(shop.do(passkeys.question, SITE, owner.user_id))
    flows.prove_with_passkey(shop.billing, owner, token, answer, HOME)
    assert (shop.ask(queries.identity, token) or pytest.fail("out")).checked_at == shop.clock.now()


def test_somebody_elses_passkey_proves_nothing_about_me(shop: Shop, account: int, owner: Actor, device: Device) -> None:
    other = shop.member(account)
    token = shop.do(sessions.start, other.user_id or 0, HOME)
    answer = device.get(shop.do(passkeys.question, SITE, other.user_id))
    with pytest.raises(PasskeyRefused):
        flows.prove_with_passkey(shop.billing, other, token, answer, HOME)


def test_an_answer_works_once(shop: Shop, device: Device) -> None:
    answer = device.get(question(shop))
    enter(shop, answer)
    with pytest.raises(PasskeyRefused):
        enter(shop, answer)


def test_an_answer_that_comes_after_five_minutes_is_refused(shop: Shop, device: Device) -> None:
    answer = device.get(question(shop))
    shop.clock.advance(minutes=5, seconds=1)
    with pytest.raises(PasskeyRefused):
        enter(shop, answer)


def test_an_answer_to_a_question_we_never_asked_is_refused(shop: Shop, device: Device) -> None:
    made_up = json.loads(question(shop)) | {"challenge": bytes_to_base64url(bytes(32))}
    with pytest.raises(PasskeyRefused):
        enter(shop, device.get(json.dumps(made_up)))


def test_an_answer_given_to_another_site_is_refused(shop: Shop, device: Device) -> None:
    device.origin = "https://evil.test"
    with pytest.raises(PasskeyRefused):
        enter(shop, device.get(question(shop)))


def test_an_answer_without_the_owners_lock_is_refused(shop: Shop, device: Device) -> None:
    device.flags = PRESENT
    with pytest.raises(PasskeyRefused):
        enter(shop, device.get(question(shop)))


def test_a_copied_device_shows_by_its_counter(shop: Shop, device: Device) -> None:
    for _ in range(3):
        enter(shop, device.get(question(shop)))
    device.count = 1
    with pytest.raises(PasskeyRefused):
        enter(shop, device.get(question(shop)))


def test_a_device_that_does_not_count_keeps_working(shop: Shop, owner: Actor) -> None:
    device = Device(SITE.origin, counts=False)
    register(shop, owner, device)
    for _ in range(2):
        assert enter(shop, device.get(question(shop)))


def test_another_key_under_the_same_name_is_refused(shop: Shop, device: Device) -> None:
    with pytest.raises(PasskeyRefused):
        enter(shop, Device(SITE.origin, name=device.id).get(question(shop)))


@pytest.mark.parametrize(
    "answer",
    ["", "{", "[]", "null", '"x"', "{}", '{"id": 1}', '{"id": "\\u0000"}', '{"id": "ZGV2aWNlLTE"}',
     '{"id": "ZGV2aWNlLTE", "response": []}', '{"id": "ZGV2aWNlLTE", "response": {"clientDataJSON": "e30"}}',
     '{"id": "ZGV2aWNlLTE", "response": {"clientDataJSON": "\u00e9"}}', "[" * 5000, "x" * 20_000],
)  # fmt: skip
def test_what_is_no_answer_is_refused(shop: Shop, device: Device, answer: str) -> None:
    with pytest.raises(PasskeyRefused):
        enter(shop, answer)


@pytest.mark.parametrize("missing", ["authenticatorData", "signature", "clientDataJSON"])
def test_half_an_answer_is_refused(shop: Shop, device: Device, missing: str) -> None:
    answer: dict[str, Any] = json.loads(device.get(question(shop)))
    del answer["response"][missing]
    with pytest.raises(PasskeyRefused):
        enter(shop, json.dumps(answer))


def test_a_device_is_registered_once(shop: Shop, account: int, owner: Actor, device: Device) -> None:
    for somebody in (owner, shop.member(account)):
        with pytest.raises(PasskeyRefused):
            register(shop, somebody, device)
    assert len(shop.all(Passkey)) == 1


def test_registering_needs_a_proof_and_ones_own_question(shop: Shop, account: int, owner: Actor) -> None:
    other = shop.member(account)
    options = shop.do(passkeys.registration_options, shop.proven(other), SITE)
    answer = Device(SITE.origin).create(options)
    with pytest.raises(CheckNeeded):
        shop.do(passkeys.registration_options, owner, SITE)
    with pytest.raises(CheckNeeded):
        shop.do(passkeys.register, owner, SITE, answer, "x")
    with pytest.raises(PasskeyRefused):
        shop.do(passkeys.register, shop.proven(owner), SITE, answer, "x")


def test_there_is_an_end_to_how_many_devices_one_has(shop: Shop, owner: Actor) -> None:
    for number in range(passkeys.MOST):
        register(shop, owner, Device(SITE.origin, name=f"device-{number}".encode()))
    with pytest.raises(Conflict):
        shop.do(passkeys.registration_options, shop.proven(owner), SITE)


def test_a_removed_passkey_no_longer_works_and_both_are_told(shop: Shop, owner: Actor, device: Device) -> None:
    shop.do(passkeys.remove, shop.proven(owner), shop.one(Passkey).id or 0)
    with pytest.raises(PasskeyRefused):
        enter(shop, device.get(question(shop)))
    shop.carry_out()
    kinds = [mail.kind for mail in shop.writer.asked_accounts]
    assert kinds == [AccountMailKind.PASSKEY_ADDED, AccountMailKind.PASSKEY_REMOVED]
    assert shop.broken() == []


def test_a_passkey_of_somebody_else_can_not_be_removed(shop: Shop, account: int, owner: Actor, device: Device) -> None:
    other = shop.member(account)
    for passkey_id in (shop.one(Passkey).id or 0, 4711):
        with pytest.raises(NotFound):
            shop.do(passkeys.remove, shop.proven(other), passkey_id)
    with pytest.raises(CheckNeeded):
        shop.do(passkeys.remove, owner, shop.one(Passkey).id or 0)


def test_the_own_passkeys_are_listed_with_their_last_use(shop: Shop, owner: Actor, device: Device) -> None:
    enter(shop, device.get(question(shop)))
    [known] = shop.ask(queries.security, owner, "").passkeys
    assert (known.name, known.last_used_at) == ("Telefoon", shop.clock.now())
