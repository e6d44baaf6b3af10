"""What holds for every operation: the token, unknown paths and methods, the common headers."""

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
from sqlalchemy import update

from models import ApiKey, User
from palaver import __version__
from tests.api.chats import narrowed, refusal
from tests.api.refusals import SIGNED_OUT
from tests.support.world import CHATS, World

ID, SECRET = "a" * 10, "b" * 22
ME = "/api/v2/users/me"


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that leave it as it was."""
    return shared_world


# ---- the token ----


@pytest.mark.parametrize(
    ("token", "detail"),
    [
        ("", 'Cookie "coder_session_token" or query parameter must be provided.'),
        ("abc", "Invalid API key format: incorrect amount of API key parts, expected 2 got 1"),
        ("a-b-c", "Invalid API key format: incorrect amount of API key parts, expected 2 got 3"),
        (f"abc-{SECRET}", "Invalid API key format: invalid API key ID length, expected 10 got 3"),
        (f"{ID}-abc", "Invalid API key format: invalid API key secret length, expected 22 got 3"),
        (f"{ID}-{SECRET}", "API key is invalid."),
        ("{known}-" + SECRET, "API key secret is invalid."),
    ],
)
async def test_a_token_that_does_not_hold_is_refused_with_the_reason(world: World, token: str, detail: str) -> None:
    known = (world.alice.token or "").partition("-")[0]
    headers = {"Coder-Session-Token": token.replace("{known}", known)}
    for method, path in (("GET", ME), ("GET", CHATS), ("POST", CHATS), ("GET", f"{CHATS}/abc")):
        response = await world.anonymous.request(method, path, headers=headers)
        assert refusal(response) == (401, SIGNED_OUT, detail)
        challenge = response.headers["www-authenticate"]
        assert challenge.startswith('Bearer realm="coder", error="invalid_token", error_description="The access token')
        assert f'resource_metadata="{world.url}/.well-known/oauth-protected-resource"' in challenge


async def test_an_expired_token_says_since_when(world: World) -> None:
    async with narrowed(world, "alice", "coder:all") as api:
        assert (await api.get(ME)).status_code == 200
        key_id = (api.token or "").partition("-")[0]
        moment = dt.datetime(2026, 8, 1, 12, 30, tzinfo=dt.UTC)
        async with world.services.database.begin() as conn:
            await conn.execute(update(ApiKey).where(ApiKey.id == key_id).values(expires_at=moment))
        world.forget_key(key_id)
        response = await api.get(ME)
    status, message, detail = refusal(response)
    assert (status, message) == (401, SIGNED_OUT)
    assert (detail or "").startswith('API key expired at "2026-08-01')
    assert 'error_description="The access token has expired"' in response.headers["www-authenticate"]


async def test_a_suspended_user_is_told(world: World) -> None:
    bob = uuid.UUID(world.facts.user_ids["bob"])
    for status, expected in (("suspended", 401), ("active", 200)):
        async with world.services.database.begin() as conn:
            await conn.execute(update(User).where(User.id == bob).values(status=status))
        world.forget_user(bob)
        response = await world.bob.get(ME)
        assert response.status_code == expected
        if expected == 401:
            words = 'User is not active (status = "suspended"). Contact an admin to reactivate your account.'
            assert response.json()["message"] == words


async def test_the_token_is_taken_from_the_first_place_that_has_one(world: World) -> None:
    alice, bob = world.alice.token or "", world.bob.token or ""
    places: list[dict[str, Any]] = [
        {"headers": {"Cookie": "coder_session_token={}"}},
        {"params": {"coder_session_token": "{}"}},
        {"headers": {"Coder-Session-Token": "{}"}},
        {"headers": {"Authorization": "bearer {}"}},
        {"params": {"access_token": "{}"}},
    ]

    def merged(*parts: tuple[dict[str, Any], str]) -> dict[str, Any]:
        options: dict[str, dict[str, str]] = {"headers": {}, "params": {}}
        for place, token in parts:
            for kind, values in place.items():
                options[kind] |= {key: value.format(token) for key, value in values.items()}
        return options

    for place in places:
        answer = await world.anonymous.get(ME, **merged((place, alice)))
        assert answer.json()["username"] == "alice"
    for first, second in itertools.pairwise(places):
        answer = await world.anonymous.get(ME, **merged((first, alice), (second, bob)))
        assert answer.json()["username"] == "alice"
        # A refused one is not replaced by a good one behind it.
        assert (await world.anonymous.get(ME, **merged((first, "bad"), (second, bob)))).status_code == 401


# ---- paths, methods, headers ----


async def test_unknown_paths_and_methods(world: World) -> None:
    for path in ("/", "/api", "/api/v2", f"{CHATS}/", "/api/experimental/chat", f"{CHATS}/{uuid.uuid4()}/nothing"):
        for api in (world.alice, world.anonymous):
            response = await api.get(path)
            assert (response.status_code, response.json()) == (404, {"message": "Route not found."})
    for method, path, allowed in (
        ("DELETE", CHATS, "GET, POST"),
        ("PUT", f"{CHATS}/{uuid.uuid4()}", "DELETE, GET, PATCH"),
        ("GET", f"{CHATS}/abc/interrupt", "POST"),
        ("POST", f"{CHATS}/abc/queue/1", "DELETE, PATCH"),
        ("GET", f"{CHATS}/files", "POST"),
    ):
        response = await world.anonymous.request(method, path)
        assert (response.status_code, response.content, response.headers["allow"]) == (405, b"", allowed)


async def test_every_answer_carries_the_common_headers(world: World) -> None:
    requests = [
        (world.alice, "GET", CHATS, 200),
        (world.alice, "POST", CHATS, 400),
        (world.anonymous, "GET", CHATS, 401),
        (world.alice, "GET", f"{CHATS}/{uuid.uuid4()}", 404),
        (world.alice, "GET", "/nothing", 404),
        (world.alice, "DELETE", CHATS, 405),
        (world.anonymous, "GET", "/healthz", 200),
    ]
    seen = set()
    for api, method, path, status in requests:
        response = await api.request(method, path)
        assert response.status_code == status
        assert response.headers["x-coder-build-version"].removeprefix("v").startswith(__version__)
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "server" not in response.headers
        seen.add(response.headers["x-request-id"])
    assert len(seen) == len(requests)


async def test_json_is_compact_and_ends_with_a_newline(world: World) -> None:
    response = await world.alice.get(f"{CHATS}/abc")
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.content == b'{"message":"Invalid UUID \\"abc\\".","detail":"invalid UUID length: 3"}\n'


async def test_doubled_slashes_are_tolerated(world: World) -> None:
    assert (await world.alice.get("/api//experimental///chats")).status_code == 200


async def test_the_body_is_taken_as_json_whatever_its_content_type(world: World) -> None:
    raw = b'{"content": 1, "content": [{"type": "text", "text": "a"}], "organization_id": "%s", "more": 1} trailing'
    body = raw % world.facts.organization_id.encode()
    for media_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = {"Content-Type": media_type} if media_type else {}
        response = await world.alice.request("POST", CHATS, content=body, headers=headers)
        assert response.status_code == 201, response.text
