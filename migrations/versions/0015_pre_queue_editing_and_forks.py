"""Queue entries have versions, can be held, and leave a trace; chats know what they were forked from.

Runs before the new code. To servers of the last release a held entry is one that waits like any other.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, with values for the rows that are there, and the table of departures."""
    op.add_column(
        "chat_queued_messages", sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False)
    )
    op.add_column(
        "chat_queued_messages", sa.Column("held", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_table(
        "chat_queue_departures",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_queue_departures_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "entry_id", name="pk_chat_queue_departures"),
    )
    op.add_column("chats", sa.Column("forked_from_chat_id", sa.Uuid(), nullable=True))
    op.add_column("chats", sa.Column("forked_from_message_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Drop them; held entries wait like any other again."""
    op.drop_column("chats", "forked_from_message_id")
    op.drop_column("chats", "forked_from_chat_id")
    op.drop_table("chat_queue_departures")
    op.drop_column("chat_queued_messages", "held")
    op.drop_column("chat_queued_messages", "version")
