"""Showing what a change comes to, and doing exactly that once somebody says yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import Actor, AllowedAccount, Permission
from billing.accounts import notices
from billing.accounts import service as accounts
from billing.changes import applying, parts, planning
from billing.changes.plan import Plan, content_of, digest
from billing.changes.planning import Asked
from billing.changes.tables import ChangePreview, What
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import NotFound, PreviewStale
from billing.hosting import services as panel
from billing.ports import AccountMailKind, Party, ServiceNews
from billing.products.tables import ServiceState
from billing.proration import Proration

PREVIEW_LASTS = timedelta(minutes=15)
_P = table_of(ChangePreview).c


@dataclass(frozen=True)
class Preview:
    """What would happen, and the two things that a yes to it has to name."""

    preview_id: int
    hash: str
    expires_at: datetime
    plan: Plan


@dataclass(frozen=True)
class ConfirmChange:
    """A yes to what was shown. seller: who the invoice of an upgrade is from."""

    account_id: int
    preview_id: int
    hash: str
    seller: Party


def preview(work: Work, actor: Actor, account_id: int, asked: Asked) -> Preview:
    """Compute a change and keep it for a quarter of an hour; nothing of it happens.

    Raises NotFound, NotAllowed, ChangeRefused.
    """
    allowed = access.require(work, actor, Permission.SERVICES_CHANGE, account_id)
    plan = planning.plan(work, allowed, asked)
    content = content_of(plan)
    over = (_P.service_id == plan.service_id) & _P.used_at.is_(None) & (_P.expires_at < work.now)
    work.session.execute(delete(table_of(ChangePreview)).where(over))
    row = ChangePreview(
        account_id=allowed, service_id=plan.service_id, what=plan.what, product_id=asked.product_id,
        also=sorted(asked.also), on_day=asked.on, content=content, hash=digest(content),
        credited_cents=plan.credited_cents, offset_cents=plan.offset_cents, charged_cents=plan.charged_cents,
        created_by=actor.name, created_at=work.now, expires_at=work.now + PREVIEW_LASTS,
    )  # fmt: skip
    work.session.add(row)
    work.flush()
    return Preview(row.id or 0, row.hash, row.expires_at, plan)


def confirm(work: Work, actor: Actor, command: ConfirmChange) -> None:
    """Do what a preview showed, to the cent. Saying yes to the same preview again changes nothing.

    Raises NotFound, NotAllowed, CheckNeeded, ChangeRefused, and PreviewStale when it would no longer be the same.
    """
    allowed = access.require_checked(work, actor, Permission.SERVICES_CHANGE, command.account_id)
    locks.account(work, allowed)
    shown = _shown(work, allowed, command.preview_id)
    if shown.used_at is not None:
        return
    asked = Asked(shown.service_id, shown.on_day, shown.product_id, tuple(shown.also))
    if command.hash != shown.hash or shown.expires_at < work.now or shown.on_day < local_day(work.now):
        raise PreviewStale()
    plan = planning.plan(work, allowed, asked)
    if digest(content_of(plan)) != shown.hash:
        raise PreviewStale()
    applying.apply(work, actor, plan, shown.id or 0, command.seller)
    shown.used_at = work.now
    work.session.add(shown)
    _tell(work, actor, allowed, plan)
    accounts.bump_version(work, allowed)


def keep(work: Work, actor: Actor, account_id: int, service_id: int) -> None:
    """Take a cancellation back while the service still runs; of one that goes on anyway nothing changes.

    Raises NotFound, NotAllowed, CheckNeeded, ChangeRefused.
    """
    allowed = access.require_checked(work, actor, Permission.SERVICES_CHANGE, account_id)
    locks.account(work, allowed)
    service, product = planning.in_use(work, allowed, service_id)
    planning.require_running(service)
    if service.state == ServiceState.ACTIVE.value:
        return
    if taken_back := _taken_back(work, allowed, service_id):
        own = parts.prepaid(work, service_id, Proration(product.proration), local_day(work.now))
        applying.succeed(work, service, own, taken_back)
    else:
        service.state, service.ends_on = ServiceState.ACTIVE.value, None
        panel.tell(work, service, ServiceNews.KEPT)
    audit.record(
        work, actor, "service.kept", chain=audit.of_account(allowed), subject=product.name, label=service.label
    )
    notices.to_owner(work, allowed, AccountMailKind.SERVICE_KEPT, {"by": actor.name, "service": product.name})
    accounts.bump_version(work, allowed)


def _shown(work: Work, account: AllowedAccount, preview_id: int) -> ChangePreview:
    found = select(ChangePreview).where(ChangePreview.id == preview_id, ChangePreview.account_id == account)
    shown = work.session.exec(found.execution_options(populate_existing=True)).first()
    if shown is None:
        raise NotFound()
    return shown


def _taken_back(work: Work, account: AllowedAccount, service_id: int) -> set[int]:
    """The invoice lines that cancelling this service gave something back of."""
    done = select(ChangePreview.content).where(
        ChangePreview.account_id == account,
        ChangePreview.what == What.CANCEL.value,
        col(ChangePreview.used_at).is_not(None),
    )
    lines = [line for content in work.session.exec(done) for line in content["lines"]]
    return {line["line_id"] for line in lines if line["service_id"] == service_id}


def _tell(work: Work, actor: Actor, account_id: int, plan: Plan) -> None:
    chain, by = audit.of_account(account_id), actor.name
    for ending in plan.endings:
        ends_on = ending.ends_on.isoformat()
        audit.record(
            work, actor, "service.cancelled", chain=chain, subject=ending.name, label=ending.label, ends_on=ends_on
        )
        facts = {"by": by, "service": ending.name}
        if ending.ends_on < local_day(work.now):
            notices.to_owner(work, account_id, AccountMailKind.SERVICE_ENDED, facts)
        else:
            last = facts | {"last_day": ends_on}
            notices.to_owner(work, account_id, AccountMailKind.SERVICE_CANCELLED, last)
    if plan.product:
        product = plan.product.name
        audit.record(work, actor, "service.changed", chain=chain, subject=plan.name, label=plan.label, product=product)
        facts = {"by": by, "service": plan.name, "product": product}
        notices.to_owner(work, account_id, AccountMailKind.SERVICE_CHANGED, facts)
