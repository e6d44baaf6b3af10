"""What the journeys do not meet, in both flavours: answers that a live server does not give on demand."""

import asyncio
import email.utils
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from flavours import Flavour, make
from scripted import CHAT, Answer, Script, part, reply, scripted, status, stream

from palaver_client import ChatStreamEvent, PalaverError, StreamLost, models
from palaver_client.generated.api.chat_control import interrupt_chat
from palaver_client.streaming import TurnEnd

SENT = {"queued": False, "message": {"id": 7, "chat_id": CHAT, "created_at": "2026-08-01T10:01:00Z", "role": "user"}}
Making = Callable[[Script], Flavour]


@pytest.fixture(params=["sync", "async"])
def make_flavour(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Making:
    monkeypatch.setattr("palaver_client.retries.FIRST_DELAY_SECONDS", 0.001)
    return lambda script: make(request.param, script.url, "token")


async def seen(flavour: Flavour, **options: Any) -> list[str]:
    """What a stream of the chat's turn brings: texts of parts, names of statuses."""
    events = flavour.events(flavour.palaver.chat(CHAT).stream(until_rest=True, **options))
    return [_told(event) async for event in events]


def _told(event: ChatStreamEvent) -> str:
    match event:
        case models.ChatStreamMessagePartEvent(message_part=live) if isinstance(live.part, models.ChatTextPart):
            return live.part.text
        case models.ChatStreamStatusEvent(status=now):
            return now.status
        case _:
            return event.type_


async def test_a_stream_that_is_cut_in_an_event_goes_on_behind_the_one_before(make_flavour: Making) -> None:
    first, second, third = part(1, "eins"), part(2, "zwei"), part(3, "drei")
    async with scripted(stream(first, second[:30], then="cut"), stream(second, third, status(4))) as script:
        assert await seen(make_flavour(script)) == ["eins", "zwei", "drei", "waiting"]
    assert script.headers("last-event-id") == [None, "1"]


async def test_a_stream_that_the_server_ends_goes_on_and_a_message_id_counts_only_once(make_flavour: Making) -> None:
    async with scripted(stream(part(1)), stream(), stream(part(2), status(3))) as script:
        assert await seen(make_flavour(script), after=41) == ["a", "a", "waiting"]
    assert [request.path.rpartition("/")[2] for request in script.requests] == ["stream?after_id=41", *["stream"] * 2]
    assert script.headers("last-event-id") == [None, "1", "1"]


async def test_events_are_put_together_from_pieces_cut_anywhere(make_flavour: Making) -> None:
    texts = (": heartbeat\n\n", part(1, "schön 🙂\n"), status(2).replace("\n", "\r\n"))
    async with scripted(stream(*texts, bytewise=True)) as script:
        assert await seen(make_flavour(script)) == ["schön 🙂\n", "waiting"]


async def test_an_event_of_a_newer_type_is_left_out_and_moves_the_cursor(make_flavour: Making) -> None:
    newer = 'id: 5\ndata: {"type": "weather", "sun": true}\n\n'
    async with scripted(stream(newer, then="cut"), stream(status(6))) as script:
        assert await seen(make_flavour(script)) == ["waiting"]
    assert script.headers("last-event-id") == [None, "5"]


BROKEN = ['id: 2\ndata: {"type": "status"\n\n', 'id: 2\ndata: {"type": "status"}\n\n', "id: 2\ndata: [1]\n\n"]


@pytest.mark.parametrize("broken", BROKEN, ids=["no JSON", "not of the contract", "no object"])
async def test_an_event_that_cannot_be_read_is_asked_for_once_more(make_flavour: Making, broken: str) -> None:
    async with scripted(stream(part(1), broken, then="silence"), stream(status(2))) as script:
        assert await seen(make_flavour(script)) == ["a", "waiting"]
    assert script.headers("last-event-id") == [None, "1"]
    async with scripted(stream(part(1), broken), stream(broken)) as script:
        with pytest.raises(StreamLost, match="cannot be read"):
            await seen(make_flavour(script))


async def test_a_silent_connection_is_given_up_and_the_stream_goes_on(
    make_flavour: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeout = "palaver_client.streaming._TIMEOUT"
    monkeypatch.setattr(timeout, httpx.Timeout(30.0, read=1.0))
    async with scripted(stream(part(1), then="silence"), stream(status(2))) as script:
        flavour = make_flavour(script)
        told = []
        async for event in flavour.events(flavour.palaver.chat(CHAT).stream(until_rest=True)):
            told.append(_told(event))
            # The next connection may take its time.
            monkeypatch.setattr(timeout, httpx.Timeout(30.0))
        assert told == ["a", "waiting"]
        await asyncio.wait_for(script.left.wait(), 30)
    assert script.headers("last-event-id") == [None, "1"]


async def test_a_stream_is_given_up_after_several_attempts_without_an_event(make_flavour: Making) -> None:
    async with scripted(stream(part(1)), *[stream()] * 7) as script:
        with pytest.raises(StreamLost):
            await seen(make_flavour(script))
    assert script.headers("last-event-id") == [None, *["1"] * 7]


async def test_a_stream_that_is_refused_for_good_is_not_asked_for_again(make_flavour: Making) -> None:
    async with scripted(stream(part(1)), reply(404, {"message": "Gone."})) as script:
        with pytest.raises(PalaverError, match="Gone"):
            await seen(make_flavour(script))


@pytest.mark.parametrize("ended", ["left", "cancelled"])
async def test_a_stream_that_nobody_follows_has_no_connection(make_flavour: Making, ended: str) -> None:
    async with scripted(stream(part(1), then="silence")) as script:
        flavour = make_flavour(script)
        chat: Any = flavour.palaver.chat(CHAT)
        if ended == "left":
            events = flavour.events(chat.stream())
            await anext(events)
            await events.aclose()  # type: ignore[attr-defined]
        else:
            assert await flavour.cancelled(chat, 0.5) <= 1
        await asyncio.wait_for(script.left.wait(), 30)


async def send(flavour: Flavour, **options: Any) -> Any:
    chat: Any = flavour.palaver.chat(CHAT)
    return await flavour.do(chat.send, "hi", **options)


@pytest.mark.parametrize(
    "refusal",
    [
        reply(429, {"message": "Later."}, Retry_After="0"),
        reply(503, {"message": "Later."}, Retry_After=email.utils.formatdate(0, usegmt=True)),
        reply(502, {"message": "A gateway."}),
        Answer(()),
    ],
    ids=["Retry-After", "a date that has passed", "gateway", "lost answer"],
)
async def test_a_repeated_message_has_the_same_key_and_body(make_flavour: Making, refusal: Answer) -> None:
    async with scripted(refusal, refusal, reply(200, SENT), reply(200, SENT)) as script:
        flavour = make_flavour(script)
        assert (await send(flavour)).message.id == 7
        await send(flavour)
    first, again, third, another = script.headers("idempotency-key")
    assert first
    assert first == again == third != another
    assert len({request.body for request in script.requests}) == 1


async def test_a_key_of_ones_own_is_used(make_flavour: Making) -> None:
    async with scripted(Answer(()), reply(200, SENT)) as script:
        await send(make_flavour(script), idempotency_key="mine")
    assert script.headers("idempotency-key") == ["mine", "mine"]


async def test_what_could_act_twice_is_not_repeated(make_flavour: Making) -> None:
    async with scripted(Answer(()), reply(502, {"message": "A gateway."})) as script:
        flavour = make_flavour(script)
        with pytest.raises(httpx.TransportError):
            await flavour.call(interrupt_chat, UUID(CHAT))
        with pytest.raises(PalaverError, match="gateway"):
            await flavour.call(interrupt_chat, UUID(CHAT))


async def test_the_wait_that_the_server_wants_is_kept(make_flavour: Making) -> None:
    later = reply(429, {"message": "Later."}, Retry_After="1")
    async with scripted(later, reply(200, SENT), later, stream(status(1))) as script:
        flavour = make_flavour(script)
        for act in (send, seen):
            began = time.monotonic()
            await act(flavour)
            assert time.monotonic() - began >= 1.0


@pytest.mark.parametrize("wanted", ["31", "1" + "0" * 400, "Fri, 01 Jan 2100 00:00:00 GMT"])
async def test_a_refusal_for_longer_than_one_would_wait_is_told(make_flavour: Making, wanted: str) -> None:
    later = reply(429, {"message": "Later."}, Retry_After=wanted)
    async with scripted(later, later) as script:
        flavour = make_flavour(script)
        for act in (send, seen):
            with pytest.raises(PalaverError, match="Later"):
                await act(flavour)


@pytest.mark.parametrize("wanted", ["soon", "nan", "-1", ""])
async def test_a_refusal_that_names_no_time_is_told(make_flavour: Making, wanted: str) -> None:
    refusal = reply(429, {"message": "Message queue is full."}, Retry_After=wanted)
    async with scripted(refusal, refusal) as script:
        flavour = make_flavour(script)
        for act in (send, seen):
            with pytest.raises(PalaverError, match="full"):
                await act(flavour)


def test_a_queued_message_has_its_turn_before_its_stream_ends() -> None:
    def queue(*ids: int) -> models.ChatStreamQueueUpdateEvent:
        entries = [
            {"id": id_, "chat_id": CHAT, "content": [], "created_at": "2026-08-01T10:00:08Z", "version": 1}
            for id_ in ids
        ]
        told = {"type": "queue_update", "chat_id": CHAT, "queued_messages": entries}
        return models.ChatStreamQueueUpdateEvent.from_dict(told)

    waiting = models.ChatStreamStatusEvent.from_dict(
        {"type": "status", "chat_id": CHAT, "status": {"status": "waiting"}}
    )
    end = TurnEnd(queued=2)
    assert [end.seen(event) for event in (queue(1, 2), waiting, queue(2), waiting, queue(), waiting)] == [False] * 5 + [
        True
    ]
