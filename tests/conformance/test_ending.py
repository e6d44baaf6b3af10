"""The checks of a run end with whoever awaits them."""

import asyncio

import pytest

from palaver.conformance.running import _interruptible


async def test_checks_are_not_left_behind_when_their_run_is_cancelled() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def checks() -> None:
        began.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    run = asyncio.create_task(_interruptible(checks()))
    await began.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert ended.is_set()
