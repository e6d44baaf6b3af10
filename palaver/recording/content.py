"""What is kept of a model's request and answer: as JSON text, cut to a bounded size, without keys.

Nothing of the HTTP exchange is kept, so no header is; the key of the call is taken out wherever it stands. Bytes of
attachments, signatures and other things that only the provider can read are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from palaver.json_text import dump_json
from palaver.llm.catalog import ModelChoice
from palaver.llm.events import StepDone, ToolSpec

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage

MAX_TEXT: Final = 8192
"""Characters of one text of a message."""
MAX_VALUE: Final = 8192
"""Bytes of the JSON of one tool's schema, or of one call's arguments."""
MAX_OPENING: Final = 32_768
"""Bytes of the system messages that a request begins with."""
MAX_MESSAGES: Final = 131_072
"""Bytes of all other messages of a request; the newest are kept."""
MAX_TOOLS: Final = 32_768
"""Bytes of all tools of a request; the first are kept."""
MAX_ANSWER: Final = 65_536
"""Bytes of an answer's parts; the first are kept."""
HIDDEN: Final = "…"
LEFT_OUT: Final = b'{"omitted":true}'
"""Stands for a request or an answer for which there was no room."""

_SECRET_NAMES: Final = ("authorization", "api_key", "apikey", "api-key", "password", "secret", "cookie", "credential")


class Redactor:
    """Takes secrets out of texts."""

    def __init__(self, *secrets: str | None) -> None:
        self._secrets = [secret for secret in secrets if secret]
        self._in_json = [orjson.dumps(secret)[1:-1] for secret in self._secrets]

    def text(self, text: str) -> str:
        """The text without secrets, cut to `MAX_TEXT` characters."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        if len(text) > MAX_TEXT:
            return f"{text[:MAX_TEXT]}{HIDDEN} [{len(text) - MAX_TEXT} more characters]"
        return text

    def value(self, value: Any) -> Any:
        """A JSON value without secrets; the beginning of its text where it is too large or cannot be written."""
        try:
            data = dump_json(value)
        except (orjson.JSONEncodeError, RecursionError):
            return self.text(repr(type(value)))
        for secret in self._in_json:
            data = data.replace(secret, HIDDEN.encode())
        if len(data) > MAX_VALUE:
            return f"{data[:MAX_VALUE].decode(errors='ignore')}{HIDDEN} [{len(data) - MAX_VALUE} more bytes]"
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            # A secret like `1` has taken the JSON with it.
            return data.decode(errors="replace")


def request_json(
    choice: ModelChoice,
    messages: "Sequence[ModelMessage]",
    tools: Sequence[ToolSpec],
    effort: str,
    redactor: Redactor,
) -> bytes:
    """The request: model, options, tools, and its messages as `{role, content: [part]}`, oldest first."""
    said = list(_said(messages))
    opening = 1 if said and said[0][0] == "system" else 0
    first = _fitting((_message(message, redactor) for message in said[:opening]), MAX_OPENING)
    newest = _fitting((_message(message, redactor) for message in reversed(said[opening:])), MAX_MESSAGES)
    kept = [*first, *reversed(newest)]
    told = _fitting((_tool(tool, redactor) for tool in tools), MAX_TOOLS)
    request: dict[str, Any] = {
        "provider": choice.provider_type,
        "model": choice.model,
        "options": redactor.value(_options(choice.call_config)),
        "messages": [orjson.Fragment(message) for message in kept],
        "tools": [orjson.Fragment(tool) for tool in told],
    }
    if effort:
        request["reasoning_effort"] = effort
    if len(said) > len(kept):
        request["omitted_messages"] = len(said) - len(kept)
    if len(tools) > len(told):
        request["omitted_tools"] = len(tools) - len(told)
    return dump_json(request)


def answer_json(done: StepDone, redactor: Redactor) -> bytes:
    """The answer: its parts, and why it ended."""
    parts = _fitting((dump_json(_answered(part, redactor)) for part in done.parts), MAX_ANSWER)
    answer: dict[str, Any] = {
        "content": [orjson.Fragment(part) for part in parts],
        "finish_reason": done.finish_reason,
    }
    if len(done.parts) > len(parts):
        answer["omitted_parts"] = len(done.parts) - len(parts)
    return dump_json(answer)


def _fitting(items: Iterable[bytes], limit: int) -> list[bytes]:
    """The first of the items, as many as fit; not one more is made than that takes to know."""
    kept: list[bytes] = []
    size = 0
    for item in items:
        size += len(item)
        if size > limit:
            break
        kept.append(item)
    return kept


def _said(messages: "Iterable[ModelMessage]") -> "Iterator[tuple[str, list[Any]]]":
    """(role, parts) of each message; a request holds what system, user and tools said one after the other."""
    for message in messages:
        if message.kind == "response":
            yield "assistant", list(message.parts)
            continue
        groups: list[tuple[str, list[Any]]] = []
        for part in message.parts:
            role = _ROLES.get(part.part_kind, "user")
            if not groups or groups[-1][0] != role:
                groups.append((role, []))
            groups[-1][1].append(part)
        yield from groups


_ROLES: Final = {"system-prompt": "system", "tool-return": "tool"}


def _message(said: tuple[str, list[Any]], redactor: Redactor) -> bytes:
    role, parts = said
    content = [shown for part in parts for shown in _shown(part, redactor)]
    return dump_json({"role": role, "content": content})


def _shown(part: Any, redactor: Redactor) -> Iterator[dict[str, Any]]:
    match part.part_kind:
        case "system-prompt" | "text":
            yield {"type": "text", "text": redactor.text(part.content)}
        case "thinking":
            yield {"type": "reasoning", "text": redactor.text(part.content)}
        case "user-prompt":
            for item in (part.content,) if isinstance(part.content, str) else part.content:
                yield _user_item(item, redactor)
        case "tool-call":
            call = _named(part.tool_call_id, part.tool_name, redactor)
            yield {"type": "tool-call", **call, "args": redactor.value(part.args)}
        case "tool-return":
            call = _named(part.tool_call_id, part.tool_name, redactor)
            items = part.content if isinstance(part.content, list) else [part.content]
            said = [_user_item(item, redactor) for item in items]
            result = "\n".join(item["text"] for item in said if item["type"] == "text")
            yield {"type": "tool-result", **call, "result": result}
            yield from (item for item in said if item["type"] == "file")
        case other:
            yield {"type": other}


def _user_item(item: Any, redactor: Redactor) -> dict[str, Any]:
    if isinstance(item, str):
        return {"type": "text", "text": redactor.text(item)}
    shown: dict[str, Any] = {"type": "file", "media_type": getattr(item, "media_type", "")}
    if isinstance(data := getattr(item, "data", None), bytes):
        shown["bytes"] = len(data)
    return shown


def _answered(part: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    match part["type"]:
        case "text" | "reasoning":
            return {"type": part["type"], "text": redactor.text(part.get("text") or "")}
        case "tool-call":
            call = _named(part["tool_call_id"], part["tool_name"], redactor)
            return {"type": "tool-call", **call, "args": redactor.value(part.get("args"))}
        case other:
            return {"type": other}


def _named(call_id: str, tool_name: str, redactor: Redactor) -> dict[str, Any]:
    return {"tool_call_id": redactor.text(call_id), "tool_name": redactor.text(tool_name)}


def _tool(tool: ToolSpec, redactor: Redactor) -> bytes:
    described = {"name": redactor.text(tool.name), "description": redactor.text(tool.description)}
    return dump_json({**described, "input_schema": redactor.value(dict(tool.input_schema))})


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as configured, without prices and without values whose names speak of secrets."""
    return {name: _without_secrets(name, value) for name, value in options.items() if name != "cost" and value}


def _without_secrets(name: str, value: Any) -> Any:
    if any(secret in name.lower() for secret in _SECRET_NAMES):
        return HIDDEN
    if isinstance(value, Mapping):
        return {key: _without_secrets(str(key), item) for key, item in value.items()}
    return value
