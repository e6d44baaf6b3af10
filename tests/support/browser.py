"""A client that keeps cookies as a browser does, and stops at every redirect to let the test look."""

from typing import Any

import httpx

from tests.support.contract_checker import CheckedTransport, ResponseChecker
from tests.support.openid_provider import OpenIdProvider, query_of
from tests.support.plain_http import plain_transport

CALLBACK = "/api/v2/users/oidc/callback"


class Browser:
    """One person's browser; what Palaver answers it is held against the contract, what others answer is not."""

    def __init__(self, server_url: str, checker: ResponseChecker) -> None:
        checked = CheckedTransport(plain_transport(), checker)
        self.client = httpx.AsyncClient(base_url=server_url, mounts={server_url: checked}, timeout=30)

    async def get(self, url: str, **options: Any) -> httpx.Response:
        """GET, with the cookies that belong there."""
        return await self.client.get(url, **options)

    async def post(self, url: str, **options: Any) -> httpx.Response:
        """POST, with the cookies that belong there."""
        return await self.client.post(url, **options)

    def cookie(self, name: str) -> str | None:
        """The value of a cookie that the browser holds."""
        return next((cookie.value for cookie in self.client.cookies.jar if cookie.name == name), None)

    async def depart(self, provider: OpenIdProvider, redirect: str | None = None) -> str:
        """Begin to sign in; returns the address at which the provider sends the browser back."""
        begun = await self.get(CALLBACK, params={} if redirect is None else {"redirect": redirect})
        assert begun.status_code == 307, begun.text
        location = begun.headers["location"]
        assert location.startswith(f"{provider.issuer}/authorization?")
        provider.register(query_of(location)["redirect_uri"])
        sent_back = await self.get(location)
        assert sent_back.status_code == 302, sent_back.text
        return str(sent_back.headers["location"])

    async def sign_in(self, provider: OpenIdProvider, redirect: str | None = None) -> httpx.Response:
        """The whole way there and back; returns Palaver's last answer."""
        return await self.get(await self.depart(provider, redirect))

    async def close(self) -> None:
        """Close the connections."""
        await self.client.aclose()
