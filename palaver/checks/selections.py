"""What a send or a new chat selects: MCP servers, the model, client-side tools."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import MCPServerConfig
from palaver.errors import BadRequest
from palaver.errors.checks import (
    InvalidMCPServers,
    ModelConfigRefused,
    NilModelConfig,
    NoDefaultModel,
    WorkspaceUnavailable,
)
from palaver.llm.catalog import ModelChoice, Models

NIL_UUID = uuid.UUID(int=0)

_REFUSALS = {
    "unsupported": "model config not found or disabled",
    "model_disabled": "model config not found or disabled",
    "provider_disabled": "provider is not enabled for this model",
    "missing_api_key": "provider credentials unavailable for this model",
    "user_api_key_required": "provider credentials unavailable for this model",
}


async def check_mcp_servers(conn: AsyncConnection, ids: Sequence[str] | None) -> list[uuid.UUID] | None:
    """The selected MCP servers; None when the request leaves the chat's selection as it is.

    Raises InvalidMCPServers with the unknown ids in request order; a repeated id is refused as well.
    """
    if not ids:
        return None if ids is None else []
    wanted = [uuid.UUID(raw) for raw in ids]
    rows = await conn.execute(select(MCPServerConfig.id).where(MCPServerConfig.id.in_(wanted)))
    known = set(rows.scalars())
    if len(known) != len(wanted):
        raise InvalidMCPServers([str(server) for server in wanted if server not in known])
    return wanted


def requested_model(models: Models, requested: str | None) -> ModelChoice | None:
    """The model that a request names; None when it names none. Raises ModelConfigRefused when it cannot be served."""
    if requested is None or (wanted := uuid.UUID(requested)) == NIL_UUID:
        return None
    return _usable(models.get(wanted))


def refuse_nil_model(requested: str | None) -> None:
    """Raise NilModelConfig for the nil UUID, which other operations take for absent."""
    if requested is not None and uuid.UUID(requested) == NIL_UUID:
        raise NilModelConfig


def choose_model(models: Models, requested: str | None, last: uuid.UUID | None = None) -> ModelChoice:
    """The model of the next turn: the requested one, else the chat's last when still usable, else the default.

    Raises ModelConfigRefused for a request that cannot be served, NoDefaultModel when nothing is left.
    """
    if (wanted := requested_model(models, requested)) is not None:
        return wanted
    if last is not None and (choice := models.get(last)) is not None and choice.unusable_reason is None:
        return choice
    default = models.default()
    if default is None or default.unusable_reason is not None:
        raise NoDefaultModel(disabled=default is not None)
    return default


def check_dynamic_tools(tools: Sequence[Any] | None) -> list[dict[str, Any]]:
    """The declared client-side tools as stored. Raises BadRequest for a name that is empty or given twice."""
    declared: dict[str, dict[str, Any]] = {}
    for tool in tools or ():
        name = tool["name"]
        if not name:
            raise BadRequest(message="Dynamic tool name must not be empty.")
        if name in declared:
            raise BadRequest(message="Duplicate dynamic tool name.", detail=f'Tool "{name}" appears more than once.')
        declared[name] = {
            "name": name,
            "description": tool.get("description") or "",
            "input_schema": tool.get("input_schema"),
        }
    return list(declared.values())


def check_workspace(workspace_id: str | None) -> None:
    """Raise WorkspaceUnavailable for any workspace: Palaver has none."""
    if workspace_id is not None and uuid.UUID(workspace_id) != NIL_UUID:
        raise WorkspaceUnavailable


def _usable(choice: ModelChoice | None) -> ModelChoice:
    if choice is None:
        raise ModelConfigRefused(_REFUSALS["model_disabled"])
    if choice.unusable_reason is not None:
        raise ModelConfigRefused(_REFUSALS[choice.unusable_reason])
    return choice
