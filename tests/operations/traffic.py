"""Clients that use everything while something happens to the servers: no request may fail, no message get lost."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from tests.support.plain_http import plain_transport
from tests.support.world import CHATS, PASSWORD, Facts

ROUND_SECONDS = 120.0


@dataclass
class Traffic:
    """Alice and Bob at work on the servers of `urls`, to which servers may be added and from which taken."""

    facts: Facts
    urls: list[str]
    failures: list[str] = field(default_factory=list)
    requests: int = 0
    rounds: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(7))
    _clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    _under_way: dict[str, int] = field(default_factory=dict)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _conversations: list[asyncio.Task[None]] = field(default_factory=list)

    @asynccontextmanager
    async def running(self, conversations: int = 4) -> AsyncIterator[None]:
        """Keep this many conversations going until `finish`, which the block has to call."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._conversations = [
                    tasks.create_task(self._converse(("alice", "bob")[number % 2]), name=f"conversation-{number}")
                    for number in range(conversations)
                ]
                yield
        finally:
            for client in self._clients.values():
                await client.aclose()

    async def finish(self) -> None:
        """Let every chat come to its rest, and look whether it holds what was sent."""
        self._stopping.set()
        async with asyncio.timeout(ROUND_SECONDS):
            await asyncio.gather(*self._conversations)

    async def more_rounds(self, rounds: int) -> None:
        """Wait until so many more messages were sent and answered."""
        wanted = self.rounds + rounds
        async with asyncio.timeout(ROUND_SECONDS):
            while self.rounds < wanted:
                assert not self.failures, self.failures
                await asyncio.sleep(0.02)

    async def leave(self, url: str) -> None:
        """Send no more requests to a server, and wait for those that are under way."""
        self.urls.remove(url)
        async with asyncio.timeout(ROUND_SECONDS):
            while self._under_way.get(url):
                await asyncio.sleep(0.01)

    async def _converse(self, name: str) -> None:
        chat = await self._request(name, "POST", CHATS, json=self._message("/echo first", chat=True))
        path, sent = f"{CHATS}/{chat['id']}", ["/echo first"]
        for number in itertools.count():
            await self._at_rest(name, path)
            self.rounds += 1
            if self._stopping.is_set():
                break
            text = f"/slow 3 0.01\n/echo {number}"
            headers = {"Idempotency-Key": f"{chat['id']}-{number}"}
            for _ in range(2):
                # The second time nothing happens: the answer was kept.
                await self._request(name, "POST", f"{path}/messages", json=self._message(text), headers=headers)
            sent.append(text)
            if number % 3 == 0:
                await self._look_around(name, path)
        page = await self._request(name, "GET", f"{path}/messages?limit=200")
        messages = [(message["role"], message["content"]) for message in reversed(page["messages"])]
        asked = [content[0]["text"] for role, content in messages if role == "user"]
        if asked != sent:
            self.failures.append(f"sent {sent}, stored {asked}")
        if sum(role == "assistant" for role, _ in messages) != len(sent):
            self.failures.append(f"not every message has one answer: {messages}")

    async def _look_around(self, name: str, path: str) -> None:
        """One of each kind of request beside sending."""
        await self._request(name, "GET", CHATS)
        await self._request(name, "PATCH", path, json={"labels": {"seen": "yes"}})
        await self._request(name, "GET", "/api/v2/users/me")
        await self._request(name, "GET", f"{CHATS}/models")
        await self._request(name, "GET", f"/api/v2/groups?organization={self.facts.organization_id}")
        await self._request(
            None,
            "POST",
            "/api/v2/users/login",
            json={
                "email": f"{name}@example.com",
                "password": PASSWORD,
            },
        )
        await self._request(name, "POST", "/api/v2/users/me/keys/tokens", json={})
        uploaded = await self._request(
            name,
            "POST",
            f"{CHATS}/files?organization={self.facts.organization_id}",
            content=b"some notes",
            headers={"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="notes.txt"'},
        )
        assert uploaded["id"]

    async def _at_rest(self, name: str, path: str) -> None:
        async with asyncio.timeout(ROUND_SECONDS):
            while (chat := await self._request(name, "GET", path))["status"] != "waiting":
                if chat["status"] == "error":
                    self.failures.append(f"a turn failed: {chat['last_error']}")
                    return
                # Unhurried: the servers that are being started want a processor, too.
                await asyncio.sleep(0.1)

    def _message(self, text: str, *, chat: bool = False) -> dict[str, Any]:
        body: dict[str, Any] = {"content": [{"type": "text", "text": text}]}
        return {**body, "organization_id": self.facts.organization_id} if chat else body

    async def _request(self, name: str | None, method: str, path: str, **options: Any) -> Any:
        url = self._random.choice(self.urls)
        client = self._clients.get(url)
        if client is None:
            # A caller is known by its token alone: the sign-ins of others leave no cookies.
            without_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
            client = self._clients[url] = httpx.AsyncClient(
                base_url=url, timeout=30, transport=plain_transport(), cookies=without_cookies
            )
        headers = dict(options.pop("headers", {}))
        if name is not None:
            headers["Coder-Session-Token"] = self.facts.tokens[name]
        self._under_way[url] = self._under_way.get(url, 0) + 1
        self.requests += 1
        try:
            response = await client.request(method, path, headers=headers, **options)
        except httpx.HTTPError as error:
            self.failures.append(f"{method} {path}: {error!r}")
            raise
        finally:
            self._under_way[url] -= 1
        if response.status_code >= 400:
            self.failures.append(f"{method} {url}{path}: {response.status_code} {response.text}")
        assert response.status_code < 400, self.failures
        return response.json() if response.content else None
