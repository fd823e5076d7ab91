"""Customers who say that they moved out of the VAT area of the Union: finance looks at each, because such an address
alone would make every next invoice go without VAT.

Source: implementing regulation 282/2011, articles 24b and 24f: what proves a place comes from more than a customer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import Actor
from billing.accounts import notices
from billing.accounts.service import bump_version
from billing.accounts.tables import Account
from billing.db import Work
from billing.errors import BillingError, Refused
from billing.ports import AccountMailKind
from billing.vat_treatment import VatAnswer, normal_vat_number


@dataclass(frozen=True)
class Move:
    """A customer with its country of now, and the address that it gave: street, postal_code, city, country."""

    account_id: int
    name: str
    country: str
    to: Mapping[str, str]


def waiting(work: Work, actor: Actor) -> Sequence[Move]:
    """Every move that waits. Raises NotAllowed for who is not of finance."""
    access.require_finance(work, actor)
    found = select(Account).where(col(Account.moving_to).is_not(None)).order_by(col(Account.id))
    return [Move(one.id or 0, one.name, one.country, one.moving_to or {}) for one in work.session.exec(found)]


def confirm(work: Work, actor: Actor, account_id: int, evidence: str) -> None:
    """The customer is there indeed: from the next invoice on that address counts. evidence: what proves it.

    Raises NotAllowed, NotFound, or Refused: `no_move`, `no_evidence`.
    """
    account, place = _moving(work, actor, account_id, evidence)
    for name, value in place.items():
        setattr(account, name, value)
    _keep_number(account)
    _done(work, actor, account, "billing_profile.move_confirmed", evidence)
    notices.to_owner(work, account_id, AccountMailKind.BILLING_PROFILE_CHANGED, {"by": actor.name})


def refuse(work: Work, actor: Actor, account_id: int, evidence: str) -> None:
    """Nothing proves it: the address of before stays. evidence: what speaks against it. Raises as `confirm`."""
    account, _ = _moving(work, actor, account_id, evidence)
    _done(work, actor, account, "billing_profile.move_refused", evidence)
    notices.to_owner(work, account_id, AccountMailKind.MOVE_REFUSED, {})


def _moving(work: Work, actor: Actor, account_id: int, evidence: str) -> tuple[Account, Mapping[str, str]]:
    access.require_finance(work, actor)
    account = locks.account(work, account_id)
    if account.moving_to is None:
        raise Refused(reason="no_move")
    if not evidence.strip():
        raise Refused(reason="no_evidence")
    return account, account.moving_to


def _keep_number(account: Account) -> None:
    """A VAT number of another country than the new one goes."""
    try:
        normal_vat_number(account.vat_number, account.country)
    except BillingError:
        account.vat_number, account.vat_answer = "", VatAnswer.NONE.value
        account.vat_answered_on = account.vat_tried_on = None


def _done(work: Work, actor: Actor, account: Account, action: str, evidence: str) -> None:
    place, account.moving_to = account.moving_to or {}, None
    work.session.add(account)
    # Whoever locks it again in this transaction reads it anew.
    work.session.flush()
    chain = audit.of_account(account.id or 0)
    audit.record(work, actor, action, chain=chain, subject=place["country"], evidence=evidence.strip())
    bump_version(work, account.id or 0)
