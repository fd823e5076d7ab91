"""Links that go out by mail, and places in lists: signed, so that nobody can make one up, and nothing about them has to
be kept secret."""

from enum import StrEnum
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from billing.errors import NotFound

LONGEST = 300


class Purpose(StrEnum):
    """What a token is for; one never works as another."""

    PAY = "pay"
    REMINDER = "reminder"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"
    EMAIL_CHANGE = "email_change"
    SECOND_FACTOR_RECOVERY = "second_factor_recovery"
    PAGE = "page"


def sign(purpose: Purpose, signing_key: str, *values: int) -> str:
    """A token for the address of a link; it holds for this purpose alone."""
    return str(URLSafeSerializer(signing_key, salt=purpose.value).dumps(values))


def read(purpose: Purpose, signing_key: str, token: str, count: int) -> tuple[int, ...]:
    """The `count` values in a token. Raises NotFound when it is not ours, or for another purpose."""
    try:
        values: Any = URLSafeSerializer(signing_key, salt=purpose.value).loads(token[:LONGEST])
    except BadSignature:
        raise NotFound() from None
    if len(values) != count:
        raise NotFound()
    return tuple(int(value) for value in values)
