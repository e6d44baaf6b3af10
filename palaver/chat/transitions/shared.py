"""What transitions of users and of workers have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from palaver.chat.bundle import ChatTx
from palaver.chat.parts import tool_result
from palaver.chat.records import ChatRecord, MessageRecord, NewMessage, QueuedRecord

INTERRUPTED_BY_PROMOTION = "Tool execution interrupted by queued message promotion"


def cancel_results(chat: ChatRecord, reason: str, calls: Sequence[Mapping[str, Any]] | None = None) -> list[NewMessage]:
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
    inserted = tx.insert([*cancel_results(tx.chat, INTERRUPTED_BY_PROMOTION), _from_queue(entry)])
    tx.dequeue(entry, became_last=True)
    return inserted
