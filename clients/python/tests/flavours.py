"""Both flavours of the package behind one set of awaitable calls, so that each journey is written once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from palaver_client import AsyncChat, AsyncEventStream, AsyncPalaver, Chat, ChatStreamEvent, EventStream, Palaver


class Asynchronous:
    """`AsyncPalaver` as it is."""

    def __init__(self, palaver: AsyncPalaver) -> None:
        self.palaver = palaver

    @staticmethod
    async def sign_in(*arguments: str) -> "Asynchronous":
        return Asynchronous(await AsyncPalaver.sign_in(*arguments))

    async def call(self, operation: Any, *arguments: Any, **options: Any) -> Any:
        return await operation.asyncio(*arguments, client=self.palaver.client, **options)

    async def do(self, method: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return await method(*arguments, **options)

    async def events(self, stream: AsyncEventStream) -> AsyncIterator[ChatStreamEvent]:
        async with aclosing(aiter(stream)) as events:
            async for event in events:
                yield event

    async def cancelled(self, chat: AsyncChat, seconds: float) -> int:
        """The number of events until a stream was cancelled after that time."""
        count = 0
        try:
            async with asyncio.timeout(seconds):
                async for _ in chat.stream():
                    count += 1
        except TimeoutError:
            return count
        raise AssertionError("the stream ended by itself")

    async def close(self) -> None:
        await self.palaver.aclose()


class Synchronous:
    """`Palaver` in threads."""

    def __init__(self, palaver: Palaver) -> None:
        self.palaver = palaver

    @staticmethod
    async def sign_in(*arguments: str) -> "Synchronous":
        return Synchronous(await asyncio.to_thread(Palaver.sign_in, *arguments))

    async def call(self, operation: Any, *arguments: Any, **options: Any) -> Any:
        return await asyncio.to_thread(operation.sync, *arguments, client=self.palaver.client, **options)

    async def do(self, method: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return await asyncio.to_thread(method, *arguments, **options)

    async def events(self, stream: EventStream) -> AsyncIterator[ChatStreamEvent]:
        events = iter(stream)
        try:
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                yield event
        finally:
            events.close()  # type: ignore[attr-defined]

    async def cancelled(self, chat: Chat, seconds: float) -> int:
        stream = chat.stream()
        reading = asyncio.get_running_loop().run_in_executor(None, lambda: sum(1 for _ in stream))
        await asyncio.sleep(seconds)
        stream.close()
        return await reading

    async def close(self) -> None:
        self.palaver.close()


Flavour = Asynchronous | Synchronous


def make(name: str, url: str, token: str) -> Flavour:
    """A flavour by its name."""
    return Synchronous(Palaver(url, token)) if name == "sync" else Asynchronous(AsyncPalaver(url, token))
