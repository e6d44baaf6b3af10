"""The rate limits as a caller sees them."""

import time
import uuid

import pytest

from tests.api.chats import text, upload
from tests.support.world import CHATS, World

pytestmark = pytest.mark.settings(rate_limits="on", rate_limit_api=5, rate_limit_login=2, role="api")


@pytest.fixture(autouse=True)
def _one_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a test happens in the middle of one minute: at its end counts begin to fade."""
    moment = time.time() // 60 * 60 + 30
    monkeypatch.setattr(world.services.limiter, "_clock", lambda: moment)


async def test_limits_are_counted_per_user_and_operation(world: World) -> None:
    for left in (4, 3, 2, 1, 0):
        response = await world.alice.get(CHATS)
        assert response.status_code == 200
        assert response.headers["x-ratelimit-limit"] == "5"
        assert response.headers["x-ratelimit-remaining"] == str(left)
        assert int(response.headers["x-ratelimit-reset"]) % 60 == 0
    response = await world.alice.get(CHATS)
    words = "You've been rate limited for sending more than 5 requests in 1m0s."
    assert (response.status_code, response.json()) == (429, {"message": words})
    assert response.headers["x-ratelimit-remaining"] == "0"
    assert 1 <= int(response.headers["retry-after"]) <= 61
    # Another operation, another user: counted apart. One path with many ids is one operation.
    assert (await world.bob.get(CHATS)).status_code == 200
    statuses = [(await world.alice.get(f"{CHATS}/{uuid.uuid4()}")).status_code for _ in range(6)]
    assert statuses == [*[404] * 5, 429]


async def test_twelve_files_a_minute(world: World) -> None:
    statuses = [(await upload(world, name=f"{number}.txt")).status_code for number in range(13)]
    assert statuses == [*[201] * 12, 429]
    response = await upload(world)
    assert response.json()["message"].startswith("You've been rate limited for sending more than 12 requests")


async def test_anonymous_callers_are_counted_by_address(world: World) -> None:
    body = {"email": "nobody@example.com", "password": "x"}
    statuses = [(await world.anonymous.post("/api/v2/users/login", body)).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


async def test_owners_may_lift_the_limit_and_others_may_not_ask(world: World) -> None:
    bypass = {"X-Coder-Bypass-Ratelimit": "true"}
    statuses = {(await world.owner.get(CHATS, headers=bypass)).status_code for _ in range(8)}
    assert statuses == {200}
    response = await world.alice.get(CHATS, headers=bypass)
    assert (response.status_code, response.text.strip()) == (
        428,
        '"X-Coder-Bypass-Ratelimit" provided but user is not owner',
    )
    body = {"organization_id": world.facts.organization_id, "content": [text("a")]}
    assert (await world.bob.post(CHATS, body, headers=bypass)).status_code == 428
