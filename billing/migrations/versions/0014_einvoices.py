"""A customer's number at the Chamber of Commerce, by which Dutch e-invoices name a business."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has one yet."""
    # Written out, because on SQLite Alembic would copy the table to add a constraint.
    op.execute(
        "ALTER TABLE account ADD COLUMN chamber_number VARCHAR NOT NULL DEFAULT ''"
        " CONSTRAINT ck_account_chamber_number CHECK (length(chamber_number) IN (0, 8))"
    )
