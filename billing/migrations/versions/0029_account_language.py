"""The language of a customer's documents, so that invoices can be read by who has to pay them."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody's were Dutch until now."""
    # Written out, because on SQLite Alembic would copy the table to add a constraint.
    op.execute(
        "ALTER TABLE account ADD COLUMN language VARCHAR NOT NULL DEFAULT 'nl'"
        " CONSTRAINT ck_account_language CHECK (language IN ('nl','en'))"
    )
