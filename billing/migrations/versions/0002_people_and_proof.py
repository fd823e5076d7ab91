"""Rights per member, invitations, and everything a person can prove an identity with."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from billing import db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROLES = "role IN ('owner','administrator','bookkeeper','read_only','technician')"
PAYER_NEVER = (
    "role NOT IN ('bookkeeper','read_only') OR (scopes NOT LIKE '%website.manage%' AND "
    "scopes NOT LIKE '%email.manage%' AND scopes NOT LIKE '%domains.manage%')"
)
TECHNICIAN_NEVER = (
    "role <> 'technician' OR (mail_topics = '' AND scopes NOT LIKE '%invoices.%' AND "
    "scopes NOT LIKE '%credits.%' AND scopes NOT LIKE '%mandate.%')"
)

# What each role could do before rights were kept per member, in the names of this revision.
_READS = "credits.view invoices.view mandate.view services.view"
SCOPES: Mapping[str, str] = {
    "owner": (
        "audit.view billing_profile.edit credits.choose credits.view domains.manage email.manage invoices.pay "
        "invoices.view mandate.manage mandate.view notifications.manage ownership.transfer services.change "
        "services.view users.manage website.manage"
    ),
    "administrator": (
        "audit.view billing_profile.edit credits.choose credits.view domains.manage email.manage invoices.pay "
        "invoices.view mandate.manage mandate.view notifications.manage services.change services.view website.manage"
    ),
    "bookkeeper": "credits.view invoices.pay invoices.view mandate.view services.view",
    "read_only": f"audit.view {_READS}",
    "technician": "domains.manage email.manage services.view website.manage",
}


def upgrade() -> None:
    """Give each membership the rights of its role, and add the new tables."""
    _members()
    _sessions()
    op.add_column("login_user", sa.Column("last_login_at", db.UtcDateTime(), nullable=True))
    op.add_column("invoice", sa.Column("pay_link_serial", sa.Integer(), nullable=False, server_default="1"))
    op.create_index(
        "ix_audit_event_person", "audit_event", ["chain", "user_id", "sequence"],
        sqlite_where=sa.text("user_id IS NOT NULL"), postgresql_where=sa.text("user_id IS NOT NULL"),
    )  # fmt: skip
    _invitations()
    _proofs()


def _members() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("scopes", sa.String(), nullable=False, server_default=""),
        sa.Column("mail_topics", sa.String(), nullable=False, server_default=""),
        sa.Column("warned_of_end", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    for column in columns:
        op.add_column("membership", column)
    members = sa.table("membership", *(sa.column(name) for name in ("role", "scopes", "mail_topics")),
                       sa.column("receives_billing_mail", sa.Boolean()))  # fmt: skip
    for role, scopes in SCOPES.items():
        op.execute(members.update().where(members.c.role == role).values(scopes=scopes))
    reads = members.c.receives_billing_mail & (members.c.role != "technician")
    op.execute(members.update().where(reads).values(mail_topics="invoices receipts"))
    with op.batch_alter_table("membership") as batch:
        batch.drop_column("receives_billing_mail")
        batch.create_check_constraint(op.f("ck_membership_payer_never"), PAYER_NEVER)
        batch.create_check_constraint(op.f("ck_membership_technician_never"), TECHNICIAN_NEVER)
    op.create_index(
        "ix_membership_ends_on", "membership", ["ends_on"], sqlite_where=sa.text("ends_on IS NOT NULL"),
        postgresql_where=sa.text("ends_on IS NOT NULL"),
    )  # fmt: skip


def _sessions() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("is_half", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("address", sa.String(), nullable=False, server_default=""),
        sa.Column("device", sa.String(), nullable=False, server_default=""),
        sa.Column("looks_as_name", sa.String(), nullable=False, server_default=""),
        sa.Column("looks_as_role", sa.String(), nullable=False, server_default=""),
        sa.Column("looks_as_scopes", sa.String(), nullable=False, server_default=""),
        sa.Column("checked_at", db.UtcDateTime(), nullable=True),
    )
    for column in columns:
        op.add_column("login_session", column)


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("mail_topics", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("replaces_user_id", sa.Integer(), nullable=True),
        sa.Column("predecessor_ends_on", sa.Date(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("invited_by_name", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(), nullable=False),
        sa.Column("accepted_at", db.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name=op.f("ck_invitation_email")),
        sa.CheckConstraint(
            "role <> 'owner' OR replaces_user_id IS NOT NULL", name=op.f("ck_invitation_owner_only_by_handover")
        ),
        sa.CheckConstraint(ROLES, name=op.f("ck_invitation_role")),
        sa.CheckConstraint(PAYER_NEVER, name=op.f("ck_invitation_payer_never")),
        sa.CheckConstraint(TECHNICIAN_NEVER, name=op.f("ck_invitation_technician_never")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.ForeignKeyConstraint(["replaces_user_id"], ["login_user.id"], name=op.f("fk_invitation_replaces_user_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["login_user.id"], name=op.f("fk_invitation_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_email"), "invitation", ["email"])
    is_open = sa.text("accepted_at IS NULL AND withdrawn_at IS NULL")
    op.create_index(
        "uq_invitation_open", "invitation", ["account_id", "email"], unique=True, sqlite_where=is_open,
        postgresql_where=is_open,
    )  # fmt: skip


def _proofs() -> None:
    op.create_table(
        "authenticator",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["login_user.id"], name=op.f("fk_authenticator_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_authenticator")),
    )
    op.create_table(
        "backup_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("used_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["login_user.id"], name=op.f("fk_backup_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_code")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("last_used_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["login_user.id"], name=op.f("fk_passkey_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_table(
        "passkey_challenge",
        sa.Column("challenge", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["login_user.id"], name=op.f("fk_passkey_challenge_user_id")),
        sa.PrimaryKeyConstraint("challenge", name=op.f("pk_passkey_challenge")),
    )
    op.create_table(
        "mailed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("new_email", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("opens_at", db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(), nullable=False),
        sa.Column("used_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('password_reset','email_change','second_factor_recovery')",
            name=op.f("ck_mailed_link_purpose"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["login_user.id"], name=op.f("fk_mailed_link_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_link")),
    )
    for table in ("backup_code", "passkey", "mailed_link"):
        op.create_index(op.f(f"ix_{table}_user_id"), table, ["user_id"])
