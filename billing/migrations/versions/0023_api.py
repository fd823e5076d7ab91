"""Keep the keys of the API and its answers, and who listens to what happens."""

import sqlalchemy as sa
from alembic import op

from billing import db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There is no key yet, and nobody listens."""
    _keys()
    _answers()
    _listeners()
    _deliveries()
    _feeds()


def _keys() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", db.UtcDateTime(), nullable=True),
        sa.Column("used_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_api_key_sha256")),
        sa.CheckConstraint("name <> '' AND scopes <> ''", name=op.f("ck_api_key_filled")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_key_account_id")),
        sa.ForeignKeyConstraint(["created_by"], ["login_user.id"], name=op.f("fk_api_key_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("sha256", name=op.f("uq_api_key_sha256")),
    )


def _answers() -> None:
    op.create_table(
        "api_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("repeat_key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(repeat_key) BETWEEN 1 AND 255", name=op.f("ck_api_answer_repeat_key")),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name=op.f("fk_api_answer_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_answer")),
        sa.UniqueConstraint("key_id", "repeat_key", name=op.f("uq_api_answer_key_id_repeat_key")),
    )
    op.create_index("ix_api_answer_created_at", "api_answer", ["created_at"])


def _listeners() -> None:
    op.create_table(
        "listener",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("events", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", db.UtcDateTime(), nullable=True),
        sa.Column("paused_until", db.UtcDateTime(), nullable=True),
        sa.Column("off_at", db.UtcDateTime(), nullable=True),
        sa.Column("off_because", sa.String(), nullable=False),
        sa.CheckConstraint("events <> '' AND url <> '' AND secret <> ''", name=op.f("ck_listener_filled")),
        sa.CheckConstraint("(off_at IS NULL) = (off_because = '')", name=op.f("ck_listener_off")),
        sa.CheckConstraint("off_because IN ('','removed','failing')", name=op.f("ck_listener_off_because")),
        sa.CheckConstraint("failures = CAST(failures AS INTEGER)", name=op.f("ck_listener_whole")),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name=op.f("fk_listener_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listener")),
    )
    _index_where("ix_listener_on", "listener", ["key_id"], "off_at IS NULL")


def _deliveries() -> None:
    op.create_table(
        "listener_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listener_id", sa.Integer(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("happened_at", db.UtcDateTime(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("due_at", db.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("done_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('waiting','done','given_up')", name=op.f("ck_listener_delivery_state")),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_listener_delivery_done")),
        sa.CheckConstraint("tries = CAST(tries AS INTEGER)", name=op.f("ck_listener_delivery_whole")),
        sa.ForeignKeyConstraint(["listener_id"], ["listener.id"], name=op.f("fk_listener_delivery_listener_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_listener_delivery_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listener_delivery")),
        sa.UniqueConstraint("listener_id", "event_key", name=op.f("uq_listener_delivery_listener_id_event_key")),
    )
    columns = ["listener_id", "account_id", "id"]
    _index_where("ix_listener_delivery_waiting", "listener_delivery", columns, "state = 'waiting'")
    _index_where("ix_listener_delivery_due", "listener_delivery", ["due_at", "id"], "state = 'waiting'")


def _feeds() -> None:
    op.create_table(
        "listener_feed",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("looked_back_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("source IN ('journal','log')", name=op.f("ck_listener_feed_source")),
        sa.CheckConstraint("settled <= seen", name=op.f("ck_listener_feed_seen")),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_listener_feed")),
    )


def _index_where(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
