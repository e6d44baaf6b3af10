"""Turns from the outside: what a chat's user sees of the worker."""

import asyncio
from typing import Any

from tests.support.world import CHATS, World


async def settled(world: World, chat_id: str, *, status: str = "waiting", seconds: float = 10) -> dict[str, Any]:
    """The chat once it has come to rest in `status`."""
    async with asyncio.timeout(seconds):
        while True:
            chat: dict[str, Any] = (await world.alice.get(f"{CHATS}/{chat_id}")).json()
            if chat["status"] == status:
                return chat
            await asyncio.sleep(0.01)


async def texts(world: World, chat_id: str) -> list[tuple[str, str]]:
    """(role, text) of the visible history, oldest first."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages?limit=200")).json()
    return [
        (message["role"], "".join(part.get("text", "") for part in message.get("content", [])))
        for message in reversed(page["messages"])
    ]


async def test_a_message_is_answered_and_the_chat_rests(world: World) -> None:
    chat = await world.create_chat(text="good morning")
    await settled(world, chat["id"])
    assert await texts(world, chat["id"]) == [("user", "good morning"), ("assistant", "good morning")]


async def test_each_message_of_a_quick_succession_is_answered_in_order(world: World) -> None:
    chat = await world.create_chat(text="one")
    for text in ("two", "three"):
        response = await world.alice.post(
            f"{CHATS}/{chat['id']}/messages", {"content": [{"type": "text", "text": text}]}
        )
        assert response.status_code == 200
    await settled(world, chat["id"])
    said = [text for role, text in await texts(world, chat["id"]) if role == "user"]
    assert said == ["one", "two", "three"]
    assert [role for role, _ in await texts(world, chat["id"])] == ["user", "assistant"] * 3
