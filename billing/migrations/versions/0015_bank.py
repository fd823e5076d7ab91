"""Statements of our own bank accounts, their lines, and what each line is for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.constraints import replace_check
from billing.migrations.triggers import append_only, frozen_columns, refuse_if

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

METHODS = "'ideal','card','bancontact','transfer','direct_debit'"
LINE = ("statement_id", "key", "iban", "value_on", "booked_on", "cents", "name", "other_iban", "text", "reference",
        "end_to_end_id", "bank_reference", "return_reason", "is_reversal")  # fmt: skip


def upgrade() -> None:
    """Bank lines can be kept, and payments that no gateway knows of."""
    replace_check("payment", "ck_payment_method", f"method IN ({METHODS})", f"method IN ({METHODS},'bank')")
    op.create_table(
        "bank_account", sa.Column("iban", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("iban", name=op.f("pk_bank_account")),
    )  # fmt: skip
    _statements()
    _lines()
    _matches()
    dialect = op.get_bind().dialect.name
    kept = ("line_id", "purpose", "rule", "payment_id", "source_key", "matched_by", "matched_by_name", "matched_at")
    for statement in (
        *append_only(dialect, "bank_line"), *append_only(dialect, "bank_statement"),
        *frozen_columns(dialect, "bank_match", kept),
        *refuse_if(dialect, "bank_match_undone", "UPDATE OF undone_at, undone_by_name ON bank_match",
                   "OLD.undone_at IS NOT NULL", "bank_match is final"),
    ):  # fmt: skip
        op.execute(statement)


def _statements() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opening_cents", sa.BigInteger(), nullable=True),
        sa.Column("closing_cents", sa.BigInteger(), nullable=True),
        sa.Column("sum_cents", sa.BigInteger(), nullable=False),
        sa.Column("new_cents", sa.BigInteger(), nullable=False),
        sa.Column("new_lines", sa.Integer(), nullable=False),
        sa.Column("gap_cents", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("imported_at", db.UtcDateTime(), nullable=False),
        *_rules(
            "bank_statement",
            state="state IN ('booked','set_aside')",
            reason="(state = 'set_aside') = (reason <> '')",
            balance="state = 'set_aside' OR (opening_cents IS NOT NULL AND closing_cents IS NOT NULL "
            "AND opening_cents + sum_cents = closing_cents)",
            nothing_new="state = 'booked' OR (new_cents = 0 AND new_lines = 0)",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_bank_statement_fingerprint")),
    )
    op.create_index("ix_bank_statement_account", "bank_statement", ["iban", "closed_on", "id"])


def _lines() -> None:
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in LINE[6:-1]),
        sa.Column("is_reversal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["bank_statement.id"], name=op.f("fk_bank_line_statement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("key", name=op.f("uq_bank_line_key")),
    )
    op.create_index(op.f("ix_bank_line_statement_id"), "bank_line", ["statement_id"])
    op.create_index("ix_bank_line_other_iban", "bank_line", ["other_iban"])


def _matches() -> None:
    op.create_table(
        "bank_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("matched_by", sa.Integer(), nullable=True),
        sa.Column("matched_by_name", sa.String(), nullable=False),
        sa.Column("matched_at", db.UtcDateTime(), nullable=False),
        sa.Column("undone_by_name", sa.String(), nullable=False),
        sa.Column("undone_at", db.UtcDateTime(), nullable=True),
        *_rules(
            "bank_match",
            purpose="purpose IN ('receipt','return','gateway','other')",
            payment="(purpose IN ('receipt','return')) = (payment_id IS NOT NULL)",
            undone="(undone_at IS NULL) = (undone_by_name = '')",
        ),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name=op.f("fk_bank_match_line_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_bank_match_payment_id")),
        sa.ForeignKeyConstraint(["matched_by"], ["login_user.id"], name=op.f("fk_bank_match_matched_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_match")),
        sa.UniqueConstraint("source_key", name=op.f("uq_bank_match_source_key")),
    )
    op.create_index(op.f("ix_bank_match_line_id"), "bank_match", ["line_id"])
    _unique("uq_bank_match_line", "line_id", "undone_at IS NULL")
    _unique("uq_bank_match_receipt", "payment_id", "purpose = 'receipt'")


def _unique(name: str, column: str, where: str) -> None:
    only: dict[str, Any] = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(name, "bank_match", [column], unique=True, **only)


def _rules(table: str, **rules: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]
