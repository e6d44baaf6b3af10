"""A history as a model reads it that writes about it: one line per message, cut where it grows long."""

from collections.abc import Iterable, Sequence
from typing import Final

from palaver.chat.parts import text_of
from palaver.chat.records import MessageRecord

_SPEAKERS: Final = {"user": "User", "assistant": "Assistant"}


def line_of(message: MessageRecord, most: int) -> str:
    """A message's text on one line, at most `most` characters; "" when it has none."""
    return " ".join(text_of(message.content).split())[:most].rstrip()


def transcript(messages: Iterable[MessageRecord], *, most: int, most_per_message: int) -> str:
    """What users and models said, a line each, at most `most` characters together; the newest fall off first."""
    lines: list[str] = []
    room = most
    for message in messages:
        speaker = _SPEAKERS.get(message.role)
        said = line_of(message, most_per_message)
        if speaker is None or not said:
            continue
        line = f"{speaker}: {said}"[:room]
        lines.append(line)
        room -= len(line) + 1
        if room <= 0:
            break
    return "\n".join(lines)


def latest_transcript(messages: Sequence[MessageRecord], *, most: int, most_per_message: int) -> str:
    """As `transcript`, but the oldest fall off first, and whole."""
    lines: list[str] = []
    room = most
    for message in reversed(messages):
        line = transcript((message,), most=most, most_per_message=most_per_message)
        room -= len(line) + 1
        if room < 0:
            break
        if line:
            lines.append(line)
    return "\n".join(reversed(lines))


def turns(messages: Iterable[MessageRecord]) -> list[list[MessageRecord]]:
    """Messages in turns, each from a user's message on; what stands before the first one is left out."""
    found: list[list[MessageRecord]] = []
    for message in messages:
        if message.role == "user":
            found.append([message])
        elif found:
            found[-1].append(message)
    return found


def without_repeats(first: Sequence[MessageRecord], last: Sequence[MessageRecord]) -> list[MessageRecord]:
    """Two ascending windows of one history as one."""
    known = {message.id for message in first}
    return [*first, *[message for message in last if message.id not in known]]
