"""Keep what became of each mail."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import final_when

revision = "0012"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of mails from before nothing is known."""
    op.create_table(
        "mail_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("status_code", sa.String(), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('handed_over','delayed','delivered','bounced','refused')", name=op.f("ck_mail_delivery_state")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox_message.id"], name=op.f("fk_mail_delivery_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_delivery")),
        sa.UniqueConstraint("outbox_id", name=op.f("uq_mail_delivery_outbox_id")),
        sa.UniqueConstraint("identity", name=op.f("uq_mail_delivery_identity")),
    )
    op.create_index(op.f("ix_mail_delivery_address"), "mail_delivery", ["address"])
    for statement in final_when(op.get_bind().dialect.name, "mail_delivery", "OLD.state IN ('bounced','refused')"):
        op.execute(statement)
