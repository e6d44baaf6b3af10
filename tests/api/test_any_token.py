"""Any bytes, in any place where a token may stand, are refused with 401 and a reason of the contract."""

import asyncio
import re
from urllib.parse import quote_from_bytes, urlsplit

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.api.refusals import SIGNED_OUT
from tests.support.world import World

ME = "/api/v2/users/me"
ID, SECRET = b"a" * 10, b"b" * 22
PLACES = ("cookie", "query", "header", "bearer", "access token")
REASONS = re.compile(
    r'Cookie "coder_session_token" or query parameter must be provided\.'
    r"|Invalid API key format: incorrect amount of API key parts, expected 2 got (?:1|[3-9]|\d\d+)"
    r"|Invalid API key format: invalid API key ID length, expected 10 got \d+"
    r"|Invalid API key format: invalid API key secret length, expected 22 got \d+"
    r"|API key is invalid\."
    r"|API key secret is invalid\."
)
# What HTTP does not take in a header never reaches the server.
IN_A_HEADER = re.compile(rb"[^\t\x20-\x7e\x80-\xff]")


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that leave it as it was."""
    return shared_world


def tokens() -> st.SearchStrategy[bytes]:
    """Bytes without any form, and such as nearly have the right one."""
    part = st.one_of(st.binary(max_size=30), st.binary(min_size=10, max_size=10), st.binary(min_size=22, max_size=22))
    shaped = st.tuples(st.sampled_from([ID, b"KNOWN"]) | part, st.just(SECRET) | part).map(b"-".join)
    return st.one_of(st.binary(max_size=80), shaped, st.lists(part, max_size=4).map(b"-".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES), token=tokens())
@example("query", ID[:9] + b"\0-" + SECRET)
@example("query", b"KNOWN-" + SECRET)
@example("header", b"KNOWN-" + SECRET)
@example("cookie", b'"KNOWN-' + SECRET + b'"')
@example("bearer", b"\xff" * 10 + b"-" + b"\xff" * 22)
@example("access token", "ℵ".encode() * 3 + b"a-" + SECRET)
@example("header", b"")
async def test_any_bytes_are_refused(world: World, place: str, token: bytes) -> None:
    known = (world.alice.token or "").partition("-")[0].encode()
    token = token.replace(b"KNOWN", known)
    status, headers, body = await _ask(world.url, place, token)
    assert status == 401
    answer = orjson.loads(body)
    assert answer["message"] == SIGNED_OUT
    assert REASONS.fullmatch(answer["detail"]), answer
    challenge = 'Bearer realm="coder", error="invalid_token", error_description="The access token is invalid"'
    assert headers["www-authenticate"].startswith(challenge)


async def _ask(url: str, place: str, token: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send a request by hand: clients would not let such bytes through."""
    in_header = IN_A_HEADER.sub(b"", token)
    path, header = ME.encode(), b""
    if place in {"query", "access token"}:
        name = "coder_session_token" if place == "query" else "access_token"
        path += f"?{name}={quote_from_bytes(token, safe='')}".encode()
    elif place == "cookie":
        header = b"Cookie: coder_session_token=" + in_header + b"\r\n"
    elif place == "header":
        header = b"Coder-Session-Token: " + in_header + b"\r\n"
    else:
        header = b"Authorization: Bearer " + in_header + b"\r\n"
    address = urlsplit(url)
    async with asyncio.timeout(10):
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        head = f" HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n".encode()
        writer.write(b"GET " + path + head + header + b"\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
    start, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = start.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split()[1]), headers, body
