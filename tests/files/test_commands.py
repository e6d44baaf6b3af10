"""The command line on file stores: moves and the doctor, on a real server's data."""

import asyncio
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from models import ChatFile
from palaver.files.rows import load_files
from palaver.files.storage import FileStorage
from tests.files.conftest import settings_for
from tests.files.test_storage import place, save
from tests.operations.processes import palaver
from tests.support.s3_server import ACCESS_KEY_ID, SECRET_ACCESS_KEY, S3Server

__all__ = ["place"]

KEY = {"PALAVER_FILES_ACCESS_KEY_ID": ACCESS_KEY_ID, "PALAVER_FILES_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY}


async def run(database_url: str, cwd: Path, *arguments: str, **variables: str) -> tuple[int, str, str]:
    """(status, output, errors) of a command on this database."""
    done = await asyncio.to_thread(palaver, *arguments, cwd=cwd, PALAVER_DATABASE_URL=database_url, **KEY, **variables)
    assert SECRET_ACCESS_KEY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


async def test_files_move_to_the_bucket_of_the_settings_and_back_to_a_directory(
    files: FileStorage, database_url: str, place: dict[str, uuid.UUID], tmp_path: Path, s3_server: S3Server
) -> None:
    ids = [(await save(files, place, b"%d" % number)).id for number in range(5)]
    bucket = s3_server.new_bucket()
    status, said, errors = await run(database_url, tmp_path, "files", "move", PALAVER_FILES_URL=bucket)
    assert (status, said, errors.strip()) == (0, f"5 of 5 files moved to {bucket}.\n", "")
    assert sorted(s3_server.keys(bucket)) == sorted(f"palaver/{file_id.hex}" for file_id in ids)
    directory = f"file://{tmp_path}/files"
    status, said, _ = await run(database_url, tmp_path, "files", "move", "--from", bucket, "--to", directory)
    assert (status, said) == (0, f"5 of 5 files moved to {directory}.\n")
    async with files.database.connect() as conn:
        moved = await load_files(conn, ids)
    assert {await files.read(file) for file in moved} == {b"0", b"1", b"2", b"3", b"4"}


async def test_a_move_tells_of_lost_bytes_and_of_stores_that_fail(
    files: FileStorage, database_url: str, place: dict[str, uuid.UUID], tmp_path: Path, s3_server: S3Server
) -> None:
    lost = await save(files, place)
    await save(files, place)
    await files.current.delete([lost.id])
    status, _, errors = await run(database_url, tmp_path, "files", "move", "--to", s3_server.location("no-such-bucket"))
    assert (status, "s3://no-such-bucket/palaver has no such bucket" in errors) == (1, True), errors
    status, said, errors = await run(database_url, tmp_path, "files", "move", "--to", f"file://{tmp_path}/files")
    assert (status, "1 of 2 files moved" in said, str(lost.id) in errors) == (1, True, True)
    for option in ("--from", "--to"):
        status, _, errors = await run(database_url, tmp_path, "files", "move", option, "ftp://nowhere")
        assert (status, f"{option} must be database" in errors) == (1, True)


@pytest.mark.parametrize("kind", ["database", "directory", "bucket"])
async def test_doctor_tries_the_store_and_tells_of_files_elsewhere(
    files: FileStorage,
    database_url: str,
    place: dict[str, uuid.UUID],
    tmp_path: Path,
    s3_server: S3Server,
    kind: str,
) -> None:
    await save(FileStorage(settings_for(f"file://{tmp_path}/old"), files.database), place)
    bucket = s3_server.new_bucket()
    location = {"database": "database", "directory": f"file://{tmp_path}/new", "bucket": bucket}[kind]
    _, said, _ = await run(database_url, tmp_path, "doctor", PALAVER_FILES_URL=location, PALAVER_PORT="0")
    said = " ".join(said.split())
    assert "written, read and removed in" in said
    assert "1 at file://" in said
    assert s3_server.keys(bucket) == []
    async with files.database.connect() as conn:
        assert len((await conn.scalars(select(ChatFile.id))).all()) == 1


async def test_doctor_fails_when_the_store_does(database_url: str, tmp_path: Path, s3_server: S3Server) -> None:
    location = s3_server.location("no-such-bucket")
    status, said, _ = await run(database_url, tmp_path, "doctor", PALAVER_FILES_URL=location, PALAVER_PORT="0")
    assert (status, "has no such bucket" in " ".join(said.split())) == (1, True)
    status, _, errors = await run(database_url, tmp_path, "doctor", PALAVER_FILES_URL="s3://key:hidden@bucket")
    assert (status, "PALAVER_FILES_URL" in errors, "hidden" in errors) == (1, True, False)
