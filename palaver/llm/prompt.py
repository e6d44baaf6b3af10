"""From a chat's history to the messages of one model request.

Source: contract, states.yaml `prompt_assembly`. The same history always gives the same bytes, so that providers can
cache what they have seen: nothing here depends on the time, on chance or on the order of a set.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    ModelResponse,
    ModelResponsePart,
    SystemPromptPart,
    TextPart,
    ThinkingPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from palaver.llm.attachments import file_ids, user_content
from palaver.llm.catalog import ModelChoice
from palaver.llm.files import FileLoader, StoredFile
from palaver.llm.tool_results import shown_result

UNANSWERED = "The tool call was not completed."
"""What a call without a result in the history is answered with: providers refuse an open call."""

_UNSAFE_ID = re.compile(r"[^a-zA-Z0-9_-]")


class HistoryMessage(Protocol):
    """What a prompt needs of a stored message."""

    @property
    def role(self) -> str: ...

    @property
    def visibility(self) -> str: ...

    @property
    def content(self) -> list[dict[str, Any]]: ...


async def build_prompt(
    history: Sequence[HistoryMessage],
    choice: ModelChoice,
    load_files: FileLoader,
    *,
    extra_system: Sequence[str] = (),
) -> list[ModelMessage]:
    """The history (behind the newest compaction boundary, oldest first) as pydantic-ai messages for this model.

    `extra_system` texts follow the stored system messages that open the history. Messages that only users may see
    are left out.
    """
    seen = [message for message in history if message.visibility != "user"]
    wanted: set[uuid.UUID] = set()
    for message in seen:
        if message.role == "user":
            wanted |= file_ids(message.content)
    files = await load_files(wanted) if wanted else {}
    prompt = _Prompt(choice, files)
    opening = _opening_length(seen)
    for message in seen[:opening]:
        prompt.add_system(message.content)
    for text in extra_system:
        prompt.request.append(SystemPromptPart(text))
    for message in seen[opening:]:
        prompt.add(message)
    return prompt.finish()


def safe_call_id(call_id: str) -> str:
    """A tool call id as providers accept it."""
    return _UNSAFE_ID.sub("_", call_id)


def _opening_length(history: Sequence[HistoryMessage]) -> int:
    return next((at for at, message in enumerate(history) if message.role != "system"), len(history))


@dataclass(slots=True)
class _Prompt:
    """The messages so far, the request being gathered and the calls of the last answer that still want results."""

    choice: ModelChoice
    files: Mapping[uuid.UUID, StoredFile]
    messages: list[ModelMessage] = field(default_factory=list)
    request: list[ModelRequestPart] = field(default_factory=list)
    open_calls: dict[str, str] = field(default_factory=dict)
    results: dict[str, ToolReturnPart] = field(default_factory=dict)

    def add(self, message: HistoryMessage) -> None:
        match message.role:
            case "system":
                self.add_system(message.content)
            case "user":
                self._answer_calls()
                if content := user_content(message.content, self.files, self.choice.provider_type):
                    only = content[0]
                    plain = only if len(content) == 1 and isinstance(only, str) else content
                    self.request.append(UserPromptPart(plain))
            case "assistant":
                self._add_assistant(message.content)
            case "tool":
                self._add_results(message.content)

    def add_system(self, content: Iterable[Mapping[str, Any]]) -> None:
        self._answer_calls()
        text = "\n\n".join(part["text"] for part in content if part["type"] == "text" and part.get("text"))
        if text:
            self.request.append(SystemPromptPart(text))

    def finish(self) -> list[ModelMessage]:
        self._answer_calls()
        self._end_request()
        return self.messages

    def _add_assistant(self, content: Iterable[Mapping[str, Any]]) -> None:
        parts = [shown for part in content if (shown := self._assistant_part(part)) is not None]
        if not parts:
            return
        self._answer_calls()
        self._end_request()
        self.messages.append(ModelResponse(parts))
        self.open_calls = {part.tool_call_id: part.tool_name for part in parts if isinstance(part, ToolCallPart)}
        # A result may stand in the very message that holds the call.
        self._add_results(content)

    def _assistant_part(self, part: Mapping[str, Any]) -> ModelResponsePart | None:
        metadata = self._own_metadata(part)
        match part["type"]:
            case "text":
                if not part.get("text"):
                    return None
                return TextPart(
                    part["text"],
                    id=metadata.get("id"),
                    provider_name=metadata.get("provider"),
                    provider_details=metadata.get("details"),
                )
            case "reasoning":
                return self._thinking(part, metadata)
            case "tool-call" if not part.get("provider_executed"):
                return ToolCallPart(
                    part["tool_name"],
                    part.get("args") if isinstance(part.get("args"), dict) else {},
                    safe_call_id(part["tool_call_id"]),
                    id=metadata.get("id"),
                    provider_name=metadata.get("provider"),
                    provider_details=metadata.get("details"),
                )
            case _:
                return None

    def _thinking(self, part: Mapping[str, Any], metadata: Mapping[str, Any]) -> ThinkingPart | None:
        """Reasoning goes back only to who made it, and only whole: elsewhere it would be read as an answer."""
        signature, item_id = metadata.get("signature"), metadata.get("id")
        if not (signature or item_id):
            return None
        options = (self.choice.call_config.get("provider_options") or {}).get("anthropic") or {}
        if self.choice.provider_type == "anthropic" and (not signature or options.get("send_reasoning") is False):
            return None
        return ThinkingPart(
            part.get("text") or "",
            id=item_id,
            signature=signature,
            provider_name=metadata.get("provider"),
            provider_details=metadata.get("details"),
        )

    def _own_metadata(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        metadata = part.get("provider_metadata") or {}
        return metadata if metadata.get("provider_id") == str(self.choice.provider_id) else {}

    def _add_results(self, content: Iterable[Mapping[str, Any]]) -> None:
        for part in content:
            if part["type"] != "tool-result":
                continue
            call_id = safe_call_id(part["tool_call_id"])
            # A result without a call, or a second one, would be refused by every provider.
            if call_id in self.open_calls and call_id not in self.results:
                self.results[call_id] = ToolReturnPart(
                    self.open_calls[call_id],
                    shown_result(part, self.choice.provider_type),
                    call_id,
                    outcome="failed" if part.get("is_error") else "success",
                )

    def _answer_calls(self) -> None:
        """Put the results of the last answer's calls into the request, in the order of the calls."""
        for call_id, tool_name in self.open_calls.items():
            result = self.results.get(call_id)
            self.request.append(result or ToolReturnPart(tool_name, UNANSWERED, call_id, outcome="failed"))
        self.open_calls = {}
        self.results = {}

    def _end_request(self) -> None:
        if self.request:
            self.messages.append(ModelRequest(self.request))
            self.request = []
