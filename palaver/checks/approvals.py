"""The owner's decisions against the tool calls that wait for them."""

import uuid
from collections.abc import Sequence

from palaver.chat.approvals import CallDecision
from palaver.chat.records import ChatRecord
from palaver.contract import types
from palaver.errors.approvals import (
    ArgsOfDeniedCall,
    CallChanged,
    DecisionMissing,
    DecisionUnexpected,
    DuplicateDecision,
    NotWaitingForApproval,
)


def check_decisions(chat: ChatRecord, decisions: Sequence[types.ToolCallDecision]) -> list[CallDecision]:
    """The decisions in the order of the request, if they decide all calls of the chat that wait and no other.

    Source: `decide-chat-tool-calls`, whose order of checks this is. Raises NotWaitingForApproval, DuplicateDecision,
    ArgsOfDeniedCall, DecisionMissing, DecisionUnexpected, CallChanged.
    """
    if not chat.is_parked:
        raise NotWaitingForApproval(chat.status)
    given: dict[str, CallDecision] = {}
    for entry in decisions:
        call_id, args = entry["tool_call_id"], entry.get("args")
        if call_id in given:
            raise DuplicateDecision(call_id)
        if entry["decision"] == "deny" and args is not None:
            raise ArgsOfDeniedCall(call_id)
        given[call_id] = CallDecision(
            call_id, uuid.UUID(entry["approval_id"]), entry["decision"], (entry.get("reason") or "").strip(), args
        )
    waiting = {call["tool_call_id"]: call["approval"]["id"] for call in chat.pending_approvals()}
    for call_id in waiting:
        if call_id not in given:
            raise DecisionMissing(call_id)
    for call_id in given:
        if call_id not in waiting:
            raise DecisionUnexpected(call_id)
    for call_id, decision in given.items():
        if str(decision.approval_id) != waiting[call_id]:
            raise CallChanged(call_id)
    return list(given.values())
