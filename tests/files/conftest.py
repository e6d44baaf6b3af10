"""The three kinds of stores, each real: a database, a directory, a bucket of a server of its own."""

import socket
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from palaver.database import Database
from palaver.files.storage import FileStorage
from palaver.files.stores import FileStore
from palaver.settings import Settings
from tests.support.s3_server import ACCESS_KEY_ID, SECRET_ACCESS_KEY, S3Server, start_s3_server

KINDS = ["database", "directory", "bucket"]


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One server for the whole run (of one worker process)."""
    with start_s3_server() as server:
        yield server


@pytest.fixture(autouse=True)
def no_credentials_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever AWS_* variables the machine has, the tests do not use them."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


def settings_for(location: str, **values: object) -> Settings:
    """Settings with a place for files, and the key of the tests' buckets."""
    return Settings.model_validate(
        {
            "files_url": location,
            "files_access_key_id": ACCESS_KEY_ID,
            "files_secret_access_key": SECRET_ACCESS_KEY,
            **values,
        }
    )


@pytest.fixture
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the files of this test go; a test asks for a kind with an indirect parameter, the database otherwise."""
    kind = getattr(request, "param", "database")
    if kind == "bucket":
        server: S3Server = request.getfixturevalue("s3_server")
        return server.new_bucket()
    return f"file://{tmp_path}/files" if kind == "directory" else "database"


@pytest_asyncio.fixture
async def files(database: Database, location: str) -> FileStorage:
    """A storage on an empty store at `location`."""
    return FileStorage(settings_for(location), database)


@pytest_asyncio.fixture
async def store(files: FileStorage) -> FileStore:
    """The empty store itself."""
    return files.current


@pytest_asyncio.fixture
async def broken(request: pytest.FixtureRequest, tmp_path: Path, s3_server: S3Server) -> AsyncIterator[FileStore]:
    """A store that cannot be reached, of the kind of the indirect parameter."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        database = Database(f"postgresql://palaver@127.0.0.1:{port}/palaver")
        location = {
            "database": "database",
            "directory": f"file://{tmp_path}/unmounted",
            "bucket": f"s3://files/palaver?endpoint=http://127.0.0.1:{port}&region=us-east-1",
            "no such bucket": s3_server.location("no-such-bucket"),
        }[request.param]
        files = FileStorage(settings_for(location), database)
        if request.param == "directory":
            (tmp_path / "unmounted").rmdir()
        yield files.current
        await database.close()


def new_id() -> uuid.UUID:
    """An id that nothing has."""
    return uuid.uuid4()
