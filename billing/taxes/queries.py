"""Whose VAT numbers have to be asked about, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import or_
from sqlmodel import col, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.db import Work
from billing.ports import VatVerdict
from billing.taxes.service import taxation
from billing.taxes.tables import VatCheck
from billing.vat_treatment import HOME, CustomerKind, VatAnswer, VatTreatment, is_business_there, is_stale

# So long before an answer no longer counts, a newer one is asked for.
AHEAD_DAYS = 5
# A state that does not answer is left alone so long: each question to it may cost half a minute.
SILENT_FOR = timedelta(minutes=4)
# Reasons for which there is no answer that say nothing of the state. Source: VIES, error codes.
OF_THE_NUMBER = ("INVALID_INPUT", "other_number", "too_long")


@dataclass(frozen=True)
class Question:
    """A number to be asked about. state: whose authorities know it, as numbers of it begin."""

    account_id: int
    number: str

    @property
    def state(self) -> str:
        return self.number[:2]


@dataclass(frozen=True)
class VatStanding:
    """How a customer is taxed. rate: per cent, of another country. is_known: that it rests on what still counts.

    has_number: a VAT number that a business there can have, about which there was an answer on `answered_on`;
    is_in_vain: nobody answered when it was asked for again. moving_to: as `Account` has it.
    """

    treatment: VatTreatment
    country: str
    rate: Decimal
    is_known: bool
    is_consumer: bool
    has_number: bool
    answered_on: date | None
    is_in_vain: bool
    moving_to: Mapping[str, str] | None = None


def question(work: Work, account_id: int) -> Question | None:
    """What is to be asked about an account now; None when its number makes no difference or was answered today."""
    account = work.session.get_one(Account, account_id)
    if not is_business_there(account) or account.vat_answered_on == local_day(work.now):
        return None
    return Question(account_id, account.vat_number)


def stale(work: Work, accounts: Sequence[int] | None = None) -> list[Question]:
    """The numbers, of these accounts or of all, about which nothing is known that a document could rest on."""
    today = local_day(work.now)
    return [
        Question(account.id or 0, account.vat_number)
        for account in _with_answer_before(work, today - timedelta(days=work.vat.recheck_days), accounts)
        if is_stale(account, today, work.vat)
    ]


def aging(work: Work) -> list[Question]:
    """The numbers whose answer will soon be too old, or is, and that were not asked about in vain today."""
    today = local_day(work.now)
    before = today - timedelta(days=max(work.vat.recheck_days - AHEAD_DAYS, 0))
    found = _with_answer_before(work, before, None)
    return [Question(account.id or 0, account.vat_number) for account in found if account.vat_tried_on != today]


def is_silent(work: Work, state: str) -> bool:
    """Whether nobody answered for a state when it was asked a moment ago, and has not since."""
    last = (
        select(VatCheck.verdict)
        .where(col(VatCheck.asked_at) > work.now - SILENT_FOR, col(VatCheck.number).startswith(state))
        .where(col(VatCheck.reason).not_in(OF_THE_NUMBER))
        .order_by(col(VatCheck.asked_at).desc(), col(VatCheck.id).desc())
    )
    return work.session.exec(last.limit(1)).first() == VatVerdict.UNAVAILABLE


def standing(work: Work, actor: Actor, account_id: int) -> VatStanding:
    """How an account's next document is taxed. Raises NotFound or NotAllowed."""
    account = work.session.get_one(Account, access.require(work, actor, Permission.INVOICES_VIEW, account_id))
    found, today = taxation(work, account), local_day(work.now)
    return VatStanding(
        found.treatment, account.country, found.rate(Decimal(1), today), is_known=not found.fault,
        is_consumer=account.customer_kind == CustomerKind.CONSUMER,
        has_number=is_business_there(account), answered_on=account.vat_answered_on,
        is_in_vain=account.vat_tried_on is not None, moving_to=account.moving_to,
    )  # fmt: skip


def invalid(work: Work, actor: Actor) -> Sequence[Account]:
    """Customers whose VAT number the tax authorities do not know, so that they pay VAT. Raises NotAllowed for who is
    not of finance."""
    access.require_finance(work, actor)
    return unknown_numbers(work)


def unknown_numbers(work: Work) -> Sequence[Account]:
    """The same, for whoever has been let in already."""
    unknown = select(Account).where(Account.vat_answer == VatAnswer.INVALID.value).order_by(col(Account.id))
    return [account for account in work.session.exec(unknown) if is_business_there(account)]


def checks_of(work: Work, account_id: int) -> Sequence[VatCheck]:
    """All that was answered about an account, the newest first."""
    statement = select(VatCheck).where(VatCheck.account_id == account_id).order_by(col(VatCheck.id).desc())
    return work.session.exec(statement).all()


def _with_answer_before(work: Work, day: date, accounts: Sequence[int] | None) -> list[Account]:
    statement = select(Account).where(
        Account.country != HOME, Account.customer_kind == CustomerKind.BUSINESS.value, Account.vat_number != "",
        or_(col(Account.vat_answered_on).is_(None), col(Account.vat_answered_on) < day),
    ).order_by(col(Account.id))  # fmt: skip
    if accounts is not None:
        statement = statement.where(col(Account.id).in_(accounts))
    return [account for account in work.session.exec(statement) if is_business_there(account)]
