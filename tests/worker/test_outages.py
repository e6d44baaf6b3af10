"""Turns while the database cannot be reached: a pause, not a failure."""

import asyncio
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import make_url

from palaver.settings import Settings
from tests.chaos.proxy import FaultProxy
from tests.support.api import Api
from tests.support.server import run_server
from tests.support.world import CHATS, World
from tests.worker.watching import settled, texts


async def test_answer_that_could_not_be_committed_for_a_while_is_committed_then(
    world: World, world_settings: Settings
) -> None:
    assert world_settings.database_url is not None
    url = make_url(world_settings.database_url)
    socket = Path(unquote(str(url.query["host"]))) / f".s.PGSQL.{url.query['port']}"
    proxy = FaultProxy(lambda: asyncio.open_unix_connection(str(socket)))
    await proxy.start()
    try:
        through = url.set(host="127.0.0.1", port=proxy.port, query={}).render_as_string(hide_password=False)
        async with run_server(world_settings.model_copy(update={"database_url": through})) as server:
            alice = Api(server.url, world.checker, world.facts.tokens["alice"])
            body = {
                "organization_id": world.facts.organization_id,
                "content": [{"type": "text", "text": "/wait 0.5\n/echo kept"}],
            }
            chat = (await alice.post(CHATS, body)).json()
            # Longer than a phase is tried when something is wrong with the turn itself.
            proxy.refuse()
            await asyncio.sleep(3)
            proxy.heal()
            await settled(world, chat["id"])
            await alice.close()
        assert [text for role, text in await texts(world, chat["id"]) if role == "assistant"] == ["kept"]
    finally:
        await proxy.stop()
