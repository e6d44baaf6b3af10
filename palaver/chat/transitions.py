"""The transitions: one function each, with exactly the effects of contract/states.yaml.

Every function runs on a ChatTx (see `palaver.chat.machine`), is refused with TransitionNotAllowed or InvalidState
where the table does not list it, and writes its state explicitly: what a call of `write_state` does not keep becomes
null, as on the wire. "Cancel results" are error results for calls that nobody will answer any more.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from palaver.chat.bundle import KEEP, NOT_YET, ChatTx
from palaver.chat.commands import CreateChat, EditMessage, EditOutcome, SendMessage, SendOutcome, ToolResult
from palaver.chat.machine import ChatMachine
from palaver.chat.parts import pending_after, tool_result
from palaver.chat.records import ChatRecord, MessageRecord, NewMessage, QueuedRecord
from palaver.chat.statements import LAST_PROMPT, LAST_STEP_BEFORE, MESSAGE, SOMETHING_TO_COMPACT
from palaver.chat.states import State, Transition
from palaver.errors.chat import (
    ArchiveStateUnchanged,
    ChatBusy,
    MessageNotFound,
    MessageQueueFull,
    NothingToCompact,
    OnlyUserMessagesEditable,
    QueuedMessageNotFound,
)

QUEUE_LIMIT = 20
"""Messages that may wait in one chat (contract/limits.yaml, `queue`)."""
REQUIRES_ACTION_SECONDS = 300.0
"""How long client-side tools have to answer (contract/limits.yaml, `requires_action_timeout`)."""

INTERRUPTED_BY_MESSAGE = "Tool execution interrupted by new user message"
INTERRUPTED_BY_PROMOTION = "Tool execution interrupted by queued message promotion"
INTERRUPTED_BY_SEND = "Tool execution interrupted by user message"
INTERRUPTED_BY_EDIT = "Tool execution interrupted by message edit"
INTERRUPTED_BY_USER = "Tool execution interrupted by user"
TIMED_OUT = "Tool execution timed out"
DEADLINE_MISSING = "Tool execution canceled because the action deadline was missing"
INVALID_STATE = "Tool execution canceled due to invalid chat state"
RECONCILED_ERROR = {
    "message": "chat was in an invalid state; send a new message or edit history to continue",
    "retryable": False,
}

_INTERRUPTING = (State.INTERRUPTING, State.INTERRUPTING_QUEUED)
_PRODUCING = (State.RUNNING, State.RUNNING_QUEUED, *_INTERRUPTING)
_REQUIRES_ACTION = (State.REQUIRES_ACTION, State.REQUIRES_ACTION_QUEUED)


# ---- what transitions share ----


def _cancel_results(
    chat: ChatRecord, reason: str, calls: Sequence[Mapping[str, Any]] | None = None
) -> list[NewMessage]:
    """One error result per call, all unanswered ones unless given; they go before the message that causes them."""
    return [
        NewMessage("tool", [tool_result(call, reason, is_error=True)], model_config_id=chat.last_model_config_id)
        for call in (chat.pending_tool_calls if calls is None else calls)
    ]


def _from_queue(entry: QueuedRecord) -> NewMessage:
    return NewMessage(
        "user",
        entry.content,
        created_by=entry.created_by,
        model_config_id=entry.model_config_id,
        reasoning_effort=entry.reasoning_effort,
    )


def promote_entry(tx: ChatTx, entry: QueuedRecord) -> list[MessageRecord]:
    """Let a queue entry join the history, behind cancel results for every unanswered call."""
    inserted = tx.insert([*_cancel_results(tx.chat, INTERRUPTED_BY_PROMOTION), _from_queue(entry)])
    tx.dequeue(entry, became_last=True)
    return inserted


# ---- by users ----


async def create_chat(tx: ChatTx, new: CreateChat) -> ChatRecord:
    """CreateChat: insert the chat, running, with its first messages; `tx` comes from `ChatMachine.create`.

    The messages are `tx.inserted`.
    """
    with tx.transition(Transition.CREATE_CHAT):
        chat = new_chat(new)
        tx.create(chat)
        system = [
            NewMessage("system", [{"type": "text", "text": prompt}], visibility="model")
            for prompt in new.system_prompts
        ]
        message = NewMessage(
            "user",
            new.content,
            created_by=new.owner_id,
            model_config_id=new.model_config_id,
            reasoning_effort=new.reasoning_effort,
        )
        tx.insert([*system, message])
    await tx.flush()
    return chat


def new_chat(new: CreateChat) -> ChatRecord:
    """The row of a chat that begins with a turn."""
    return ChatRecord(
        id=new.id,
        organization_id=new.organization_id,
        owner_id=new.owner_id,
        parent_chat_id=new.parent_chat_id,
        root_chat_id=new.root_chat_id or new.id,
        title=new.title,
        plan_mode=new.plan_mode,
        client_type=new.client_type,
        labels=dict(new.labels),
        mcp_server_ids=list(new.mcp_server_ids),
        dynamic_tools=[dict(tool) for tool in new.dynamic_tools],
        user_acl={},
        group_acl={},
        pin_order=0,
        last_read_message_id=None,
        last_turn_summary=None,
        summary=None,
        forked_from_chat_id=None,
        forked_from_message_id=None,
        created_at=NOT_YET,
        updated_at=NOT_YET,
        status="running",
        archived=False,
        snapshot_version=1,
        history_version=1,
        queue_version=0,
        retry_state_version=0,
        generation_attempt=0,
        retry_state=None,
        last_error=None,
        last_model_config_id=new.model_config_id,
        last_reasoning_effort=new.reasoning_effort,
        pending_tool_calls=[],
        worker_id=None,
        runner_id=None,
        requires_action_deadline_at=None,
        compaction_requested_at=None,
        queue_length=0,
        held_length=0,
    )


async def set_archived(tx: ChatTx, archived: bool) -> None:
    """SetArchived on one chat; users archive families, see `set_family_archived`."""
    with tx.transition(Transition.SET_ARCHIVED):
        if tx.chat.archived == archived:
            raise tx.refusal(Transition.SET_ARCHIVED, "SetArchived input matches the current archived flag")
        tx.write_state(archived=archived, deadline=KEEP, marker=KEEP)


async def set_family_archived(machine: ChatMachine, root_id: uuid.UUID, *, archived: bool) -> list[ChatRecord]:
    """Archive or unarchive a root chat with its sub-chats, all or none; returns the chats that changed.

    Members that already match are left alone. Raises ChatNotFound, ChatNotRoot, ArchiveStateUnchanged when the root
    already matches, InvalidState when a member is in no known state, TransitionNotAllowed when one is active.
    """
    async with machine.update_family(root_id) as family:
        for tx in family:
            if tx.state is State.INVALID:
                raise tx.refusal(Transition.SET_ARCHIVED)
        if family[0].chat.archived == archived:
            raise ArchiveStateUnchanged(archived=archived)
        changed = [tx for tx in family if tx.chat.archived != archived]
        for tx in changed:
            await set_archived(tx, archived)
    return [tx.chat for tx in changed]


async def delete_chat(tx: ChatTx) -> None:
    """DeleteChat: the row goes, and with it messages, queue, links and leases; whoever runs it finds it gone."""
    with tx.transition(Transition.DELETE_CHAT):
        tx.delete()
    await tx.flush()


async def send_message(tx: ChatTx, send: SendMessage) -> SendOutcome:
    """SendMessage: into the history of an idle chat, else into the queue; raises MessageQueueFull.

    With `reject` it raises ChatBusy instead of queueing.
    In E1 the new message joins the queue's end and the head is promoted, so its outcome is queued and has inserted
    messages all the same. `interrupt` stops a running turn or cancels the client-side calls that are waited for.
    """
    with tx.transition(Transition.SEND_MESSAGE) as before:
        chat = tx.chat
        if before in (State.WAITING, State.ERROR):
            inserted = tx.insert(
                [
                    *_cancel_results(chat, INTERRUPTED_BY_MESSAGE),
                    NewMessage(
                        "user",
                        send.content,
                        created_by=send.created_by,
                        model_config_id=send.model_config_id,
                        reasoning_effort=send.reasoning_effort,
                    ),
                ]
            )
            tx.write_state(status="running", last_error=None)
            outcome = SendOutcome(False, inserted[-1], inserted, None)
        elif send.busy_behavior == "reject":
            turn = await tx.conn.execute(LAST_PROMPT, {"chat_id": chat.id})
            raise ChatBusy(chat.status, turn.scalar_one_or_none())
        else:
            outcome = await _send_to_queue(tx, send, before)
    await tx.flush()
    return outcome


async def _send_to_queue(tx: ChatTx, send: SendMessage, before: State) -> SendOutcome:
    chat = tx.chat
    if chat.queue_length + chat.held_length >= QUEUE_LIMIT:
        raise MessageQueueFull(QUEUE_LIMIT)
    inserted: list[MessageRecord] = []
    head = await tx.queue_head() if before is State.ERROR_QUEUED else None
    entry = tx.enqueue(
        send.content,
        created_by=send.created_by,
        model_config_id=send.model_config_id,
        reasoning_effort=send.reasoning_effort,
    )
    if head is not None:
        inserted = promote_entry(tx, head)
        tx.write_state(status="running", last_error=None)
    elif send.busy_behavior == "interrupt" and before in _REQUIRES_ACTION:
        inserted = tx.insert(_cancel_results(chat, INTERRUPTED_BY_SEND, chat.pending_dynamic_calls()))
        tx.write_state(status="running", marker=KEEP)
    elif send.busy_behavior == "interrupt" and before not in _INTERRUPTING:
        tx.write_state(status="interrupting", deadline=KEEP, marker=KEEP)
    else:
        tx.write_state(deadline=KEEP, marker=KEEP)
    return SendOutcome(True, None, inserted, entry)


async def edit_message(tx: ChatTx, edit: EditMessage) -> EditOutcome:
    """EditMessage: the target and all later messages are removed, the queue is cleared, the replacement runs.

    Entries that are held stay where they are.
    Raises MessageNotFound and OnlyUserMessagesEditable before the state is looked at, as the wire does.
    """
    chat_id = tx.chat.id
    row = (await tx.conn.execute(MESSAGE, {"chat_id": chat_id, "message_id": edit.message_id})).one_or_none()
    if row is None:
        raise MessageNotFound
    target = MessageRecord(*row)
    if target.role != "user":
        raise OnlyUserMessagesEditable
    with tx.transition(Transition.EDIT_MESSAGE):
        pending: list[dict[str, Any]] = []
        steps = await tx.conn.execute(LAST_STEP_BEFORE, {"chat_id": chat_id, "message_id": target.id})
        for role, content in steps:
            pending = pending_after(pending, role, content)
        await tx.clear_queue()
        await tx.remove_from(target.id, pending)
        replacement = NewMessage(
            "user",
            edit.content,
            visibility=target.visibility,
            created_by=edit.created_by,
            model_config_id=edit.model_config_id or edit.choose_model(target.model_config_id),
            reasoning_effort=target.reasoning_effort if edit.reasoning_effort is None else edit.reasoning_effort,
        )
        inserted = tx.insert([*_cancel_results(tx.chat, INTERRUPTED_BY_EDIT), replacement])
        tx.write_state(status="running", last_error=None)
    removed = await tx.flush()
    return EditOutcome(inserted[-1], inserted, removed)


async def request_compaction(tx: ChatTx) -> None:
    """RequestCompaction: an idle chat runs to summarise its history. Raises NothingToCompact."""
    with tx.transition(Transition.REQUEST_COMPACTION):
        if not (await tx.conn.execute(SOMETHING_TO_COMPACT, {"chat_id": tx.chat.id})).scalar_one():
            raise NothingToCompact
        tx.write_state(status="running", owner=None)
        tx.request_compaction()


async def delete_queued_message(tx: ChatTx, entry_id: int) -> None:
    """DeleteQueuedMessage; raises QueuedMessageNotFound."""
    with tx.transition(Transition.DELETE_QUEUED_MESSAGE):
        tx.dequeue(await _queue_entry(tx, entry_id))


async def promote_queued_message(tx: ChatTx, entry_id: int) -> list[MessageRecord]:
    """PromoteQueuedMessage: a turn that runs is asked to stop and the entry goes next, else it is inserted at once.

    Returns the inserted messages, none in the first case; raises QueuedMessageNotFound.
    """
    with tx.transition(Transition.PROMOTE_QUEUED_MESSAGE) as before:
        entry = await _queue_entry(tx, entry_id)
        if before in _PRODUCING:
            tx.move_to_head(entry)
            tx.write_state(status="interrupting", deadline=KEEP)
            return []
        inserted = promote_entry(tx, entry)
        tx.write_state(status="running", last_error=None)
    return inserted


async def _queue_entry(tx: ChatTx, entry_id: int) -> QueuedRecord:
    entry = await tx.queue_entry(entry_id)
    if entry is None:
        raise QueuedMessageNotFound
    return entry


async def interrupt(tx: ChatTx, reason: str = INTERRUPTED_BY_USER) -> None:
    """Interrupt: ask a turn to stop, or cancel the client-side calls that are waited for and run on."""
    with tx.transition(Transition.INTERRUPT) as before:
        if before in _REQUIRES_ACTION:
            tx.insert(_cancel_results(tx.chat, reason, tx.chat.pending_dynamic_calls()))
            tx.write_state(status="running")
        else:
            tx.write_state(status="interrupting", deadline=KEEP)


async def complete_requires_action(
    tx: ChatTx, results: Sequence[ToolResult], created_by: uuid.UUID
) -> list[MessageRecord]:
    """CompleteRequiresAction: store the client's results, one message each in the request's order.

    They must answer every pending client-side call once and no other; else TransitionNotAllowed with the reason.
    """
    with tx.transition(Transition.COMPLETE_REQUIRES_ACTION):
        calls = {call["tool_call_id"]: call for call in tx.chat.pending_dynamic_calls()}
        if sorted(calls) != sorted(result.tool_call_id for result in results):
            raise tx.refusal(Transition.COMPLETE_REQUIRES_ACTION, "results do not match the pending tool calls")
        inserted = tx.insert(
            [
                NewMessage(
                    "tool",
                    [tool_result(calls[result.tool_call_id], result.output, is_error=result.is_error)],
                    created_by=created_by,
                )
                for result in results
            ]
        )
        tx.write_state(status="running")
    return inserted


async def reconcile_invalid_state(tx: ChatTx) -> None:
    """ReconcileInvalidState: columns that mean no state become an error that a message or an edit leads out of."""
    with tx.transition(Transition.RECONCILE_INVALID_STATE):
        tx.insert(_cancel_results(tx.chat, INVALID_STATE, tx.chat.pending_dynamic_calls()))
        tx.write_state(status="error", archived=False, last_error=dict(RECONCILED_ERROR))


# ---- by workers ----


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


async def cancel_requires_action(tx: ChatTx, reason: str | None = None) -> None:
    """CancelRequiresAction: nobody answered in time; the turn goes on with cancel results."""
    with tx.transition(Transition.CANCEL_REQUIRES_ACTION):
        calls = tx.chat.pending_dynamic_calls()
        if not calls:
            raise tx.refusal(Transition.CANCEL_REQUIRES_ACTION, "no pending dynamic tool calls")
        if reason is None:
            reason = DEADLINE_MISSING if tx.chat.requires_action_deadline_at is None else TIMED_OUT
        tx.insert(_cancel_results(tx.chat, reason, calls))
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
