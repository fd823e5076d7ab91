"""Keep what a customer is, what the tax authorities say of VAT numbers, and what is sold to consumers in the Union."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.constraints import replace_check
from billing.migrations.triggers import append_only

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_OLD = "vat_treatment IN ('domestic','reverse_charge')"
_NEW = "vat_treatment IN ('domestic','reverse_charge','union_consumer','oss','outside')"


def upgrade() -> None:
    """Customers of before are businesses of whose numbers nothing is known yet; the worker asks for them."""
    # A check over columns that follow can only come with the last of them.
    columns = (
        "customer_kind VARCHAR NOT NULL DEFAULT 'business'"
        " CONSTRAINT ck_account_customer_kind CHECK (customer_kind IN ('business','consumer'))"
        " CONSTRAINT ck_account_consumer CHECK (customer_kind = 'business' OR vat_number = '')",
        "vat_answer VARCHAR NOT NULL DEFAULT ''"
        " CONSTRAINT ck_account_vat_answer CHECK (vat_answer IN ('','valid','invalid'))"
        " CONSTRAINT ck_account_vat_answer_about CHECK (vat_answer = '' OR vat_number <> '')",
        "vat_answered_on DATE CONSTRAINT ck_account_vat_answered CHECK ((vat_answer = '') = (vat_answered_on IS NULL))",
        "vat_tried_on DATE",
    )
    for column in columns:
        op.execute(f"ALTER TABLE account ADD COLUMN {column}")
    for table in ("invoice", "credit_note"):
        replace_check(table, f"ck_{table}_vat_treatment", _OLD, _NEW)
        replace_check(
            table, f"ck_{table}_reverse_charge", "vat_treatment <> 'reverse_charge' OR vat_cents = 0",
            "vat_treatment NOT IN ('reverse_charge','outside') OR vat_cents = 0",
        )  # fmt: skip
    _checks()
    _turnover()


def _checks() -> None:
    texts = ("number", "requester", "asked_by", "verdict", "consultation", "name", "address", "reason")
    op.create_table(
        "vat_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts[:3]),
        sa.Column("asked_at", db.UtcDateTime(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts[3:]),
        sa.CheckConstraint("verdict IN ('valid','invalid','unavailable')", name=op.f("ck_vat_check_verdict")),
        sa.CheckConstraint("verdict <> 'unavailable' OR reason <> ''", name=op.f("ck_vat_check_reason")),
        sa.CheckConstraint("number <> ''", name=op.f("ck_vat_check_number")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_vat_check_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vat_check")),
    )
    op.create_index(op.f("ix_vat_check_account_id"), "vat_check", ["account_id"])
    for statement in append_only(op.get_bind().dialect.name, "vat_check"):
        op.execute(statement)


def _turnover() -> None:
    op.create_table(
        "union_turnover",
        sa.Column("year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("net_cents", sa.BigInteger(), nullable=False),
        sa.Column("over_since", sa.Date(), nullable=True),
        sa.CheckConstraint("net_cents = CAST(net_cents AS INTEGER)", name=op.f("ck_union_turnover_whole")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_union_turnover")),
    )
