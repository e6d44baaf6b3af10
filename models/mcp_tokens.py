"""What authorization servers gave us for MCP servers: users' tokens, our own, and how we are known to them."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class MCPUserToken(Base):
    """A user's tokens for an MCP server, encrypted at rest.

    `config_digest` says for which config they were given: whatever the server's config is changed to, they are sent
    nowhere else. Both tokens are null once the authorization server has refused to renew them (`refused_at`).
    """

    __tablename__ = "mcp_user_tokens"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    server_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("mcp_server_configs.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    config_digest: Mapped[bytes] = mapped_column(LargeBinary)
    access_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    refresh_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    renew_at: Mapped[dt.datetime | None]
    """When to renew the access token: before its end, and not at the same time as all others."""
    expires_at: Mapped[dt.datetime | None]
    """Null: the authorization server did not say."""
    refused_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class MCPServerToken(Base):
    """This deployment's own token for an MCP server of auth type `client_credentials`, as in MCPUserToken."""

    __tablename__ = "mcp_server_tokens"

    server_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("mcp_server_configs.id", ondelete="CASCADE"), primary_key=True
    )
    config_digest: Mapped[bytes] = mapped_column(LargeBinary)
    access_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    renew_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class MCPOAuth2Registration(Base):
    """What discovery found for an MCP server beyond its config: there is none for servers configured by hand.

    `resource` names the server in authorization requests (RFC 8707), `auth_method` is how the client authenticates at
    the token endpoint (RFC 7591, `token_endpoint_auth_method`).
    """

    __tablename__ = "mcp_oauth2_registrations"

    server_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("mcp_server_configs.id", ondelete="CASCADE"), primary_key=True
    )
    issuer: Mapped[str]
    resource: Mapped[str]
    auth_method: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
