"""The providers' SDK clients, without two of their costs.

The SDKs build every event field by field in Python, leniently: 40 % of the processor time of a streamed part when
measured. The events that make up a stream's bulk are validated by pydantic's compiled core instead; an event that
does not validate (a server that takes liberties) goes the SDK's lenient way, as do all others.

The OpenAI SDK looks through every message of a request for fields to rename, of which there are none: a history of
1,000 messages held the event loop for 0.2 s, and a fifth of the time that a short request takes to be built went there.
All fields go in as extra ones, which it takes as they are.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

import httpx2
from anthropic import AsyncAnthropic
from anthropic.types.beta import BetaRawContentBlockDeltaEvent
from openai import AsyncOpenAI, omit
from openai._utils import is_given
from openai.resources.chat import AsyncChat
from openai.resources.chat.completions import AsyncCompletions
from openai.resources.responses import AsyncResponses
from openai.types.chat import ChatCompletionChunk
from openai.types.responses import (
    ResponseFunctionCallArgumentsDeltaEvent,
    ResponseReasoningSummaryTextDeltaEvent,
    ResponseTextDeltaEvent,
)
from pydantic import BaseModel, ValidationError

T = TypeVar("T")

_ANTHROPIC_EVENTS: dict[object, type[BaseModel]] = {"content_block_delta": BetaRawContentBlockDeltaEvent}
_OPENAI_EVENTS: dict[object, type[BaseModel]] = {
    "response.function_call_arguments.delta": ResponseFunctionCallArgumentsDeltaEvent,
    "response.output_text.delta": ResponseTextDeltaEvent,
    "response.reasoning_summary_text.delta": ResponseReasoningSummaryTextDeltaEvent,
}


class _Completions(AsyncCompletions):
    """Chat completions that send their fields as they are."""

    async def create(self, *, extra_body: object = None, **fields: Any) -> Any:
        own, body = _as_they_are(fields, extra_body)
        return await super().create(messages=[], model=omit, extra_body=body, **own)  # type: ignore[call-overload]


class _Chat(AsyncChat):
    @cached_property
    def completions(self) -> AsyncCompletions:
        return _Completions(self._client)


class _Responses(AsyncResponses):
    """Responses that send their fields as they are."""

    async def create(self, *, extra_body: object = None, **fields: Any) -> Any:
        own, body = _as_they_are(fields, extra_body)
        return await super().create(extra_body=body, **own)


_OF_THE_SDK = frozenset({"stream", "extra_headers", "extra_query", "timeout"})
"""What a request is made with and not from, and what decides how its answer is read."""


def _as_they_are(fields: Mapping[str, Any], extra_body: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the SDK is to be told, and all given fields of the body; the caller's extra body goes before them."""
    own = {name: value for name, value in fields.items() if name in _OF_THE_SDK}
    body = {name: value for name, value in fields.items() if name not in _OF_THE_SDK and is_given(value)}
    return own, body | dict(extra_body if isinstance(extra_body, Mapping) else {})


class FastOpenAI(AsyncOpenAI):
    """AsyncOpenAI with compiled decoding of chat chunks and Responses deltas, and requests sent as they are."""

    @cached_property
    def chat(self) -> AsyncChat:
        return _Chat(self)

    @cached_property
    def responses(self) -> AsyncResponses:
        return _Responses(self)

    def _process_response_data(self, *, data: object, cast_to: type[T], response: httpx2.Response) -> T:
        if cast_to is ChatCompletionChunk:
            event = _validated(ChatCompletionChunk, data)
        else:
            event = _validated(_OPENAI_EVENTS.get(_event_type(data)), data)
        if event is not None:
            return event  # type: ignore[no-any-return]
        return super()._process_response_data(data=data, cast_to=cast_to, response=response)


class FastAnthropic(AsyncAnthropic):
    """AsyncAnthropic with compiled decoding of content deltas."""

    def _process_response_data(self, *, data: object, cast_to: type[T], response: httpx2.Response) -> T:
        event = _validated(_ANTHROPIC_EVENTS.get(_event_type(data)), data)
        if event is not None:
            return event  # type: ignore[no-any-return]
        return super()._process_response_data(data=data, cast_to=cast_to, response=response)


def _event_type(data: object) -> object:
    kind = data.get("type") if isinstance(data, dict) else None
    return kind if isinstance(kind, str) else None


def _validated(model: type[BaseModel] | None, data: object) -> Any:
    if model is None:
        return None
    try:
        return model.model_validate(data)
    except ValidationError:
        return None
