"""Archiving takes a root chat and its sub-chats together, or not at all."""

import uuid

import pytest
from sqlalchemy import text

from palaver.chat import transitions as t
from palaver.chat.records import ChatRecord
from palaver.errors.chat import ArchiveStateUnchanged, ChatNotFound, ChatNotRoot, InvalidState, TransitionNotAllowed
from tests.chat.world import World


async def _family(world: World) -> tuple[ChatRecord, ChatRecord, ChatRecord]:
    root = await world.create()
    children = [await world.create(parent_chat_id=root.id, root_chat_id=root.id) for _ in range(2)]
    for chat in (root, *children):
        await world.tx(chat.id, t.finish_turn)
    world.published.take()
    return root, children[0], children[1]


async def test_the_whole_family_changes_and_is_told_of(world: World) -> None:
    family = await _family(world)
    async with world.database.begin() as conn:
        await conn.execute(text("UPDATE chats SET pin_order = 3"))
    changed = await t.set_family_archived(world.machine, family[0].id, archived=True)
    assert {chat.id for chat in changed} == {chat.id for chat in family}
    for chat in family:
        row = await world.read(chat.id)
        assert (row["archived"], row["pin_order"], row["status"], row["snapshot_version"]) == (True, 0, "waiting", 3)
    assert {notice.chat_id for notice in world.published.take()} == {chat.id for chat in family}
    await t.set_family_archived(world.machine, family[0].id, archived=False)
    assert not any([(await world.read(chat.id))["archived"] for chat in family])


async def test_members_that_already_match_keep_their_state(world: World) -> None:
    root, first, second = await _family(world)
    await world.tx(second.id, t.set_archived, True)
    before = await world.read(second.id)
    changed = await t.set_family_archived(world.machine, root.id, archived=True)
    assert {chat.id for chat in changed} == {root.id, first.id}
    assert (await world.read(second.id))["updated_at"] == before["updated_at"]


async def test_a_sub_chat_cannot_be_archived_alone(world: World) -> None:
    _, child, _ = await _family(world)
    with pytest.raises(ChatNotRoot):
        await t.set_family_archived(world.machine, child.id, archived=True)
    with pytest.raises(ChatNotFound):
        await t.set_family_archived(world.machine, uuid.uuid4(), archived=True)


async def test_the_same_value_is_refused(world: World) -> None:
    root, _, _ = await _family(world)
    with pytest.raises(ArchiveStateUnchanged, match="already not archived"):
        await t.set_family_archived(world.machine, root.id, archived=False)
    await t.set_family_archived(world.machine, root.id, archived=True)
    with pytest.raises(ArchiveStateUnchanged, match="already archived"):
        await t.set_family_archived(world.machine, root.id, archived=True)


@pytest.mark.parametrize("columns", ["status = 'running'", "status = 'running', archived = true"])
async def test_one_member_that_cannot_stops_all(world: World, columns: str) -> None:
    root, _, child = await _family(world)
    async with world.database.begin() as conn:
        await conn.execute(text(f"UPDATE chats SET {columns} WHERE id = :id"), {"id": child.id})
    before = await world.everything()
    error = InvalidState if "archived" in columns else TransitionNotAllowed
    with pytest.raises(error) as refusal:
        await t.set_family_archived(world.machine, root.id, archived=True)
    assert refusal.value.status == 409
    assert await world.everything() == before
    assert world.published.take() == []
