"""What the state machine tells the rest of the process after a commit (contract/states.yaml, `notifications`)."""

import uuid
from dataclasses import dataclass
from typing import Literal, Protocol

WatchEventKind = Literal[
    "status_change", "summary_change", "chat_summary_change", "title_change", "created", "deleted", "action_required"
]
"""The kinds of ChatWatchEvent that occur without workspaces."""


@dataclass(frozen=True, slots=True)
class ChatNotice:
    """A committed change of one chat: the columns by which readers and runners decide what is new to them."""

    chat_id: uuid.UUID
    snapshot_version: int
    worker_id: uuid.UUID | None
    runner_id: uuid.UUID | None
    history_version: int
    queue_version: int
    retry_state_version: int
    generation_attempt: int
    status: str
    archived: bool


@dataclass(frozen=True, slots=True)
class OwnershipNotice:
    """A chat was left runnable and nobody alive owns it: some worker should acquire it."""

    chat_id: uuid.UUID
    snapshot_version: int


@dataclass(frozen=True, slots=True)
class WatchNotice:
    """A change of a chat of which its owner's watchers are told.

    Whoever has watchers reads the chat and makes the ChatWatchEvent; `event` is the whole of it where the chat is gone.
    """

    owner_id: uuid.UUID
    chat_id: uuid.UUID
    kind: WatchEventKind
    event: bytes = b""


Notice = ChatNotice | OwnershipNotice | WatchNotice


class Publisher(Protocol):
    """Where notices go. They are hints, sent after the commit: they may be lost, doubled or late."""

    def publish(self, notice: Notice) -> None:
        """Hand a notice on; never blocks, never raises."""
