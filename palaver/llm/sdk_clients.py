"""The providers' SDK clients, with the frequent stream events built by pydantic's validator.

The SDKs build every event field by field in Python, leniently: 40 % of the processor time of a streamed part when
measured. The events that make up a stream's bulk are validated by pydantic's compiled core instead; an event that
does not validate (a server that takes liberties) goes the SDK's lenient way, as do all others.
"""

from typing import Any, TypeVar

import httpx2
from anthropic import AsyncAnthropic
from anthropic.types.beta import BetaRawContentBlockDeltaEvent
from openai import AsyncOpenAI
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


class FastOpenAI(AsyncOpenAI):
    """AsyncOpenAI with compiled decoding of chat chunks and of the delta events of Responses."""

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
