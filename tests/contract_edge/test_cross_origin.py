"""Pages of other origins: what they may ask, what they may read, and what does not count for them."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import ValidationError

from palaver.contract.cross_origin import request_headers, response_headers
from palaver.contract.loader import Contract
from palaver.settings import Settings
from tests.contract_edge.conftest import TOKEN, client_of, sample_edge, sample_services

ORIGIN = "https://chat.example.com"
SECOND = "http://localhost:5173"


@pytest.fixture
async def page() -> AsyncIterator[httpx.AsyncClient]:
    """What a script of an allowed page sends."""
    services = sample_services(allowed_origins=f"{ORIGIN}, {SECOND}", access_url="https://palaver.example.com")
    async with client_of(sample_edge(services), Origin=ORIGIN) as client:
        yield client


def asked(method: str, *headers: str, origin: str = ORIGIN) -> dict[str, str]:
    """The header fields of a preflight."""
    named = {"Access-Control-Request-Headers": ", ".join(headers)} if headers else {}
    return {"Origin": origin, "Access-Control-Request-Method": method, **named}


async def test_preflight_allows_what_the_contract_takes(page: httpx.AsyncClient) -> None:
    sent = ("coder-session-token", "content-type", "idempotency-key")
    for origin in (ORIGIN, SECOND):
        answer = await page.options("/api/things", headers=asked("POST", *sent, origin=origin))
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == origin
        assert set(sent) <= set(answer.headers["access-control-allow-headers"].lower().split(", "))
        assert "PUT" in answer.headers["access-control-allow-methods"].split(", ")
        assert int(answer.headers["access-control-max-age"]) >= 600
        assert "Origin" in answer.headers["vary"]
        assert answer.headers["x-coder-build-version"] == "v0.1.0-test"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "request_",
    [
        asked("POST", origin="https://evil.example"),
        asked("POST", origin=f"{ORIGIN}.evil.example"),
        asked("POST", origin="http://chat.example.com"),
        asked("POST", origin="null"),
        asked("POST", "x-forwarded-for"),
        asked("POST", "x-csrf-token"),
        asked("TRACE"),
    ],
    ids=lambda request: " ".join(request.values()),
)
async def test_preflight_of_anything_else_is_refused(page: httpx.AsyncClient, request_: dict[str, str]) -> None:
    answer = await page.options("/api/things", headers=request_)
    assert answer.status_code == 400
    assert "access-control-allow-credentials" not in answer.headers


async def test_allowed_pages_read_answers_and_refusals_with_the_contracts_headers(page: httpx.AsyncClient) -> None:
    for headers, status in (({"Coder-Session-Token": TOKEN}, 200), ({}, 401)):
        answer = await page.get("/api/things", headers=headers)
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "X-Request-Id" in answer.headers["access-control-expose-headers"].split(", ")
        assert "access-control-allow-credentials" not in answer.headers
    stranger = await page.get("/api/things", headers={"Coder-Session-Token": TOKEN, "Origin": "https://evil.example"})
    assert stranger.status_code == 200  # it is the browser that keeps it from the page
    assert "access-control-allow-origin" not in stranger.headers
    assert "Origin" in stranger.headers["vary"]


async def test_cookies_count_for_own_pages_only(page: httpx.AsyncClient) -> None:
    cookie = {"Cookie": f"coder_session_token={TOKEN}"}
    for own in ("http://localhost", "https://palaver.example.com"):
        assert (await page.get("/api/things", headers=cookie | {"Origin": own})).status_code == 200
    assert (await page.get("/api/things", headers=cookie)).status_code == 401
    # And they are not in the token's way, as they would be: a cookie goes before a header.
    stale = {"Cookie": "coder_session_token=cccccccccc-dddddddddddddddddddddd", "Coder-Session-Token": TOKEN}
    assert (await page.get("/api/things", headers=stale)).status_code == 200


async def test_without_the_setting_no_page_may() -> None:
    async with client_of(sample_edge(), Origin=ORIGIN) as client:
        assert (await client.options("/api/things", headers=asked("POST"))).status_code == 405
        answer = await client.get("/api/things", headers={"Coder-Session-Token": TOKEN})
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_header_fields_are_those_of_the_contract() -> None:
    contract = Contract.load()
    assert request_headers(contract) == {
        *("Authorization", "Coder-Session-Token", "Content-Disposition"),
        *("Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID"),
    }
    wanted = {"Content-Disposition", "ETag", "Idempotent-Replayed", "Location", "Retry-After", "X-Request-Id"}
    assert wanted <= response_headers(contract)
    assert "Set-Cookie" not in response_headers(contract)


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "https://*.example.com",
        "null",
        "chat.example.com",
        "https://chat.example.com/",
        "https://chat.example.com/app",
        "https://Chat.example.com",
        "https://chat.example.com:443",
        "http://chat.example.com:80",
        "ftp://chat.example.com",
        f"{ORIGIN}, *",
    ],
)
def test_what_no_browser_writes_is_no_origin(value: str) -> None:
    with pytest.raises(ValidationError, match="is no origin as browsers write it"):
        Settings(allowed_origins=value)


def test_origins_are_listed_with_commas() -> None:
    assert Settings(allowed_origins=f" {ORIGIN},{SECOND} ,").other_origins == (ORIGIN, SECOND)
    assert Settings(allowed_origins="http://[::1]:8080").other_origins == ("http://[::1]:8080",)
    assert Settings().other_origins == ()
