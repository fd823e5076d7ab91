"""Keep what the gateway reports of our account with it, and money that goes back by bank."""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.constraints import add_check, allow_null, replace_check
from billing.migrations.triggers import append_only, frozen_columns, refuse_if

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PURPOSES = "'receipt','return','gateway','other'"
FILE = ("message_id", "cents", "transfers", "approvals_needed", "sha256", "content", "made_by", "made_by_name",
        "made_at")  # fmt: skip
APPROVALS = "(SELECT count(*) FROM transfer_approval a WHERE a.file_id = NEW.id)"
LINE = ("report_id", "key", "kind", "cents", "told_on", "text")


def upgrade() -> None:
    """Nothing was reported yet, and nothing is on its way back by bank."""
    _reports()
    _lines()
    replace_check(
        "bank_match", "ck_bank_match_purpose", f"purpose IN ({PURPOSES})", f"purpose IN ({PURPOSES},'refund')"
    )
    _transfer_files()
    _approvals()
    _transfers()
    _journal_in_books()
    _erasing()
    dialect = op.get_bind().dialect.name
    handed_out = "SELECT 1 FROM transfer_file f WHERE f.id = OLD.file_id AND f.handed_out_at IS NOT NULL"
    for statement in (
        *append_only(dialect, "gateway_report"), *frozen_columns(dialect, "gateway_line", LINE),
        *refuse_if(dialect, "gateway_line_arrived", "UPDATE OF bank_line_id ON gateway_line",
                   "OLD.bank_line_id IS NOT NULL", "gateway_line is final"),
        *frozen_columns(dialect, "transfer_file", FILE), *append_only(dialect, "transfer_approval"),
        *refuse_if(dialect, "transfer_file_end", "UPDATE OF handed_out_at, dropped_at ON transfer_file",
                   "OLD.handed_out_at IS NOT NULL OR OLD.dropped_at IS NOT NULL", "transfer_file is final"),
        *refuse_if(dialect, "transfer_file_approved", "UPDATE OF handed_out_at ON transfer_file",
                   f"NEW.handed_out_at IS NOT NULL AND {APPROVALS} < NEW.approvals_needed", "not approved"),
        *refuse_if(dialect, "bank_transfer_delete", "DELETE ON bank_transfer", f"EXISTS ({handed_out})",
                   "bank_transfer is final"),
        *refuse_if(dialect, "bank_transfer_update",
                   "UPDATE OF payout_id, file_id, end_to_end_id, name, iban ON bank_transfer", "OLD.payout_id > 0",
                   "bank_transfer is final"),
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


def _transfer_files() -> None:
    op.create_table(
        "transfer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("transfers", sa.Integer(), nullable=False),
        sa.Column("approvals_needed", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.Column("handed_out_at", db.UtcDateTime(), nullable=True),
        sa.Column("dropped_at", db.UtcDateTime(), nullable=True),
        *_rules(
            "transfer_file",
            something="cents > 0 AND transfers > 0",
            approvals="approvals_needed IN (1, 2)",
            one_end="handed_out_at IS NULL OR dropped_at IS NULL",
            whole="cents = CAST(cents AS INTEGER) AND transfers = CAST(transfers AS INTEGER)",
        ),
        sa.ForeignKeyConstraint(["made_by"], ["login_user.id"], name=op.f("fk_transfer_file_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_file")),
        sa.UniqueConstraint("message_id", name=op.f("uq_transfer_file_message_id")),
    )


def _approvals() -> None:
    op.create_table(
        "transfer_approval",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("approved_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["transfer_file.id"], name=op.f("fk_transfer_approval_file_id")),
        sa.ForeignKeyConstraint(["user_id"], ["login_user.id"], name=op.f("fk_transfer_approval_user_id")),
        sa.PrimaryKeyConstraint("file_id", "user_id", name=op.f("pk_transfer_approval")),
    )


def _transfers() -> None:
    references = {"payout_id": "payout", "file_id": "transfer_file", "match_id": "bank_match"}
    op.create_table(
        "bank_transfer",
        sa.Column("payout_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_bank_transfer_{column}"))
            for column, table in references.items()
        ),
        sa.PrimaryKeyConstraint("payout_id", name=op.f("pk_bank_transfer")),
        sa.UniqueConstraint("end_to_end_id", name=op.f("uq_bank_transfer_end_to_end_id")),
        sa.UniqueConstraint("match_id", name=op.f("uq_bank_transfer_match_id")),
    )
    op.create_index(op.f("ix_bank_transfer_file_id"), "bank_transfer", ["file_id"])


def _journal_in_books() -> None:
    """Entries of the journal are handed over, too; whatever was looked at before is looked at again."""
    both = (
        "kind = 'invoice' AND invoice_id IS NOT NULL AND credit_note_id IS NULL "
        "OR kind = 'credit_note' AND credit_note_id IS NOT NULL AND invoice_id IS NULL"
    )
    journal = "kind = 'journal' AND invoice_id IS NULL AND credit_note_id IS NULL"
    replace_check("book_entry", "ck_book_entry_kind", both, f"{both} OR {journal}")
    allow_null("book_entry", "account_id", "INTEGER")
    add_check("book_entry", "ck_book_entry_account", "(account_id IS NULL) = (kind = 'journal')", beside="whole")
    op.execute("UPDATE book_link SET planned_through = 0")


def _erasing() -> None:
    """An account that was erased stays so; what hung on it and is kept from change otherwise may go then."""
    op.add_column("account", sa.Column("erased_at", db.UtcDateTime(), nullable=True))
    dialect = op.get_bind().dialect.name
    op.execute("DROP TRIGGER hosting_version_delete_refused" + ("" if dialect == "sqlite" else " ON hosting_version"))
    erased = (
        "SELECT 1 FROM hosting_package p JOIN account a ON a.id = p.account_id "
        "WHERE p.id = OLD.package_id AND a.erased_at IS NOT NULL"
    )
    for statement in (
        *refuse_if(dialect, "hosting_version_gone", "DELETE ON hosting_version", f"NOT EXISTS ({erased})",
                   "hosting_version is final"),
        *refuse_if(dialect, "account_erased", "UPDATE OF erased_at, name ON account", "OLD.erased_at IS NOT NULL",
                   "account is erased"),
    ):  # fmt: skip
        op.execute(statement)


def _rules(table: str, **rules: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]
