"""Turns of chats that are deleted under way."""

import asyncio

from tests.support.world import CHATS, World


async def test_a_running_turn_is_cancelled_and_its_worker_goes_on(world: World) -> None:
    chats = [(await world.create_chat(text=text))["id"] for text in ("/slow 400 0.05", "/wait 30")]
    worker = world.services.worker
    assert worker is not None
    async with asyncio.timeout(5):
        while worker.running < 2:
            await asyncio.sleep(0.01)
    for chat_id in chats:
        assert (await world.alice.delete(f"{CHATS}/{chat_id}")).status_code == 204
    async with asyncio.timeout(3):
        while worker.running:
            await asyncio.sleep(0.01)
    assert not worker.has_died
