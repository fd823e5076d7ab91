"""Keep with each invoice and credit note whether its VAT is charged or reversed to the customer."""

from alembic import op

from billing.migrations.triggers import frozen_too_when_issued

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everything of before was taxed as it was priced."""
    # Written out, because a table with triggers can't be copied, which is how Alembic adds constraints on SQLite.
    for table in ("invoice", "credit_note"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN vat_treatment VARCHAR NOT NULL DEFAULT 'domestic'"
            f" CONSTRAINT ck_{table}_vat_treatment CHECK (vat_treatment IN ('domestic','reverse_charge'))"
            f" CONSTRAINT ck_{table}_reverse_charge CHECK (vat_treatment <> 'reverse_charge' OR vat_cents = 0)"
        )
    for statement in frozen_too_when_issued(op.get_bind().dialect.name, "invoice", "vat_treatment"):
        op.execute(statement)
