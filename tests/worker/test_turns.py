"""Turns from the outside: what a chat's owner sees of the worker."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from models import Chat, ChatHeartbeat
from tests.support.world import CHATS, World
from tests.worker.watching import history, send, settled, texts


async def test_a_message_is_answered_and_the_chat_rests(world: World) -> None:
    chat = await world.create_chat(text="good morning")
    await settled(world, chat["id"])
    assert await texts(world, chat["id"]) == [("user", "good morning"), ("assistant", "good morning")]


async def test_an_answer_tells_its_model_and_usage(world: World) -> None:
    chat = await world.create_chat(text="good morning")
    await settled(world, chat["id"])
    answer = (await history(world, chat["id"]))[-1]
    assert answer["model_config_id"] == world.facts.model_config_id
    assert answer["usage"]["output_tokens"] == 2
    assert answer["usage"]["context_limit"] == 100_000
    assert "created_by" not in answer


async def test_messages_sent_during_a_turn_are_answered_in_order(world: World) -> None:
    chat = await world.create_chat(text="/slow 3 0.5")
    for text in ("two", "three"):
        assert (await send(world, chat["id"], text))["queued"]
    await settled(world, chat["id"])
    said = await texts(world, chat["id"])
    assert [text for role, text in said if role == "user"] == ["/slow 3 0.5", "two", "three"]
    assert [role for role, _ in said] == ["user", "assistant"] * 3


async def test_a_message_right_behind_the_end_of_a_turn_is_not_forgotten(world: World) -> None:
    # The runner of the last turn may not be gone yet when the next turn wants an owner.
    chat = await world.create_chat(text="0")
    for number in range(1, 15):
        await settled(world, chat["id"])
        await send(world, chat["id"], str(number))
    await settled(world, chat["id"])
    assert [text for role, text in await texts(world, chat["id"]) if role == "assistant"] == [str(n) for n in range(15)]


async def test_interrupting_keeps_the_partial_answer_and_ends_the_turn(world: World) -> None:
    chat = await world.create_chat(text="/echo beginning\n/wait 60")
    key = await _first_part(world, chat["id"])
    assert key
    stopped = (await world.alice.post(f"{CHATS}/{chat['id']}/interrupt")).json()
    assert stopped["status"] == "interrupting"
    await settled(world, chat["id"])
    assert (await texts(world, chat["id"]))[-1] == ("assistant", "beginning")


async def test_interrupting_before_the_model_said_anything_leaves_no_answer(world: World) -> None:
    chat = await world.create_chat(text="/wait 60")
    await world.alice.post(f"{CHATS}/{chat['id']}/interrupt")
    await settled(world, chat["id"])
    assert [role for role, _ in await texts(world, chat["id"])] == ["user"]


async def test_an_interrupting_send_stops_the_turn_and_is_answered_next(world: World) -> None:
    chat = await world.create_chat(text="/echo beginning\n/wait 60")
    await _first_part(world, chat["id"])
    await send(world, chat["id"], "instead", busy_behavior="interrupt")
    await settled(world, chat["id"])
    assert await texts(world, chat["id"]) == [
        ("user", "/echo beginning\n/wait 60"),
        ("assistant", "beginning"),
        ("user", "instead"),
        ("assistant", "instead"),
    ]


async def test_a_passing_fault_is_retried_and_announced(world: World) -> None:
    chat = await world.create_chat(text="/fail 529 2\n/echo recovered")
    await settled(world, chat["id"])
    assert (await texts(world, chat["id"]))[-1] == ("assistant", "recovered")


@pytest.mark.settings(model_attempts=3)
async def test_a_fault_that_stays_ends_the_turn_once_the_attempts_are_spent(world: World) -> None:
    chat = await world.create_chat(text="/fail 529")
    failed = await settled(world, chat["id"], status="error")
    assert failed["last_error"]["kind"] == "overloaded"
    assert failed["last_error"]["detail"].startswith("max retry attempts (3) exceeded:")


async def test_a_refused_key_ends_the_turn_at_once_and_the_next_message_starts_anew(world: World) -> None:
    chat = await world.create_chat(text="/fail 401")
    failed = await settled(world, chat["id"], status="error")
    assert failed["last_error"]["kind"] == "auth"
    assert failed["last_error"]["retryable"] is False
    await send(world, chat["id"], "again")
    rested = await settled(world, chat["id"])
    assert "last_error" not in rested
    assert (await texts(world, chat["id"]))[-1] == ("assistant", "again")


@pytest.mark.settings(requires_action_seconds=0.2)
async def test_a_client_side_tool_parks_the_chat_until_its_deadline(world: World) -> None:
    tool = {"name": "pick", "description": "pick one", "input_schema": {"type": "object"}}
    chat = await world.create_chat(text='/tool pick {"n": 1}', unsafe_dynamic_tools=[tool])
    await settled(world, chat["id"], status="requires_action")
    await settled(world, chat["id"])
    result = (await history(world, chat["id"]))[2]["content"][0]
    assert result["tool_name"] == "pick"
    assert result["result"] == "Tool execution timed out"


async def test_a_promoted_message_overtakes_the_others(world: World) -> None:
    chat = await world.create_chat(text="/wait 60")
    await send(world, chat["id"], "second")
    third = (await send(world, chat["id"], "third"))["queued_message"]["id"]
    response = await world.alice.post(f"{CHATS}/{chat['id']}/queue/{third}/promote")
    assert response.status_code == 202
    await settled(world, chat["id"])
    assert [text for role, text in await texts(world, chat["id"]) if role == "user"] == ["/wait 60", "third", "second"]


@pytest.mark.settings(steps_per_turn=2, requires_action_seconds=0.02)
async def test_a_turn_ends_when_its_steps_are_used_up(world: World) -> None:
    tools = [{"name": f"t{number}"} for number in range(4)]
    script = "\n/echo between\n".join(f"/tool {tool['name']}" for tool in tools)
    chat = await world.create_chat(text=script, unsafe_dynamic_tools=tools)
    await settled(world, chat["id"])
    assert [message["role"] for message in await history(world, chat["id"])].count("assistant") == 2


async def test_a_chat_that_rests_is_owned_by_nobody(world: World) -> None:
    chat = await world.create_chat(text="hello")
    await settled(world, chat["id"])
    async with world.services.database.connect() as conn:
        owner = (await conn.execute(select(Chat.worker_id, Chat.runner_id).where(Chat.id == chat["id"]))).one()
    assert tuple(owner) == (None, None)


@pytest.mark.settings(acquisition_seconds=0.1, heartbeat_seconds=0.1, heartbeat_stale_seconds=0.5)
async def test_a_chat_whose_owner_died_is_taken_over(world: World) -> None:
    chat = await world.create_chat(text="/wait 0.3\n/echo done")
    # Somebody else takes the lease and is never heard of again: our runner must let go, then the lease lapses.
    dead = {"worker_id": func.gen_random_uuid(), "runner_id": func.gen_random_uuid()}
    async with world.services.database.begin() as conn:
        await conn.execute(
            update(Chat).where(Chat.id == chat["id"]).values(**dead, snapshot_version=Chat.snapshot_version + 1)
        )
        await conn.execute(update(ChatHeartbeat).values(heartbeat_at=func.now()))
    await settled(world, chat["id"])
    assert [text for role, text in await texts(world, chat["id"]) if role == "assistant"] == ["done"]


async def _first_part(world: World, chat_id: str) -> str:
    """Wait until the model has said something; the line of the first live part."""
    async with asyncio.timeout(10):
        async with world.alice.stream("GET", f"{CHATS}/{chat_id}/stream") as response:
            async for line in response.aiter_lines():
                if line.startswith("data:") and '"message_part"' in line:
                    return line
    raise AssertionError("the stream ended without a part")
