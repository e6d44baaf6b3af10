"""From the address of an MCP server to a client at its authorization server; lies on the way end it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from palaver.errors.mcp_oauth import DiscoveryFailed
from palaver.outgoing import OutgoingPolicy
from palaver.tools.oauth.discovery import discover
from palaver.tools.oauth.http import OAuthHttp
from tests.mcp_oauth.conftest import SERVERS, body_of, made
from tests.support.authorization_server import AuthorizationServer
from tests.support.world import World

CALLBACK = "http://127.0.0.1:1/callback"
ELSEWHERE = "https://elsewhere.example.com"


@pytest.fixture
def world(shared_world: World) -> World:
    """The world of this module's tests."""
    return shared_world


@pytest.fixture
async def http() -> AsyncIterator[OAuthHttp]:
    """Requests that may go to this machine."""
    http = OAuthHttp(OutgoingPolicy(allow_private=True))
    yield http
    await http.close()


async def test_a_server_says_where_its_users_sign_in(
    world: World, protector: AuthorizationServer, http: OAuthHttp
) -> None:
    found = await discover(http, protector.mcp_url, CALLBACK, "")
    assert found.auth_url == f"{protector.issuer}/authorization"
    assert found.token_url == f"{protector.issuer}/token"
    assert found.revocation_url == f"{protector.issuer}/revocation"
    assert found.scopes == "tools offline_access"
    assert found.client_id
    assert found.client_secret
    assert found.registration.resource == protector.mcp_url
    assert found.registration.auth_method == "client_secret_basic"


async def test_what_was_found_is_stored_as_if_it_had_been_given(world: World, protector: AuthorizationServer) -> None:
    server = await made(world, body_of(protector, oauth2_scopes="mine"))
    assert server["oauth2_auth_url"] == f"{protector.issuer}/authorization"
    assert server["oauth2_scopes"] == "mine"
    assert server["has_oauth2_secret"] is True
    async with world.services.database.connect() as conn:
        rows = await conn.execute(text("SELECT * FROM mcp_oauth2_registrations WHERE server_id = :id"), server)
    assert (rows.one().issuer, server["auth_connected"]) == (protector.issuer, False)


@pytest.mark.parametrize("asked", ["challenge", "well-known", "origin"])
async def test_servers_say_it_in_one_of_several_ways(
    protector: AuthorizationServer, http: OAuthHttp, asked: str
) -> None:
    protector.challenge = asked == "challenge"
    if asked == "origin":  # as servers of the first version of MCP with authorization
        protector.resource = None
    found = await discover(http, protector.mcp_url, CALLBACK, "")
    assert found.token_url == f"{protector.issuer}/token"
    assert found.registration.resource == ("" if asked == "origin" else protector.mcp_url)


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        pytest.param(
            {"resource": {"resource": "https://elsewhere.example.com/mcp"}}, "another resource", id="resource"
        ),
        pytest.param({"resource": {"authorization_servers": []}}, "name no authorization server", id="no-server"),
        pytest.param({"resource": {"authorization_servers": ["http://127.0.0.1:9"]}}, "has no", id="server-is-away"),
        pytest.param({"metadata": {"issuer": ELSEWHERE}}, "another issuer", id="issuer"),
        pytest.param({"metadata": {"code_challenge_methods_supported": None}}, "PKCE", id="no-pkce"),
        pytest.param({"metadata": {"code_challenge_methods_supported": ["plain"]}}, "PKCE", id="plain-pkce"),
        pytest.param({"metadata": {"registration_endpoint": None}}, "no usable registration", id="no-registration"),
        pytest.param({"metadata": {"registration_endpoint": "javascript:alert(1)"}}, "no usable", id="no-url"),
        pytest.param({"metadata": {"token_endpoint": None}}, "no usable token_endpoint", id="no-token-endpoint"),
        pytest.param({"metadata": {"authorization_endpoint": "file:///etc"}}, "no usable auth", id="other-scheme"),
        pytest.param({"metadata": {"padding": "x" * 300_000}}, "has no authorization server metadata", id="flood"),
    ],
)
async def test_a_lie_ends_it(
    protector: AuthorizationServer, http: OAuthHttp, lie: dict[str, dict[str, Any]], reason: str
) -> None:
    for name, said in lie.items():
        setattr(protector, name, said)
    with pytest.raises(DiscoveryFailed) as refusal:
        await discover(http, protector.mcp_url, CALLBACK, "")
    assert reason in str(refusal.value.detail)
    assert "/registration" not in protector.requests  # nothing is left behind there


async def test_a_server_that_leads_nowhere_is_not_created(world: World, protector: AuthorizationServer) -> None:
    protector.metadata = {"registration_endpoint": None}
    body = body_of(protector)
    answer = await world.owner.post(SERVERS, body)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("OAuth2 auto-discovery failed. Provide oauth2_client_id, ")
    assert body["slug"] not in [server["slug"] for server in (await world.owner.get(SERVERS)).json()]


async def test_nothing_is_asked_for_a_slug_that_is_taken(world: World, protector: AuthorizationServer) -> None:
    taken = (await made(world, body_of(protector)))["slug"]
    before = dict(protector.requests)
    answer = await world.owner.post(SERVERS, body_of(protector, slug=f" {taken} "))
    assert answer.status_code == 409
    assert protector.requests == before


async def test_the_outgoing_policy_holds_for_all_of_it(protector: AuthorizationServer) -> None:
    http = OAuthHttp(OutgoingPolicy(allow_private=False))
    with pytest.raises(DiscoveryFailed) as refusal:
        await discover(http, protector.mcp_url, CALLBACK, "")
    await http.close()
    assert "PALAVER_ALLOW_PRIVATE_NETWORKS" in str(refusal.value.detail)
    assert protector.requests == {}
