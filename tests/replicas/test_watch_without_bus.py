"""watch-chat-events where two replicas cannot hear each other: the stream looks at the chats itself."""

import pytest
from websockets.exceptions import ConnectionClosed

from tests.api.chats import send
from tests.api.streams import ENCODINGS, WEBSOCKET
from tests.api.watching import Watcher, watching
from tests.support.world import CHATS, World

pytestmark = pytest.mark.settings(role="api", bus_url="local", stream_poll_seconds=0.1)


async def told_of_all(watcher: Watcher, wanted: set[tuple[str, str]]) -> None:
    """Read until every (kind, chat) of `wanted` was told."""
    while wanted:
        event = await watcher.next()
        wanted.discard((event["kind"], event["chat"]["id"]))


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_watcher_is_told_of_what_happens_on_the_other_replica(world: World, encoding: str) -> None:
    async with watching(world, encoding) as watcher:
        # In turn by one replica and by the other: each act happens on both.
        chats = [(await world.create_chat())["id"] for _ in range(2)]
        await told_of_all(watcher, {("created", chat) for chat in chats})
        for chat in chats:
            for number in range(2):
                await world.alice.patch(f"{CHATS}/{chat}", {"title": f"Title {number}"})
        await told_of_all(watcher, {("title_change", chat) for chat in chats})
        for chat in chats:
            await send(world.alice, chat)
            await world.alice.post(f"{CHATS}/{chat}/interrupt")
        await told_of_all(watcher, {("status_change", chat) for chat in chats})


async def test_a_watcher_is_sent_away_when_a_chat_is_gone_of_which_nobody_can_tell(world: World) -> None:
    chats = [(await world.create_chat())["id"] for _ in range(2)]
    async with watching(world, WEBSOCKET) as watcher:
        for chat in chats:
            assert (await world.alice.delete(f"{CHATS}/{chat}")).status_code == 204
        with pytest.raises(ConnectionClosed) as closed:
            await told_of_all(watcher, {("deleted", "a chat that nobody has")})
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1013
