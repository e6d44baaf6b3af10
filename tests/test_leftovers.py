"""Tasks that nobody wants any more end before who took them over does."""

import asyncio

from palaver.leftovers import Leftovers


async def test_the_clean_up_of_a_cancelled_task_is_waited_for() -> None:
    leftovers, cleaned = Leftovers(), asyncio.Event()

    async def reads() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            cleaned.set()

    task = asyncio.create_task(reads())
    await asyncio.sleep(0)
    leftovers.cancel(task)
    assert not cleaned.is_set()
    await leftovers.gone()
    assert cleaned.is_set()
    await leftovers.gone()


async def test_a_task_that_ended_by_itself_or_fails_in_its_clean_up_is_no_trouble() -> None:
    leftovers = Leftovers()

    async def fails() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            raise OSError("the connection is gone")

    done, failing = asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(fails())
    await done
    leftovers.cancel(done)
    leftovers.cancel(failing)
    await leftovers.gone()
    assert failing.done()
