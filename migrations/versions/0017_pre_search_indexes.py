"""Messages are found by their words, and those whose words are still missing. Runs before the new code."""

from sqlalchemy import text

from palaver.online_migrations import create_index, drop_index

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    create_index(
        "ix_chat_messages_search",
        "chat_messages",
        ["search"],
        postgresql_using="gin",
        postgresql_where=text("search IS NOT NULL AND NOT deleted"),
    )
    create_index(
        "ix_chat_messages_without_search",
        "chat_messages",
        ["chat_id", "id"],
        postgresql_where=text(
            "search IS NULL AND NOT deleted AND visibility <> 'model' AND role IN ('user', 'assistant')"
        ),
    )


def downgrade() -> None:
    """Drop the indexes."""
    drop_index("ix_chat_messages_without_search", "chat_messages")
    drop_index("ix_chat_messages_search", "chat_messages")
