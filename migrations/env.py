"""Alembic's environment: runs migrations on the connection it is handed, or on PALAVER_DATABASE_URL."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from models import Base
from palaver.database import async_url
from palaver.settings import Settings


def run(connection: Connection) -> None:
    """Run what was asked for, each migration in a transaction of its own: none holds its locks for another's time."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_on_configured_database() -> None:
    """Run on the database of the settings: for `alembic revision` and its like in development."""
    url = Settings().database_url
    if url is None:
        raise SystemExit("Set PALAVER_DATABASE_URL to the database to work on.")
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    asyncio.run(run_on_configured_database())
