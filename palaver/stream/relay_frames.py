"""What relays of two processes say to each other: one JSON array with an item a line.

Parts cross as the text that their producer wrote: a receiver finds them by the line ends, which JSON text never has
inside a value, and parses only the short headers before them. Items of unknown kinds are skipped, so that processes
of two versions understand what they share.
"""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import orjson

from palaver.stream.parts import EpisodeKey

_SEPARATOR: Final = b",\n"


class MalformedFrame(ValueError):
    """The text is not what a relay says."""


class Ask(NamedTuple):
    """The sender follows the episode and has the parts 1 to `have` of the producer `tag` (empty: none known yet).

    `again`: answer, and send all that follows `have`, whatever was sent before. Otherwise it only confirms and renews.
    """

    key: EpisodeKey
    tag: str
    have: int
    again: bool

    def lines(self) -> list[bytes]:
        """The items to be given to `encode`."""
        again = b"true" if self.again else b"false"
        return [b'["ask",%b,"%b",%d,%b]' % (_named(self.key), self.tag.encode(), self.have, again)]


class Leave(NamedTuple):
    """The sender follows the episode no longer."""

    key: EpisodeKey

    def lines(self) -> list[bytes]:
        """The items to be given to `encode`."""
        return [b'["leave",%b]' % _named(self.key)]


class Parts(NamedTuple):
    """Parts of an episode in order, the first of which has the seq `first`; may be none.

    `tag`: the producer; empty as long as there is none. `closed`: these are the last.
    """

    key: EpisodeKey
    tag: str
    first: int
    bodies: Sequence[bytes]
    """Each as `Episode.append` takes it."""
    closed: bool

    def lines(self) -> list[bytes]:
        """The items to be given to `encode`: a header, then an object a part."""
        closed = b"true" if self.closed else b"false"
        header = b'["parts",%b,"%b",%d,%d,%b]' % (
            _named(self.key),
            self.tag.encode(),
            self.first,
            len(self.bodies),
            closed,
        )
        return [header, *(body + b"}" for body in self.bodies)]


Frame = Ask | Leave | Parts


def encode(lines: Sequence[bytes]) -> bytes:
    """The text of the frames whose `lines` are given one after the other."""
    return b"[%b]" % _SEPARATOR.join(lines)


def decode(payload: bytes) -> Iterator[Frame]:
    """The frames of a text. Raises MalformedFrame, after those that precede the fault."""
    lines = iter(payload[1:-1].split(_SEPARATOR))
    for line in lines:
        try:
            frame = _frame(orjson.loads(line), lines)
        except (ValueError, TypeError, IndexError, StopIteration) as error:
            raise MalformedFrame(str(error)) from error
        if frame is not None:
            yield frame


def _frame(header: Any, rest: Iterator[bytes]) -> Frame | None:
    if not isinstance(header, list):
        # Belongs to an item of a kind that this version does not know.
        return None
    match header[0]:
        case "ask":
            tag, have, again = header[4:7]
            return Ask(_key(header), str(tag), _count(have), bool(again))
        case "leave":
            return Leave(_key(header))
        case "parts":
            tag, first, count, closed = header[4:8]
            key, bodies = _key(header), [next(rest)[:-1] for _ in range(_count(count))]
            return Parts(key, str(tag), _count(first), bodies, bool(closed))
        case _:
            return None


def _named(key: EpisodeKey) -> bytes:
    return b'"%b",%d,%d' % (str(key.chat_id).encode(), key.history_version, key.generation_attempt)


def _key(header: list[Any]) -> EpisodeKey:
    return EpisodeKey(uuid.UUID(header[1]), _count(header[2]), _count(header[3]))


def _count(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no count")
    return value
