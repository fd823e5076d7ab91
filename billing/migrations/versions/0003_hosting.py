"""Add hosting packages and the versions of their settings"""

import sqlalchemy as sa
from alembic import op

from billing import db
from billing.migrations.triggers import append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hosting_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.CheckConstraint("domain = lower(domain) AND domain LIKE '%_._%'", name=op.f("ck_hosting_package_domain")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_hosting_package_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_package")),
        sa.UniqueConstraint("domain", name=op.f("uq_hosting_package_domain")),
    )
    op.create_index(op.f("ix_hosting_package_account_id"), "hosting_package", ["account_id"], unique=False)
    op.create_table(
        "hosting_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_by_name", sa.String(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("area IN ('website','email')", name=op.f("ck_hosting_version_area")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_hosting_version_version")),
        sa.CheckConstraint("changed_by_name <> ''", name=op.f("ck_hosting_version_changed_by_name")),
        sa.CheckConstraint("version = CAST(version AS INTEGER)", name=op.f("ck_hosting_version_whole")),
        sa.ForeignKeyConstraint(["changed_by"], ["login_user.id"], name=op.f("fk_hosting_version_changed_by")),
        sa.ForeignKeyConstraint(["package_id"], ["hosting_package.id"], name=op.f("fk_hosting_version_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_version")),
        sa.UniqueConstraint(
            "package_id", "area", "version", name=op.f("uq_hosting_version_package_id_area_version")
        ),
    )  # fmt: skip
    for statement in append_only(op.get_bind().dialect.name, "hosting_version"):
        op.execute(statement)
