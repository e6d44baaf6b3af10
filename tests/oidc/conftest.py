"""A provider, a server that trusts it, and a browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from palaver.settings import Settings
from tests.support.browser import Browser
from tests.support.contract_checker import ResponseChecker
from tests.support.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIdProvider, run_provider
from tests.support.world import World

DANA = {"email": "dana@example.com", "email_verified": True, "preferred_username": "dana", "name": "Dana Ito"}


@pytest_asyncio.fixture(scope="session")
async def one_provider() -> AsyncIterator[OpenIdProvider]:
    """The OpenID provider of the whole run."""
    async with run_provider() as provider:
        yield provider


@pytest.fixture
def provider(one_provider: OpenIdProvider) -> OpenIdProvider:
    """The OpenID provider, honest, with one person, Dana."""
    one_provider.reset()
    one_provider.add("dana-1", **DANA)
    return one_provider


def trusting(provider: OpenIdProvider, **values: Any) -> Settings:
    """The settings of a server that trusts the provider."""
    defaults = {
        "oidc_issuer_url": provider.issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
        "oidc_scopes": "openid profile email offline_access",
        "role": "api",
        "rate_limits": "off",
    }
    return Settings(**{**defaults, **values})


@pytest.fixture
def world_settings(world_settings: Settings, provider: OpenIdProvider) -> Settings:
    """As for every test, with the provider."""
    return trusting(provider, **world_settings.model_dump(exclude_unset=True))


@pytest_asyncio.fixture
async def browser(world: World, checker: ResponseChecker) -> AsyncIterator[Browser]:
    """A browser without cookies."""
    browser = Browser(world.url, checker)
    yield browser
    await browser.close()
