"""Erasing an account: everything of its people goes but what the law keeps, and never comes back.

Kept for seven years (Algemene wet inzake rijksbelastingen, article 52): issued documents as they were printed, with the
name and address on them, payments and the lines of our bank, the journal, mandates as the proof of what was collected,
answers about VAT numbers as the proof of why no VAT was charged, and the log of who did what. Source: AVG, article 17,
paragraph 3 under b. While money can still be taken back nothing is erased: somebody has to be there who owes it then.
Source: the same, under e.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, update
from sqlalchemy import select as sql_select
from sqlmodel import col, func, select

from billing import audit, locks
from billing.access import Actor, AllowedAccount
from billing.accounts.tables import Account, Invitation, Membership, User
from billing.clock import local_day
from billing.db import Work, table_of
from billing.deliveries.tables import MailDelivery
from billing.errors import ErasureRefused
from billing.hosting.tables import HostingPackage, HostingVersion
from billing.invoices.tables import DRAFT, Invoice, InvoiceLine, InvoiceVat
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import Posting
from billing.logins.tables import Authenticator, BackupCode, LoginSession, MailedLink, Passkey, PasskeyChallenge
from billing.mandates.tables import Collection, Mandate
from billing.outbox import OutboxMessage, Task
from billing.payments.tables import GatewayRecord, Payment
from billing.ports import TransactionKind
from billing.privacy import rules
from billing.privacy.personal import require_master
from billing.products.tables import Service, ServiceState
from billing.reminders.tables import AccountHold, ReminderTask
from billing.states import LIVE_MANDATES, OPEN_STATES, CollectionState, PaymentState
from billing.vat_treatment import VatAnswer

ERASED = "Gewist"
_MONEY = [
    account.value
    for account in (
        LedgerAccount.RECEIVABLE, LedgerAccount.CUSTOMER_CREDIT, LedgerAccount.UNALLOCATED, LedgerAccount.PAYOUT,
        LedgerAccount.CARRIED_FORWARD,
    )
]  # fmt: skip


def erase(work: Work, actor: Actor, account_id: int, confirmation: str) -> int:
    """Erase an account, by its owner or by finance; returns how many people went with it. confirmation: its name.

    Raises NotFound, NotAllowed, CheckNeeded, or ErasureRefused.
    """
    allowed = require_master(work, actor, account_id)
    account = locks.account(work, allowed)
    _require_erasable(work, account, confirmation)
    audit.record(work, actor, "privacy.erased", chain=audit.of_account(allowed), subject=f"account:{allowed}")
    account.erased_at, account.name = work.now, f"{ERASED} {allowed}"
    for name in ("attention", "street", "postal_code", "city", "vat_number", "chamber_number"):
        setattr(account, name, "")
    account.vat_answer, account.vat_answered_on, account.vat_tried_on = VatAnswer.NONE.value, None, None
    account.moving_to = None
    account.version += 1
    work.session.add(account)
    work.flush()
    people = _leave(work, allowed)
    _drop_drafts(work, allowed)
    _erase_answers(work, allowed)
    _erase_websites(work, allowed)
    return people


def _require_erasable(work: Work, account: Account, confirmation: str) -> None:
    if account.erased_at is not None:
        raise ErasureRefused(reason="erased")
    if confirmation.strip() != account.name:
        raise ErasureRefused(reason="confirmation")
    reason = _in_the_way(work, account.id or 0)
    if reason:
        raise ErasureRefused(reason=reason)
    final = _final_on(work, account.id or 0)
    if local_day(work.now) < final:
        raise ErasureRefused(reason="can_return", earliest=final.isoformat())


def _final_on(work: Work, account_id: int) -> date:
    """The first day on which nothing that this account paid can be taken back any more."""
    mandate = table_of(Mandate).c
    paid = (
        sql_select(
            col(GatewayRecord.received_on),
            col(Payment.collect_on),
            func.coalesce(mandate.way, "").label("way"),
            func.coalesce(mandate.scheme, "").label("scheme"),
        )
        .join(Payment, col(Payment.id) == col(GatewayRecord.payment_id))
        .outerjoin(Collection, col(Collection.payment_id) == col(Payment.id))
        .outerjoin(Mandate, col(Mandate.id) == col(Collection.mandate_id))
        .where(col(Payment.account_id) == account_id, col(Payment.state) == PaymentState.SUCCEEDED.value)
        .where(col(GatewayRecord.kind) == TransactionKind.PAYMENT.value, col(Payment.method).in_(rules.TAKEN_BACK))
        .where(func.coalesce(Collection.state, "") != CollectionState.RETURNED.value)
    )
    days = (
        rules.final_on(max(one.received_on, one.collect_on or one.received_on), one.way, one.scheme)
        for one in work.plain(paid)
    )
    return max(days, default=date.min)


def _in_the_way(work: Work, account_id: int) -> str:
    """What is not over yet, in a word; empty when nothing is."""
    running = select(Service.id).where(Service.account_id == account_id, Service.state != ServiceState.ENDED.value)
    unended = select(Payment.id).where(Payment.account_id == account_id, col(Payment.state).in_(OPEN_STATES))
    open_ = select(Invoice.id).where(Invoice.account_id == account_id, Invoice.open_cents != 0)
    moved = select(func.sum(Posting.cents)).where(
        Posting.account_id == account_id, col(Posting.ledger_account).in_(_MONEY)
    )
    left = moved.group_by(col(Posting.ledger_account)).having(func.sum(Posting.cents) != 0)
    live = select(Mandate.id).where(
        Mandate.account_id == account_id, col(Mandate.state).in_([*LIVE_MANDATES, "requested"])
    )
    asked = {"services": running, "open_money": open_, "payments": unended, "mandate": live}
    for reason, statement in asked.items():
        if work.session.exec(statement.limit(1)).first() is not None:
            return reason
    return "open_money" if work.session.exec(left.limit(1)).first() is not None else ""


def _drop_drafts(work: Work, account_id: AllowedAccount) -> None:
    drafts = select(Invoice.id).where(Invoice.account_id == account_id, Invoice.state == DRAFT)
    for part in (InvoiceLine, InvoiceVat):
        work.session.execute(delete(part).where(table_of(part).c.invoice_id.in_(drafts)))
    work.session.execute(delete(Invoice).where(col(Invoice.account_id) == account_id, col(Invoice.state) == DRAFT))


def _leave(work: Work, account_id: AllowedAccount) -> int:
    """End all memberships; who has no other, and does not work here, is erased too."""
    members = work.session.exec(select(Membership.user_id).where(Membership.account_id == account_id)).all()
    invited = work.session.exec(select(Invitation.email).where(Invitation.account_id == account_id)).all()
    work.session.execute(delete(Membership).where(col(Membership.account_id) == account_id))
    work.session.execute(delete(Invitation).where(col(Invitation.account_id) == account_id))
    elsewhere = select(Membership.user_id)
    alone = select(User).where(col(User.id).in_(members), User.staff_role == "", col(User.id).not_in(elsewhere))
    users = work.session.exec(alone.order_by(col(User.id))).all()
    work.session.execute(
        update(LoginSession).where(col(LoginSession.account_id) == account_id).values(account_id=None, looks_as_name="")
    )
    _erase_mails(work, [*(user.email for user in users), *invited], [user.id or 0 for user in users])
    for user in users:
        _erase_person(work, user)
    return len(users)


def _erase_person(work: Work, user: User) -> None:
    for table in (Authenticator, BackupCode, Passkey, PasskeyChallenge, MailedLink):
        work.session.execute(delete(table).where(table_of(table).c.user_id == user.id))
    ended = {"ended_at": func.coalesce(LoginSession.ended_at, work.now), "address": "", "device": ""}
    work.session.execute(update(LoginSession).where(col(LoginSession.user_id) == user.id).values(ended))
    # No password has this hash, and no mail reaches this address.
    user.name, user.email, user.password_hash = ERASED, f"erased-{user.id}@erased.invalid", "!"
    work.session.add(user)
    work.flush()


def _erase_mails(work: Work, addresses: Sequence[str], user_ids: Sequence[int]) -> None:
    work.session.execute(delete(MailDelivery).where(col(MailDelivery.address).in_(addresses)))
    mails = select(OutboxMessage).where(OutboxMessage.task == Task.MAIL_ACCOUNT.value)
    for mail in work.session.exec(mails):
        if mail.payload.get("user_id") in user_ids or mail.payload.get("email") in addresses:
            mail.payload, mail.state = {}, "done"
            work.session.add(mail)


def _erase_answers(work: Work, account_id: AllowedAccount) -> None:
    holds = update(AccountHold).where(col(AccountHold.account_id) == account_id)
    work.session.execute(holds.values(why="", said={}))
    tasks = update(ReminderTask).where(col(ReminderTask.account_id) == account_id)
    work.session.execute(tasks.values(note="", facts={}))


def _erase_websites(work: Work, account_id: AllowedAccount) -> None:
    packages = select(HostingPackage.id).where(HostingPackage.account_id == account_id)
    work.session.execute(delete(HostingVersion).where(col(HostingVersion.package_id).in_(packages)))
    work.session.execute(delete(HostingPackage).where(col(HostingPackage.account_id) == account_id))
