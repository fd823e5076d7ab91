"""What people type about people: names, addresses, and what somebody may do and is mailed about."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from billing import access
from billing.access import Permission, Rights
from billing.accounts.tables import MailTopic, Role
from billing.errors import EndsInPast, InvalidEmail, InvalidName, ScopeNotPossible

LONGEST_EMAIL = 254
LONGEST_NAME = 80
_EMAIL = re.compile(r"[^\x00-\x20\x7f@<>,;:\\\"()\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def normal_email(text: str) -> str:
    """An address in lower case without spaces round it. Raises InvalidEmail."""
    email = text.strip().lower()
    local = email.partition("@")[0]
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not email.isascii():
        raise InvalidEmail()
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise InvalidEmail()
    return email


def normal_name(text: str) -> str:
    """A person's name on one line. Raises InvalidName for none at all, and for what a mail would show as a link."""
    name = one_line(text, longest=LONGEST_NAME)
    if not name or "://" in name or "www." in name.lower():
        raise InvalidName()
    return name


def one_line(text: str, *, longest: int) -> str:
    """Text without control characters and with single spaces, cut at `longest` characters."""
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)
    return " ".join(plain.split())[:longest]


def chosen_rights(role: Role, scopes: Iterable[str]) -> Rights:
    """The rights with these names. Raises ScopeNotPossible for one that the role can't have, or that does not exist."""
    names = set(scopes)
    possible = {right.value for right in access.possible(role)}
    if not names <= possible:
        raise ScopeNotPossible(scopes=sorted(names - possible))
    return frozenset(Permission(name) for name in names)


def chosen_topics(role: Role, topics: Iterable[str]) -> frozenset[MailTopic]:
    """The topics with these names. Raises ScopeNotPossible for one that the role can't get, or that does not exist."""
    names = set(topics)
    unknown = names - {topic.value for topic in MailTopic}
    if unknown or (names and role not in access.MAY_GET_BILLING_MAIL):
        raise ScopeNotPossible(scopes=sorted(unknown or names))
    return frozenset(MailTopic(name) for name in names)


def topics_text(topics: Iterable[MailTopic]) -> str:
    """Topics as a membership keeps them."""
    return " ".join(sorted(topic.value for topic in topics))


def require_future(ends_on: date | None, today: date) -> None:
    """Raises EndsInPast for a last day that is over already."""
    if ends_on is not None and ends_on < today:
        raise EndsInPast()
