"""Events on their way to one viewer: gathered with the cursor after each, handed over in batches of bounded size."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from palaver.stream.cursor import Position

BATCH_BYTES: Final = 1 << 20
"""A batch ends with the event that passes this size: reference clients read frames of up to 4 MiB."""


class Batch(NamedTuple):
    """Events that one frame or write may carry; empty: nothing happened for the heartbeat's time."""

    events: Sequence[bytes]
    """JSON of each event; shared between viewers where possible."""
    cursors: Iterator[str]
    """One per event: where the stream goes on after it."""


class Collected:
    """Events of one sync with the cursor after each."""

    def __init__(self, chat_id: uuid.UUID) -> None:
        self._chat_id = chat_id
        self._events: list[bytes] = []
        self._cursors: list[str] = []

    def add(self, event: bytes, position: Position) -> None:
        """Append an event; `position` is the one after it."""
        self._events.append(event)
        self._cursors.append(position.cursor(self._chat_id))

    def batches(self, most: int) -> Iterator[Batch]:
        """The events in batches of at most `most`, cut where they grow large."""
        start = size = 0
        for index, event in enumerate(self._events):
            size += len(event)
            if index + 1 - start >= most or size >= BATCH_BYTES:
                yield self._batch(start, index + 1)
                start, size = index + 1, 0
        if start < len(self._events):
            yield self._batch(start, len(self._events))

    def _batch(self, start: int, end: int) -> Batch:
        return Batch(self._events[start:end], iter(self._cursors[start:end]))


def part_cursors(prefix: str, first: int, last: int) -> Iterator[str]:
    """The cursors behind the parts `first` to `last`, which differ in their end only."""
    return (f"{prefix}.{seq}" for seq in range(first, last + 1))
