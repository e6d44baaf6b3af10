"""The titles that there are can be searched, too. Runs before the new code."""

from alembic import op
from sqlalchemy import text

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_BATCH = 1000

# Whoever deletes a chat waits for a batch at most; a title that changes meanwhile is kept by the trigger.
_KEEP_SOME = text("""
WITH found AS MATERIALIZED (
  SELECT id, owner_id, title, parent_chat_id FROM chats WHERE id > CAST(:after AS uuid)
  ORDER BY id LIMIT :batch FOR KEY SHARE
), kept AS (
  INSERT INTO chat_titles (chat_id, search)
  SELECT id, to_tsvector('simple', 'o' || replace(owner_id::text, '-', '') || ' ' || left(title, 1000))
  FROM found WHERE parent_chat_id IS NULL
  ON CONFLICT (chat_id) DO NOTHING
)
SELECT max(id::text) FROM found
""")


def upgrade() -> None:
    """Keep the titles, some chats at a time, each time in a transaction of its own."""
    with op.get_context().autocommit_block():
        last: str | None = "00000000-0000-0000-0000-000000000000"
        while last is not None:
            last = op.get_bind().scalar(_KEEP_SOME, {"after": last, "batch": _BATCH})


def downgrade() -> None:
    """Nothing: the table goes with its own migration."""
