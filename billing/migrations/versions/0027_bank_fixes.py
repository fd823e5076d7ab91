"""Let a payout of the gateway look for its bank line anew once the one that it had is said not to be the gateway's."""

from alembic import op

from billing.migrations.triggers import refuse_if

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_IS_THE_GATEWAYS = (
    "SELECT 1 FROM bank_match m WHERE m.line_id = OLD.bank_line_id AND m.purpose = 'gateway' AND m.undone_at IS NULL"
)


def upgrade() -> None:
    """Only where a payout arrived may change, and only while that no longer holds."""
    dialect, name = op.get_bind().dialect.name, "gateway_line_arrived"
    op.execute(f"DROP TRIGGER {name}_refused" + ("" if dialect == "sqlite" else " ON gateway_line"))
    if dialect != "sqlite":
        op.execute(f"DROP FUNCTION refuse_{name}()")
    for statement in refuse_if(
        dialect, name, "UPDATE OF bank_line_id ON gateway_line",
        f"OLD.bank_line_id IS NOT NULL AND EXISTS ({_IS_THE_GATEWAYS})", "gateway_line is final",
    ):  # fmt: skip
        op.execute(statement)
