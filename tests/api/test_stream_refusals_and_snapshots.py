"""stream-chat-events: who is refused and how, and what a viewer gets first."""

import uuid
from typing import Any

import orjson
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from palaver.chat.states import State
from tests.api.chats import answer, chat_in, idle_chat, read, refusal, rest, send, share, text
from tests.api.refusals import NOT_FOUND, SIGNED_OUT
from tests.api.streams import ENCODINGS, SSE, WEBSOCKET, kinds, open_socket, said, watch
from tests.support.contract_checker import ANSWERED
from tests.support.world import CHATS, World

NOBODY = str(uuid.UUID(int=1))


@pytest.fixture
def world(shared_world: World) -> World:
    """A world without a worker: nothing moves unless the test moves it."""
    return shared_world


# ---- refusals, with their status before anything is accepted ----


async def refused(
    world: World, encoding: str, chat_id: str, caller: str, **options: Any
) -> tuple[int, str, str | None]:
    """(status, message, detail) of the refusal of a stream."""
    path = f"{CHATS}/{chat_id}/stream"
    api = getattr(world, caller)
    if encoding == SSE:
        return refusal(await api.get(path, params=options))
    with pytest.raises(InvalidStatus) as failure:
        await open_socket(world, path, api.token, **options)
    response = failure.value.response
    world.checker.check_request("GET", path, response.status_code, dict(response.headers), response.body or b"")
    ANSWERED.add((world.checker.operation_of("GET", path) or "", response.status_code))
    body = orjson.loads(response.body or b"")
    return response.status_code, body["message"], body.get("detail")


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_refusals_come_before_the_upgrade(world: World, encoding: str) -> None:
    chat_id = await idle_chat(world)
    no_token = 'Cookie "coder_session_token" or query parameter must be provided.'
    cases = [
        ((chat_id, "anonymous"), (401, SIGNED_OUT, no_token)),
        ((chat_id, "bob"), (404, NOT_FOUND, None)),
        ((NOBODY, "alice"), (404, NOT_FOUND, None)),
        (("abc", "alice"), (400, 'Invalid UUID "abc".', "invalid UUID length: 3")),
    ]
    for (id_, caller), expected in cases:
        assert await refused(world, encoding, id_, caller) == expected
    for value in ("newest", "1.5", "9223372036854775808", "-1"):
        status, message, detail = await refused(world, encoding, chat_id, "alice", after_id=value)
        assert (status, message) == (400, "Invalid after_id parameter.")
        assert detail


async def test_a_page_of_another_host_is_refused(world: World) -> None:
    chat_id = await idle_chat(world)
    host = world.url.removeprefix("http://")
    status, message, detail = await refused(world, WEBSOCKET, chat_id, "alice", origin="https://evil.example")
    assert (status, message) == (403, "WebSocket origin is not allowed.")
    assert detail == f'Request origin "https://evil.example" is not authorized for host "{host}".'
    path = f"{CHATS}/{chat_id}/stream"
    async with open_socket(world, path, world.alice.token, origin=world.url) as connection:
        world.checker.check_frame(await connection.recv())


async def test_a_token_in_the_address_is_enough_for_a_browser(world: World) -> None:
    chat_id = await idle_chat(world)
    path = f"{CHATS}/{chat_id}/stream"
    async with open_socket(world, path, None, coder_session_token=world.alice.token) as connection:
        assert connection.response is not None
        assert connection.response.headers["x-request-id"]
        assert connection.response.headers["x-coder-build-version"]
        world.checker.check_frame(await connection.recv())


async def test_an_upgrade_elsewhere_is_an_ordinary_request(world: World) -> None:
    for path, status in ((f"{CHATS}/{NOBODY}/nothing", 404), (f"{CHATS}/{NOBODY}/interrupt", 405)):
        with pytest.raises(InvalidStatus) as failure:
            await open_socket(world, path, world.alice.token)
        assert failure.value.response.status_code == status


@pytest.mark.parametrize("data", ["words", b"bytes"])
async def test_a_viewer_who_sends_is_cut_off(world: World, data: str | bytes) -> None:
    async with watch(world, await idle_chat(world), WEBSOCKET) as viewer:
        assert viewer.connection is not None
        await viewer.connection.send(data)
        with pytest.raises((ConnectionClosed, StopAsyncIteration)):
            await viewer.until(lambda _: False)
        assert viewer.connection.close_code == 1008


# ---- the snapshot ----


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_an_idle_chat_is_its_messages_and_its_status(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    await answer(world, chat_id, "hi")
    async with watch(world, chat_id, encoding) as viewer:
        events = await viewer.snapshot()
    assert kinds(events) == ["message", "message", "status", "preview_reset"]
    assert said(events) == ["hello", "hi"]
    assert events[2]["status"] == {"status": "waiting"}
    assert {event["chat_id"] for event in events} == {chat_id}
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert [event["message"] for event in events[:2]] == page["messages"][::-1]


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_the_order_of_a_snapshot_in_every_state(world: World, encoding: str) -> None:
    for state in (state for state in State if state is not State.ABSENT):
        chat_id, queue = await chat_in(world, state)
        status = (await read(world, chat_id))["status"]
        if status == "error":
            await rest(world, chat_id, status="error", last_error={"message": "No.", "retryable": False})
        async with watch(world, chat_id, encoding) as viewer:
            events = await viewer.snapshot()
        expected = ["message"] * (2 if status == "requires_action" else 1)
        expected += ["queue_update"] * bool(queue) + ["status"] + ["error"] * (status == "error")
        expected += ["action_required"] * (status == "requires_action") + ["preview_reset"]
        assert kinds(events) == expected, state
        of_kind = {event["type"]: event for event in events}
        assert of_kind["status"]["status"] == {"status": status}
        if queue:
            assert [entry["id"] for entry in of_kind["queue_update"]["queued_messages"]] == queue
        if "error" in of_kind:
            assert of_kind["error"]["error"]["message"] == "No."
        if "action_required" in of_kind:
            (call,) = of_kind["action_required"]["action_required"]["tool_calls"]
            assert (call["tool_call_id"], call["tool_name"], orjson.loads(call["args"])) == (
                "call_1",
                "ask_client",
                {"n": 1},
            )


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_queue_that_was_emptied_is_told_as_empty(world: World, encoding: str) -> None:
    chat_id, queue = await chat_in(world, State.RUNNING_QUEUED)
    for entry in queue:
        await world.alice.delete(f"{CHATS}/{chat_id}/queue/{entry}")
    async with watch(world, chat_id, encoding) as viewer:
        events = await viewer.snapshot()
    assert kinds(events) == ["message", "queue_update", "status", "preview_reset"]
    assert not events[1].get("queued_messages")


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_after_id_drops_what_the_viewer_has(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    await answer(world, chat_id, "hi")
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    newest, oldest = (message["id"] for message in page["messages"])
    for after_id, expected in ((0, ["hello", "hi"]), (oldest, ["hi"]), (newest, []), (2**63 - 1, [])):
        async with watch(world, chat_id, encoding, after_id=after_id) as viewer:
            assert said(await viewer.snapshot()) == expected
    # From the first snapshot only: what comes later is told whatever its id.
    async with watch(world, chat_id, encoding, after_id=2**63 - 1) as viewer:
        await viewer.snapshot()
        await send(world.alice, chat_id, [text("later")])
        assert said(await viewer.until(lambda event: event["type"] == "message")) == ["later"]


# ---- reading ----


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_only_the_owner_reads_the_chat_by_watching(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat())["id"]
    await answer(world, chat_id)
    await share(world, chat_id, "bob")

    async def unread() -> bool:
        chats = (await world.alice.get(CHATS, params={"limit": 1000})).json()
        return next(chat["has_unread"] for chat in chats if chat["id"] == chat_id)

    for api, expected in ((world.bob, True), (world.carol, True), (world.alice, False)):
        async with watch(world, chat_id, encoding, api=api) as viewer:
            await viewer.snapshot()
        assert await unread() is expected
