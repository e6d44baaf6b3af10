"""watch-chat-events ends when its caller loses the right to watch, and when the server stops."""

import asyncio
import uuid

import pytest
from sqlalchemy import delete
from websockets.exceptions import ConnectionClosed

from models import OrganizationMember
from tests.api.streams import ENCODINGS, WEBSOCKET
from tests.api.watching import PATH, Watcher, watching
from tests.support.world import CHATS, World

pytestmark = pytest.mark.settings(role="api", stream_poll_seconds=0.1)


async def ended(watcher: Watcher) -> bool:
    """Whether the watch ends soon."""
    try:
        async with asyncio.timeout(8):
            while True:
                await watcher.next()
    except TimeoutError:
        return False
    except (StopAsyncIteration, ConnectionClosed):
        return True


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_deleted_key_ends_the_watch_opened_with_it_and_no_other(world: World, encoding: str) -> None:
    key = (await world.alice.post("/api/v2/users/me/keys")).json()["key"]
    api = world.alice.as_user(key)
    async with watching(world, encoding) as others, watching(world, encoding, api=api) as watcher:
        await world.alice.delete(f"/api/v2/users/me/keys/{key.split('-')[0]}")
        assert await ended(watcher)
        chat = await world.create_chat()
        assert (await others.next())["chat"]["id"] == chat["id"]
    await api.close()


async def test_a_former_member_is_told_no_more_of_the_organizations_chats(world: World) -> None:
    chat = await world.create_chat()
    user_id = uuid.UUID(world.facts.user_ids["alice"])
    async with watching(world, WEBSOCKET) as watcher:
        async with world.services.database.begin() as conn:
            await conn.execute(delete(OrganizationMember).where(OrganizationMember.user_id == user_id))
        world.forget_user(user_id)
        await asyncio.sleep(0.5)
        await world.carol.patch(f"{CHATS}/{chat['id']}", {"title": "Not for former members"})
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await watcher.next()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_stopping_server_ends_its_watches_and_takes_no_more(world: World, encoding: str) -> None:
    async with watching(world, encoding) as watcher:
        world.services.drain()
        assert await ended(watcher)
        if watcher.connection is not None:
            assert (watcher.connection.close_code, watcher.connection.close_reason) == (1012, "server is restarting")
    response = await world.alice.get(PATH)
    assert response.status_code == 500
    assert response.json() == {"message": "Failed to subscribe to chat events.", "detail": "server is restarting"}
