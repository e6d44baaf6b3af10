"""Bytes that move from store to store, while the files stay."""

import uuid
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from models import ChatFile, FileChunk, FileOrphan
from palaver.database import Database
from palaver.files.moving import Move, move_files
from palaver.files.rows import FileFacts, load_files
from palaver.files.storage import FileStorage
from palaver.files.stores import BytesMissing, FileStore, StoreFailed
from tests.files.conftest import settings_for
from tests.files.test_storage import clean_up, make_due, orphans, place, save
from tests.support.s3_server import S3Server

__all__ = ["place"]

Place = dict[str, uuid.UUID]


@pytest.fixture
def locations(tmp_path: Path, s3_server: S3Server) -> list[str]:
    """One of each kind."""
    return ["database", f"file://{tmp_path}/files", s3_server.new_bucket()]


async def saved(database: Database, place: Place, location: str, count: int) -> list[FileFacts]:
    """New files at a location."""
    files = FileStorage(settings_for(location), database)
    return [await save(files, place, b"%d" % number * 1000) for number in range(count)]


async def found(files: FileStorage, *which: FileFacts) -> list[FileFacts]:
    """The files as they are now, in the order given."""
    async with files.database.connect() as conn:
        now = {file.id: file for file in await load_files(conn, [file.id for file in which])}
    return [now[file.id] for file in which]


@pytest.mark.parametrize("target", [0, 1, 2])
async def test_all_files_move_to_one_store_and_leave_nothing_behind(
    database: Database, place: Place, locations: list[str], target: int
) -> None:
    before = [file for location in locations for file in await saved(database, place, location, 6)]
    files = FileStorage(settings_for(locations[target]), database)
    reports: list[int] = []
    move = await move_files(files, None, locations[target], lambda move: reports.append(move.moved))
    assert (move.files, move.moved, move.missing) == (12, 12, [])
    assert reports == [4, 8, 12]
    after = await found(files, *before)
    assert {file.store for file in after} == {locations[target]}
    for old, new in zip(before, after, strict=True):
        # Whoever has looked the file up before still gets it where it was.
        assert await files.read(old) == await files.read(new)
    assert len(await orphans(database)) == 12
    await make_due(database)
    assert await clean_up(files) == 12
    moved_away = [file for file in before if file.store != locations[target]]
    for file in moved_away:
        with pytest.raises(BytesMissing):
            await files.read(file)
    assert len([await files.read(file) for file in after]) == 18


async def test_only_the_files_of_the_named_source_move(database: Database, place: Place, locations: list[str]) -> None:
    one, two = [(await saved(database, place, location, 1))[0] for location in locations[1:]]
    files = FileStorage(settings_for("database"), database)
    assert (await move_files(files, locations[1], "database")).moved == 1
    assert [file.store for file in await found(files, one, two)] == ["database", locations[2]]


async def test_bytes_in_rows_of_an_earlier_version_move_too(database: Database, place: Place, tmp_path: Path) -> None:
    row = {**place, "name": "old.txt", "mime_type": "text/plain", "size": 3, "data": b"old", "id": uuid.uuid4()}
    async with database.begin() as conn:
        await conn.execute(ChatFile.__table__.insert().values(**row))
    files = FileStorage(settings_for(f"file://{tmp_path}/files"), database)
    assert (await move_files(files, None, files.current.location)).moved == 1
    async with database.connect() as conn:
        assert (await conn.execute(select(ChatFile.data))).scalar_one() is None
        (file,) = await load_files(conn, [row["id"]])
    assert await files.read(file) == b"old"


async def test_an_interrupted_move_goes_on_where_it_was(
    database: Database, place: Place, locations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await saved(database, place, "database", 8)
    files = FileStorage(settings_for(locations[1]), database)
    put, puts = type(files.current).put, 0

    async def failing(store: FileStore, file_id: uuid.UUID, data: bytes) -> None:
        nonlocal puts
        puts += 1
        if puts > 6:  # the first one was the probe
            raise StoreFailed(store.name, "is full")
        await put(store, file_id, data)  # type: ignore[arg-type]

    monkeypatch.setattr(type(files.current), "put", failing)
    with pytest.raises(StoreFailed, match="is full"):
        await move_files(files, None, locations[1])
    # What was on its way is announced, so that nothing is left behind if nobody goes on.
    assert {store for _, store in await orphans(database)} == {"database", locations[1]}
    monkeypatch.undo()
    rest = await move_files(files, None, locations[1])
    assert (rest.files, rest.moved) == (3, 3)
    assert {file.store for file in await found(files, *before)} == {locations[1]}
    assert {store for _, store in await orphans(database)} == {"database"}


async def test_a_bucket_by_another_address_is_the_same_place(
    database: Database, place: Place, s3_server: S3Server
) -> None:
    here = s3_server.new_bucket()
    there = here.replace("127.0.0.1", "localhost")
    before = await saved(database, place, here, 3)
    files = FileStorage(settings_for(there), database)
    assert (await move_files(files, None, there)).moved == 3
    assert await orphans(database) == []
    for file in await found(files, *before):
        assert file.store == there
        assert await files.read(file)


async def test_a_source_that_is_gone_need_not_answer_for_what_was_copied(
    database: Database, place: Place, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    copied, lost = await saved(database, place, f"file://{old}", 2)
    files = FileStorage(settings_for(f"file://{new}"), database)
    await files.current.put(copied.id, await files.read(copied))
    for path in sorted(old.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    move = await move_files(files, None, f"file://{new}")
    assert (move.moved, move.missing) == (1, [lost.id])
    old.rmdir()
    with pytest.raises(StoreFailed, match="is gone"):
        await move_files(files, None, f"file://{new}")
    assert {store for _, store in await orphans(database)} <= {f"file://{old}", f"file://{new}"}


async def test_moving_there_and_back_keeps_the_bytes(database: Database, place: Place, locations: list[str]) -> None:
    (before,) = await saved(database, place, "database", 1)
    files = FileStorage(settings_for(locations[1]), database)
    await move_files(files, None, locations[1])
    await move_files(files, None, "database")
    await make_due(database)
    assert await clean_up(files) == 1
    (after,) = await found(files, before)
    assert await files.read(after) == b"0" * 1000
    async with database.connect() as conn:
        assert (await conn.scalars(select(FileOrphan.file_id))).all() == []


async def test_a_file_that_is_removed_on_its_way_leaves_no_bytes(
    database: Database, place: Place, locations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = await saved(database, place, "database", 1)
    files = FileStorage(settings_for(locations[1]), database)
    put = type(files.current).put

    async def removing(store: FileStore, file_id: uuid.UUID, data: bytes) -> None:
        await put(store, file_id, data)  # type: ignore[arg-type]
        async with database.begin() as conn:
            await conn.execute(delete(ChatFile).where(ChatFile.id == file_id))

    monkeypatch.setattr(type(files.current), "put", removing)
    await move_files(files, None, locations[1])
    await make_due(database)
    assert await clean_up(files) == 2
    assert await files.current.size(file.id) is None
    async with database.connect() as conn:
        assert (await conn.scalars(select(FileChunk.file_id))).all() == []


async def test_nothing_to_move_is_no_failure(files: FileStorage, place: Place) -> None:
    assert await move_files(files, None, "database") == Move(0)
    await save(files, place)
    assert await move_files(files, "database", "database") == Move(0)
