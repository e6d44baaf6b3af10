"""Tools in a turn, with a real MCP server: who is called, how calls go together, and what their faults leave behind."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.mcp import McpServer, running_mcp
from tests.support.world import World
from tests.worker.serving_tools import call_line, calls, configured, results
from tests.worker.watching import history, settled, texts


@pytest_asyncio.fixture(scope="module")
async def mcp() -> AsyncIterator[McpServer]:
    """One server for all tests of this module."""
    async with running_mcp() as server:
        yield server


@pytest.fixture
def world(quiet_world: World) -> World:
    """One server for all tests of this module, which bring chats and MCP servers of their own."""
    return quiet_world


@pytest.fixture(autouse=True)
def _honest(mcp: McpServer) -> None:
    mcp.reset()


async def test_a_turn_uses_the_tools_of_its_chats_servers(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        script = f"{call_line(config, 'add', a=1, b=2)}\n/echo between\n{call_line(config, 'echo', text='hi')}"
        chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]])
        await settled(world, chat["id"])
        said = await history(world, chat["id"])
    assert [message["role"] for message in said] == ["user", "assistant", "tool", "assistant", "tool", "assistant"]
    assert [part["result"] for part in results(said)] == [{"sum": 3}, "hi"]
    assert {part["mcp_server_config_id"] for part in [*calls(said), *results(said)]} == {config["id"]}
    assert (await texts(world, chat["id"]))[-1][1].endswith("answered: hi")
