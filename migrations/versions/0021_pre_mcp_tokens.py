"""Tokens for MCP servers: users' own, the deployment's, and how it is registered. Runs before the new code."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; they begin empty."""
    op.create_table(
        "mcp_user_tokens",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("server_id", sa.Uuid(), nullable=False),
        sa.Column("config_digest", sa.LargeBinary(), nullable=False),
        sa.Column("access_token", sa.LargeBinary(), nullable=True),
        sa.Column("refresh_token", sa.LargeBinary(), nullable=True),
        sa.Column("renew_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        _at("created_at"),
        _at("updated_at"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mcp_user_tokens_user_id"), ondelete="CASCADE"),
        _of_server("mcp_user_tokens"),
        sa.PrimaryKeyConstraint("user_id", "server_id", name=op.f("pk_mcp_user_tokens")),
    )
    op.create_index(op.f("ix_mcp_user_tokens_server_id"), "mcp_user_tokens", ["server_id"])
    op.create_table(
        "mcp_server_tokens",
        sa.Column("server_id", sa.Uuid(), nullable=False),
        sa.Column("config_digest", sa.LargeBinary(), nullable=False),
        sa.Column("access_token", sa.LargeBinary(), nullable=True),
        sa.Column("renew_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        _at("created_at"),
        _at("updated_at"),
        _of_server("mcp_server_tokens"),
        sa.PrimaryKeyConstraint("server_id", name=op.f("pk_mcp_server_tokens")),
    )
    op.create_table(
        "mcp_oauth2_registrations",
        sa.Column("server_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("auth_method", sa.Text(), nullable=False),
        _at("created_at"),
        _of_server("mcp_oauth2_registrations"),
        sa.PrimaryKeyConstraint("server_id", name=op.f("pk_mcp_oauth2_registrations")),
    )


def downgrade() -> None:
    """Drop them: users connect their servers anew."""
    op.drop_table("mcp_oauth2_registrations")
    op.drop_table("mcp_server_tokens")
    op.drop_table("mcp_user_tokens")


def _at(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _of_server(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["server_id"], ["mcp_server_configs.id"], name=op.f(f"fk_{table}_server_id"), ondelete="CASCADE"
    )
