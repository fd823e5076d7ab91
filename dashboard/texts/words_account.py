"""What a language has to say on the pages about a person's own log-in and the account."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountPages:
    """The side menu that all these pages share. title: what they are called together."""

    title: str
    nav: str
    profile: str
    billing: str
    security: str
    users: str
    mandate: str
