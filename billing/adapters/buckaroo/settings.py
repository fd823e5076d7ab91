"""What the adapter must be told about one website in the Buckaroo Plaza."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from billing.errors import SettingsInvalid

PUSH_HASHES = ("sha1", "sha256", "sha512")

_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]+")
_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class BuckarooSettings:
    """One website's keys and addresses; raises SettingsInvalid for values that can't work.

    base_url: the gateway, for example https://testcheckout.buckaroo.nl.
    redirect_hosts: origins (scheme://host[:port]) that a customer may be sent to; give an http origin only for a
    sandbox. push_base_url: our own public address, as the gateway knows it. push_hash: the hash method that the Plaza
    is set to for form pushes. card_services: brands on the hosted card page.
    """

    website_key: str
    secret: str = field(repr=False)
    base_url: str
    redirect_hosts: frozenset[str]
    push_base_url: str
    require_signed_answers: bool = False
    push_hash: str = "sha1"
    push_max_age_seconds: int = 86400
    card_services: tuple[str, ...] = ("visa", "mastercard", "maestro", "amex")

    def __post_init__(self) -> None:
        checks = {
            "website_key": bool(self.website_key) and ":" not in self.website_key,
            "secret": bool(self.secret),
            "base_url": origin(self.base_url) is not None,
            "redirect_hosts": all(origin(allowed) is not None for allowed in self.redirect_hosts),
            "push_base_url": origin(self.push_base_url) is not None,
            "push_hash": self.push_hash in PUSH_HASHES,
        }
        problems = [name for name, right in checks.items() if not right]
        if problems:
            raise SettingsInvalid(problems=problems)

    def may_redirect_to(self, url: str) -> bool:
        """True when the address lies on one of the allowed origins, for every way a browser might read it."""
        target = origin(url)
        return target is not None and target in {origin(allowed) for allowed in self.redirect_hosts}


def origin(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of a web address; None when it is none, or one that browsers read in more than one way."""
    # Browsers take a backslash for a slash and drop control characters, this library does not.
    if not _VISIBLE_ASCII.fullmatch(url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme]
