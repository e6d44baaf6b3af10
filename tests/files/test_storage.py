"""Files through the storage: bytes first, row second, and nothing left behind."""

import datetime as dt
import uuid
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from models import ChatFile, FileChunk, FileOrphan, Organization, User
from palaver.database import Database
from palaver.files.orphans import remove_orphans
from palaver.files.rows import FileFacts, load_files
from palaver.files.storage import FileStorage
from palaver.files.stores import PIECE_BYTES, BytesMissing, FileStore, StoreFailed
from tests.files.conftest import KINDS, new_id, settings_for

every_store = pytest.mark.parametrize("location", KINDS, indirect=True)


@pytest_asyncio.fixture
async def place(database: Database) -> dict[str, uuid.UUID]:
    """An organization and somebody in it."""
    organization, owner = new_id(), new_id()
    async with database.begin() as conn:
        await conn.execute(
            insert(Organization).values(id=organization, name="other", display_name="Other", default_member_roles=[])
        )
        await conn.execute(
            insert(User).values(id=owner, username="ann", status="active", login_type="password", roles=[])
        )
    return {"organization_id": organization, "owner_id": owner}


async def save(files: FileStorage, place: dict[str, uuid.UUID], data: bytes = b"bytes", **values: Any) -> FileFacts:
    """A stored file."""
    given = {**place, "name": "a.txt", "mime_type": "text/plain", "data": data, **values}
    file_id = await files.save(**given)
    async with files.database.connect() as conn:
        return (await load_files(conn, [file_id]))[0]


async def orphans(database: Database) -> list[tuple[uuid.UUID, str]]:
    """(file, store) of all bytes that no row owns."""
    async with database.connect() as conn:
        return [tuple(row) for row in await conn.execute(select(FileOrphan.file_id, FileOrphan.store))]


async def make_due(database: Database) -> None:
    """Let the time of every orphan come."""
    async with database.begin() as conn:
        await conn.execute(update(FileOrphan).values(remove_at=func.now()))


async def clean_up(files: FileStorage, limit: int = 1000) -> int:
    """Remove what is due, as the scheduled job does."""
    async with files.database.begin() as conn:
        return await remove_orphans(conn, files, limit)


async def count(database: Database, table: Any) -> int:
    """Rows of a table."""
    async with database.connect() as conn:
        return (await conn.execute(select(func.count()).select_from(table))).scalar_one()


@every_store
async def test_a_saved_file_is_read_from_its_store(files: FileStorage, place: dict[str, uuid.UUID]) -> None:
    data = b"0123456789" * 250_000
    file = await save(files, place, data)
    assert (file.size, file.store) == (len(data), files.current.location)
    assert await files.read(file) == data
    assert await files.read(file, len(data) - 3) == data[-3:]
    assert await files.read(file, 5, 10) == data[5:15]
    pieces = [piece async for piece in files.pieces(file)]
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) <= PIECE_BYTES
    assert await orphans(files.database) == []


async def test_bytes_of_an_earlier_version_are_read_from_their_row(
    files: FileStorage, place: dict[str, uuid.UUID]
) -> None:
    row = {**place, "id": new_id(), "name": "old.txt", "mime_type": "text/plain", "size": 9, "data": b"old bytes"}
    async with files.database.begin() as conn:
        await conn.execute(insert(ChatFile).values(**row))
        (file,) = await load_files(conn, [row["id"]])
    assert file.store == "database"
    assert (await files.read(file), await files.read(file, 4, 3)) == (b"old bytes", b"byt")
    assert await files.current.size(file.id) == 9


@every_store
async def test_bytes_without_a_row_are_removed_when_their_time_comes(
    files: FileStorage, place: dict[str, uuid.UUID]
) -> None:
    with pytest.raises(IntegrityError):
        await save(files, {**place, "organization_id": new_id()})
    ((file_id, store),) = await orphans(files.database)
    assert store == files.current.location
    assert await files.current.size(file_id) == 5
    assert await clean_up(files) == 0, "an upload may still be at it"
    async with files.database.connect() as conn:
        age = (await conn.execute(select(FileOrphan.remove_at - func.now()))).scalar_one()
    assert dt.timedelta(hours=23) < age <= dt.timedelta(days=1)
    await make_due(files.database)
    assert await clean_up(files) == 1
    assert await files.current.size(file_id) is None
    assert await orphans(files.database) == []


@every_store
async def test_bytes_of_a_removed_file_follow_its_row(files: FileStorage, place: dict[str, uuid.UUID]) -> None:
    kept, *gone = [await save(files, place) for _ in range(4)]
    async with files.database.begin() as conn:
        await conn.execute(delete(ChatFile).where(ChatFile.id.in_([file.id for file in gone])))
    assert {file_id for file_id, _ in await orphans(files.database)} == {file.id for file in gone}
    assert await files.current.size(gone[0].id) == 5, "whoever is reading it comes to its end"
    await make_due(files.database)
    assert [await clean_up(files, limit=2), await clean_up(files, limit=2), await clean_up(files)] == [2, 1, 0]
    assert [await files.current.size(file.id) for file in (kept, *gone)] == [5, None, None, None]


async def test_an_upload_that_took_too_long_makes_no_file(
    files: FileStorage, place: dict[str, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    put = type(files.current).put

    async def slow_put(store: FileStore, file_id: uuid.UUID, data: bytes) -> None:
        await put(store, file_id, data)  # type: ignore[arg-type]
        await make_due(files.database)
        assert await clean_up(files) == 1

    monkeypatch.setattr(type(files.current), "put", slow_put)
    with pytest.raises(StoreFailed, match="took too long"):
        await save(files, place)
    assert await count(files.database, ChatFile) == await count(files.database, FileChunk) == 0


async def test_bytes_that_a_row_owns_are_never_removed(files: FileStorage, place: dict[str, uuid.UUID]) -> None:
    file = await save(files, place)
    async with files.database.begin() as conn:
        await conn.execute(insert(FileOrphan).values(file_id=file.id, store=file.store, remove_at=func.now()))
    assert await clean_up(files) == 0
    assert await files.read(file) == b"bytes"


@pytest.mark.parametrize("broken", ["directory", "bucket"], indirect=True)
async def test_a_store_that_is_down_does_not_keep_others_from_being_cleaned(
    files: FileStorage, place: dict[str, uuid.UUID], broken: FileStore
) -> None:
    with pytest.raises(IntegrityError):
        await save(files, {**place, "organization_id": new_id()})
    async with files.database.begin() as conn:
        for store in (broken.location, "s3://a key:and a secret@nowhere"):
            await conn.execute(insert(FileOrphan).values(file_id=new_id(), store=store, remove_at=func.now()))
    await make_due(files.database)
    assert await clean_up(files) == 3
    assert {store for _, store in await orphans(files.database)} == {broken.location, "s3://a key:and a secret@nowhere"}
    assert await clean_up(files) == 0, "it is left alone for a while"


@every_store
async def test_lost_bytes_are_told(files: FileStorage, place: dict[str, uuid.UUID]) -> None:
    file = await save(files, place)
    await files.current.delete([file.id])
    with pytest.raises(BytesMissing):
        await files.read(file)
    await files.current.put(file.id, b"byt")
    with pytest.raises(StoreFailed, match="fewer bytes"):
        await files.read(file)


async def test_each_file_is_read_from_the_store_of_its_row(
    files: FileStorage, place: dict[str, uuid.UUID], database: Database, tmp_path: Any
) -> None:
    older = await save(files, place, b"older")
    elsewhere = FileStorage(settings_for(f"file://{tmp_path}/new"), database)
    newer = await save(elsewhere, place, b"newer")
    for storage in (files, elsewhere):
        assert [await storage.read(file) for file in (older, newer)] == [b"older", b"newer"]
    async with database.begin() as conn:
        await conn.execute(update(ChatFile).where(ChatFile.id == newer.id).values(store="file://nowhere/else"))
        (lost,) = await load_files(conn, [newer.id])
    with pytest.raises(StoreFailed, match="cannot be opened"):
        await files.read(lost)
