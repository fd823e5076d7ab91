"""Prices that count from a day on, services that renew and end, and invoice runs"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import append_only, frozen_when_issued

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What the first revision froze of an issued invoice, and the run that made it.
FROZEN_COLUMNS = (
    "account_id", "state", "series", "year", "sequence", "number", "subject", "issued_on", "due_on", "issued_at",
    "reference", "seller", "buyer", "net_cents", "vat_cents", "total_cents", "currency", "language", "run_id",
)  # fmt: skip
ALWAYS = date(2000, 1, 1)


def upgrade() -> None:
    """Products keep their price, from always on; services keep their day of renewal."""
    _prices()
    _products()
    _services()
    _runs()
    _invoices()


def _prices() -> None:
    versions = op.create_table(
        "price_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("unit_price", db.ExactDecimal(), nullable=False),
        sa.Column("vat_rate", db.ExactDecimal(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "CAST(unit_price AS NUMERIC) BETWEEN 0.01 AND 1000000", name=op.f("ck_price_version_unit_price")
        ),
        sa.CheckConstraint("CAST(vat_rate AS NUMERIC) BETWEEN 0 AND 100", name=op.f("ck_price_version_vat_rate")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_price_version_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_version")),
        sa.UniqueConstraint("product_id", "valid_from", name=op.f("uq_price_version_product_id_valid_from")),
    )
    old = sa.table("product", sa.column("id"), sa.column("unit_price", db.ExactDecimal()),
                   sa.column("vat_rate", db.ExactDecimal()))  # fmt: skip
    priced = op.get_bind().execute(sa.select(old)).all()
    rows = [
        {"product_id": row.id, "valid_from": ALWAYS, "unit_price": row.unit_price, "vat_rate": row.vat_rate,
         "created_by": "Voldaan", "created_at": datetime(2000, 1, 1, tzinfo=UTC)}
        for row in priced if row.unit_price > 0
    ]  # fmt: skip
    if rows:
        op.bulk_insert(versions, rows)
    for statement in append_only(op.get_bind().dialect.name, "price_version"):
        op.execute(statement)


def _products() -> None:
    with op.batch_alter_table("product") as batch:
        batch.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="addon"))
        batch.add_column(sa.Column("proration", sa.String(), nullable=False, server_default="linear"))
        batch.drop_column("unit_price")
        batch.drop_column("vat_rate")
        batch.create_check_constraint(op.f("ck_product_kind"), "kind IN ('hosting','email','domain','addon')")
        batch.create_check_constraint(op.f("ck_product_proration"), "proration IN ('linear','domain','none')")
    op.execute("UPDATE product SET kind = 'hosting' WHERE lower(name) LIKE '%hosting%'")
    op.execute("UPDATE product SET kind = 'email' WHERE lower(name) LIKE '%mail%'")


def _services() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("state", sa.String(), nullable=False, server_default="active"),
        sa.Column("started_on", sa.Date(), nullable=False, server_default="2000-01-01"),
        sa.Column("anchor_day", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("hangs_on", sa.Integer(), nullable=True),
    )
    with op.batch_alter_table("service") as batch:
        for column in columns:
            batch.add_column(column)
        batch.create_foreign_key(op.f("fk_service_hangs_on"), "service", ["hangs_on"], ["id"])
        batch.create_check_constraint(op.f("ck_service_state"), "state IN ('active','ending','ended')")
        batch.create_check_constraint(op.f("ck_service_ends_on"), "(state = 'active') = (ends_on IS NULL)")
        batch.create_check_constraint(op.f("ck_service_anchor_day"), "anchor_day BETWEEN 1 AND 31")
        batch.create_check_constraint(op.f("ck_service_hangs_on"), "hangs_on <> id")
        batch.drop_index("ix_service_account_id")
    op.create_index("ix_service_account_id_paid_through", "service", ["account_id", "paid_through"])
    _anchors()


def _anchors() -> None:
    service = sa.table("service", sa.column("id"), sa.column("product_id"), sa.column("paid_through", sa.Date()),
                       sa.column("started_on", sa.Date()), sa.column("anchor_day"))  # fmt: skip
    product = sa.table("product", sa.column("id"), sa.column("period_months"))
    found = sa.select(service.c.id, service.c.paid_through, product.c.period_months)
    for row in op.get_bind().execute(found.join(product, product.c.id == service.c.product_id)).all():
        renews = row.paid_through + timedelta(days=1)
        values = {"anchor_day": renews.day, "started_on": _months_before(renews, row.period_months)}
        op.execute(service.update().where(service.c.id == row.id).values(**values))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _runs() -> None:
    op.create_table(
        "invoice_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_at", db.UtcDateTime(), nullable=False),
        sa.Column("finished_at", db.UtcDateTime(), nullable=True),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("invoices", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("net_cents", sa.BigInteger(), nullable=False),
        sa.Column("vat_cents", sa.BigInteger(), nullable=False),
        sa.Column("credits_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('running','finished')", name=op.f("ck_invoice_run_state")),
        sa.CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name=op.f("ck_invoice_run_finished")),
        sa.CheckConstraint(
            "invoices = CAST(invoices AS INTEGER) AND lines = CAST(lines AS INTEGER)", name=op.f("ck_invoice_run_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_run")),
    )
    op.create_index(
        "uq_invoice_run_running", "invoice_run", ["due_until"], unique=True,
        sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"),
    )  # fmt: skip


def _invoices() -> None:
    # Written out, because a table with triggers can't be copied, which is how Alembic adds keys on SQLite.
    for statement in (
        "ALTER TABLE invoice ADD COLUMN run_id INTEGER CONSTRAINT fk_invoice_run_id REFERENCES invoice_run (id)",
        "ALTER TABLE invoice_line ADD COLUMN service_id INTEGER"
        " CONSTRAINT fk_invoice_line_service_id REFERENCES service (id)",
        "ALTER TABLE invoice_line ADD COLUMN period_start DATE",
        "ALTER TABLE invoice_line ADD COLUMN period_end DATE",
        "ALTER TABLE invoice_line ADD COLUMN explanation JSON",
    ):
        op.execute(statement)
    op.create_index(
        "uq_invoice_line_period", "invoice_line", ["service_id", "period_start"], unique=True,
        sqlite_where=sa.text("service_id IS NOT NULL"), postgresql_where=sa.text("service_id IS NOT NULL"),
    )  # fmt: skip
    dialect = op.get_bind().dialect.name
    for event in ("update", "delete"):
        on_table = " ON invoice" if dialect == "postgresql" else ""
        op.execute(f"DROP TRIGGER invoice_{event}_refused{on_table}")
    for statement in frozen_when_issued(dialect, "invoice", FROZEN_COLUMNS):
        op.execute(statement)
