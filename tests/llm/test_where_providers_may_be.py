"""Providers at addresses that the server does not connect to; redirects and names that change their mind."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from palaver.errors.provider import ProviderError
from palaver.llm.generation import ModelCaller
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.llm.conftest import WIRES, CallSettings, call, make_choice


@asynccontextmanager
async def calling(**settings: Any) -> AsyncIterator[ModelCaller]:
    caller = ModelCaller(CallSettings(**settings))
    yield caller
    await caller.close()


@pytest.mark.parametrize("wire", WIRES)
async def test_a_provider_in_a_private_network_is_not_called_and_the_error_says_why(wire: str, llm: LLMServer) -> None:
    async with calling(allow_private_networks=False) as caller:
        with pytest.raises(ProviderError) as failure:
            await call(caller, make_choice(wire, llm.url))
    assert (failure.value.kind, failure.value.retryable) == ("config", False)
    assert "127.0.0.1 is in a private network" in failure.value.detail
    assert not llm.requests


async def test_a_port_that_was_not_chosen_is_not_called(llm: LLMServer) -> None:
    async with calling(outgoing_ports=(443,)) as caller:
        with pytest.raises(ProviderError) as failure:
            await call(caller, make_choice("openai-compat", llm.url))
    assert failure.value.kind == "config"
    assert not llm.requests


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/meta-data", "ftp://127.0.0.1/x"])
async def test_a_redirect_is_held_to_the_same_rules(target: str) -> None:
    async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 307 Gone\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(redirect, "127.0.0.1", 0)
    async with server, calling() as caller:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(ProviderError) as failure:
            await call(caller, make_choice("openai-compat", url))
    assert (failure.value.kind, failure.value.retryable) == ("config", False)


async def test_a_name_is_asked_for_once_and_what_was_judged_is_connected_to(
    llm: LLMServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        # The second answer would lead somewhere else.
        address = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    llm.enqueue(Plan(text="one two"))
    async with calling() as caller:
        url = llm.url.replace("127.0.0.1", "rebinding.example")
        outcome = await call(caller, make_choice("openai-compat", url))
    assert outcome.live("text") == "one two"
    assert asked == ["rebinding.example"]
