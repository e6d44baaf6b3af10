"""The wire form between processes: frames of entries, and entries in pieces where one is larger than a frame.

A frame is UTF-8 text: a line `P1 SENDER b|d NUMBER`, then entries. An entry is a line of JSON, `[KIND, LENGTH, ...]`,
and a body of LENGTH bytes. Frames to everyone (b) and to one replica (d) are numbered apart, growing. Readers skip
kinds and arguments that they do not know, so that two versions can share a bus. Whatever else does not fit raises
Malformed: what other processes say is not believed.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, get_args

import orjson

from palaver.chat.notices import ChatNotice, Notice, OwnershipNotice, WatchEventKind, WatchNotice
from palaver.stream.bus.interface import MAX_MESSAGE_BYTES, Change

_VERSION: Final = b"P1"
HEADER_BYTES: Final = 64
"""Upper bound of a frame's first line."""
_PIECE_HEADER_BYTES: Final = 80
"""Upper bound of a piece's first line."""
MAX_PIECES: Final = 65_536
MAX_ENTRY_BYTES: Final = MAX_MESSAGE_BYTES + 1024
_CHANGE_KINDS: Final = frozenset(("user", "key", "everyone", "models", "limits", "config", "tool_servers"))
_WATCH_KINDS: Final = frozenset(get_args(WatchEventKind))
_MAX_VERSION: Final = 2**63
_MAX_TEXT: Final = 200


class Malformed(Exception):
    """Bytes that no Palaver of this wire version has written."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A replica says that it is there, and again within `interval` seconds.

    `is_new`: it has just connected and wants to know who else is there. `number` is that of its last frame to everyone.
    """

    interval: float
    is_new: bool
    number: int


@dataclass(frozen=True, slots=True)
class Farewell:
    """A replica leaves."""


@dataclass(frozen=True, slots=True)
class Message:
    """A payload for one replica."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an entry that is larger than a frame; `number` is unique per sender, `index` counts from 0."""

    number: int
    index: int
    count: int
    data: bytes


News = Notice | Change | Presence | Farewell | Message
"""What an entry can say."""


class Frame(NamedTuple):
    """A frame without its entries; `entries` is what `read_entries` reads."""

    sender: uuid.UUID
    is_direct: bool
    number: int
    entries: bytes


# ---- writing ----


def encode(news: News) -> bytes:
    """`news` as an entry."""
    match news:
        case ChatNotice():
            worker, runner = news.worker_id, news.runner_id
            return _entry(
                "c",
                b"",
                news.chat_id.hex,
                news.snapshot_version,
                worker and worker.hex,
                runner and runner.hex,
                news.history_version,
                news.queue_version,
                news.retry_state_version,
                news.generation_attempt,
                news.status,
                news.archived,
            )
        case OwnershipNotice():
            return _entry("o", b"", news.chat_id.hex, news.snapshot_version)
        case Change():
            return _entry("a", b"", news.kind, news.key)
        case Presence():
            return _entry("h", b"", news.interval, news.is_new, news.number)
        case Farewell():
            return _entry("b", b"")
        case WatchNotice():
            return _entry("e", news.event, news.owner_id.hex, news.chat_id.hex, news.kind)
        case Message():
            return _entry("m", news.payload)


def split(entry: bytes, room: int, number: int) -> list[bytes]:
    """`entry` as entries of at most `room` bytes (at least 128): itself, or pieces under `number`."""
    if len(entry) <= room:
        return [entry]
    slices = list(_slices(entry, room - _PIECE_HEADER_BYTES))
    return [_entry("p", data, number, index, len(slices)) for index, data in enumerate(slices)]


def frame(sender: uuid.UUID, *, is_direct: bool, number: int, entries: bytes) -> bytes:
    """A whole frame: at most HEADER_BYTES more than its entries."""
    return b"%b %b %b %d\n%b" % (_VERSION, sender.hex.encode(), b"d" if is_direct else b"b", number, entries)


def _entry(kind: str, body: bytes, *arguments: Any) -> bytes:
    return b"%b\n%b" % (orjson.dumps((kind, len(body), *arguments)), body)


def _slices(data: bytes, most: int) -> Iterator[bytes]:
    """`data` cut into at most `most` bytes each, never inside a character."""
    start = 0
    while start < len(data):
        end = start + most
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[start:end]
        start = end


# ---- reading ----


def read_frame(data: bytes) -> Frame:
    """Raises Malformed."""
    line, newline, entries = data.partition(b"\n")
    fields = line.split(b" ")
    if not newline or len(fields) != 4 or fields[0] != _VERSION or fields[2] not in (b"b", b"d"):
        raise Malformed("not a frame")
    try:
        sender, number = uuid.UUID(fields[1].decode("ascii")), int(fields[3])
    except ValueError as error:
        raise Malformed("a frame's sender or number") from error
    if not 0 <= number < _MAX_VERSION:
        raise Malformed("a frame's number")
    return Frame(sender, fields[2] == b"d", number, entries)


def read_entries(entries: bytes) -> list[News | Piece]:
    """What a frame's entries say, without those of unknown kinds. Raises Malformed."""
    found: list[News | Piece] = []
    start = 0
    while start < len(entries):
        end = entries.find(b"\n", start)
        if end < 0:
            raise Malformed("an entry without an end")
        try:
            line = orjson.loads(entries[start:end])
        except orjson.JSONDecodeError as error:
            raise Malformed("an entry's line") from error
        if not isinstance(line, list) or len(line) < 2 or not isinstance(line[0], str):
            raise Malformed("an entry's line")
        start = end + 1 + _number(line[1], len(entries) - end - 1)
        news = _news(line[0], line[2:], entries[end + 1 : start])
        if news is not None:
            found.append(news)
    return found


def read_joined(entry: bytes) -> News:
    """The one entry that pieces made up. Raises Malformed."""
    found = read_entries(entry)
    if len(found) != 1 or isinstance(found[0], Piece):
        raise Malformed("joined pieces")
    return found[0]


def _news(kind: str, arguments: list[Any], body: bytes) -> News | Piece | None:
    try:
        match kind:
            case "c":
                return _chat_notice(*arguments[:10])
            case "o":
                return OwnershipNotice(_id(arguments[0]), _number(arguments[1]))
            case "a":
                return _change(arguments[0], arguments[1])
            case "h":
                interval, is_new, number = arguments[:3]
                if not isinstance(interval, int | float) or not 0 < interval <= 3600:
                    raise Malformed("an interval")
                return Presence(float(interval), is_new is True, _number(number))
            case "b":
                return Farewell()
            case "e":
                return _watch_notice(*arguments[:3], event=body)
            case "m":
                return Message(body)
            case "p":
                return _piece(*arguments[:3], data=body)
            case _:
                return None
    except (IndexError, TypeError, ValueError) as error:
        raise Malformed(f"an entry of kind {kind[:8]!r}") from error


def _chat_notice(
    chat_id: Any,
    snapshot: Any,
    worker: Any,
    runner: Any,
    history: Any,
    queue: Any,
    retry: Any,
    attempt: Any,
    status: Any,
    archived: Any,
) -> ChatNotice:
    if not isinstance(status, str) or len(status) > _MAX_TEXT:
        raise Malformed("a status")
    return ChatNotice(
        chat_id=_id(chat_id),
        snapshot_version=_number(snapshot),
        worker_id=None if worker is None else _id(worker),
        runner_id=None if runner is None else _id(runner),
        history_version=_number(history),
        queue_version=_number(queue),
        retry_state_version=_number(retry),
        generation_attempt=_number(attempt),
        status=status,
        archived=archived is True,
    )


def _watch_notice(owner: Any, chat: Any, kind: Any, *, event: bytes) -> WatchNotice | None:
    """None for a kind that only newer versions know."""
    if not isinstance(kind, str):
        raise Malformed("a kind of watch event")
    notice = WatchNotice(_id(owner), _id(chat), kind, event)  # type: ignore[arg-type]
    return notice if kind in _WATCH_KINDS else None


def _change(kind: Any, key: Any) -> Change | None:
    """A change of a kind that only newer versions know becomes: forget everything."""
    if not isinstance(kind, str) or not isinstance(key, str) or len(key) > _MAX_TEXT:
        raise Malformed("a change")
    return Change(kind, key) if kind in _CHANGE_KINDS else Change("everyone")  # type: ignore[arg-type]


def _piece(number: Any, index: Any, count: Any, *, data: bytes) -> Piece:
    if _number(count) not in range(2, MAX_PIECES + 1) or not data:
        raise Malformed("a piece")
    return Piece(_number(number), _number(index, count - 1), count, data)


def _id(value: Any) -> uuid.UUID:
    if not isinstance(value, str) or len(value) != 32:
        raise Malformed("an id")
    return uuid.UUID(value)


def _number(value: Any, most: int = _MAX_VERSION) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise Malformed("a number")
    return value


# ---- pieces ----

_PIECE_OVERHEAD_BYTES: Final = 128


@dataclass(slots=True)
class _Unfinished:
    count: int
    began: float
    pieces: dict[int, bytes]
    size: int = 0


class Joiner:
    """Joins pieces to entries, in any order, doubled or not; what stays unfinished is dropped.

    Bounded by `most_bytes` over all senders and by `patience` seconds for one entry.
    """

    def __init__(self, *, most_bytes: int = 8 * MAX_ENTRY_BYTES, patience: float = 10.0) -> None:
        self._most_bytes = most_bytes
        self._patience = patience
        self._unfinished: dict[tuple[uuid.UUID, int], _Unfinished] = {}
        self.size = 0
        """Bytes of memory that waiting pieces take, roughly."""

    def add(self, sender: uuid.UUID, piece: Piece, now: float) -> bytes | None:
        """The entry that `piece` completes, if it does. Raises Malformed when it contradicts an earlier one."""
        self.forget_older(now)
        key = (sender, piece.number)
        unfinished = self._unfinished.get(key)
        if unfinished is None:
            unfinished = self._unfinished[key] = _Unfinished(piece.count, now, {})
        if unfinished.count != piece.count or unfinished.size + len(piece.data) > MAX_ENTRY_BYTES:
            self._forget(key)
            raise Malformed("pieces that do not fit together")
        if piece.index in unfinished.pieces:
            return None
        unfinished.pieces[piece.index] = piece.data
        unfinished.size += len(piece.data)
        self.size += len(piece.data) + _PIECE_OVERHEAD_BYTES
        if len(unfinished.pieces) == piece.count:
            self._forget(key)
            return b"".join(unfinished.pieces[index] for index in range(piece.count))
        while self.size > self._most_bytes:
            self._forget(next(iter(self._unfinished)))
        return None

    def forget_older(self, now: float) -> None:
        """Drop what has waited for too long."""
        while self._unfinished:
            key = next(iter(self._unfinished))
            if now - self._unfinished[key].began < self._patience:
                return
            self._forget(key)

    def forget_sender(self, sender: uuid.UUID) -> None:
        """Drop what a replica that has gone had begun."""
        for key in [key for key in self._unfinished if key[0] == sender]:
            self._forget(key)

    def clear(self) -> None:
        """Drop everything."""
        self._unfinished.clear()
        self.size = 0

    def _forget(self, key: tuple[uuid.UUID, int]) -> None:
        unfinished = self._unfinished.pop(key)
        self.size -= unfinished.size + len(unfinished.pieces) * _PIECE_OVERHEAD_BYTES
