"""What the state machine tells the rest of the process after a commit (contract/states.yaml, `notifications`)."""

import uuid
from dataclasses import dataclass
from typing import Protocol


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


class Publisher(Protocol):
    """Where notices go. They are hints, sent after the commit: they may be lost, doubled or late."""

    def publish(self, notice: ChatNotice | OwnershipNotice) -> None:
        """Hand a notice on; never blocks, never raises."""
