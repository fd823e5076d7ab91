"""Keep with each invoice and credit note whether its VAT is charged or reversed to the customer."""

from alembic import op

from billing.migrations.triggers import frozen_when_issued

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

# What was frozen of an issued invoice before, and how it is taxed.
FROZEN_COLUMNS = (
    "account_id", "state", "series", "year", "sequence", "number", "subject", "issued_on", "due_on", "issued_at",
    "reference", "seller", "buyer", "net_cents", "vat_cents", "total_cents", "currency", "language", "run_id",
    "vat_treatment",
)  # fmt: skip


def upgrade() -> None:
    """Everything of before was taxed as it was priced."""
    # Written out, because a table with triggers can't be copied, which is how Alembic adds constraints on SQLite.
    for table in ("invoice", "credit_note"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN vat_treatment VARCHAR NOT NULL DEFAULT 'domestic'"
            f" CONSTRAINT ck_{table}_vat_treatment CHECK (vat_treatment IN ('domestic','reverse_charge'))"
            f" CONSTRAINT ck_{table}_reverse_charge CHECK (vat_treatment <> 'reverse_charge' OR vat_cents = 0)"
        )
    dialect = op.get_bind().dialect.name
    for event in ("update", "delete"):
        on_table = " ON invoice" if dialect == "postgresql" else ""
        op.execute(f"DROP TRIGGER invoice_{event}_refused{on_table}")
    for statement in frozen_when_issued(dialect, "invoice", FROZEN_COLUMNS):
        op.execute(statement)
