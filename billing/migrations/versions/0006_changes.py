"""Keep previews of changes of services, the documents they led to, and what prepaid parts are worth afterwards."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import append_only, frozen_but_for_use

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SHOWN = (
    "account_id", "service_id", "what", "product_id", "also", "on_day", "content", "hash", "credited_cents",
    "offset_cents", "charged_cents", "created_by", "created_at", "expires_at",
)  # fmt: skip


def upgrade() -> None:
    """What is on sale stays on offer to customers."""
    op.add_column("product", sa.Column("on_offer", sa.Boolean(), nullable=False, server_default=sa.true()))
    _previews()
    _documents()
    _parts()
    dialect = op.get_bind().dialect.name
    for statement in frozen_but_for_use(dialect, "change_preview", SHOWN):
        op.execute(statement)
    for table in ("change_document", "prepaid_part"):
        for statement in append_only(dialect, table):
            op.execute(statement)


def _previews() -> None:
    cents = ("credited_cents", "offset_cents", "charged_cents")
    op.create_table(
        "change_preview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in cents),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(), nullable=False),
        sa.Column("used_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("what IN ('cancel','downgrade','upgrade')", name=op.f("ck_change_preview_what")),
        sa.CheckConstraint("(what = 'cancel') = (product_id IS NULL)", name=op.f("ck_change_preview_product")),
        sa.CheckConstraint(
            "offset_cents BETWEEN 0 AND credited_cents AND charged_cents >= 0", name=op.f("ck_change_preview_cents")
        ),
        sa.CheckConstraint("what = 'upgrade' OR charged_cents = 0", name=op.f("ck_change_preview_charged")),
        sa.CheckConstraint("what <> 'upgrade' OR credited_cents = 0", name=op.f("ck_change_preview_credited")),
        sa.CheckConstraint("used_at IS NULL OR used_at <= expires_at", name=op.f("ck_change_preview_used")),
        sa.CheckConstraint(_whole(*cents), name=op.f("ck_change_preview_whole")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_change_preview_account_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_change_preview_service_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_change_preview_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_preview")),
    )
    op.create_index(op.f("ix_change_preview_service_id"), "change_preview", ["service_id"])


def _documents() -> None:
    op.create_table(
        "change_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("preview_id", sa.Integer(), nullable=False),
        sa.Column("credit_note_id", sa.Integer(), nullable=True),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(credit_note_id IS NULL) <> (invoice_id IS NULL)", name=op.f("ck_change_document_one")),
        sa.ForeignKeyConstraint(["preview_id"], ["change_preview.id"], name=op.f("fk_change_document_preview_id")),
        sa.ForeignKeyConstraint(
            ["credit_note_id"], ["credit_note.id"], name=op.f("fk_change_document_credit_note_id")
        ),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_change_document_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_document")),
        sa.UniqueConstraint("credit_note_id", name=op.f("uq_change_document_credit_note_id")),
        sa.UniqueConstraint("invoice_id", name=op.f("uq_change_document_invoice_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_change_document_preview_id"), "change_document", ["preview_id"])


def _parts() -> None:
    op.create_table(
        "prepaid_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("invoice_line_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("net_cents", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("credited_before_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("start < until", name=op.f("ck_prepaid_part_days")),
        sa.CheckConstraint("net_cents >= 0 AND credited_before_cents >= 0", name=op.f("ck_prepaid_part_cents")),
        sa.CheckConstraint("policy IN ('linear','domain','none')", name=op.f("ck_prepaid_part_policy")),
        sa.CheckConstraint(_whole("net_cents", "credited_before_cents"), name=op.f("ck_prepaid_part_whole")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_prepaid_part_service_id")),
        sa.ForeignKeyConstraint(["invoice_line_id"], ["invoice_line.id"], name=op.f("fk_prepaid_part_invoice_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepaid_part")),
    )
    op.create_index(op.f("ix_prepaid_part_service_id"), "prepaid_part", ["service_id"])


def _whole(*columns: str) -> str:
    return " AND ".join(f"{column} = CAST({column} AS INTEGER)" for column in columns)
