"""Asking for the mails about log-ins and users: to the person whom it concerns, and to the owner of the account."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import select

from billing import outbox
from billing.accounts.tables import Membership, Role
from billing.db import Work
from billing.outbox import Task
from billing.ports import AccountMailKind

Facts = Mapping[str, str]


@dataclass(frozen=True)
class MailedInvoice:
    """An invoice that a mail asks to pay. link: what the token of its pay link is made of."""

    number: str
    cents: int
    link: tuple[int, int]


def to_owner(work: Work, account_id: int, kind: AccountMailKind, facts: Facts) -> None:
    """Tell the owner of an account, if it has one. facts: as ACCOUNT_MAIL_FACTS lists them; `at` is added."""
    owner = select(Membership.user_id).where(Membership.account_id == account_id, Membership.role == Role.OWNER.value)
    user_id = work.session.exec(owner).first()
    if user_id is not None:
        _put(work, kind, {"user_id": user_id, "account_id": account_id, "manages": True}, facts)


def to_user(
    work: Work, user_id: int, kind: AccountMailKind, facts: Facts, *, account_id: int = 0, link: Sequence[int] = (),
    key: str = "", invoices: Sequence[MailedInvoice] = (),
) -> None:  # fmt: skip
    """Tell somebody with a log-in. link: as for `to_address`. key: names the mail in the outbox, once and for all.

    invoices: each is listed with its own pay link.
    """
    reader = {"user_id": user_id, "account_id": account_id, "link": list(link)}
    _put(work, kind, reader | {"invoices": [asdict(invoice) for invoice in invoices]}, facts, key)


def to_address(
    work: Work, email: str, kind: AccountMailKind, facts: Facts, *, name: str, language: str = "nl",
    account_id: int = 0, link: Sequence[int] = (),
) -> None:  # fmt: skip
    """Write to an address. link: what the token of the mail's link is made of; it is signed when the mail is sent."""
    reader = {"email": email, "name": name, "language": language, "account_id": account_id, "link": list(link)}
    _put(work, kind, reader, facts)


def _put(work: Work, kind: AccountMailKind, reader: dict[str, Any], facts: Facts, key: str = "") -> None:
    key = key or f"account:{kind.value}:{secrets.token_hex(8)}"
    dated = {"at": work.now.isoformat(), **facts}
    outbox.put(work, Task.MAIL_ACCOUNT, key, kind=kind.value, facts=dated, **reader)
