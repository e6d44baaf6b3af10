"""MCP servers: their rows with encrypted secrets, and what makes a config usable."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from sqlalchemy import ColumnElement, delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import MCPServerConfig
from palaver.auth.secrets import SecretBox
from palaver.database import refusing
from palaver.errors.configuration import MCPServerExists, MCPServerSlugTaken

SECRETS = frozenset({"oauth2_client_secret", "api_key_value", "custom_headers"})
"""Columns that hold ciphertext, or null."""

TEXTS = (
    "display_name",
    "slug",
    "description",
    "icon_url",
    "transport",
    "url",
    "auth_type",
    "oauth2_client_id",
    "oauth2_auth_url",
    "oauth2_token_url",
    "oauth2_revocation_url",
    "oauth2_scopes",
    "api_key_header",
    "availability",
)
LISTS = ("tool_allow_list", "tool_deny_list")
SWITCHES = ("enabled", "model_intent", "allow_in_plan_mode", "forward_coder_headers")

_OF_AUTH_TYPE: Mapping[str, Mapping[str, Any]] = {
    "oauth2": {
        "oauth2_client_id": "",
        "oauth2_client_secret": None,
        "oauth2_auth_url": "",
        "oauth2_token_url": "",
        "oauth2_revocation_url": "",
        "oauth2_scopes": "",
    },
    "client_credentials": {
        "oauth2_client_id": "",
        "oauth2_client_secret": None,
        "oauth2_token_url": "",
        "oauth2_scopes": "",
    },
    "api_key": {"api_key_header": "", "api_key_value": None},
    "custom_headers": {"custom_headers": None},
}
"""Columns that each type of authentication uses, each with the value that it has when nothing is stored."""

_OAUTH2_MANUAL = ("oauth2_client_id", "oauth2_auth_url", "oauth2_token_url")
_OAUTH2_INCOMPLETE = (
    "OAuth2 auth type requires either all of oauth2_client_id, oauth2_auth_url, and oauth2_token_url "
    "(manual configuration), or none of them (automatic discovery via RFC 7591)."
)

_CLIENT_CREDENTIALS = ("oauth2_client_id", "oauth2_client_secret", "oauth2_token_url")
_CLIENT_CREDENTIALS_INCOMPLETE = (
    "Client credentials auth type requires oauth2_client_id, oauth2_client_secret, and oauth2_token_url."
)


Approval = Literal["auto", "ask", "deny"]
"""What a call of a tool needs: nothing, its owner's approval, or it is refused."""


@dataclass(frozen=True, slots=True)
class MCPServer:
    """An MCP server; its secrets are ciphertext, None where nothing is stored."""

    id: uuid.UUID
    display_name: str
    slug: str
    description: str
    icon_url: str
    transport: str
    url: str
    auth_type: str
    oauth2_client_id: str
    oauth2_client_secret: bytes | None
    oauth2_auth_url: str
    oauth2_token_url: str
    oauth2_revocation_url: str
    oauth2_scopes: str
    api_key_header: str
    api_key_value: bytes | None
    custom_headers: bytes | None
    tool_allow_list: list[str]
    tool_deny_list: list[str]
    tool_approvals: dict[str, Any] | None
    """`{default, tools: {name: mode}}` with the modes of Approval, None for all `auto`; read it by `approval`."""
    availability: str
    enabled: bool
    model_intent: bool
    allow_in_plan_mode: bool
    forward_coder_headers: bool
    created_at: dt.datetime
    updated_at: dt.datetime

    def approval(self, tool: str) -> Approval:
        """What a call of the tool with this name, the server's own, needs."""
        if self.tool_approvals is None:
            return "auto"
        mode: Approval = self.tool_approvals["tools"].get(tool, self.tool_approvals["default"])
        return mode


async def list_mcp_servers(conn: AsyncConnection, *, enabled_only: bool) -> list[MCPServer]:
    """The servers by label."""
    return await _load(conn, MCPServerConfig.enabled.is_(True) if enabled_only else true())


async def find_mcp_server(conn: AsyncConnection, server_id: uuid.UUID, *, lock: bool = False) -> MCPServer | None:
    """The server with this id; with `lock` it stays so until the end of the transaction."""
    found = await _load(conn, MCPServerConfig.id == server_id, lock=lock)
    return found[0] if found else None


async def require_free_slug(conn: AsyncConnection, slug: str) -> None:
    """Raise MCPServerExists for a taken slug, before much is done for a server that is not stored in the end."""
    if (await conn.execute(select(MCPServerConfig.id).where(MCPServerConfig.slug == slug))).first() is not None:
        raise MCPServerExists


async def create_mcp_server(conn: AsyncConnection, values: Mapping[str, Any]) -> MCPServer:
    """Store a server, `values` by column. Raises MCPServerExists for a taken slug."""
    with refusing(uq_mcp_server_configs_slug=MCPServerExists()):
        rows = await conn.execute(
            insert(MCPServerConfig)
            .values(**{"id": uuid.uuid4(), "tool_allow_list": [], "tool_deny_list": [], **values})
            .returning(*_COLUMNS)
        )
    return MCPServer(*rows.one())


async def update_mcp_server(conn: AsyncConnection, server_id: uuid.UUID, values: Mapping[str, Any]) -> MCPServer:
    """Change columns of a server; the caller holds its row. Raises MCPServerSlugTaken."""
    with refusing(uq_mcp_server_configs_slug=MCPServerSlugTaken()):
        rows = await conn.execute(
            update(MCPServerConfig)
            .where(MCPServerConfig.id == server_id)
            .values(**values, updated_at=func.now())
            .returning(*_COLUMNS)
        )
    return MCPServer(*rows.one())


async def delete_mcp_server(conn: AsyncConnection, server_id: uuid.UUID) -> bool:
    """Remove a server; False when there was none."""
    deleted = await conn.execute(
        delete(MCPServerConfig).where(MCPServerConfig.id == server_id).returning(MCPServerConfig.id)
    )
    return deleted.first() is not None


def given_values(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a request sets, by column, texts trimmed, secrets still in clear; null and unknown keys are left out.

    Lists of tools lose blanks and repetitions.
    """
    values: dict[str, Any] = {}
    for name in TEXTS:
        if (text := body.get(name)) is not None:
            values[name] = text.strip()
    for name in ("oauth2_client_secret", "api_key_value"):
        if (secret := body.get(name)) is not None:
            values[name] = secret.strip()
    if (headers := body.get("custom_headers")) is not None:
        values["custom_headers"] = {name: value.strip() for name, value in headers.items()}
    for name in LISTS:
        if (tools := body.get(name)) is not None:
            values[name] = list(dict.fromkeys(tool.strip() for tool in tools if tool.strip()))
    if (approvals := body.get("tool_approvals")) is not None:
        values["tool_approvals"] = _approvals(approvals)
    values.update({name: body[name] for name in SWITCHES if body.get(name) is not None})
    return values


def _approvals(given: Mapping[str, Any]) -> dict[str, Any]:
    tools = {name.strip(): mode for name, mode in (given.get("tools") or {}).items() if name.strip()}
    return {"default": given.get("default") or "auto", "tools": tools}


def of_other_auth_types(auth_type: str) -> dict[str, Any]:
    """Empty values for all columns that only other types of authentication use."""
    own = _OF_AUTH_TYPE.get(auth_type, {})
    return {name: empty for columns in _OF_AUTH_TYPE.values() for name, empty in columns.items() if name not in own}


def wants_discovery(values: Mapping[str, Any]) -> bool:
    """Whether a new config leaves it to its server to name the authorization server."""
    return values["auth_type"] == "oauth2" and not any(values.get(name) for name in _OAUTH2_MANUAL)


def missing_for(values: Mapping[str, Any]) -> str | None:
    """What a config lacks for its `auth_type`, as the wire's sentence; None when it is complete."""
    match values["auth_type"]:
        case "oauth2" if len({bool(values.get(name)) for name in _OAUTH2_MANUAL}) > 1:
            return _OAUTH2_INCOMPLETE
        case "client_credentials" if not all(values.get(name) for name in _CLIENT_CREDENTIALS):
            return _CLIENT_CREDENTIALS_INCOMPLETE
        case "api_key" if not (values.get("api_key_header") and values.get("api_key_value")):
            return "API key auth type requires api_key_header and api_key_value."
        case "custom_headers" if not values.get("custom_headers"):
            return "Custom headers auth type requires at least one custom header."
    return None


def encrypted(values: Mapping[str, Any], secrets: SecretBox) -> dict[str, Any]:
    """The values with their secrets as stored: ciphertext, or None for an empty one."""
    stored = dict(values)
    for name in SECRETS & stored.keys():
        secret = stored[name]
        if isinstance(secret, dict) and secret:
            secret = orjson.dumps(secret).decode()
        stored[name] = secrets.encrypt(secret) if secret else None
    return stored


_COLUMNS = [MCPServerConfig.__table__.c[name] for name in MCPServer.__slots__]


async def _load(conn: AsyncConnection, which: ColumnElement[bool], *, lock: bool = False) -> list[MCPServer]:
    statement = select(*_COLUMNS).where(which).order_by(func.lower(MCPServerConfig.display_name), MCPServerConfig.id)
    rows = await conn.execute(statement.with_for_update() if lock else statement)
    return [MCPServer(*row) for row in rows]
