"""What a chat waits for, as the contract's ChatStreamActionRequired: the same in its stream and in its GET."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from palaver.json_text import dump_json
from palaver.wire.times import format_time


def required_action_json(calls: Iterable[Mapping[str, Any]], deadline: dt.datetime | None) -> dict[str, Any]:
    """The calls, `args` as JSON text; those that wait for approval say so, and until when: `deadline`."""
    return {"tool_calls": [_call_json(call, deadline) for call in calls]}


def _call_json(call: Mapping[str, Any], deadline: dt.datetime | None) -> dict[str, Any]:
    answer = {
        "tool_call_id": call["tool_call_id"],
        "tool_name": call["tool_name"],
        "args": dump_json({} if call.get("args") is None else call["args"]).decode(),
    }
    if (question := call.get("approval")) is not None:
        answer["approval"] = {
            "id": question["id"],
            "server_config_id": question["server_config_id"],
            "tool": question["tool"],
            "expires_at": format_time(deadline),
        }
    return answer
