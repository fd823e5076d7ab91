"""How each customer wants e-invoices, and what became of those that the network was to bring."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import final_when

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody goes on getting them inside the PDF."""
    # Written out, because on SQLite Alembic would copy the table to add a constraint.
    op.execute(
        "ALTER TABLE account ADD COLUMN einvoice VARCHAR NOT NULL DEFAULT 'hybrid'"
        " CONSTRAINT ck_account_einvoice CHECK (einvoice IN ('none','mail','hybrid','peppol'))"
    )
    op.create_table(
        "einvoice_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("credit_note_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("began_at", db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('pending','accepted','rejected')", name=op.f("ck_einvoice_delivery_state")),
        sa.CheckConstraint(
            "(invoice_id IS NULL) <> (credit_note_id IS NULL)", name=op.f("ck_einvoice_delivery_document")
        ),
        sa.CheckConstraint("(state = 'pending') = (ended_at IS NULL)", name=op.f("ck_einvoice_delivery_ended")),
        sa.CheckConstraint("(state = 'rejected') = (reason <> '')", name=op.f("ck_einvoice_delivery_reason")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_einvoice_delivery_account_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_einvoice_delivery_invoice_id")),
        sa.ForeignKeyConstraint(
            ["credit_note_id"], ["credit_note.id"], name=op.f("fk_einvoice_delivery_credit_note_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_einvoice_delivery")),
        sa.UniqueConstraint("invoice_id", name=op.f("uq_einvoice_delivery_invoice_id")),
        sa.UniqueConstraint("credit_note_id", name=op.f("uq_einvoice_delivery_credit_note_id")),
        sa.UniqueConstraint("document_id", name=op.f("uq_einvoice_delivery_document_id")),
    )
    op.create_index(op.f("ix_einvoice_delivery_account_id"), "einvoice_delivery", ["account_id"])
    dialect = op.get_bind().dialect.name
    for statement in final_when(dialect, "einvoice_delivery", "OLD.state <> 'pending'"):
        op.execute(statement)
