"""Credentials of a chat's owner, on their way to the one server that they are for."""

import asyncio
import json
import socket
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from palaver.errors.tools import SignInRequired
from tests.llm.conftest import eventually
from tests.support.mcp import McpServer, server_config
from tests.tools.conftest import Chat, Known, Owners, Settings, call


@pytest.fixture(params=("newest", "legacy", "sse"))
def server(request: pytest.FixtureRequest) -> McpServer:
    """A server, over each transport."""
    server: McpServer = request.getfixturevalue(request.param)
    server.reset()
    return server


async def test_each_request_carries_the_credentials_of_its_chats_owner(server: McpServer, known: Known) -> None:
    config = server_config(server, forward_coder_headers=True)
    servers = known(config)
    for chat in (Chat([config.id]), Chat([config.id])):
        server.requests.clear()
        toolbox = await servers.open(chat)
        assert toolbox is not None
        await asyncio.gather(call(toolbox, "echo", text="x"), call(toolbox, "add", a=1, b=1))
        assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {chat.owner_id}"}
        assert {request.headers["user-agent"].partition("/")[0] for request in server.requests} == {"palaver"}
        assert {request.headers["x-coder-chat-id"] for request in server.requests} == {str(chat.id)}
        await toolbox.aclose()
        await eventually(lambda: not servers._reach._tasks)


async def test_a_refused_token_is_replaced_once_for_the_same_request(
    server: McpServer, known: Known, owners: Owners
) -> None:
    toolbox = await known(server_config(server, auth_type="oauth2")).of_chat()
    server.token = "fresh"
    owners.tokens = ["fresh"]
    owners.asked.clear()
    assert (await call(toolbox, "echo", text="x")).result == "x"
    ((owner_id, stale),) = owners.asked
    assert stale == f"Bearer {owner_id}"


async def test_who_has_to_sign_in_again_is_told_in_mid_turn(server: McpServer, known: Known, owners: Owners) -> None:
    toolbox = await known(server_config(server, auth_type="oauth2")).of_chat()
    assert toolbox.problems == []
    server.token = "another"
    owners.problem = SignInRequired
    answer = await call(toolbox, "echo", text="x")
    assert answer.result == {"error": "Connect Test tools to use its tools."}
    assert [(problem.slug, problem.kind) for problem in toolbox.problems] == [("test", "sign_in_required")]
    owners.problem, owners.tokens = None, ["another", "another"]
    assert (await call(toolbox, "echo", text="x")).result == "x"
    assert toolbox.problems == []


async def test_a_server_that_refuses_every_token_wants_a_sign_in(server: McpServer, known: Known) -> None:
    server.token = "nobody's"
    toolbox = await known(server_config(server, auth_type="oauth2")).of_chat()
    assert (toolbox.tools, [problem.kind for problem in toolbox.problems]) == ({}, ["sign_in_required"])
    toolbox = await known(server_config(server, auth_type="api_key")).of_chat()
    assert [problem.kind for problem in toolbox.problems] == ["unavailable"]


async def test_who_has_no_credentials_connects_to_nothing(server: McpServer, known: Known, owners: Owners) -> None:
    owners.problem = SignInRequired
    toolbox = await known(server_config(server)).of_chat()
    assert [problem.message for problem in toolbox.problems] == ["Connect Test tools to use its tools."]
    assert not server.requests


async def test_what_a_server_repeats_of_its_credentials_is_taken_out(
    server: McpServer, known: Known, owners: Owners
) -> None:
    toolbox = await known(server_config(server, forward_coder_headers=True)).of_chat()
    ((owner_id, _), *_) = owners.asked
    told = await call(toolbox, "whoami")
    assert json.loads(told.result)["authorization"] == "Bearer …"
    assert json.loads(told.result)["x-coder-owner-id"] == "…"  # the same here, and a credential nonetheless
    assert str(owner_id) not in str(told.result)
    assert (await call(toolbox, "echo", text=f"{owner_id}")).result == "…"
    assert (await call(toolbox, "echo", text="Bearer of news")).result == "Bearer of news"


async def test_what_a_server_repeats_in_refusing_a_session_is_taken_out(known: Known, owners: Owners) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        token = head.lower().partition("authorization: ")[2].partition("\r\n")[0]
        error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": f"I know no {token}"}}
        body = json.dumps(error).encode()
        writer.write(b"HTTP/1.1 400 No\r\nContent-Type: application/json\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        toolbox = await known(server_config(url=f"http://127.0.0.1:{port}/mcp")).of_chat()
    assert [problem.message for problem in toolbox.problems] == ["The server refuses the session: I know no bearer …"]


async def test_credentials_that_cannot_be_had_are_no_failed_turn(
    server: McpServer, known: Known, owners: Owners
) -> None:
    servers = known(server_config(server))
    toolbox = await servers.of_chat()
    owners.problem = lambda config: RuntimeError("nobody expects this")
    lost = await servers.of_chat()
    assert [problem.message for problem in lost.problems] == ["The server cannot be used."]
    for connection in toolbox._connections:
        connection._drop(connection._session)  # type: ignore[arg-type]
    answer = await call(toolbox, "echo", text="x")
    assert answer.result == {"error": "The server cannot be used."}
    owners.problem = None
    assert (await call(toolbox, "echo", text="x")).result == "x"


@asynccontextmanager
async def redirecting(target: str, status: int = 307) -> AsyncIterator[str]:
    """A server that sends everybody elsewhere; gives its address."""

    async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status} Moved\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(redirect, "127.0.0.1", 0)
    async with listener:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/mcp"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_leads_credentials_to_another_origin(server: McpServer, known: Known, status: int) -> None:
    async with redirecting(server.url, status) as url:
        toolbox = await known(replace(server_config(server), url=url)).of_chat()
    assert [problem.message for problem in toolbox.problems] == [
        "The server sends elsewhere, where its credentials are not for."
    ]
    assert not server.requests


async def test_a_redirect_within_the_origin_is_followed(known: Known, newest: McpServer) -> None:
    newest.reset()
    newest.redirects = {"/moved": "/mcp"}
    toolbox = await known(server_config(newest, url=newest.url.replace("/mcp", "/moved"))).of_chat()
    assert (await call(toolbox, "echo", text="x")).result == "x"


async def test_the_policy_is_asked_before_each_request(known: Known, newest: McpServer) -> None:
    newest.reset()
    for settings in (Settings(allow_private_networks=False), Settings(outgoing_ports=(443,))):
        toolbox = await known(server_config(newest), settings=settings).of_chat()
        assert [problem.message for problem in toolbox.problems] == [
            "The server is where this deployment does not connect to."
        ]
    assert not newest.requests


ADDRESSES = (
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "169.254.169.254",
    "[fe80::1]",
    "0.0.0.0",
    "100.100.100.200",
)


@pytest.mark.parametrize("host", ADDRESSES)
async def test_addresses_that_nothing_is_ever_connected_to(known: Known, owners: Owners, host: str) -> None:
    toolbox = await known(server_config(url=f"http://{host}/mcp")).of_chat()
    assert [problem.message for problem in toolbox.problems] == [
        "The server is where this deployment does not connect to."
    ]


async def test_a_name_is_asked_for_at_each_connection_and_what_was_judged_is_connected_to(
    known: Known, newest: McpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest.reset()
    answers = ["127.0.0.1", "169.254.169.254"]

    async def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        assert host == "rebinding.example"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    monkeypatch.setattr("palaver.tools.reach.MAX_IDLE_CONNECTIONS", 0)
    url = newest.url.replace("127.0.0.1", "rebinding.example")
    toolbox = await known(server_config(newest, url=url)).of_chat()
    assert (answers, len(newest.requests)) == ([], 1)
    assert [problem.message for problem in toolbox.problems] == [
        "The server is where this deployment does not connect to."
    ]


async def test_a_proxy_that_the_environment_names_is_used(
    known: Known, newest: McpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest.reset()
    proxy = newest.url.removesuffix("/mcp")
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setenv("no_proxy", "")
    toolbox = await known(server_config(newest, url="http://localhost:1/mcp")).of_chat()
    assert (await call(toolbox, "echo", text="x")).result == "x"


async def test_sessions_of_two_owners_share_nothing(known: Known, legacy: McpServer) -> None:
    legacy.reset()
    config = server_config(legacy)
    servers = known(config)
    chats = [Chat([config.id], id=uuid.uuid4()) for _ in range(2)]
    toolboxes = [await servers.open(chat) for chat in chats]
    seen: dict[str, set[str]] = {}
    for toolbox in toolboxes:
        assert toolbox is not None
        await call(toolbox, "echo", text="x")
    for request in legacy.requests:
        if session := request.headers.get("mcp-session-id"):
            seen.setdefault(session, set()).add(request.headers["authorization"])
    assert sorted(map(len, seen.values())) == [1, 1]
