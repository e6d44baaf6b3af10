"""Users' own provider keys; what models cost, by hour; limits on it. Runs before the new code.

What the messages of the past cost is counted once, here. What servers of the last release store meanwhile is in the
history, but is not counted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNTS = (
    "cost_micros",
    "priced_count",
    "unpriced_count",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_creation_tokens",
    "runtime_ms",
)


def upgrade() -> None:
    """Create the tables, and count what there is."""
    op.create_table(
        "user_ai_provider_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("encrypted_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_ai_provider_keys_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["ai_providers.id"], name="fk_user_ai_provider_keys_provider_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "provider_id", name="pk_user_ai_provider_keys"),
    )
    op.create_index("ix_user_ai_provider_keys_provider_id", "user_ai_provider_keys", ["provider_id"])
    op.create_table(
        "usage_hours",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("root_chat_id", sa.Uuid(), nullable=False),
        sa.Column("model_config_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint("owner_id", "hour", "root_chat_id", "model_config_id", name="pk_usage_hours"),
    )
    op.create_index("ix_usage_hours_hour", "usage_hours", ["hour"])
    op.create_index("ix_usage_hours_root_chat_id", "usage_hours", ["root_chat_id"])
    op.create_table(
        "usage_limit_config",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("spend_limit_micros", sa.BigInteger(), nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("id = 1", name="single"),
        sa.CheckConstraint("period IN ('day', 'week', 'month')", name="period"),
        sa.CheckConstraint("spend_limit_micros > 0", name="positive"),
        sa.PrimaryKeyConstraint("id", name="pk_usage_limit_config"),
    )
    op.create_table(
        "user_usage_limits",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("spend_limit_micros", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("spend_limit_micros > 0", name="positive"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_usage_limits_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_user_usage_limits"),
    )
    op.create_table(
        "group_usage_limits",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("spend_limit_micros", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("spend_limit_micros > 0", name="positive"),
        sa.PrimaryKeyConstraint("group_id", name="pk_group_usage_limits"),
    )
    op.create_table(
        "spend_reservations",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_spend_reservations_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", name="pk_spend_reservations"),
    )
    op.create_index("ix_spend_reservations_owner_id", "spend_reservations", ["owner_id"])
    op.execute(
        """
        INSERT INTO usage_hours (owner_id, hour, root_chat_id, model_config_id, organization_id, cost_micros,
          priced_count, unpriced_count, input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens,
          runtime_ms)
        SELECT c.owner_id, date_trunc('hour', m.created_at, 'UTC'), c.root_chat_id,
          coalesce(m.model_config_id, '00000000-0000-0000-0000-000000000000'), c.organization_id,
          coalesce(sum(m.cost_micros), 0), count(m.cost_micros), count(*) - count(m.cost_micros),
          coalesce(sum((m.usage->>'input_tokens')::bigint), 0),
          coalesce(sum((m.usage->>'output_tokens')::bigint), 0),
          coalesce(sum((m.usage->>'cache_read_tokens')::bigint), 0),
          coalesce(sum((m.usage->>'cache_creation_tokens')::bigint), 0), coalesce(sum(m.runtime_ms), 0)
        FROM chat_messages m JOIN chats c ON c.id = m.chat_id
        WHERE m.role = 'assistant' AND (m.cost_micros IS NOT NULL OR m.usage IS NOT NULL)
        GROUP BY 1, 2, 3, 4, 5
        """
    )


def downgrade() -> None:
    """Drop the tables with what they hold."""
    for name in (
        "spend_reservations",
        "group_usage_limits",
        "user_usage_limits",
        "usage_limit_config",
        "usage_hours",
        "user_ai_provider_keys",
    ):
        op.drop_table(name)
