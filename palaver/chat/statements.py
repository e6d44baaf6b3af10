"""The SQL of the state machine: one statement locks and reads a chat, one writes everything that a bundle changed.

Built once; every variant of the writing statement is a fixed text, so that PostgreSQL and SQLAlchemy know it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Double,
    Select,
    Table,
    TextClause,
    bindparam,
    func,
    literal_column,
    select,
    text,
)

from models import Chat, ChatHeartbeat, ChatMessage, ChatQueuedMessage
from palaver.chat.records import NewMessage
from palaver.json_text import dump_json

chats = cast(Table, Chat.__table__)
messages = cast(Table, ChatMessage.__table__)
queue = cast(Table, ChatQueuedMessage.__table__)
heartbeats = cast(Table, ChatHeartbeat.__table__)

CHAT_COLUMNS = len(chats.c)

queue_length: ColumnElement[int] = (
    select(func.count()).select_from(queue).where(queue.c.chat_id == chats.c.id).scalar_subquery().label("queue_length")
)


def lock_statement(*, durable: bool) -> Select[Any]:
    """Lock the row of `chat_id` and read it.

    Columns: the row, queue length, the queue_version that belongs to that length, whether the owner's heartbeat is
    younger than `stale_seconds`. While the statement waits for the lock it keeps its old snapshot: the locked row is
    read anew, the subqueries are not. The second queue_version tells: where it differs from the row's, count again.
    With `durable` false the transaction's commit does not wait for the disk.
    """
    seen = chats.alias("seen")
    heartbeat_fresh = (
        select(literal_column("1"))
        .where(
            heartbeats.c.chat_id == chats.c.id,
            heartbeats.c.runner_id == chats.c.runner_id,
            heartbeats.c.heartbeat_at
            > func.now() - bindparam("stale_seconds", type_=Double()) * literal_column("interval '1 second'"),
        )
        .exists()
    )
    statement = select(
        *chats.c,
        queue_length,
        select(seen.c.queue_version).where(seen.c.id == chats.c.id).scalar_subquery(),
        heartbeat_fresh,
    )
    if not durable:
        relaxed = func.set_config("synchronous_commit", "off", literal_column("true", Boolean))
        statement = statement.add_columns(relaxed)
    return statement.where(chats.c.id == bindparam("chat_id")).with_for_update(key_share=True, of=chats)


LOCK = lock_statement(durable=True)
LOCK_RELAXED = lock_statement(durable=False)

QUEUE_LENGTH = select(func.count()).select_from(queue).where(queue.c.chat_id == bindparam("chat_id"))

CHILD_IDS = select(chats.c.id).where(chats.c.parent_chat_id == bindparam("chat_id")).order_by(chats.c.id)

QUEUE_HEAD = (
    select(*queue.c)
    .where(queue.c.chat_id == bindparam("chat_id"))
    .order_by(queue.c.position, queue.c.id)
    .limit(literal_column("1"))
)
QUEUE_ENTRY = select(*queue.c).where(queue.c.chat_id == bindparam("chat_id"), queue.c.id == bindparam("entry_id"))

MESSAGE = select(*messages.c).where(
    messages.c.chat_id == bindparam("chat_id"),
    messages.c.id == bindparam("message_id"),
    messages.c.deleted.is_(literal_column("false", Boolean)),
)

# The newest answer in front of a message, and what follows it up to that message: its calls and their results.
LAST_STEP_BEFORE = (
    select(messages.c.role, messages.c.content)
    .where(
        messages.c.chat_id == bindparam("chat_id"),
        messages.c.id < bindparam("message_id"),
        messages.c.deleted.is_(literal_column("false", Boolean)),
        messages.c.role.in_(["assistant", "tool"]),
        messages.c.id
        >= select(func.max(messages.c.id))
        .where(
            messages.c.chat_id == bindparam("chat_id"),
            messages.c.id < bindparam("message_id"),
            messages.c.deleted.is_(literal_column("false", Boolean)),
            messages.c.role == "assistant",
        )
        .correlate(None)
        .scalar_subquery(),
    )
    .order_by(messages.c.id)
)

SOMETHING_TO_COMPACT = text("""
SELECT EXISTS (
  SELECT FROM chat_messages
  WHERE chat_id = :chat_id AND role = 'assistant' AND NOT compressed AND NOT deleted
    AND id > coalesce((SELECT max(id) FROM chat_messages
                       WHERE chat_id = :chat_id AND compressed AND NOT deleted), 0))
""")


@dataclass(frozen=True, slots=True)
class WriteShape:
    """Which tables a write touches beside the chat's row; one statement text per shape."""

    create: bool = False
    insert: bool = False
    soft_delete: bool = False
    enqueue: bool = False
    dequeue: bool = False
    clear_queue: bool = False
    move: bool = False
    heartbeat: bool = False


# statement_timestamp(): the transaction may have waited for the lock since now(), and times must follow the ids.
_INSERT = """INSERT INTO chat_messages (chat_id, role, visibility, content, created_by, model_config_id,
    reasoning_effort, revision, compressed, usage, cost_micros, runtime_ms, created_at)
  SELECT :chat_id, m.role, m.visibility, m.content::json, m.created_by, m.model_config_id,
    m.reasoning_effort, :snapshot_version, m.compressed, m.usage::json, m.cost_micros, m.runtime_ms,
    statement_timestamp()
  FROM unnest(CAST(:roles AS text[]), CAST(:visibilities AS text[]), CAST(:contents AS text[]),
    CAST(:creators AS uuid[]), CAST(:models AS uuid[]), CAST(:efforts AS text[]), CAST(:compressed AS boolean[]),
    CAST(:usages AS text[]), CAST(:costs AS bigint[]), CAST(:runtimes AS bigint[])) WITH ORDINALITY
    AS m(role, visibility, content, created_by, model_config_id, reasoning_effort, compressed, usage, cost_micros,
      runtime_ms, place)
  ORDER BY m.place
  RETURNING id"""

_SOFT_DELETE = """UPDATE chat_messages SET deleted = true, revision = :snapshot_version
  WHERE chat_id = :chat_id AND id >= :deleted_from AND NOT deleted
  RETURNING id, visibility"""

_ENQUEUE = """INSERT INTO chat_queued_messages (chat_id, position, content, created_by, model_config_id,
    reasoning_effort, created_at)
  SELECT :chat_id, coalesce(max(position), 0) + 1, CAST(CAST(:q_content AS text) AS json), CAST(:q_creator AS uuid),
    CAST(:q_model AS uuid), CAST(:q_effort AS text), statement_timestamp()
  FROM chat_queued_messages WHERE chat_id = :chat_id
  RETURNING id, position"""

_DEQUEUE = "DELETE FROM chat_queued_messages WHERE chat_id = :chat_id AND id = :dequeued_id"

_CLEAR_QUEUE = "DELETE FROM chat_queued_messages WHERE chat_id = :chat_id"

_MOVE = """UPDATE chat_queued_messages SET position =
    (SELECT min(position) - 1 FROM chat_queued_messages WHERE chat_id = :chat_id)
  WHERE chat_id = :chat_id AND id = :moved_id"""

_HEARTBEAT = """INSERT INTO chat_heartbeats (chat_id, runner_id, heartbeat_at)
  VALUES (:chat_id, :runner_id, statement_timestamp())
  ON CONFLICT (chat_id, runner_id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at"""

_UPDATE = """UPDATE chats SET status = :status, archived = :archived, snapshot_version = :snapshot_version,
    history_version = :history_version, queue_version = :queue_version, retry_state_version = :retry_state_version,
    generation_attempt = :generation_attempt, retry_state = CAST(CAST(:retry_state AS text) AS json),
    last_error = CAST(CAST(:last_error AS text) AS json), last_model_config_id = :last_model_config_id,
    last_reasoning_effort = :last_reasoning_effort,
    pending_tool_calls = CAST(CAST(:pending_tool_calls AS text) AS json),
    worker_id = :worker_id, runner_id = :runner_id, pin_order = :pin_order, plan_mode = :plan_mode,
    mcp_server_ids = CAST(:mcp_server_ids AS uuid[]),
    requires_action_deadline_at = CASE WHEN CAST(:deadline_seconds AS float8) IS NULL
      THEN CAST(:deadline AS timestamptz)
      ELSE statement_timestamp() + make_interval(secs => CAST(:deadline_seconds AS float8)) END,
    compaction_requested_at = CASE WHEN :request_compaction THEN statement_timestamp()
      ELSE CAST(:compaction_requested_at AS timestamptz) END,
    updated_at = CASE WHEN :touch THEN statement_timestamp() ELSE updated_at END
  WHERE id = :chat_id
  RETURNING created_at, updated_at, requires_action_deadline_at, compaction_requested_at"""

_CREATE = """INSERT INTO chats (id, organization_id, owner_id, parent_chat_id, root_chat_id, title, plan_mode,
    client_type, labels, mcp_server_ids, dynamic_tools, user_acl, group_acl, status, archived, snapshot_version,
    history_version, queue_version, retry_state_version, generation_attempt, last_model_config_id,
    last_reasoning_effort, pending_tool_calls, worker_id, runner_id, created_at, updated_at)
  SELECT :chat_id, CAST(:organization_id AS uuid), CAST(:owner_id AS uuid), CAST(:parent_chat_id AS uuid),
    CAST(:root_chat_id AS uuid), CAST(:title AS text), CAST(:plan_mode AS text), CAST(:client_type AS text),
    CAST(CAST(:labels AS text) AS jsonb), CAST(:mcp_server_ids AS uuid[]),
    CAST(CAST(:dynamic_tools AS text) AS json), '{}', '{}', CAST(:status AS text), false,
    CAST(:snapshot_version AS bigint), CAST(:history_version AS bigint), 0, 0, CAST(:generation_attempt AS bigint),
    CAST(:last_model_config_id AS uuid), CAST(:last_reasoning_effort AS text),
    CAST(CAST(:pending_tool_calls AS text) AS json), CAST(:worker_id AS uuid), CAST(:runner_id AS uuid),
    statement_timestamp(), statement_timestamp()
  RETURNING created_at, updated_at, requires_action_deadline_at, compaction_requested_at"""


@lru_cache(maxsize=64)
def write_statement(shape: WriteShape) -> TextClause:
    """The one statement that writes a bundle of `shape`.

    Its row: created_at, updated_at, requires_action_deadline_at, compaction_requested_at, the statement's time,
    ids of the inserted messages in order, id and position of the new queue entry, ids of the removed messages that
    clients could see. The parts share one snapshot, so none sees what another one writes.
    """
    parts = ["written AS (" + (_CREATE if shape.create else _UPDATE) + ")"]
    message_ids = entry_id = entry_position = removed_ids = "NULL"
    if shape.insert:
        parts.append(f"inserted AS ({_INSERT})")
        message_ids = "(SELECT array_agg(id ORDER BY id) FROM inserted)"
    if shape.soft_delete:
        parts.append(f"removed AS ({_SOFT_DELETE})")
        removed_ids = "(SELECT array_agg(id ORDER BY id) FROM removed WHERE visibility <> 'model')"
    if shape.enqueue:
        parts.append(f"queued AS ({_ENQUEUE})")
        entry_id, entry_position = "(SELECT id FROM queued)", "(SELECT position FROM queued)"
    if shape.clear_queue:
        parts.append(f"cleared AS ({_CLEAR_QUEUE})")
    if shape.dequeue:
        parts.append(f"dequeued AS ({_DEQUEUE})")
    if shape.move:
        parts.append(f"moved AS ({_MOVE})")
    if shape.heartbeat:
        parts.append(f"beat AS ({_HEARTBEAT})")
    ctes = ",\n".join(parts)
    return text(
        f"WITH {ctes}\n"
        "SELECT written.*, statement_timestamp(), "
        f"{message_ids}, {entry_id}, {entry_position}, {removed_ids} FROM written"
    )


def json_text(value: Any) -> str | None:
    """A value as JSON text; None stays SQL's null."""
    return None if value is None else dump_json(value).decode()


def message_parameters(new: Sequence[NewMessage]) -> dict[str, Any]:
    """The messages column by column, as the writing statement takes them."""
    return {
        "roles": [message.role for message in new],
        "visibilities": [message.visibility for message in new],
        "contents": [json_text(message.content) for message in new],
        "creators": [message.created_by for message in new],
        "models": [message.model_config_id for message in new],
        "efforts": [message.reasoning_effort for message in new],
        "compressed": [message.compressed for message in new],
        "usages": [json_text(message.usage) for message in new],
        "costs": [message.cost_micros for message in new],
        "runtimes": [message.runtime_ms for message in new],
    }
