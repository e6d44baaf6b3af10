"""Tools that want their chat owner's approval, in turns with a real MCP server: nothing runs unasked."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import pytest_asyncio
import typer

from palaver.cli.chat import chat
from tests.support.mcp import McpServer, running_mcp
from tests.support.world import CHATS, World
from tests.worker.serving_tools import SERVERS, call_line, calls, configured, results
from tests.worker.watching import history, settled, texts

ASK = {"default": "ask", "tools": {"add": "auto", "fail": "deny"}}
PICK = {"name": "pick", "input_schema": {"type": "object"}}


@pytest_asyncio.fixture(scope="module")
async def mcp() -> AsyncIterator[McpServer]:
    """One server for all tests of this module."""
    async with running_mcp() as server:
        yield server


@pytest.fixture
def world(quiet_world: World) -> World:
    """One server for all tests of this module, which bring chats and MCP servers of their own."""
    return quiet_world


@pytest_asyncio.fixture
async def config(world: World, mcp: McpServer) -> AsyncIterator[dict[str, Any]]:
    """The server, whose tools are asked about but for `add`."""
    mcp.reset()
    async with configured(world, mcp, tool_approvals=ASK) as made:
        yield made


async def asking(world: World, config: dict[str, Any], *lines: str, **fields: Any) -> tuple[str, list[dict[str, Any]]]:
    """A chat that waits for approval of what the model was told to call, and the calls as they are shown."""
    chat_id = (await world.create_chat(text="\n".join(lines), mcp_server_ids=[config["id"]], **fields))["id"]
    chat = await settled(world, chat_id, status="requires_action")
    return chat_id, chat["action_required"]["tool_calls"]


async def decide(world: World, chat_id: str, shown: list[dict[str, Any]], *words: Any) -> None:
    """Decide the calls in order: `approve`, arguments to approve them with, or a reason to deny them."""
    decisions = []
    for call, word in zip(shown, words, strict=True):
        decision = {"tool_call_id": call["tool_call_id"], "approval_id": call["approval"]["id"], "decision": "approve"}
        if isinstance(word, dict):
            decision["args"] = word
        elif word != "approve":
            decision |= {"decision": "deny", "reason": word}
        decisions.append(decision)
    response = await world.alice.post(f"{CHATS}/{chat_id}/tool-approvals", {"decisions": decisions})
    assert response.status_code == 204, response.text


def called(mcp: McpServer) -> list[tuple[str, Any]]:
    """The calls that the server got: tool and arguments."""
    return [(request.tool, request.params["arguments"]) for request in mcp.calls]


async def test_an_approved_call_runs_with_what_was_shown_or_put_in_its_place(
    world: World, mcp: McpServer, config: dict[str, Any]
) -> None:
    chat_id, shown = await asking(
        world, config, *(call_line(config, "echo", text=text) for text in ("plain", "asked", "unwanted"))
    )
    assert [orjson.loads(call["args"]) for call in shown] == [
        {"text": "plain"},
        {"text": "asked"},
        {"text": "unwanted"},
    ]
    assert {(call["approval"]["server_config_id"], call["approval"]["tool"]) for call in shown} == {
        (config["id"], "echo")
    }
    assert called(mcp) == []
    await decide(world, chat_id, shown, "approve", {"text": "changed"}, "not this")
    await settled(world, chat_id)
    assert sorted(arguments["text"] for _, arguments in called(mcp)) == ["changed", "plain"]
    said = await history(world, chat_id)
    by_call = {part["tool_call_id"]: part for part in results(said)}
    told = [
        (by_call[call["tool_call_id"]]["result"], by_call[call["tool_call_id"]]["approval"]["decision"])
        for call in shown
    ]
    denied = "The user denied this tool call. Reason: not this"
    assert told == [("plain", "approve"), ("changed", "approve"), (denied, "deny")]
    # Both what was asked and what was run is in the history.
    assert [part["args"]["text"] for part in calls(said)] == ["plain", "asked", "unwanted"]
    assert by_call[shown[1]["tool_call_id"]]["approval"]["args"] == {"text": "changed"}
    assert {part["mcp_server_config_id"] for part in by_call.values()} == {config["id"]}
    assert (await texts(world, chat_id))[-1][0] == "assistant"


async def test_a_chat_that_waits_for_approval_takes_no_worker(world: World, config: dict[str, Any]) -> None:
    chat_id, shown = await asking(world, config, call_line(config, "echo", text="x"))
    worker = world.services.worker
    assert worker is not None
    async with asyncio.timeout(5):
        while worker.running:
            await asyncio.sleep(0.01)
    await decide(world, chat_id, shown, "approve")
    await settled(world, chat_id)


async def test_of_one_step_calls_that_need_nothing_come_first_then_approvals_then_the_client(
    world: World, mcp: McpServer, config: dict[str, Any]
) -> None:
    lines = ["/tool pick {}", call_line(config, "echo", text="x"), call_line(config, "add", a=1, b=2)]
    chat_id, shown = await asking(world, config, *lines, unsafe_dynamic_tools=[PICK])
    assert [call["approval"]["tool"] for call in shown] == ["echo"]
    assert [tool for tool, _ in called(mcp)] == ["add"]
    await decide(world, chat_id, shown, "approve")
    async with asyncio.timeout(10):
        while (
            "approval"
            in (call := (await settled(world, chat_id, status="requires_action"))["action_required"])["tool_calls"][0]
        ):
            await asyncio.sleep(0.01)
    assert [tool for tool, _ in called(mcp)] == ["add", "echo"]
    (pick,) = call["tool_calls"]
    results_of_client = {"results": [{"tool_call_id": pick["tool_call_id"], "output": "picked"}]}
    assert (await world.alice.post(f"{CHATS}/{chat_id}/tool-results", results_of_client)).status_code == 204
    await settled(world, chat_id)
    assert [part["result"] for part in results(await history(world, chat_id))] == [{"sum": 3}, "x", "picked"]


async def test_an_interruption_answers_what_waits_and_calls_nothing(
    world: World, mcp: McpServer, config: dict[str, Any]
) -> None:
    chat_id, _ = await asking(world, config, call_line(config, "echo", text="x"))
    assert (await world.alice.post(f"{CHATS}/{chat_id}/interrupt")).status_code == 200
    await settled(world, chat_id)
    (result,) = results(await history(world, chat_id))
    assert (result["result"], "approval" in result) == ("Tool execution interrupted by user", False)
    assert called(mcp) == []


async def test_a_tool_that_was_forbidden_meanwhile_does_not_run_although_approved(
    world: World, mcp: McpServer, config: dict[str, Any]
) -> None:
    chat_id, shown = await asking(world, config, call_line(config, "echo", text="x"))
    changed = await world.owner.patch(f"{SERVERS}/{config['id']}", {"tool_approvals": {"default": "deny"}})
    assert changed.status_code == 200
    await decide(world, chat_id, shown, "approve")
    await settled(world, chat_id)
    (result,) = results(await history(world, chat_id))
    assert (result["is_error"], called(mcp)) == (True, [])
    assert "is not available" in result["result"]["error"]


@pytest.mark.parametrize("at_terminal", [True, False], ids=["terminal", "script"])
async def test_palaver_chat_asks_whoever_sits_at_the_terminal(
    world: World,
    mcp: McpServer,
    config: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    at_terminal: bool,
) -> None:
    chat_id = (await world.create_chat(text="hello", mcp_server_ids=[config["id"]]))["id"]
    await settled(world, chat_id)
    typed = iter(["what?", "edit", "[]", "edit", '{"text": "typed"}', "no", "enough"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: at_terminal, raising=False)
    monkeypatch.setattr("palaver.cli.console.out.input", lambda question: next(typed))
    script = "\n".join(call_line(config, "echo", text=text) for text in ("asked", "unwanted"))
    with pytest.raises(typer.Exit) as ended:
        await asyncio.to_thread(
            chat,
            script,
            url=world.alice.base_url,
            token=world.alice.token,
            chat_id=chat_id,
            model=None,
            settings=world.services.settings,
        )
    assert "Waiting for your approval of" in capsys.readouterr().err
    assert ended.value.exit_code == (0 if at_terminal else 3)
    assert called(mcp) == ([("echo", {"text": "typed"})] if at_terminal else [])
    said = [part["result"] for part in results(await history(world, chat_id))]
    assert sorted(said) == sorted(["typed", "The user denied this tool call. Reason: enough"] if at_terminal else [])


async def test_a_forbidden_tool_is_neither_offered_nor_asked_about(
    world: World, mcp: McpServer, config: dict[str, Any]
) -> None:
    chat_id = (await world.create_chat(text=call_line(config, "fail"), mcp_server_ids=[config["id"]]))["id"]
    await settled(world, chat_id)
    assert (calls(await history(world, chat_id)), called(mcp)) == ([], [])
