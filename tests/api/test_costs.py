"""What chats and people have cost."""

import uuid
from typing import Any

import pytest

from palaver.chat import transitions
from palaver.chat.records import NewMessage
from tests.api.chats import idle_chat, rest, sub_chat, text
from tests.api.refusals import NOT_FOUND, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World, random_id

USAGE = {"input_tokens": 100, "output_tokens": 20, "cache_read_tokens": 5, "cache_creation_tokens": 3}


@pytest.fixture
def world(shared_world: World) -> World:
    return shared_world


async def spend(world: World, chat_id: str, micros: int | None, **values: Any) -> None:
    """Store an answer of the model that cost so much, and let the chat rest."""
    await rest(world, chat_id, status="running")
    values = {"usage": USAGE, "runtime_ms": 10, "model_config_id": uuid.UUID(world.facts.model_config_id), **values}
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.commit_step(tx, [NewMessage("assistant", [text("words")], cost_micros=micros, **values)])
    await rest(world, chat_id)


async def cost(world: World, chat_id: str) -> dict[str, Any]:
    response = await world.alice.get(f"{CHATS}/{chat_id}/cost")
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def test_the_cost_of_a_chat_is_that_of_its_whole_tree(world: World) -> None:
    root, other = await idle_chat(world), await idle_chat(world)
    child = await sub_chat(world, root)
    assert await cost(world, root) == {
        "chat_id": root,
        "total_cost_micros": 0,
        "request_count": 0,
        "unpriced_request_count": 0,
    }
    await spend(world, root, 700)
    await spend(world, root, None)
    await spend(world, child, 50)
    await spend(world, other, 1000)
    for asked in (root, child):
        answer = await cost(world, asked)
        assert answer == {
            "chat_id": asked,
            "total_cost_micros": 750,
            "request_count": 3,
            "unpriced_request_count": 1,
        }


async def test_who_may_not_read_a_chat_learns_nothing_of_its_cost(world: World) -> None:
    chat = await idle_chat(world)
    await assert_refused(
        world,
        [
            Refusal("GET", f"{CHATS}/{chat}/cost", 401, SIGNED_OUT, by="anonymous"),
            Refusal("GET", f"{CHATS}/{chat}/cost", 404, NOT_FOUND, by="bob"),
            Refusal("GET", f"{CHATS}/{random_id()}/cost", 404, NOT_FOUND, by="owner"),
            Refusal("GET", f"{CHATS}/abc/cost", 400, 'Invalid UUID "abc".'),
        ],
    )
