"""Uploads and downloads over HTTP, on every store, and what a caller sees when the store fails."""

import asyncio
import json
import os
import tracemalloc
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from models import ChatFile, FileOrphan
from palaver.files.stores import PIECE_BYTES, FileStore, StoreFailed
from palaver.settings import Settings
from tests.api.chats import refusal, send, upload
from tests.conftest import world_settings as plain_settings
from tests.files.conftest import KINDS
from tests.support.s3_server import ACCESS_KEY_ID, SECRET_ACCESS_KEY
from tests.support.world import CHATS, World

LARGEST = 10_485_760

every_store = pytest.mark.parametrize("location", KINDS, indirect=True)


@pytest.fixture
def world_settings(world_url: str, world_data_dir: Path, request: pytest.FixtureRequest, location: str) -> Settings:
    """The usual settings, with the store of the test."""
    usual: Settings = plain_settings.__wrapped__(world_url, world_data_dir, request)  # type: ignore[attr-defined]
    values = usual.model_dump() | {
        "files_url": location,
        "files_access_key_id": ACCESS_KEY_ID,
        "files_secret_access_key": SECRET_ACCESS_KEY,
    }
    return Settings.model_validate(values)


async def download(world: World, file_id: str) -> Any:
    """The response to a download by alice."""
    return await world.alice.get(f"{CHATS}/files/{file_id}")


@every_store
@pytest.mark.parametrize("size", [1, PIECE_BYTES, PIECE_BYTES + 1, LARGEST])
async def test_files_of_every_size_come_back_from_every_store(world: World, location: str, size: int) -> None:
    data = (b"\x89PNG\r\n\x1a\n" + os.urandom(size))[:size] if size > 8 else b"x"
    file_id = (await upload(world, data, name="a.png", media_type="application/octet-stream")).json()["id"]
    back = await download(world, file_id)
    assert back.content == data
    assert back.headers["content-length"] == str(size)
    async with world.services.database.connect() as conn:
        assert (await conn.execute(select(ChatFile.store, ChatFile.size))).one() == (location, size)


@every_store
async def test_a_turn_reads_what_its_user_attached(world: World) -> None:
    file_id = (await upload(world, b"the words of the file")).json()["id"]
    chat = await world.create_chat(text="/echo ok")
    await settled(world, chat["id"])
    content = [{"type": "text", "text": "look"}, {"type": "file", "file_id": file_id}]
    assert (await send(world.alice, chat["id"], content)).status_code == 200
    await settled(world, chat["id"])
    messages = (await world.alice.get(f"{CHATS}/{chat['id']}/messages")).json()["messages"]
    assert "the words of the file" in json.dumps(messages[0]["content"])


async def settled(world: World, chat_id: str) -> dict[str, Any]:
    """The chat once its turn has ended."""
    async with asyncio.timeout(30):
        while (chat := (await world.alice.get(f"{CHATS}/{chat_id}")).json())["status"] not in ("waiting", "error"):
            await asyncio.sleep(0.05)
    return dict(chat)


# ---- a store that fails ----


def lose(world: World, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Take the world's store away; what is then told of it."""
    store = world.services.files.current
    if location.startswith("file:"):
        (tmp_path / "files").rename(tmp_path / "unmounted")
        return f"{store.name} is gone"
    monkeypatch.setattr(store, "_bucket", _unreachable(urlsplit(location).netloc))
    return f"{store.name} does not answer"


def _unreachable(bucket: str) -> Any:
    from obstore.store import S3Store

    return S3Store(
        bucket,
        config={"endpoint": "http://127.0.0.1:1", "region": "us-east-1", "skip_signature": True},
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )


@pytest.mark.parametrize("location", ["directory", "bucket"], indirect=True)
async def test_a_store_that_is_down_is_told_by_name_and_nothing_else_suffers(
    world: World, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = (await upload(world)).json()["id"]
    wrong = lose(world, location, tmp_path, monkeypatch)
    assert refusal(await upload(world)) == (500, "Failed to save chat file.", f"The file store {wrong}.")
    assert refusal(await download(world, file_id)) == (500, "Failed to get chat file.", f"The file store {wrong}.")
    # A message may still name the file: what is looked up is its row.
    chat = await world.create_chat(text="/echo fine")
    assert (await settled(world, chat["id"]))["status"] == "waiting"
    async with world.services.database.connect() as conn:
        assert (await conn.execute(select(func.count()).select_from(ChatFile))).scalar_one() == 1
        assert (await conn.execute(select(func.count()).select_from(FileOrphan))).scalar_one() == 1


@pytest.mark.parametrize("location", ["directory"], indirect=True)
@pytest.mark.settings(model_attempts=2)
async def test_a_turn_whose_attachment_cannot_be_read_tries_again_and_says_why(
    world: World, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = (await upload(world)).json()["id"]
    wrong = lose(world, location, tmp_path, monkeypatch)
    content = [{"type": "text", "text": "look"}, {"type": "file", "file_id": file_id}]
    body = {"organization_id": world.facts.organization_id, "content": content}
    chat = await settled(world, (await world.alice.post(CHATS, body)).json()["id"])
    assert chat["status"] == "error"
    assert chat["last_error"]["message"] == "An attachment could not be read."
    assert chat["last_error"]["detail"] == f"max retry attempts (2) exceeded: The file store {wrong}."
    # It is back: the next turn has it.
    (tmp_path / "unmounted").rename(tmp_path / "files")
    await send(world.alice, chat["id"], [{"type": "text", "text": "again"}])
    assert (await settled(world, chat["id"]))["status"] == "waiting"


async def test_bytes_that_are_lost_are_told_and_left_out_of_prompts(world: World) -> None:
    file_id = (await upload(world)).json()["id"]
    files = world.services.files
    async with world.services.database.connect() as conn:
        stored = (await conn.scalars(select(ChatFile.id))).one()
    await files.current.delete([stored])
    missing = f"The file store database has no bytes of the file {file_id}."
    assert refusal(await download(world, file_id)) == (500, "Failed to get chat file.", missing)
    content = [{"type": "text", "text": "look"}, {"type": "file", "file_id": file_id}]
    body = {"organization_id": world.facts.organization_id, "content": content}
    chat = await settled(world, (await world.alice.post(CHATS, body)).json()["id"])
    assert chat["status"] == "waiting"


async def test_a_download_that_breaks_off_is_not_taken_for_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"%PDF-1.7" + os.urandom(3 * PIECE_BYTES)
    file_id = (await upload(world, data, name="a.pdf", media_type="application/pdf")).json()["id"]
    read = type(world.services.files.current).read

    async def failing(store: FileStore, which: Any, start: int, length: int) -> bytes:
        if start >= 2 * PIECE_BYTES:
            raise StoreFailed(store.name, "does not answer")
        return await read(store, which, start, length)  # type: ignore[arg-type]

    monkeypatch.setattr(type(world.services.files.current), "read", failing)
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(world.url).port)
    path = f"{CHATS}/files/{file_id}"
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nCoder-Session-Token: {world.alice.token}\r\n\r\n"
    writer.write(request.encode())
    answer = await asyncio.wait_for(reader.read(-1), 30)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert f"content-length: {len(data)}".encode() in head.lower()
    assert body == data[: 2 * PIECE_BYTES]
    writer.close()


# ---- memory, and bodies that nobody wants ----


async def test_a_download_holds_a_piece_of_the_file_at_a_time(world: World) -> None:
    data = b"%PDF-1.7" + os.urandom(LARGEST - 8)
    file_id = (await upload(world, data, name="a.pdf", media_type="application/pdf")).json()["id"]
    tracemalloc.start()
    try:
        received = 0
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(world.url).port)
        path = f"{CHATS}/files/{file_id}"
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nCoder-Session-Token: {world.alice.token}\r\n\r\n"
        writer.write(request.encode())
        await reader.readuntil(b"\r\n\r\n")
        # A slow reader first: what it does not take stays in the store.
        await asyncio.sleep(0.5)
        while received < LARGEST:
            received += len(await reader.read(65_536))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    writer.close()
    assert peak < 0.75 * LARGEST


async def test_an_upload_is_in_memory_a_few_times_at_most(world: World) -> None:
    data = b"%PDF-1.7" + os.urandom(LARGEST - 8)
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(world.url).port)
    lines = [
        f"POST {CHATS}/files?organization={world.facts.organization_id} HTTP/1.1",
        "Host: x",
        f"Coder-Session-Token: {world.alice.token}",
        "Content-Type: application/pdf",
        'Content-Disposition: attachment; filename="a.pdf"',
        f"Content-Length: {LARGEST}",
        "Connection: close",
    ]
    tracemalloc.start()
    try:
        # In pieces: a client in this process must not hold what it sends a second time.
        writer.write("\r\n".join([*lines, "", ""]).encode())
        for start in range(0, LARGEST, PIECE_BYTES):
            writer.write(data[start : start + PIECE_BYTES])
            await writer.drain()
        answer = await asyncio.wait_for(reader.read(-1), 30)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 201 ")
    assert peak < 3 * LARGEST


async def test_the_body_of_an_upload_is_not_awaited_from_who_may_not(world: World) -> None:
    """The refusal comes while the body is still to come: its size plays no part."""
    for query, media_type, expected in (
        ("0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34", "text/plain", b"403"),
        (world.facts.organization_id, "text/html", b"400"),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(world.url).port)
        lines = [
            f"POST {CHATS}/files?organization={query} HTTP/1.1",
            "Host: x",
            f"Coder-Session-Token: {world.alice.token}",
            f"Content-Type: {media_type}",
            'Content-Disposition: attachment; filename="a.txt"',
            f"Content-Length: {LARGEST * 100}",
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        status = await asyncio.wait_for(reader.readline(), 10)
        assert expected in status
        writer.close()


async def test_twelve_uploads_at_once_are_all_stored(world: World) -> None:
    contents = [json.dumps({str(key): [number] * 3 for key in range(5000)}).encode() for number in range(12)]
    answers = await asyncio.gather(*(upload(world, data, media_type="application/json") for data in contents))
    assert [answer.status_code for answer in answers] == [201] * 12
    for answer, data in zip(answers, contents, strict=True):
        assert (await download(world, answer.json()["id"])).content == data
