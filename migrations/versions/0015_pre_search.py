"""The words of titles can be searched. Runs before the new code.

What servers of the version before write gets its words, too: titles by the trigger, messages by the scheduled work.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Sends change the chat's row several times a turn, and each time all of its indexes follow. So the words of titles
# have a table of their own, which only a new title touches. docs/decisions/0013 tells of the owner's word.
_KEEP = """
CREATE FUNCTION keep_chat_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO chat_titles (chat_id, search)
  VALUES (NEW.id, to_tsvector('simple', 'o' || replace(NEW.owner_id::text, '-', '') || ' ' || left(NEW.title, 1000)))
  ON CONFLICT (chat_id) DO UPDATE SET search = excluded.search;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Keep titles from now on; no row is written, so nobody waits long."""
    op.create_table(
        "chat_titles",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_titles_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chat_titles"),
    )
    op.create_index("ix_chat_titles_search", "chat_titles", ["search"], postgresql_using="gin")
    op.execute(_KEEP)
    op.execute(
        "CREATE TRIGGER keep_title_of_new_chat AFTER INSERT ON chats FOR EACH ROW"
        " WHEN (NEW.parent_chat_id IS NULL) EXECUTE FUNCTION keep_chat_title()"
    )
    op.execute(
        "CREATE TRIGGER keep_new_title_of_chat AFTER UPDATE OF title ON chats FOR EACH ROW"
        " WHEN (NEW.parent_chat_id IS NULL AND NEW.title <> OLD.title) EXECUTE FUNCTION keep_chat_title()"
    )


def downgrade() -> None:
    """Forget the words."""
    op.execute("DROP TRIGGER keep_title_of_new_chat ON chats")
    op.execute("DROP TRIGGER keep_new_title_of_chat ON chats")
    op.execute("DROP FUNCTION keep_chat_title")
    op.drop_table("chat_titles")
