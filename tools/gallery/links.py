"""The paths of mailed links, signed as the mails have them; nobody has to wait for a mail."""

from typing import Any

from sqlmodel import col, select

from billing import tokens
from billing.accounts.tables import Invitation
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.logins import credentials, flows, mailed, recovery
from billing.logins.flows import LogIn
from billing.logins.sessions import Visitor
from billing.logins.tables import MailedLink
from billing.payments import paylinks
from billing.reminders.tables import ReminderStep
from billing.tokens import Purpose
from tests.e2e import newcomers
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import OWNER, PASSWORD

# The worker begins with its reminders when it has done what is more urgent.
PATIENCE_SECONDS = 120


def pay(demo: Demo, number: str) -> str:
    """The pay link of an invoice."""
    invoice = demo.billing.ask(lambda work: work.session.exec(select(Invoice).where(Invoice.number == number)).one())
    token = paylinks.sign(invoice.id or 0, demo.billing.policy.signing_key, invoice.pay_link_serial)
    return f"/pay/{token}"


def reset(demo: Demo) -> str:
    """A link for a new password of the owner."""
    mailed.ask_reset(demo.billing, OWNER, Visitor())
    return f"/reset/{_sign(demo, Purpose.PASSWORD_RESET, demo.billing.ask(_newest, MailedLink).id)}"


def invite(demo: Demo) -> str:
    """The link of an invitation."""
    newcomers.invite(demo, newcomers.new_address())
    invitation = demo.billing.ask(_newest, Invitation)
    return f"/invite/{_sign(demo, Purpose.INVITATION, invitation.id, invitation.serial)}"


def confirm(demo: Demo) -> str:
    """A link with which the owner would confirm a new address."""
    demo.billing.do(credentials.ask_email_change, newcomers.person(demo, OWNER), newcomers.new_address())
    return f"/confirm/{_sign(demo, Purpose.EMAIL_CHANGE, demo.billing.ask(_newest, MailedLink).id)}"


def recover(demo: Demo) -> str:
    """A link for somebody who lost a second factor; good after a day."""
    somebody = newcomers.newcomer(demo)
    newcomers.with_app(somebody)
    half = flows.log_in(demo.billing, LogIn(somebody.email, PASSWORD)).token
    demo.billing.do(recovery.ask, half)
    return f"/recover/{_sign(demo, Purpose.SECOND_FACTOR_RECOVERY, demo.billing.ask(_newest, MailedLink).id)}"


def reminder(demo: Demo) -> str:
    """The link in the newest reminder."""
    step = eventually(lambda: demo.billing.ask(_newest, ReminderStep), seconds=PATIENCE_SECONDS)
    return f"/reminder/{_sign(demo, Purpose.REMINDER, step.id)}"


def _sign(demo: Demo, purpose: Purpose, *values: int) -> str:
    return tokens.sign(purpose, demo.billing.policy.signing_key, *values)


def _newest(work: Work, table: Any) -> Any:
    return work.session.exec(select(table).order_by(col(table.id).desc())).first()
