"""A chat tells which of its MCP servers its owner has to sign in to. Runs before the new code."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; null means that nothing was ever wanted."""
    op.add_column("chats", sa.Column("mcp_sign_ins", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop it: the next turn finds out again."""
    op.drop_column("chats", "mcp_sign_ins")
