"""The wire form: what is written is read again, and nothing that comes in can do more than be refused."""

import json
import string
import uuid
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaver.chat.notices import ChatNotice, OwnershipNotice, WatchEventKind, WatchNotice
from palaver.stream.bus import Change, SharedBus
from palaver.stream.bus.frames import (
    HEADER_BYTES,
    Farewell,
    Joiner,
    Malformed,
    Message,
    News,
    Piece,
    Presence,
    encode,
    frame,
    read_entries,
    read_frame,
    read_joined,
    split,
)
from tests.bus.memory_link import MemoryBroker

versions = st.integers(0, 2**63)
ids = st.uuids()
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=3000)
payloads = texts.map(lambda text: text.encode())
notices = st.builds(
    ChatNotice,
    chat_id=ids,
    snapshot_version=versions,
    worker_id=st.none() | ids,
    runner_id=st.none() | ids,
    history_version=versions,
    queue_version=versions,
    retry_state_version=versions,
    generation_attempt=versions,
    status=st.text(string.ascii_lowercase, max_size=20),
    archived=st.booleans(),
)
changes = st.builds(
    Change, st.sampled_from(["user", "key", "everyone", "models", "config"]), st.text(string.printable, max_size=40)
)
news: st.SearchStrategy[News] = st.one_of(
    notices,
    st.builds(OwnershipNotice, ids, versions),
    changes,
    st.builds(Presence, st.floats(0.1, 3600), st.booleans(), versions),
    st.just(Farewell()),
    st.builds(WatchNotice, ids, ids, st.sampled_from(get_args(WatchEventKind)), payloads),
    st.builds(Message, payloads),
)


@given(st.lists(news, max_size=8), ids, st.booleans(), st.integers(0, 2**62))
@settings(deadline=None)
def test_a_frame_is_read_as_it_was_written(said: list[News], sender: uuid.UUID, is_direct: bool, number: int) -> None:
    entries = b"".join(map(encode, said))
    written = frame(sender, is_direct=is_direct, number=number, entries=entries)
    assert len(written) <= HEADER_BYTES + len(entries)
    assert b"\0" not in written
    read = read_frame(written)
    assert (read.sender, read.is_direct, read.number) == (sender, is_direct, number)
    assert read_entries(read.entries) == said


@pytest.mark.parametrize(
    "unknown",
    [b'["w",2,"0123"]\n{}', b'["zz",0,[1]]\n', b'["e",0,"%b","%b","mood_change"]\n' % (b"0" * 32, b"1" * 32)],
    ids=["a kind of before", "a kind to come", "a watch event to come"],
)
def test_what_only_other_versions_know_is_passed_over(unknown: bytes) -> None:
    known = [OwnershipNotice(uuid.uuid4(), 1), WatchNotice(uuid.uuid4(), uuid.uuid4(), "created")]
    assert read_entries(encode(known[0]) + unknown + encode(known[1])) == known


@given(payloads, st.integers(128, 700), st.data())
@settings(deadline=None)
def test_pieces_join_in_any_order_doubled_or_not(payload: bytes, room: int, data: st.DataObject) -> None:
    said, sender, joiner = Message(payload), uuid.uuid4(), Joiner()
    entries = split(encode(said), room, 7)
    assert all(len(entry) <= room for entry in entries)
    for entry in entries:
        entry.decode()
    if len(entries) == 1:
        assert read_entries(entries[0]) == [said]
        return
    pieces = [piece for entry in entries for piece in read_entries(entry)]
    order = data.draw(st.permutations(pieces))
    doubled = data.draw(st.lists(st.sampled_from(order[:-1]), max_size=5))
    heard = [joiner.add(sender, piece, 0.0) for piece in [*order[:-1], *doubled] if isinstance(piece, Piece)]
    assert heard == [None] * len(heard)
    last = order[-1]
    assert isinstance(last, Piece)
    joined = joiner.add(sender, last, 0.0)
    assert joined is not None
    assert read_joined(joined) == said
    assert joiner.size == 0


@given(st.lists(payloads.map(lambda payload: payload + 301 * b"x"), min_size=1, max_size=4), st.data())
@settings(deadline=None)
def test_a_lost_piece_costs_its_entry_and_no_other(said: list[bytes], data: st.DataObject) -> None:
    sender, joiner = uuid.uuid4(), Joiner(patience=10)
    lost = data.draw(st.integers(0, len(said) - 1))
    pieces: list[tuple[int, Piece]] = []
    for number, payload in enumerate(said):
        found = [piece for entry in split(encode(Message(payload)), 200, number) for piece in read_entries(entry)]
        if number == lost:
            del found[data.draw(st.integers(0, len(found) - 1))]
        pieces += [(number, piece) for piece in found if isinstance(piece, Piece)]
    heard = {}
    for number, piece in data.draw(st.permutations(pieces)):
        joined = joiner.add(sender, piece, 1.0)
        if joined is not None:
            heard[number] = read_joined(joined)
    assert heard == {number: Message(payload) for number, payload in enumerate(said) if number != lost}
    joiner.forget_older(12.0)
    assert joiner.size == 0


def test_what_waits_for_its_rest_is_bounded() -> None:
    joiner = Joiner(most_bytes=100_000)
    for number in range(1000):
        joiner.add(uuid.uuid4(), Piece(number, 0, 2, b"x" * 1000), 0.0)
        assert joiner.size <= 100_000
    first, second = uuid.uuid4(), uuid.uuid4()
    joiner.clear()
    joiner.add(first, Piece(1, 0, 2, b"a"), 0.0)
    joiner.add(second, Piece(1, 0, 2, b"b"), 0.0)
    joiner.forget_sender(first)
    assert joiner.add(second, Piece(1, 1, 2, b"b"), 0.0) == b"bb"
    assert joiner.size == 0


def test_pieces_that_contradict_each_other_are_refused() -> None:
    joiner, sender = Joiner(), uuid.uuid4()
    joiner.add(sender, Piece(1, 0, 2, b"a"), 0.0)
    with pytest.raises(Malformed):
        joiner.add(sender, Piece(1, 1, 3, b"b"), 0.0)
    with pytest.raises(Malformed):
        joiner.add(sender, Piece(2, 0, 2, b"a" * (5 * 1024 * 1024)), 0.0)


def test_what_only_newer_versions_know_is_skipped() -> None:
    known = encode(OwnershipNotice(uuid.UUID(int=1), 2))
    assert read_entries(b'["z",5,1,{}]\n12345' + known) == [OwnershipNotice(uuid.UUID(int=1), 2)]
    longer = known.replace(b"]\n", b',"more"]\n')
    assert read_entries(longer) == [OwnershipNotice(uuid.UUID(int=1), 2)]
    assert read_entries(b'["a",0,"roles","x"]\n') == [Change("everyone")]


# ---- garbage ----

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)


def _line(value: Any) -> bytes:
    return json.dumps(value).encode() + b"\n"


_kinds = st.sampled_from(["c", "o", "a", "h", "b", "w", "m", "p", "?"])
_entries = st.builds(
    lambda kind, length, arguments, body: _line([kind, length, *arguments]) + body,
    _kinds | _values,
    st.integers(-2, 40) | _values,
    st.lists(_values | ids.map(lambda found: found.hex), max_size=11),
    st.binary(max_size=40),
)


@st.composite
def _frames(draw: st.DrawFn) -> bytes:
    """Bytes that are frames, nearly frames, or nothing of the kind."""
    start = draw(
        st.binary(max_size=80)
        | st.builds(
            lambda sender, way, number: f"P1 {sender.hex} {way} {number}\n".encode(),
            ids,
            st.sampled_from(["b", "d", "x"]),
            st.integers(-3, 2**64) | st.text(max_size=5),
        )
    )
    body = draw(
        st.binary(max_size=200)
        | st.lists(_entries, max_size=4).map(b"".join)
        | st.lists(news.map(encode), max_size=3).map(b"".join)
    )
    whole = start + body
    cut = draw(st.integers(0, len(whole)))
    return draw(st.sampled_from([whole, whole[:cut], whole[cut:]]))


@given(_frames())
@settings(max_examples=500, deadline=None)
def test_reading_anything_is_either_news_or_refused(data: bytes) -> None:
    try:
        for found in read_entries(read_frame(data).entries):
            assert isinstance(
                found,
                ChatNotice | OwnershipNotice | Change | Presence | Farewell | WatchNotice | Message | Piece,
            )
    except Malformed:
        pass


@given(st.lists(_frames(), max_size=10))
@settings(deadline=None)
async def test_nothing_that_comes_in_raises_out_of_the_bus(frames: list[bytes]) -> None:
    bus = SharedBus(uuid.uuid4(), MemoryBroker().link())
    bus.on_message(lambda sender, payload: None)
    for data in frames:
        bus.receive(data)
    bus.link_closed()
