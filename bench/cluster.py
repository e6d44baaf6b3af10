"""The PostgreSQL of a run, and rows in bulk: what the API would take too long to make."""

import re
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from palaver.embedded import EmbeddedPostgres

_CONNECTIONS = 120


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL as Palaver embeds it, durable settings untouched; `pid` is its first process."""

    url: str
    pid: int
    directory: Path

    async def new_database(self, name: str) -> str:
        """The URL of a new, empty database."""
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(f'CREATE DATABASE "{name}"')
        finally:
            await connection.close()
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A fresh cluster in a temporary directory, removed afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="palaver-bench-"))
    # The server may run as another user; what is inside is closed to everybody but that one.
    directory.chmod(0o711)
    try:
        with EmbeddedPostgres(directory, max_connections=_CONNECTIONS) as postgres:
            pid = int((directory / "postgres" / "postmaster.pid").read_text().splitlines()[0])
            yield Cluster(postgres.url, pid, directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose chats are made, and the model they use."""

    user_id: uuid.UUID
    organization_id: uuid.UUID
    model_config_id: uuid.UUID


_CHATS = """
WITH made AS MATERIALIZED (SELECT gen_random_uuid() AS id FROM generate_series(1, $1))
INSERT INTO chats (id, organization_id, owner_id, root_chat_id, title, client_type, labels, mcp_server_ids,
  dynamic_tools, user_acl, group_acl, status, snapshot_version, history_version, queue_version, retry_state_version,
  generation_attempt, last_model_config_id, pending_tool_calls)
SELECT id, $2, $3, id, 'Benchmark', 'api', '{}', '{}', '[]', '{}', '{}', 'waiting', 1, 1, 0, 0, 0, $4, '[]' FROM made
RETURNING id"""

_MESSAGES = """
INSERT INTO chat_messages (chat_id, role, visibility, content, created_by, model_config_id, revision, search)
SELECT chat.id, CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END, 'both',
  json_build_array(json_build_object('type', 'text', 'text', 'Message ' || n || repeat(' of a long talk', 8))),
  CASE WHEN n % 2 = 1 THEN $2::uuid END, $3::uuid, 1,
  to_tsvector('simple', 'o' || replace($2::text, '-', '') || ' message of a long talk ' || n)
FROM unnest($1::uuid[]) AS chat(id), generate_series(1, $4) AS n"""


async def make_chats(database_url: str, owner: Owner, *, chats: int, messages: int) -> list[uuid.UUID]:
    """Insert idle chats with `messages` messages each (user and assistant in turn); vacuumed and checkpointed."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(_CHATS, chats, owner.organization_id, owner.user_id, owner.model_config_id)
        ids: list[uuid.UUID] = [row["id"] for row in rows]
        await connection.execute(_MESSAGES, ids, owner.user_id, owner.model_config_id, messages, timeout=300)
        await settle(connection)
    finally:
        await connection.close()
    return ids


async def let_rest(database_url: str, ids: list[uuid.UUID]) -> None:
    """Make chats idle again, as a finished turn would."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("UPDATE chats SET status = 'waiting' WHERE id = ANY($1::uuid[])", ids)
    finally:
        await connection.close()


async def remove_chats(database_url: str) -> None:
    """Empty the tables of chats, so that every round starts from the same."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("TRUNCATE chats CASCADE")
    finally:
        await connection.close()


async def settle(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Do the database's chores now, so that they do not fall into a measurement."""
    await connection.execute("VACUUM ANALYZE chats")
    await connection.execute("VACUUM ANALYZE chat_messages")
    await connection.execute("CHECKPOINT")


async def durability(url: str) -> str:
    """The settings that decide what a commit means, as text."""
    connection = await asyncpg.connect(url)
    try:
        version = re.split(r"[ (]", await connection.fetchval("SELECT version()"))[1]
        fsync = await connection.fetchval("SHOW fsync")
        commit = await connection.fetchval("SHOW synchronous_commit")
    finally:
        await connection.close()
    return f"PostgreSQL {version}, fsync {fsync}, synchronous_commit {commit}"
