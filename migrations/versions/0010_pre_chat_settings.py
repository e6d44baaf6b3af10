"""What administrators and users set about chats. Runs before the new code: nothing that is there changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; what has no row has its default."""
    op.create_table(
        "deployment_settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_deployment_settings"),
    )
    op.create_table(
        "user_chat_settings",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("custom_prompt", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("debug_logging", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("model_overrides", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("compaction_thresholds", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_chat_settings_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_user_chat_settings"),
    )


def downgrade() -> None:
    """Forget what was set."""
    op.drop_table("user_chat_settings")
    op.drop_table("deployment_settings")
