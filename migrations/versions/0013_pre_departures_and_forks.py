"""Queue entries leave a trace, and chats know what they were forked from. Runs before the new code.

Apart from the columns of the queue: who reads a chat with its queue holds the one table while he waits for the other,
and a transaction that took both would let him die in a deadlock.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("chats", sa.Column("forked_from_chat_id", sa.Uuid(), nullable=True))
    op.add_column("chats", sa.Column("forked_from_message_id", sa.BigInteger(), nullable=True))
    op.create_table(
        "chat_queue_departures",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_queue_departures_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "entry_id", name="pk_chat_queue_departures"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("chat_queue_departures")
    op.drop_column("chats", "forked_from_message_id")
    op.drop_column("chats", "forked_from_chat_id")
