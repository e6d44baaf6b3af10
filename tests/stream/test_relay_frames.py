"""What relays say to each other, as text."""

import uuid

import orjson
import pytest

from palaver import metrics
from palaver.stream.parts import EpisodeKey
from palaver.stream.relay_frames import Ask, Leave, MalformedFrame, Parts, decode, encode
from tests.stream.wire import Replica

TEXT = {"type": "text", "text": "x"}


def test_frames_are_json_and_read_back(key: EpisodeKey) -> None:
    said = [
        Ask(key, "", 0, True),
        Parts(key, "0a1b2c3d", 3, [b'{"role":"assistant","part":{"type":"text","text":"a,\\n[\\u0000"}'] * 2, False),
        Leave(key),
        Parts(key, "", 1, [], True),
    ]
    payload = encode([line for frame in said for line in frame.lines()])
    assert list(decode(payload)) == said
    assert len(orjson.loads(payload)) == 6
    assert b"\0" not in payload


def test_unknown_items_are_skipped(key: EpisodeKey) -> None:
    lines = [b'["later",1,2]', b'{"its":"body"}', *Leave(key).lines()]
    assert list(decode(encode(lines))) == [Leave(key)]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"nonsense",
        b"[[]]",
        b'[["ask"]]',
        b'[["leave","no-uuid",1,1]]',
        b'[["leave","00000000-0000-0000-0000-000000000000",-1,1]]',
        b'[["parts","00000000-0000-0000-0000-000000000000",1,1,"",1,1,false]]',
    ],
)
def test_malformed_text_is_refused(payload: bytes) -> None:
    with pytest.raises(MalformedFrame):
        list(decode(payload))


def test_malformed_messages_are_counted_and_do_no_harm(viewer: Replica) -> None:
    counter = metrics.NOTICES_DROPPED.labels("malformed")
    before = counter._value.get()
    viewer.bus.heard[0](uuid.uuid4(), b"[nonsense]")
    assert counter._value.get() == before + 1
