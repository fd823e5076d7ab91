"""Renewing domains, once each period: paid, or unpaid within a ceiling, or because a person says so."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import SYSTEM, Actor, AllowedAccount
from billing.accounts import notices
from billing.accounts import service as accounts
from billing.accounts.notices import MailedInvoice
from billing.accounts.queries import payers
from billing.accounts.tables import Account
from billing.db import Work
from billing.errors import Refused
from billing.hosting import services as panel
from billing.invoices.queries import open_totals
from billing.invoices.tables import ISSUED, Invoice, InvoiceLine
from billing.ports import AccountMailKind
from billing.products.tables import Service
from billing.proration import ONE_DAY, Period
from billing.renewals.due import Due, due
from billing.renewals.rules import RenewalRules
from billing.renewals.tables import DomainRenewal, RenewalState

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HeldRow:
    """A domain that waits for a person to decide. period_start: the day by which it has to be renewed."""

    renewal_id: int
    account: str
    label: str
    period_start: date
    open_cents: int
    ceiling_cents: int


def accounts_due(work: Work, rules: RenewalRules) -> list[int]:
    """The accounts with a domain to renew, by their ids."""
    return sorted({one.service.account_id for one in due(work, rules)})


def renew_due(work: Work, account_id: int, rules: RenewalRules) -> int:
    """Renew what is due of an account, or hold it for a person; returns how many are renewed."""
    locks.account(work, account_id)
    return sum(_decide(work, one, rules) for one in due(work, rules, account_id))


def held(work: Work, actor: Actor) -> Sequence[HeldRow]:
    """What waits for a person, the most urgent first. Raises NotAllowed."""
    access.require_finance(work, actor)
    waiting = (
        select(DomainRenewal, Service.label, Account.name)
        .join(Service, col(Service.id) == col(DomainRenewal.service_id))
        .join(Account, col(Account.id) == col(DomainRenewal.account_id))
        .where(DomainRenewal.state == RenewalState.HELD.value)
        .order_by(col(DomainRenewal.period_start), col(DomainRenewal.id))
    )
    return [
        HeldRow(row.id or 0, account, label, row.period_start, row.open_cents, row.ceiling_cents)
        for row, label, account in work.session.exec(waiting)
    ]


def allow(work: Work, actor: Actor, renewal_id: int) -> None:
    """Renew a domain though more is open than the ceiling. Raises NotAllowed, NotFound, or Refused when it is done."""
    by = access.require_finance(work, actor)
    row = locks.owned(work, DomainRenewal, renewal_id)
    if row.state != RenewalState.HELD.value:
        raise Refused(reason="renewed_before")
    row.allowed_by = by
    _tell(work, actor, row)


def _decide(work: Work, one: Due, rules: RenewalRules) -> bool:
    """Whether it is renewed now. What was held is looked at again, because money may have come in."""
    account_id, start = one.service.account_id, one.period.start
    same = select(DomainRenewal).where(DomainRenewal.service_id == one.service.id, DomainRenewal.period_start == start)
    row = work.session.exec(same).first()
    open_cents = 0 if one.is_paid else open_totals(work, AllowedAccount(account_id))[1]
    is_new = row is None
    row = row or DomainRenewal(
        account_id=account_id, service_id=one.service.id or 0, period_start=start, period_end=one.period.last,
        state=RenewalState.HELD.value, open_cents=open_cents, ceiling_cents=rules.ceiling_cents, seen_at=work.now,
    )  # fmt: skip
    row.open_cents, row.ceiling_cents = open_cents, rules.ceiling_cents
    work.session.add(row)
    if rules.lets_go(open_cents):
        _tell(work, SYSTEM, row)
        return True
    if is_new:
        log.warning("domain of service %s waits for a person: more is open than the ceiling", one.service.id)
        _record(work, SYSTEM, "domain.renewal_held", row, one.service)
    return False


def _tell(work: Work, actor: Actor, row: DomainRenewal) -> None:
    service = work.session.get_one(Service, row.service_id)
    row.state, row.told_at = RenewalState.TOLD.value, work.now
    work.session.add(row)
    panel.renew(work, service, Period(row.period_start, row.period_end + ONE_DAY))
    _reassure(work, row, service)
    _record(work, actor, "domain.renewed", row, service)


def _reassure(work: Work, row: DomainRenewal, service: Service) -> None:
    """Whoever still has to pay for a period hears that nothing can happen to it, and gets the invoice."""
    invoice = _open_invoice(work, row)
    if invoice is None:
        return
    facts = {"service": service.label, "last_day": row.period_end.isoformat()}
    link = (invoice.id or 0, invoice.pay_link_serial)
    asked = [MailedInvoice(invoice.number or "", invoice.open_cents, link)]
    for user_id in payers(work, row.account_id):
        kind, key = AccountMailKind.DOMAIN_RENEWED, f"renewed:{row.service_id}:{row.period_start}:{user_id}"
        notices.to_user(
            work, user_id, kind, facts, account_id=row.account_id, link=link, key=key, invoices=asked
        )  # fmt: skip


def _open_invoice(work: Work, row: DomainRenewal) -> Invoice | None:
    of_period = (
        select(Invoice)
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .where(InvoiceLine.service_id == row.service_id, InvoiceLine.period_start == row.period_start)
        .where(Invoice.state == ISSUED, Invoice.open_cents > 0)
    )
    return work.session.exec(of_period.order_by(col(Invoice.id).desc()).limit(1)).first()


def _record(work: Work, actor: Actor, action: str, row: DomainRenewal, service: Service) -> None:
    chain = audit.of_account(row.account_id)
    audit.record(work, actor, action, chain=chain, subject=service.label, ends_on=row.period_end.isoformat())
    accounts.bump_version(work, row.account_id)
