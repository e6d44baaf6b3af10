"""A second book, kept by triggers in the database: every change of a chat with its author, and what became of it.

Every replica connects as a database role of its own, so the author of a write is known beyond doubt. Rows of one chat
are in the order of their commits, for each is written under the lock of the chat's row. What became of an entry that
left its queue is told by what else the same transaction wrote.
"""

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection

INSTALL = """
CREATE SCHEMA chaos;
CREATE TABLE chaos.changes (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  author text NOT NULL DEFAULT session_user, chat_id uuid NOT NULL, old jsonb, new jsonb NOT NULL
);
CREATE TABLE chaos.messages (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, chat_id uuid NOT NULL, id bigint NOT NULL, role text NOT NULL,
  revision bigint NOT NULL, author text NOT NULL DEFAULT session_user,
  xid bigint NOT NULL DEFAULT txid_current(), content json
);
CREATE TABLE chaos.unqueued (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, chat_id uuid NOT NULL, id bigint NOT NULL, content json,
  xid bigint NOT NULL DEFAULT txid_current()
);
CREATE FUNCTION chaos.state(c chats) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('status', c.status, 'archived', c.archived, 'snapshot_version', c.snapshot_version,
    'history_version', c.history_version, 'queue_version', c.queue_version,
    'retry_state_version', c.retry_state_version, 'generation_attempt', c.generation_attempt,
    'worker_id', c.worker_id, 'runner_id', c.runner_id)
$$;
CREATE FUNCTION chaos.note_chat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb; BEGIN
  IF TG_OP = 'UPDATE' THEN
    before := chaos.state(OLD);
    IF before = chaos.state(NEW) THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO chaos.changes (chat_id, old, new) VALUES (NEW.id, before, chaos.state(NEW));
  RETURN NULL;
END $$;
CREATE FUNCTION chaos.note_message() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO chaos.messages (chat_id, id, role, revision, content)
  VALUES (NEW.chat_id, NEW.id, NEW.role, NEW.revision, CASE NEW.role WHEN 'user' THEN NEW.content END);
  RETURN NULL;
END $$;
CREATE FUNCTION chaos.note_unqueued() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO chaos.unqueued (chat_id, id, content) VALUES (OLD.chat_id, OLD.id, OLD.content);
  RETURN NULL;
END $$;
CREATE TRIGGER chaos_chat AFTER INSERT OR UPDATE ON chats FOR EACH ROW EXECUTE FUNCTION chaos.note_chat();
CREATE TRIGGER chaos_message AFTER INSERT ON chat_messages FOR EACH ROW EXECUTE FUNCTION chaos.note_message();
CREATE TRIGGER chaos_unqueued AFTER DELETE ON chat_queued_messages FOR EACH ROW EXECUTE FUNCTION chaos.note_unqueued();
"""


@dataclass(frozen=True, slots=True)
class State:
    """The columns of a chat's execution state."""

    status: str
    archived: bool
    snapshot_version: int
    history_version: int
    queue_version: int
    retry_state_version: int
    generation_attempt: int
    worker_id: str | None
    runner_id: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One write of a chat's row; a bundle may write more than once, with the same snapshot_version."""

    seq: int
    at: float
    author: str
    chat_id: str
    old: State | None
    new: State


@dataclass(frozen=True, slots=True)
class Message:
    """A row of a history."""

    chat_id: str
    id: int
    role: str
    visibility: str
    content: list[dict[str, Any]]
    revision: int
    deleted: bool


@dataclass(frozen=True, slots=True)
class Inserted:
    """The birth of a message: `revision` is the version of the bundle that inserted it."""

    chat_id: str
    id: int
    role: str
    revision: int
    author: str
    xid: int
    """The transaction of that bundle."""
    content: list[dict[str, Any]] | None
    """As it was inserted; None for all but the users' messages."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A row of a queue."""

    chat_id: str
    id: int
    content: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Unqueued:
    """A row that was removed from a queue, whatever for, by the transaction `xid`."""

    chat_id: str
    id: int
    content: list[dict[str, Any]]
    xid: int


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat as it is at the end."""

    chat_id: str
    state: State
    pending_tool_calls: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Tables:
    """All that the database says."""

    chats: dict[str, ChatRow]
    messages: list[Message]
    """By chat and id, deleted ones too."""
    queue: list[Queued]
    """By chat and place."""
    changes: list[Change]
    inserted: list[Inserted]
    unqueued: list[Unqueued]


async def connect(url: str) -> Connection:
    """A connection that decodes JSON."""
    connection: Connection = await asyncpg.connect(url)
    for name in ("json", "jsonb"):
        await connection.set_type_codec(name, schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
    return connection


async def install(url: str) -> None:
    """Have the triggers keep the book from now on; the schema must be there."""
    connection = await connect(url)
    try:
        await connection.execute(INSTALL)
    finally:
        await connection.close()


async def read_tables(url: str) -> Tables:
    """Everything, in one snapshot."""
    connection = await connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            chats = await connection.fetch(
                "SELECT id, to_jsonb(chaos.state(chats)) AS state, pending_tool_calls FROM chats"
            )
            messages = await connection.fetch(
                "SELECT chat_id, id, role, visibility, content, revision, deleted FROM chat_messages ORDER BY 1, 2"
            )
            queue = await connection.fetch(
                "SELECT chat_id, id, content FROM chat_queued_messages ORDER BY chat_id, position, id"
            )
            changes = await connection.fetch(
                "SELECT seq, extract(epoch FROM at)::float8, author, chat_id, old, new FROM chaos.changes ORDER BY seq"
            )
            inserted = await connection.fetch(
                "SELECT chat_id, id, role, revision, author, xid, content FROM chaos.messages ORDER BY 1, 2"
            )
            unqueued = await connection.fetch("SELECT chat_id, id, content, xid FROM chaos.unqueued ORDER BY seq")
    finally:
        await connection.close()
    return Tables(
        {str(row[0]): ChatRow(str(row[0]), State(**row[1]), row[2]) for row in chats},
        [Message(*_plain(row)) for row in messages],
        [Queued(*_plain(row)) for row in queue],
        [Change(row[0], row[1], row[2], str(row[3]), row[4] and State(**row[4]), State(**row[5])) for row in changes],
        [Inserted(*_plain(row)) for row in inserted],
        [Unqueued(*_plain(row)) for row in unqueued],
    )


def _plain(row: asyncpg.Record) -> list[Any]:
    return [str(value) if isinstance(value, uuid.UUID) else value for value in row]
