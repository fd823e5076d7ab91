"""Where a demo stands: which story is being told, since when, and with which invoices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import SYSTEM, Actor
from billing.accounts.tables import Account, User
from billing.audit import AuditEvent
from billing.db import Work
from billing.demo.story import VAT
from billing.errors import NotAllowed
from billing.invoices import service as invoices
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.invoices.tables import Invoice
from billing.payments.tables import Payment, PaymentShare
from billing.ports import Party

SET = "demo.scene_set"


@dataclass(frozen=True)
class Scene:
    """A story that was begun at a moment. invoices: the numbers of those that it is about."""

    story: str
    at: datetime
    invoices: tuple[str, ...] = ()


def require_presenter(work: Work, actor: Actor) -> int:
    """The id of who shows the demo. Raises NotAllowed for everybody else, and SecondFactorNeeded."""
    if actor.acts_for is not None:
        raise NotAllowed(permission=access.PRESENTER)
    return access.require_staff(work, actor, frozenset({access.PRESENTER}), access.PRESENTER)


def note(work: Work, actor: Actor, story: str, numbers: Sequence[str]) -> None:
    """Write down that a scene was set. Raises NotAllowed."""
    user_id = require_presenter(work, actor)
    locks.user(work, user_id)
    audit.record(work, actor, SET, chain=audit.of_user(user_id), subject=story, invoices=list(numbers))


def begun(work: Work, actor: Actor) -> tuple[Scene, ...]:
    """Every scene that was set, the newest of each story, the last one set at the end. Raises NotAllowed."""
    chain = audit.of_user(require_presenter(work, actor))
    rows = work.session.exec(
        select(AuditEvent).where(AuditEvent.chain == chain, AuditEvent.action == SET).order_by(col(AuditEvent.sequence))
    )
    newest: dict[str, Scene] = {}
    for row in rows:
        newest.pop(row.subject, None)
        newest[row.subject] = Scene(row.subject, row.at, tuple(row.facts["invoices"]))
    return tuple(newest.values())


def person(work: Work, login: str) -> Actor:
    """Somebody of the demo, who has just proven an identity. login: what stands before @demo.test."""
    user = work.session.exec(select(User).where(User.email == f"{login}@demo.test")).one()
    return Actor(name=user.name, user_id=user.id, checked_at=work.now)


def account_id(work: Work, name: str) -> int:
    """A customer of the demo."""
    return work.session.exec(select(Account.id).where(Account.name == name)).one() or 0


def issue(work: Work, account: str, subject: str, euros: str, seller: Party) -> str:
    """A new invoice of one line, and its number. euros: excluding VAT."""
    line = NewLine(subject, "", Decimal(1), Decimal(euros), VAT)
    draft = DraftInvoice(account_id(work, account), subject, (line,))
    issued = IssueInvoice(invoices.draft_invoice(work, SYSTEM, draft), seller)
    return invoices.issue_invoice(work, SYSTEM, issued).number or ""


def invoices_of(work: Work, scene: Scene) -> Sequence[Invoice]:
    """The invoices of a scene, the oldest first."""
    found = select(Invoice).where(col(Invoice.number).in_(scene.invoices)).order_by(col(Invoice.id))
    return work.session.exec(found).all()


def payment_of(work: Work, scene: Scene) -> Payment | None:
    """The newest attempt to pay the first invoice of a scene."""
    return work.session.exec(
        select(Payment)
        .join(PaymentShare, col(PaymentShare.payment_id) == col(Payment.id))
        .join(Invoice, col(Invoice.id) == col(PaymentShare.invoice_id))
        .where(Invoice.number == scene.invoices[0])
        .order_by(col(Payment.id).desc())
    ).first()
