"""Holds a model call back while it is being made ready, until it is certain that it may be made."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

Result = TypeVar("Result")

_gate: ContextVar[asyncio.Event | None] = ContextVar("gate", default=None)


class Gate:
    """What is started `behind` it goes as far as `passed`, and on once it is open."""

    def __init__(self) -> None:
        self._open = asyncio.Event()

    def open(self) -> None:
        """Let what is behind the gate go on."""
        self._open.set()

    def behind(self, work: Callable[[], Awaitable[Result]], *, name: str) -> asyncio.Task[Result]:
        """Begin `work`, in a task that belongs to the caller."""

        async def run() -> Result:
            return await work()

        context = copy_context()
        context.run(_gate.set, self._open)
        return asyncio.create_task(run(), name=name, context=context)


async def passed(*_: Any) -> None:
    """Wait until the gate that this task is behind, if any, is open: to be called before anything leaves the process.

    Takes and ignores what an HTTP client's hook is given.
    """
    gate = _gate.get()
    if gate is not None:
        await gate.wait()
