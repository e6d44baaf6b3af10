"""The provider's tokens: kept encrypted, refreshed once however many ask, and stored before they are used."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from palaver.app import build_services
from palaver.auth.oidc import OidcLogin
from palaver.errors.oidc import NoProviderToken, ProviderUnavailable
from palaver.settings import Settings
from tests.support.browser import Browser
from tests.support.openid_provider import OpenIdProvider
from tests.support.world import World


@pytest.fixture
async def dana(world: World, browser: Browser, provider: OpenIdProvider) -> uuid.UUID:
    """The id of Dana, who has signed in."""
    await browser.sign_in(provider)
    return uuid.UUID((await browser.get("/api/v2/users/me")).json()["id"])


def _oidc(world: World) -> OidcLogin:
    assert world.services.oidc is not None
    return world.services.oidc


async def _expire(world: World, *, refresh_token: bool = True) -> None:
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE external_identities SET token_expires_at = now() + interval '30 seconds'"))
        if not refresh_token:
            await conn.execute(text("UPDATE external_identities SET refresh_token = NULL"))


@asynccontextmanager
async def _other_process(settings: Settings) -> AsyncIterator[OidcLogin]:
    """What another replica on the same database has."""
    services = build_services(settings)
    assert services.oidc is not None
    try:
        yield services.oidc
    finally:
        await services.oidc.close()
        await services.database.close()


async def test_token_is_stored_as_ciphertext(world: World, dana: uuid.UUID) -> None:
    token = await _oidc(world).access_token(dana)
    async with world.services.database.connect() as conn:
        row = (await conn.execute(text("SELECT access_token, refresh_token FROM external_identities"))).one()
    assert token.encode() not in row.access_token
    assert world.services.secrets.decrypt(row.access_token) == token
    assert world.services.secrets.decrypt(row.refresh_token).count(".") == 2


async def test_fresh_token_is_handed_out_without_asking_the_provider(
    world: World, dana: uuid.UUID, provider: OpenIdProvider
) -> None:
    before = provider.requests["/token"]
    assert await _oidc(world).access_token(dana) == await _oidc(world).access_token(dana)
    assert provider.requests["/token"] == before


async def test_token_that_ends_soon_is_refreshed_and_both_are_replaced(
    world: World, dana: uuid.UUID, provider: OpenIdProvider
) -> None:
    old = await _oidc(world).access_token(dana)
    for number in (1, 2):
        await _expire(world)
        new = await _oidc(world).access_token(dana)
        assert new != old
        assert len(set(provider.refresh_tokens)) == number  # the rotated one is used the next time
        old = new


async def test_token_that_somebody_refused_is_refreshed_before_its_end(
    world: World, dana: uuid.UUID, provider: OpenIdProvider
) -> None:
    refused = await _oidc(world).access_token(dana)
    new = await _oidc(world).access_token(dana, stale=refused)
    assert new != refused
    assert await _oidc(world).access_token(dana, stale=refused) == new
    assert len(provider.refresh_tokens) == 1


async def test_many_callers_in_two_processes_refresh_once(
    world: World, world_settings: Settings, dana: uuid.UUID, provider: OpenIdProvider
) -> None:
    await _expire(world)
    provider.refresh_delay = 0.1
    async with _other_process(world_settings) as other:
        tokens = await asyncio.gather(
            *(one.access_token(dana) for one in (_oidc(world), other) for _ in range(20)),
        )
    assert len(set(tokens)) == 1
    assert len(provider.refresh_tokens) == 1


async def test_cancelled_caller_loses_no_rotated_token(world: World, dana: uuid.UUID, provider: OpenIdProvider) -> None:
    await _expire(world)
    provider.refresh_delay = 0.2
    caller = asyncio.create_task(_oidc(world).access_token(dana))
    while not provider.refresh_tokens:
        await asyncio.sleep(0.01)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    token = await _oidc(world).access_token(dana)
    assert len(provider.refresh_tokens) == 1
    async with world.services.database.connect() as conn:
        stored = await conn.scalar(text("SELECT access_token FROM external_identities"))
    assert world.services.secrets.decrypt(stored) == token


async def test_refused_refresh_asks_to_sign_in_again(world: World, dana: uuid.UUID, provider: OpenIdProvider) -> None:
    await _expire(world)
    provider.rotate_keys()  # the provider no longer knows its own refresh tokens
    with pytest.raises(NoProviderToken) as refusal:
        await _oidc(world).access_token(dana)
    assert refusal.value.message.endswith("Please sign in by OpenID Connect again.")


async def test_token_without_a_refresh_token_ends(world: World, dana: uuid.UUID) -> None:
    await _expire(world, refresh_token=False)
    with pytest.raises(NoProviderToken):
        await _oidc(world).access_token(dana)


async def test_user_of_another_kind_has_no_token(world: World) -> None:
    with pytest.raises(NoProviderToken):
        await _oidc(world).access_token(uuid.UUID(world.facts.user_ids["alice"]))


async def test_provider_that_breaks_down_leaves_the_stored_tokens(
    world: World, world_settings: Settings, dana: uuid.UUID, provider: OpenIdProvider
) -> None:
    await _expire(world)
    provider.down = True
    async with _other_process(world_settings) as other:
        with pytest.raises(ProviderUnavailable):
            await other.access_token(dana)
        provider.down = False
        assert await other.access_token(dana)
    assert len(provider.refresh_tokens) == 1


async def test_keys_may_change_between_sign_ins(browser: Browser, dana: uuid.UUID, provider: OpenIdProvider) -> None:
    provider.rotate_keys()
    assert (await browser.sign_in(provider)).status_code == 307
    assert provider.requests["/jwks.json"] == 2


async def test_tokens_go_with_the_user(world: World, dana: uuid.UUID) -> None:
    async with world.services.database.begin() as conn:
        await conn.execute(text("DELETE FROM users WHERE id = :id"), {"id": dana})
        assert await conn.scalar(text("SELECT count(*) FROM external_identities")) == 0


async def test_used_answer_is_refused_a_second_time(browser: Browser, provider: OpenIdProvider) -> None:
    back = await browser.depart(provider)
    cookie = {"Cookie": f"oidc_sign_in={browser.cookie('oidc_sign_in')}"}
    browser.client.cookies.clear()
    first, second = await asyncio.gather(browser.get(back, headers=cookie), browser.get(back, headers=cookie))
    assert sorted((first.status_code, second.status_code)) == [307, 400]
    refused = first if first.status_code == 400 else second
    assert refused.json()["detail"] == "The sign-in has been used. Please sign in again."
    assert provider.requests["/token"] == 1
