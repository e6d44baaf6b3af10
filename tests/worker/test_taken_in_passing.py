"""Leases that a request takes in its own bundle, and what is said of a chat whose lock was waited for."""

import asyncio
import uuid

import pytest
from sqlalchemy import text

from palaver.settings import Settings
from tests.fakes.llm_server import running
from tests.support.api import Api
from tests.support.server import run_server
from tests.support.world import CHATS, World
from tests.worker.test_turns_with_providers import use_provider
from tests.worker.watching import send, settled, texts

OF_A_DEAD_WORKER = text("UPDATE chats SET worker_id = :worker_id, runner_id = :runner_id WHERE id = :chat_id")
HEARTBEAT = text("INSERT INTO chat_heartbeats (chat_id, runner_id) VALUES (:chat_id, :runner_id)")
LAPSE = text("DELETE FROM chat_heartbeats WHERE chat_id = :chat_id")


@pytest.mark.settings(role="api", acquisition_seconds=60)
async def test_message_queued_by_the_request_that_takes_a_lapsed_chat_over_waits_for_the_whole_answer(
    world: World, world_settings: Settings
) -> None:
    chat = await world.create_chat(text="/echo one")
    dead = {"chat_id": uuid.UUID(chat["id"]), "worker_id": uuid.uuid4(), "runner_id": uuid.uuid4()}
    async with world.services.database.begin() as conn:
        await conn.execute(OF_A_DEAD_WORKER, dead)
        await conn.execute(HEARTBEAT, dead)
    async with run_server(world_settings.model_copy(update={"role": "all"})) as second:
        # Only now, when the first search is over, so that the next request finds the chat.
        await asyncio.sleep(1)
        async with world.services.database.begin() as conn:
            await conn.execute(LAPSE, dead)
        alice = Api(second.url, world.checker, world.facts.tokens["alice"])
        body = {"content": [{"type": "text", "text": "/echo two"}]}
        answer = await alice.post(f"{CHATS}/{chat['id']}/messages", body)
        assert answer.json()["queued"]
        await alice.close()
        await settled(world, chat["id"])
    said = [("user", "/echo one"), ("assistant", "one"), ("user", "/echo two"), ("assistant", "two")]
    assert await texts(world, chat["id"]) == said


async def test_answer_that_was_complete_when_the_interrupt_came_first_is_kept(world: World) -> None:
    chat = await world.create_chat(text="/wait 0.5\n/slow 3 0.1")
    async with world.services.database.begin() as conn:
        # Both wait for the row now, the interrupt in front of the finished answer.
        await conn.execute(text("SELECT FROM chats WHERE id = :id FOR UPDATE"), {"id": uuid.UUID(chat["id"])})
        interrupt = asyncio.create_task(world.alice.post(f"{CHATS}/{chat['id']}/interrupt", None))
        await asyncio.sleep(1.5)
    assert (await interrupt).status_code == 200
    await settled(world, chat["id"])
    assert [body.strip() for role, body in await texts(world, chat["id"]) if role == "assistant"] == [
        "part 1 part 2 part 3"
    ]


async def test_no_model_is_called_for_a_message_that_could_not_be_stored(world: World) -> None:
    async with running() as provider:
        config_id = await use_provider(world, provider, "openai-compat", "local-model")
        chat = await world.create_chat(text="hello", model_config_id=config_id)
        await settled(world, chat["id"])
        async with world.services.database.begin() as conn:
            await conn.execute(
                text("ALTER TABLE chat_messages ADD CONSTRAINT nothing_more CHECK (id IS NULL) NOT VALID")
            )
        body = {"content": [{"type": "text", "text": "lost"}]}
        assert (await world.alice.post(f"{CHATS}/{chat['id']}/messages", body)).status_code == 500
        async with world.services.database.begin() as conn:
            await conn.execute(text("ALTER TABLE chat_messages DROP CONSTRAINT nothing_more"))
        await send(world, chat["id"], "kept")
        await settled(world, chat["id"])
        assert ["lost" in str(request.body) for request in provider.requests] == [False, False]
