"""Servers of the last release at work while the schema goes on, and beside those of this version."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from models import Base
from palaver.database import known_revisions, schema_revision, upgrade
from tests.operations.processes import RunningServer, palaver, running
from tests.operations.released import HISTORY_WANTED, has_all_history, last_release, packed_code
from tests.operations.traffic import Traffic
from tests.postgres import Cluster, drop_database, fresh_database
from tests.support.api import Api
from tests.support.contract_checker import ResponseChecker
from tests.support.world import World, populate

REFUSAL = "by a newer Palaver"


@pytest.fixture
def released_code(tmp_path: Path) -> Path:
    """The last release's code, unpacked.

    A checkout that does not reach back to it skips; one that should, fails: the promise must not go unproven unnoticed.
    """
    packed = packed_code()
    if packed is None:
        missing = f"this checkout has no {last_release().code}, the code of the last release"
        if has_all_history() or HISTORY_WANTED in os.environ:
            pytest.fail(missing)
        pytest.skip(missing)
    directory = tmp_path / "released"
    directory.mkdir()
    subprocess.run(["tar", "-x", "-C", str(directory)], input=packed, check=True)
    return directory


@asynccontextmanager
async def _in_thread(context: AbstractContextManager[RunningServer]) -> AsyncIterator[RunningServer]:
    """Enter and leave a context that blocks, without stopping the loop."""
    server = await asyncio.to_thread(context.__enter__)
    try:
        yield server
    finally:
        await asyncio.to_thread(context.__exit__, *sys.exc_info())


async def _ready(url: str) -> tuple[int, dict[str, Any]]:
    async with httpx.AsyncClient(base_url=url) as client:
        response = await client.get("/readyz")
    return response.status_code, response.json()


async def test_servers_of_the_last_release_serve_while_the_schema_goes_on_and_beside_those_of_this_version(
    postgres: Cluster, checker: ResponseChecker, released_code: Path, tmp_path: Path
) -> None:
    url = await fresh_database(postgres, migrated=False)
    variables = {
        "PALAVER_DATABASE_URL": url,
        "PALAVER_DATA_DIR": str(tmp_path / "data"),
        "PALAVER_RATE_LIMITS": "off",
        "PALAVER_POOL_SIZE": "5",
    }
    released = {**variables, "PYTHONPATH": str(released_code)}
    async with _in_thread(running("serve", cwd=released_code, **released)) as old:
        assert (await schema_revision(url))[0] == last_release().revision
        traffic = Traffic(await populate(Api(old.url, checker)), [old.url])
        async with traffic.running():
            await traffic.more_rounds(4)
            await upgrade(url)
            assert await schema_revision(url) == (known_revisions()[-1],) * 2
            await traffic.more_rounds(6)
            assert (await _ready(old.url))[0] == 200
            refused = await asyncio.to_thread(palaver, "serve", "--port", "0", cwd=released_code, **released)
            assert refused.returncode != 0
            assert REFUSAL in refused.stdout + refused.stderr

            async with _in_thread(running("serve", cwd=tmp_path, **variables)) as new:
                traffic.urls.append(new.url)
                await traffic.more_rounds(8)
                # As a balancer does: no new requests, then the end; its chats go on elsewhere.
                await traffic.leave(old.url)
                old.process.terminate()
                await traffic.more_rounds(6)
                assert await asyncio.to_thread(old.process.wait, 30) == 0
                await traffic.more_rounds(4)
                assert traffic.failures == []
                # The last turns end before this server does.
                await traffic.finish()
    assert traffic.failures == []
    await drop_database(postgres, url)


def _later_schema() -> list[str]:
    """What migrations may do to the tables of this version while it serves: every table gets something more."""
    statements = []
    for table in Base.metadata.sorted_tables:
        column = table.columns[0].name
        statements += [
            f"ALTER TABLE {table.name} ADD COLUMN later text",
            f"ALTER TABLE {table.name} ADD COLUMN latest text NOT NULL DEFAULT 'later'",
            f"CREATE INDEX CONCURRENTLY later_{table.name} ON {table.name} ({column}, later)",
            f"ALTER TABLE {table.name} ADD CONSTRAINT later_{table.name} CHECK (latest = 'later') NOT VALID",
            f"ALTER TABLE {table.name} VALIDATE CONSTRAINT later_{table.name}",
        ]
    return [*statements, "CREATE TABLE later (id bigint)", "UPDATE alembic_version SET version_num = '9999'"]


@pytest.mark.settings(pool_size=5)
async def test_this_version_serves_while_a_later_schema_is_made_and_does_not_start_on_it(
    world: World, tmp_path: Path
) -> None:
    traffic = Traffic(world.facts, [world.url])
    database = world.services.database
    async with traffic.running():
        await traffic.more_rounds(6)
        for statement in _later_schema():
            async with database.connect() as conn:
                await conn.execute(text(statement))
        await traffic.more_rounds(6)
        status, said = await _ready(world.url)
        assert (status, said["ready"]) == (200, True)
        assert "9999 is newer" in said["warnings"][0]
        settings = world.services.settings
        variables = {"PALAVER_DATABASE_URL": str(settings.database_url), "PALAVER_DATA_DIR": str(settings.data_dir)}
        refused = await asyncio.to_thread(palaver, "serve", "--port", "0", cwd=tmp_path, **variables)
        assert refused.returncode != 0
        assert REFUSAL in refused.stdout + refused.stderr
        assert traffic.failures == []
        await traffic.finish()
    assert traffic.failures == []
