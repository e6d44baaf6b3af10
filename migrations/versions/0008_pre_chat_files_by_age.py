"""Files can be found by their age. Runs before the new code, and hinders no upload meanwhile."""

from palaver.online_migrations import create_index, drop_index

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index."""
    create_index("ix_chat_files_created_at", "chat_files", ["created_at"])


def downgrade() -> None:
    """Drop the index."""
    drop_index("ix_chat_files_created_at", "chat_files")
