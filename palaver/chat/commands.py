"""What users ask of a chat, and what became of it: arguments and results of `palaver.chat.transitions`."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from palaver.chat.records import ChatRecord, MessageRecord, QueuedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateChat:
    """A new chat and its first message, as stored parts; `root_chat_id` is its own id unless it has a parent.

    `system_prompts` precede the message, in this order, and are for the model only.
    """

    id: uuid.UUID
    organization_id: uuid.UUID
    owner_id: uuid.UUID
    title: str
    content: list[dict[str, Any]]
    model_config_id: uuid.UUID
    reasoning_effort: str = ""
    system_prompts: Sequence[str] = ()
    parent_chat_id: uuid.UUID | None = None
    root_chat_id: uuid.UUID | None = None
    plan_mode: str = ""
    client_type: str = "api"
    labels: Mapping[str, str] = field(default_factory=dict)
    mcp_server_ids: Sequence[uuid.UUID] = ()
    dynamic_tools: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkChat:
    """A new chat that begins with the history of `source`, up to a message (None: the newest) that clients may see.

    `system_prompts` stand in the place of the source's where they are given; None copies the source's.
    """

    id: uuid.UUID
    owner_id: uuid.UUID
    source: ChatRecord
    message_id: int | None
    title: str
    labels: Mapping[str, str] = field(default_factory=dict)
    dynamic_tools: Sequence[Mapping[str, Any]] = ()
    system_prompts: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """A user's message as stored parts; `model_config_id` and `reasoning_effort` are those it asks for."""

    content: list[dict[str, Any]]
    created_by: uuid.UUID
    model_config_id: uuid.UUID | None = None
    reasoning_effort: str = ""
    busy_behavior: Literal["queue", "interrupt", "reject"] = "queue"


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """What became of a sent message: `message` when it joined the history, `queued_message` when it waits.

    `inserted` are all messages that joined the history, in order: cancel results, then the user message.
    """

    queued: bool
    message: MessageRecord | None
    inserted: list[MessageRecord]
    queued_message: QueuedRecord | None


def _keep(model_config_id: uuid.UUID | None) -> uuid.UUID | None:
    return model_config_id


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMessage:
    """A replacement for a user message; None keeps the original's model or effort.

    `choose_model` turns the original's model into the one that is kept, or raises why none is.
    """

    message_id: int
    content: list[dict[str, Any]]
    created_by: uuid.UUID
    model_config_id: uuid.UUID | None = None
    choose_model: Callable[[uuid.UUID | None], uuid.UUID | None] = _keep
    reasoning_effort: str | None = None


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """The replacement, all messages inserted (cancel results first), and the removed ones that clients saw."""

    message: MessageRecord
    inserted: list[MessageRecord]
    deleted_message_ids: list[int]


@dataclass(frozen=True, slots=True)
class ToolResult:
    """A client's answer to one call of its tools; `output` is any JSON value."""

    tool_call_id: str
    output: Any
    is_error: bool = False
