"""Keep reminders, why accounts are left in peace, what employees have to do, and when each feed was last heard."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import frozen_steps

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_MAILED = "result IN ('asked','done') AND kind IN ('friendly','first','second','formal')"


def upgrade() -> None:
    """A feed is in use from the first time that it is heard."""
    _feeds()
    _cases()
    _steps()
    _holds()
    _tasks()
    for statement in frozen_steps(op.get_bind().dialect.name):
        op.execute(statement)


def _feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fresh_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("name IN ('gateway','bank')", name=op.f("ck_feed_name")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_feed")),
    )


def _cases() -> None:
    op.create_table(
        "reminder_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", db.UtcDateTime(), nullable=False),
        sa.Column("closed_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_case_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_case")),
    )
    op.create_index(op.f("ix_reminder_case_account_id"), "reminder_case", ["account_id"])
    _unique_where("uq_reminder_case_open", "reminder_case", ["account_id"], "closed_at IS NULL")


def _steps() -> None:
    counts = ("turn", "open_cents", "costs_cents")
    op.create_table(
        "reminder_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", db.UtcDateTime(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("gates", "invoices", "readers")),
        sa.Column("open_cents", sa.BigInteger(), nullable=False),
        sa.Column("costs_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('friendly','first','second','formal','call','proposal')", name=op.f("ck_reminder_step_kind")
        ),
        sa.CheckConstraint("result IN ('postponed','asked','done','dropped')", name=op.f("ck_reminder_step_result")),
        sa.CheckConstraint(
            "turn >= 1 AND open_cents >= 0 AND costs_cents >= 0", name=op.f("ck_reminder_step_counts")
        ),
        sa.CheckConstraint("planned_on <= decided_on", name=op.f("ck_reminder_step_not_early")),
        sa.CheckConstraint(_whole(*counts), name=op.f("ck_reminder_step_whole")),
        sa.ForeignKeyConstraint(["case_id"], ["reminder_case.id"], name=op.f("fk_reminder_step_case_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_step_account_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_reminder_step_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_step")),
        sa.UniqueConstraint(
            "case_id", "invoice_id", "kind", "turn", name=op.f("uq_reminder_step_case_id_invoice_id_kind_turn")
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_reminder_step_invoice_id"), "reminder_step", ["invoice_id"])
    _unique_where("uq_reminder_step_mail_a_day", "reminder_step", ["account_id", "decided_on"], _MAILED)


def _holds() -> None:
    op.create_table(
        "account_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("link_key", sa.String(), nullable=True),
        sa.Column("placed_by", sa.String(), nullable=False),
        sa.Column("placed_at", db.UtcDateTime(), nullable=False),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("released_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('dispute','complaint','hold','promise','says_paid')", name=op.f("ck_account_hold_kind")
        ),
        sa.CheckConstraint(
            "kind NOT IN ('promise','says_paid') OR until IS NOT NULL", name=op.f("ck_account_hold_until")
        ),
        sa.CheckConstraint("(released_at IS NULL) = (released_by = '')", name=op.f("ck_account_hold_released")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_hold_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_hold")),
        sa.UniqueConstraint("link_key", name=op.f("uq_account_hold_link_key")),
    )  # fmt: skip
    _index_where("ix_account_hold_open", "account_hold", ["account_id"], "released_at IS NULL")


def _tasks() -> None:
    op.create_table(
        "reminder_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("dedup_key", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("done_at", db.UtcDateTime(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("done_by", "outcome", "note")),
        sa.CheckConstraint("kind IN ('call','proposal','paid','address')", name=op.f("ck_reminder_task_kind")),
        sa.CheckConstraint(
            "(done_at IS NULL) = (outcome = '') AND (done_at IS NULL) = (done_by = '')",
            name=op.f("ck_reminder_task_done"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_task_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["reminder_case.id"], name=op.f("fk_reminder_task_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_task")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_reminder_task_dedup_key")),
    )
    op.create_index(op.f("ix_reminder_task_account_id"), "reminder_task", ["account_id"])
    _index_where("ix_reminder_task_waiting", "reminder_task", ["id"], "done_at IS NULL")


def _unique_where(name: str, table: str, columns: list[str], condition: str) -> None:
    _index_where(name, table, columns, condition, unique=True)


def _index_where(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _whole(*columns: str) -> str:
    return " AND ".join(f"{column} = CAST({column} AS INTEGER)" for column in columns)
