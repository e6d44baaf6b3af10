"""A stream that is open ends when its viewer loses the right to read the chat."""

import asyncio

import pytest
from websockets.exceptions import ConnectionClosed

from tests.api.streams import ENCODINGS, Viewer, watch
from tests.support.world import CHATS, World

pytestmark = pytest.mark.settings(role="api", stream_poll_seconds=0.1)


async def ended(viewer: Viewer) -> bool:
    """Whether the stream ends soon."""
    try:
        async with asyncio.timeout(8):
            while True:
                await viewer.next()
    except TimeoutError:
        return False
    except (StopAsyncIteration, ConnectionClosed):
        return True


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_withdrawn_share_ends_the_readers_stream_and_no_other(world: World, encoding: str) -> None:
    chat = await world.create_chat()
    path, bob = f"{CHATS}/{chat['id']}/acl", world.facts.user_ids["bob"]
    await world.alice.patch(path, {"user_roles": {bob: "read"}})
    async with (
        watch(world, chat["id"], encoding) as owners,
        watch(world, chat["id"], encoding, api=world.bob) as readers,
    ):
        await owners.snapshot()
        await readers.snapshot()
        await world.alice.patch(path, {"user_roles": {bob: ""}})
        assert await ended(readers)
        await world.alice.post(f"{CHATS}/{chat['id']}/interrupt")
        assert (await owners.next())["type"] == "status"


async def test_a_deleted_key_ends_the_streams_opened_with_it(world: World) -> None:
    chat = await world.create_chat()
    key = (await world.alice.post("/api/v2/users/me/keys")).json()["key"]
    api = world.alice.as_user(key)
    async with watch(world, chat["id"], "sse", api=api) as viewer:
        await viewer.snapshot()
        await world.alice.delete(f"/api/v2/users/me/keys/{key.split('-')[0]}")
        assert await ended(viewer)
    await api.close()
