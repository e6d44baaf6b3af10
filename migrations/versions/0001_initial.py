"""The first schema: identity, configuration, chats, and what every installation has from the start."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, the default organization and the name of this deployment."""
    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("icon", sa.Text(), server_default="", nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("default_member_roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organizations"),
    )
    op.create_index(
        "uq_organizations_is_default",
        "organizations",
        ["is_default"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_index("uq_organizations_name", "organizations", [sa.text("lower(name)")], unique=True)
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("avatar_url", sa.Text(), server_default="", nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("login_type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("is_service_account", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
    )
    op.create_index(
        "uq_users_email",
        "users",
        [sa.text("lower(email)")],
        unique=True,
        postgresql_where=sa.text("NOT deleted AND email != ''"),
    )
    op.create_index(
        "uq_users_username", "users", [sa.text("lower(username)")], unique=True, postgresql_where=sa.text("NOT deleted")
    )
    op.create_table(
        "organization_members",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name="fk_organization_members_organization_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_organization_members_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organization_id", "user_id", name="pk_organization_members"),
    )
    op.create_index("ix_organization_members_user_id", "organization_members", ["user_id"])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("hashed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("login_type", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("token_name", sa.Text(), server_default="", nullable=False),
        sa.Column("lifetime_seconds", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_api_keys_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
    )
    op.create_index("ix_api_keys_user_id", "api_keys", ["user_id"])
    op.create_index(
        "uq_api_keys_token_name",
        "api_keys",
        ["user_id", "token_name"],
        unique=True,
        postgresql_where=sa.text("token_name != ''"),
    )
    op.create_table(
        "ai_providers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), server_default="", nullable=False),
        sa.Column("icon", sa.Text(), server_default="", nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("base_url", sa.Text(), server_default="", nullable=False),
        sa.Column("settings", postgresql.JSON(), nullable=True),
        sa.Column("deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ai_providers"),
    )
    op.create_index(
        "uq_ai_providers_name", "ai_providers", ["name"], unique=True, postgresql_where=sa.text("NOT deleted")
    )
    op.create_table(
        "deployment_facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_deployment_facts"),
    )
    op.create_table(
        "mcp_server_configs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("icon_url", sa.Text(), server_default="", nullable=False),
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("auth_type", sa.Text(), nullable=False),
        sa.Column("oauth2_client_id", sa.Text(), server_default="", nullable=False),
        sa.Column("oauth2_client_secret", sa.LargeBinary(), nullable=True),
        sa.Column("oauth2_auth_url", sa.Text(), server_default="", nullable=False),
        sa.Column("oauth2_token_url", sa.Text(), server_default="", nullable=False),
        sa.Column("oauth2_revocation_url", sa.Text(), server_default="", nullable=False),
        sa.Column("oauth2_scopes", sa.Text(), server_default="", nullable=False),
        sa.Column("api_key_header", sa.Text(), server_default="", nullable=False),
        sa.Column("api_key_value", sa.LargeBinary(), nullable=True),
        sa.Column("custom_headers", sa.LargeBinary(), nullable=True),
        sa.Column("tool_allow_list", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("tool_deny_list", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("model_intent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("allow_in_plan_mode", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("forward_coder_headers", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mcp_server_configs"),
    )
    op.create_index("uq_mcp_server_configs_slug", "mcp_server_configs", ["slug"], unique=True)
    op.create_table(
        "ai_provider_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("encrypted_key", sa.LargeBinary(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["ai_providers.id"], name="fk_ai_provider_keys_provider_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ai_provider_keys"),
    )
    op.create_index("ix_ai_provider_keys_provider_id", "ai_provider_keys", ["provider_id"])
    op.create_table(
        "chat_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_chat_files_organization_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_chat_files_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_chat_files"),
    )
    op.create_table(
        "chat_model_configs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ai_provider_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), server_default="", nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("context_limit", sa.BigInteger(), nullable=False),
        sa.Column("compression_threshold", sa.Integer(), nullable=False),
        sa.Column("call_config", postgresql.JSON(), nullable=True),
        sa.Column("deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["ai_provider_id"], ["ai_providers.id"], name="fk_chat_model_configs_ai_provider_id"),
        sa.PrimaryKeyConstraint("id", name="pk_chat_model_configs"),
    )
    op.create_index("ix_chat_model_configs_ai_provider_id", "chat_model_configs", ["ai_provider_id"])
    op.create_index(
        "uq_chat_model_configs_is_default",
        "chat_model_configs",
        ["is_default"],
        unique=True,
        postgresql_where=sa.text("is_default AND NOT deleted"),
    )
    op.create_index(
        "uq_chat_model_configs_model",
        "chat_model_configs",
        ["ai_provider_id", "model"],
        unique=True,
        postgresql_where=sa.text("NOT deleted"),
    )
    op.create_table(
        "chats",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("parent_chat_id", sa.Uuid(), nullable=True),
        sa.Column("root_chat_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("plan_mode", sa.Text(), server_default="", nullable=False),
        sa.Column("client_type", sa.Text(), nullable=False),
        sa.Column("labels", postgresql.JSONB(), nullable=False),
        sa.Column("mcp_server_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("dynamic_tools", postgresql.JSON(), nullable=False),
        sa.Column("user_acl", postgresql.JSONB(), nullable=False),
        sa.Column("group_acl", postgresql.JSONB(), nullable=False),
        sa.Column("pin_order", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_read_message_id", sa.BigInteger(), nullable=True),
        sa.Column("last_turn_summary", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("archived", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("snapshot_version", sa.BigInteger(), nullable=False),
        sa.Column("history_version", sa.BigInteger(), nullable=False),
        sa.Column("queue_version", sa.BigInteger(), nullable=False),
        sa.Column("retry_state_version", sa.BigInteger(), nullable=False),
        sa.Column("generation_attempt", sa.BigInteger(), nullable=False),
        sa.Column("retry_state", postgresql.JSON(), nullable=True),
        sa.Column("last_error", postgresql.JSON(), nullable=True),
        sa.Column("last_model_config_id", sa.Uuid(), nullable=False),
        sa.Column("last_reasoning_effort", sa.Text(), server_default="", nullable=False),
        sa.Column("pending_tool_calls", postgresql.JSON(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("runner_id", sa.Uuid(), nullable=True),
        sa.Column("requires_action_deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compaction_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'running', 'interrupting', 'requires_action', 'error')", name=op.f("ck_chats_status")
        ),
        sa.CheckConstraint("(worker_id IS NULL) = (runner_id IS NULL)", name=op.f("ck_chats_owner")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_chats_organization_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_chats_owner_id"),
        sa.ForeignKeyConstraint(["parent_chat_id"], ["chats.id"], name="fk_chats_parent_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
    )
    op.create_index("ix_chats_group_acl", "chats", ["group_acl"], postgresql_using="gin")
    op.create_index(
        "ix_chats_owner_list",
        "chats",
        ["owner_id", "archived", "pin_order", sa.text("updated_at DESC"), sa.text("id DESC")],
        postgresql_where=sa.text("parent_chat_id IS NULL"),
    )
    op.create_index("ix_chats_parent_chat_id", "chats", ["parent_chat_id"])
    op.create_index(
        "ix_chats_runnable",
        "chats",
        ["updated_at"],
        postgresql_where=sa.text("status IN ('running', 'interrupting', 'requires_action')"),
    )
    op.create_index("ix_chats_user_acl", "chats", ["user_acl"], postgresql_using="gin")
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("response", sa.LargeBinary(), nullable=True),
        sa.Column("headers", postgresql.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_idempotency_keys_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "operation_id", "key", name="pk_idempotency_keys"),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])
    op.create_table(
        "chat_file_links",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_file_links_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["chat_files.id"], name="fk_chat_file_links_file_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "file_id", name="pk_chat_file_links"),
    )
    op.create_index("ix_chat_file_links_file_id", "chat_file_links", ["file_id"])
    op.create_table(
        "chat_heartbeats",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("runner_id", sa.Uuid(), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_heartbeats_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "runner_id", name="pk_chat_heartbeats"),
    )
    op.create_table(
        "chat_messages",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSON(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("model_config_id", sa.Uuid(), nullable=True),
        sa.Column("reasoning_effort", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("compressed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("usage", postgresql.JSON(), nullable=True),
        sa.Column("cost_micros", sa.BigInteger(), nullable=True),
        sa.Column("runtime_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role IN ('system', 'user', 'assistant', 'tool')", name=op.f("ck_chat_messages_role")),
        sa.CheckConstraint("visibility IN ('user', 'model', 'both')", name=op.f("ck_chat_messages_visibility")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_messages_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "id", name="pk_chat_messages"),
    )
    op.create_index("ix_chat_messages_revision", "chat_messages", ["chat_id", "revision"])
    op.create_table(
        "chat_queued_messages",
        sa.Column("chat_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("content", postgresql.JSON(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("model_config_id", sa.Uuid(), nullable=True),
        sa.Column("reasoning_effort", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_queued_messages_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "id", name="pk_chat_queued_messages"),
    )

    op.execute(
        "INSERT INTO organizations (id, name, display_name, is_default, default_member_roles) "
        "VALUES (gen_random_uuid(), 'coder', 'Default', true, ARRAY['organization-workspace-access', 'agents-access'])"
    )
    op.execute("INSERT INTO deployment_facts (name, value) VALUES ('deployment_id', gen_random_uuid()::text)")


def downgrade() -> None:
    """Drop every table, newest dependence first."""
    op.drop_table("chat_queued_messages")
    op.drop_table("chat_messages")
    op.drop_table("chat_heartbeats")
    op.drop_table("chat_file_links")
    op.drop_table("organization_members")
    op.drop_table("idempotency_keys")
    op.drop_table("chats")
    op.drop_table("chat_model_configs")
    op.drop_table("chat_files")
    op.drop_table("api_keys")
    op.drop_table("ai_provider_keys")
    op.drop_table("users")
    op.drop_table("organizations")
    op.drop_table("mcp_server_configs")
    op.drop_table("deployment_facts")
    op.drop_table("ai_providers")
