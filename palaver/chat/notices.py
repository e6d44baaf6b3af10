"""What is told after a commit: hints for whoever watches or runs a chat. The database stays the truth."""

import uuid
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ChatNotice:
    """The execution state that one committed bundle left (states.yaml `notifications.chat_update`)."""

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
    """A bundle left a runnable chat without a live owner (states.yaml `notifications.chat_ownership`)."""

    chat_id: uuid.UUID
    snapshot_version: int


class Publisher(Protocol):
    """Takes notices after the commit."""

    def publish(self, notice: ChatNotice | OwnershipNotice) -> None:
        """Pass the notice on; never blocks and never raises for a slow or missing consumer."""
