"""Let a rest that is too small to ask for go on to the account's next invoice."""

import sqlalchemy as sa
from alembic import op

from billing.migrations.constraints import replace_check
from billing.migrations.triggers import frozen_too_when_issued

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WAITS = "state = 'waiting'"


def upgrade() -> None:
    """Nothing has been carried forward so far."""
    op.add_column("invoice", sa.Column("brought_cents", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("invoice", sa.Column("carried_cents", sa.Integer(), nullable=False, server_default="0"))
    replace_check(
        "invoice", "ck_invoice_open", "open_cents BETWEEN 0 AND total_cents",
        "open_cents BETWEEN 0 AND total_cents + brought_cents AND brought_cents >= 0 AND carried_cents >= 0",
    )  # fmt: skip
    op.create_table(
        "carry_forward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("from_invoice_id", sa.Integer(), nullable=False),
        sa.Column("from_number", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("into_invoice_id", sa.Integer(), nullable=True),
        sa.Column("into_number", sa.String(), nullable=False),
        sa.CheckConstraint("cents > 0 AND cents = CAST(cents AS INTEGER)", name=op.f("ck_carry_forward_cents")),
        sa.CheckConstraint("state IN ('waiting','brought','taken_back')", name=op.f("ck_carry_forward_state")),
        sa.CheckConstraint("(state = 'brought') = (into_invoice_id IS NOT NULL)", name=op.f("ck_carry_forward_into")),
        sa.CheckConstraint("into_invoice_id <> from_invoice_id", name=op.f("ck_carry_forward_other")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_carry_forward_account_id")),
        sa.ForeignKeyConstraint(["from_invoice_id"], ["invoice.id"], name=op.f("fk_carry_forward_from_invoice_id")),
        sa.ForeignKeyConstraint(["into_invoice_id"], ["invoice.id"], name=op.f("fk_carry_forward_into_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry_forward")),
    )
    op.create_index("ix_carry_forward_from_invoice_id", "carry_forward", ["from_invoice_id"])
    op.create_index("ix_carry_forward_into_invoice_id", "carry_forward", ["into_invoice_id"])
    op.create_index(
        "ix_carry_forward_waiting", "carry_forward", ["account_id"], sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS),
    )  # fmt: skip
    for statement in frozen_too_when_issued(op.get_bind().dialect.name, "invoice", "brought_cents"):
        op.execute(statement)
