"""The words in which tests invite a bookkeeper, read the mail and accept."""

from dataclasses import replace
from typing import Any

from billing.access import Actor
from billing.accounts import invitations
from billing.accounts.invitations import Invite
from billing.accounts.tables import Role
from billing.logins import mailed
from billing.logins.sessions import Visitor
from billing.ports import AccountMail, AccountMailKind
from tests.factories import Shop

EMAIL = "boekhouder@test.example"
GOOD_PASSWORD = "vijf natte olifanten dansen"
PAYS = ("credits.view", "invoices.pay", "invoices.view")


def command(**other: Any) -> Invite:
    """An invitation of a bookkeeper."""
    return replace(Invite(EMAIL, "Bea Boek", Role.BOOKKEEPER, PAYS, ("invoices", "receipts")), **other)


def invite(shop: Shop, owner: Actor, account: int, **other: Any) -> int:
    return shop.do(invitations.invite, shop.proven(owner), account, command(**other))


def mail_of(shop: Shop, kind: AccountMailKind) -> AccountMail:
    """The newest mail of this kind."""
    shop.carry_out()
    return [mail for mail in shop.writer.asked_accounts if mail.kind is kind][-1]


def link(shop: Shop) -> str:
    """The token in the newest invitation that was mailed."""
    return mail_of(shop, AccountMailKind.INVITATION).url.removeprefix("https://billing.test/invite/")


def join(shop: Shop, *, name: str = "Bea Boek", password: str = GOOD_PASSWORD) -> str:
    return mailed.accept_invitation(shop.billing, link(shop), name, password, Visitor())
