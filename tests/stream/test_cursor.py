"""Cursors: compact, exact, and refused rather than guessed."""

import contextlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaver.stream.cursor import InvalidCursor, Position, parse_cursor

CHAT = uuid.UUID("9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25")
VERSIONS = st.integers(0, 10**17)


@st.composite
def positions(draw: st.DrawFn) -> Position:
    history = draw(VERSIONS)
    partial = draw(st.booleans())
    return Position(
        snapshot_version=draw(VERSIONS),
        history_version=history,
        target_version=history + (draw(st.integers(1, 99)) if partial else 0),
        upto_id=draw(VERSIONS) if partial else 0,
        queue_version=draw(VERSIONS),
        retry_state_version=draw(VERSIONS),
        sign_ins_version=draw(VERSIONS),
        status=draw(st.sampled_from([None, "waiting", "running", "error", "requires_action", "interrupting"])),
        error_sent=draw(st.booleans()),
        action_sent=draw(st.booleans()),
        preview_version=draw(VERSIONS),
        preview_attempt=draw(VERSIONS),
        tag=draw(st.sampled_from(["", "0badcafe"])),
        seq=draw(VERSIONS),
    )


@given(position=positions())
def test_cursor_reads_back_as_it_was_written(position: Position) -> None:
    written = position.cursor(CHAT)
    assert parse_cursor(written, CHAT) == position
    assert written == f"{position.prefix(CHAT)}.{position.seq}"
    assert len(written) < 256
    assert written.isascii()


@given(garbage=st.text(max_size=80))
def test_any_text_is_a_cursor_or_refused(garbage: str) -> None:
    with pytest.raises(InvalidCursor):
        parse_cursor(garbage, CHAT)


@given(position=positions(), at=st.integers(0, 200), character=st.characters())
def test_a_damaged_cursor_never_raises_anything_else(position: Position, at: int, character: str) -> None:
    text = position.cursor(CHAT)
    with contextlib.suppress(InvalidCursor):
        parse_cursor(text[:at] + character + text[at + 1 :], CHAT)


def test_cursor_of_another_chat_is_refused() -> None:
    with pytest.raises(InvalidCursor):
        parse_cursor(Position().cursor(CHAT), uuid.uuid4())
