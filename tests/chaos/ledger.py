"""What the clients asked for and what they were promised."""

import uuid
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["open", "acknowledged", "refused", "unknown"]
Done = Literal["no", "maybe", "yes"]


@dataclass(slots=True)
class Sent:
    """One message that a client tried to bring into a chat, known by its `token`, which stands in its text."""

    token: str
    chat_id: str
    client: int
    order: int
    """Its number among all that this client sent; each is settled before the client sends the next."""
    text: str
    outcome: Outcome = "open"
    message_id: int | None = None
    """Its id in the history, where the answer told one."""
    queued_id: int | None = None
    """Its id in the queue, where the answer told one."""
    deleted: Done = "no"
    """Whether it was taken back out of the queue."""
    promoted: Done = "no"
    attempts: int = 0


@dataclass(slots=True)
class Edit:
    """A message that a client tried to replace by `token`; what followed it goes with it."""

    chat_id: str
    message_id: int
    token: str
    outcome: Outcome = "open"


@dataclass(slots=True)
class ChatFacts:
    """A chat that a client created."""

    chat_id: str
    calm: bool
    """Nobody interrupts, promotes or edits here: every turn runs to its end."""
    tools: bool
    """It has a client-side tool, which nobody answers in time."""


@dataclass(slots=True)
class Ledger:
    """Everything of a run, of all clients."""

    chats: dict[str, ChatFacts] = field(default_factory=dict)
    sent: dict[str, Sent] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    """What a client saw and must never see, in words."""
    statuses: dict[str, int] = field(default_factory=dict)
    """Answers by operation and status."""
    acts: dict[str, int] = field(default_factory=dict)
    """Acknowledged requests by operation."""

    def count(self, operation: str, status: int | str) -> None:
        """Note an answer, or the lack of one."""
        name = f"{operation} {status}"
        self.statuses[name] = self.statuses.get(name, 0) + 1

    def done(self, operation: str) -> None:
        """Note an acknowledged request."""
        self.acts[operation] = self.acts.get(operation, 0) + 1


def token_of(content: list[dict[str, Any]]) -> str:
    """The token of a message's content; empty when it has none."""
    words = "".join(part.get("text", "") for part in content if part.get("type") == "text").split()
    return words[-1] if words and words[-1].startswith("msg-") else ""


def new_key() -> str:
    """An idempotency key. It need not be repeatable, only new."""
    return uuid.uuid4().hex
