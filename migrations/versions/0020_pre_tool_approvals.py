"""MCP servers say which of their tools want approval. Runs before the new code."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: no tool wants any."""
    op.add_column("mcp_server_configs", sa.Column("tool_approvals", postgresql.JSON(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("mcp_server_configs", "tool_approvals")
