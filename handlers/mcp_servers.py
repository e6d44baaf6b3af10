"""MCP servers that chats may call: administer them, list them for everybody, connect users to them by OAuth2."""

import dataclasses
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.policy import ApiKeyResource, Deployment
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
from palaver.contract.replies import RawReply, Redirect, Reply
from palaver.contract.types import (
    CreateMCPServerConfigRequest,
    MCPServerConfig,
    MCPServerOAuth2DisconnectResponse,
    UpdateMCPServerConfigRequest,
)
from palaver.errors import Forbidden, NotFound
from palaver.errors.mcp_oauth import (
    AuthorizationCodeMissing,
    AuthorizationRefused,
    MCPServerNotEnabled,
    MCPServerWithoutOAuth2,
)
from palaver.tools.oauth import tokens
from palaver.tools.oauth.discovery import Discovered
from palaver.wire.configuration import mcp_server_json
from palaver.wire.connected_page import HTML, PAGE_HEADERS, connected_page


async def create_mcp_server(ctx: Context, body: CreateMCPServerConfigRequest) -> Reply:
    """Add an MCP server; its secrets are stored encrypted."""
    values = mcp_servers.given_values(body)
    check_names(values)
    check_urls(values)
    _require_administrator(ctx)
    check_revocation_url(values)
    check_authentication(values)
    check_headers(values)
    server_id = uuid.uuid4()
    discovered = await _discover(ctx, server_id, values) if mcp_servers.wants_discovery(values) else None
    if discovered is not None:
        values |= discovered.columns()
    async with ctx.services.database.begin() as conn:
        stored = {"id": server_id, **mcp_servers.encrypted(values, ctx.services.secrets)}
        server = await mcp_servers.create_mcp_server(conn, stored)
        if discovered is not None:
            await tokens.save_registration(conn, server_id, discovered.registration)
        await _record(ctx, conn, "create", server.id, values)
    ctx.services.tools.forget()
    location = {"Location": f"/api/experimental/mcp/servers/{server.id}"}
    return Reply(mcp_server_json(server, redacted=False, connected=False), headers=location)


async def list_mcp_servers(ctx: Context) -> list[MCPServerConfig]:
    """The servers by label: for administrators all and in full, for others the enabled ones without addresses."""
    in_full = _may_read(ctx)
    async with ctx.services.database.connect() as conn:
        servers = await mcp_servers.list_mcp_servers(conn, enabled_only=not in_full)
        connected = await tokens.usable_servers(conn, ctx.user.user_id, servers)
    return [mcp_server_json(server, redacted=not in_full, connected=server.id in connected) for server in servers]


async def get_mcp_server(ctx: Context, mcp_server: uuid.UUID) -> MCPServerConfig:
    """One server, as in the list."""
    in_full = _may_read(ctx)
    async with ctx.services.database.connect() as conn:
        server = await mcp_servers.find_mcp_server(conn, mcp_server)
        if server is None or not (server.enabled or in_full):
            raise NotFound
        connected = await tokens.usable_servers(conn, ctx.user.user_id, [server])
    return mcp_server_json(server, redacted=not in_full, connected=bool(connected))


async def update_mcp_server(ctx: Context, mcp_server: uuid.UUID, body: UpdateMCPServerConfigRequest) -> MCPServerConfig:
    """Change the given fields; another `auth_type` clears what only the others used.

    Whoever was connected has to connect anew when the server, or where its users sign in, is another one now.
    """
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
        if tokens.rebinds(server, changed):
            await tokens.forget_server(conn, server.id)
        connected = await tokens.usable_servers(conn, ctx.user.user_id, [changed])
        await _record(ctx, conn, "update", server.id, values)
    ctx.services.tools.forget()
    return mcp_server_json(changed, redacted=False, connected=bool(connected))


async def delete_mcp_server(ctx: Context, mcp_server: uuid.UUID) -> None:
    """Remove a server with its users' tokens; chats keep its id and skip it."""
    _require_administrator(ctx)
    async with ctx.services.database.begin() as conn:
        if not await mcp_servers.delete_mcp_server(conn, mcp_server):
            raise NotFound
        await _record(ctx, conn, "delete", mcp_server, ())
    ctx.services.tools.forget()


async def connect_mcp_server_oauth2(ctx: Context, mcp_server: uuid.UUID) -> Redirect:
    """Send the caller's browser to the server's authorization server."""
    _require_own_keys(ctx)
    server = await _oauth2_server(ctx, mcp_server)
    departure = await ctx.services.mcp_connections.begin(server, ctx.user, _base_url(ctx))
    return Redirect(departure.location, departure.cookies)


async def callback_mcp_server_oauth2(
    ctx: Context,
    mcp_server: uuid.UUID,
    *,
    code: str = "",
    state: str = "",
    error: str = "",
    error_description: str = "",
) -> RawReply:
    """Take the caller's browser back: store its tokens, and let the page that opened it know."""
    _require_own_keys(ctx)
    server = await _oauth2_server(ctx, mcp_server)
    if error:
        raise AuthorizationRefused(" ".join((error_description or error).split())[:300])
    if not code:
        raise AuthorizationCodeMissing
    cookies = await ctx.services.mcp_connections.finish(ctx, server, state, code)
    return RawReply(connected_page(server), HTML, headers=PAGE_HEADERS, cookies=cookies)


async def disconnect_mcp_server_oauth2(ctx: Context, mcp_server: uuid.UUID) -> MCPServerOAuth2DisconnectResponse:
    """Erase the caller's token and have it revoked."""
    _require_own_keys(ctx)
    ended = await ctx.services.mcp_connections.end(ctx, mcp_server)
    answer: MCPServerOAuth2DisconnectResponse = {"token_revoked": ended.revoked}
    if ended.error:
        answer["token_revocation_error"] = ended.error
    return answer


async def _oauth2_server(ctx: Context, server_id: uuid.UUID) -> mcp_servers.MCPServer:
    """The server, if users connect to it by OAuth2; the lines stand in the order of the contract's checks."""
    async with ctx.services.database.connect() as conn:
        server = await mcp_servers.find_mcp_server(conn, server_id)
    if server is None:
        raise NotFound
    if not server.enabled:
        raise MCPServerNotEnabled
    if server.auth_type != "oauth2":
        raise MCPServerWithoutOAuth2
    return server


async def _discover(ctx: Context, server_id: uuid.UUID, values: dict[str, Any]) -> Discovered:
    """A client for a new server; nothing is asked of it when it could not be stored anyway."""
    async with ctx.services.database.connect() as conn:
        await mcp_servers.require_free_slug(conn, values["slug"])
    scopes = values.get("oauth2_scopes", "")
    return await ctx.services.mcp_connections.discover(server_id, values["url"], scopes, _base_url(ctx))


def _base_url(ctx: Context) -> str:
    return ctx.services.authenticator.base_url(ctx.headers.get("host", ""))


def _require_own_keys(ctx: Context) -> None:
    """Everybody may connect and disconnect, but not with a token of narrower scopes."""
    ctx.services.authorizer.require(ctx.user, "api_key:update", ApiKeyResource(ctx.user.user_id), Forbidden)


async def _record(
    ctx: Context, conn: AsyncConnection, action: audit.Action, server_id: uuid.UUID, fields: Iterable[str]
) -> None:
    """Tell the audit log which fields were set; their values may be secret."""
    await audit.record(conn, ctx.user.user_id, action, "mcp_server", server_id, ctx, {"fields": sorted(fields)})


def _require_administrator(ctx: Context) -> None:
    ctx.services.authorizer.require(ctx.user, "deployment_config:update", Deployment(), Forbidden)


def _may_read(ctx: Context) -> bool:
    return ctx.services.authorizer.allowed(ctx.user, "deployment_config:read", Deployment())
