"""Access tokens: renewed early and once however many ask, stored before they are used, and given up when refused."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from starlette.responses import JSONResponse

from palaver.app import build_services
from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.tools import SignInRequired, ToolServerUnavailable
from palaver.services import Services
from palaver.tools.oauth import access_tokens
from palaver.tools.oauth.client import TokenSet
from palaver.tools.oauth.tokens import TokenKey
from tests.mcp_oauth.conftest import SERVERS, Person, body_of, made, stored
from tests.support.authorization_server import MACHINE, MACHINE_SECRET, AuthorizationServer
from tests.support.world import World

DOWN = JSONResponse({"error": "server_error"}, 503)


@pytest.fixture
def world(shared_world: World) -> World:
    """The world of this module's tests, each of which brings servers of its own."""
    return shared_world


@pytest.fixture
async def server(world: World, protector: AuthorizationServer, alice: Person) -> MCPServer:
    """A server that Alice is connected to."""
    server_id = (await made(world, body_of(protector)))["id"]
    await alice.connect(server_id, protector)
    protector.forms.clear()
    return await stored(world, server_id)


async def _token(services: Services, server: MCPServer, person: Person, stale: str | None = None) -> str:
    refused = None if stale is None else f"Bearer {stale}"
    headers = await services.credentials.headers(server, person.id, stale=refused)
    return headers["Authorization"].removeprefix("Bearer ")


async def _set(world: World, server: MCPServer, **times: int | None) -> None:
    """Change when a token is to be renewed and when it ends, in seconds from now; None: it has no refresh token."""
    async with world.services.database.begin() as conn:
        for name, seconds in times.items():
            value = "NULL" if seconds is None else f"now() + interval '{seconds} seconds'"
            await conn.execute(text(f"UPDATE mcp_user_tokens SET {name} = {value} WHERE server_id = '{server.id}'"))


async def _row(world: World, server: MCPServer, table: str = "mcp_user_tokens") -> Any:
    async with world.services.database.connect() as conn:
        return (await conn.execute(text(f"SELECT * FROM {table} WHERE server_id = '{server.id}'"))).one()


@asynccontextmanager
async def _other_process(world: World) -> AsyncIterator[Services]:
    """What another replica on the same database has."""
    services = build_services(world.services.settings)
    try:
        yield services
    finally:
        await services.mcp_connections.close()
        await services.database.close()


async def test_a_fresh_token_is_handed_out_without_asking(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    assert await _token(world.services, server, alice) == await _token(world.services, server, alice)
    assert protector.forms == []


async def test_a_token_that_ends_soon_is_renewed_with_the_rotated_refresh_token(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    old = await _token(world.services, server, alice)
    for number in (1, 2):
        await _set(world, server, renew_at=-1)
        new = await _token(world.services, server, alice)
        assert new != old
        assert len(set(protector.renewals())) == number
        old = new
    assert {form["resource"] for form in protector.forms} == {protector.mcp_url}
    row = await _row(world, server)
    assert world.services.secrets.decrypt(row.access_token) == old
    assert row.renew_at < row.expires_at


async def test_fifty_chats_in_two_processes_renew_once(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    await _set(world, server, renew_at=-1)
    protector.delay = 0.1
    async with _other_process(world) as other:
        asked = [_token(services, server, alice) for services in (world.services, other) for _ in range(25)]
        tokens = await asyncio.gather(*asked)
    assert len(set(tokens)) == 1
    assert len(protector.renewals()) == 1


async def test_fifty_chats_whose_token_was_refused_renew_once(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    refused = await _token(world.services, server, alice)
    async with _other_process(world) as other:
        asked = [_token(services, server, alice, refused) for services in (world.services, other) for _ in range(25)]
        tokens = await asyncio.gather(*asked)
        assert {await _token(services, server, alice, refused) for services in (world.services, other)} == {*tokens}
    assert len(set(tokens)) == 1
    assert refused not in tokens
    assert len(protector.renewals()) == 1


async def test_a_caller_that_goes_away_loses_no_rotated_token(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    await _set(world, server, renew_at=-1)
    protector.delay = 0.1
    caller = asyncio.create_task(_token(world.services, server, alice))
    while not protector.renewals():
        await asyncio.sleep(0.005)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    token = await _token(world.services, server, alice)
    assert world.services.secrets.decrypt((await _row(world, server)).access_token) == token
    assert len(protector.renewals()) == 1


async def test_a_new_token_is_used_by_nobody_before_it_is_stored(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await _token(world.services, server, alice)
    await _set(world, server, renew_at=-1)

    async def lose(*_: object) -> None:
        raise ConnectionResetError("the database has gone")

    with monkeypatch.context() as broken:
        broken.setattr(access_tokens.tokens, "save_token", lose)
        with pytest.raises(ConnectionResetError):
            await _token(world.services, server, alice)
    assert world.services.secrets.decrypt((await _row(world, server)).access_token) == old


# ---- what cannot be renewed ----


async def test_a_refused_renewal_asks_the_user_to_sign_in_and_is_not_tried_again(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    await _set(world, server, renew_at=-1)
    protector.instead = lambda _: JSONResponse({"error": "invalid_grant"}, 400)
    for _ in range(2):
        with pytest.raises(SignInRequired) as refusal:
            await _token(world.services, server, alice)
    assert (refusal.value.kind, refusal.value.server_id) == ("sign_in_required", server.id)
    assert len(protector.renewals()) == 1
    assert not await alice.is_connected(str(server.id))
    row = await _row(world, server)
    assert (row.access_token, row.refresh_token) == (None, None)
    assert row.refused_at is not None
    protector.instead = None
    await alice.connect(str(server.id), protector)
    assert await _token(world.services, server, alice)
    assert (await _row(world, server)).refused_at is None


async def test_a_token_that_was_revoked_while_in_use_leads_to_a_sign_in(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    token = await _token(world.services, server, alice)
    protector.withdraw(token)
    with pytest.raises(SignInRequired):
        await _token(world.services, server, alice, token)
    assert not await alice.is_connected(str(server.id))


async def test_a_refused_token_that_cannot_be_renewed_leads_to_a_sign_in(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    token = await _token(world.services, server, alice)
    await _set(world, server, refresh_token=None, renew_at=None)
    assert await _token(world.services, server, alice) == token
    with pytest.raises(SignInRequired):
        await _token(world.services, server, alice, token)
    assert protector.forms == []


async def test_a_token_without_a_refresh_token_is_used_until_its_end(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    protector.instead = lambda _: JSONResponse(
        {"access_token": "short-lived-token-of-alice", "token_type": "bearer", "expires_in": "3600"}
    )
    await alice.connect(str(server.id), protector)
    row = await _row(world, server)
    assert (row.refresh_token, row.renew_at) == (None, None)
    assert await _token(world.services, server, alice) == "short-lived-token-of-alice"
    assert await alice.is_connected(str(server.id))
    await _set(world, server, expires_at=-1)
    with pytest.raises(SignInRequired):
        await _token(world.services, server, alice)
    assert not await alice.is_connected(str(server.id))


async def test_while_the_authorization_server_is_down_a_token_is_used_to_its_end(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    token = await _token(world.services, server, alice)
    await _set(world, server, renew_at=-1)
    protector.instead = lambda _: DOWN
    async with _other_process(world) as other:
        assert await _token(other, server, alice) == token
        await _set(world, server, expires_at=-1)
        with pytest.raises(ToolServerUnavailable, match="authorization server does not work now"):
            await _token(other, server, alice)
        assert len(protector.renewals()) == 1  # it is left alone for a while
    assert await alice.is_connected(str(server.id))
    protector.instead = None
    async with _other_process(world) as other:
        assert await _token(other, server, alice) != token


@pytest.mark.parametrize("error", ["invalid_client", "temporarily_unavailable", ""])
async def test_what_is_not_the_users_fault_takes_no_token_away(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person, error: str
) -> None:
    await _set(world, server, renew_at=-1, expires_at=-1)
    protector.instead = lambda _: JSONResponse({"error": error} if error else {}, 401)
    with pytest.raises(ToolServerUnavailable):
        await _token(world.services, server, alice)
    assert (await _row(world, server)).refresh_token is not None


async def test_who_remembers_a_server_as_it_was_erases_nothing_that_was_given_since(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    tokens = world.services.mcp_connections.access_tokens
    before = replace(server, url=f"{protector.mcp_url}/before")
    async with world.services.database.begin() as conn:
        assert await tokens._renew_held(conn, before, TokenKey(server.id, alice.id), None) is None
    assert await alice.is_connected(str(server.id))
    assert protector.forms == []


async def test_a_hanging_authorization_server_is_not_waited_for_long(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_tokens, "TIMEOUT_SECONDS", 0.05)
    await _set(world, server, renew_at=-1, expires_at=-1)
    protector.delay = 0.3
    with pytest.raises(ToolServerUnavailable):
        await _token(world.services, server, alice)


async def test_a_row_that_is_held_for_long_is_not_waited_for_longer(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_tokens, "HOLD_SECONDS", 0.1)
    await _set(world, server, renew_at=-1, expires_at=-1)
    async with world.services.database.begin() as conn:
        await conn.execute(text(f"SELECT 1 FROM mcp_user_tokens WHERE server_id = '{server.id}' FOR UPDATE"))
        with pytest.raises(ToolServerUnavailable):
            await _token(world.services, server, alice)
    assert protector.forms == []


async def test_tokens_that_were_given_together_are_not_renewed_together(world: World, server: MCPServer) -> None:
    tokens = world.services.mcp_connections.access_tokens
    now = dt.datetime.now(dt.UTC)
    given = [tokens.encrypted(server, TokenSet("access", "refresh", 3600.0)) for _ in range(20)]
    ahead = [(each.expires_at - each.renew_at).total_seconds() for each in given if each.expires_at and each.renew_at]
    assert len(set(ahead)) == 20
    assert 150 <= min(ahead) <= max(ahead) <= 300
    assert all(each.expires_at and abs((each.expires_at - now).total_seconds() - 3600) < 10 for each in given)


async def test_the_outgoing_policy_holds_for_renewals(
    world: World, server: MCPServer, protector: AuthorizationServer, alice: Person
) -> None:
    await _set(world, server, renew_at=-1, expires_at=-1)
    settings = world.services.settings.model_copy(update={"allow_private_networks": False})
    services = build_services(settings)
    with pytest.raises(ToolServerUnavailable) as refusal:
        await _token(services, server, alice)
    await services.mcp_connections.close()
    await services.database.close()
    assert "127.0.0.1" not in refusal.value.reason  # members do not see addresses
    assert protector.forms == []


# ---- this deployment's own tokens ----


def _machine(protector: AuthorizationServer, **fields: Any) -> dict[str, Any]:
    client = {
        "auth_type": "client_credentials",
        "oauth2_client_id": MACHINE,
        "oauth2_client_secret": MACHINE_SECRET,
        "oauth2_token_url": f"{protector.issuer}/token",
        "oauth2_scopes": "stock",
    }
    return body_of(protector, **{**client, **fields})


async def test_a_deployment_gets_a_token_of_its_own_for_all_of_its_users(
    world: World, protector: AuthorizationServer, alice: Person, bob: Person
) -> None:
    created = await made(world, _machine(protector))
    assert created["auth_connected"] is True
    server = await stored(world, created["id"])
    async with _other_process(world) as other:
        asked: list[Awaitable[str]] = [
            _token(services, server, person) for services in (world.services, other) for person in (alice, bob) * 3
        ]
        (token,) = set(await asyncio.gather(*asked))
    assert [form["grant_type"] for form in protector.forms] == ["client_credentials"]
    row = await _row(world, server, "mcp_server_tokens")
    assert world.services.secrets.decrypt(row.access_token) == token
    renewed = await _token(world.services, server, alice, token)
    assert renewed != token
    assert await _token(world.services, server, bob) == renewed


async def test_a_client_that_takes_its_secret_in_the_form_only_is_given_it_there(
    world: World, protector: AuthorizationServer, alice: Person
) -> None:
    protector.instead = lambda form: None if "client_secret" in form else JSONResponse({"error": "invalid_client"}, 401)
    server = await stored(world, (await made(world, _machine(protector)))["id"])
    assert await _token(world.services, server, alice)
    assert ["client_secret" in form for form in protector.forms] == [False, True]


async def test_a_deployment_with_a_wrong_secret_sends_nobody_to_sign_in(
    world: World, protector: AuthorizationServer, alice: Person
) -> None:
    body = _machine(protector, oauth2_client_secret="a wrong secret of a machine")
    server = await stored(world, (await made(world, body))["id"])
    with pytest.raises(ToolServerUnavailable):
        await _token(world.services, server, alice)


async def test_another_way_to_authenticate_erases_the_deployments_token(
    world: World, protector: AuthorizationServer, alice: Person
) -> None:
    server = await stored(world, (await made(world, _machine(protector)))["id"])
    await _token(world.services, server, alice)
    answer = await world.owner.patch(f"{SERVERS}/{server.id}", {"auth_type": "none"})
    assert (answer.status_code, answer.json()["has_oauth2_secret"]) == (200, False)
    async with world.services.database.connect() as conn:
        count = await conn.scalar(text(f"SELECT count(*) FROM mcp_server_tokens WHERE server_id = '{server.id}'"))
    assert count == 0


async def test_what_is_configured_for_all_is_sent_as_it_is(world: World, protector: AuthorizationServer) -> None:
    anybody = uuid.uuid4()
    key = {"auth_type": "api_key", "api_key_header": "X-Key", "api_key_value": "a key for all of them"}
    custom = {"auth_type": "custom_headers", "custom_headers": {"X-Team": "blue", "X-Secret": "of the whole team"}}
    for fields, headers in (
        ({"auth_type": "none"}, {}),
        (key, {"X-Key": "a key for all of them"}),
        (custom, custom["custom_headers"]),
    ):
        server = await stored(world, (await made(world, body_of(protector, **fields)))["id"])
        assert await world.services.credentials.headers(server, anybody) == headers
        with pytest.raises(ToolServerUnavailable):
            await world.services.credentials.headers(server, anybody, stale="")


async def test_without_a_provider_nobody_can_be_known_by_it(world: World, protector: AuthorizationServer) -> None:
    server = await stored(world, (await made(world, body_of(protector, auth_type="user_oidc")))["id"])
    with pytest.raises(ToolServerUnavailable, match="no OpenID provider"):
        await world.services.credentials.headers(server, uuid.uuid4())
