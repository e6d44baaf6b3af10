"""Keys get an allow list: what they may be used on. What exists may be used on everything."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; its default stands for keys that an older version makes in the meantime."""
    op.add_column(
        "api_keys",
        sa.Column("allow_list", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{*:*}'"), nullable=False),
    )


def downgrade() -> None:
    """Drop the column: narrowed keys would become whole ones, so they go first."""
    op.execute("DELETE FROM api_keys WHERE NOT '*:*' = ANY (allow_list)")
    op.drop_column("api_keys", "allow_list")
