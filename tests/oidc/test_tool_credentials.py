"""MCP servers behind the company's OpenID provider: they get the token that it gave for the chat's owner."""

import uuid
from typing import Any

import pytest
from sqlalchemy import text

from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.tools import SignInRequired, ToolServerUnavailable
from tests.support.browser import Browser
from tests.support.mcp import server_config
from tests.support.openid_provider import OpenIdProvider
from tests.support.world import World


@pytest.fixture
def server() -> MCPServer:
    """A server that knows users by the provider."""
    return server_config(auth_type="user_oidc", display_name="Wiki")


@pytest.fixture
async def dana(world: World, browser: Browser, provider: OpenIdProvider) -> uuid.UUID:
    """The id of Dana, who has signed in by the provider."""
    await browser.sign_in(provider)
    return uuid.UUID((await browser.get("/api/v2/users/me")).json()["id"])


async def _headers(world: World, server: MCPServer, owner: uuid.UUID, **stale: Any) -> dict[str, str]:
    return await world.services.credentials.headers(server, owner, **stale)


async def test_the_server_gets_the_owners_token_and_another_one_when_it_refuses_that(
    world: World, server: MCPServer, dana: uuid.UUID, provider: OpenIdProvider
) -> None:
    assert world.services.oidc is not None
    first = await _headers(world, server, dana)
    assert first == {"Authorization": f"Bearer {await world.services.oidc.access_token(dana)}"}
    second = await _headers(world, server, dana, stale=first["Authorization"])
    assert second != first
    assert await _headers(world, server, dana, stale=first["Authorization"]) == second
    assert len(provider.refresh_tokens) == 1


async def test_who_did_not_sign_in_by_the_provider_is_asked_to(world: World, server: MCPServer) -> None:
    alice = uuid.UUID(world.facts.user_ids["alice"])
    with pytest.raises(SignInRequired) as refusal:
        await _headers(world, server, alice)
    assert refusal.value.reason == "Sign in by OpenID Connect to use Wiki."


async def test_a_refused_refresh_asks_to_sign_in_and_a_provider_that_is_down_does_not(
    world: World, server: MCPServer, dana: uuid.UUID, provider: OpenIdProvider
) -> None:
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE external_identities SET token_expires_at = now()"))
        # The provider does not know it: a refresh is refused.
        other = {"token": world.services.secrets.encrypt("a-refresh-token-of-nobody")}
        await conn.execute(text("UPDATE external_identities SET refresh_token = :token"), other)
    with pytest.raises(SignInRequired):
        await _headers(world, server, dana)
    assert world.services.oidc is not None
    world.services.oidc.provider._metadata = None
    provider.down = True
    with pytest.raises(ToolServerUnavailable):
        await _headers(world, server, dana)
