"""One call to a provider's model: its stream as live parts, its outcome as stored parts.

Stored parts carry under the internal key `provider_metadata` what the provider wants back with the next request
(reasoning signatures, item ids): `{provider_id, provider, id?, signature?, details?}`. A tool call whose arguments
were no JSON object is kept with `args: {}`; `provider_metadata.invalid_args` then holds the text as it came.
"""

import datetime as dt
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import orjson
from pydantic_ai.direct import model_request_stream
from pydantic_ai.messages import (
    ModelMessage,
    ModelResponse,
    PartDeltaEvent,
    PartEndEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ThinkingPart,
    ThinkingPartDelta,
    ToolCallPart,
    ToolCallPartDelta,
)
from pydantic_ai.models import ModelRequestParameters, StreamedResponse
from pydantic_ai.tools import ToolDefinition
from pydantic_core import to_jsonable_python

from palaver.errors.provider import ProviderError
from palaver.json_text import dump_json, well_formed
from palaver.llm.catalog import ModelChoice
from palaver.llm.cost import cost_micros
from palaver.llm.dialects import for_provider
from palaver.llm.events import PartDelta, StepDone, StepEvent, ToolSpec
from palaver.llm.failures import content_filtered, stream_cut
from palaver.llm.options import model_settings
from palaver.llm.usage import message_usage

if TYPE_CHECKING:
    from palaver.llm.providers import ProviderClients


def invalid_arguments(part: dict[str, Any]) -> str | None:
    """The text that a model gave as arguments of this stored tool call, when it was no JSON object; else None."""
    raw = (part.get("provider_metadata") or {}).get("invalid_args")
    return raw if isinstance(raw, str) else None


def wire_time(moment: dt.datetime) -> str:
    """An aware time as the wire writes it: RFC 3339 in UTC."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def tool_definitions(tools: Sequence[ToolSpec]) -> list[ToolDefinition]:
    """The tools as pydantic-ai declares them; schemas go out as they are (no strict mode, which would rewrite them)."""
    return [
        ToolDefinition(
            name=tool.name,
            description=tool.description or None,
            parameters_json_schema=dict(tool.input_schema) or {"type": "object", "properties": {}},
            strict=False,
        )
        for tool in tools
    ]


class ProviderStep:
    """A call to a provider's model, made when `events()` is iterated."""

    def __init__(
        self,
        clients: Callable[[], Awaitable["ProviderClients"]],
        choice: ModelChoice,
        key: str | None,
        messages: Sequence[ModelMessage],
        tools: Sequence[ToolSpec],
        effort: str,
        conversation: str = "",
    ) -> None:
        self._choice = choice
        self._messages = messages
        self._settings = model_settings(choice.provider_type, choice.call_config, effort, conversation)
        declared = tool_definitions(for_provider(tools, choice.provider_type))
        self._parameters = ModelRequestParameters(function_tools=declared)
        self._clients = clients
        self._key = key
        self._stream: StreamedResponse | None = None
        self._started: dict[int, dt.datetime] = {}
        self._ended: dict[int, dt.datetime] = {}
        self._call_ids: dict[int, str] = {}
        self._call_names: dict[int, str] = {}

    async def events(self) -> AsyncGenerator[StepEvent, None]:
        """Live parts as they arrive, then the finished step."""
        clients = await self._clients()
        async with model_request_stream(
            clients.model(self._choice, self._key),
            self._messages,
            model_settings=self._settings,
            model_request_parameters=self._parameters,
            instrument=False,
        ) as stream:
            self._stream = stream
            async for event in stream:
                part = None
                if isinstance(event, PartDeltaEvent):
                    part = self._live_delta(event.index, event.delta)
                elif isinstance(event, PartStartEvent):
                    part = self._live_start(event.index, event.part)
                elif isinstance(event, PartEndEvent):
                    self._ended[event.index] = dt.datetime.now(dt.UTC)
                if part is not None:
                    yield PartDelta(part)
            response = stream.get()
        yield self._finished(response)

    def partial(self) -> list[dict[str, Any]]:
        """The parts so far; tool calls are left out while their arguments are incomplete."""
        return [] if self._stream is None else self._stored_parts(self._stream.get(), partial=True)

    def _live_delta(self, index: int, delta: object) -> dict[str, Any] | None:
        if isinstance(delta, TextPartDelta):
            return {"type": "text", "text": delta.content_delta} if delta.content_delta else None
        if isinstance(delta, ThinkingPartDelta):
            return {"type": "reasoning", "text": delta.content_delta} if delta.content_delta else None
        if isinstance(delta, ToolCallPartDelta):
            if delta.tool_name_delta:
                self._call_names[index] = self._call_names.get(index, "") + delta.tool_name_delta
            return self._live_call(index, _args_text(delta.args_delta)) if delta.args_delta else None
        return None

    def _live_start(self, index: int, part: object) -> dict[str, Any] | None:
        self._started.setdefault(index, dt.datetime.now(dt.UTC))
        if isinstance(part, TextPart):
            return {"type": "text", "text": part.content} if part.content else None
        if isinstance(part, ThinkingPart):
            return {"type": "reasoning", "text": part.content} if part.content else None
        if isinstance(part, ToolCallPart):
            self._call_ids[index] = self._unique_call_id(index, part.tool_call_id)
            self._call_names[index] = part.tool_name
            return self._live_call(index, _args_text(part.args))
        return None

    def _live_call(self, index: int, args: str) -> dict[str, Any]:
        part: dict[str, Any] = {
            "type": "tool-call",
            "tool_call_id": self._call_ids.get(index, ""),
            "tool_name": self._call_names.get(index, ""),
        }
        if args:
            part["args_delta"] = args
        return part

    def _unique_call_id(self, index: int, given: str) -> str:
        """Some servers number calls anew in every answer or leave the id out; results are matched by it."""
        taken = {call_id for at, call_id in self._call_ids.items() if at != index}
        return given if given and given not in taken else f"call_{uuid.uuid4().hex}"

    def _finished(self, response: ModelResponse) -> StepDone:
        provider = self._choice.provider_type
        details = response.provider_details or {}
        if response.finish_reason == "content_filter":
            category = details.get("refusal_category") or ""
            raise content_filtered(provider, category if isinstance(category, str) else "")
        if not details.get("finish_reason"):
            raise stream_cut(provider)
        if response.finish_reason == "error":
            raise ProviderError("generic", retryable=True, provider=provider)
        return StepDone(
            parts=self._stored_parts(response, partial=False),
            usage=message_usage(response.usage, self._choice.context_limit),
            cost_micros=cost_micros(response.usage, self._choice),
            finish_reason=response.finish_reason or "stop",
        )

    def _stored_parts(self, response: ModelResponse, *, partial: bool) -> list[dict[str, Any]]:
        now = dt.datetime.now(dt.UTC)
        stored = []
        for index, part in enumerate(response.parts):
            started = wire_time(self._started.get(index, now))
            kept = self._metadata(part, partial=partial)
            if isinstance(part, TextPart) and part.content:
                stored.append({"type": "text", "text": part.content, **kept})
            elif isinstance(part, ThinkingPart) and (part.content or part.signature):
                times = {"created_at": started, "completed_at": wire_time(self._ended.get(index, now))}
                stored.append({"type": "reasoning", "text": part.content, **times, **kept})
            elif isinstance(part, ToolCallPart):
                args, invalid = _arguments(part.args)
                if partial and (invalid is not None or index not in self._ended):
                    continue
                if invalid is not None:
                    kept = {"provider_metadata": kept.get("provider_metadata", {}) | {"invalid_args": invalid}}
                call = {
                    "type": "tool-call",
                    "tool_call_id": self._call_ids.get(index) or part.tool_call_id,
                    "tool_name": part.tool_name,
                    "args": args,
                    "created_at": started,
                }
                stored.append(call | kept)
        return well_formed(stored)

    def _metadata(self, part: object, *, partial: bool) -> dict[str, Any]:
        if not isinstance(part, TextPart | ThinkingPart | ToolCallPart):
            return {}
        if partial and self._choice.provider_type != "anthropic":
            # Ids of an answer that never became whole name nothing at the provider; a signature stands for itself.
            return {}
        signature = part.signature if isinstance(part, ThinkingPart) else None
        held = {"id": part.id, "signature": signature, "details": to_jsonable_python(part.provider_details)}
        told = {name: value for name, value in held.items() if value}
        if not told or part.provider_name is None:
            return {}
        origin = {"provider_id": str(self._choice.provider_id), "provider": part.provider_name}
        return {"provider_metadata": origin | told}


def _args_text(args: str | Mapping[str, Any] | None) -> str:
    if not args:
        return ""
    return args if isinstance(args, str) else dump_json(args).decode()


def _arguments(args: str | Mapping[str, Any] | None) -> tuple[dict[str, Any], str | None]:
    """The arguments as a JSON object, and the text itself where it is none."""
    if isinstance(args, Mapping):
        return dict(args), None
    if args is None or not args.strip():
        return {}, None
    try:
        value = orjson.loads(args)
    except orjson.JSONDecodeError:
        return {}, args
    return (value, None) if isinstance(value, dict) else ({}, args)
