"""What tests of recorded runs share."""

import asyncio
import uuid
from collections.abc import Callable
from typing import Any

from palaver.database import Database
from palaver.llm.catalog import ModelChoice
from palaver.recording import rows
from palaver.recording.runs import Room, Run, RunKind
from tests.support.api import Api
from tests.support.world import CHATS, World

ROOM = 1_000_000


async def recorded_run(world: World, chat_id: str, kind: RunKind = "chat_turn") -> Run:
    """A run of a chat that is written, and goes on."""
    run = Run(Room(ROOM), uuid.UUID(chat_id), kind, None, None)
    await store(world.services.database, run)
    return run


async def store(database: Database, run: Run) -> bool:
    """Write a run as it is."""
    async with database.begin() as conn:
        return await rows.write(conn, rows.Writing.of(run))


async def runs_of(world: World, chat_id: str, api: Api | None = None) -> list[dict[str, Any]]:
    """The list of runs, as alice sees it unless another caller is given."""
    answer = await (api or world.alice).get(f"{CHATS}/{chat_id}/debug/runs")
    assert answer.status_code == 200, answer.text
    runs: list[dict[str, Any]] = answer.json()
    return runs


async def run_of(world: World, run: dict[str, Any]) -> dict[str, Any]:
    """A run of a list with its steps."""
    answer = await world.alice.get(f"{CHATS}/{run['chat_id']}/debug/runs/{run['id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def recorded(
    world: World, chat_id: str, holds: Callable[[list[dict[str, Any]]], bool], *, seconds: float = 20
) -> list[dict[str, Any]]:
    """The runs of a chat with their steps, oldest first, once something holds of them."""
    async with asyncio.timeout(seconds):
        while True:
            runs = [await run_of(world, run) for run in reversed(await runs_of(world, chat_id))]
            if holds(runs):
                return runs
            await asyncio.sleep(0.05)


def all_ended(count: int) -> Callable[[list[dict[str, Any]]], bool]:
    """Whether there are so many runs, and none goes on."""
    return lambda runs: len(runs) == count and all("finished_at" in run for run in runs)


def choice(**fields: Any) -> ModelChoice:
    """A model of a provider."""
    values: dict[str, Any] = {
        "config_id": uuid.uuid4(),
        "model": "local-model",
        "display_name": "",
        "enabled": True,
        "is_default": True,
        "context_limit": 1000,
        "compression_threshold": 70,
        "provider_id": uuid.uuid4(),
        "provider_type": "openai-compat",
        "provider_name": "local",
        "provider_display_name": "",
        "provider_enabled": True,
        "base_url": "",
        "has_key": True,
    }
    return ModelChoice(**(values | fields))
