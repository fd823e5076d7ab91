"""Give nothing new to accounts that were erased, and keep no second name of who paid."""

from alembic import op

from billing.migrations.triggers import refuse_if

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_NEVER_GET = ("membership", "invitation", "service", "mandate", "hosting_package")


def upgrade() -> None:
    """Whose a payment of ours is, the account says."""
    op.execute("UPDATE gateway_seen SET payer_name = '' WHERE payment_id IS NOT NULL")
    erased = "EXISTS (SELECT 1 FROM account a WHERE a.id = NEW.account_id AND a.erased_at IS NOT NULL)"
    for table in _NEVER_GET:
        for statement in refuse_if(
            op.get_bind().dialect.name, f"{table}_of_erased", f"INSERT ON {table}", erased, "account is erased"
        ):
            op.execute(statement)
