"""Message parts as they are stored, and what of them may be seen from outside.

A part is the contract's ChatMessagePart with the fields of its own kind only, plus internal keys that never leave.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict

from palaver.chat.approvals import is_asked, outcome

Part = dict[str, Any]
PendingCall = dict[str, Any]
"""An unanswered tool call as kept in `chats.pending_tool_calls`: `{tool_call_id, tool_name, args}`, with
`mcp_server_config_id` for a tool of an MCP server, and `approval` once the owner was asked about it (see
`palaver.chat.approvals`)."""

INTERNAL_KEYS = frozenset(
    {
        "provider_metadata",
        "context_file_content",
        "context_file_os",
        "context_file_directory",
        "skill_dir",
        "context_file_skill_meta_file",
    }
)
"""Keys of stored parts that clients never see."""


class TextPart(TypedDict):
    """Visible text."""

    type: Literal["text"]
    text: str
    provider_metadata: NotRequired[dict[str, Any]]


class ReasoningPart(TypedDict):
    """The model's thinking; times are RFC 3339."""

    type: Literal["reasoning"]
    text: str
    created_at: NotRequired[str]
    completed_at: NotRequired[str]
    provider_metadata: NotRequired[dict[str, Any]]


class ToolCallPart(TypedDict):
    """The model asks for a tool; `args` is the decoded input."""

    type: Literal["tool-call"]
    tool_call_id: str
    tool_name: str
    args: NotRequired[Any]
    mcp_server_config_id: NotRequired[str]
    provider_executed: NotRequired[bool]
    created_at: NotRequired[str]
    provider_metadata: NotRequired[dict[str, Any]]


class ToolResultPart(TypedDict):
    """The outcome of a tool call; `result` is any JSON value."""

    type: Literal["tool-result"]
    tool_call_id: str
    tool_name: str
    result: NotRequired[Any]
    is_error: NotRequired[bool]
    is_media: NotRequired[bool]
    mcp_server_config_id: NotRequired[str]
    approval: NotRequired[dict[str, Any]]
    provider_executed: NotRequired[bool]
    created_at: NotRequired[str]
    provider_metadata: NotRequired[dict[str, Any]]


class FilePart(TypedDict):
    """An attachment; `data` (base64) only where no file is stored."""

    type: Literal["file"]
    media_type: str
    file_id: NotRequired[str]
    name: NotRequired[str]
    data: NotRequired[str]


class FileReferencePart(TypedDict):
    """An excerpt of a source file."""

    type: Literal["file-reference"]
    file_name: str
    start_line: int
    end_line: int
    content: str


def text_of(content: Iterable[Mapping[str, Any]]) -> str:
    """The text parts joined without separator."""
    return "".join(part["text"] for part in content if part["type"] == "text")


def tool_calls(content: Iterable[Mapping[str, Any]]) -> list[PendingCall]:
    """The calls that somebody has to answer: tool-call parts that the provider did not run itself, once per id."""
    calls: dict[str, PendingCall] = {}
    for part in content:
        if part["type"] == "tool-call" and not part.get("provider_executed"):
            call_id = part["tool_call_id"]
            call: PendingCall = {"tool_call_id": call_id, "tool_name": part["tool_name"], "args": part.get("args")}
            if part.get("mcp_server_config_id"):
                call["mcp_server_config_id"] = part["mcp_server_config_id"]
            calls.setdefault(call_id, call)
    return list(calls.values())


def answered_ids(content: Iterable[Mapping[str, Any]]) -> set[str]:
    """Ids of the calls for which `content` holds a result."""
    return {part["tool_call_id"] for part in content if part["type"] == "tool-result"}


def pending_after(pending: Sequence[PendingCall], role: str, content: Sequence[Mapping[str, Any]]) -> list[PendingCall]:
    """The unanswered calls once a message follows a history that left `pending` open.

    Only the newest assistant message counts: each one replaces what was open before it.
    """
    calls = tool_calls(content) if role == "assistant" else pending
    answered = answered_ids(content) if calls else set()
    return [call for call in calls if call["tool_call_id"] not in answered]


def is_dynamic(call: Mapping[str, Any], names: Collection[str]) -> bool:
    """Whether `call` is one of the client's own tools, whose names are `names`: a tool of an MCP server wins over one
    of the same name."""
    return call["tool_name"] in names and "mcp_server_config_id" not in call


def required_calls(pending: Sequence[PendingCall], dynamic_names: Collection[str]) -> list[PendingCall]:
    """What a chat waits for whose status is requires_action: its owner's approval, and only then its client's tools."""
    return [call for call in pending if is_asked(call)] or [call for call in pending if is_dynamic(call, dynamic_names)]


def tool_result(call: Mapping[str, Any], result: Any, *, is_error: bool) -> Part:
    """The tool-result part that answers `call`; it says what was decided about the call, where somebody was asked."""
    part: Part = {
        "type": "tool-result",
        "tool_call_id": call["tool_call_id"],
        "tool_name": call["tool_name"],
        "result": result,
    }
    if call.get("mcp_server_config_id"):
        part["mcp_server_config_id"] = call["mcp_server_config_id"]
    if (decided := outcome(call)) is not None:
        part["approval"] = decided
    if is_error:
        part["is_error"] = True
    return part


def public_part(part: Part) -> Part | None:
    """A stored part as clients see it; None for a part that they never see."""
    if part["type"] == "hook-context":
        return None
    drop_data = "data" in part and bool(part.get("file_id"))
    if drop_data or not INTERNAL_KEYS.isdisjoint(part):
        return {
            key: value for key, value in part.items() if key not in INTERNAL_KEYS and not (drop_data and key == "data")
        }
    return part


def public_content(content: Iterable[Part]) -> list[Part]:
    """Stored parts as clients see them, in order."""
    return [seen for part in content if (seen := public_part(part)) is not None]
