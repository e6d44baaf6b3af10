"""Turns with a real MCP server behind a real authorization server: it hears of the chats' owners only."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from tests.api.chats import share
from tests.api.conftest import quiet_world
from tests.mcp_oauth.conftest import Person, body_of, made
from tests.support.api import Api
from tests.support.authorization_server import MCP_PATH, AuthorizationServer
from tests.support.canaries import CANARIES
from tests.support.mcp import McpServer, running_mcp
from tests.support.world import CHATS, World
from tests.worker.serving_tools import call_line, results
from tests.worker.watching import history, send, settled

__all__ = ["quiet_world"]


@pytest.fixture
def world(quiet_world: World) -> World:
    """A world with a worker."""
    return quiet_world


@pytest_asyncio.fixture(scope="module")
async def one_mcp() -> AsyncIterator[McpServer]:
    """One server for all tests of this module."""
    async with running_mcp() as server:
        yield server


@pytest.fixture
def mcp(one_mcp: McpServer, protector: AuthorizationServer) -> McpServer:
    """A server that lets in who has a good token of the authorization server, and says where to get one."""
    one_mcp.reset()
    one_mcp.lets_in = lambda authorization: protector.whose(authorization.removeprefix("Bearer ")) is not None
    where = f"{protector.issuer}/.well-known/oauth-protected-resource{MCP_PATH}"
    one_mcp.challenge = f'Bearer resource_metadata="{where}"'
    protector.resource = {"resource": one_mcp.url}
    return one_mcp


def _callers(mcp: McpServer, protector: AuthorizationServer) -> list[str | None]:
    """Who called tools, in order, as the server knows them."""
    tokens = [call.headers["authorization"].removeprefix("Bearer ") for call in mcp.calls]
    return [protector.whose(token) for token in tokens]


async def _turn(world: World, api: Api, config: dict[str, str]) -> str:
    """A chat whose model has called a tool."""
    chat = await world.create_chat(api, text=call_line(config, "echo", text="hi"), mcp_server_ids=[config["id"]])
    async with asyncio.timeout(20):
        while (await api.get(f"{CHATS}/{chat['id']}")).json()["status"] != "waiting":
            await asyncio.sleep(0.01)
    return str(chat["id"])


async def test_each_owners_turn_calls_with_the_owners_token(
    world: World, mcp: McpServer, protector: AuthorizationServer, alice: Person, bob: Person
) -> None:
    config = await made(world, body_of(protector, url=mcp.url))
    for person in (alice, bob):
        await person.connect(config["id"], protector)
    chat_id = await _turn(world, world.alice, config)
    await share(world, chat_id, "bob")
    assert (await world.bob.get(f"{CHATS}/{chat_id}/messages")).status_code == 200
    await _turn(world, world.bob, config)
    assert _callers(mcp, protector) == ["alice", "bob"]
    assert [part["result"] for part in results(await history(world, chat_id))] == ["hi"]


async def test_an_owner_who_is_not_connected_is_told_and_nobody_elses_token_is_used(
    world: World, mcp: McpServer, protector: AuthorizationServer, alice: Person, bob: Person
) -> None:
    config = await made(world, body_of(protector, url=mcp.url))
    await bob.connect(config["id"], protector)
    mcp.requests.clear()
    chat = await world.create_chat(text=call_line(config, "echo", text="hi"), mcp_server_ids=[config["id"]])
    rested = await settled(world, chat["id"])
    assert [wanted["mcp_server_config_id"] for wanted in rested["mcp_sign_ins"]] == [config["id"]]
    assert list(mcp.requests) == []
    await alice.connect(config["id"], protector)
    await send(world, chat["id"], call_line(config, "echo", text="now"))
    rested = await settled(world, chat["id"])
    assert "mcp_sign_ins" not in rested
    assert _callers(mcp, protector) == ["alice"]


async def test_a_token_withdrawn_between_turns_is_a_wish_to_sign_in_and_no_failed_turn(
    world: World, mcp: McpServer, protector: AuthorizationServer, alice: Person
) -> None:
    config = await made(world, body_of(protector, url=mcp.url))
    await alice.connect(config["id"], protector)
    chat_id = await _turn(world, world.alice, config)
    protector.withdraw(mcp.calls[0].headers["authorization"].removeprefix("Bearer "))
    await send(world, chat_id, call_line(config, "echo", text="again"))
    rested = await settled(world, chat_id)
    assert [wanted["slug"] for wanted in rested["mcp_sign_ins"]] == [config["slug"]]
    assert len(mcp.calls) == 1
    assert not await alice.is_connected(config["id"])


async def test_a_token_withdrawn_in_a_turn_is_an_answer_that_the_model_sees(
    world: World, mcp: McpServer, protector: AuthorizationServer, alice: Person
) -> None:
    config = await made(world, body_of(protector, url=mcp.url))
    await alice.connect(config["id"], protector)
    script = f"{call_line(config, 'wait', seconds=0.3)}\n/echo between\n{call_line(config, 'echo', text='hi')}"
    chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]])
    async with asyncio.timeout(10):
        while not mcp.calls:
            await asyncio.sleep(0.005)
    protector.withdraw(mcp.calls[0].headers["authorization"].removeprefix("Bearer "))
    await settled(world, chat["id"])
    waited, refused = results(await history(world, chat["id"]))
    assert waited["result"] == "waited"
    assert refused["is_error"]
    assert config["display_name"] in refused["result"]["error"]
    assert not await alice.is_connected(config["id"])


async def test_a_renewed_token_is_used_at_once_and_a_dump_of_the_database_holds_none(
    world: World, mcp: McpServer, protector: AuthorizationServer, alice: Person
) -> None:
    config = await made(world, body_of(protector, url=mcp.url))
    await alice.connect(config["id"], protector)
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE mcp_user_tokens SET renew_at = now()"))
    await _turn(world, world.alice, config)
    assert _callers(mcp, protector) == ["alice"]
    assert len(protector.renewals()) == 1
    async with world.services.database.connect() as conn:
        tables = await conn.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for table in tables.all():
            dump = await conn.scalar(text(f"SELECT string_agg(t::text, ' ') FROM {table} t"))
            # Bytes are dumped as digits.
            read = re.sub(r"\\x([0-9a-f]+)", lambda digits: str(bytes.fromhex(digits[1])), dump or "")
            CANARIES.search(f"the table {table}", read)
