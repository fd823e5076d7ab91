"""Sending the mails about log-ins and users. Their links are signed only now, so that no row ever holds one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from billing import tokens
from billing.accounts.tables import Account, Invitation, User
from billing.correspondence.handing_over import hand_over
from billing.db import Work
from billing.errors import NotFound
from billing.invoices.tables import Invoice
from billing.outbox import OutboxMessage
from billing.ports import AccountMail, AccountMailKind, InvoiceToPay
from billing.runtime import Billing
from billing.stops.tables import OrderState, StopOrder
from billing.tokens import Purpose

_LINKS = {
    AccountMailKind.INVITATION: ("invite", Purpose.INVITATION),
    AccountMailKind.HANDOVER: ("invite", Purpose.INVITATION),
    AccountMailKind.PASSWORD_RESET: ("reset", Purpose.PASSWORD_RESET),
    AccountMailKind.EMAIL_CHANGE: ("confirm", Purpose.EMAIL_CHANGE),
    AccountMailKind.SECOND_FACTOR_RECOVERY: ("recover", Purpose.SECOND_FACTOR_RECOVERY),
    AccountMailKind.DEBIT_WITHDRAWN: ("pay", Purpose.PAY),
    AccountMailKind.DEBIT_FAILED: ("pay", Purpose.PAY),
    AccountMailKind.DEBIT_RETURNED: ("pay", Purpose.PAY),
    AccountMailKind.DOMAIN_RENEWED: ("pay", Purpose.PAY),
}
# What these tell is about the people of an account; the rest is about one's own log-in.
_ABOUT_USERS = {
    AccountMailKind.USER_INVITED, AccountMailKind.USER_JOINED, AccountMailKind.USER_CHANGED,
    AccountMailKind.USER_REMOVED, AccountMailKind.INVITATION_WITHDRAWN, AccountMailKind.HANDOVER_STARTED,
    AccountMailKind.HANDED_OVER, AccountMailKind.OWNERSHIP_TRANSFERRED, AccountMailKind.ACCESS_ENDS_SOON,
    AccountMailKind.SECOND_FACTOR_LOST, AccountMailKind.BILLING_MAILBOX_AT_RISK,
}  # fmt: skip
_ABOUT_CREDITS = {AccountMailKind.OVERPAYMENT_KEPT, AccountMailKind.PAYOUT_ASKED, AccountMailKind.PAYOUT_FAILED}
_ABOUT_SERVICES = {
    AccountMailKind.SERVICE_CANCELLED, AccountMailKind.SERVICE_ENDED, AccountMailKind.SERVICE_CHANGED,
    AccountMailKind.SERVICE_KEPT, AccountMailKind.SERVICE_RESTORED,
}  # fmt: skip
_ABOUT_MANDATES = {
    AccountMailKind.MANDATE_GIVEN, AccountMailKind.MANDATE_REPLACED, AccountMailKind.MANDATE_PAUSED,
    AccountMailKind.MANDATE_RESUMED, AccountMailKind.MANDATE_WITHDRAWN, AccountMailKind.MANDATE_EXPIRED,
    AccountMailKind.DEBIT_ANNOUNCED,
}  # fmt: skip
_TO_PAY = {AccountMailKind.STOP_ANNOUNCED, AccountMailKind.SERVICE_STOPPED}
# Who is asked for money can call about it.
_WITH_PHONE = _TO_PAY | {kind for kind, (path, _) in _LINKS.items() if path == "pay"}


@dataclass(frozen=True)
class Reader:
    """Who gets a mail."""

    name: str
    email: str
    language: str
    account_name: str


def account_mail(billing: Billing, message: OutboxMessage) -> None:
    """Write and send one. Raises NotFound when the reader is gone, and as the mail system does."""
    kind, payload = AccountMailKind(message.payload["kind"]), message.payload
    if not billing.ask(_still_true, kind, payload):
        return
    reader = billing.ask(_reader, payload)
    written = billing.mail_writer.account(
        AccountMail(
            kind=kind, recipient=reader.name, language=reader.language, account_name=reader.account_name,
            url=_url(billing, kind, payload), facts=_facts(billing, payload["facts"]),
            invoices=_to_pay(billing, payload), phone=billing.policy.reminders.phone if kind in _WITH_PHONE else "",
        )
    )  # fmt: skip
    hand_over(billing, message, reader.name, reader.email, written)


def _reader(work: Work, payload: dict[str, Any]) -> Reader:
    account = work.session.get(Account, payload["account_id"])
    account_name = account.name if account else ""
    if "email" in payload:
        return Reader(payload["name"], payload["email"], payload["language"], account_name)
    user = work.session.get(User, payload["user_id"])
    if user is None:
        raise NotFound()
    return Reader(user.name, user.email, user.language, account_name)


def _still_true(work: Work, kind: AccountMailKind, payload: dict[str, Any]) -> bool:
    """A link that no longer works by the time its mail goes out would only be confusing, and so would a stop that is
    off, or an invoice that is paid."""
    if kind in _TO_PAY:
        order = work.session.get_one(StopOrder, int(payload["facts"]["order"]))
        return order.state != OrderState.WITHDRAWN.value
    if kind is AccountMailKind.DOMAIN_RENEWED:
        return work.session.get_one(Invoice, payload["link"][0]).open_cents > 0
    if _LINKS.get(kind, ("", None))[1] is not Purpose.INVITATION:
        return True
    invitation_id, serial = payload["link"]
    invitation = work.session.get_one(Invitation, invitation_id)
    return invitation.withdrawn_at is None and invitation.accepted_at is None and invitation.serial == serial


def _facts(billing: Billing, facts: dict[str, str]) -> dict[str, str]:
    """A mail about an invoice also names its page: the button of some leads to paying without a log-in."""
    page = {"dashboard": f"{billing.policy.public_url}/invoices/{facts['number']}"} if "number" in facts else {}
    return facts | page


def _to_pay(billing: Billing, payload: dict[str, Any]) -> tuple[InvoiceToPay, ...]:
    return tuple(
        InvoiceToPay(one["number"], one["cents"], _link(billing, "pay", Purpose.PAY, one["link"]))
        for one in payload.get("invoices", ())
    )


def _link(billing: Billing, path: str, purpose: Purpose, parts: Sequence[int]) -> str:
    return f"{billing.policy.public_url}/{path}/{tokens.sign(purpose, billing.policy.signing_key, *parts)}"


def _url(billing: Billing, kind: AccountMailKind, payload: dict[str, Any]) -> str:
    base = billing.policy.public_url
    if kind in _LINKS:
        return _link(billing, *_LINKS[kind], payload["link"])
    if kind in _ABOUT_CREDITS:
        return f"{base}/credits"
    if kind in _ABOUT_MANDATES:
        return f"{base}/account/mandate"
    if kind in _ABOUT_SERVICES:
        return f"{base}/products"
    if kind in _TO_PAY:
        return f"{base}/invoices"
    if kind in _ABOUT_USERS:
        # Who may not manage users would find that page closed.
        return f"{base}/account/users" if payload.get("manages") else ""
    return f"{base}/account"
