"""What every store does, whatever it is made of."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from palaver.files.stores import PIECE_BYTES, BytesMissing, FileStore, StoreFailed
from tests.files.conftest import KINDS, new_id
from tests.support.s3_server import S3Server

LARGEST = 10_485_760

every_store = pytest.mark.parametrize("location", KINDS, indirect=True)


@every_store
async def test_bytes_come_back_as_they_were_put(store: FileStore) -> None:
    file_id, data = new_id(), bytes(range(256)) * 8 + b"\0\r\n"
    await store.put(file_id, data)
    assert await store.size(file_id) == len(data)
    assert await store.read(file_id, 0, len(data)) == data
    assert isinstance(await store.read(file_id, 0, 1), bytes)


@every_store
async def test_the_largest_file_is_read_whole_and_in_any_part(store: FileStore) -> None:
    file_id, data = new_id(), os.urandom(LARGEST)
    await store.put(file_id, data)
    assert await store.size(file_id) == LARGEST
    assert await store.read(file_id, 0, LARGEST) == data
    edges = [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, LARGEST - 1]
    for start in edges:
        for length in (1, 2, PIECE_BYTES, 2 * PIECE_BYTES + 1):
            assert await store.read(file_id, start, length) == data[start : start + length], (start, length)


@every_store
async def test_what_is_put_again_replaces_what_was_there(store: FileStore) -> None:
    file_id = new_id()
    await store.put(file_id, b"x" * (2 * PIECE_BYTES + 5))
    await store.put(file_id, b"short")
    assert (await store.size(file_id), await store.read(file_id, 0, 100)) == (5, b"short")


@every_store
async def test_many_put_at_once_and_the_same_twice(store: FileStore) -> None:
    contents = {new_id(): os.urandom(50_000) for _ in range(20)}
    twice, either = new_id(), [b"a" * (PIECE_BYTES + 7), b"b" * (PIECE_BYTES + 7)]
    await asyncio.gather(
        *(store.put(file_id, data) for file_id, data in contents.items()), *(store.put(twice, data) for data in either)
    )
    for file_id, data in contents.items():
        assert await store.read(file_id, 0, len(data)) == data
    assert await store.read(twice, 0, PIECE_BYTES + 7) in either


@every_store
async def test_what_is_not_there_is_told_from_a_store_that_fails(store: FileStore) -> None:
    file_id = new_id()
    assert await store.size(file_id) is None
    with pytest.raises(BytesMissing, match=str(file_id)):
        await store.read(file_id, 0, 10)


@every_store
async def test_deleted_bytes_are_gone_and_others_stay(store: FileStore) -> None:
    kept, *gone = [new_id() for _ in range(4)]
    for file_id in (kept, *gone):
        await store.put(file_id, b"bytes")
    await store.delete([*gone, new_id()])
    await store.delete(gone)
    await store.delete([])
    assert [await store.size(file_id) for file_id in (kept, *gone)] == [5, None, None, None]


@pytest.mark.parametrize("broken", [*KINDS, "no such bucket"], indirect=True)
async def test_a_store_that_is_down_fails_soon_and_by_its_name(broken: FileStore) -> None:
    began = time.monotonic()
    for act in (
        broken.put(new_id(), b"bytes"),
        broken.read(new_id(), 0, 5),
        broken.delete([new_id()]),
    ):
        with pytest.raises(StoreFailed) as caught:
            await act
        assert not isinstance(caught.value, BytesMissing)
        assert str(caught.value).startswith(f"The file store {broken.name} ")
    assert "?" not in broken.name
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("location", ["bucket"], indirect=True)
async def test_refused_credentials_are_told_without_them(store: FileStore, s3_server: S3Server) -> None:
    with s3_server.knowing_nobody():
        with pytest.raises(StoreFailed) as caught:
            await store.put(new_id(), b"bytes")
        assert str(caught.value) == f"The file store {store.name} refuses the credentials."


@pytest.mark.parametrize("location", ["directory"], indirect=True)
async def test_a_directory_is_for_its_user_alone_and_shows_no_half_files(store: FileStore, tmp_path: Path) -> None:
    root = tmp_path / "files"
    file_id = new_id()
    await store.put(file_id, b"bytes")
    file = root / file_id.hex[:2] / file_id.hex[2:4] / file_id.hex
    assert [path.stat().st_mode & 0o777 for path in (root, *list(file.parents)[:2])] == [0o700] * 3
    assert file.stat().st_mode & 0o777 == 0o600
    # What a killed process leaves goes with the file.
    file.with_name(f"{file.name}.abc.part").write_bytes(b"by")
    await store.delete([file_id])
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("location", ["directory"], indirect=True)
async def test_a_full_directory_says_what_is_wrong(store: FileStore, tmp_path: Path) -> None:
    file_id = new_id()
    # Root may write where others may not; nobody may make a directory where a file is.
    (tmp_path / "files" / file_id.hex[:2]).write_bytes(b"")
    with pytest.raises(StoreFailed, match="cannot be used: Not a directory"):
        await store.put(file_id, b"bytes")


@pytest.mark.parametrize("location", ["bucket"], indirect=True)
async def test_a_bucket_gets_one_object_for_each_file_under_the_prefix(
    store: FileStore, location: str, s3_server: S3Server
) -> None:
    file_id = new_id()
    await store.put(file_id, b"x" * LARGEST)
    assert s3_server.keys(location) == [f"palaver/{file_id.hex}"]
