"""Connecting to an MCP server behind a real authorization server: there, back, and away again."""

import asyncio
import base64
import hashlib
import re
import time
import uuid
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from starlette.responses import JSONResponse

from palaver.errors.tools import SignInRequired
from palaver.tools.oauth import sign_in
from tests.mcp_oauth.conftest import SERVERS, Person, body_of, made, stored
from tests.support.authorization_server import AuthorizationServer
from tests.support.browser import Browser
from tests.support.contract_checker import ResponseChecker
from tests.support.openid_provider import query_of
from tests.support.world import PASSWORD, World, random_id

STATE = "Invalid or missing OAuth2 state parameter."
EXCHANGE = "Failed to exchange authorization code for token."


@pytest.fixture
def world(shared_world: World) -> World:
    """The world of this module's tests, each of which brings servers of its own."""
    return shared_world


@pytest.fixture
async def server_id(world: World, protector: AuthorizationServer) -> str:
    """A server whose users connect, found by discovery."""
    server: str = (await made(world, body_of(protector)))["id"]
    return server


async def _token(world: World, server_id: str, person: Person) -> str:
    """The token that tools are called with for this person."""
    headers = await world.services.credentials.headers(await stored(world, server_id), person.id)
    assert headers.keys() == {"Authorization"}
    return headers["Authorization"].removeprefix("Bearer ")


async def _rows(world: World, server_id: str) -> int:
    async with world.services.database.connect() as conn:
        count = "SELECT count(*) FROM mcp_user_tokens WHERE server_id = :id"
        return int(await conn.scalar(text(count), {"id": uuid.UUID(server_id)}))


async def _refused(person: Person, address: str, message: str, status: int = 400) -> Any:
    answer = await person.browser.get(address)
    assert answer.status_code == status, answer.text
    assert answer.json()["message"] == message
    return answer.json()


async def test_users_connect_each_to_an_account_of_their_own(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person, bob: Person
) -> None:
    assert not await alice.is_connected(server_id)
    await alice.connect(server_id, protector)
    assert await alice.is_connected(server_id)
    assert not await bob.is_connected(server_id)
    with pytest.raises(SignInRequired):
        await _token(world, server_id, bob)
    await bob.connect(server_id, protector)
    assert await _token(world, server_id, alice) != await _token(world, server_id, bob)
    listed = {server["id"]: server for server in (await world.alice.get(SERVERS)).json()}
    assert listed[server_id]["auth_connected"] is True
    assert "oauth2_client_id" not in listed[server_id]


async def test_tokens_are_stored_as_ciphertext(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    await alice.connect(server_id, protector)
    token = await _token(world, server_id, alice)
    async with world.services.database.connect() as conn:
        which = {"id": uuid.UUID(server_id)}
        row = (await conn.execute(text("SELECT * FROM mcp_user_tokens WHERE server_id = :id"), which)).one()
    assert world.services.secrets.decrypt(row.access_token) == token
    assert world.services.secrets.decrypt(row.refresh_token) not in str(row)
    assert token not in str(row)
    assert row.refused_at is None


async def test_the_browser_is_sent_with_everything_that_binds_the_answer(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    begun = await alice.browser.get(f"{SERVERS}/{server_id}/oauth2/connect")
    query = query_of(begun.headers["location"])
    state, challenge = query.pop("state"), query.pop("code_challenge")
    client = (await world.owner.get(f"{SERVERS}/{server_id}")).json()["oauth2_client_id"]
    callback = f"{SERVERS}/{server_id}/oauth2/callback"
    assert query == {
        "response_type": "code",
        "client_id": client,
        "redirect_uri": f"{world.url}{callback}",
        "code_challenge_method": "S256",
        "scope": "tools offline_access",
        "prompt": "consent",
        "resource": protector.mcp_url,
    }
    assert len(challenge) == 43
    cookies = dict(value.split("=", 1) for value in begun.headers.get_list("set-cookie"))
    assert cookies.keys() == {f"mcp_oauth2_state_{server_id}", f"mcp_oauth2_verifier_{server_id}"}
    for value in cookies.values():
        assert value.split("; ")[1:] == [f"Path={callback}", "Max-Age=600", "HttpOnly", "SameSite=Lax"]
    assert cookies[f"mcp_oauth2_state_{server_id}"].startswith(f"{state};")


async def test_the_page_in_the_end_tells_its_opener_and_runs_nothing_else(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    answer = await alice.browser.get(await alice.depart(server_id, protector))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'data-server="{server_id}"' in answer.text
    assert "Tools &amp; more is connected" in answer.text
    (script,) = re.findall(r"<script>(.*)</script>", answer.text)
    assert '"mcp-oauth2-complete", serverID' in script
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert policy == f"default-src 'none'; script-src 'sha256-{digest}'; frame-ancestors 'none'"
    assert alice.browser.cookie(f"mcp_oauth2_verifier_{server_id}") is None


async def test_a_configured_address_keeps_its_own_parameters(
    world: World, protector: AuthorizationServer, alice: Person
) -> None:
    manual = {
        "oauth2_client_id": "by hand",
        "oauth2_auth_url": f"{protector.issuer}/authorization?access_type=offline#part",
        "oauth2_token_url": f"{protector.issuer}/token",
        "oauth2_scopes": "read, write",
    }
    server_id = (await made(world, body_of(protector, **manual)))["id"]
    location = (await alice.browser.get(f"{SERVERS}/{server_id}/oauth2/connect")).headers["location"]
    query = query_of(location)
    assert (query["access_type"], query["client_id"], query["scope"]) == ("offline", "by hand", "read write")
    assert query.keys() & {"resource", "prompt"} == set()
    assert "#" not in location
    assert protector.requests == {}


async def test_an_answer_with_a_forged_state_is_refused(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    back = await alice.depart(server_id, protector)
    state = query_of(back)["state"]
    for other in (state[:-1], "x" * len(state), ""):
        await _refused(alice, back.replace(state, other), STATE)
    assert await _rows(world, server_id) == 0
    assert "/token" not in protector.requests
    assert (await alice.browser.get(back)).status_code == 200  # which took nothing from the real one


async def test_an_answer_counts_once(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    back = await alice.depart(server_id, protector)
    names = [sign_in.state_cookie(uuid.UUID(server_id)), sign_in.verifier_cookie(uuid.UUID(server_id))]
    kept = "; ".join(f"{name}={alice.browser.cookie(name)}" for name in names)
    headers = {"Cookie": kept, "Coder-Session-Token": world.facts.tokens["alice"]}
    alice.browser.client.cookies.clear()
    answers = await asyncio.gather(*(alice.browser.get(back, headers=headers) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400]
    assert protector.requests["/token"] == 1


async def test_another_user_cannot_come_back_with_somebodys_answer(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person, bob: Person
) -> None:
    back = await alice.depart(server_id, protector)
    await _refused(bob, back, STATE)
    bob.browser.client.cookies.update(alice.browser.client.cookies)
    bob.enter(world.facts.tokens["bob"])
    await _refused(bob, back, STATE)
    assert await _rows(world, server_id) == 0


async def test_another_session_of_the_same_user_cannot_come_back(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    back = await alice.depart(server_id, protector)
    body = {"email": "alice@example.com", "password": PASSWORD}
    alice.enter((await world.anonymous.post("/api/v2/users/login", body)).json()["session_token"])
    await _refused(alice, back, STATE)


async def test_an_answer_that_took_too_long_is_refused(
    server_id: str, protector: AuthorizationServer, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = await alice.depart(server_id, protector)
    later = time.time() + sign_in.SECONDS
    monkeypatch.setattr(sign_in.time, "time", lambda: later)
    await _refused(alice, back, STATE)


async def test_an_answer_is_good_for_its_own_server_only(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    other = (await made(world, body_of(protector)))["id"]
    back = await alice.depart(server_id, protector)
    for make in (sign_in.state_cookie, sign_in.verifier_cookie):
        value = alice.browser.cookie(make(uuid.UUID(server_id)))
        alice.browser.client.cookies.set(make(uuid.UUID(other)), str(value), domain="127.0.0.1")
    await _refused(alice, back.replace(server_id, other), STATE)
    assert await _rows(world, other) == 0


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(JSONResponse({"error": "invalid_grant"}, 400), id="refused"),
        pytest.param(JSONResponse({"error": "server_error"}, 500), id="broken"),
        pytest.param(JSONResponse({"error": "bad_verification_code"}, 200), id="refused-as-success"),
        pytest.param(JSONResponse({"access_token": "", "token_type": "bearer"}), id="empty"),
        pytest.param(JSONResponse({"access_token": "line\r\nbreak", "token_type": "bearer"}), id="unsendable"),
        pytest.param(JSONResponse({"access_token": "proof-of-possession", "token_type": "DPoP"}), id="not-bearer"),
        pytest.param(JSONResponse({"access_token": "x" * 300_000, "token_type": "bearer"}), id="flood"),
        pytest.param(JSONResponse({}, 307, {"Location": "http://127.0.0.1:9/token"}), id="redirect"),
    ],
)
async def test_a_code_that_is_refused_connects_nobody(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person, answer: JSONResponse
) -> None:
    protector.instead = lambda _: answer
    told = await _refused(alice, await alice.depart(server_id, protector), EXCHANGE, 502)
    assert told["detail"] == "The OAuth2 token exchange with the upstream provider failed."
    assert await _rows(world, server_id) == 0


async def test_who_is_connected_can_connect_anew(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    await alice.connect(server_id, protector)
    first = await _token(world, server_id, alice)
    await alice.connect(server_id, protector)
    assert await _token(world, server_id, alice) != first
    assert await _rows(world, server_id) == 1


# ---- the end of a connection ----


async def test_who_disconnects_has_no_token_and_it_is_revoked(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person, bob: Person
) -> None:
    for person in (alice, bob):
        await person.connect(server_id, protector)
    assert await alice.disconnect(server_id) == {"token_revoked": True}
    hints = [form["token_type_hint"] for form in protector.forms if "token_type_hint" in form]
    assert hints == ["refresh_token", "access_token"]
    assert not await alice.is_connected(server_id)
    assert await bob.is_connected(server_id)
    with pytest.raises(SignInRequired):
        await _token(world, server_id, alice)
    assert await alice.disconnect(server_id) == {"token_revoked": False}


async def test_a_refused_revocation_ends_the_connection_all_the_same(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    await alice.connect(server_id, protector)
    protector.refuses_revocation = True
    told = await alice.disconnect(server_id)
    assert told == {
        "token_revoked": False,
        "token_revocation_error": "The OAuth provider rejected the revocation request.",
    }
    assert await _rows(world, server_id) == 0


async def test_a_provider_that_is_away_ends_the_connection_all_the_same(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    await world.owner.patch(f"{SERVERS}/{server_id}", {"oauth2_revocation_url": "http://127.0.0.1:9/revoke"})
    await alice.connect(server_id, protector)
    told = await alice.disconnect(server_id)
    assert told["token_revoked"] is False
    assert told["token_revocation_error"] == "The OAuth provider could not be asked to revoke the token."
    assert await _rows(world, server_id) == 0


async def test_there_is_nothing_to_disconnect_from_at_an_unknown_server(alice: Person) -> None:
    assert await alice.disconnect(random_id()) == {"token_revoked": False}


@pytest.mark.parametrize(
    "field", ["url", "oauth2_token_url", "oauth2_auth_url", "oauth2_revocation_url", "oauth2_client_id"]
)
async def test_tokens_go_to_no_other_server_than_the_one_they_were_given_for(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person, field: str
) -> None:
    await alice.connect(server_id, protector)
    before = await stored(world, server_id)
    value = "other" if field.endswith("id") else "http://127.0.0.1:9/elsewhere"
    answer = await world.owner.patch(f"{SERVERS}/{server_id}", {field: value})
    assert answer.status_code == 200, answer.text
    assert not await alice.is_connected(server_id)
    assert await _rows(world, server_id) == 0
    with pytest.raises(SignInRequired):
        await _token(world, server_id, alice)
    # Who remembers the server as it was gets nothing that was given for the new one.
    await world.owner.patch(f"{SERVERS}/{server_id}", {field: getattr(before, field)})
    await alice.connect(server_id, protector)
    with pytest.raises(SignInRequired):
        await world.services.credentials.headers(replace(before, **{field: value}), alice.id)


async def test_a_change_of_words_disconnects_nobody(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    await alice.connect(server_id, protector)
    url = (await stored(world, server_id)).url
    await world.owner.patch(f"{SERVERS}/{server_id}", {"display_name": "Renamed", "url": url})
    assert await alice.is_connected(server_id)


async def test_tokens_go_with_their_server_and_with_their_user(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person, checker: ResponseChecker
) -> None:
    body = {
        "email": "dora@example.com",
        "username": "dora",
        "password": PASSWORD,
        "organization_ids": [world.facts.organization_id],
    }
    user_id = (await world.owner.post("/api/v2/users", body)).json()["id"]
    login = {"email": "dora@example.com", "password": PASSWORD}
    token = (await world.anonymous.post("/api/v2/users/login", login)).json()["session_token"]
    dora = Person(Browser(world.url, checker), "dora", user_id, token)
    for person in (alice, dora):
        await person.connect(server_id, protector)
    await dora.browser.close()
    assert (await world.owner.delete(f"/api/v2/users/{dora.id}")).status_code == 200
    assert await _rows(world, server_id) == 1
    assert (await world.owner.delete(f"{SERVERS}/{server_id}")).status_code == 204
    assert await _rows(world, server_id) == 0


async def test_connections_are_told_in_the_audit_log_without_tokens(
    world: World, server_id: str, protector: AuthorizationServer, alice: Person
) -> None:
    await alice.connect(server_id, protector)
    await alice.disconnect(server_id)
    log = (await world.owner.get("/api/v2/audit", params={"target_id": str(alice.id), "limit": 2})).json()
    told = [entry["details"] for entry in log["entries"]]
    assert told == [{"mcp_oauth2_token": what, "mcp_server_id": server_id} for what in ("erased", "stored")]
