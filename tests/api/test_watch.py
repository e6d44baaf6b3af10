"""watch-chat-events: what the owner of chats is told of them, and how a watch ends."""

import asyncio
import uuid

import orjson
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from palaver.chat import transitions
from palaver.chat.notices import WatchNotice
from palaver.chat.states import State
from palaver.stream.bus.subscriptions import MAX_PENDING_CHANGES
from tests.api.chats import answer, chat_in, narrowed, rest, send, share, sub_chat
from tests.api.streams import ENCODINGS, WEBSOCKET, open_socket
from tests.api.watching import PATH, Watcher, watching
from tests.support.contract_checker import ANSWERED
from tests.support.world import CHATS, World

BOTH = pytest.mark.parametrize("encoding", ENCODINGS)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def kinds_until_renamed(world: World, watcher: Watcher, chat_id: str) -> list[str]:
    """The kinds of what comes about a chat until a rename, which follows now."""
    title = f"renamed {uuid.uuid4()}"
    assert (await world.alice.patch(f"{CHATS}/{chat_id}", {"title": title})).status_code == 204
    kinds = []
    while True:
        event = await watcher.next()
        if event["chat"]["id"] == chat_id:
            kinds.append(event["kind"])
            if event["chat"]["title"] == title:
                return kinds


@BOTH
async def test_an_owner_is_told_of_a_chats_life(world: World, encoding: str) -> None:
    async with watching(world, encoding) as watcher:
        created = await world.create_chat(labels={"team": "docs"})
        chat_id = created["id"]
        told = await watcher.about(chat_id, "created")
        assert told == {**created, "has_unread": False}
        await answer(world, chat_id)
        assert (await watcher.about(chat_id, "status_change"))["status"] == "waiting"
        await world.alice.patch(f"{CHATS}/{chat_id}", {"title": "A better title"})
        assert (await watcher.about(chat_id, "title_change"))["title"] == "A better title"
        await send(world.alice, chat_id)
        assert (await watcher.about(chat_id, "status_change"))["status"] == "running"
        await world.alice.post(f"{CHATS}/{chat_id}/interrupt")
        assert (await watcher.about(chat_id, "status_change"))["status"] == "interrupting"


@BOTH
async def test_archiving_tells_of_every_member_of_a_family(world: World, encoding: str) -> None:
    root = (await world.create_chat())["id"]
    await rest(world, root)
    child = await sub_chat(world, root)
    await share(world, root, "bob")
    async with watching(world, encoding) as watcher:
        for archived, kind in ((True, "deleted"), (False, "created")):
            assert (await world.alice.patch(f"{CHATS}/{root}", {"archived": archived})).status_code == 204
            told = [await watcher.next(), await watcher.next()]
            assert [event["kind"] for event in told] == [kind, kind]
            assert {event["chat"]["id"] for event in told} == {root, child}
            assert all(event["chat"]["archived"] is archived and event["chat"]["shared"] for event in told)


async def test_waiting_for_tool_results_and_giving_them_are_told(world: World) -> None:
    async with watching(world, WEBSOCKET) as watcher:
        chat_id, _ = await chat_in(world, State.REQUIRES_ACTION)
        assert (await watcher.about(chat_id, "action_required"))["status"] == "requires_action"
        async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
            await transitions.cancel_requires_action(tx)
        assert (await watcher.about(chat_id, "status_change"))["status"] == "running"


async def test_a_failed_turn_is_told_with_its_error(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    async with watching(world, WEBSOCKET) as watcher:
        async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
            await transitions.finish_error(tx, {"message": "no", "kind": "auth", "retryable": False})
        told = await watcher.about(chat_id, "status_change")
        assert (told["status"], told["last_error"]["kind"]) == ("error", "auth")


async def test_labels_pins_plan_mode_sharing_and_steps_tell_nothing(world: World) -> None:
    chat_id, queue = await chat_in(world, State.RUNNING_QUEUED)
    path = f"{CHATS}/{chat_id}"
    async with watching(world, WEBSOCKET) as watcher:
        await world.alice.patch(path, {"labels": {"team": "docs"}, "pin_order": 1, "plan_mode": "plan"})
        await share(world, chat_id, "bob")
        await world.alice.delete(f"{path}/queue/{queue[0]}")
        async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
            await transitions.record_generation_attempt(tx)
        assert await kinds_until_renamed(world, watcher, chat_id) == ["title_change"]


async def test_the_same_title_again_tells_nothing(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    title = (await world.alice.get(f"{CHATS}/{chat_id}")).json()["title"]
    async with watching(world, WEBSOCKET) as watcher:
        await world.alice.patch(f"{CHATS}/{chat_id}", {"title": f" {title} "})
        assert await kinds_until_renamed(world, watcher, chat_id) == ["title_change"]


@BOTH
async def test_nobody_is_told_of_others_chats_even_shared_ones(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat())["id"]
    await share(world, chat_id, "bob")
    async with watching(world, encoding, api=world.bob) as bobs, watching(world, encoding, api=world.owner) as owners:
        await send(world.alice, chat_id)
        for watcher, api in ((bobs, world.bob), (owners, world.owner)):
            own = await world.create_chat(api)
            assert (await watcher.next())["chat"]["id"] == own["id"]


async def test_a_change_by_somebody_else_is_told_to_the_owner(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    async with watching(world, WEBSOCKET) as watcher:
        await world.carol.patch(f"{CHATS}/{chat_id}", {"title": "By the administrator"})
        assert (await watcher.about(chat_id, "title_change"))["title"] == "By the administrator"


async def test_a_key_that_may_not_read_chats_is_told_nothing(world: World) -> None:
    async with narrowed(world, "alice", "user:read") as blind, watching(world, WEBSOCKET, api=blind) as watcher:
        await world.create_chat()
        assert watcher.connection is not None
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await watcher.connection.recv()


# ---- ends and refusals ----


async def test_who_is_refused(world: World) -> None:
    response = await world.anonymous.get(PATH)
    assert response.status_code == 401
    with pytest.raises(InvalidStatus) as refused:
        async with open_socket(world, PATH, None):
            pass
    assert refused.value.response.status_code == 401
    with pytest.raises(InvalidStatus) as refused:
        async with open_socket(world, PATH, world.alice.token, origin="https://example.org"):
            pass
    assert refused.value.response.status_code == 403
    world.checker.check_request(
        "GET", PATH, 403, dict(refused.value.response.headers), refused.value.response.body or b""
    )
    ANSWERED.add((world.checker.operation_of("GET", PATH) or "", 403))
    body = orjson.loads(refused.value.response.body or b"")
    assert body["message"] == "WebSocket origin is not allowed."


async def test_a_watcher_that_sends_data_is_let_go(world: World) -> None:
    async with watching(world, WEBSOCKET) as watcher:
        assert watcher.connection is not None
        await watcher.connection.send("hello")
        with pytest.raises(ConnectionClosed) as closed:
            await watcher.connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


async def test_a_watcher_that_missed_events_is_sent_away_to_load_the_list(world: World) -> None:
    owner_id = uuid.UUID(world.facts.user_ids["alice"])
    async with watching(world, WEBSOCKET) as watcher:
        await world.create_chat()
        await watcher.next()
        for services in world.replicas:
            for _ in range(MAX_PENDING_CHANGES + 1):
                services.bus.publish(WatchNotice(owner_id, uuid.uuid4(), "status_change"))
        assert watcher.connection is not None
        with pytest.raises(ConnectionClosed) as closed:
            await watcher.connection.recv()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1013, "events were lost; load the list and reconnect")
