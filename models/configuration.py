"""What administrators configure: AI providers and their keys, model configs, MCP servers, facts of the deployment."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AIProvider(Base):
    """A model provider: type, address and settings. Soft-deleted, for chats and usage keep pointing at it."""

    __tablename__ = "ai_providers"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    type: Mapped[str]
    name: Mapped[str]
    display_name: Mapped[str] = mapped_column(server_default="")
    icon: Mapped[str] = mapped_column(server_default="")
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    base_url: Mapped[str] = mapped_column(server_default="")
    settings: Mapped[dict[str, Any] | None]
    deleted: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index("uq_ai_providers_name", AIProvider.name, unique=True, postgresql_where=~AIProvider.deleted)


class AIProviderKey(Base):
    """An API key of a provider, encrypted at rest; `masked` is all that is ever shown."""

    __tablename__ = "ai_provider_keys"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ai_providers.id", ondelete="CASCADE"), index=True)
    encrypted_key: Mapped[bytes] = mapped_column(LargeBinary)
    masked: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class UserAIProviderKey(Base):
    """A user's own API key of a provider, encrypted at rest; it is never shown, and goes before the provider's."""

    __tablename__ = "user_ai_provider_keys"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("ai_providers.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    encrypted_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class ChatModelConfig(Base):
    """A model that chats may use, with its call defaults. At most one live config is the default. Soft-deleted."""

    __tablename__ = "chat_model_configs"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    ai_provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ai_providers.id"), index=True)
    model: Mapped[str]
    display_name: Mapped[str] = mapped_column(server_default="")
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    context_limit: Mapped[int]
    compression_threshold: Mapped[int] = mapped_column(Integer)
    call_config: Mapped[dict[str, Any] | None]
    """ChatModelCallConfig as given; null when none."""
    deleted: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index(
    "uq_chat_model_configs_is_default",
    ChatModelConfig.is_default,
    unique=True,
    postgresql_where=ChatModelConfig.is_default & ~ChatModelConfig.deleted,
)
Index(
    "uq_chat_model_configs_model",
    ChatModelConfig.ai_provider_id,
    ChatModelConfig.model,
    unique=True,
    postgresql_where=~ChatModelConfig.deleted,
)


class MCPServerConfig(Base):
    """An MCP server that chats may call; its secrets are encrypted at rest."""

    __tablename__ = "mcp_server_configs"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    display_name: Mapped[str]
    slug: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    icon_url: Mapped[str] = mapped_column(server_default="")
    transport: Mapped[str]
    url: Mapped[str]
    auth_type: Mapped[str]
    oauth2_client_id: Mapped[str] = mapped_column(server_default="")
    oauth2_client_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    oauth2_auth_url: Mapped[str] = mapped_column(server_default="")
    oauth2_token_url: Mapped[str] = mapped_column(server_default="")
    oauth2_revocation_url: Mapped[str] = mapped_column(server_default="")
    oauth2_scopes: Mapped[str] = mapped_column(server_default="")
    api_key_header: Mapped[str] = mapped_column(server_default="")
    api_key_value: Mapped[bytes | None] = mapped_column(LargeBinary)
    custom_headers: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The headers as one encrypted JSON object."""
    tool_allow_list: Mapped[list[str]]
    tool_deny_list: Mapped[list[str]]
    tool_approvals: Mapped[dict[str, Any] | None]
    """What calls of the tools need: `{default, tools}` with `auto`, `ask` or `deny`, `tools` by name; null: nothing."""
    availability: Mapped[str]
    enabled: Mapped[bool] = mapped_column(server_default=text("false"))
    model_intent: Mapped[bool] = mapped_column(server_default=text("false"))
    allow_in_plan_mode: Mapped[bool] = mapped_column(server_default=text("false"))
    forward_coder_headers: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index("uq_mcp_server_configs_slug", MCPServerConfig.slug, unique=True)


class DeploymentFact(Base):
    """A named fact of this installation, such as `deployment_id`."""

    __tablename__ = "deployment_facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
