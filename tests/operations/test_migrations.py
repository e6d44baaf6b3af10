"""The migrated schema is what the models say, on any number of starters at once."""

import asyncio

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from models import Base
from palaver.database import Database, alembic_config, schema_revision, upgrade
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
