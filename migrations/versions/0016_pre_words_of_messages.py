"""Messages have a column for their words. Runs before the new code.

Apart from the titles, which have to do with chats: who writes to both tables must not meet one that has locked both.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no row is written."""
    op.add_column("chat_messages", sa.Column("search", postgresql.TSVECTOR(), nullable=True))


def downgrade() -> None:
    """Forget the words."""
    op.drop_column("chat_messages", "search")
