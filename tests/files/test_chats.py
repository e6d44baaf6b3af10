"""What becomes of files with their chats, and with time."""

import asyncio
import datetime as dt
import uuid
from typing import Any

from sqlalchemy import delete, func, select, text, update

from models import Chat, ChatFile, FileOrphan
from palaver.files.rows import delete_files_only_of, delete_unlinked_files, link_files
from tests.api.chats import send, upload
from tests.support.world import CHATS, World


async def stored(world: World, data: bytes = b"notes") -> str:
    """The id of a file of alice."""
    return str((await upload(world, data)).json()["id"])


async def chat_with(world: World, *file_ids: str) -> str:
    """A chat that links these files."""
    content = [{"type": "text", "text": "look"}, *({"type": "file", "file_id": file_id} for file_id in file_ids)]
    chat = await world.alice.post(CHATS, {"organization_id": world.facts.organization_id, "content": content})
    assert chat.status_code == 201, chat.text
    assert {file["id"] for file in chat.json().get("files", [])} == set(file_ids)
    return str(chat.json()["id"])


async def ids(world: World, column: Any) -> set[str]:
    """All values of a column, as text."""
    async with world.services.database.connect() as conn:
        return {str(value) for value in await conn.scalars(select(column))}


async def waiting_for_locks(world: World) -> int:
    """How many statements wait for somebody else's transaction."""
    async with world.services.database.connect() as conn:
        blocked = "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
        return int((await conn.execute(text(blocked))).scalar_one())


async def test_old_files_that_no_chat_links_are_removed_in_batches(world: World) -> None:
    young, linked, *old = [await stored(world) for _ in range(5)]
    await chat_with(world, linked)
    database = world.services.database
    async with database.begin() as conn:
        month = func.now() - dt.timedelta(days=31)
        await conn.execute(update(ChatFile).where(ChatFile.id != uuid.UUID(young)).values(created_at=month))
    removed = []
    for _ in range(3):
        async with database.begin() as conn:
            removed.append(await delete_unlinked_files(conn, days=30, limit=2))
    assert removed == [2, 1, 0]
    assert await ids(world, ChatFile.id) == {young, linked}
    assert await ids(world, FileOrphan.file_id) == set(old)


async def test_files_of_chats_go_with_them_unless_another_chat_links_them(world: World) -> None:
    only, shared, family, unlinked = [await stored(world) for _ in range(4)]
    gone = [await chat_with(world, only, shared, family), await chat_with(world, family)]
    kept = await chat_with(world, shared)
    async with world.services.database.begin() as conn:
        assert await delete_files_only_of(conn, [uuid.UUID(chat) for chat in gone]) == 2
        await conn.execute(delete(Chat).where(Chat.id.in_([uuid.UUID(chat) for chat in gone])))
    assert await ids(world, ChatFile.id) == {shared, unlinked}
    assert await ids(world, FileOrphan.file_id) == {only, family}
    assert [file["id"] for file in (await world.alice.get(f"{CHATS}/{kept}")).json()["files"]] == [shared]


async def test_a_file_that_a_message_is_about_to_link_is_not_removed(world: World) -> None:
    file_id, chat_id = await stored(world), await chat_with(world)
    database = world.services.database
    async with database.begin() as conn:
        await conn.execute(update(ChatFile).values(created_at=func.now() - dt.timedelta(days=31)))
    async with database.begin() as linking, database.begin() as cleaning:
        assert await link_files(linking, uuid.UUID(chat_id), [uuid.UUID(file_id)]) == []
        assert await delete_unlinked_files(cleaning, days=30) == 0
    assert await ids(world, ChatFile.id) == {file_id}


async def test_a_message_outlives_the_removal_of_its_file_a_moment_before(world: World) -> None:
    kept, removed, chat_id = await stored(world), await stored(world), await chat_with(world)
    database = world.services.database
    async with database.begin() as cleaning, asyncio.TaskGroup() as group:
        await cleaning.execute(delete(ChatFile).where(ChatFile.id == uuid.UUID(removed)))
        content = [{"type": "file", "file_id": file_id} for file_id in (kept, removed)]
        sending = group.create_task(send(world.alice, chat_id, content))
        async with asyncio.timeout(20):
            while not await waiting_for_locks(world):
                await asyncio.sleep(0.02)
        await cleaning.commit()
    answer = sending.result()
    assert (answer.status_code, answer.json()["warnings"]) == (
        200,
        ["2 file(s) could not be linked due to a server error"],
    )
    assert "files" not in (await world.alice.get(f"{CHATS}/{chat_id}")).json()


async def test_the_fifty_first_file_is_not_linked_and_the_answer_says_so(world: World) -> None:
    file_ids = [await stored(world) for _ in range(51)]
    chat_id = await chat_with(world, *file_ids[:50])
    answer = await send(world.alice, chat_id, [{"type": "file", "file_id": file_ids[50]}])
    assert answer.json()["warnings"] == ["file linking skipped: batch of 1 file(s) would exceed limit of 50"]
    # One that is linked already takes no place.
    again = await send(world.alice, chat_id, [{"type": "file", "file_id": file_ids[0]}])
    assert "warnings" not in again.json()
