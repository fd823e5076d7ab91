"""Give credit notes lines, VAT per rate and a printed file; keep where credits came from, and payouts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PARTS = (
    "offset_cents >= 0 AND credit_cents >= 0 AND payout_cents >= 0 "
    "AND offset_cents + credit_cents + payout_cents = total_cents"
)
SOURCES = (
    "source = 'credit_note' AND credit_note_id IS NOT NULL AND payment_id IS NULL "
    "OR source = 'overpayment' AND credit_note_id IS NULL AND payment_id IS NOT NULL "
    "OR source = 'goodwill' AND credit_note_id IS NULL AND payment_id IS NULL"
)
NOTE_AMOUNTS = ("net_cents", "vat_cents", "total_cents", "offset_cents", "credit_cents", "payout_cents")


def upgrade() -> None:
    """Notes of before had one net amount at one rate: each becomes lines of the invoice lines it can have been."""
    dialect = op.get_bind().dialect.name
    for event in ("update", "delete"):
        on = " ON credit_note" if dialect == "postgresql" else ""
        op.execute(f"DROP TRIGGER credit_note_{event}_refused{on}")
    _notes()
    _lots()
    _payouts()
    _split_earlier_notes()
    _print_earlier_notes()
    for table in ("credit_note", "credit_note_line", "credit_note_vat", "credit_note_file"):
        for statement in append_only(dialect, table):
            op.execute(statement)


def _notes() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("invoice_number", sa.String(), nullable=False, server_default=""),
        sa.Column("invoice_issued_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=False, server_default="nl"),
        sa.Column("payout_cents", sa.Integer(), nullable=False, server_default="0"),
    )
    for column in columns:
        op.add_column("credit_note", column)
    for name, of_invoice in (("invoice_number", "number"), ("invoice_issued_on", "issued_on"), ("language",) * 2):
        op.execute(
            f"UPDATE credit_note SET {name} = (SELECT {of_invoice} FROM invoice WHERE id = credit_note.invoice_id)"
        )
    with op.batch_alter_table("credit_note") as batch:
        batch.alter_column("invoice_issued_on", existing_type=sa.Date(), nullable=False)
        batch.drop_constraint(op.f("ck_credit_note_parts"), type_="check")
        batch.create_check_constraint(op.f("ck_credit_note_parts"), PARTS)
        batch.create_check_constraint(op.f("ck_credit_note_whole"), _whole(NOTE_AMOUNTS))
    op.create_table(
        "credit_note_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_note_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("invoice_line_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("quantity", db.ExactDecimal(), nullable=False),
        sa.Column("unit_price", db.ExactDecimal(), nullable=False),
        sa.Column("vat_rate", db.ExactDecimal(), nullable=False),
        sa.Column("net_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint(_whole(["net_cents"]), name=op.f("ck_credit_note_line_whole")),
        sa.ForeignKeyConstraint(
            ["credit_note_id"], ["credit_note.id"], name=op.f("fk_credit_note_line_credit_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_line_id"], ["invoice_line.id"], name=op.f("fk_credit_note_line_invoice_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_note_line")),
        sa.UniqueConstraint("credit_note_id", "position", name=op.f("uq_credit_note_line_credit_note_id_position")),
    )  # fmt: skip
    op.create_index(op.f("ix_credit_note_line_invoice_line_id"), "credit_note_line", ["invoice_line_id"])
    op.create_table(
        "credit_note_vat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_note_id", sa.Integer(), nullable=False),
        sa.Column("vat_rate", db.ExactDecimal(), nullable=False),
        sa.Column("base_cents", sa.Integer(), nullable=False),
        sa.Column("vat_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint(_whole(["base_cents", "vat_cents"]), name=op.f("ck_credit_note_vat_whole")),
        sa.ForeignKeyConstraint(
            ["credit_note_id"], ["credit_note.id"], name=op.f("fk_credit_note_vat_credit_note_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_note_vat")),
        sa.UniqueConstraint("credit_note_id", "vat_rate", name=op.f("uq_credit_note_vat_credit_note_id_vat_rate")),
    )  # fmt: skip
    op.create_table(
        "credit_note_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_note_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("rendered_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["credit_note_id"], ["credit_note.id"], name=op.f("fk_credit_note_file_credit_note_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_note_file")),
        sa.UniqueConstraint("credit_note_id", name=op.f("uq_credit_note_file_credit_note_id")),
    )  # fmt: skip


def _lots() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("source", sa.String(), nullable=False, server_default="credit_note"),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False, server_default=""),
    )
    for column in columns:
        op.add_column("credit_lot", column)
    op.execute("UPDATE credit_lot SET source = 'goodwill' WHERE credit_note_id IS NULL")
    op.execute("UPDATE credit_lot SET reason = coalesce((SELECT reason FROM credit_note "
               "WHERE id = credit_lot.credit_note_id), '')")  # fmt: skip
    with op.batch_alter_table("credit_lot") as batch:
        batch.create_check_constraint(op.f("ck_credit_lot_source"), SOURCES)
        batch.create_foreign_key(op.f("fk_credit_lot_payment_id"), "payment", ["payment_id"], ["id"])


def _payouts() -> None:
    op.create_table(
        "payout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("credit_lot_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("sent_at", db.UtcDateTime(), nullable=True),
        sa.Column("original_key", sa.String(), nullable=False),
        sa.Column("provider_key", sa.String(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_by_name", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("next_check_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("amount_cents BETWEEN 1 AND 1000000000", name=op.f("ck_payout_amount")),
        sa.CheckConstraint(_whole(["amount_cents"]), name=op.f("ck_payout_whole")),
        sa.CheckConstraint(
            "state IN ('created','pending','unknown','succeeded','failed','rejected','cancelled','expired')",
            name=op.f("ck_payout_state"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_payout_account_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["login_user.id"], name=op.f("fk_payout_asked_by")),
        sa.ForeignKeyConstraint(["credit_lot_id"], ["credit_lot.id"], name=op.f("fk_payout_credit_lot_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_payout_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
        sa.UniqueConstraint("provider_key", name=op.f("uq_payout_provider_key")),
        sa.UniqueConstraint("token", name=op.f("uq_payout_token")),
    )
    for column in ("account_id", "payment_id"):
        op.create_index(op.f(f"ix_payout_{column}"), "payout", [column])
    expected = sa.text("next_check_at IS NOT NULL")
    op.create_index(
        "ix_payout_next_check", "payout", ["next_check_at"], sqlite_where=expected, postgresql_where=expected
    )


def _split_earlier_notes() -> None:
    connection = op.get_bind()
    notes = connection.execute(sa.text("SELECT id, invoice_id, net_cents, vat_cents FROM credit_note ORDER BY id"))
    left: dict[int, int] = {}
    for note in notes.mappings().all():
        rate = _rate_of(connection, note)
        position, open_cents = 0, note["net_cents"]
        lines = connection.execute(
            sa.text("SELECT * FROM invoice_line WHERE invoice_id = :id AND vat_rate = :rate ORDER BY position"),
            {"id": note["invoice_id"], "rate": rate},
        )
        for line in lines.mappings().all():
            part = min(open_cents, max(left.setdefault(line["id"], line["net_cents"]), 0))
            if part:
                position += 1
                left[line["id"]] -= part
                open_cents -= part
                _add_line(connection, note["id"], position, line, part)
        connection.execute(
            sa.text("INSERT INTO credit_note_vat (credit_note_id, vat_rate, base_cents, vat_cents) "
                    "VALUES (:id, :rate, :net, :vat)"),
            {"id": note["id"], "rate": rate, "net": note["net_cents"], "vat": note["vat_cents"]},
        )  # fmt: skip


def _print_earlier_notes() -> None:
    """Until now they were on no paper."""
    names = ("task", "dedup_key", "urgency", "state", "tries", "last_error")
    times = (sa.column(name, db.UtcDateTime()) for name in ("created_at", "due_at"))
    outbox = sa.table("outbox_message", *map(sa.column, names), sa.column("payload", sa.JSON()), *times)
    issued = sa.table("credit_note", sa.column("id"), sa.column("issued_at", db.UtcDateTime()))
    for note_id, issued_at in op.get_bind().execute(sa.select(issued.c.id, issued.c.issued_at)).all():
        op.execute(
            outbox.insert().values(
                task="render_credit_note", dedup_key=f"render_note:{note_id}", urgency=2, state="waiting", tries=0,
                last_error="", payload={"credit_note_id": note_id}, created_at=issued_at, due_at=issued_at,
            )
        )  # fmt: skip


def _rate_of(connection: sa.Connection, note: Any) -> str:
    """The rate of the invoice that comes nearest to the note's VAT."""
    rates: Sequence[str] = connection.execute(
        sa.text("SELECT vat_rate FROM invoice_vat WHERE invoice_id = :id"), {"id": note["invoice_id"]}
    ).scalars().all()  # fmt: skip
    return min(rates, key=lambda rate: abs(note["net_cents"] * Decimal(rate) / 100 - note["vat_cents"]))


def _add_line(connection: sa.Connection, note_id: int, position: int, line: Any, net_cents: int) -> None:
    whole = net_cents == line["net_cents"]
    connection.execute(
        sa.text(
            "INSERT INTO credit_note_line (credit_note_id, position, invoice_line_id, description, detail, quantity, "
            "unit_price, vat_rate, net_cents) VALUES (:note, :position, :line, :description, :detail, :quantity, "
            ":price, :rate, :net)"
        ),
        {
            "note": note_id, "position": position, "line": line["id"], "description": line["description"],
            "detail": line["detail"], "rate": line["vat_rate"], "net": net_cents,
            "quantity": line["quantity"] if whole else "1",
            "price": line["unit_price"] if whole else f"{net_cents // 100}.{net_cents % 100:02d}",
        },
    )  # fmt: skip


def _whole(columns: Sequence[str]) -> str:
    return " AND ".join(f"{column} = CAST({column} AS INTEGER)" for column in columns)
