"""That the tests beside this one prove something: a world has two replicas, and requests reach one after the other."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest

from tests.support.plain_http import plain_transport
from tests.support.round_robin import balanced
from tests.support.world import CHATS, World

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]


@asynccontextmanager
async def serving(name: str) -> AsyncIterator[str]:
    """A server that answers with its name and whether it was asked to close; after an upgrade also what it was sent."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        upgrades = b"upgrade: websocket" in head.lower()
        one = b"connection: close" in head.lower()
        writer.write(f"HTTP/1.1 {101 if upgrades else 200} OK\r\n".encode())
        if upgrades:
            writer.write(b"\r\n" + name.encode() + await reader.read(100))
        else:
            writer.write(
                f"Content-Length: {len(name)}\r\nConnection: {'close' if one else 'open'}\r\n\r\n{name}".encode()
            )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_requests_of_one_client_go_to_one_replica_after_the_other() -> None:
    async with AsyncExitStack() as stack:
        urls = [await stack.enter_async_context(serving(name)) for name in ("first", "second")]
        url, balancer = await stack.enter_async_context(balanced(urls))
        client = await stack.enter_async_context(httpx.AsyncClient(transport=plain_transport(), base_url=url))
        answers = [await client.get("/") for _ in range(4)]
        assert [answer.text for answer in answers] == ["first", "second", "first", "second"]
        assert all(answer.headers["Connection"] == "close" for answer in answers)
        assert len(balancer.passed) == 4


async def test_an_upgraded_connection_stays_where_it_is() -> None:
    async with serving("first") as url, balanced([url]) as (address, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(b"GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        await writer.drain()
        writer.write(b" and more")
        assert (await reader.read()).endswith(b"first and more")
        writer.close()


async def test_a_connection_to_a_replica_that_is_gone_is_closed() -> None:
    async with AsyncExitStack() as stack:
        url, _ = await stack.enter_async_context(balanced(["http://127.0.0.1:9"]))
        client = await stack.enter_async_context(httpx.AsyncClient(transport=plain_transport(), base_url=url))
        with pytest.raises(httpx.RemoteProtocolError, match="disconnected"):
            await client.get("/")


@pytest.mark.settings(rate_limits="on")
async def test_a_world_here_has_two_replicas_and_both_serve(world: World) -> None:
    assert len({services.replica_id for services in world.replicas}) == 2
    answers = [await world.alice.get(CHATS) for _ in range(4)]
    # Each process counts for itself.
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["511", "511", "510", "510"]
