"""A chat's tools over every transport: listed, called, answered."""

import asyncio
from typing import Any

import mcp_types as types
import pytest

from tests.llm.conftest import eventually
from tests.support.mcp import PNG, McpServer, server_config
from tests.tools.conftest import Chat, Known, call

TRANSPORTS = ("newest", "legacy", "sse")


@pytest.fixture(params=TRANSPORTS)
def server(request: pytest.FixtureRequest) -> McpServer:
    """A server, over each transport."""
    server: McpServer = request.getfixturevalue(request.param)
    server.reset()
    return server


async def test_tools_are_called_and_answer(server: McpServer, known: Known) -> None:
    toolbox = await known(server_config(server)).of_chat()
    assert (await call(toolbox, "echo", text="héllo")).result == "héllo"
    assert server.calls[-1].params["_meta"]["palaver/tool-call-id"] == "call_1"
    assert (await call(toolbox, "add", a=1, b=2)).result == {"sum": 3}
    failed = await call(toolbox, "fail")
    assert (failed.result, failed.is_error) == ({"error": "no such thing"}, True)
    picture = await call(toolbox, "picture")
    assert picture.is_media
    assert picture.result["content"][1] == {"type": "image", "media_type": "image/png", "data": PNG}
    assert (await call(toolbox, "big", bytes=100_000)).result.endswith("only the first are shown.]")
    assert (await call(toolbox, "nothing")).result == {"error": 'tool "test__nothing" is not available'}


async def test_a_session_is_kept_from_call_to_call_and_ended_with_the_toolbox(server: McpServer, known: Known) -> None:
    servers = known(server_config(server))
    toolbox = await servers.of_chat()
    connecting = {request.method for request in server.requests} | {"subscriptions/listen"}
    for _ in range(3):
        await call(toolbox, "echo", text="x")
    methods = [request.method for request in server.requests]
    assert [method for method in methods if method not in connecting] == ["tools/call"] * 3
    assert all(methods.count(method) == 1 for method in connecting & set(methods) if method)
    await toolbox.aclose()
    await eventually(lambda: not servers._reach._tasks)
    if server.legacy:
        assert server.requests[-1].http_method == "DELETE"


async def test_progress_is_passed_on_but_not_every_word_of_it(server: McpServer, known: Known) -> None:
    toolbox = await known(server_config(server)).of_chat()
    heard = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, total, message))

    asked = {"tool_call_id": "c", "tool_name": "test__wait", "args": {"seconds": 0.01, "steps": 4}}
    assert (await toolbox.call(asked, limit_bytes=1000, on_progress=hear)).result == "waited"
    assert (heard[0], heard[-1]) == ((1.0, 4.0, "step 1"), (4.0, 4.0, "step 4"))
    assert len(heard) < 4


async def test_a_call_that_is_given_up_is_given_up_at_the_server(server: McpServer, known: Known) -> None:
    toolbox = await known(server_config(server)).of_chat()
    waiting = asyncio.create_task(call(toolbox, "wait", seconds=30))
    await eventually(lambda: bool(server.calls))
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await eventually(lambda: server.cancelled == ["wait"])
    assert (await call(toolbox, "echo", text="still there")).result == "still there"


async def test_calls_of_one_session_run_at_once(server: McpServer, known: Known) -> None:
    toolbox = await known(server_config(server)).of_chat()
    answers = await asyncio.gather(*(call(toolbox, "wait", seconds=0.2) for _ in range(5)))
    assert [answer.result for answer in answers] == ["waited"] * 5
    assert server.most_waiting > 1


async def test_a_changed_list_of_tools_is_offered_from_the_next_step(server: McpServer, known: Known) -> None:
    toolbox = await known(server_config(server)).of_chat()
    await eventually(lambda: server.can_tell)
    assert await toolbox.refresh() is False
    assert "test__grown" not in toolbox.tools
    await call(toolbox, "grow")
    await eventually(lambda: any(connection.tools_changed for connection in toolbox._connections))
    assert await toolbox.refresh() is True
    assert (await call(toolbox, "grown")).result == "grown"


FAULTS = {
    "closes the connection": ("die", "whether the tool did its work is not known"),
    "answers too much": ("flood", "The answer is too large."),
    "answers in too many parts": ("parts", "The answer has too many parts."),
    "answers compressed": ("squeezed", "The server compressed its answer, which it was not asked to."),
    "is overloaded": ("refuse", "The server answered 503 Service Unavailable."),
    "wants other credentials": ("unauthorized", "The server refuses the credentials"),
    "never answers": ("hang", "The server did not answer within 0.3 s."),
    "answers what is no JSON": ("garbage", "The server's answer is not what its protocol says."),
}


async def test_a_fault_ends_its_call_and_nothing_else(
    server: McpServer, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolbox = await known(server_config(server)).of_chat()
    for fault, (tool, text) in FAULTS.items():
        with monkeypatch.context() as patched:
            if tool in {"hang", "garbage"}:  # others have time, however busy the machine
                patched.setattr("palaver.tools.sessions.CALL_SECONDS", 0.3)
                patched.setattr("palaver.tools.wire.ACCEPT_SECONDS", 0.4)
            answer = await call(toolbox, tool)
        if server.transport == "sse" and tool == "garbage":
            text = "did not answer"  # an answer that stands where nobody looks for one
        assert answer.is_error, fault
        assert text in answer.result["error"], fault
        assert (await call(toolbox, "echo", text=fault)).result == fault
    assert server.sent_bytes < 50_000_000
    assert toolbox.problems == []


async def test_a_session_that_the_server_has_forgotten_is_made_anew(known: Known, legacy: McpServer) -> None:
    legacy.reset()
    toolbox = await known(server_config(legacy)).of_chat()
    answers = await asyncio.gather(call(toolbox, "forget"), call(toolbox, "forget"))
    assert [answer.result for answer in answers] == ["remembered"] * 2
    legacy.end_sessions()
    answers = await asyncio.gather(*(call(toolbox, "echo", text="x") for _ in range(3)))
    assert [answer.result for answer in answers] == ["x"] * 3
    assert await toolbox.refresh() is True
    assert await toolbox.refresh() is False


async def test_tools_are_listed_again_in_another_session_when_theirs_is_over(server: McpServer, known: Known) -> None:
    toolbox = await known(server_config(server)).of_chat()
    (connection,) = toolbox._connections
    assert connection._session is not None
    connection._session.close()
    connection._session.tools_changed = True
    assert await toolbox.refresh() is True
    assert toolbox.problems == []
    assert (await call(toolbox, "echo", text="x")).result == "x"


async def test_tools_stay_when_they_cannot_be_listed_again(known: Known, legacy: McpServer) -> None:
    legacy.reset()
    toolbox = await known(server_config(legacy)).of_chat()
    (connection,) = toolbox._connections
    assert connection._session is not None
    connection._session.tools_changed = True
    legacy.status_everywhere = 503
    assert await toolbox.refresh() is True
    assert [problem.message for problem in toolbox.problems] == ["The server answered 503 Service Unavailable."]
    legacy.status_everywhere = 0
    assert (await call(toolbox, "echo", text="x")).result == "x"
    assert await toolbox.refresh() is True
    assert toolbox.problems == []


async def test_a_call_that_may_be_made_twice_is_made_twice(
    known: Known, newest: McpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest.reset()
    toolbox = await known(server_config(newest)).of_chat()
    await eventually(lambda: newest.can_tell)
    repeatable = types.ToolAnnotations(idempotent_hint=True)
    await newest.change_tools(types.Tool(name="die", input_schema={"type": "object"}, annotations=repeatable))
    await eventually(lambda: any(connection.tools_changed for connection in toolbox._connections))
    monkeypatch.setattr("tests.support.mcp.server._TOOLS", [])
    await toolbox.refresh()
    answer = await call(toolbox, "die")
    assert answer.result == {"error": "The connection to the server was lost."}
    calls = [request.params["_meta"]["palaver/tool-call-id"] for request in newest.calls]
    assert calls == ["call_1", "call_1"]


async def test_what_a_server_wants_as_headers_is_learnt_from_its_listing(known: Known, newest: McpServer) -> None:
    newest.reset()
    toolbox = await known(server_config(newest)).of_chat()
    assert (await call(toolbox, "headed", region="eu")).result == "eu"
    assert newest.calls[-1].headers["mcp-param-region"] == "eu"
    (connection,) = toolbox._connections
    connection._drop(connection._session)  # type: ignore[arg-type]
    assert (await call(toolbox, "headed", region="us")).result == "us"


async def test_an_answer_may_be_large_but_not_endless(server: McpServer, known: Known) -> None:
    toolbox = await known(server_config(server)).of_chat()
    assert (await call(toolbox, "big", bytes=900_000)).result.startswith("xxx")
    answer = await call(toolbox, "big", bytes=5_000_000)
    assert answer.result == {"error": "The answer is too large."}
    assert (await call(toolbox, "echo", text="x")).result == "x"


async def test_all_pages_of_tools_are_read(known: Known, newest: McpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    newest.reset()
    monkeypatch.setattr(newest, "paged", 4)
    toolbox = await known(server_config(newest)).of_chat()
    assert len(toolbox.tools) == 21
    assert len(newest.headers_of("tools/list")) == 6


async def test_the_lists_of_the_config_decide_what_is_offered(known: Known, newest: McpServer) -> None:
    newest.reset()
    config = server_config(newest, tool_allow_list=["add", "echo", "no such"], tool_deny_list=["add"])
    toolbox = await known(config).of_chat()
    assert list(toolbox.tools) == ["test__echo"]
    offered = toolbox.tools["test__echo"]
    assert (offered.server.id, offered.tool, offered.spec.description) == (config.id, "echo", "The tool echo.")
    assert toolbox.instructions == [("test", "Use the tools with care.")]
    refused = await call(toolbox, "add", a=1, b=1)
    assert (refused.is_error, newest.calls) == (True, [])


async def test_a_server_that_is_changed_or_switched_off_in_mid_turn_is_used_as_it_is_now(
    known: Known, newest: McpServer
) -> None:
    newest.reset()
    config = server_config(newest)
    servers = known(config)
    toolbox = await servers.of_chat()
    servers.servers = [server_config(newest, id=config.id, forward_coder_headers=True)]
    servers.drop()
    await call(toolbox, "echo", text="x")
    assert "x-coder-chat-id" in newest.calls[-1].headers
    servers.servers = []
    servers.drop()
    answer = await call(toolbox, "echo", text="x")
    assert answer.result == {"error": 'tool "test__echo" is not available any more'}
    assert len(newest.calls) == 1


async def test_the_intent_is_asked_of_the_model_and_kept_from_the_server(known: Known, newest: McpServer) -> None:
    newest.reset()
    toolbox = await known(server_config(newest, model_intent=True)).of_chat()
    assert toolbox.tools["test__echo"].spec.input_schema["required"] == ["model_intent", "text"]
    await call(toolbox, "echo", text="x", model_intent="to see")
    assert newest.calls[-1].params["arguments"] == {"text": "x"}


async def test_servers_that_do_not_work_are_left_out_and_named(
    known: Known, newest: McpServer, sse: McpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest.reset()
    monkeypatch.setattr("palaver.tools.connection.CONNECT_SECONDS", 1.5)
    silent = await asyncio.start_server(lambda reader, writer: asyncio.sleep(30), "127.0.0.1", 0)
    async with silent:
        port = silent.sockets[0].getsockname()[1]
        configs = [
            server_config(newest),
            server_config(slug="down", display_name="Down"),
            server_config(slug="hangs", display_name="Hangs", url=f"http://127.0.0.1:{port}/mcp"),
            server_config(newest, slug="other", display_name="Other", url=sse.url.replace("/sse", "/messages/")),
            server_config(newest, slug="old", display_name="Old", transport="sse"),
            server_config(slug="metadata", display_name="Metadata", url="http://169.254.169.254/mcp"),
        ]
        toolbox = await known(*configs).of_chat()
    assert {name.partition("__")[0] for name in toolbox.tools} == {"test"}
    assert {problem.slug: problem.message for problem in toolbox.problems} == {
        "down": "The server cannot be reached.",
        "hangs": "The server did not answer within 1.5 s.",
        "other": "The server answered 400 Bad Request.",
        "old": "The server answered 400.",
        "metadata": "The server is where this deployment does not connect to.",
    }
    assert {problem.kind for problem in toolbox.problems} == {"unavailable"}
    answer = await toolbox.call({"tool_call_id": "c", "tool_name": "down__x", "args": {}}, limit_bytes=1000)
    assert answer.result == {"error": "Down: The server cannot be reached."}


async def test_closing_waits_for_no_server(known: Known, legacy: McpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    legacy.reset()
    monkeypatch.setattr("palaver.tools.sessions.CLOSE_SECONDS", 0.1)
    servers = known(server_config(legacy))
    toolbox = await servers.of_chat()
    hanging = asyncio.create_task(call(toolbox, "hang"))
    await eventually(lambda: bool(legacy.calls))
    await toolbox.aclose()
    assert (await hanging).is_error
    await eventually(lambda: not servers._reach._tasks)
    late = await call(toolbox, "echo", text="x")
    assert late.result == {"error": "The turn is over."}


SELECTIONS: dict[str, tuple[dict[str, Any], bool, str, bool]] = {
    "one that is chosen": ({}, True, "", True),
    "one that is not": ({}, False, "", False),
    "one that every chat has": ({"availability": "force_on"}, False, "", True),
    "one that clients preselect": ({"availability": "default_on"}, False, "", False),
    "one that is switched off": ({"enabled": False, "availability": "force_on"}, True, "", False),
    "in plan mode": ({}, True, "plan", False),
    "in plan mode, where it is allowed": ({"allow_in_plan_mode": True}, True, "plan", True),
}


@pytest.mark.parametrize(("changes", "chosen", "plan_mode", "is_used"), SELECTIONS.values(), ids=SELECTIONS)
async def test_which_servers_a_chat_has(
    known: Known, newest: McpServer, changes: dict[str, Any], chosen: bool, plan_mode: str, is_used: bool
) -> None:
    newest.reset()
    config = server_config(newest, **changes)
    toolbox = await known(config).open(Chat([config.id] if chosen else [], plan_mode))
    assert (toolbox is not None) == is_used
