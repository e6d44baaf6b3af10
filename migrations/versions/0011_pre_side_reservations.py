"""What model calls beside turns set aside of a limit. Runs before the new code: nothing that is there changes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "side_reservations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_side_reservations"),
    )
    op.create_index("ix_side_reservations_owner_id", "side_reservations", ["owner_id"])


def downgrade() -> None:
    """Forget what is set aside."""
    op.drop_table("side_reservations")
