"""The transitions that requests ask for."""

import uuid
from collections.abc import Sequence
from typing import Any

from palaver.chat.bundle import KEEP, ChatTx
from palaver.chat.commands import CreateChat, EditMessage, EditOutcome, SendMessage, SendOutcome, ToolResult
from palaver.chat.machine import ChatMachine
from palaver.chat.parts import pending_after, tool_result
from palaver.chat.records import NOT_YET, ChatRecord, MessageRecord, NewMessage, QueuedRecord
from palaver.chat.statements import LAST_PROMPT, LAST_STEP_BEFORE, MESSAGE, SOMETHING_TO_COMPACT
from palaver.chat.states import State, Transition
from palaver.chat.transitions.shared import cancel_results, promote_entry
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
INTERRUPTED_BY_MESSAGE = "Tool execution interrupted by new user message"
INTERRUPTED_BY_SEND = "Tool execution interrupted by user message"
INTERRUPTED_BY_EDIT = "Tool execution interrupted by message edit"
INTERRUPTED_BY_USER = "Tool execution interrupted by user"
INVALID_STATE = "Tool execution canceled due to invalid chat state"
RECONCILED_ERROR = {
    "message": "chat was in an invalid state; send a new message or edit history to continue",
    "retryable": False,
}
_INTERRUPTING = (State.INTERRUPTING, State.INTERRUPTING_QUEUED)
_PRODUCING = (State.RUNNING, State.RUNNING_QUEUED, *_INTERRUPTING)
_REQUIRES_ACTION = (State.REQUIRES_ACTION, State.REQUIRES_ACTION_QUEUED)


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
        mcp_sign_ins=None,
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
    messages all the same. `interrupt` stops a running turn, or cancels the calls whose results or approval are waited
    for.
    """
    with tx.transition(Transition.SEND_MESSAGE) as before:
        chat = tx.chat
        if before in (State.WAITING, State.ERROR):
            inserted = tx.insert(
                [
                    *cancel_results(chat, INTERRUPTED_BY_MESSAGE),
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
        inserted = tx.insert(cancel_results(chat, INTERRUPTED_BY_SEND, chat.awaited_calls()))
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
        inserted = tx.insert([*cancel_results(tx.chat, INTERRUPTED_BY_EDIT), replacement])
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
    """Interrupt: ask a turn to stop, or cancel the calls whose results or approval are waited for and run on."""
    with tx.transition(Transition.INTERRUPT) as before:
        if before in _REQUIRES_ACTION:
            tx.insert(cancel_results(tx.chat, reason, tx.chat.awaited_calls()))
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
        if tx.chat.is_parked:
            raise tx.refusal(Transition.COMPLETE_REQUIRES_ACTION, "tool calls wait for the owner's approval")
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
        tx.insert(cancel_results(tx.chat, INVALID_STATE, tx.chat.awaited_calls()))
        tx.write_state(status="error", archived=False, last_error=dict(RECONCILED_ERROR))
