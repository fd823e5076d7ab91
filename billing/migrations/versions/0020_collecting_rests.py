"""Keep who was told of a debit, when one was asked back, why a reminder waited; two more preconditions of a stop."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.constraints import replace_check

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

PRECONDITIONS = (
    "feeds_fresh AND nothing_in_flight AND no_unmatched_money AND notices_delivered AND credit_insufficient AND "
    "nothing_disputed AND ladder_finished AND above_floor"
)


def upgrade() -> None:
    """Who was told is known from the mails that were asked for; orders of before were judged by the rules of their day,
    and are judged by all of today's at their next step."""
    _collections()
    _steps()
    _orders()


def _collections() -> None:
    op.add_column("collection", sa.Column("readers", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("collection", sa.Column("recalled_at", db.UtcDateTime(), nullable=True))
    states = "'planned','announced','submitted','collected','failed','returned','withdrawn'"
    replace_check(
        "collection", "ck_collection_state", f"state IN ({states})", f"state IN ({states},'recalled')"
    )  # fmt: skip
    submitted = "(payment_id IS NULL) = (submitted_at IS NULL)"
    replace_check(
        "collection", "ck_collection_submitted", submitted,
        f"{submitted} AND (state <> 'recalled' OR recalled_at IS NOT NULL)",
    )  # fmt: skip
    _who_was_told()


def _who_was_told() -> None:
    connection = op.get_bind()
    told: dict[int, list[int]] = {}
    keys = sa.text(
        "SELECT dedup_key FROM outbox_message WHERE task = 'mail_account' "
        "AND dedup_key LIKE 'collection:%:debit_announced:%' ORDER BY id"
    )
    for (key,) in connection.execute(keys):
        _, collection_id, _, user_id = key.split(":")
        told.setdefault(int(collection_id), []).append(int(user_id))
    update = sa.text("UPDATE collection SET readers = :readers WHERE id = :id").bindparams(
        sa.bindparam("readers", type_=sa.JSON())
    )
    for collection_id, readers in told.items():
        connection.execute(update, {"id": collection_id, "readers": readers})


def _steps() -> None:
    op.add_column("reminder_step", sa.Column("postponed_at", db.UtcDateTime(), nullable=True))
    op.add_column("reminder_step", sa.Column("postponed_for", sa.String(), nullable=False, server_default=""))


def _orders() -> None:
    for name in ("addresses_work", "mailbox_safe"):
        op.add_column("stop_order", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))
    replace_check(
        "stop_order", "ck_stop_order_preconditions", PRECONDITIONS,
        f"{PRECONDITIONS} AND addresses_work AND mailbox_safe",
    )  # fmt: skip
