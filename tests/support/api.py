"""An API client for tests: every answer it receives is held against the contract, refusals included."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.support.contract_checker import CheckedTransport, ResponseChecker
from tests.support.plain_http import plain_transport


class Api:
    """HTTP calls of one caller. `get`, `post`, `put`, `patch` and `delete` return the checked response."""

    def __init__(self, base_url: str, checker: ResponseChecker, token: str | None = None) -> None:
        headers = {"Coder-Session-Token": token} if token else {}
        self.token = token
        self.base_url = base_url
        self._checker = checker
        transport = CheckedTransport(plain_transport(), checker)
        self._client = httpx.AsyncClient(base_url=base_url, headers=headers, timeout=30, transport=transport)

    def as_user(self, token: str | None) -> "Api":
        """The same server for another caller; close it as well."""
        return Api(self.base_url, self._checker, token)

    async def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request; fails the test when the answer breaks the contract."""
        response = await self._client.request(method, path, **options)
        # A caller is known by its token alone; a kept session cookie would be another caller.
        self._client.cookies.clear()
        return response

    @asynccontextmanager
    async def stream(self, method: str, path: str, **options: Any) -> AsyncIterator[httpx.Response]:
        """Open a response whose body is read as it comes; its events are checked as well."""
        async with self._client.stream(method, path, **options) as response:
            self._client.cookies.clear()
            yield response

    async def get(self, path: str, **options: Any) -> httpx.Response:
        """GET."""
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        """POST, with a JSON body unless given otherwise."""
        return await self.request("POST", path, **({"json": json} if json is not None else {}), **options)

    async def put(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        """PUT with a JSON body."""
        return await self.request("PUT", path, json=json, **options)

    async def patch(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        """PATCH with a JSON body."""
        return await self.request("PATCH", path, json=json, **options)

    async def delete(self, path: str, **options: Any) -> httpx.Response:
        """DELETE."""
        return await self.request("DELETE", path, **options)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
