"""Token, rate limit, refusals and faults, in their order; over HTTP and before a WebSocket is accepted."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from palaver.contract.edge import EdgeApp
from tests.contract_edge.conftest import ALICE, TOKEN, KnownTokens, client_of, sample_edge, sample_services

THING = "5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875"
HEADERS = {"Coder-Session-Token": TOKEN}


async def test_token_is_checked_before_the_request(anonymous: httpx.AsyncClient) -> None:
    response = await anonymous.get("/api/things/not-a-uuid")
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith('Bearer realm="coder", error="invalid_token"')
    assert response.json()["detail"] == 'Cookie "coder_session_token" or query parameter must be provided.'
    response = await anonymous.post("/api/things", content=b"{", headers={"Authorization": "Bearer wrong"})
    assert (response.status_code, response.json()["detail"]) == (401, "API key is invalid.")


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("", {"Coder-Session-Token": TOKEN}),
        ("", {"Authorization": f"bearer {TOKEN}"}),
        ("", {"Cookie": f"coder_session_token={TOKEN}"}),
        (f"?coder_session_token={TOKEN}", {}),
        (f"?access_token={TOKEN}", {}),
    ],
)
async def test_token_is_found_in_every_place(anonymous: httpx.AsyncClient, query: str, headers: dict[str, str]) -> None:
    response = await anonymous.get(f"/api/things{query}", headers=headers)
    assert (response.status_code, response.json()["user"]) == (200, "alice")


async def test_unsafe_request_with_only_the_cookie_is_refused_as_text(anonymous: httpx.AsyncClient) -> None:
    response = await anonymous.delete(f"/api/things/{THING}", headers={"Cookie": f"coder_session_token={TOKEN}"})
    assert (response.status_code, response.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert response.text.startswith("Something is wrong with your CSRF token.")


async def test_operation_without_security_needs_no_token(anonymous: httpx.AsyncClient) -> None:
    response = await anonymous.get("/api/ping", headers={"Coder-Session-Token": "nonsense"})
    assert (response.status_code, response.json()) == (200, {"actor": None, "ip": "127.0.0.1", "path": "/api/ping"})


async def test_refusal_of_a_handler_is_rendered(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/things/00000000-0000-0000-0000-000000000000")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/json; charset=utf-8")
    assert response.json() == {"message": "Resource not found or you do not have access to this resource"}


async def test_fault_is_500_with_the_request_id_and_no_more(anonymous: httpx.AsyncClient) -> None:
    response = await anonymous.post("/api/ping")
    assert response.status_code == 500
    assert response.json() == {
        "message": "An internal server error occurred.",
        "detail": f"Request ID: {response.headers['x-request-id']}",
    }


async def test_rate_limit_counts_per_operation_and_refuses_before_the_body_is_read() -> None:
    edge = sample_edge(sample_services(rate_limits="on", rate_limit_api=2))
    async with client_of(edge, **HEADERS) as client:
        first = await client.get("/api/things")
        assert (first.status_code, first.headers["x-ratelimit-limit"]) == (200, "2")
        assert first.headers["x-ratelimit-remaining"] == "1"
        refused_by_contract = await client.get("/api/things?limit=x")
        assert refused_by_contract.headers["x-ratelimit-remaining"] == "0"
        third = await client.get("/api/things?limit=x")
        assert (third.status_code, "retry-after" in third.headers) == (429, True)
        assert third.json() == {"message": "You've been rate limited for sending more than 2 requests in 1m0s."}
        assert (await client.get("/api/things/watch")).status_code == 200


async def test_bypass_header_is_for_owners() -> None:
    services = sample_services(rate_limits="on", rate_limit_api=1)
    headers = {**HEADERS, "X-Coder-Bypass-Ratelimit": "true"}
    async with client_of(sample_edge(services), **headers) as client:
        response = await client.get("/api/things")
        assert (response.status_code, response.headers["content-type"]) == (428, "text/plain; charset=utf-8")

    class Owner(KnownTokens):
        async def authenticate(self, presented: object) -> object:  # type: ignore[override]
            return replace(ALICE, roles=frozenset({"owner", "member"}))

    services.authenticator = Owner()
    async with client_of(sample_edge(services), **headers) as client:
        for _ in range(3):
            assert (await client.get("/api/things")).status_code == 200


async def test_stream_refused_before_its_first_message_is_an_ordinary_answer(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/things/watch", headers={"Last-Event-ID": "7"})
    assert (response.status_code, response.text) == (200, "data: 7\n\n")
    response = await client.get("/api/things/watch", headers={"Last-Event-ID": "lost"})
    assert response.status_code == 404


async def test_body_that_nobody_waits_for_ends_the_connection(anonymous: httpx.AsyncClient) -> None:
    refused = await anonymous.post("/api/things", content=b"{}", headers={"Expect": "100-continue"})
    assert (refused.status_code, refused.headers["connection"]) == (401, "close")
    refused = await anonymous.post("/api/things", content=b"{}")
    assert (refused.status_code, "connection" in refused.headers) == (401, False)
    read = await anonymous.post("/api/things", content=b"{", headers={**HEADERS, "Expect": "100-continue"})
    assert (read.status_code, "connection" in read.headers) == (400, False)


@asynccontextmanager
async def serving(edge: EdgeApp) -> AsyncIterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(edge, lifespan="on", log_level="warning", ws="websockets-sansio")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            while not server.started:
                await asyncio.sleep(0.01)
            yield f"127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await task


async def test_websocket_passes_the_same_gates() -> None:
    services = sample_services(rate_limits="on", rate_limit_api=4)
    async with serving(sample_edge(services)) as host:
        url = f"ws://{host}/api/things/watch"
        async with connect(url, additional_headers=HEADERS) as socket_:
            assert await socket_.recv() == "[/api/things/watch]"
            assert socket_.response is not None
            assert socket_.response.headers["x-coder-build-version"] == "v0.1.0-test"
        async with connect(f"{url}?coder_session_token={TOKEN}", origin=f"http://{host}") as socket_:  # type: ignore[arg-type]
            assert await socket_.recv() == "[/api/things/watch]"

        async def refused(address: str, status: int, **options: object) -> bytes:
            with pytest.raises(InvalidStatus) as caught:
                await connect(address, **options)  # type: ignore[arg-type]
            assert caught.value.response.status_code == status
            return bytes(caught.value.response.body or b"")

        assert b"signed out" in await refused(url, 401)
        assert b"Route not found." in await refused(f"ws://{host}/nowhere", 404)
        await refused(f"ws://{host}/api/files?organization=x", 405)
        body = await refused(url, 403, origin="http://elsewhere.example", additional_headers=HEADERS)
        assert b"is not authorized for host" in body
        # An operation that is no stream answers as it would over HTTP, before anything is accepted.
        assert b'"alice"' in await refused(f"ws://{host}/api/things", 200, additional_headers=HEADERS)
        for _ in range(2):
            async with connect(url, additional_headers=HEADERS):
                pass
        assert b"rate limited" in await refused(url, 429, additional_headers=HEADERS)


def test_server_does_not_start_without_a_handler() -> None:
    program = (
        "import uvicorn\n"
        "from tests.contract_edge.conftest import sample_edge\n"
        "uvicorn.run(sample_edge(handlers='lone_handlers'), port=0, lifespan='on')\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "needs one handler" in done.stderr
