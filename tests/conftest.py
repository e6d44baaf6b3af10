"""Fixtures for every test: a real PostgreSQL, and a database of one's own."""

from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import pytest_asyncio
import structlog
from prometheus_client import generate_latest

from palaver.contract.loader import Contract
from palaver.database import Database
from palaver.settings import Settings
from tests.postgres import Cluster, create_template, drop_database, fresh_database, make_template, start_cluster
from tests.support.canaries import CANARIES, CanaryFound
from tests.support.contract_checker import ResponseChecker
from tests.support.world import Facts, World, build_world, run_world

WORLD_TEMPLATE = "template_world"

_STARTS_PROCESSES = ("chaos", "fuzz", "durability", "operations", "deployment")
"""Directories whose tests run the program itself: few tests, and most of the time."""

# How long an example takes tells of the machine and what else it does, not of what is tested.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

# By default each traceback is drawn with the values of all variables, which takes seconds.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, so that no worker is left alone with it at the end."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(tests).parts[0] not in _STARTS_PROCESSES)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Cluster]:
    """One PostgreSQL for the whole run (of one worker process), still without a template."""
    with start_cluster() as cluster:
        yield cluster


@pytest_asyncio.fixture(scope="session")
async def postgres(postgres_server: Cluster) -> Cluster:
    """One PostgreSQL for the whole run, with the migrated template that `fresh_database` copies."""
    await create_template(postgres_server)
    return postgres_server


@pytest_asyncio.fixture
async def database_url(postgres: Cluster) -> AsyncIterator[str]:
    """The URL of a migrated database that only this test uses."""
    url = await fresh_database(postgres)
    yield url
    await drop_database(postgres, url)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A pool on a migrated database that only this test uses."""
    database = Database(database_url)
    yield database
    await database.close()


# ---- a running server ----


@pytest.fixture(scope="session")
def checker() -> ResponseChecker:
    """Holds answers against the contract; compiled once."""
    return ResponseChecker(Contract.load())


@pytest_asyncio.fixture(scope="session")
async def world_facts(postgres: Cluster, checker: ResponseChecker, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The built world, as a template that each test's server clones."""
    data_dir = tmp_path_factory.mktemp("world")
    url = await fresh_database(postgres)
    facts = await build_world(url, data_dir, checker)
    await make_template(postgres, url, WORLD_TEMPLATE)
    return facts


@pytest.fixture(scope="session")
def world_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of all worlds: the key that encrypts their secrets."""
    return tmp_path_factory.getbasetemp() / "world0"


@pytest_asyncio.fixture
async def world_url(postgres: Cluster, world_facts: Facts) -> AsyncIterator[str]:
    """A database with the built world in it, of this test's own."""
    url = await fresh_database(postgres, template=WORLD_TEMPLATE)
    yield url
    await drop_database(postgres, url)


@pytest.fixture
def world_settings(world_url: str, world_data_dir: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of the test's server; a test changes some with `@pytest.mark.settings(name=value)`."""
    values: dict[str, Any] = {"rate_limits": "off", "shutdown_grace_seconds": 0, "retry_initial_seconds": 0.02}
    values["automatic_texts"] = "off"  # a test of something else counts the calls of its model
    values["allow_private_networks"] = True  # for model servers of the tests
    marker = request.node.get_closest_marker("settings")
    values |= marker.kwargs if marker else {}
    return Settings(database_url=world_url, data_dir=world_data_dir, **values)


@pytest.fixture(scope="session")
def replicas() -> int:
    """How many servers serve a world; `tests/replicas` has more."""
    return 1


@pytest_asyncio.fixture
async def world(
    world_facts: Facts, world_settings: Settings, checker: ResponseChecker, replicas: int
) -> AsyncIterator[World]:
    """A real server on a free port over a world of this test's own."""
    async with run_world(world_facts, world_settings, checker, replicas=replicas) as world:
        yield world


# ---- nothing tells a secret ----


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test during which a secret got into the logs, or into whatever else the server prints."""
    report = yield
    fail_for_canaries(report)
    return report


def fail_for_canaries(report: pytest.TestReport) -> None:
    """Turn a report into a failure when what was captured holds a secret."""
    for title, captured in report.sections:
        try:
            CANARIES.search(title, captured)
        except CanaryFound as found:
            report.outcome, report.longrepr = "failed", str(found)


@pytest.fixture(scope="session", autouse=True)
def metrics_hold_no_secret() -> Iterator[None]:
    """Search the metrics that the servers of this process have counted, at the end."""
    yield
    CANARIES.search("a metric", generate_latest())
