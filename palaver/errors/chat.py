"""Refusals of the state machine and of what is read around it."""

import uuid

from palaver.chat.states import State, Transition
from palaver.errors.base import PalaverError
from palaver.errors.common import BadRequest, Conflict, NotFound

_REFUSALS: dict[Transition, str] = {
    Transition.SET_ARCHIVED: "Cannot archive an active chat. Interrupt or wait for the chat to finish first.",
    Transition.SEND_MESSAGE: "Chat is not in a state that accepts new messages.",
    Transition.EDIT_MESSAGE: "Chat is not in a state that accepts message edits.",
    Transition.REQUEST_COMPACTION: "Cannot compact the chat in its current state.",
    Transition.DELETE_QUEUED_MESSAGE: "Chat has no queued messages to delete.",
    Transition.PROMOTE_QUEUED_MESSAGE: "Chat has no queued messages to promote.",
    Transition.EDIT_QUEUED_MESSAGE: "Queued messages of the chat cannot be edited.",
    Transition.HOLD_QUEUED_MESSAGE: "Queued messages of the chat cannot be held.",
    Transition.RELEASE_QUEUED_MESSAGE: "Queued messages of the chat cannot be released.",
    Transition.INTERRUPT: "Chat is not in an interruptible state.",
    Transition.COMPLETE_REQUIRES_ACTION: "Chat is not waiting for tool results.",
    Transition.RECONCILE_INVALID_STATE: "Chat is not in an invalid state.",
}
_DETAILS: dict[Transition, str] = {
    Transition.REQUEST_COMPACTION: "Compaction is only available while the chat is idle.",
}


class ChatNotFound(NotFound):
    """The chat does not exist, or the caller may not know that it does."""


class TransitionNotAllowed(Conflict):
    """The table does not list the transition for the chat's state, or its precondition does not hold.

    `text` is the machine's own sentence; the answer's message is the one that the wire has for the transition.
    """

    message = "The chat's state does not allow this."

    def __init__(self, transition: Transition, state: State, reason: str | None = None) -> None:
        self.transition = transition
        self.state = state
        self.reason = reason
        self.text = f"chat state transition {transition} not allowed from state {state.value}"
        if reason:
            self.text += f": {reason}"
        super().__init__(message=self._message(), detail=self._detail())

    def _message(self) -> str | None:
        return _REFUSALS.get(self.transition)

    def _detail(self) -> str:
        return _DETAILS.get(self.transition, self.text)


class InvalidState(TransitionNotAllowed):
    """The stored columns mean no known state; only reconcile-invalid-chat-state leads out."""

    def _message(self) -> str:
        return "Chat is in an invalid state."

    def _detail(self) -> str:
        return self.text


class ChatBusy(Conflict):
    """A message that would have to wait was asked not to; `turn_message_id` is what the present turn is about."""

    message = "Chat is busy."

    def __init__(self, status: str, turn_message_id: int | None) -> None:
        self._status = status
        self._turn_message_id = turn_message_id
        turn = f", its turn is about message {turn_message_id}" if turn_message_id is not None else ""
        super().__init__(detail=f'chat status is "{status}"{turn}')

    def body(self) -> dict[str, object]:
        """With the chat's status and the turn's message."""
        body = super().body() | {"status": self._status}
        if self._turn_message_id is not None:
            body["turn_message_id"] = self._turn_message_id
        return body


class MessageQueueFull(PalaverError):
    """The chat already holds `limit` queued messages."""

    status = 429
    message = "Message queue is full."

    def __init__(self, limit: int) -> None:
        super().__init__(detail=f"Maximum {limit} messages can be queued.")


class QueuedMessageNotFound(NotFound):
    """The chat's queue has no such entry."""

    message = "Queued message not found."


class QueuedMessageChanged(Conflict):
    """The entry is still in the queue, at another version than the caller means to change."""

    message = "The queued message has changed."

    def __init__(self, version: int) -> None:
        self._version = version
        super().__init__(detail=f"It is still queued, at version {version}.")

    def body(self) -> dict[str, object]:
        """With where the message is."""
        return super().body() | {"location": "queue", "version": self._version}


class QueuedMessageLeft(Conflict):
    """The entry is no longer in the queue; `message_id` is what it became, None: it was deleted."""

    message = "The queued message has left the queue."

    def __init__(self, message_id: int | None) -> None:
        self._message_id = message_id
        super().__init__(detail="It was deleted." if message_id is None else f"It became message {message_id}.")

    def body(self) -> dict[str, object]:
        """With where the message is."""
        if self._message_id is None:
            return super().body() | {"location": "deleted"}
        return super().body() | {"location": "history", "message_id": self._message_id}


class MessageNotFound(NotFound):
    """The chat has no such message, or it was removed."""

    message = "Chat message not found."

    def __init__(self) -> None:
        super().__init__(detail="Message does not belong to this chat.")


class OnlyUserMessagesEditable(BadRequest):
    """An edit names a message that no user wrote."""

    message = "Only user messages can be edited."


class NothingToCompact(Conflict):
    """Behind the newest compaction boundary lies no answer that could be summarised."""

    message = "Nothing to compact."

    def __init__(self) -> None:
        super().__init__(detail="The chat has no conversation to summarize after the latest compaction.")


class ChatNotRoot(BadRequest):
    """Only a root chat is archived, with its whole family."""

    message = "Chat archive state can only be changed on the root chat."


class DeletionOfSubChat(BadRequest):
    """Sub-chats go with their root."""

    message = "Only root chats can be deleted."

    def __init__(self, root_chat_id: uuid.UUID) -> None:
        super().__init__(detail=f"Target the root chat (id: {root_chat_id}) instead.")


class ArchiveStateUnchanged(BadRequest):
    """The chat already is what the caller wants it to be."""

    def __init__(self, *, archived: bool) -> None:
        super().__init__(message=f"Chat is already {'archived' if archived else 'not archived'}.")


class IdempotencyKeyReused(PalaverError):
    """The key belongs to a request with another method, path or body."""

    status = 422
    message = "Idempotency key was used with a different request."


class StaleRunner(Exception):
    """The chat went on without this runner; it must stop silently. Never reaches the wire."""


class IllegalLanding(Exception):
    """A transition left the chat where the table does not allow it: a defect, so the transaction is rolled back."""

    def __init__(self, transition: Transition, before: State, after: State) -> None:
        super().__init__(f"transition {transition} led from {before.value} to {after.value}")
