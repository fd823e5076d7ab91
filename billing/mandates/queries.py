"""Reading mandates and collections: an account's mandate, what is coming, and what happened to one invoice."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, or_
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing import access
from billing.access import Actor, Permission
from billing.db import Work
from billing.invoices.queries import visible_invoices
from billing.invoices.tables import Invoice
from billing.mandates import choosing, plans, reasons, service, switches
from billing.mandates.choosing import Choice
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Collection, Mandate
from billing.payments import debits
from billing.payments.tables import Payment
from billing.states import LIVE_COLLECTIONS, LIVE_MANDATES, CollectionState, MandateState

PERSON = "person"
_LIVE = [state.value for state in LIVE_COLLECTIONS]
_CAME_BACK = {CollectionState.FAILED, CollectionState.RETURNED}
_NOT_SIGNED = {MandateState.REQUESTED, MandateState.FAILED, MandateState.CANCELLED}

# The newest mandate of an account, and the one that lives; asked with every look at the dashboard, so built once.
_IS_OF_ACCOUNT = col(Mandate.account_id) == bindparam("account_id")
_NEWEST = select(func.max(Mandate.id)).where(_IS_OF_ACCOUNT).scalar_subquery()
_NEWEST_AND_LIVE = (
    select(Mandate)
    .where(_IS_OF_ACCOUNT, or_(col(Mandate.state).in_(LIVE_MANDATES), col(Mandate.id) == _NEWEST))
    .order_by(col(Mandate.id).desc())
)

_ROWS = (
    sql_select(Collection, Invoice, col(Payment.amount_cents))
    .join(Invoice, col(Invoice.id) == col(Collection.invoice_id))
    .outerjoin(Payment, col(Payment.id) == col(Collection.payment_id))
)


@dataclass(frozen=True)
class CollectionRow:
    """One collection. cents: as announced or submitted, else what is open now. expected_on: when its outcome is known,
    once it was submitted. reason_key: which sentence tells why it failed, came back or is off; empty when it is not."""

    invoice_number: str
    state: CollectionState
    cents: int
    collect_on: date
    announced_at: datetime | None
    expected_on: date | None
    reason_key: str


@dataclass(frozen=True)
class MandateView:
    """A mandate as its account may see it. requested_at: of one that waits for the bank, given_at: of one that lives.

    reason: why it is paused or ended: a word of `service`, else a bank's code, for which reason_key has the sentence.
    last: the newest collection that was submitted; coming: the next ones, the earliest first. may_manage: whether this
    person may pause, resume, take back or replace it. debits_from: nothing is submitted before.
    """

    mandate_id: int
    state: MandateState
    way: str
    scheme: str
    reference: str
    iban_mask: str
    bank_id: str
    holder: str
    maximum_cents: int | None
    requested_at: datetime
    given_at: datetime | None
    ended_at: datetime | None
    debits_from: datetime | None
    consent_version: str
    consent_text: str
    consented_by: str
    reason: str
    reason_key: str
    last: CollectionRow | None
    coming: tuple[CollectionRow, ...]
    may_manage: bool


@dataclass(frozen=True)
class Freeze:
    """All collections are held. why: STALE or SPIKE of `switches`, or PERSON, whose words are not for customers."""

    why: str
    since: datetime


@dataclass(frozen=True)
class MandateStanding:
    """How an account stands with its mandate. view: the one that lives, else the newest; None when there never was one.
    requested: where the newest request stands: REQUESTED while the bank has not said, FAILED or CANCELLED when it came
    to nothing since; None when the newest was signed. freeze: nothing is collected from anybody now; None when that is
    not so, or the account has no mandate that lives."""

    view: MandateView | None = None
    requested: MandateState | None = None
    freeze: Freeze | None = None


@dataclass(frozen=True)
class InvoiceCollection:
    """What collecting means for one invoice. planned: what is planned, announced or submitted. came_back: the newest
    one that failed or was returned, when none succeeded since. may_pay: paying by oneself is the plain way now; where
    money is on its way it takes a deliberate choice. choice: the days that may be chosen; None when none can be.
    is_untold: nothing is collected, because no mail about it arrives."""

    planned: CollectionRow | None
    came_back: CollectionRow | None
    may_pay: bool
    choice: Choice | None
    is_untold: bool = False


def mandate_standing(work: Work, actor: Actor, account_id: int) -> MandateStanding:
    """How an account stands with its mandate. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.MANDATE_VIEW, account_id)
    found = work.session.exec(_NEWEST_AND_LIVE, params={"account_id": allowed}).all()
    newest = next(iter(found), None)
    live = next((mandate for mandate in found if mandate.state in LIVE_MANDATES), None)
    shown = live or newest
    return MandateStanding(
        view=_view(work, actor, shown) if shown else None,
        requested=MandateState(newest.state) if newest and newest.state in _NOT_SIGNED else None,
        freeze=_freeze(work) if live else None,
    )


def coming_collections(work: Work, actor: Actor, account_id: int) -> tuple[CollectionRow, ...]:
    """What will be collected, the earliest first. Raises NotFound or NotAllowed."""
    return _coming(work, access.require(work, actor, Permission.INVOICES_VIEW, account_id))


def collection_of(work: Work, actor: Actor, number: str, limits: MandateRules) -> InvoiceCollection:
    """What is planned for an invoice, and what came back of it. Raises NotFound or NotAllowed."""
    invoice = visible_invoices(work, actor, [number])[0]
    rights = access.permissions(work, actor, invoice.account_id)
    live = _ROWS.where(col(Collection.invoice_id) == invoice.id, col(Collection.state).in_(_LIVE))
    last = _newest_sent(work, col(Collection.invoice_id) == invoice.id)
    under_way = debits.is_under_way(work, invoice)
    mandate = service.live_mandate(work, invoice.account_id)
    may_choose = (
        mandate is not None and invoice.open_cents > 0 and not under_way and Permission.MANDATE_MANAGE in rights
        and not plans.is_too_much(mandate, invoice.open_cents)
    )  # fmt: skip
    return InvoiceCollection(
        planned=next(iter(_rows(work, live)), None),
        came_back=last if last is not None and last.state in _CAME_BACK else None,
        may_pay=Permission.INVOICES_PAY in rights and invoice.open_cents > 0 and not under_way,
        choice=choosing.choice(work, mandate, limits) if mandate is not None and may_choose else None,
        is_untold=invoice.open_cents > 0 and _is_untold(work, invoice),
    )


def for_staff(work: Work) -> tuple[CollectionRow, ...]:
    """Collections at which a person must look, the newest first. For the company's own people; no account asks this."""
    return _rows(work, _ROWS.where(col(Collection.for_staff)).order_by(col(Collection.id).desc()))


def _coming(work: Work, account_id: int) -> tuple[CollectionRow, ...]:
    live = _ROWS.where(col(Collection.account_id) == account_id, col(Collection.state).in_(_LIVE))
    return _rows(work, live.order_by(col(Collection.collect_on), col(Collection.id)))


def _newest_sent(work: Work, *conditions: ColumnElement[bool]) -> CollectionRow | None:
    """The collection that the gateway was given last, of those that fit."""
    sent = _ROWS.where(col(Collection.submitted_at).is_not(None), *conditions)
    return next(iter(_rows(work, sent.order_by(col(Collection.id).desc()).limit(1))), None)


def _is_untold(work: Work, invoice: Invoice) -> bool:
    newest = select(Collection.reason).where(Collection.invoice_id == invoice.id).order_by(col(Collection.id).desc())
    return work.session.exec(newest.limit(1)).first() == plans.UNTOLD


def _view(work: Work, actor: Actor, mandate: Mandate) -> MandateView:
    rights = access.permissions(work, actor, mandate.account_id)
    return MandateView(
        mandate_id=mandate.id or 0, state=MandateState(mandate.state), way=mandate.way, scheme=mandate.scheme,
        reference=mandate.reference, iban_mask=mandate.iban_mask, bank_id=mandate.bank_id, holder=mandate.holder,
        maximum_cents=mandate.maximum_cents, requested_at=mandate.consented_at, given_at=mandate.given_at,
        ended_at=mandate.ended_at, debits_from=mandate.debits_from, consent_version=mandate.consent_version,
        consent_text=mandate.consent_text, consented_by=mandate.consented_by_name, reason=mandate.reason,
        reason_key=_reason_key(mandate), last=_newest_sent(work, col(Collection.mandate_id) == mandate.id),
        coming=_coming(work, mandate.account_id), may_manage=Permission.MANDATE_MANAGE in rights,
    )  # fmt: skip


def _freeze(work: Work) -> Freeze | None:
    turn = switches.standing_freeze(work)
    if turn is None:
        return None
    return Freeze(turn.reason if turn.by_name == switches.BY_ITSELF else PERSON, turn.at)


def _reason_key(mandate: Mandate) -> str:
    """Which sentence tells why a mandate is paused or ended; empty when no bank's code is the reason."""
    is_code = mandate.given_at is not None and mandate.reason not in {"", service.BY_CUSTOMER, service.BY_BANK}
    return reasons.reason_of(mandate.reason).key if is_code else ""


def _rows(work: Work, statement: "Select[Collection, Invoice, int]") -> tuple[CollectionRow, ...]:
    return tuple(
        CollectionRow(
            invoice_number=invoice.number or "", state=CollectionState(collection.state),
            cents=sent_cents or collection.announced_cents or invoice.open_cents, collect_on=collection.collect_on,
            announced_at=collection.announced_at,
            expected_on=invoice.expected_on if collection.state == CollectionState.SUBMITTED else None,
            reason_key=reasons.reason_of(collection.reason).key if collection.state in _CAME_BACK else "",
        )
        for collection, invoice, sent_cents in work.session.execute(statement)
    )  # fmt: skip
