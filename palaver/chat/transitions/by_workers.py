"""The transitions of a runner: what a turn does to its chat."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from palaver.chat.approvals import Ask, decided, with_questions
from palaver.chat.bundle import KEEP, ChatTx
from palaver.chat.records import MessageRecord, NewMessage
from palaver.chat.states import State, Transition
from palaver.chat.transitions.shared import cancel_results, promote_entry

REQUIRES_ACTION_SECONDS = 300.0
"""How long client-side tools have to answer (contract/limits.yaml, `requires_action_timeout`)."""
APPROVAL_SECONDS = 86_400.0
"""How long the owner has to decide about tool calls; our own."""
TIMED_OUT = "Tool execution timed out"
NOT_APPROVED = "The tool call was not approved in time."
DEADLINE_MISSING = "Tool execution canceled because the action deadline was missing"


async def acquire(tx: ChatTx, worker_id: uuid.UUID, runner_id: uuid.UUID) -> None:
    """Acquire: take the chat over, whoever had it, and renew the heartbeat of (chat, runner)."""
    with tx.transition(Transition.ACQUIRE):
        tx.write_state(owner=(worker_id, runner_id), deadline=KEEP, marker=KEEP)
        tx.beat()


async def abandon(tx: ChatTx) -> None:
    """Abandon: let go of the chat."""
    with tx.transition(Transition.ABANDON):
        if tx.chat.runner_id is None:
            raise tx.refusal(Transition.ABANDON, "chat is not owned")
        tx.write_state(owner=None, deadline=KEEP, marker=KEEP)


async def record_generation_attempt(tx: ChatTx) -> int:
    """RecordGenerationAttempt: count a call of the model; returns the attempt's number."""
    with tx.transition(Transition.RECORD_GENERATION_ATTEMPT):
        tx.chat.generation_attempt += 1
        tx.changed()
    return tx.chat.generation_attempt


async def record_retry_state(tx: ChatTx, retry: Mapping[str, Any]) -> None:
    """RecordRetryState: announce a planned retry (ChatStreamRetry as JSON values)."""
    with tx.transition(Transition.RECORD_RETRY_STATE):
        try:
            orjson.dumps(retry)
        except TypeError as fault:
            raise tx.refusal(Transition.RECORD_RETRY_STATE, "retry state is not valid JSON") from fault
        if not retry:
            raise tx.refusal(Transition.RECORD_RETRY_STATE, "retry state is empty")
        tx.set_retry_state(dict(retry))


async def commit_step(
    tx: ChatTx, messages: Sequence[NewMessage], *, consume_compaction_request: bool = False
) -> list[MessageRecord]:
    """CommitStep: store what a step brought forth; on request the compaction marker goes with it."""
    with tx.transition(Transition.COMMIT_STEP):
        if not messages:
            raise tx.refusal(Transition.COMMIT_STEP, "no messages to commit")
        inserted = tx.insert(messages)
        if consume_compaction_request:
            tx.write_state(deadline=KEEP)
    return inserted


async def enter_requires_action(tx: ChatTx, seconds: float = REQUIRES_ACTION_SECONDS) -> None:
    """EnterRequiresAction: wait for the client's results, `seconds` by the database's clock."""
    with tx.transition(Transition.ENTER_REQUIRES_ACTION):
        if not tx.chat.pending_dynamic_calls():
            raise tx.refusal(Transition.ENTER_REQUIRES_ACTION, "no pending dynamic tool calls")
        tx.write_state(status="requires_action")
        tx.set_deadline(seconds)


async def ask_approval(tx: ChatTx, asks: Sequence[Ask], seconds: float) -> None:
    """EnterRequiresAction for the owner's approval: park the chat, `seconds` by the database's clock.

    The other unanswered calls wait beside; each of `asks` must name an unanswered one.
    """
    with tx.transition(Transition.ENTER_REQUIRES_ACTION):
        open_ids = {call["tool_call_id"] for call in tx.chat.pending_local_calls()}
        if not asks or not open_ids.issuperset(ask.tool_call_id for ask in asks):
            raise tx.refusal(Transition.ENTER_REQUIRES_ACTION, "no pending tool calls to approve")
        tx.chat.pending_tool_calls = with_questions(tx.chat.pending_tool_calls, asks)
        tx.write_state(status="requires_action")
        tx.set_deadline(seconds)


async def cancel_requires_action(tx: ChatTx, reason: str | None = None) -> None:
    """CancelRequiresAction: nobody answered in time; the turn goes on with cancel results.

    Calls of the client's own tools in a step whose approvals ran out are waited for after this.
    """
    with tx.transition(Transition.CANCEL_REQUIRES_ACTION):
        in_time = NOT_APPROVED if tx.chat.is_parked else TIMED_OUT
        calls = [decided(call, "expire") for call in tx.chat.pending_approvals()] or tx.chat.pending_dynamic_calls()
        if not calls:
            raise tx.refusal(Transition.CANCEL_REQUIRES_ACTION, "no pending dynamic tool calls")
        if reason is None:
            reason = DEADLINE_MISSING if tx.chat.requires_action_deadline_at is None else in_time
        tx.insert(cancel_results(tx.chat, reason, calls))
        tx.write_state(status="running")


async def finish_interruption(tx: ChatTx, partial_messages: Sequence[NewMessage] = ()) -> list[MessageRecord]:
    """FinishInterruption: keep what there was of the step; then rest, or go on with the queue's head.

    `partial_messages` must leave no tool call unanswered. Returns the inserted messages.
    """
    with tx.transition(Transition.FINISH_INTERRUPTION) as before:
        inserted = tx.insert(partial_messages)
        if tx.chat.pending_tool_calls:
            raise tx.refusal(Transition.FINISH_INTERRUPTION, "outstanding tool calls remain after partial commit")
        inserted += await _rest_or_promote(tx, before is State.INTERRUPTING_QUEUED)
    return inserted


async def finish_turn(tx: ChatTx) -> list[MessageRecord]:
    """FinishTurn: rest, or go on with the queue's head. Returns the inserted messages."""
    with tx.transition(Transition.FINISH_TURN) as before:
        return await _rest_or_promote(tx, before is State.RUNNING_QUEUED)


async def _rest_or_promote(tx: ChatTx, has_queue: bool) -> list[MessageRecord]:
    if not has_queue:
        tx.write_state(status="waiting")
        return []
    inserted = promote_entry(tx, await tx.queue_head())
    tx.write_state(status="running")
    return inserted


async def finish_error(tx: ChatTx, error: Mapping[str, Any]) -> None:
    """FinishError: the turn failed for good; `error` is the contract's ChatError as JSON values."""
    with tx.transition(Transition.FINISH_ERROR):
        tx.write_state(status="error", last_error=dict(error))
