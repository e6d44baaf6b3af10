"""Sessions through restarts and storms, and what is left behind them."""

import ast
import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.llm.conftest import eventually
from tests.support.mcp import McpServer, running_mcp, server_config
from tests.tools.conftest import Chat, Known, call

OPTIONS: dict[str, dict[str, Any]] = {"newest": {}, "legacy": {"legacy": True}, "sse": {"transport": "sse"}}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
async def test_a_server_that_is_restarted_is_used_again_in_the_same_turn(options: dict[str, Any], known: Known) -> None:
    async with running_mcp(**options) as server:
        servers = known(server_config(server))
        toolbox = await servers.of_chat()
        waiting = asyncio.create_task(call(toolbox, "wait", seconds=30))
        await eventually(lambda: bool(server.calls))
    assert (await waiting).is_error
    assert (await call(toolbox, "echo", text="x")).result == {"error": "The server cannot be reached."}
    assert [problem.kind for problem in toolbox.problems] == ["unavailable"]
    async with running_mcp(port=server.port, **options):
        assert (await call(toolbox, "echo", text="x")).result == "x"
        assert toolbox.problems == []
        await toolbox.aclose()
        await eventually(lambda: not servers._reach._tasks)


async def test_nothing_is_left_of_toolboxes_that_are_given_up_at_any_moment(
    known: Known, newest: McpServer, legacy: McpServer, sse: McpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (
        ("sessions.CALL_SECONDS", 0.3),
        ("wire.ACCEPT_SECONDS", 0.3),
        ("sessions.CLOSE_SECONDS", 0.2),
    ):
        monkeypatch.setattr(f"palaver.tools.{name}", seconds)
    faults: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
    chance = random.Random(6)
    configs = []
    for slug, server in (("a", newest), ("b", legacy), ("c", sse)):
        server.reset()
        configs.append(server_config(server, slug=slug))
    servers = known(*configs)

    async def use() -> None:
        toolbox = await servers.open(Chat([config.id for config in configs]))
        assert toolbox is not None
        tools = ["echo", "hang", "die", "garbage", "forget", "refuse", "picture"]
        calls = [
            {"tool_call_id": str(number), "tool_name": f"{chance.choice('abc')}__{tool}", "args": {"text": "x"}}
            for number, tool in enumerate(chance.sample(tools, 3))
        ]
        try:
            answers = await asyncio.gather(*(toolbox.call(each, limit_bytes=1000) for each in calls))
            assert len(answers) == 3
        finally:
            await toolbox.aclose()

    async def use_for_a_while() -> None:
        using = asyncio.create_task(use())
        await asyncio.wait([using], timeout=chance.choice([0.01, 0.03, 0.1, 5]))
        using.cancel()
        await asyncio.wait([using])
        assert using.cancelled() or using.exception() is None

    await asyncio.gather(*(use_for_a_while() for _ in range(15)))
    await eventually(lambda: not servers._reach._tasks)
    asyncio.get_running_loop().set_exception_handler(None)
    assert faults == []


NEEDS_THE_SDK = {"palaver/tools/sessions.py", "palaver/tools/connection.py", "palaver/tools/toolbox.py"}


def test_nobody_imports_the_sdk_before_there_is_a_server() -> None:
    late = {path.removesuffix(".py").replace("/", ".") for path in NEEDS_THE_SDK}
    for path in Path("palaver").rglob("*.py"):
        text = path.read_text()
        if path.as_posix() in NEEDS_THE_SDK or not ("mcp" in text or "palaver.tools" in text):
            continue
        imported = set(_imported_at_once(ast.parse(text).body))
        assert not imported & late, path
        assert not {name.partition(".")[0] for name in imported} & {"mcp", "mcp_types"}, path


def _imported_at_once(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.ImportFrom):
            yield statement.module or ""
        elif isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
