"""Patience with slow viewers, and the write at the end of a cancelled stream."""

import asyncio
from typing import Any

import pytest

from palaver.database import Database
from palaver.stream.reading import mark_read, reading
from palaver.stream.sending import PatientSender, SlowViewer, abort
from tests.stream.serving import last_read
from tests.stream.world import LiveChat


async def test_a_viewer_that_takes_nothing_is_given_up() -> None:
    room = asyncio.Event()

    async def send(message: Any) -> None:
        await room.wait()

    patient = PatientSender(send, 0.02)
    room.set()
    await patient({"type": "one"})
    room.clear()
    with pytest.raises(SlowViewer):
        await patient({"type": "two"})
    room.set()
    await patient({"type": "three"})
    await asyncio.sleep(0.05)
    patient.close()
    assert patient._timer is None


async def test_a_cancellation_from_outside_is_passed_on() -> None:
    async def send(message: Any) -> None:
        await asyncio.sleep(10)

    async def viewer() -> None:
        patient = PatientSender(send, 5)
        try:
            await patient({"type": "one"})
        finally:
            patient.close()

    task = asyncio.create_task(viewer())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_abort_uses_the_extension_where_there_is_one() -> None:
    calls: list[str] = []
    abort({"type": "http"})
    abort({"type": "http", "extensions": None})
    abort({"type": "http", "extensions": {"palaver.abort": lambda: calls.append("aborted")}})
    assert calls == ["aborted"]


async def test_a_cancelled_owner_has_read_the_chat_all_the_same(chat: LiveChat) -> None:
    opened = asyncio.Event()

    async def watch() -> None:
        async with reading(chat.database, chat.id, is_owner=True):
            opened.set()
            await asyncio.sleep(10)

    task = asyncio.create_task(watch())
    await opened.wait()
    await chat.turn("answer")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await last_read(chat) == max(await chat.messages())


async def test_an_unreachable_database_does_not_stop_the_stream(chat: LiveChat) -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing")
    await mark_read(nowhere, chat.id)
    await nowhere.close()
