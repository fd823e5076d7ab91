"""Let the company's own people act on a customer's behalf, marked as such."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody does yet."""
    # Written out, because on SQLite Alembic would copy the table to add a foreign key.
    op.execute(
        "ALTER TABLE login_session ADD COLUMN acts_for_id INTEGER"
        " CONSTRAINT fk_login_session_acts_for_id REFERENCES account (id)"
    )
