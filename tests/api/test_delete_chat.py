"""delete-chat: what goes, what stays, who may, and what those hear who were at it."""

import asyncio
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql

from models import FileOrphan, UsageHour
from palaver.chat import transitions
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from palaver.errors.chat import ChatNotFound
from palaver.files.rows import link_files
from tests.api.chats import (
    chat_in,
    idle_chat,
    refusal,
    rest,
    send,
    share,
    sub_chat,
    text,
    upload,
)
from tests.api.streams import ENCODINGS, WEBSOCKET, watch
from tests.api.watching import watching
from tests.support.world import CHATS, World, random_id

TABLES_OF_A_CHAT = ("chat_messages", "chat_queued_messages", "chat_heartbeats", "chat_file_links")


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def rows_of(world: World, *chat_ids: str) -> dict[str, int]:
    """How many rows of each table belong to chats, `chats` itself included; tables without any are left out."""
    found: dict[str, int] = {}
    ids = {"ids": [uuid.UUID(chat_id) for chat_id in chat_ids]}
    async with world.services.database.connect() as conn:
        for table, column in (("chats", "id"), *((name, "chat_id") for name in TABLES_OF_A_CHAT)):
            count = await conn.execute(sql(f"SELECT count(*) FROM {table} WHERE {column} = ANY(:ids)"), ids)
            if number := count.scalar_one():
                found[table] = number
    return found


async def delete(world: World, chat_id: str) -> None:
    response = await world.alice.delete(f"{CHATS}/{chat_id}")
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABSENT], ids=lambda s: s.value)
async def test_a_chat_in_any_state_goes_with_everything_of_it(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    await delete(world, chat_id)
    assert await rows_of(world, chat_id) == {}
    assert (await world.alice.get(f"{CHATS}/{chat_id}")).status_code == 404
    assert (await world.alice.delete(f"{CHATS}/{chat_id}")).status_code == 404


async def test_sub_chats_go_with_their_root_and_not_without_it(world: World) -> None:
    root = await idle_chat(world)
    children = [await sub_chat(world, root) for _ in range(2)]
    await rest(world, children[0], status="running")
    assert refusal(await world.alice.delete(f"{CHATS}/{children[0]}")) == (
        400,
        "Only root chats can be deleted.",
        f"Target the root chat (id: {root}) instead.",
    )
    other = await idle_chat(world)
    await delete(world, root)
    assert await rows_of(world, root, *children) == {}
    assert (await rows_of(world, other))["chats"] == 1


async def test_files_go_unless_another_chat_links_them(world: World) -> None:
    own, shared, unused = [(await upload(world)).json()["id"] for _ in range(3)]
    chat_id = await idle_chat(world, content=[{"type": "file", "file_id": own}, {"type": "file", "file_id": shared}])
    await idle_chat(world, content=[{"type": "file", "file_id": shared}])
    await delete(world, chat_id)
    found = [(await world.alice.get(f"{CHATS}/files/{file_id}")).status_code for file_id in (own, shared, unused)]
    assert found == [404, 200, 200]
    async with world.services.database.connect() as conn:
        orphans = await conn.execute(select(FileOrphan.file_id).where(FileOrphan.file_id == uuid.UUID(own)))
        assert orphans.scalar_one() == uuid.UUID(own), "its bytes are to be removed"


async def test_a_file_that_is_being_linked_elsewhere_stays(world: World) -> None:
    file_id = (await upload(world)).json()["id"]
    chat_id = await idle_chat(world, content=[{"type": "file", "file_id": file_id}])
    other = await idle_chat(world)
    async with world.services.machine.update(uuid.UUID(other)) as tx:
        assert await link_files(tx.conn, tx.chat.id, [uuid.UUID(file_id)]) == []
        deleting = asyncio.create_task(delete(world, chat_id))
        await _until_somebody_waits(world)
    await deleting
    assert (await world.alice.get(f"{CHATS}/files/{file_id}")).status_code == 200
    files = (await world.alice.get(f"{CHATS}/{other}")).json()["files"]
    assert [file["id"] for file in files] == [file_id]


async def _until_somebody_waits(world: World) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with asyncio.timeout(5), world.services.database.connect() as conn:
        while not (await conn.execute(sql(waiting))).scalar_one():
            await asyncio.sleep(0.01)


async def test_who_may_delete_a_chat(world: World) -> None:
    chat_id = await idle_chat(world)
    assert (await world.bob.delete(f"{CHATS}/{chat_id}")).status_code == 404
    await share(world, chat_id, "bob")
    assert refusal(await world.bob.delete(f"{CHATS}/{chat_id}"))[:2] == (403, "Forbidden.")
    assert (await world.anonymous.delete(f"{CHATS}/{chat_id}")).status_code == 401
    assert (await world.carol.delete(f"{CHATS}/{chat_id}")).status_code == 204
    other = await idle_chat(world)
    assert (await world.owner.delete(f"{CHATS}/{other}")).status_code == 204
    assert (await world.alice.delete(f"{CHATS}/{random_id()}")).status_code == 404


async def test_a_deletion_is_in_the_audit_log(world: World) -> None:
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    response = await world.carol.delete(f"{CHATS}/{root}")
    found = await world.owner.get("/api/v2/audit", params={"request_id": response.headers["X-Request-Id"]})
    (entry,) = found.json()["entries"]
    assert (entry["action"], entry["target_type"], entry["target_id"]) == ("delete", "chat", root)
    assert entry["organization_id"] == world.facts.organization_id
    assert entry["details"] == {"owner_id": world.facts.user_ids["alice"], "sub_chats": [child]}


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_viewers_streams_end_at_once(world: World, encoding: str) -> None:
    chat_id, _ = await chat_in(world, State.RUNNING_QUEUED)
    await share(world, chat_id, "bob")
    async with watch(world, chat_id, encoding) as alices, watch(world, chat_id, encoding, api=world.bob) as bobs:
        for viewer in (alices, bobs):
            await viewer.snapshot()
        await delete(world, chat_id)
        for viewer in (alices, bobs):
            async with asyncio.timeout(3):
                assert [event async for event in viewer.source] == []
            if viewer.connection is not None:
                assert (viewer.connection.close_code, viewer.connection.close_reason) == (1000, "chat was deleted")


async def test_the_owner_is_told_of_every_member(world: World) -> None:
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    await share(world, root, "bob")
    async with watching(world, WEBSOCKET) as watcher:
        assert (await world.carol.delete(f"{CHATS}/{root}")).status_code == 204
        told = [await watcher.next(), await watcher.next()]
    assert all(event["chat"]["owner_username"] == "alice" for event in told)
    assert {(event["kind"], event["chat"]["id"], event["chat"]["shared"]) for event in told} == {
        ("deleted", root, True),
        ("deleted", child, True),
    }


async def test_what_was_spent_stays_accounted(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        usage = {"input_tokens": 10, "output_tokens": 5}
        await transitions.commit_step(tx, [NewMessage("assistant", [text("hi")], usage=usage, cost_micros=7)])
    await delete(world, chat_id)
    async with world.services.database.connect() as conn:
        spent = select(func.sum(UsageHour.cost_micros)).where(UsageHour.root_chat_id == uuid.UUID(chat_id))
        assert (await conn.execute(spent)).scalar_one() == 7


async def test_kept_answers_that_show_the_chat_are_forgotten_and_others_kept(world: World) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    body = {"organization_id": world.facts.organization_id, "content": [text("hello")]}
    chat_id = (await world.alice.post(CHATS, body, headers=key)).json()["id"]
    other, other_key = await idle_chat(world), {"Idempotency-Key": uuid.uuid4().hex}
    message = {"content": [text("hello")]}
    sent = await world.alice.post(f"{CHATS}/{other}/messages", message, headers=other_key)
    await delete(world, chat_id)
    again = await world.alice.post(CHATS, body, headers=key)
    assert again.status_code == 201
    assert again.json()["id"] != chat_id
    replayed = await world.alice.post(f"{CHATS}/{other}/messages", message, headers=other_key)
    assert (replayed.json(), replayed.headers["Idempotent-Replayed"]) == (sent.json(), "true")


async def test_a_message_that_comes_at_the_same_time_is_stored_or_refused_but_never_left_behind(world: World) -> None:
    chat_ids = [await idle_chat(world) for _ in range(4)]
    acts: list[Any] = []
    for chat_id in chat_ids:
        acts += [send(world.alice, chat_id), world.alice.delete(f"{CHATS}/{chat_id}"), send(world.alice, chat_id)]
    statuses = [response.status_code for response in await asyncio.gather(*acts)]
    assert statuses[1::3] == [204] * 4
    assert {*statuses[::3], *statuses[2::3]} <= {200, 404}
    assert await rows_of(world, *chat_ids) == {}


async def test_a_worker_can_write_nothing_more(world: World) -> None:
    chat_id = uuid.UUID((await world.create_chat())["id"])
    await world.alice.delete(f"{CHATS}/{chat_id}")
    with pytest.raises(ChatNotFound):
        async with world.services.machine.update(chat_id) as tx:
            await transitions.finish_turn(tx)
