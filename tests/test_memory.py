"""What a process remembers of the database for a short time."""

import asyncio

import pytest

from palaver.memory import REMEMBERED_SECONDS, Memory


class Source:
    """Counts the readings of each key; `gate` holds them back while it is not set."""

    def __init__(self) -> None:
        self.readings: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.value = 0

    async def read(self, key: str) -> int:
        self.readings.append(key)
        value = self.value
        await self.gate.wait()
        return value


async def test_an_answer_is_read_anew_when_it_is_ten_seconds_old() -> None:
    source, now = Source(), 100.0
    memory = Memory(source.read, clock=lambda: now)
    assert await memory.get("a") == 0
    source.value = 1
    assert REMEMBERED_SECONDS <= 10
    now += REMEMBERED_SECONDS - 0.01
    assert await memory.get("a") == 0
    now += 0.01
    assert await memory.get("a") == 1


async def test_those_who_ask_at_once_share_one_reading() -> None:
    source = Source()
    memory = Memory(source.read, entries=2)
    source.gate.clear()
    asking = [asyncio.create_task(memory.get(key)) for key in ("a", "b", "a", "a")]
    await asyncio.sleep(0)
    source.gate.set()
    assert await asyncio.gather(*asking) == [0, 0, 0, 0]
    assert source.readings == ["a", "b"]


async def test_a_reading_that_was_overtaken_by_a_drop_is_not_kept() -> None:
    source = Source()
    memory = Memory(source.read)
    source.gate.clear()
    asking = asyncio.create_task(memory.get("a"))
    await asyncio.sleep(0)
    source.value = 1
    memory.drop()
    source.gate.set()
    assert await asking == 0
    assert await memory.get("a") == 1


async def test_no_more_is_remembered_than_there_is_room_for() -> None:
    source = Source()
    memory = Memory(source.read, entries=2)
    for key in "abcb":
        await memory.get(key)
    assert source.readings == ["a", "b", "c", "b"]


async def test_a_failed_reading_is_the_askers_and_not_remembered() -> None:
    async def fail(key: str) -> int:
        readings.append(key)
        raise OSError(key)

    readings: list[str] = []
    memory = Memory(fail)
    for _ in range(2):
        with pytest.raises(OSError, match="a"):
            await memory.get("a")
    assert readings == ["a", "a"]
