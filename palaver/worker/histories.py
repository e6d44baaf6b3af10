"""Histories as the last turns of this process left them, so that the next turn of a chat need not read them again.

What is kept counts for one version of the history only: whoever changes a history, in whatever process, makes a new
version of it, and then it is read.
"""

import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from palaver.chat.records import MessageRecord

LONGEST: Final = 1_000
"""Messages of the longest history that is kept; longer ones are for a summary."""
CHARACTERS: Final = 32 * 1024 * 1024
"""All that is kept, by the length of its texts: some 100 MB with what Python adds."""
SECONDS: Final = 900.0
"""A chat that rests for longer is read again."""
_OF_MESSAGE: Final = 600
_OF_PART: Final = 300
"""Characters that a message or a part counts for beside its texts."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a turn knew at its end: what the model is to see of the chat.

    `steps_hidden` of the newest user message's turn are in the newest summary only.
    """

    history: list[MessageRecord]
    steps_hidden: int


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    known: Known
    weight: int
    since: float


class RecentHistories:
    """Keeps at most `characters` of histories, those of the last turns. For use on the event loop."""

    def __init__(self, characters: int = CHARACTERS, clock: Callable[[], float] = time.monotonic) -> None:
        self._room = characters
        self._clock = clock
        self._kept: OrderedDict[uuid.UUID, _Kept] = OrderedDict()

    def keep(self, chat_id: uuid.UUID, version: int, known: Known) -> None:
        """Keep what is known of the chat's history in this version; the list must not be changed any more."""
        self._drop(chat_id)
        now = self._clock()
        if len(known.history) <= LONGEST:
            kept = _Kept(version, known, sum(map(_weight, known.history)), now)
            self._kept[chat_id] = kept
            self._room -= kept.weight
        while self._kept and (self._room < 0 or next(iter(self._kept.values())).since < now - SECONDS):
            self._drop(next(iter(self._kept)))

    def take(self, chat_id: uuid.UUID, version: int) -> Known | None:
        """Give away what is kept of the chat, if its history still has this version."""
        kept = self._drop(chat_id)
        return kept.known if kept is not None and kept.version == version else None

    def _drop(self, chat_id: uuid.UUID) -> _Kept | None:
        kept = self._kept.pop(chat_id, None)
        if kept is not None:
            self._room += kept.weight
        return kept


def _weight(message: MessageRecord) -> int:
    return _OF_MESSAGE + sum(map(_length, message.content))


def _length(value: object) -> int:
    """About how much memory a JSON value takes, in characters."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return _OF_PART + sum(map(_length, value.values()))
    if isinstance(value, Sequence):
        return _OF_PART + sum(map(_length, value))
    return 0
