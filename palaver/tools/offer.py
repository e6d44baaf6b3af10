"""Which tools of a server the model is told of, and in which words."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.tools import ProblemKind, ToolServerProblem
from palaver.llm.events import ToolSpec
from palaver.tools.naming import offered_name
from palaver.tools.schemas import has_intent, input_schema, with_intent

if TYPE_CHECKING:
    from mcp_types import Tool

MAX_DESCRIPTION: Final = 8192
"""Characters of a tool's description that the model is told."""
MAX_INSTRUCTIONS: Final = 16_384
"""Characters of a server's instructions that the model is told."""


@dataclass(frozen=True, slots=True)
class OfferedTool:
    """A tool as the model is told of it (`spec`), and what it stands for."""

    spec: ToolSpec
    server: MCPServer
    tool: str
    """The server's own name of it."""
    repeatable: bool = False
    """Whether the server says that a second call with the same arguments changes nothing more."""
    adds_intent: bool = False
    """Whether `model_intent` is ours, and not for the server."""


@dataclass(frozen=True, slots=True)
class ServerProblem:
    """A server that the chat has selected and whose tools are left out; `message` is for the chat's owner."""

    server_id: uuid.UUID
    slug: str
    display_name: str
    kind: ProblemKind
    message: str

    @classmethod
    def of(cls, error: ToolServerProblem) -> Self:
        """The problem that the error tells of."""
        return cls(error.server_id, error.slug, error.display_name, error.kind, error.reason)


def offered_tools(server: MCPServer, tools: "Iterable[Tool]") -> list[OfferedTool]:
    """The tools that the server's lists let through, in the server's order."""
    return [_offered(server, tool) for tool in tools if is_let_through(server, tool.name)]


def is_let_through(server: MCPServer, tool: str) -> bool:
    """Whether the lists and approvals let the tool through: one that is denied never, others when no or these are
    allowed."""
    if tool in server.tool_deny_list or server.approval(tool) == "deny":
        return False
    return not server.tool_allow_list or tool in server.tool_allow_list


def _offered(server: MCPServer, tool: "Tool") -> OfferedTool:
    schema = input_schema(tool.input_schema)
    adds_intent = server.model_intent and not has_intent(schema)
    title = tool.title or (tool.annotations.title if tool.annotations else None) or ""
    spec = ToolSpec(
        offered_name(server.slug, tool.name),
        (tool.description or title)[:MAX_DESCRIPTION],
        with_intent(schema) if adds_intent else schema,
    )
    hints = tool.annotations
    repeatable = hints is not None and bool(hints.read_only_hint or hints.idempotent_hint)
    return OfferedTool(spec, server, tool.name, repeatable, adds_intent)
