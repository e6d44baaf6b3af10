"""What a shared bus needs of a broker: frames to one replica or to all, and to be told when that does not work."""

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

Destination = uuid.UUID | None
"""A replica, or None for all of them, the sender included."""


class LinkDown(Exception):
    """The broker cannot be reached, or does not do what it should; the text says why, without secrets."""


class Link(Protocol):
    """A connection to a broker; opened and closed again and again, by one bus.

    Delivers in the order of sending; what it loses it loses silently, or with the connection.
    """

    @property
    def name(self) -> str:
        """The broker's kind, for logs."""

    @property
    def frame_bytes(self) -> int:
        """Largest frame."""

    async def open(self, replica_id: uuid.UUID, receive: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        """Connect, and hear what goes to everyone and to `replica_id`. Raises LinkDown; may be cancelled.

        Both callbacks are called on the event loop: `receive` with each frame, `lost` with the reason when the
        connection ended, also more than once.
        """

    async def send(self, frames: Sequence[tuple[Destination, bytes]]) -> None:
        """Send frames (UTF-8 text without NUL, at most `frame_bytes` each) in one round trip. Raises LinkDown."""

    async def probe(self) -> None:
        """Return once the broker has answered. Raises LinkDown."""

    async def close(self) -> None:
        """Disconnect at once, without farewell; idempotent. Never raises."""
