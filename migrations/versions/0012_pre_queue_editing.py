"""Queue entries have versions and can be held.

Runs before the new code. To servers of the last release a held entry is one that waits like any other.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, with values for the rows that are there."""
    op.add_column(
        "chat_queued_messages", sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False)
    )
    op.add_column(
        "chat_queued_messages", sa.Column("held", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )


def downgrade() -> None:
    """Drop them; held entries wait like any other again."""
    op.drop_column("chat_queued_messages", "held")
    op.drop_column("chat_queued_messages", "version")
