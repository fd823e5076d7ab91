"""Tables of mandates, of the collections planned by them, and of the switch that holds all of them."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole
from billing.money import MAX_CENTS

_LIVE_MANDATE = text("state IN ('active','paused')")
_REQUESTED = text("state = 'requested'")
_LIVE_COLLECTION = text("state IN ('planned','announced','submitted')")
_ENDED = "('revoked','expired','replaced')"


class Mandate(SQLModel, table=True):
    """A customer's leave to collect, at most one that lives for an account.

    way: signed at the bank (emandate), or agreed to with a first payment. token: our own unguessable identity of the
    request, provider_key the gateway's; for a first payment that payment's own. reference: what the customer's bank
    shows with each collection; ours until it is known. iban_secret, evidence_secret: the account, and the bank's proof
    of the signature, encrypted; iban_mask: what of the account may be shown. consent_…: what was agreed to, when, by
    whom and from which address; never changed afterwards. reason: why it is paused or ended, a bank's code or a word of
    ours. points: how badly collections went since the last good one. debits_from: no collection is submitted before.
    last_used_on: the last collection, or the day it was given; 36 months after that it lapses.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint("way IN ('emandate','first_payment')", name="way"),
        CheckConstraint("scheme IN ('core','b2b')", name="scheme"),
        CheckConstraint("state IN ('requested','active','paused','revoked','expired','replaced','failed','cancelled')",
                        name="state"),
        CheckConstraint("(way = 'first_payment') = (payment_id IS NOT NULL)", name="payment"),
        CheckConstraint("scheme = 'core' OR (way = 'emandate' AND maximum_cents IS NOT NULL)", name="business"),
        CheckConstraint(f"maximum_cents BETWEEN 1 AND {MAX_CENTS}", name="maximum"),
        CheckConstraint("state IN ('requested','failed','cancelled') OR (given_at IS NOT NULL AND debits_from IS NOT "
                        "NULL AND last_used_on IS NOT NULL AND provider_key IS NOT NULL AND iban_secret <> '')",
                        name="given"),
        CheckConstraint(f"(state IN {_ENDED}) = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("state <> 'requested' OR next_check_at IS NOT NULL", name="asked_about"),
        CheckConstraint("(iban_secret = '') = (iban_mask = '')", name="mask"),
        CheckConstraint("points >= 0", name="points"),
        whole("points", "checks"),
        Index("uq_mandate_live", "account_id", unique=True, sqlite_where=_LIVE_MANDATE,
              postgresql_where=_LIVE_MANDATE),
        Index("uq_mandate_requested", "account_id", unique=True, sqlite_where=_REQUESTED,
              postgresql_where=_REQUESTED),
        Index("ix_mandate_next_check", "next_check_at", sqlite_where=text("next_check_at IS NOT NULL"),
              postgresql_where=text("next_check_at IS NOT NULL")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    way: str
    scheme: str
    state: str
    token: str = Field(unique=True)
    provider_key: str | None = Field(default=None, unique=True)
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    reference: str = Field(unique=True)
    maximum_cents: int | None = None
    iban_secret: str = Field(default="", repr=False)
    iban_mask: str = ""
    bank_id: str = ""
    holder: str = Field(default="", repr=False)
    signer: str = Field(default="", repr=False)
    evidence_secret: str = Field(default="", repr=False)
    consent_version: str
    consent_text: str
    consented_at: datetime = Field(sa_type=UtcDateTime)
    consented_by: int | None = Field(default=None, foreign_key="login_user.id")
    consented_by_name: str
    consent_ip: str = Field(repr=False)
    given_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    debits_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_on: date | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    points: int = 0
    checks: int = 0
    next_check_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Collection(SQLModel, table=True):
    """One plan to collect an invoice by a mandate, at most one that lives for an invoice.

    The payment attempt holds all about the money; this says what was planned and why. collect_on: the bank day on which
    the account is debited; submit_on: the day on which the gateway is to have it. notice_days: how long before
    collect_on the customer had to know. announced_cents: never more than that is collected. round: 1, or 2 for the one
    retry that follows by itself. readers: the users who were told of it. chosen_by_name: who asked for this day.
    reason: why it was withdrawn, failed or returned, or is to be asked back: a bank's code, or a word of ours.
    recalled_at, recalls: when the gateway was asked last to give it up, and how often; whether it did is for the
    payment attempt to say.
    for_staff: a person must look at it.
    """

    __tablename__ = "collection"
    __table_args__ = (
        CheckConstraint("state IN ('planned','announced','submitted','collected','failed','returned','withdrawn',"
                        "'recalled')", name="state"),
        CheckConstraint("submit_on < collect_on", name="days"),
        CheckConstraint("notice_days >= 0", name="notice"),
        CheckConstraint("round IN (1, 2)", name="round"),
        CheckConstraint(f"announced_cents BETWEEN 1 AND {MAX_CENTS}", name="announced_cents"),
        CheckConstraint("(announced_at IS NULL) = (announced_cents IS NULL)", name="announced"),
        CheckConstraint("state IN ('planned','withdrawn') OR announced_at IS NOT NULL", name="told"),
        CheckConstraint("(state IN ('planned','announced','withdrawn')) = (payment_id IS NULL)", name="payment"),
        CheckConstraint("(payment_id IS NULL) = (submitted_at IS NULL) "
                        "AND (state <> 'recalled' OR recalled_at IS NOT NULL)", name="submitted"),
        whole("announced_cents", "notice_days", "round"),
        Index("uq_collection_live", "invoice_id", unique=True, sqlite_where=_LIVE_COLLECTION,
              postgresql_where=_LIVE_COLLECTION),
        Index("ix_collection_planned", "submit_on", sqlite_where=text("state IN ('planned','announced')"),
              postgresql_where=text("state IN ('planned','announced')")),
        Index("ix_collection_for_staff", "id", sqlite_where=text("for_staff"), postgresql_where=text("for_staff")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    mandate_id: int = Field(foreign_key="mandate.id", index=True)
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    state: str
    round: int = 1
    collect_on: date
    submit_on: date
    notice_days: int
    announced_cents: int | None = None
    announced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    readers: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recalled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recalls: int = 0
    chosen_by_name: str = ""
    reason: str = ""
    for_staff: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class CollectionSwitch(SQLModel, table=True):
    """Each time all collections were frozen or set going again; the last row says how it is now. Append-only."""

    __tablename__ = "collection_switch"

    id: int | None = Field(default=None, primary_key=True)
    frozen: bool
    by_name: str
    reason: str = ""
    at: datetime = Field(sa_type=UtcDateTime)
