"""Keep what the gateway reports of our account with it, and money that goes back by bank."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import append_only, frozen_columns, refuse_if

revision = "0021"
down_revision = "0016"
branch_labels = None
depends_on = None

LINE = ("report_id", "key", "kind", "cents", "told_on", "text")


def upgrade() -> None:
    """Nothing was reported yet, and nothing is on its way back by bank."""
    _reports()
    _lines()
    dialect = op.get_bind().dialect.name
    for statement in (
        *append_only(dialect, "gateway_report"), *frozen_columns(dialect, "gateway_line", LINE),
        *refuse_if(dialect, "gateway_line_arrived", "UPDATE OF bank_line_id ON gateway_line",
                   "OLD.bank_line_id IS NOT NULL", "gateway_line is final"),
    ):  # fmt: skip
        op.execute(statement)


def _reports() -> None:
    op.create_table(
        "gateway_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opening_cents", sa.BigInteger(), nullable=True),
        sa.Column("closing_cents", sa.BigInteger(), nullable=True),
        sa.Column("new_lines", sa.Integer(), nullable=False),
        sa.Column("imported_at", db.UtcDateTime(), nullable=False),
        *_rules(
            "gateway_report",
            state="state IN ('booked','set_aside')",
            reason="(state = 'set_aside') = (reason <> '')",
            nothing_new="state = 'booked' OR new_lines = 0",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_report")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_gateway_report_fingerprint")),
    )
    op.create_index("ix_gateway_report_closed", "gateway_report", ["closed_on"])


def _lines() -> None:
    op.create_table(
        "gateway_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("bank_line_id", sa.Integer(), nullable=True),
        *_rules(
            "gateway_line",
            kind="kind IN ('transaction','fee','payout')",
            payout="kind <> 'payout' OR cents < 0",
            arrived="bank_line_id IS NULL OR kind = 'payout'",
        ),
        sa.ForeignKeyConstraint(["report_id"], ["gateway_report.id"], name=op.f("fk_gateway_line_report_id")),
        sa.ForeignKeyConstraint(["bank_line_id"], ["bank_line.id"], name=op.f("fk_gateway_line_bank_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_line")),
        sa.UniqueConstraint("key", name=op.f("uq_gateway_line_key")),
        sa.UniqueConstraint("bank_line_id", name=op.f("uq_gateway_line_bank_line_id")),
    )
    op.create_index(op.f("ix_gateway_line_report_id"), "gateway_line", ["report_id"])


def _rules(table: str, **rules: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]
