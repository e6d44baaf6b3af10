"""kill -9 of the server, at any moment: what was acknowledged is stored, and answered exactly once."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.operations.processes import running
from tests.support.world import CHATS

CHAT_COUNT = 100
FAST_LEASES = {
    "PALAVER_RATE_LIMITS": "off",
    "PALAVER_LOG_FORMAT": "json",
    "PALAVER_MAX_RUNNING_CHATS": "400",
}


def _client(url: str, data_dir: Path) -> httpx.AsyncClient:
    token = (data_dir / "demo.token").read_text().strip()
    return httpx.AsyncClient(base_url=url, headers={"Coder-Session-Token": token}, timeout=60)


async def _talk(client: httpx.AsyncClient, organization_id: str, number: int, accepted: dict[str, list[str]]) -> None:
    """Create a chat and keep sending into it until the server is gone; note what was acknowledged, in order."""
    words = f"/slow 6 0.05\n/echo {number}-0"
    body = {"organization_id": organization_id, "content": [{"type": "text", "text": words}]}
    try:
        response = await client.post(CHATS, json=body)
        assert response.status_code == 201
        chat_id = response.json()["id"]
        accepted[chat_id] = [words]
        for turn in range(1, 50):
            words = f"/slow 3 0.02\n/echo {number}-{turn}"
            response = await client.post(
                f"{CHATS}/{chat_id}/messages", json={"content": [{"type": "text", "text": words}]}
            )
            if response.status_code == 200:
                accepted[chat_id].append(words)
            else:
                assert response.status_code == 429
            await asyncio.sleep(0.3)
    except httpx.TransportError:
        return


async def _wait_until_at_rest(client: httpx.AsyncClient, chat_ids: list[str]) -> None:
    async with asyncio.timeout(120):
        for chat_id in chat_ids:
            while (await client.get(f"{CHATS}/{chat_id}")).json()["status"] != "waiting":
                await asyncio.sleep(0.2)


async def _history(client: httpx.AsyncClient, chat_id: str) -> list[tuple[str, str]]:
    messages: list[dict[str, Any]] = []
    before = ""
    while True:
        page = (await client.get(f"{CHATS}/{chat_id}/messages?limit=200{before}")).json()
        messages += page["messages"]
        if not page["has_more"]:
            break
        before = f"&before_id={messages[-1]['id']}"
    return [
        (message["role"], "".join(part.get("text", "") for part in message["content"]))
        for message in reversed(messages)
    ]


@pytest.mark.parametrize("seconds", [2.5])
async def test_every_accepted_message_is_answered_once_after_a_kill(tmp_path: Path, seconds: float) -> None:
    data_dir = tmp_path / "palaver-data"
    accepted: dict[str, list[str]] = {}
    with running("demo", cwd=tmp_path, **FAST_LEASES) as server:
        async with _client(server.url, data_dir) as client:
            me = (await client.get("/api/v2/users/me")).json()
            talks = [
                asyncio.create_task(_talk(client, me["organization_ids"][0], number, accepted))
                for number in range(CHAT_COUNT)
            ]
            async with asyncio.timeout(60):
                while len(accepted) < CHAT_COUNT:
                    await asyncio.sleep(0.05)
            await asyncio.sleep(seconds)
            os.kill(server.process.pid, signal.SIGKILL)
            await asyncio.gather(*talks)
    assert len(accepted) == CHAT_COUNT

    with running("demo", cwd=tmp_path, **FAST_LEASES) as server:
        async with _client(server.url, data_dir) as client:
            await _wait_until_at_rest(client, list(accepted))
            for chat_id, messages in accepted.items():
                history = await _history(client, chat_id)
                assert [role for role, _ in history] == ["user", "assistant"] * (len(history) // 2)
                said = [text for role, text in history if role == "user"]
                # A message whose answer was lost on the way may be stored as well, as the last one.
                assert said[: len(messages)] == messages
                assert len(said) <= len(messages) + 1
                for (_, asked), (_, answered) in zip(history[::2], history[1::2], strict=True):
                    assert answered.endswith(asked.split("/echo ")[1])
