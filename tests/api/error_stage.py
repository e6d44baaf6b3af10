"""The things that requests of the table of errors are about; refusals change none of them, so they are set once."""

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeAlias

from sqlalchemy import insert

from models import AIProvider, ChatFile, ChatModelConfig
from palaver.chat.states import State
from tests.api.chats import (
    NIL,
    answer,
    changed,
    chat_in,
    first_message,
    idle_chat,
    parked_chat,
    rest,
    send,
    share,
    sub_chat,
)
from tests.api.test_costs import spend
from tests.matrix.requests.configuration import OAUTH2
from tests.matrix.requests.registry import SERVERS
from tests.matrix.stage import Stage
from tests.support.api import Api
from tests.support.world import CHATS, World, demo_model, demo_provider

Names: TypeAlias = dict[str, Any]
PROVIDERS, CONFIGS = "/api/v2/ai/providers", f"{CHATS}/model-configs"
EFFORTS = {"reasoning_effort": {"default": "low", "max": "medium"}}
LIMIT_MICROS = 1000


def given(world: World, name: str) -> AbstractAsyncContextManager[Any]:
    """What a row needs to be true while its request is made."""
    makers: dict[str, Callable[[], AbstractAsyncContextManager[Any]]] = {
        "no_default": lambda: without_default(world),
        "default_off": lambda: changed(world, AIProvider, enabled=False),
        "no_overrides": lambda: without_overrides(world),
    }
    return makers[name]()


@asynccontextmanager
async def without_default(world: World) -> AsyncIterator[None]:
    """No model is the default, though there are some."""
    async with changed(world, ChatModelConfig, is_default=False):
        yield


@asynccontextmanager
async def without_overrides(world: World) -> AsyncIterator[None]:
    """Users may not choose models of their own."""
    path = f"{CHATS}/config/personal-model-overrides"
    await world.owner.put(path, {"allow_users": False})
    yield
    await world.owner.put(path, {"allow_users": True})


async def callers_of(stage: Stage) -> dict[str, Api]:
    """Everybody who asks, by name.

    `narrow` is alice with a token that is good for reading chats only, `outsider` a site owner without organizations.
    """
    world, people = stage.world, stage.people
    outsider = await stage.user(roles=["owner"])
    return {
        **{name: getattr(world, name) for name in ("anonymous", "owner", "alice", "bob", "carol")},
        "narrow": world.anonymous.as_user(await stage.token(people["owner"], ["chat:read"])),
        "outsider": world.anonymous.as_user(await stage.token(outsider)),
        "auditor": world.anonymous.as_user(await stage.token(people["auditor"])),
    }


async def names_of(stage: Stage) -> Names:
    """What `{name}` stands for in the table."""
    world = stage.world
    names: Names = {
        "unknown": str(uuid.uuid4()),
        "nil": NIL,
        "long": "x" * 10_001,
        "longest": "x" * 131_073,
        "huge": "x" * 10_485_761,
        "too_many_tools": [{"name": f"tool_{number}"} for number in range(251)],
        "organization": world.facts.organization_id,
        "group": (await stage.group())["id"],
        "server": await stage.mcp_server(),
        **await _oauth2_servers(stage),
        "svg": await _stored_svg(world),
        **{name: world.facts.user_ids[name] for name in ("alice", "bob")},
    }
    assert (await world.owner.put(f"{CHATS}/config/personal-model-overrides", {"allow_users": True})).is_success
    return names | await _models(stage) | await _chats(world) | await _spent_chats(world)


async def _oauth2_servers(stage: Stage) -> Names:
    """MCP servers that users connect to, or not."""
    bare = await stage.mcp_server()
    # Afterwards: what is created so looks for its authorization server.
    answered = await stage.world.owner.patch(f"{SERVERS}/{bare}", {"auth_type": "oauth2"})
    assert answered.status_code == 200, answered.text
    return {
        "oauth2_server": await stage.mcp_server(**OAUTH2),
        "off_server": await stage.mcp_server(**OAUTH2, enabled=False),
        "bare_server": bare,
    }


async def _models(stage: Stage) -> Names:
    world, made = stage.world, stage.made
    names: Names = {"provider": world.facts.provider_id, "model": world.facts.model_config_id}

    async def model(provider: str, name: str, **fields: Any) -> str:
        return str((await made(CONFIGS, demo_model(provider, model=name, **fields)))["id"])

    async def provider(**fields: Any) -> str:
        return str((await made(PROVIDERS, demo_provider(**fields)))["id"])

    names["disabled_model"] = await model(names["provider"], "disabled", enabled=False)
    names["effort_model"] = await model(names["provider"], "thinker", model_config=EFFORTS)
    keyless = await provider(type="anthropic", base_url="http://127.0.0.1:9/")
    names["keyless_model"] = await model(keyless, "keyless")
    names["router"] = await provider(type="openai", base_url="https://openrouter.ai/api/v1")
    names["off_provider"] = await provider()
    names["off_model"] = await model(names["off_provider"], "off")
    assert (await world.owner.patch(f"{PROVIDERS}/{names['off_provider']}", {"enabled": False})).is_success
    return names


async def _chats(world: World) -> Names:
    names: Names = {"chat": await idle_chat(world)}
    names["message"] = await first_message(world, names["chat"])
    for name, state in (
        ("archived", State.ARCHIVED_WAITING),
        ("running", State.RUNNING),
        ("asking", State.REQUIRES_ACTION),
    ):
        names[name], _ = await chat_in(world, state)
    names["failed"], (names["entry"], *_) = await chat_in(world, State.ERROR_QUEUED)
    names["parked"], (names["approval"],) = await parked_chat(world, "call_1")
    names["overdue"], (names["overdue_approval"],) = await parked_chat(world, "call_1", seconds=0)
    names["child"] = await sub_chat(world, await idle_chat(world))
    names["shared"] = await idle_chat(world)
    await share(world, names["shared"], "bob")
    answered = str((await world.create_chat())["id"])
    await answer(world, answered)
    page = (await world.alice.get(f"{CHATS}/{answered}/messages")).json()
    names["answered"], names["answer"] = answered, page["messages"][0]["id"]
    names["full"] = str((await world.create_chat())["id"])
    for _ in range(20):
        assert (await send(world.alice, names["full"])).status_code == 200
    # Waiting with a queue is no state.
    names["invalid"], (names["invalid_entry"], *_) = await chat_in(world, State.RUNNING_QUEUED)
    await rest(world, names["invalid"])
    names["invalid_message"] = await first_message(world, names["invalid"])
    return names


async def _spent_chats(world: World) -> Names:
    """Chats of bob, who has spent his limit; nobody else has."""
    names: Names = {"spent": await idle_chat(world, world.bob)}
    page = (await world.bob.get(f"{CHATS}/{names['spent']}/messages")).json()
    names["spent_message"] = page["messages"][-1]["id"]
    names["spent_failed"] = str((await world.create_chat(world.bob))["id"])
    queued = await send(world.bob, names["spent_failed"])
    names["spent_entry"] = queued.json()["queued_message"]["id"]
    await rest(world, names["spent_failed"], status="error")
    await spend(world, names["spent"], LIMIT_MICROS)
    body = {"spend_limit_micros": LIMIT_MICROS, "period": "month"}
    assert (await world.owner.put(f"{CHATS}/usage-limits", body)).status_code == 200
    return names


async def _stored_svg(world: World) -> str:
    """A file that cannot be uploaded."""
    row = {
        "id": uuid.uuid4(),
        "owner_id": world.facts.user_ids["alice"],
        "organization_id": world.facts.organization_id,
        "name": "a.svg",
        "mime_type": "image/svg+xml",
        "size": 1,
        "data": b"x",
    }
    async with world.services.database.begin() as conn:
        await conn.execute(insert(ChatFile).values(row))
    return str(row["id"])
