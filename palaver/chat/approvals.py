"""What the owner is asked about a tool call, and what is decided: the `approval` of a pending call.

A call that was asked about holds `{id, server_config_id, tool}`; a decision adds `{decision, decided_at}`, and
`decided_by`, `reason` and `args` where there are such. `id` is new with each question, and what it asks about never
changes: a decision that names it is bound to the arguments that were shown.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Decision = Literal["approve", "deny", "expire"]

_OUTCOME = ("decision", "reason", "args", "decided_by", "decided_at")


@dataclass(frozen=True, slots=True)
class Ask:
    """A call that is to wait for its owner: the MCP server and that server's own name of the tool."""

    tool_call_id: str
    server_config_id: uuid.UUID
    tool: str


@dataclass(frozen=True, slots=True)
class CallDecision:
    """What the owner says about one call; `args` are run in the place of the asked ones."""

    tool_call_id: str
    approval_id: uuid.UUID
    decision: Literal["approve", "deny"]
    reason: str = ""
    args: dict[str, Any] | None = None


def asked(call: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
    """The call with a new question."""
    question = {"id": str(uuid.uuid4()), "server_config_id": str(ask.server_config_id), "tool": ask.tool}
    return {**call, "approval": question}


def decided(
    call: Mapping[str, Any],
    decision: Decision,
    *,
    by: uuid.UUID | None = None,
    reason: str = "",
    args: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The call with the answer to its question."""
    answer: dict[str, Any] = {"decision": decision, "decided_at": _now()}
    if by is not None:
        answer["decided_by"] = str(by)
    if reason:
        answer["reason"] = reason
    if args is not None:
        answer["args"] = args
    return {**call, "approval": {**call["approval"], **answer}}


def _now() -> str:
    """The time of this process, RFC 3339 with milliseconds."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def is_asked(call: Mapping[str, Any]) -> bool:
    """Whether the owner was asked about the call and has not decided."""
    return "approval" in call and "decision" not in call["approval"]


def is_approved(call: Mapping[str, Any]) -> bool:
    """Whether the owner lets the call be run."""
    return "approval" in call and call["approval"].get("decision") == "approve"


def run_args(call: Mapping[str, Any]) -> Any:
    """The arguments to run the call with: those that the owner put in their place, else those of the model."""
    approval: Mapping[str, Any] = call.get("approval") or {}
    return approval.get("args", call.get("args"))


def outcome(call: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the result of the call tells of the decision; None while there is none."""
    approval: Mapping[str, Any] = call.get("approval") or {}
    if "decision" not in approval:
        return None
    return {key: approval[key] for key in _OUTCOME if key in approval}


def with_questions(calls: Sequence[Mapping[str, Any]], asks: Sequence[Ask]) -> list[dict[str, Any]]:
    """The pending calls, those that `asks` name with a new question each."""
    by_id = {ask.tool_call_id: ask for ask in asks}
    return [asked(call, ask) if (ask := by_id.get(call["tool_call_id"])) else dict(call) for call in calls]
