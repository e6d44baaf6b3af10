"""Recorded model calls. Runs before the new code: nothing that is there changes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATUSES = "status IN ('in_progress', 'completed', 'error', 'interrupted')"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "chat_debug_runs",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("model_config_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("trigger_message_id", sa.BigInteger(), nullable=True),
        sa.Column("history_tip_message_id", sa.BigInteger(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('chat_turn', 'title_generation', 'quickgen', 'compaction')", name="kind"),
        sa.CheckConstraint(STATUSES, name="status"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_debug_runs_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "id", name="pk_chat_debug_runs"),
    )
    op.create_index("ix_chat_debug_runs_updated_at", "chat_debug_runs", ["updated_at"])
    op.create_index(
        "ix_chat_debug_runs_newest", "chat_debug_runs", ["chat_id", sa.text("started_at DESC"), sa.text("id DESC")]
    )
    op.create_index(
        "ix_chat_debug_runs_open",
        "chat_debug_runs",
        ["updated_at"],
        postgresql_where=sa.text("status = 'in_progress'"),
    )
    op.create_table(
        "chat_debug_steps",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("step_number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("history_tip_message_id", sa.BigInteger(), nullable=True),
        sa.Column("assistant_message_id", sa.BigInteger(), nullable=True),
        sa.Column("normalized_request", sa.JSON(), nullable=False),
        sa.Column("normalized_response", sa.JSON(), nullable=True),
        sa.Column("usage", sa.JSON(), nullable=True),
        sa.Column("attempts", sa.JSON(), nullable=False),
        sa.Column("error", sa.JSON(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("operation IN ('stream', 'generate')", name="operation"),
        sa.CheckConstraint(STATUSES, name="status"),
        sa.ForeignKeyConstraint(
            ["chat_id", "run_id"],
            ["chat_debug_runs.chat_id", "chat_debug_runs.id"],
            name="fk_chat_debug_steps_chat_id_run_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "run_id", "step_number", name="pk_chat_debug_steps"),
    )


def downgrade() -> None:
    """Drop what was recorded."""
    op.drop_table("chat_debug_steps")
    op.drop_table("chat_debug_runs")
