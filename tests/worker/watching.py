"""What tests of the worker look at: chats as their owner sees them."""

import asyncio
from typing import Any

from tests.support.world import CHATS, World


async def settled(world: World, chat_id: str, *, status: str = "waiting", seconds: float = 20) -> dict[str, Any]:
    """The chat once its status is `status`."""
    async with asyncio.timeout(seconds):
        while True:
            chat: dict[str, Any] = (await world.alice.get(f"{CHATS}/{chat_id}")).json()
            if chat["status"] == status:
                return chat
            await asyncio.sleep(0.01)


async def history(world: World, chat_id: str) -> list[dict[str, Any]]:
    """The visible messages, oldest first."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages?limit=200")).json()
    return list(reversed(page["messages"]))


async def texts(world: World, chat_id: str) -> list[tuple[str, str]]:
    """(role, text) of the visible messages, oldest first."""
    return [
        (message["role"], "".join(part.get("text", "") for part in message.get("content", [])))
        for message in await history(world, chat_id)
    ]


async def send(world: World, chat_id: str, text: str, **fields: Any) -> dict[str, Any]:
    """Send a message as the chat's owner; the answer."""
    body = {"content": [{"type": "text", "text": text}], **fields}
    response = await world.alice.post(f"{CHATS}/{chat_id}/messages", body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer
