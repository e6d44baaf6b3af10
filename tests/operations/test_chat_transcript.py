"""What `palaver chat` makes of events, in orders that a quiet server seldom sends."""

import io
from typing import Any, Final

import pytest
from rich.console import Console

from palaver.cli.chat import _Question
from palaver.cli.transcript import Transcript
from palaver_client import ChatStreamEvent, models
from palaver_client.generated.events import EVENTS

CHAT: Final = "9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25"
AT: Final = "2026-08-01T10:00:00Z"


def event(kind: str, **fields: Any) -> ChatStreamEvent:
    """An event as it comes."""
    made: ChatStreamEvent = EVENTS[kind].from_dict({"type": kind, "chat_id": CHAT, **fields})
    return made


def message(id_: int, role: str, text: str) -> ChatStreamEvent:
    """A committed message."""
    parts = [{"type": "text", "text": text}]
    told = {"id": id_, "chat_id": CHAT, "created_at": AT, "role": role, "content": parts}
    return event("message", message=told)


def queue(*ids: int) -> ChatStreamEvent:
    """The queue's entries."""
    parts = [{"type": "text", "text": "q"}]
    entries = [{"id": id_, "chat_id": CHAT, "content": parts, "created_at": AT, "version": 1} for id_ in ids]
    return event("queue_update", queued_messages=entries)


def live(text: str) -> ChatStreamEvent:
    """A live piece."""
    return event("message_part", message_part={"part": {"type": "text", "text": text}})


def shown(sent: dict[str, Any] | None, *events: ChatStreamEvent) -> tuple[str, str, int]:
    """What a script's asker of `mine` gets: answers, notes, and how many events until the turn of it is over."""
    answers, notes = io.StringIO(), io.StringIO()
    response = models.CreateChatMessageResponse.from_dict(sent) if sent is not None else None
    own = response.message if response is not None else None
    transcript = Transcript(
        Console(file=answers, soft_wrap=True),
        Console(file=notes, soft_wrap=True, width=200),
        after=own.id if own else 0,
        own_question_comes=sent is None,
    )
    question = _Question("mine", response, transcript)
    count = 0
    for one in events:
        if question.is_over(one):
            break
        transcript.show(one)
        count += 1
    transcript.end()
    return answers.getvalue(), notes.getvalue(), count


MADE: Final = {"queued": False, "message": {"id": 7, "chat_id": CHAT, "created_at": AT, "role": "user"}}
PARTS: Final = [{"type": "text", "text": "mine"}]
QUEUED: Final = {
    "queued": True,
    "queued_message": {"id": 3, "chat_id": CHAT, "content": PARTS, "created_at": AT, "version": 1},
}


def test_a_stream_that_begins_anew_repeats_nothing() -> None:
    again = (
        event("history_reset"),
        message(5, "user", "old"),
        message(6, "assistant", "older"),
        message(7, "user", "mine"),
    )
    events = (live("par"), message(8, "assistant", "part one"), *again, message(8, "assistant", "part one"))
    answers, notes, count = shown(MADE, *events, message(9, "assistant", "two"), message(10, "user", "next"))
    assert (answers, notes, count) == ("part one\ntwo\n", "", len(events) + 1)


def test_the_first_message_of_a_new_chat_is_not_repeated_to_who_wrote_it() -> None:
    answers, notes, _ = shown(None, message(1, "user", "mine"), message(2, "assistant", "yes"), message(3, "user", "x"))
    assert (answers, notes) == ("yes\n", "")


@pytest.mark.parametrize("text", ["mine", "mine, in other words"], ids=["as it was sent", "changed in the queue"])
def test_a_script_gets_the_answer_to_its_queued_message_alone(text: str) -> None:
    before = (queue(2, 3), live("theirs"), message(6, "assistant", "theirs"), message(7, "user", "q"), queue(3))
    ours = (live("q's"), message(8, "assistant", "q's"), message(9, "user", text), queue(), live("a"))
    answers, notes, count = shown(
        QUEUED, *before, *ours, message(10, "assistant", "an answer"), message(11, "user", "x")
    )
    assert answers == "an answer\n"
    assert [line.partition(": ")[2] for line in notes.splitlines() if "waits" in line] == [
        "1 before it.",
        "it is the next.",
    ]
    assert count == len(before) + len(ours) + 1


def test_an_answer_that_is_there_before_the_queue_is_told_is_not_missed() -> None:
    late = (message(7, "user", "mine"), message(8, "assistant", "an answer"), queue())
    assert shown(QUEUED, queue(3), *late)[0] == "an answer\n"


def test_what_a_model_says_moves_no_cursor() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, soft_wrap=True, highlight=False)
    transcript = Transcript(console, console)
    transcript.show(live("a\x1b]0;title\x07b\x9bc\n[bold]d"))
    assert screen.getvalue() == "a]0;titlebc\n[bold]d"
