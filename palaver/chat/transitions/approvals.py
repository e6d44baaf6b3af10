"""The owner's decisions about tool calls: the way out of a wait for approval."""

import uuid
from collections.abc import Sequence

from sqlalchemy import DateTime, bindparam, func, select

from palaver.chat.approvals import CallDecision, decided
from palaver.chat.bundle import ChatTx
from palaver.chat.parts import tool_result
from palaver.chat.records import MessageRecord, NewMessage
from palaver.chat.states import Transition
from palaver.errors.approvals import ApprovalExpired

DENIED = "The user denied this tool call."

_HAS_PASSED = select(bindparam("deadline", type_=DateTime(timezone=True)) <= func.clock_timestamp())


async def decide_tool_calls(
    tx: ChatTx, decisions: Sequence[CallDecision], decided_by: uuid.UUID
) -> list[MessageRecord]:
    """CompleteRequiresAction for approvals: approved calls are the server's to run, denied ones are answered.

    They must name every question that is open and no other; else TransitionNotAllowed with the reason. Raises
    ApprovalExpired after the deadline, by the database's clock, although nobody has cancelled the calls yet.
    """
    with tx.transition(Transition.COMPLETE_REQUIRES_ACTION):
        chat = tx.chat
        questions = {call["approval"]["id"]: call for call in chat.pending_approvals()}
        answers = [(str(decision.approval_id), decision.tool_call_id) for decision in decisions]
        if sorted(answers) != sorted((ask, call["tool_call_id"]) for ask, call in questions.items()):
            raise tx.refusal(Transition.COMPLETE_REQUIRES_ACTION, "decisions do not match the pending approvals")
        deadline = chat.requires_action_deadline_at
        if deadline is None or (await tx.conn.execute(_HAS_PASSED, {"deadline": deadline})).scalar_one():
            raise ApprovalExpired
        denials: list[NewMessage] = []
        approved = {}
        for decision in decisions:
            call = decided(
                questions[str(decision.approval_id)],
                decision.decision,
                by=decided_by,
                reason=decision.reason,
                args=decision.args if decision.decision == "approve" else None,
            )
            if decision.decision == "approve":
                approved[decision.tool_call_id] = call
            else:
                words = f"{DENIED} Reason: {decision.reason}" if decision.reason else DENIED
                denials.append(NewMessage("tool", [tool_result(call, words, is_error=True)], created_by=decided_by))
        inserted = tx.insert(denials)
        chat.pending_tool_calls = [approved.get(call["tool_call_id"], call) for call in chat.pending_tool_calls]
        tx.write_state(status="running")
    return inserted
