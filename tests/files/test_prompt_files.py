"""Attachments for prompts: read once from their store, as long as there is room."""

import uuid

import pytest
from sqlalchemy import delete

from models import ChatFile
from palaver.errors.provider import ProviderError
from palaver.files.storage import FileStorage
from palaver.files.stores import FileStore
from palaver.llm.files import PromptFiles
from tests.files.conftest import new_id
from tests.files.test_storage import place, save

__all__ = ["place"]

Place = dict[str, uuid.UUID]


@pytest.fixture
def reads(files: FileStorage, monkeypatch: pytest.MonkeyPatch) -> list[uuid.UUID]:
    """The files that the store is asked for, in order."""
    asked: list[uuid.UUID] = []
    read = type(files.current).read

    async def counting(store: FileStore, file_id: uuid.UUID, start: int, length: int) -> bytes:
        asked.append(file_id)
        return await read(store, file_id, start, length)  # type: ignore[arg-type]

    monkeypatch.setattr(type(files.current), "read", counting)
    return asked


async def test_bytes_are_read_from_the_store_once(files: FileStorage, place: Place, reads: list[uuid.UUID]) -> None:
    file = await save(files, place, b"words")
    load = PromptFiles(files)
    for _ in range(3):
        loaded = await load({file.id, new_id()})
        assert [(f.name, f.media_type, f.data) for f in loaded.values()] == [("a.txt", "text/plain", b"words")]
    assert reads == [file.id]


async def test_a_removed_file_is_gone_though_its_bytes_are_remembered(files: FileStorage, place: Place) -> None:
    file = await save(files, place)
    load = PromptFiles(files)
    assert await load({file.id})
    async with files.database.begin() as conn:
        await conn.execute(delete(ChatFile))
    assert await load({file.id}) == {}


async def test_what_was_not_used_for_long_makes_room(files: FileStorage, place: Place, reads: list[uuid.UUID]) -> None:
    one, two, three = [await save(files, place, b"12345") for _ in range(3)]
    huge = await save(files, place, b"x" * 11)
    load = PromptFiles(files, remembered_bytes=10)
    for wanted in (one, two, one, three, huge, one, three, two):
        assert (await load({wanted.id}))[wanted.id].data
    assert reads == [one.id, two.id, three.id, huge.id, two.id]
    assert sum(map(len, load._remembered.values())) == 10


async def test_a_store_that_is_down_lets_the_turn_try_again(
    files: FileStorage, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await save(files, place)
    async with files.database.begin() as conn:
        await conn.execute(ChatFile.__table__.update().values(store="file:///nowhere/at/all"))
    with pytest.raises(ProviderError) as caught:
        await PromptFiles(files)({file.id})
    assert (caught.value.retryable, caught.value.message) == (True, "An attachment could not be read.")
    assert caught.value.detail == "The file store file:///nowhere/at/all is gone."
