"""What every operation can be refused for, before or whatever it does: each is, in the words of the contract."""

import re
import time
from uuid import UUID

import pytest

from tests.api.chats import refusal
from tests.contract.operations import Operation, examples_of, operations
from tests.postgres import Cluster, drop_database
from tests.support.api import Api
from tests.support.world import World

LIMITED = pytest.mark.settings(rate_limits="on", rate_limit_api=1, rate_limit_login=1, rate_limit_files=1, role="api")
ADDRESS = "127.0.0.1"
LARGEST = 1_024
"""What a body may have in these tests, where the operation has no cap of its own."""
ASKS_NOTHING = {"openid-connect-callback", "get-authentication-methods", "validate-user-password"}
"""What answers without the database."""


def address_of(operation: Operation) -> str:
    """A path of the operation, about nothing that is there."""
    return re.sub(r"{\w+}", "x", operation.path)


def caller_of(world: World, operation: Operation) -> Api:
    """A member, or nobody where no token is looked at."""
    return world.anonymous if operation.public else world.alice


@LIMITED
async def test_the_second_request_of_a_minute_is_refused_where_one_is_allowed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = time.time() // 60 * 60 + 30
    monkeypatch.setattr(world.services.limiter, "_clock", lambda: moment)
    alice = UUID(world.facts.user_ids["alice"])
    for operation in operations():
        # As the first request would have been; it may sign its caller out.
        world.services.limiter.check(ADDRESS if operation.public else alice, operation.operation_id, 1)
        response = await caller_of(world, operation).request(operation.method.upper(), address_of(operation))
        words = "You've been rate limited for sending more than 1 requests in 1m0s."
        assert refusal(response) == (429, words, None), operation.operation_id
        assert 1 <= int(response.headers["retry-after"]) <= 61


@LIMITED
async def test_only_site_owners_may_ask_not_to_be_counted(world: World) -> None:
    for operation in operations():
        if operation.public:
            continue
        response = await world.alice.request(
            operation.method.upper(), address_of(operation), headers={"X-Coder-Bypass-Ratelimit": "true"}
        )
        assert response.status_code == 428, operation.operation_id
        assert response.text.strip() == '"X-Coder-Bypass-Ratelimit" provided but user is not owner'


@pytest.mark.settings(role="api")
async def test_a_cookie_alone_vouches_for_nothing_that_changes(world: World) -> None:
    cookie = {"Cookie": f"coder_session_token={world.alice.token}"}
    for operation in operations():
        if operation.method == "get" or operation.operation_id == "create-initial-user":
            continue
        response = await world.anonymous.request(operation.method.upper(), address_of(operation), headers=cookie)
        assert response.status_code == 400, operation.operation_id
        assert response.text.startswith("Something is wrong with your CSRF token."), operation.operation_id


@pytest.mark.settings(body_limit_bytes=LARGEST, role="api")
async def test_a_body_above_the_cap_is_refused_before_anything_in_it_is_looked_at(world: World) -> None:
    for operation in operations():
        if operation.body is None:
            continue
        body = b"{" * (operation.definition.get("x-body-limit", LARGEST) + 1)
        response = await caller_of(world, operation).request(
            operation.method.upper(), address_of(operation), content=body
        )
        assert refusal(response)[:2] == (413, "Request body too large."), operation.operation_id


@pytest.mark.settings(role="api")
async def test_without_its_database_every_operation_that_asks_it_says_so(world: World, postgres: Cluster) -> None:
    await drop_database(postgres, str(world.services.settings.database_url))
    answered = set()
    for operation in operations():
        world.forget_user(UUID(world.facts.user_ids["alice"]))
        body = next(iter(examples_of(operation.body).values())) if operation.public and operation.body else None
        response = await caller_of(world, operation).request(
            operation.method.upper(), address_of(operation), **({} if body is None else {"json": body})
        )
        if response.status_code != 500:
            answered.add(operation.operation_id)
        elif not operation.public:
            assert response.json()["message"].startswith("An internal error occurred."), operation.operation_id
    assert answered == ASKS_NOTHING
