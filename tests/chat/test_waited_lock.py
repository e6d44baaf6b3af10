"""What a bundle knows of a chat whose lock it had to wait for."""

import asyncio
import uuid

from palaver.chat import transitions as t
from palaver.chat.states import State
from tests.chat.world import World


async def test_owner_that_came_while_the_lock_was_waited_for_is_alive(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)

    async def second() -> bool:
        async with world.machine.update(chat_id) as tx:
            return tx.has_live_owner

    async with world.machine.update(chat_id) as tx:
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.3)
        await t.acquire(tx, uuid.uuid4(), uuid.uuid4())
    assert await waiting
