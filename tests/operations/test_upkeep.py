"""Chats that nobody uses: archived after a time, deleted after another."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from models import Chat, ChatFile, ChatMessage, ScheduledJob
from palaver import upkeep
from palaver.housekeeping import Housekeeping, jobs_of
from tests.api.chats import idle_chat, rest, sub_chat, upload
from tests.api.streams import WEBSOCKET
from tests.api.watching import watching
from tests.support.world import CHATS, World

pytestmark = pytest.mark.settings(role="api")

CONFIG = f"{CHATS}/config"


async def configure(world: World, setting: str, days: int) -> None:
    answer = await world.owner.put(f"{CONFIG}/{setting}", {setting.replace("-", "_"): days})
    assert answer.status_code == 204


async def age(world: World, chat_ids: Sequence[str], days: float) -> None:
    """Let everything of the chats have happened so many days earlier."""
    ids, earlier = [uuid.UUID(chat_id) for chat_id in chat_ids], dt.timedelta(days=days)
    async with world.services.database.begin() as conn:
        values = {"created_at": Chat.created_at - earlier, "updated_at": Chat.updated_at - earlier}
        await conn.execute(update(Chat).where(Chat.id.in_(ids)).values(values))
        moved = {"created_at": ChatMessage.created_at - earlier}
        await conn.execute(update(ChatMessage).where(ChatMessage.chat_id.in_(ids)).values(moved))


async def work(world: World) -> None:
    """Do all jobs, due or not."""
    services = world.services
    async with services.database.begin() as conn:
        await conn.execute(delete(ScheduledJob))
    await Housekeeping(services.database, jobs_of(services.settings, services.files, services.machine)).work()


async def archived(world: World, chat_ids: Sequence[str]) -> list[bool]:
    ids = [uuid.UUID(chat_id) for chat_id in chat_ids]
    async with world.services.database.connect() as conn:
        rows = await conn.execute(select(Chat.id, Chat.archived).where(Chat.id.in_(ids)))
        found = {row.id: row.archived for row in rows}
    return [found[chat_id] for chat_id in ids]


async def left(world: World, table: Any = Chat) -> set[str]:
    async with world.services.database.connect() as conn:
        return {str(id_) for id_ in (await conn.execute(select(table.id))).scalars()}


async def test_only_chats_that_rest_unpinned_and_without_activity_are_archived(world: World) -> None:
    old, young, pinned, running, touched = [await idle_chat(world) for _ in range(5)]
    family = await idle_chat(world)
    child = await sub_chat(world, family)
    lively = await idle_chat(world)
    lively_child = await sub_chat(world, lively)
    everything = [old, young, pinned, running, touched, family, child, lively, lively_child]
    await age(world, everything, 9)
    await age(world, [young, lively_child], -9)
    await rest(world, pinned, pin_order=1)
    await rest(world, running, status="running")
    await rest(world, touched, updated_at=func.now())
    await work(world)
    assert not any(await archived(world, everything)), "switched off"
    await configure(world, "auto-archive-days", 7)
    await work(world)
    wanted = {old, family, child}
    assert await archived(world, everything) == [chat in wanted for chat in everything]


async def test_activity_counts_by_days_of_the_calendar(world: World) -> None:
    chat = await idle_chat(world)
    await configure(world, "auto-archive-days", 1)
    now = dt.datetime.now(dt.UTC)
    since_midnight = now - now.replace(hour=0, minute=0, second=0, microsecond=0)
    await age(world, [chat], 1 + since_midnight / dt.timedelta(days=1) - 0.01)
    await work(world)
    assert await archived(world, [chat]) == [False]
    await age(world, [chat], 0.02)
    await work(world)
    assert await archived(world, [chat]) == [True]


async def test_a_chat_that_was_used_after_it_was_found_is_left_alone(world: World) -> None:
    chat_id = uuid.UUID(await idle_chat(world))
    machine = world.services.machine
    async with world.services.database.connect() as conn:
        version = (await conn.execute(select(Chat.snapshot_version).where(Chat.id == chat_id))).scalar_one()
    assert not await upkeep._archive(machine, chat_id, version - 1)
    assert not await upkeep._archive(machine, uuid.uuid4(), 1)
    assert await archived(world, [str(chat_id)]) == [False]
    assert await upkeep._archive(machine, chat_id, version)
    assert not await upkeep._archive(machine, chat_id, version + 1)


async def test_archived_chats_are_deleted_with_what_only_they_have(world: World) -> None:
    own = (await upload(world)).json()["id"]
    shared = (await upload(world)).json()["id"]
    expired = await idle_chat(world, content=[{"type": "file", "file_id": own}, {"type": "file", "file_id": shared}])
    child = await sub_chat(world, expired)
    kept = await idle_chat(world, content=[{"type": "file", "file_id": shared}])
    young, unarchived = await idle_chat(world), await idle_chat(world)
    await rest(world, expired, archived=True)
    await rest(world, child, archived=True)
    await rest(world, young, archived=True)
    await age(world, [expired, child, unarchived], 31)
    await age(world, [young], 29)
    await configure(world, "retention-days", 0)
    await work(world)
    assert {expired, child} <= await left(world), "switched off"
    await configure(world, "retention-days", 30)
    await work(world)
    assert await left(world) == {kept, young, unarchived}
    files = await left(world, ChatFile)
    assert own not in files
    assert shared in files
    async with world.services.database.connect() as conn:
        of_expired = select(func.count()).where(ChatMessage.chat_id == uuid.UUID(expired))
        assert (await conn.execute(of_expired)).scalar_one() == 0
    assert (await world.alice.get(f"{CHATS}/{expired}")).status_code == 404


async def test_the_owner_is_told_of_expired_chats_that_are_deleted(world: World) -> None:
    expired = await idle_chat(world)
    child = await sub_chat(world, expired)
    for chat_id in (expired, child):
        await rest(world, chat_id, archived=True)
    await age(world, [expired, child], 31)
    async with watching(world, WEBSOCKET) as watcher:
        await work(world)
        told = [await watcher.next(), await watcher.next()]
    assert {(event["kind"], event["chat"]["id"]) for event in told} == {("deleted", expired), ("deleted", child)}


async def test_a_chat_that_was_unarchived_after_it_was_found_is_kept(world: World) -> None:
    chat_id = uuid.UUID(await idle_chat(world))
    machine = world.services.machine
    async with world.services.database.connect() as conn:
        version = (await conn.execute(select(Chat.snapshot_version).where(Chat.id == chat_id))).scalar_one()
    assert not await upkeep._delete(machine, chat_id, version - 1)
    assert not await upkeep._delete(machine, uuid.uuid4(), 1)
    assert await left(world) == {str(chat_id)}
    assert await upkeep._delete(machine, chat_id, version)
    assert await left(world) == set()


async def test_files_that_no_chat_links_are_deleted_when_they_are_old(world: World) -> None:
    old, young = [(await upload(world)).json()["id"] for _ in range(2)]
    async with world.services.database.begin() as conn:
        earlier = ChatFile.created_at - dt.timedelta(days=31)
        await conn.execute(update(ChatFile).where(ChatFile.id == uuid.UUID(old)).values(created_at=earlier))
    await work(world)
    assert await left(world, ChatFile) == {young}


async def test_many_expired_chats_go_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("palaver.housekeeping.CHATS", 2)
    chats = [await idle_chat(world) for _ in range(5)]
    await age(world, chats, 40)
    await configure(world, "auto-archive-days", 7)
    await work(world)
    assert all(await archived(world, chats))
    await age(world, chats, 40)
    await work(world)
    assert await left(world) == set()


@pytest.mark.parametrize("statement", [upkeep._INACTIVE, upkeep._EXPIRED], ids=["inactive", "expired"])
async def test_chats_are_found_through_an_index(world: World, statement: Any) -> None:
    async with world.services.database.begin() as conn:
        await _populate(conn, world)
        plan = (await conn.execute(text(f"EXPLAIN {statement.text}"), {"days": 7, "limit": 100})).scalars().all()
    shown = "\n".join(plan)
    assert "Seq Scan on chats" not in shown, shown
    assert "Seq Scan on chat_messages" not in shown, shown
    assert "ix_chats_owner_list" in shown, shown


async def _populate(conn: Any, world: World) -> None:
    """Enough chats of many users that the planner has a choice."""
    organization = world.facts.organization_id
    model = world.facts.model_config_id
    await conn.execute(
        text(
            """
            INSERT INTO users (id, username, login_type, status, roles)
            SELECT gen_random_uuid(), 'user-' || n, 'password', 'active', '{}' FROM generate_series(1, 200) AS n
            """
        )
    )
    await conn.execute(
        text(
            """
            INSERT INTO chats (id, organization_id, owner_id, root_chat_id, title, client_type, labels, mcp_server_ids,
                dynamic_tools, user_acl, group_acl, status, snapshot_version, history_version, queue_version,
                retry_state_version, generation_attempt, last_model_config_id, pending_tool_calls)
            SELECT gen_random_uuid(), :organization, users.id, gen_random_uuid(), 'x', 'api', '{}', '{}', '[]', '{}',
                '{}', 'waiting', 1, 1, 0, 0, 0, :model, '[]'
            FROM users, generate_series(1, 50)
            """
        ),
        {"organization": uuid.UUID(organization), "model": uuid.UUID(model)},
    )
    await conn.execute(text("ANALYZE chats"))
    await conn.execute(text("ANALYZE users"))
