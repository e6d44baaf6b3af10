"""MCP servers that chats may call: administer them, and list them for everybody."""

import dataclasses
import uuid
from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.policy import Deployment
from palaver.checks.mcp_servers import (
    check_authentication,
    check_headers,
    check_names,
    check_revocation_url,
    check_urls,
    check_whole,
)
from palaver.configuration import mcp_servers
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import (
    CreateMCPServerConfigRequest,
    MCPServerConfig,
    UpdateMCPServerConfigRequest,
)
from palaver.errors import Forbidden, NotFound
from palaver.wire.configuration import mcp_server_json


async def create_mcp_server(ctx: Context, body: CreateMCPServerConfigRequest) -> Reply:
    """Add an MCP server; its secrets are stored encrypted."""
    values = mcp_servers.given_values(body)
    check_names(values)
    check_urls(values)
    _require_administrator(ctx)
    check_revocation_url(values)
    check_authentication(values)
    check_headers(values)
    async with ctx.services.database.begin() as conn:
        server = await mcp_servers.create_mcp_server(conn, mcp_servers.encrypted(values, ctx.services.secrets))
        await _record(ctx, conn, "create", server.id, values)
    ctx.services.tools.forget()
    location = {"Location": f"/api/experimental/mcp/servers/{server.id}"}
    return Reply(mcp_server_json(server, redacted=False), headers=location)


async def list_mcp_servers(ctx: Context) -> list[MCPServerConfig]:
    """The servers by label: for administrators all and in full, for others the enabled ones without addresses."""
    in_full = _may_read(ctx)
    async with ctx.services.database.connect() as conn:
        servers = await mcp_servers.list_mcp_servers(conn, enabled_only=not in_full)
    return [mcp_server_json(server, redacted=not in_full) for server in servers]


async def get_mcp_server(ctx: Context, mcp_server: uuid.UUID) -> MCPServerConfig:
    """One server, as in the list."""
    in_full = _may_read(ctx)
    async with ctx.services.database.connect() as conn:
        server = await mcp_servers.find_mcp_server(conn, mcp_server)
    if server is None or not (server.enabled or in_full):
        raise NotFound
    return mcp_server_json(server, redacted=not in_full)


async def update_mcp_server(ctx: Context, mcp_server: uuid.UUID, body: UpdateMCPServerConfigRequest) -> MCPServerConfig:
    """Change the given fields; another `auth_type` clears what only the others used."""
    values = mcp_servers.given_values(body)
    check_names(values)
    check_urls(values)
    _require_administrator(ctx)
    check_revocation_url(values)
    check_headers(values)
    async with ctx.services.database.begin() as conn:
        server = await mcp_servers.find_mcp_server(conn, mcp_server, lock=True)
        if server is None:
            raise NotFound
        if values.get("auth_type", server.auth_type) != server.auth_type:
            values |= mcp_servers.of_other_auth_types(values["auth_type"])
        changed = await mcp_servers.update_mcp_server(
            conn, server.id, mcp_servers.encrypted(values, ctx.services.secrets)
        )
        check_whole(dataclasses.asdict(changed))  # what it refuses is rolled back
        await _record(ctx, conn, "update", server.id, values)
    ctx.services.tools.forget()
    return mcp_server_json(changed, redacted=False)


async def delete_mcp_server(ctx: Context, mcp_server: uuid.UUID) -> None:
    """Remove a server; chats keep its id and skip it."""
    _require_administrator(ctx)
    async with ctx.services.database.begin() as conn:
        if not await mcp_servers.delete_mcp_server(conn, mcp_server):
            raise NotFound
        await _record(ctx, conn, "delete", mcp_server, ())
    ctx.services.tools.forget()


async def _record(
    ctx: Context, conn: AsyncConnection, action: audit.Action, server_id: uuid.UUID, fields: Iterable[str]
) -> None:
    """Tell the audit log which fields were set; their values may be secret."""
    await audit.record(conn, ctx.user.user_id, action, "mcp_server", server_id, ctx, {"fields": sorted(fields)})


def _require_administrator(ctx: Context) -> None:
    ctx.services.authorizer.require(ctx.user, "deployment_config:update", Deployment(), Forbidden)


def _may_read(ctx: Context) -> bool:
    return ctx.services.authorizer.allowed(ctx.user, "deployment_config:read", Deployment())
