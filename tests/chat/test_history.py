"""What readers get: chats with their people, pages, prompts and lists."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import orjson
import pytest
from sqlalchemy import false, text, true

from palaver.chat import history, listing
from palaver.chat import transitions as t
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from palaver.errors.chat import NothingToCompact
from tests.chat.world import World, assistant, text_part


@dataclass
class Viewer:
    user_id: uuid.UUID
    groups: Collection[uuid.UUID] = frozenset()


@dataclass
class Wanted:
    title: str | None = None
    words: str | None = None
    archived: bool = False
    has_unread: bool | None = None
    sources: Collection[str] = frozenset({"created_by_me"})
    labels: Mapping[str, str] = field(default_factory=dict)


async def _listed(world: World, viewer: Viewer, wanted: Wanted | None = None, **page: object) -> list[uuid.UUID]:
    async with world.database.connect() as conn:
        rows = await listing.list_chats(conn, viewer, wanted or Wanted(), **{"readable": true(), **page})
        return [row.chat.id for row in rows]


async def _set(world: World, chat_id: uuid.UUID, change: str) -> None:
    async with world.database.begin() as conn:
        await conn.execute(text(f"UPDATE chats SET {change} WHERE id = :id"), {"id": chat_id})


async def test_a_chat_comes_with_its_owner_its_queue_and_its_roots_sharing(world: World) -> None:
    root = await world.create()
    child = await world.create(parent_chat_id=root.id, root_chat_id=root.id)
    friend = str(uuid.uuid4())
    await _set(world, root.id, f"user_acl = '{orjson.dumps({friend: 'read'}).decode()}'")
    await world.tx(child.id, t.send_message, world.send())
    async with world.database.connect() as conn:
        seen = await history.load_chat(conn, child.id)
        assert await history.load_chat(conn, uuid.uuid4()) is None
        assert [entry.content for entry in await history.queue(conn, child.id)] == [text_part("more")]
    assert seen is not None
    assert (seen.owner_username, seen.owner_name, seen.queue_length) == ("ada", "Ada", 1)
    assert seen.user_acl == {friend: "read"}
    assert seen.state is State.RUNNING_QUEUED


async def test_pages_of_messages(world: World) -> None:
    chat_id = await world.chat_in(
        State.RUNNING, *(assistant() for _ in range(4)), NewMessage("system", text_part("x"), visibility="model")
    )
    ids = [message["id"] for message in await world.messages(chat_id)][:5]

    async def page(**cursors: int) -> tuple[list[int], bool]:
        async with world.database.connect() as conn:
            found = await history.list_messages(conn, chat_id, **cursors)
        return [message.id for message in found.messages], found.has_more

    assert await page() == (ids[::-1], False)
    assert await page(limit=2) == ([ids[4], ids[3]], True)
    assert await page(limit=2, before_id=ids[3]) == ([ids[2], ids[1]], True)
    assert await page(limit=2, before_id=ids[2]) == ([ids[1], ids[0]], False)
    assert await page(limit=2, after_id=ids[1]) == ([ids[2], ids[3]], True)
    assert await page(after_id=ids[0], before_id=ids[4]) == (ids[3:0:-1], False)


async def test_a_prompt_begins_behind_the_newest_summary(world: World) -> None:
    chat = await world.create(system_prompts=["be brief"])
    summary = [
        NewMessage("user", text_part("summary"), visibility="model", compressed=True),
        NewMessage("assistant", text_part("shown"), visibility="user", compressed=True),
        NewMessage("tool", text_part("shown too"), compressed=True),
    ]

    async def prompt() -> list[str]:
        async with world.database.connect() as conn:
            return [message.content[0]["text"] for message in await history.prompt_history(conn, chat.id)]

    await world.tx(chat.id, t.commit_step, [assistant(), NewMessage("user", text_part("for users"), visibility="user")])
    assert await prompt() == ["be brief", "hello", "an answer"]
    await world.tx(chat.id, t.commit_step, summary)
    assert await prompt() == ["be brief", "summary"]
    await world.tx(chat.id, t.commit_step, [assistant(*text_part("later"))])
    assert await prompt() == ["be brief", "summary", "later"]


async def test_only_an_answer_behind_the_summary_can_be_compacted(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    with pytest.raises(NothingToCompact):
        await world.tx(chat_id, t.request_compaction)
    chat_id = await world.chat_in(
        State.WAITING, assistant(), NewMessage("assistant", text_part("shown"), visibility="user", compressed=True)
    )
    with pytest.raises(NothingToCompact):
        await world.tx(chat_id, t.request_compaction)
    await world.tx(chat_id, t.send_message, world.send())
    await world.tx(chat_id, t.commit_step, [assistant()])
    await world.tx(chat_id, t.finish_turn)
    await world.tx(chat_id, t.request_compaction)
    chat = await world.read(chat_id)
    assert chat["compaction_requested_at"] == chat["updated_at"]
    await world.tx(chat_id, t.send_message, world.send())
    assert (await world.read(chat_id))["compaction_requested_at"] is not None
    async with world.machine.update(chat_id) as tx:
        await t.commit_step(tx, [assistant()], consume_compaction_request=True)
    assert (await world.read(chat_id))["compaction_requested_at"] is None


async def test_lists_are_ordered_and_paged(world: World) -> None:
    chats = [(await world.create(title=f"chat {number}")).id for number in range(5)]
    # Equal times fall back to the id; pinned ones come first in their order.
    for chat_id in chats[:3]:
        await _set(world, chat_id, "updated_at = '2026-01-01Z'")
    await _set(world, chats[0], "pin_order = 2")
    await _set(world, chats[4], "pin_order = 1")
    await _set(world, chats[3], "updated_at = '2025-01-01Z'")
    order = [chats[4], chats[0], *sorted(chats[1:3], reverse=True), chats[3]]
    viewer = Viewer(world.user_id)
    assert await _listed(world, viewer) == order
    for at, chat_id in enumerate(order):
        assert await _listed(world, viewer, after_id=chat_id) == order[at + 1 :]
    assert await _listed(world, viewer, limit=2, offset=1) == order[1:3]
    assert await _listed(world, viewer, after_id=uuid.uuid4()) == []
    assert await _listed(world, viewer, Wanted(title="AT 3")) == [chats[3]]


async def test_lists_hold_nothing_that_the_viewer_may_not_read(world: World) -> None:
    await world.create()
    assert await _listed(world, Viewer(world.user_id), readable=false()) == []


async def test_lists_hold_what_the_viewer_asks_for(world: World) -> None:
    mine = await world.create(labels={"team": "a", "x": "y"})
    child = await world.create(parent_chat_id=mine.id, root_chat_id=mine.id)
    await world.tx(mine.id, t.commit_step, [assistant()])
    friend, group = Viewer(uuid.uuid4()), Viewer(uuid.uuid4(), {uuid.uuid4()})
    await _set(world, mine.id, f'user_acl = \'{{"{friend.user_id}": "read"}}\'')
    shared = Wanted(sources={"shared_with_me"})
    me = Viewer(world.user_id)
    assert await _listed(world, friend, shared) == [mine.id]
    assert await _listed(world, group, shared) == []
    assert await _listed(world, me, shared) == []
    assert await _listed(world, me, Wanted(sources={"shared_with_me", "created_by_me"})) == [mine.id]
    await _set(world, mine.id, f'group_acl = \'{{"{next(iter(group.groups))}": "read"}}\'')
    assert await _listed(world, group, shared) == [mine.id]
    assert await _listed(world, friend) == []
    assert await _listed(world, me, Wanted(labels={"team": "a"})) == [mine.id]
    assert await _listed(world, me, Wanted(labels={"team": "b"})) == []
    assert await _listed(world, me, Wanted(archived=True)) == []
    assert await _listed(world, me, Wanted(has_unread=True)) == [mine.id]
    await _set(world, mine.id, "last_read_message_id = 1000000")
    assert await _listed(world, me, Wanted(has_unread=True)) == []
    assert await _listed(world, me, Wanted(has_unread=False)) == [mine.id]
    async with world.database.connect() as conn:
        children = await listing.children(conn, [mine.id], archived=False)
        assert [row.chat.id for row in children[mine.id]] == [child.id]
        assert await listing.children(conn, [mine.id], archived=True) == {}
