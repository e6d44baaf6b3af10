"""Logging in and out."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select, update

from models import ApiKey, User
from tests.support.contract_checker import CheckedTransport
from tests.support.plain_http import plain_transport
from tests.support.world import CHATS, PASSWORD, World

LOGIN = "/api/v2/users/login"
ALICE = {"email": "alice@example.com", "password": PASSWORD}


async def _change(world: World, username: str, **values: object) -> None:
    async with world.services.database.begin() as conn:
        await conn.execute(update(User).where(User.username == username).values(**values))


async def test_a_login_opens_a_session_and_sets_the_cookie(world: World) -> None:
    answer = await world.anonymous.post(LOGIN, {**ALICE, "email": "Alice@Example.COM"})
    assert answer.status_code == 201
    token = answer.json()["session_token"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"coder_session_token={token}; Path=/; Max-Age=31536000; HttpOnly")
    alice = world.anonymous.as_user(token)
    assert (await alice.get("/api/v2/users/me")).json()["username"] == "alice"
    await alice.close()


async def test_a_wrong_password_and_an_unknown_address_look_alike(world: World) -> None:
    for body in ({**ALICE, "password": "wrong"}, {**ALICE, "email": "nobody@example.com"}):
        answer = await world.anonymous.post(LOGIN, body)
        assert answer.status_code == 401
        assert answer.json() == {"message": "Incorrect email or password."}


@pytest.mark.parametrize(
    ("body", "field", "tag"),
    [
        ({**ALICE, "email": "alice"}, "email", "email"),
        ({**ALICE, "email": None}, "email", "required"),
        ({**ALICE, "password": ""}, "password", "required"),
    ],
)
async def test_a_malformed_login_is_told_by_field(world: World, body: dict[str, str], field: str, tag: str) -> None:
    answer = await world.anonymous.post(LOGIN, body)
    assert answer.status_code == 400
    validation = answer.json()["validations"][0]
    assert validation["field"] == field
    assert validation["detail"].startswith(f'Validation failed for tag "{tag}"')


async def test_a_suspended_user_is_refused_only_with_the_right_password(world: World) -> None:
    await _change(world, "alice", status="suspended")
    answer = await world.anonymous.post(LOGIN, ALICE)
    assert answer.status_code == 401
    assert answer.json() == {"message": "Your account is suspended. Contact an admin to reactivate your account."}
    wrong = await world.anonymous.post(LOGIN, {**ALICE, "password": "wrong"})
    assert wrong.json() == {"message": "Incorrect email or password."}


async def test_a_user_of_another_login_type_is_refused(world: World) -> None:
    await _change(world, "alice", login_type="oidc")
    answer = await world.anonymous.post(LOGIN, ALICE)
    assert answer.status_code == 403
    assert answer.json() == {
        "message": 'Incorrect login type, attempting to use "password" but user is of login type "oidc"'
    }


async def test_a_dormant_user_becomes_active(world: World) -> None:
    await _change(world, "alice", status="dormant")
    assert (await world.anonymous.post(LOGIN, ALICE)).status_code == 201
    async with world.services.database.connect() as conn:
        assert await conn.scalar(select(User.status).where(User.username == "alice")) == "active"


@pytest.mark.settings(disable_password_auth=True)
async def test_with_passwords_switched_off_only_owners_log_in(world: World) -> None:
    answer = await world.anonymous.post(LOGIN, ALICE)
    assert answer.status_code == 403
    assert answer.json() == {"message": "Password authentication is disabled."}
    assert (await world.anonymous.post(LOGIN, {**ALICE, "email": "owner@example.com"})).status_code == 201
    user = {"email": "new@example.com", "username": "newbie", "password": PASSWORD}
    created = await world.owner.post("/api/v2/users", {**user, "organization_ids": [world.facts.organization_id]})
    assert created.status_code == 403
    assert created.json()["message"].startswith("Password based authentication is disabled!")


async def test_a_logout_ends_this_session_at_once_and_no_other(world: World) -> None:
    other = (await world.anonymous.post(LOGIN, ALICE)).json()["session_token"]
    session = world.anonymous.as_user(other)
    assert (await session.get("/api/v2/users/me")).status_code == 200
    answer = await session.post("/api/v2/users/logout")
    assert (answer.status_code, answer.json()) == (200, {"message": "Logged out!"})
    assert answer.headers["set-cookie"].startswith("coder_session_token=; Path=/; Max-Age=-1")
    refused = await session.get("/api/v2/users/me")
    await session.close()
    assert refused.status_code == 401
    assert refused.json()["detail"] == "API key is invalid."
    assert (await world.alice.get("/api/v2/users/me")).status_code == 200
    async with world.services.database.connect() as conn:
        assert await conn.scalar(select(ApiKey.id).where(ApiKey.id == other.partition("-")[0])) is None


async def test_a_logout_needs_a_session(world: World) -> None:
    assert (await world.anonymous.post("/api/v2/users/logout")).status_code == 401


async def test_a_cookie_alone_does_not_log_out(world: World) -> None:
    cookie = {"Cookie": f"coder_session_token={world.alice.token}"}
    answer = await world.anonymous.post("/api/v2/users/logout", headers=cookie)
    assert answer.status_code == 400
    assert answer.text.startswith("Something is wrong with your CSRF token.")


# ---- a browser: it keeps cookies and sends nothing else by itself ----


@pytest_asyncio.fixture
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is known by its cookies alone, logged in as alice."""
    transport = CheckedTransport(plain_transport(), world.checker)
    async with httpx.AsyncClient(base_url=world.url, transport=transport) as client:
        assert (await client.post(LOGIN, json=ALICE)).status_code == 201
        yield client


async def test_a_browser_acts_with_the_token_from_its_readable_cookie(world: World, browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/api/v2/users/me")).json()["username"] == "alice"
    body = {"organization_id": world.facts.organization_id, "content": [{"type": "text", "text": "hello"}]}
    proof = {"X-CSRF-TOKEN": browser.cookies["csrf_token"]}
    assert (await browser.post(CHATS, json=body, headers=proof)).status_code == 201


@pytest.mark.parametrize("proof", [{}, {"X-CSRF-TOKEN": "0" * 64}], ids=["none", "wrong"])
async def test_a_browser_is_refused_without_that_proof(
    world: World, browser: httpx.AsyncClient, proof: dict[str, str]
) -> None:
    body = {"organization_id": world.facts.organization_id, "content": [{"type": "text", "text": "hello"}]}
    refused = await browser.post(CHATS, json=body, headers=proof)
    assert (refused.status_code, refused.headers["content-type"].partition(";")[0]) == (400, "text/plain")
    assert refused.text.startswith("Something is wrong with your CSRF token.")
    other = {"Coder-Session-Token": world.bob.token or ""}
    refused = await browser.post(CHATS, json=body, headers={**proof, **other})
    assert refused.text.startswith('CSRF error encountered. Authentication via "coder_session_token" cookie and')


async def test_a_logout_takes_both_cookies(browser: httpx.AsyncClient) -> None:
    proof = {"X-CSRF-TOKEN": browser.cookies["csrf_token"]}
    assert (await browser.post("/api/v2/users/logout", headers=proof)).status_code == 200
    assert not browser.cookies


async def test_the_readable_cookie_does_not_tell_the_session(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(LOGIN, json=ALICE, headers={"X-CSRF-TOKEN": browser.cookies["csrf_token"]})
    session, csrf = answer.headers.get_list("set-cookie")
    assert "HttpOnly" in session
    assert csrf.startswith("csrf_token=")
    assert "HttpOnly" not in csrf
    assert answer.json()["session_token"] not in csrf


async def test_the_first_user_needs_no_proof_whatever_the_slashes(browser: httpx.AsyncClient) -> None:
    # A browser may still hold the cookie of a server that stood at this address before.
    body = {"email": "x@example.com", "username": "x", "password": PASSWORD}
    for path in ("/api/v2/users/first", "/api//v2//users/first"):
        refused = await browser.post(path, json=body)
        assert refused.json() == {"message": "The initial user has already been created."}
