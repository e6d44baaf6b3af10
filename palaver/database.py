"""The database: engine, transactions and migrations. Nothing here knows a table."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

import asyncpg
import orjson
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from asyncpg.exceptions import CannotConnectNowError, PostgresConnectionError
from sqlalchemy import Connection, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool, QueuePool

_MIGRATION_LOCK: Final = 0x70616C61766572
"""Key of the advisory lock that only migrations take ("palaver" in ASCII)."""
_TRY_LOCK: Final = text("SELECT pg_try_advisory_lock(:key)")
_LOCK_POLL_SECONDS: Final = 0.2
_LOCK_TIMEOUT_MS: Final = 2000
"""How long a statement of a migration, and with it whatever wants the same table, waits for a lock."""
_LOCK_RETRY_SECONDS: Final = 3.0
_LOCK_TRIES: Final = 60
_LOCK_NOT_AVAILABLE: Final = "55P03"


class Database:
    """A pool of connections to one PostgreSQL; READ COMMITTED, JSON by orjson.

    `url` is `postgresql://...` (a socket directory goes into `?host=`); no connection is made before the first use.
    The server ends a transaction in which nothing is asked for `idle_transaction_seconds`: a process that was frozen
    or cut off must not keep others from the rows it has locked.
    """

    def __init__(self, url: str, *, pool_size: int = 10, idle_transaction_seconds: float = 30.0) -> None:
        self.url = url
        # LIFO: under little load few connections stay warm, with the statements they have prepared.
        self.engine: AsyncEngine = _engine(
            url,
            {"idle_in_transaction_session_timeout": str(round(idle_transaction_seconds * 1000))},
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=30,
            pool_use_lifo=True,
        )
        self._autocommit = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction: committed at the end, rolled back when an exception leaves the block."""
        async with self.engine.begin() as connection:
            yield connection
            await check_before_commit()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection that commits each statement by itself, for single reads: no BEGIN, no COMMIT."""
        if (given := _reader.get()) is not None:
            yield given
            return
        async with self._autocommit.connect() as connection:
            yield connection

    def connections(self) -> tuple[int, int]:
        """How many connections of the pool are in use, and how many are open and idle."""
        pool = self.engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout(), pool.checkedin()

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self.engine.dispose()


_check: ContextVar[Callable[[], Awaitable[None]] | None] = ContextVar("check_before_commit", default=None)
_reader: ContextVar[AsyncConnection | None] = ContextVar("reader", default=None)


@contextmanager
def checking_before_commit(check: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """Await `check` before each commit of the block; what it raises rolls the transaction back."""
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)


async def check_before_commit() -> None:
    """For transactions that are not made by `Database.begin`: make the checks of who asked for the change."""
    if (check := _check.get()) is not None:
        await check()


@contextmanager
def reading_by(connection: AsyncConnection) -> Iterator[None]:
    """Let `Database.connect` give this connection for the reads of the block."""
    token = _reader.set(connection)
    try:
        yield
    finally:
        _reader.reset(token)


@contextmanager
def refusing(**refusals: Exception) -> Iterator[None]:
    """Raise `refusals[name]` instead of an IntegrityError whose constraint or unique index has that name.

    The transaction is lost either way: let the exception leave its block.
    """
    try:
        yield
    except IntegrityError as error:
        refusal = refusals.get(violated_constraint(error) or "")
        if refusal is None:
            raise
        raise refusal from error


def violated_constraint(error: IntegrityError) -> str | None:
    """The name of the constraint or unique index that a write violated."""
    name = getattr(error.driver_exception, "constraint_name", None)
    return name if isinstance(name, str) else None


def async_url(url: str) -> URL:
    """`url` for SQLAlchemy's asyncpg dialect; libpq's `sslmode` becomes asyncpg's `ssl`."""
    parsed = make_url(url).set(drivername="postgresql+asyncpg")
    if "sslmode" in parsed.query:
        ssl = parsed.query["sslmode"]
        parsed = parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": ssl})
    return parsed


def _engine(url: str, server_settings: Mapping[str, str] | None = None, **options: Any) -> AsyncEngine:
    return create_async_engine(
        async_url(url),
        json_serializer=_json_text,
        json_deserializer=orjson.loads,
        connect_args={
            "prepared_statement_cache_size": 512,
            # Statements here are short: compiling them costs more than it ever saves.
            "server_settings": {
                "application_name": "palaver",
                "jit": "off",
                "timezone": "UTC",
                **(server_settings or {}),
            },
        },
        **options,
    )


def _json_text(value: object) -> str:
    return orjson.dumps(value).decode()


DATABASE_FAULTS: Final = (
    SQLAlchemyError,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What a statement may raise. The driver's own errors come through where a new connection is prepared."""


def is_outage(error: BaseException) -> bool:
    """Whether an error says that the database could not be reached, or has cut the connection."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, InterfaceError)
    return isinstance(error, OSError | PoolTimeout | CannotConnectNowError | PostgresConnectionError)


# ---- migrations ----


class SchemaTooNew(Exception):
    """The database was migrated by a newer version."""


class SchemaBusy(Exception):
    """A migration did not get a lock in all its tries."""


async def upgrade(url: str) -> None:
    """Bring the schema to the newest migration; several processes may call this at once, one of them works.

    Servers of the version before may be at work meanwhile: no statement of a migration waits long for a lock, since
    whatever comes behind it would wait as well; it is tried again instead, for `_LOCK_TRIES` times. Each migration has
    a transaction of its own. Raises SchemaBusy in the end, and SchemaTooNew, leaving everything as it is, when the
    database knows a migration that we do not.
    """
    engine = _engine(url, poolclass=NullPool)
    try:
        # The lock has a connection of its own: a migration may have to end transactions on the other one.
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as guard:
            # Asked for again and again: a statement that waits would be waited for by CREATE INDEX CONCURRENTLY.
            while not await guard.scalar(_TRY_LOCK, {"key": _MIGRATION_LOCK}):  # noqa: ASYNC110 - another process's
                await asyncio.sleep(_LOCK_POLL_SECONDS)
            for tries_left in reversed(range(_LOCK_TRIES)):
                try:
                    async with engine.connect() as connection:
                        return await connection.run_sync(_upgrade_to_head)
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                        raise
                    if tries_left == 0:
                        raise SchemaBusy(
                            "A migration could not lock a table: something uses it all the time, such as a back-up. "
                            "Nothing is lost; start again when it has ended."
                        ) from error
                await asyncio.sleep(_LOCK_RETRY_SECONDS)
    finally:
        # Closing the guard's session lets go of the lock, also after an error.
        await asyncio.shield(engine.dispose())


def known_revisions() -> tuple[str, ...]:
    """The migrations that this version knows, oldest first. Reads files."""
    return tuple(reversed([script.revision for script in _scripts().walk_revisions()]))


async def schema_revision(url: str) -> tuple[str | None, str | None]:
    """(revision of the database, newest revision that this version knows); the former is None when empty."""
    engine = _engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_current_revision), _scripts().get_current_head()
    finally:
        await engine.dispose()


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration: where the migrations are, and the connection that they shall use."""
    config = Config()
    config.set_main_option("script_location", str(_migrations_directory()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrations_directory() -> Path:
    # An installed wheel carries them inside the package; a checkout, also an editable one, beside it.
    packaged = Path(__file__).parent / "migrations"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "migrations"


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


def _current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade_to_head(connection: Connection) -> None:
    current, known = _current_revision(connection), known_revisions()
    if current == known[-1]:
        return
    if current is not None and current not in known:
        raise SchemaTooNew(f"The database was migrated to {current} by a newer Palaver. Run that one, or newer.")
    connection.execute(text(f"SET lock_timeout = {_LOCK_TIMEOUT_MS}"))
    connection.commit()
    command.upgrade(alembic_config(connection), "head")
    connection.commit()


# ---- capacity ----

_LISTENING_CONNECTIONS: Final = 1
"""Beside its pool each process has one connection on which it hears the others."""
_SPARE_CONNECTIONS: Final = 2
"""Used for a moment while migrating, and when a process has died."""


class TooFewConnections(Exception):
    """PostgreSQL does not allow as many connections as we may open."""


def needed_connections(pool_size: int, processes: int = 1) -> int:
    """How many connections `processes` of one server may open together.

    Several are restarted one by one, the new one before the old one ends: one more counts.
    """
    at_once = processes + 1 if processes > 1 else 1
    return at_once * (pool_size + _LISTENING_CONNECTIONS) + _SPARE_CONNECTIONS


async def check_capacity(url: str, pool_size: int, processes: int = 1) -> None:
    """Compare what these processes may open with what the server allows. Raises TooFewConnections."""
    engine = _engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            allowed: int = await connection.scalar(_ALLOWED_CONNECTIONS)
    finally:
        await engine.dispose()
    wanted = needed_connections(pool_size, processes)
    if wanted > allowed:
        who = "this process" if processes == 1 else f"{processes} processes and one that replaces another"
        raise TooFewConnections(
            f"PostgreSQL allows {allowed} connections, {who} may open {wanted}: "
            "lower PALAVER_POOL_SIZE or raise PostgreSQL's max_connections."
        )


_ALLOWED_CONNECTIONS: Final = text(
    "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
    " - coalesce(current_setting('reserved_connections', true), '0')::int"
)
