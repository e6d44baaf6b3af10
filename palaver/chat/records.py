"""The values that the state machine reads, takes and returns: rows of its tables as plain records."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from palaver.chat.approvals import is_asked
from palaver.chat.notices import ChatNotice
from palaver.chat.parts import is_dynamic, required_calls
from palaver.chat.states import State, classify

NOT_YET = dt.datetime.min.replace(tzinfo=dt.UTC)
"""Stands in for a time of the database until the row is written."""


@dataclass(slots=True)
class ChatRecord:
    """A row of `chats`, its columns in the table's order, and what is read along with it."""

    id: uuid.UUID
    organization_id: uuid.UUID
    owner_id: uuid.UUID
    parent_chat_id: uuid.UUID | None
    root_chat_id: uuid.UUID
    title: str
    plan_mode: str
    client_type: str
    labels: dict[str, str]
    mcp_server_ids: list[uuid.UUID]
    dynamic_tools: list[dict[str, Any]]
    user_acl: dict[str, str]
    """User id -> role. `history.load_chat` and lists give the root's entries, the only ones that count."""
    group_acl: dict[str, str]
    pin_order: int
    last_read_message_id: int | None
    last_turn_summary: str | None
    summary: str | None
    forked_from_chat_id: uuid.UUID | None
    forked_from_message_id: int | None
    created_at: dt.datetime
    updated_at: dt.datetime
    status: str
    archived: bool
    snapshot_version: int
    history_version: int
    queue_version: int
    retry_state_version: int
    generation_attempt: int
    retry_state: dict[str, Any] | None
    last_error: dict[str, Any] | None
    last_model_config_id: uuid.UUID
    last_reasoning_effort: str
    pending_tool_calls: list[dict[str, Any]]
    worker_id: uuid.UUID | None
    runner_id: uuid.UUID | None
    requires_action_deadline_at: dt.datetime | None
    compaction_requested_at: dt.datetime | None
    mcp_sign_ins: dict[str, Any] | None
    queue_length: int
    """Entries of the queue that wait for their turn; those that are held are not among them."""
    held_length: int
    """Entries that are held: no part of the execution state."""
    owner_username: str = ""
    """Read by `history` only; empty on a record that the machine locked."""
    owner_name: str = ""

    @property
    def state(self) -> State:
        """The execution state that the columns mean."""
        return classify(self.status, self.queue_length > 0, self.archived)

    @property
    def wanted_sign_ins(self) -> list[dict[str, Any]]:
        """The MCP servers that the newest turn went without because the owner has to sign in there."""
        return self.mcp_sign_ins["servers"] if self.mcp_sign_ins else []

    @property
    def dynamic_tool_names(self) -> frozenset[str]:
        """Names of the client-side tools that the chat declares."""
        return frozenset(tool["name"] for tool in self.dynamic_tools)

    def pending_dynamic_calls(self) -> list[dict[str, Any]]:
        """Unanswered calls of client-side tools, in the order of the message: `[{tool_call_id, tool_name, args}]`."""
        names = self.dynamic_tool_names
        return [call for call in self.pending_tool_calls if is_dynamic(call, names)]

    def pending_local_calls(self) -> list[dict[str, Any]]:
        """Unanswered calls of tools that the server runs, in the order of the message."""
        names = self.dynamic_tool_names
        return [call for call in self.pending_tool_calls if not is_dynamic(call, names)]

    def pending_approvals(self) -> list[dict[str, Any]]:
        """Unanswered calls that the owner was asked about and has not decided, in the order of the message."""
        return [call for call in self.pending_tool_calls if is_asked(call)]

    def awaited_calls(self) -> list[dict[str, Any]]:
        """Unanswered calls of client-side tools, and those that the owner was asked about and has not decided."""
        names = self.dynamic_tool_names
        return [call for call in self.pending_tool_calls if is_dynamic(call, names) or is_asked(call)]

    def required_calls(self) -> list[dict[str, Any]]:
        """The calls that the chat waits for, of those in `awaited_calls`; only in status requires_action."""
        return required_calls(self.pending_tool_calls, self.dynamic_tool_names) if self._waits else []

    @property
    def is_parked(self) -> bool:
        """Whether the chat waits for its owner to decide: for long, so no worker holds it until the deadline."""
        return self._waits and any(map(is_asked, self.pending_tool_calls))

    @property
    def _waits(self) -> bool:
        return self.status == "requires_action"

    def notice(self) -> ChatNotice:
        """The row as a notice."""
        return ChatNotice(
            self.id,
            self.snapshot_version,
            self.worker_id,
            self.runner_id,
            self.history_version,
            self.queue_version,
            self.retry_state_version,
            self.generation_attempt,
            self.status,
            self.archived,
        )


@dataclass(slots=True)
class MessageRecord:
    """A row of `chat_messages`, in the table's order."""

    chat_id: uuid.UUID
    id: int
    """0 until the row is written: see `ChatTx.flush`."""
    role: str
    visibility: str
    content: list[dict[str, Any]]
    created_by: uuid.UUID | None
    model_config_id: uuid.UUID | None
    reasoning_effort: str
    revision: int
    deleted: bool
    compressed: bool
    usage: dict[str, Any] | None
    cost_micros: int | None
    runtime_ms: int | None
    created_at: dt.datetime

    @property
    def visible(self) -> bool:
        """Whether clients may see it."""
        return not self.deleted and self.visibility != "model"


@dataclass(slots=True)
class QueuedRecord:
    """A row of `chat_queued_messages`, in the table's order."""

    chat_id: uuid.UUID
    id: int
    position: int
    content: list[dict[str, Any]]
    created_by: uuid.UUID | None
    model_config_id: uuid.UUID | None
    reasoning_effort: str
    created_at: dt.datetime
    version: int
    held: bool


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to insert; `content` are stored parts (see `palaver.chat.parts`)."""

    role: str
    content: list[dict[str, Any]]
    visibility: str = "both"
    created_by: uuid.UUID | None = None
    model_config_id: uuid.UUID | None = None
    reasoning_effort: str = ""
    usage: dict[str, Any] | None = None
    cost_micros: int | None = None
    runtime_ms: int | None = None
    compressed: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """What a runner last knew of its chat; a bundle with a fence is refused (StaleRunner) once the chat went on.

    None for `status`, `history_version` or `generation_attempt` leaves that column unchecked.
    """

    worker_id: uuid.UUID
    runner_id: uuid.UUID
    status: str | None = None
    history_version: int | None = None
    generation_attempt: int | None = None

    def holds(self, chat: ChatRecord) -> bool:
        """Whether the chat still is what the runner knew."""
        return (
            chat.worker_id == self.worker_id
            and chat.runner_id == self.runner_id
            and self.status in (None, chat.status)
            and self.history_version in (None, chat.history_version)
            and self.generation_attempt in (None, chat.generation_attempt)
        )
