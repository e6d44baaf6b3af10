"""What a running model call yields, and the tools it may be told of: the vocabulary shared with the worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(slots=True, frozen=True)
class ToolSpec:
    """A tool as declared to the model: its name there (at most 64 characters), text and JSON schema of the input."""

    name: str
    description: str = ""
    input_schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "object", "properties": {}})


@dataclass(slots=True)
class PartDelta:
    """One live piece, shaped as the `part` of the contract's ChatStreamMessagePart.

    `{"type": "text", "text"}`, `{"type": "reasoning", "text"}` or
    `{"type": "tool-call", "tool_call_id", "tool_name", "args_delta"}` (`args_delta` absent while there is none).
    """

    part: dict[str, Any]
    role: Literal["assistant"] = "assistant"


@dataclass(slots=True)
class StepDone:
    """The finished step: stored parts, usage and price.

    `parts` are message parts as stored: `text`, `reasoning` (created_at, completed_at) and `tool-call` (tool_call_id,
    tool_name, args, created_at), with the internal `provider_metadata` where the next request must send something
    back. `usage` is ChatMessageUsage without zero counts. `cost_micros` is None when no price is known.
    `finish_reason`: stop, length, tool_call, or error when the provider ended without one of these.
    """

    parts: list[dict[str, Any]]
    usage: dict[str, int]
    cost_micros: int | None
    finish_reason: str


StepEvent = PartDelta | StepDone
