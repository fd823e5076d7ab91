"""Stop orders, without which no service can be stopped, and the renewals of domains that the panel was told of."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.constraints import replace_check
from billing.migrations.triggers import refuse_if

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PRECONDITIONS = (
    "feeds_fresh", "nothing_in_flight", "no_unmatched_money", "notices_delivered", "credit_insufficient",
    "nothing_disputed", "ladder_finished", "above_floor",
)  # fmt: skip
MOVES = (
    ("proposed", "approved"), ("proposed", "withdrawn"), ("approved", "carried_out"), ("approved", "withdrawn"),
    ("carried_out", "withdrawn"),
)  # fmt: skip
RUNNING = sa.text("state <> 'withdrawn'")


def upgrade() -> None:
    """Services can be stopped; none is."""
    _services()
    _orders()
    _renewals()
    for statement in (*_orders_are_by_people(), *_stopped_only_by_order()):
        op.execute(statement)


def _services() -> None:
    op.add_column("service", sa.Column("panel_version", sa.Integer(), nullable=False, server_default="0"))
    replace_check(
        "service", "ck_service_state", "state IN ('active','ending','ended')",
        "state IN ('active','ending','stopped','ended')",
    )  # fmt: skip
    replace_check(
        "service", "ck_service_ends_on", "(state = 'active') = (ends_on IS NULL)",
        "state = 'stopped' OR (state = 'active') = (ends_on IS NULL)",
    )  # fmt: skip


def _orders() -> None:
    op.create_table(
        "stop_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", db.UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", db.UtcDateTime(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("carried_out_by", sa.Integer(), nullable=True),
        sa.Column("carried_out_on", sa.Date(), nullable=True),
        sa.Column("reversible_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", db.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in PRECONDITIONS),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        *_rules(
            "stop_order",
            state="state IN ('proposed','approved','carried_out','withdrawn')",
            preconditions=" AND ".join(PRECONDITIONS),
            two_people="approved_by <> requested_by",
            approved="(approved_by IS NULL) = (approved_at IS NULL) "
            "AND (approved_by IS NULL) = (announced_on IS NULL)",
            approved_first="state IN ('proposed','withdrawn') OR approved_by IS NOT NULL",
            carried_out="(carried_out_by IS NULL) = (carried_out_on IS NULL) "
            "AND (carried_out_by IS NULL) = (reversible_until IS NULL)",
            carried_out_by_a_person="state <> 'carried_out' OR carried_out_by IS NOT NULL",
            withdrawn="(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
        ),
        *_references("stop_order", account_id="account", service_id="service", requested_by="login_user",
                     approved_by="login_user", carried_out_by="login_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_order")),
    )  # fmt: skip
    running: dict[str, Any] = {"sqlite_where": RUNNING, "postgresql_where": RUNNING}
    op.create_index("uq_stop_order_running", "stop_order", ["service_id"], unique=True, **running)
    op.create_index("ix_stop_order_running", "stop_order", ["account_id"], **running)
    op.create_index(op.f("ix_stop_order_service_id"), "stop_order", ["service_id"])


def _renewals() -> None:
    op.create_table(
        "domain_renewal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("open_cents", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", db.UtcDateTime(), nullable=False),
        sa.Column("told_at", db.UtcDateTime(), nullable=True),
        sa.Column("allowed_by", sa.Integer(), nullable=True),
        *_rules(
            "domain_renewal",
            state="state IN ('held','told')",
            told="(state = 'told') = (told_at IS NOT NULL)",
            ceiling="state = 'held' OR open_cents <= ceiling_cents OR allowed_by IS NOT NULL",
            cents="open_cents >= 0 AND ceiling_cents >= 0",
            days="period_start <= period_end",
        ),
        *_references("domain_renewal", account_id="account", service_id="service", allowed_by="login_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain_renewal")),
        sa.UniqueConstraint("service_id", "period_start", name=op.f("uq_domain_renewal_service_id_period_start")),
    )  # fmt: skip


def _rules(table: str, **rules: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def _orders_are_by_people() -> list[str]:
    """An order begins as a proposal by somebody who works here, moves on by somebody who works here, and is kept."""
    table, dialect = "stop_order", op.get_bind().dialect.name
    moves = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in MOVES)
    too_soon = (
        f"NEW.state = 'carried_out' AND ({_days('NEW.carried_out_on', 'NEW.announced_on')} < 7"
        f" OR {_days('NEW.reversible_until', 'NEW.carried_out_on')} < 30)"
    )
    stays_off = (
        "NEW.state = 'withdrawn'"
        " AND EXISTS (SELECT 1 FROM service s WHERE s.id = NEW.service_id AND s.state = 'stopped')"
    )
    refusals = {
        "insert": ("INSERT", f"NEW.state <> 'proposed' OR {_no_staff('requested_by')}"),
        "state": ("UPDATE OF state", f"NOT ({moves}) OR ({too_soon}) OR ({stays_off})"),
        "approval": ("UPDATE OF approved_by, approved_at, announced_on",
                     f"OLD.approved_by IS NOT NULL OR {_no_staff('approved_by')}"),
        "carrying_out": ("UPDATE OF carried_out_by, carried_out_on, reversible_until",
                         f"OLD.carried_out_by IS NOT NULL OR {_no_staff('carried_out_by')}"),
        "update": ("UPDATE OF account_id, service_id, requested_by, requested_at", "1 = 1"),
        "delete": ("DELETE", "1 = 1"),
    }  # fmt: skip
    return [
        statement
        for name, (event, condition) in refusals.items()
        for statement in refuse_if(dialect, f"{table}_{name}", f"{event} ON {table}", condition, f"no {table}: {name}")
    ]


def _stopped_only_by_order() -> list[str]:
    dialect = op.get_bind().dialect.name
    ordered = (
        "SELECT 1 FROM stop_order o JOIN product p ON p.id = NEW.product_id WHERE o.service_id = NEW.id"
        " AND o.account_id = NEW.account_id AND o.state = 'carried_out' AND p.kind <> 'domain'"
    )
    stopped, refusal = "NEW.state = 'stopped'", "no stop order"
    return [
        *refuse_if(dialect, "service_insert", "INSERT ON service", stopped, refusal),
        *refuse_if(dialect, "service_state", "UPDATE OF state, product_id ON service",
                   f"{stopped} AND NOT EXISTS ({ordered})", refusal),
    ]  # fmt: skip


def _no_staff(column: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM login_user u WHERE u.id = NEW.{column} AND u.staff_role <> '')"


def _days(later: str, earlier: str) -> str:
    """The days between two dates, which SQLite keeps as text."""
    if op.get_bind().dialect.name == "sqlite":
        return f"(julianday({later}) - julianday({earlier}))"
    return f"({later} - {earlier})"
