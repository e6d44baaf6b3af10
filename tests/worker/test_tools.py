"""Tools in a turn, with a real MCP server: who is called, how calls go together, and what their faults leave behind."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.api.debug_runs import all_ended, recorded
from tests.api.streams import WEBSOCKET, is_kind, kinds, watch
from tests.api.test_debug_runs import choose
from tests.support.mcp import McpServer, running_mcp
from tests.support.world import CHATS, World
from tests.worker.serving_tools import OAUTH2, SERVERS, call_line, calls, configured, results, sign_in
from tests.worker.test_edits_and_results import edit
from tests.worker.watching import history, send, settled, texts

INTERRUPTED = {"error": "tool call was interrupted before it produced a result"}


async def called(mcp: McpServer, *tools: str) -> None:
    """Wait until the server was asked for these tools."""
    async with asyncio.timeout(10):
        while sorted(call.tool for call in mcp.calls) != sorted(tools):
            await asyncio.sleep(0.005)


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


async def test_calls_of_a_step_are_made_together_and_committed_together(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        script = "\n".join([call_line(config, "wait", seconds=0.2)] * 2 + [call_line(config, "echo", text="quick")])
        chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]])
        await called(mcp, "wait", "wait", "echo")
        # The quick one has its answer by now, or will before the others; nothing is stored before all have theirs.
        assert results(await history(world, chat["id"])) == []
        await settled(world, chat["id"])
    assert [part["result"] for part in results(await history(world, chat["id"]))] == ["waited", "waited", "quick"]


async def test_connections_are_kept_from_step_to_step_and_closed_with_the_turn(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        step = f"{call_line(config, 'echo', text='x')}\n/echo between\n"
        chat = await world.create_chat(text=step * 3, mcp_server_ids=[config["id"]])
        await settled(world, chat["id"])
    assert len(mcp.calls) == 3
    assert len(mcp.headers_of("tools/list")) == 1
    assert not [task for task in asyncio.all_tasks() if task.get_name() == f"mcp-{config['slug']}"]


async def test_every_fault_of_a_tool_is_a_result_that_the_model_sees(world: World, mcp: McpServer) -> None:
    faults = ("fail", "die", "garbage", "refuse")
    async with configured(world, mcp) as config:
        script = "\n".join(call_line(config, tool) for tool in faults)
        chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]])
        await settled(world, chat["id"])
    parts = results(await history(world, chat["id"]))
    assert [part["tool_name"].partition("__")[2] for part in parts] == list(faults)
    assert all(part["is_error"] and part["result"]["error"] for part in parts)
    assert parts[0]["result"] == {"error": "no such thing"}


async def test_a_turn_goes_on_without_a_server_that_is_down(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as works, configured(world) as down:
        script = f"{call_line(down, 'echo')}\n{call_line(works, 'echo', text='here')}"
        chat = await world.create_chat(text=script, mcp_server_ids=[works["id"], down["id"]])
        rested = await settled(world, chat["id"])
    assert [part["result"] for part in results(await history(world, chat["id"]))] == ["here"]
    assert "mcp_sign_ins" not in rested


async def test_interrupting_keeps_the_answers_there_are_and_tells_the_server_of_the_rest(
    world: World, mcp: McpServer
) -> None:
    async with configured(world, mcp) as config:
        script = f"{call_line(config, 'wait', seconds=60)}\n{call_line(config, 'echo', text='done')}\n/echo not said"
        chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]])
        async with watch(world, chat["id"], WEBSOCKET) as viewer:
            await viewer.until(lambda event: "'result': 'done'" in str(event))
        assert (await world.alice.post(f"{CHATS}/{chat['id']}/interrupt")).status_code == 200
        await settled(world, chat["id"])
        said = await history(world, chat["id"])
        assert [part["result"] for part in results(said)] == [INTERRUPTED, "done"]
        assert {part["mcp_server_config_id"] for part in results(said)} == {config["id"]}
        async with asyncio.timeout(5):
            while mcp.cancelled != ["wait"]:
                await asyncio.sleep(0.005)


async def test_an_interrupting_send_and_an_edit_leave_no_call_without_an_answer(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        chat = await world.create_chat(text=call_line(config, "hang"), mcp_server_ids=[config["id"]])
        await called(mcp, "hang")
        await send(world, chat["id"], call_line(config, "hang") + "\n", busy_behavior="interrupt")
        await called(mcp, "hang", "hang")
        said = await history(world, chat["id"])
        assert [part["result"] for part in results(said)] == [INTERRUPTED]
        await edit(world, chat["id"], next(m["id"] for m in reversed(said) if m["role"] == "user"), "instead")
        await settled(world, chat["id"])
    said = await history(world, chat["id"])
    assert [message["role"] for message in said] == ["user", "assistant", "tool", "user", "assistant"]
    assert [call["tool_call_id"] for call in calls(said)] == [part["tool_call_id"] for part in results(said)]


async def test_results_and_progress_are_seen_live(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        chat = await world.create_chat(text="/slow 3 0.1", mcp_server_ids=[config["id"]])
        await send(world, chat["id"], call_line(config, "wait", seconds=0.15, steps=2))
        async with watch(world, chat["id"], WEBSOCKET) as viewer:
            events = await viewer.until(is_kind("status", status="waiting"))
    live = [event["message_part"] for event in events if event["type"] == "message_part"]
    call = next(each["part"] for each in live if each["part"]["type"] == "tool-call")
    assert call["mcp_server_config_id"] == config["id"]
    shown = [each["part"] for each in live if each["role"] == "tool"]
    assert [part.get("result_delta") for part in shown] == ["step 1 (1/2)\n", "step 2 (2/2)\n", None]
    assert shown[-1]["result"] == "waited"
    assert shown[-1]["result_reset"] is True


async def test_a_servers_tool_goes_before_a_clients_of_the_same_name(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        name = f"{config['slug']}__echo"
        tools = [{"name": name}, {"name": "pick"}]
        script = f"{call_line(config, 'echo', text='ours')}\n/tool pick"
        chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]], unsafe_dynamic_tools=tools)
        async with watch(world, chat["id"], WEBSOCKET) as viewer:
            asked = (await viewer.until(is_kind("action_required")))[-1]["action_required"]["tool_calls"]
        assert [call["tool_name"] for call in asked] == ["pick"]
        answer = {"results": [{"tool_call_id": asked[0]["tool_call_id"], "output": "picked"}]}
        assert (await world.alice.post(f"{CHATS}/{chat['id']}/tool-results", answer)).status_code == 204
        await settled(world, chat["id"])
    parts = results(await history(world, chat["id"]))
    assert [part["result"] for part in parts] == ["ours", "picked"]
    assert "mcp_server_config_id" not in parts[1]


async def test_in_plan_mode_only_servers_that_are_allowed_there_are_used(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as barred, configured(world, mcp, allow_in_plan_mode=True) as allowed:
        script = f"{call_line(barred, 'echo', text='no')}\n{call_line(allowed, 'echo', text='yes')}\n/tool pick"
        chat = await world.create_chat(
            text=script,
            mcp_server_ids=[barred["id"], allowed["id"]],
            plan_mode="plan",
            unsafe_dynamic_tools=[{"name": "pick"}],
        )
        await settled(world, chat["id"])
    assert [part["result"] for part in results(await history(world, chat["id"]))] == ["yes"]


async def test_a_server_that_all_chats_have_needs_no_choosing(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp, availability="force_on", tool_deny_list=["add"]) as config:
        script = f"{call_line(config, 'add', a=1, b=1)}\n{call_line(config, 'echo', text='forced')}"
        chat = await world.create_chat(text=script)
        await settled(world, chat["id"])
    assert [part["result"] for part in results(await history(world, chat["id"]))] == ["forced"]


async def test_a_server_that_is_removed_in_mid_turn_is_called_no_more(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        step = call_line(config, "echo", text="x")
        script = f"{call_line(config, 'wait', seconds=0.3)}\n/echo between\n{step}"
        chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]])
        await called(mcp, "wait")
        assert (await world.owner.delete(f"{SERVERS}/{config['id']}")).status_code == 204
        await settled(world, chat["id"])
    last = results(await history(world, chat["id"]))[-1]
    assert last["is_error"]
    assert [call.tool for call in mcp.calls] == ["wait"]


async def test_the_model_says_what_a_call_is_for_where_that_is_wanted(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp, model_intent=True) as config:
        line = call_line(config, "echo", text="hi", model_intent="Saying hi.")
        chat = await world.create_chat(text=line, mcp_server_ids=[config["id"]])
        await settled(world, chat["id"])
    assert mcp.calls[0].params["arguments"] == {"text": "hi"}
    assert calls(await history(world, chat["id"]))[0]["args"]["model_intent"] == "Saying hi."


async def test_a_server_that_wants_a_sign_in_is_left_out_and_named(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp, **OAUTH2) as wants, configured(world, mcp) as works:
        wanted = [{"mcp_server_config_id": wants["id"], "slug": wants["slug"], "display_name": "Tools"}]
        script = call_line(works, "echo", text="works")
        chat = await world.create_chat(text=f"/slow 2 0.2\n{script}", mcp_server_ids=[wants["id"], works["id"]])
        async with watch(world, chat["id"], WEBSOCKET) as viewer:
            events = await viewer.until(is_kind("status", status="waiting"))
            assert [event["sign_in_required"] for event in events if event["type"] == "sign_in_required"] == [
                {"servers": wanted}
            ]
            assert (await settled(world, chat["id"]))["mcp_sign_ins"] == wanted
            assert [part["result"] for part in results(await history(world, chat["id"]))] == ["works"]
            await send(world, chat["id"], "and without it", mcp_server_ids=[works["id"]])
            events = await viewer.until(is_kind("status", status="waiting"))
            assert [event["sign_in_required"] for event in events if event["type"] == "sign_in_required"] == [
                {"servers": []}
            ]
        assert "mcp_sign_ins" not in await settled(world, chat["id"])
        async with watch(world, chat["id"], WEBSOCKET) as viewer:
            assert "sign_in_required" not in kinds(await viewer.snapshot())
    assert not mcp.headers_of("server/discover")[0].get("authorization")


async def test_a_token_that_is_taken_back_in_mid_turn_ends_no_turn(world: World, mcp: McpServer) -> None:
    token = f"good-{secrets.token_hex(20)}"
    async with configured(world, mcp, **OAUTH2) as config:
        await sign_in(world, config, "alice", token)
        mcp.token = token
        wait, echo = call_line(config, "wait", seconds=0.2), call_line(config, "echo", text="x")
        chat = await world.create_chat(text=f"{wait}\n/echo between\n{echo}", mcp_server_ids=[config["id"]])
        await called(mcp, "wait")
        mcp.token = "another"
        rested = await settled(world, chat["id"])
        first, refused = results(await history(world, chat["id"]))
        assert first["result"] == "waited"
        assert refused["is_error"]
        assert [server["slug"] for server in rested["mcp_sign_ins"]] == [config["slug"]]
        mcp.token = f"new-{secrets.token_hex(20)}"
        await sign_in(world, config, "alice", mcp.token)
        await send(world, chat["id"], echo)
        assert "mcp_sign_ins" not in await settled(world, chat["id"])
        assert results(await history(world, chat["id"]))[-1]["result"] == "x"


async def test_a_recorded_call_has_the_tools_that_the_model_was_told_of(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp, tool_allow_list=["echo", "picture"]) as config:
        await choose(world, allowed=True, chosen=True)
        script = f"{call_line(config, 'picture')}\n{call_line(config, 'echo', text='x')}"
        chat = await world.create_chat(text=script, mcp_server_ids=[config["id"]])
        await settled(world, chat["id"])
        (run,) = await recorded(world, chat["id"], all_ended(1))
        await choose(world, allowed=False, chosen=False)
    first, last = (step["normalized_request"] for step in run["steps"])
    assert [tool["name"] for tool in first["tools"]] == [f"{config['slug']}__{tool}" for tool in ("echo", "picture")]
    pictures = [part for message in last["messages"] for part in message["content"] if part["type"] == "file"]
    assert [picture["media_type"] for picture in pictures] == ["image/png"]


async def test_what_servers_say_about_their_tools_is_said_to_the_model(world: World, mcp: McpServer) -> None:
    async with configured(world, mcp) as config:
        without = await world.create_chat(text="hello")
        words = (await _usage(world, without["id"]))["input_tokens"]
        chat = await world.create_chat(text="hello", mcp_server_ids=[config["id"]])
        assert (await _usage(world, chat["id"]))["input_tokens"] > words


async def _usage(world: World, chat_id: str) -> dict[str, int]:
    await settled(world, chat_id)
    usage: dict[str, int] = (await history(world, chat_id))[-1]["usage"]
    return usage
