"""Asking for the mails about log-ins and users: to the person whom it concerns, and to the owner of the account."""

import secrets
from collections.abc import Sequence

from sqlmodel import select

from billing import outbox
from billing.accounts.tables import Membership, Role
from billing.db import Work
from billing.outbox import Task
from billing.ports import AccountMailKind


def to_owner(work: Work, account_id: int, kind: AccountMailKind, **facts: str) -> None:
    """Tell the owner of an account, if it has one."""
    owner = select(Membership.user_id).where(Membership.account_id == account_id, Membership.role == Role.OWNER.value)
    user_id = work.session.exec(owner).first()
    if user_id is not None:
        _put(work, kind, {
            "user_id": user_id, "account_id": account_id, "manages": True, "facts": _dated(work, facts),
        })  # fmt: skip


def to_user(work: Work, user_id: int, kind: AccountMailKind, *, account_id: int = 0, **facts: str) -> None:
    """Tell somebody with a log-in. The moment goes with it, as the fact `at`."""
    _put(work, kind, {"user_id": user_id, "account_id": account_id, "facts": _dated(work, facts)})


def to_address(
    work: Work, email: str, kind: AccountMailKind, *, name: str = "", language: str = "nl", account_id: int = 0,
    link: Sequence[int] = (), **facts: str,
) -> None:  # fmt: skip
    """Write to an address. link: what the token of the mail's link is made of; it is signed when the mail is sent."""
    _put(work, kind, {
        "email": email, "name": name, "language": language, "account_id": account_id, "link": list(link),
        "facts": _dated(work, facts),
    })  # fmt: skip


def _put(work: Work, kind: AccountMailKind, payload: dict[str, object]) -> None:
    outbox.put(work, Task.MAIL_ACCOUNT, f"account:{kind.value}:{secrets.token_hex(8)}", kind=kind.value, **payload)


def _dated(work: Work, facts: dict[str, str]) -> dict[str, str]:
    return {"at": work.now.isoformat(), **facts}
