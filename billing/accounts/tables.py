"""Tables of accounts, people, what they may do for whom, and invitations."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime
from billing.documents import DUTCH
from billing.vat_treatment import CustomerKind

_TECHNICAL = " AND ".join(f"scopes NOT LIKE '%{area}.manage%'" for area in ("website", "email", "domains"))
_FINANCIAL = " AND ".join(f"scopes NOT LIKE '%{area}.%'" for area in ("invoices", "credits", "mandate"))
_OPEN = text("accepted_at IS NULL AND withdrawn_at IS NULL")


class Role(StrEnum):
    """What a user is in one account; the rights of each are in `billing.access`."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    BOOKKEEPER = "bookkeeper"
    READ_ONLY = "read_only"
    TECHNICIAN = "technician"


class MailTopic(StrEnum):
    """What a member can be mailed about; independent of what the member may do."""

    INVOICES = "invoices"
    RECEIPTS = "receipts"


class EInvoiceForm(StrEnum):
    """How a customer wants e-invoices. NONE: not at all, as a PDF alone. MAIL: as UBL beside the PDF in each mail.
    HYBRID: inside the PDF. PEPPOL: over the network, into the customer's own bookkeeping."""

    NONE = "none"
    MAIL = "mail"
    HYBRID = "hybrid"
    PEPPOL = "peppol"


def _role_rules() -> tuple[CheckConstraint, ...]:
    """What a role can't have, whoever writes the row: who pays never gets the website, who builds never the money."""
    return (
        CheckConstraint("role IN ('owner','administrator','bookkeeper','read_only','technician')", name="role"),
        CheckConstraint(f"role NOT IN ('bookkeeper','read_only') OR ({_TECHNICAL})", name="payer_never"),
        CheckConstraint(f"role <> 'technician' OR (mail_topics = '' AND {_FINANCIAL})", name="technician_never"),
    )


class Account(SQLModel, table=True):
    """A customer with its billing details. chamber_number: at the Dutch Chamber of Commerce, eight digits or none.

    language: of the documents to come, whatever its people read their screens in.
    vat_answer: the last that the tax authorities said of this very VAT number, on vat_answered_on; vat_tried_on: when
    they were asked in vain since. All that they said is in `billing.taxes`.
    moving_to: street, postal_code, city and country outside the VAT area of the Union that the customer gave; they wait
    for finance, and until then the address of before holds. None while nothing waits.
    erased_at: since when nothing is left of its people but what the law keeps; never undone.
    version: grows with every change a customer can see, so that open screens know when to look again.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("length(chamber_number) IN (0, 8)", name="chamber_number"),
        CheckConstraint("einvoice IN ('none','mail','hybrid','peppol')", name="einvoice"),
        CheckConstraint("language IN ('nl','en')", name="language"),
        CheckConstraint("customer_kind IN ('business','consumer')", name="customer_kind"),
        CheckConstraint("customer_kind = 'business' OR vat_number = ''", name="consumer"),
        CheckConstraint("vat_answer IN ('','valid','invalid')", name="vat_answer"),
        CheckConstraint("(vat_answer = '') = (vat_answered_on IS NULL)", name="vat_answered"),
        CheckConstraint("vat_answer = '' OR vat_number <> ''", name="vat_answer_about"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    attention: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "NL"
    customer_kind: str = CustomerKind.BUSINESS.value
    vat_number: str = ""
    vat_answer: str = ""
    vat_answered_on: date | None = None
    vat_tried_on: date | None = None
    chamber_number: str = ""
    einvoice: str = EInvoiceForm.HYBRID.value
    language: str = DUTCH
    moving_to: dict[str, str] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    version: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class User(SQLModel, table=True):
    """A person with a log-in. email: always lower case. staff_role: empty for customers."""

    __tablename__ = "login_user"
    __table_args__ = (CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email"),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str = Field(repr=False)
    language: str = "nl"
    staff_role: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_login_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """What a user may do for an account (scopes), what this person is mailed about, and until which day.

    scopes, mail_topics: names with a space between them. warned_of_end: the mail about the coming end was asked for.
    """

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "user_id"),
        Index("uq_membership_owner", "account_id", unique=True, sqlite_where=text("role = 'owner'"),
              postgresql_where=text("role = 'owner'")),
        Index("ix_membership_ends_on", "ends_on", sqlite_where=text("ends_on IS NOT NULL"),
              postgresql_where=text("ends_on IS NOT NULL")),
        *_role_rules(),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    user_id: int = Field(foreign_key="login_user.id", index=True)
    role: str
    scopes: str
    mail_topics: str = ""
    ends_on: date | None = None
    warned_of_end: bool = False


class Invitation(SQLModel, table=True):
    """A membership that waits for its person. One that is open: neither accepted nor withdrawn.

    serial: grows when it is sent again, so that only the newest link works. replaces_user_id: whose successor this is;
    predecessor_ends_on: that person's last day, None for at once.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index("uq_invitation_open", "account_id", "email", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email"),
        CheckConstraint("role <> 'owner' OR replaces_user_id IS NOT NULL", name="owner_only_by_handover"),
        *_role_rules(),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    email: str = Field(index=True)
    name: str
    role: str
    scopes: str
    mail_topics: str = ""
    ends_on: date | None = None
    replaces_user_id: int | None = Field(default=None, foreign_key="login_user.id")
    predecessor_ends_on: date | None = None
    invited_by: int = Field(foreign_key="login_user.id")
    invited_by_name: str
    serial: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
