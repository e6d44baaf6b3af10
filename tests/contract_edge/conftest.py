"""An edge over sample.yaml: real settings and limiter, and two users known by their tokens."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import httpx
import pytest

from palaver.auth.actor import Actor
from palaver.auth.rate_limits import RateLimiter
from palaver.auth.tokens import PresentedToken
from palaver.contract.edge import EdgeApp, build_edge
from palaver.contract.loader import Contract
from palaver.errors.auth import TokenMissing, TokenUnknown
from palaver.readiness import Readiness
from palaver.settings import Settings

SAMPLE = Path(__file__).with_name("sample.yaml")
TOKEN = "aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb"
ALICE = Actor(
    user_id=UUID(int=1),
    username="alice",
    name="Alice",
    email="alice@example.com",
    status="active",
    login_type="password",
    roles=frozenset({"member"}),
    organizations=MappingProxyType({}),
    groups=frozenset(),
    key_id="aaaaaaaaaa",
    scopes=frozenset({"coder:all"}),
)


class KnownTokens:
    """Knows exactly one token."""

    async def authenticate(self, presented: PresentedToken) -> Actor:
        if not presented.token:
            raise TokenMissing("http://localhost")
        if presented.token != TOKEN:
            raise TokenUnknown("http://localhost")
        return ALICE


@dataclass
class SampleServices:
    """What the edge needs of the engine."""

    settings: Settings
    limiter: RateLimiter
    authenticator: KnownTokens = field(default_factory=KnownTokens)
    version: str = "v0.1.0-test"
    found: Readiness = field(default_factory=Readiness)

    async def readiness(self) -> Readiness:
        return self.found

    def sample(self) -> None:
        """Nothing here is known by looking."""


def sample_services(**settings: object) -> SampleServices:
    values = Settings(**{"rate_limits": "off", **settings})  # type: ignore[arg-type]
    return SampleServices(values, RateLimiter(values))


def sample_edge(services: SampleServices | None = None, handlers: str = "sample_handlers") -> EdgeApp:
    return build_edge(
        services or sample_services(),  # type: ignore[arg-type]
        handlers_package=f"tests.contract_edge.{handlers}",
        contract=Contract.load(SAMPLE),
    )


def client_of(edge: EdgeApp, **headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=edge, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers)


@pytest.fixture(scope="session")
def edge() -> EdgeApp:
    return sample_edge()


@pytest.fixture
async def anonymous(edge: EdgeApp) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(edge) as client:
        yield client


@pytest.fixture
async def client(edge: EdgeApp) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(edge, **{"Coder-Session-Token": TOKEN}) as client:
        yield client
