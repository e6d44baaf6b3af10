"""Accounts for programs: nobody signs in as one; with a token made by the operator it does its work."""

import asyncio

import pytest
import pytest_asyncio

from palaver.settings import Settings
from tests.operations.processes import palaver
from tests.support.world import CHATS, PASSWORD, World

TOKENS = "/api/v2/users/{user}/keys/tokens"


@pytest_asyncio.fixture
async def bot_id(world: World) -> str:
    """The id of a service account `ci-bot`."""
    body = {
        "username": "ci-bot",
        "service_account": True,
        "login_type": "none",
        "organization_ids": [world.facts.organization_id],
    }
    created = await world.owner.post("/api/v2/users", body)
    assert created.status_code == 201, created.text
    assert created.json()["is_service_account"] is True
    assert created.json()["login_type"] == "none"
    return str(created.json()["id"])


async def _token_from_the_command_line(settings: Settings, *options: str) -> str:
    """What an operator's script does: `TOKEN=$(palaver token create --user ci-bot)`."""
    done = await asyncio.to_thread(
        palaver,
        "token", "create", "--user", "ci-bot", *options,
        cwd=settings.data_dir,
        PALAVER_DATABASE_URL=str(settings.database_url),
        PALAVER_DATA_DIR=str(settings.data_dir),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


async def test_token_of_the_command_line_lets_a_bot_chat(world: World, world_settings: Settings, bot_id: str) -> None:
    bot = world.anonymous.as_user(await _token_from_the_command_line(world_settings, "--name", "nightly"))
    me = (await bot.get("/api/v2/users/me")).json()
    assert me["id"] == bot_id
    chat = await world.create_chat(bot, "summarise the failures of last night")
    assert chat["owner_id"] == bot_id
    async with asyncio.timeout(20):
        while (await bot.get(f"{CHATS}/{chat['id']}")).json()["status"] != "waiting":
            await asyncio.sleep(0.05)
    history = (await bot.get(f"{CHATS}/{chat['id']}/messages")).json()["messages"]
    assert [message["role"] for message in history] == ["assistant", "user"]
    (token,) = (await bot.get(TOKENS.format(user="me"))).json()
    assert token["token_name"] == "nightly"
    assert token["login_type"] == "token"
    await bot.close()


async def test_revoked_token_ends_the_bots_work_at_once(world: World, world_settings: Settings, bot_id: str) -> None:
    token = await _token_from_the_command_line(world_settings)
    bot = world.anonymous.as_user(token)
    assert (await bot.get("/api/v2/users/me")).status_code == 200
    key_id = token.partition("-")[0]
    assert (await world.owner.delete(f"/api/v2/users/ci-bot/keys/{key_id}")).status_code == 204
    assert (await bot.get("/api/v2/users/me")).status_code == 401
    await bot.close()


@pytest.mark.parametrize("email", ["", "ci-bot@example.com", "ci-bot"])
async def test_nobody_signs_in_as_a_bot(world: World, bot_id: str, email: str) -> None:
    refused = await world.anonymous.post("/api/v2/users/login", {"email": email, "password": PASSWORD})
    assert refused.status_code in {400, 401}


async def test_bot_cannot_be_given_a_password(world: World, bot_id: str) -> None:
    refused = await world.owner.put("/api/v2/users/ci-bot/password", {"password": PASSWORD})
    assert refused.status_code in {400, 403}


async def test_bot_does_no_more_than_a_member(world: World, world_settings: Settings, bot_id: str) -> None:
    bot = world.anonymous.as_user(await _token_from_the_command_line(world_settings))
    assert (await bot.post("/api/v2/ai/providers", {"type": "demo", "name": "x", "base_url": ""})).status_code == 403
    foreign = await world.create_chat(world.alice)
    assert (await bot.get(f"{CHATS}/{foreign['id']}")).status_code == 404
    await bot.close()
