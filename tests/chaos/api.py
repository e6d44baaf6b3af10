"""Requests to whatever replica, repeated until one says what became of them."""

import asyncio
import random
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from palaver.contract.loader import Contract
from tests.chaos.ledger import Ledger

ATTEMPT_SECONDS = 6.0
TIMEOUT = httpx.Timeout(ATTEMPT_SECONDS, connect=2.0, pool=30.0)


class NeverAnswered(Exception):
    """No replica gave a definite answer before the end of the run."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where the contract puts an operation."""

    method: str
    path: str
    takes_key: bool


@cache
def routes() -> dict[str, Route]:
    """All operations of openapi.yaml by their ids."""
    found = {}
    for path, item in Contract.load().document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                names = [
                    str(parameter.get("name", parameter.get("$ref"))) for parameter in operation.get("parameters", ())
                ]
                takes_key = any(name.endswith(("Idempotency-Key", "/IdempotencyKey")) for name in names)
                found[operation["operationId"]] = Route(method.upper(), path, takes_key)
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """A definite answer. `doubtful`: an earlier attempt ended without one and may have done its work."""

    status: int
    body: Any
    attempts: int
    doubtful: bool

    @property
    def ok(self) -> bool:
        """Whether the request was granted."""
        return self.status < 300


@dataclass(slots=True)
class Api:
    """The replicas as one client sees them: it asks any of them, and another one when that fails."""

    http: httpx.AsyncClient
    ports: list[int]
    token: str
    ledger: Ledger
    rng: random.Random
    give_up: asyncio.Event = field(default_factory=asyncio.Event)

    async def call(
        self, operation_id: str, body: Any = None, *, key: str | None = None, query: str = "", **places: object
    ) -> Answer:
        """Ask until an answer below 500 comes. Raises NeverAnswered once `give_up` is set."""
        route = routes()[operation_id]
        path = route.path.format(**places) + query
        headers = {"Coder-Session-Token": self.token}
        if key is not None and route.takes_key:
            headers["Idempotency-Key"] = key
        doubtful, attempts = False, 0
        while True:
            attempts += 1
            port = self.rng.choice(self.ports)
            try:
                response = await self.http.request(
                    route.method, f"http://127.0.0.1:{port}{path}", json=body, headers=headers
                )
            except (httpx.ConnectError, httpx.ConnectTimeout):
                self.ledger.count(operation_id, "not connected")
            except httpx.TransportError as error:
                doubtful = True
                self.ledger.count(operation_id, type(error).__name__)
            else:
                self.ledger.count(operation_id, response.status_code)
                if response.status_code < 500:
                    content = response.json() if response.content else None
                    return Answer(response.status_code, content, attempts, doubtful)
                doubtful = True
            if self.give_up.is_set():
                raise NeverAnswered(operation_id)
            await asyncio.sleep(self.rng.uniform(0.05, 0.4))
