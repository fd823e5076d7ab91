"""Keep since when an administration has been connected, so that older invoices are settled there against an account of
their own; and the address outside the Union that a customer gave, until finance has looked at it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is connected already counts from the day that it goes by; its journal is looked at once more."""
    op.add_column("book_link", sa.Column("began", sa.Date(), server_default="1970-01-01", nullable=False))
    op.execute("UPDATE book_link SET began = since, planned_through = 0")
    op.add_column("account", sa.Column("moving_to", sa.JSON(none_as_null=True), nullable=True))
