"""A company that demands a second factor, for tests of who may do what without one."""

from dataclasses import replace

from billing.access import Actor
from billing.db import Work
from billing.logins.tables import Passkey
from billing.second_factor import SecondFactor
from tests.factories import Shop


def demand(shop: Shop, of_whom: SecondFactor) -> None:
    """From now on."""
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, second_factor=of_whom))
    shop.do, shop.ask = shop.billing.do, shop.billing.ask


def passkey(shop: Shop, actor: Actor, name: str = "Laptop") -> int:
    """The id of a passkey that this person has from now on."""

    def add(work: Work) -> None:
        work.session.add(
            Passkey(
                user_id=actor.user_id or 0, credential_id=f"{actor.user_id} {name}", public_key="", sign_count=0,
                name=name, created_at=work.now,
            )
        )  # fmt: skip

    shop.do(add)
    return shop.one(Passkey, user_id=actor.user_id, name=name).id or 0
