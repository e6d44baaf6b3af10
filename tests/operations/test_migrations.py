"""The migrated schema is what the models say, on any number of starters at once."""

import asyncio

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

import palaver.database
from models import Base
from palaver.database import Database, SchemaBusy, alembic_config, schema_revision, upgrade
from tests.postgres import Cluster, fresh_database


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


async def test_migrated_schema_has_no_difference_to_the_models(database: Database) -> None:
    async with database.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_check_constraints_are_those_of_the_models(database: Database) -> None:
    wanted = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is not None
    }
    async with database.connect() as connection:
        found = await connection.scalars(
            text("SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'")
        )
        assert {name for name in found if "alembic" not in name} == wanted


async def test_first_migration_leaves_one_default_organization_and_a_deployment_id(database: Database) -> None:
    async with database.connect() as connection:
        organizations = (await connection.execute(text("SELECT name, is_default FROM organizations"))).all()
        facts = (await connection.scalars(text("SELECT name FROM deployment_facts"))).all()
    assert [tuple(row) for row in organizations] == [("coder", True)]
    assert facts == ["deployment_id"]


async def test_starters_at_the_same_time_migrate_once(postgres: Cluster) -> None:
    url = await fresh_database(postgres, migrated=False)
    assert (await schema_revision(url))[0] is None
    await asyncio.gather(*(upgrade(url) for _ in range(4)))
    current, newest = await schema_revision(url)
    assert current == newest


async def test_a_migration_that_cannot_have_its_lock_lets_others_pass_and_tries_again(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(palaver.database, "_LOCK_TIMEOUT_MS", 50)
    monkeypatch.setattr(palaver.database, "_LOCK_RETRY_SECONDS", 0.05)
    url = await fresh_database(postgres)
    database = Database(url)

    def back_before_files_have_stores(connection: Connection) -> None:
        command.downgrade(alembic_config(connection), "0006")
        connection.commit()

    async with database.engine.connect() as connection:
        await connection.run_sync(back_before_files_have_stores)
    async with database.begin() as dump:
        # As a back-up does for as long as it takes.
        await dump.execute(text("LOCK TABLE chat_files IN ACCESS SHARE MODE"))
        upgrading = asyncio.create_task(upgrade(url))
        async with asyncio.timeout(20):
            for _ in range(20):
                async with database.connect() as reader:
                    await reader.execute(text("SELECT count(*) FROM chat_files"))
                await asyncio.sleep(0.02)
        assert not upgrading.done()
    await upgrading
    current, newest = await schema_revision(url)
    assert current == newest
    await database.close()


async def test_a_lock_that_is_never_to_be_had_is_an_error_in_the_end(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(palaver.database, "_LOCK_TIMEOUT_MS", 20)
    monkeypatch.setattr(palaver.database, "_LOCK_RETRY_SECONDS", 0.0)
    monkeypatch.setattr(palaver.database, "_LOCK_TRIES", 3)
    url = await fresh_database(postgres)
    database = Database(url)
    async with database.begin() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    async with database.begin() as dump:
        await dump.execute(text("LOCK TABLE chat_files IN ACCESS SHARE MODE"))
        with pytest.raises(SchemaBusy):
            await upgrade(url)
    await database.close()


async def test_every_migration_can_be_undone(postgres: Cluster) -> None:
    url = await fresh_database(postgres)
    database = Database(url)

    def downgrade(connection: Connection) -> None:
        command.downgrade(alembic_config(connection), "base")
        connection.commit()

    async with database.engine.connect() as connection:
        await connection.run_sync(downgrade)
    async with database.connect() as connection:
        tables = await connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        assert set(tables) <= {"alembic_version"}
    await database.close()


async def test_json_keeps_what_jsonb_would_refuse(database: Database) -> None:
    async with database.begin() as connection:
        stored = await connection.scalar(text("SELECT CAST(:value AS json)"), {"value": '["a\\u0000b"]'})
    assert stored == ["a\x00b"]
