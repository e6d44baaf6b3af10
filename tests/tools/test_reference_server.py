"""The protocol's reference server, the one that shows everything, over both transports."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from palaver.configuration.mcp_servers import MCPServer
from palaver.tools.toolbox import Toolbox
from tests.llm.conftest import eventually
from tests.support.mcp import server_config
from tests.tools.conftest import Known

PROGRAM = Path("tools/mcp-server/node_modules/@modelcontextprotocol/server-everything/dist/index.js")

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists() or shutil.which("node") is None,
    reason="`make mcp-server` installs the reference server, from the npm registry",
)


@pytest_asyncio.fixture(scope="module", params=["streamable_http", "sse"])
async def config(request: pytest.FixtureRequest) -> AsyncIterator[MCPServer]:
    """The server in a process of its own, as it would be configured."""
    transport, path = request.param, {"streamable_http": "mcp", "sse": "sse"}[request.param]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        "node",
        str(PROGRAM),
        {"streamable_http": "streamableHttp", "sse": "sse"}[transport],
        env={"PATH": os.environ["PATH"], "PORT": str(port)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await eventually(lambda: _listens(port), 20)
        yield server_config(slug="everything", transport=transport, url=f"http://127.0.0.1:{port}/{path}")
    finally:
        process.kill()
        await process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def call(toolbox: Toolbox, tool: str, **args: Any) -> Any:
    asked = {"tool_call_id": "call_1", "tool_name": f"everything__{tool}", "args": args}
    return await toolbox.call(asked, limit_bytes=65_536)


async def test_its_tools_work(config: MCPServer, known: Known) -> None:
    toolbox = await known(config).of_chat()
    assert toolbox.problems == []
    assert len(toolbox.tools) >= 10
    assert "everything" in toolbox.instructions[0][1].lower()
    assert (await call(toolbox, "echo", message="hi")).result == "Echo: hi"
    assert "5" in (await call(toolbox, "get-sum", a=2, b=3)).result
    weather = await call(toolbox, "get-structured-content", location="Chicago")
    assert weather.result["temperature"] == 36
    image = await call(toolbox, "get-tiny-image")
    assert image.is_media
    assert [item["type"] for item in image.result["content"]] == ["text", "image", "text"]
    links = await call(toolbox, "get-resource-links", count=2)
    assert [item["type"] for item in links.result["content"]].count("resource_link") == 2
    resource = await call(toolbox, "get-resource-reference", resourceType="Text", resourceId=1)
    assert "resource" in [item["type"] for item in resource.result["content"]]
    wrong = await call(toolbox, "get-sum", a="x")
    assert (wrong.is_error, list(wrong.result)) == (True, ["error"])


async def test_it_tells_how_a_long_call_goes(config: MCPServer, known: Known) -> None:
    toolbox = await known(config).of_chat()
    heard: list[tuple[float, float | None]] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, total))

    asked = {
        "tool_call_id": "call_1",
        "tool_name": "everything__trigger-long-running-operation",
        "args": {"duration": 0.3, "steps": 3},
    }
    done = await toolbox.call(asked, limit_bytes=65_536, on_progress=hear)
    assert "completed" in done.result
    assert heard[-1] == (3.0, 3.0)
