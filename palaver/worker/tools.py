"""Tool calls that the server answers itself. A failing tool is a result that the model sees, not a failed turn."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from palaver.chat.parts import tool_result
from palaver.chat.records import NewMessage
from palaver.wire.times import format_time

INTERRUPTED = "tool call was interrupted before it produced a result"


async def answer_calls(calls: Sequence[Mapping[str, Any]]) -> list[NewMessage]:
    """One tool message per call, in the order of the calls: all of a step are committed together.

    The server has no tools of its own, so each call names one that was never offered, and the model is told so.
    """
    return [error_result(call, f'tool "{call["tool_name"]}" is not available') for call in calls]


def error_result(call: Mapping[str, Any], error: str) -> NewMessage:
    """The tool message that says why a call brought no result."""
    part = tool_result(call, {"error": error}, is_error=True)
    part["created_at"] = format_time(dt.datetime.now(dt.UTC))
    return NewMessage("tool", [part])
