"""Moves the bytes of files from store to store while servers run; what was interrupted is begun again and goes on."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select, update

from models import ChatFile
from palaver.files.rows import FileFacts, load_files
from palaver.files.storage import FileStorage, expect_bytes, leave_bytes, own_bytes
from palaver.files.stores import BytesMissing, LocationInvalid, StoreFailed

AT_ONCE = 4
"""Files on their way at a time, each of them in memory."""


@dataclass(slots=True)
class Move:
    """How far a move is; `missing` are files whose bytes are in neither store."""

    files: int
    moved: int = 0
    missing: list[uuid.UUID] = field(default_factory=list)


async def move_files(
    files: FileStorage, source: str | None, target: str, report: Callable[[Move], None] = lambda _: None
) -> Move:
    """Move the bytes of all files, or of those at `source`, to `target`; both are canonical locations.

    A file can be read all the time. Its bytes at the source are removed some minutes later, except where source and
    target turn out to be one place. What is at the target already is not copied: a source that is gone for good need
    not answer. Raises StoreFailed, LocationInvalid and OSError; what was moved until then is moved.
    """
    elsewhere = ChatFile.store != target
    where = elsewhere if source is None else elsewhere & (ChatFile.store == source)
    async with files.database.connect() as conn:
        total = (await conn.execute(select(func.count()).select_from(ChatFile).where(where))).scalar_one()
        sources = (await conn.scalars(select(ChatFile.store).where(where).distinct())).all()
    move = Move(total)
    files.destination(target)
    removable = {location for location in sources if await _are_two_places(files, location, target)}
    after = uuid.UUID(int=0)
    while batch := await _next_files(files, where, after):
        after = batch[-1].id
        results = await asyncio.gather(
            *(_move_one(files, file, target, remove=file.store in removable) for file in batch), return_exceptions=True
        )
        for file, result in zip(batch, results, strict=True):
            if isinstance(result, BytesMissing):
                move.missing.append(file.id)
            elif isinstance(result, BaseException):
                raise result
            else:
                move.moved += 1
        report(move)
    return move


async def _next_files(files: FileStorage, where: ColumnElement[bool], after: uuid.UUID) -> list[FileFacts]:
    statement = select(ChatFile.id).where(where, ChatFile.id > after).order_by(ChatFile.id).limit(AT_ONCE)
    async with files.database.connect() as conn:
        facts = await load_files(conn, (await conn.scalars(statement)).all())
    return sorted(facts, key=lambda file: file.id)


async def _move_one(files: FileStorage, file: FileFacts, target: str, *, remove: bool) -> None:
    store = files.at(target)
    async with files.database.connect() as conn:
        await expect_bytes(conn, file.id, target)
    if await store.size(file.id) != file.size:
        await store.put(file.id, await files.read(file))
    switch = update(ChatFile).where(ChatFile.id == file.id, ChatFile.store == file.store)
    async with files.database.begin() as conn:
        # Where the file was removed meanwhile, what was put there is an orphan, as it has been announced.
        if (await conn.execute(switch.values(store=target, data=None))).rowcount:
            if not await own_bytes(conn, file.id, target):
                raise StoreFailed(store.name, "took too long")
            if remove:
                await leave_bytes(conn, file.id, file.store)


async def _are_two_places(files: FileStorage, source: str, target: str) -> bool:
    """Whether what is put to the target is not to be seen at the source; a bucket may have two addresses.

    Nobody knows it of a source that does not answer, whose bytes therefore stay.
    """
    probe, store = uuid.uuid4(), files.at(target)
    async with files.database.connect() as conn:
        await expect_bytes(conn, probe, target)
    await store.put(probe, b"probe")
    try:
        return await files.at(source).size(probe) is None
    except (StoreFailed, LocationInvalid):
        return False
    finally:
        await store.delete([probe])
        async with files.database.connect() as conn:
            await own_bytes(conn, probe, target)
