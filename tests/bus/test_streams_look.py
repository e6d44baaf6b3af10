"""A stream whose bus may have missed something looks at the database at once."""

from palaver.chat.machine import ChatMachine
from palaver.database import Database
from palaver.settings import Settings
from palaver.stream.bus import LocalBus
from tests.stream.world import LiveChat, Viewer


async def test_a_stream_looks_when_notices_may_be_missing(database: Database) -> None:
    settings = Settings(stream_poll_seconds=600)
    chat = await LiveChat.create(database, settings)
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    # Somebody commits whose notices are lost.
    chat.machine = ChatMachine(database, LocalBus())
    await chat.turn("unheard")
    assert await viewer.catch_up() == []
    for subscription in chat.bus.subscriptions():
        subscription.resync()
    seen: list[str] = []
    while "unheard" not in viewer.messages.values():
        seen += await viewer.catch_up()
    assert "message" in seen
    assert viewer.status == "waiting"
    await viewer.drop()
