"""Keep mandates for direct debits and the collections planned by them; let a payment be such a collection."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import append_only, frozen_columns

revision = "0009"
down_revision = "0006"
branch_labels = None
depends_on = None

METHODS = "method IN ('ideal','card','bancontact','transfer','direct_debit')"
AGREED = (
    "account_id", "way", "scheme", "token", "payment_id", "maximum_cents", "consent_version", "consent_text",
    "consented_at", "consented_by", "consented_by_name", "consent_ip",
)  # fmt: skip
PLANNED = ("account_id", "invoice_id", "mandate_id", "round", "notice_days", "chosen_by_name", "created_at")


def upgrade() -> None:
    """No payment of before was a collection, and none began a mandate."""
    op.add_column("gateway_record", sa.Column("reason_code", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("payment") as batch:
        batch.add_column(sa.Column("collect_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("starts_series", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.drop_constraint(op.f("ck_payment_method"), type_="check")
        batch.create_check_constraint(op.f("ck_payment_method"), METHODS)
        batch.create_check_constraint(
            op.f("ck_payment_collect_on"), "(method = 'direct_debit') = (collect_on IS NOT NULL)"
        )
    _mandates()
    _collections()
    _switch()
    dialect = op.get_bind().dialect.name
    for statement in (
        *frozen_columns(dialect, "mandate", AGREED),
        *frozen_columns(dialect, "collection", PLANNED),
        *append_only(dialect, "collection_switch"),
    ):
        op.execute(statement)


def _mandates() -> None:
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("provider_key", sa.String(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("maximum_cents", sa.Integer(), nullable=True),
        sa.Column("iban_secret", sa.String(), nullable=False),
        sa.Column("iban_mask", sa.String(), nullable=False),
        sa.Column("bank_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("evidence_secret", sa.String(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("consent_text", sa.String(), nullable=False),
        sa.Column("consented_at", db.UtcDateTime(), nullable=False),
        sa.Column("consented_by", sa.Integer(), nullable=True),
        sa.Column("consented_by_name", sa.String(), nullable=False),
        sa.Column("consent_ip", sa.String(), nullable=False),
        sa.Column("given_at", db.UtcDateTime(), nullable=True),
        sa.Column("debits_from", db.UtcDateTime(), nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("ended_at", db.UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("next_check_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("(iban_secret = '') = (iban_mask = '')", name=op.f("ck_mandate_mask")),
        sa.CheckConstraint(
            "(state IN ('revoked','expired','replaced')) = (ended_at IS NOT NULL)", name=op.f("ck_mandate_ended")
        ),
        sa.CheckConstraint("(way = 'first_payment') = (payment_id IS NOT NULL)", name=op.f("ck_mandate_payment")),
        sa.CheckConstraint(
            "scheme = 'core' OR (way = 'emandate' AND maximum_cents IS NOT NULL)", name=op.f("ck_mandate_business")
        ),
        sa.CheckConstraint("scheme IN ('core','b2b')", name=op.f("ck_mandate_scheme")),
        sa.CheckConstraint("state <> 'requested' OR next_check_at IS NOT NULL", name=op.f("ck_mandate_asked_about")),
        sa.CheckConstraint(
            "state IN ('requested','active','paused','revoked','expired','replaced','failed','cancelled')",
            name=op.f("ck_mandate_state"),
        ),
        sa.CheckConstraint(
            "state IN ('requested','failed','cancelled') OR (given_at IS NOT NULL AND debits_from IS NOT NULL "
            "AND last_used_on IS NOT NULL AND provider_key IS NOT NULL AND iban_secret <> '')",
            name=op.f("ck_mandate_given"),
        ),
        sa.CheckConstraint("way IN ('emandate','first_payment')", name=op.f("ck_mandate_way")),
        sa.CheckConstraint("maximum_cents BETWEEN 1 AND 1000000000", name=op.f("ck_mandate_maximum")),
        sa.CheckConstraint(
            "points = CAST(points AS INTEGER) AND checks = CAST(checks AS INTEGER)", name=op.f("ck_mandate_whole")
        ),
        sa.CheckConstraint("points >= 0", name=op.f("ck_mandate_points")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mandate_account_id")),
        sa.ForeignKeyConstraint(["consented_by"], ["login_user.id"], name=op.f("fk_mandate_consented_by")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_mandate_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_mandate_payment_id")),
        sa.UniqueConstraint("provider_key", name=op.f("uq_mandate_provider_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_mandate_reference")),
        sa.UniqueConstraint("token", name=op.f("uq_mandate_token")),
    )
    op.create_index(op.f("ix_mandate_account_id"), "mandate", ["account_id"])
    op.create_index(
        "ix_mandate_next_check",
        "mandate",
        ["next_check_at"],
        sqlite_where=sa.text("next_check_at IS NOT NULL"),
        postgresql_where=sa.text("next_check_at IS NOT NULL"),
    )
    op.create_index(
        "uq_mandate_live",
        "mandate",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('active','paused')"),
        postgresql_where=sa.text("state IN ('active','paused')"),
    )
    op.create_index(
        "uq_mandate_requested",
        "mandate",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("state = 'requested'"),
        postgresql_where=sa.text("state = 'requested'"),
    )


def _collections() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("collect_on", sa.Date(), nullable=False),
        sa.Column("submit_on", sa.Date(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("announced_cents", sa.Integer(), nullable=True),
        sa.Column("announced_at", db.UtcDateTime(), nullable=True),
        sa.Column("submitted_at", db.UtcDateTime(), nullable=True),
        sa.Column("chosen_by_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("for_staff", sa.Boolean(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("changed_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('planned','announced','withdrawn')) = (payment_id IS NULL)", name=op.f("ck_collection_payment")
        ),
        sa.CheckConstraint(
            "state IN ('planned','announced','submitted','collected','failed','returned','withdrawn')",
            name=op.f("ck_collection_state"),
        ),
        sa.CheckConstraint(
            "state IN ('planned','withdrawn') OR announced_at IS NOT NULL", name=op.f("ck_collection_told")
        ),
        sa.CheckConstraint("(announced_at IS NULL) = (announced_cents IS NULL)", name=op.f("ck_collection_announced")),
        sa.CheckConstraint("(payment_id IS NULL) = (submitted_at IS NULL)", name=op.f("ck_collection_submitted")),
        sa.CheckConstraint(
            "announced_cents = CAST(announced_cents AS INTEGER) AND notice_days = CAST(notice_days AS INTEGER) "
            "AND round = CAST(round AS INTEGER)",
            name=op.f("ck_collection_whole"),
        ),
        sa.CheckConstraint("announced_cents BETWEEN 1 AND 1000000000", name=op.f("ck_collection_announced_cents")),
        sa.CheckConstraint("notice_days >= 0", name=op.f("ck_collection_notice")),
        sa.CheckConstraint("round IN (1, 2)", name=op.f("ck_collection_round")),
        sa.CheckConstraint("submit_on < collect_on", name=op.f("ck_collection_days")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_collection_account_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_collection_invoice_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_collection_mandate_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_collection_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_collection_payment_id")),
    )
    op.create_index(op.f("ix_collection_account_id"), "collection", ["account_id"])
    op.create_index(
        "ix_collection_for_staff",
        "collection",
        ["id"],
        sqlite_where=sa.text("for_staff"),
        postgresql_where=sa.text("for_staff"),
    )
    op.create_index(op.f("ix_collection_invoice_id"), "collection", ["invoice_id"])
    op.create_index(op.f("ix_collection_mandate_id"), "collection", ["mandate_id"])
    op.create_index(
        "ix_collection_planned",
        "collection",
        ["submit_on"],
        sqlite_where=sa.text("state IN ('planned','announced')"),
        postgresql_where=sa.text("state IN ('planned','announced')"),
    )
    op.create_index(
        "uq_collection_live",
        "collection",
        ["invoice_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('planned','announced','submitted')"),
        postgresql_where=sa.text("state IN ('planned','announced','submitted')"),
    )


def _switch() -> None:
    op.create_table(
        "collection_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_switch")),
    )
