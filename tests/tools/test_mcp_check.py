"""`palaver mcp check`."""

import asyncio
import json

import pytest
from typer.testing import CliRunner, Result

from palaver.cli.commands import app
from tests.support.mcp import McpServer


async def check(*arguments: str) -> Result:
    """Run the command beside the servers of the test."""
    return await asyncio.to_thread(CliRunner().invoke, app, ["mcp", "check", *arguments], env={"COLUMNS": "200"})


@pytest.fixture(autouse=True)
def _private_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALAVER_ALLOW_PRIVATE_NETWORKS", "true")


async def test_it_lists_what_a_model_would_be_offered(newest: McpServer, sse: McpServer) -> None:
    newest.reset()
    found = await check(newest.url, "--slug", "mine", "--header", "Authorization: Bearer x")
    assert found.exit_code == 0, found.output
    assert "palaver-test-server 1.0 speaks MCP 2026-07-28 and offers 21 tools" in found.output
    assert "mine__wait" in found.output
    assert "seconds, steps?" in found.output
    assert {request.headers["authorization"] for request in newest.requests} == {"Bearer x"}
    assert (await check(sse.url, "--transport", "sse")).exit_code == 0


async def test_it_tells_machines_as_json(newest: McpServer) -> None:
    newest.reset()
    told = json.loads((await check(newest.url, "--json")).output)
    assert (told["ok"], told["instructions"], len(told["tools"])) == (True, "Use the tools with care.", 21)
    assert told["tools"][0]["name"] == "server__echo"
    failed = await check("http://127.0.0.1:9/mcp", "--json")
    assert (failed.exit_code, json.loads(failed.output)["ok"]) == (1, False)


REFUSALS = {
    "nobody is there": (("http://127.0.0.1:9/mcp",), "The server cannot be reached."),
    "it may not be connected to": (("http://169.254.169.254/mcp",), "169.254.169.254 is no address of a server"),
    "the URL is none": (("tools.example.com",), "The URL begins with http://"),
    "the header is none": (("http://127.0.0.1:9/mcp", "--header", "nonsense"), "A header is written as"),
    "the transport is none": (("http://127.0.0.1:9/mcp", "--transport", "stdio"), "streamable_http or sse"),
}


@pytest.mark.parametrize(("arguments", "sentence"), REFUSALS.values(), ids=REFUSALS)
async def test_it_says_why_a_server_cannot_be_used(arguments: tuple[str, ...], sentence: str) -> None:
    refused = await check(*arguments)
    assert (refused.exit_code, sentence in refused.output) == (1, True), refused.output
