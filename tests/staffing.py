"""People of the company itself, for tests of what only they may do."""

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from tests.factories import Shop, password_hash


def finance(shop: Shop, name: str = "Fien", *, role: str = "finance") -> Actor:
    """Somebody of the finance department, who is no member of any account and has just proven an identity."""
    user_id = shop.do(
        accounts.add_user, SYSTEM, email=f"{name.lower()}@staff.example", name=name, password_hash=password_hash(),
        staff_role=role,
    )  # fmt: skip
    return shop.proven(Actor(name=name, user_id=user_id))
