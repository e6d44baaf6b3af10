"""The one statement that writes everything a bundle changed, and its parameters.

Every variant is a fixed text, so that PostgreSQL and SQLAlchemy know it. All parts depend on the chat's row being
found at the version that the bundle has seen: a write of somebody who was overtaken changes nothing.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, text

from palaver.chat.accounting import ACCOUNT, account_parameters, is_counted
from palaver.chat.records import ChatRecord, MessageRecord, NewMessage, QueuedRecord
from palaver.chat.searching import searched_text
from palaver.json_text import dump_json


class Overtaken(Exception):
    """Somebody else has changed the chat since it was looked at: nothing was written."""


@dataclass(slots=True)
class Changes:
    """What a bundle changes beside the columns of the chat's row, as far as it is not written yet.

    `records` are the messages that become of `new`; None stands for no change.
    """

    create: bool = False
    delete: bool = False
    new: list[NewMessage] = field(default_factory=list)
    records: list[MessageRecord] = field(default_factory=list)
    removed_from: int | None = None
    """The id of the first message that is soft-deleted with all later ones."""
    enqueued: QueuedRecord | None = None
    dequeued: int | None = None
    promoted_place: int | None = None
    """Which of `records`, counted from 1, the dequeued entry became; None: it was deleted."""
    moved: int | None = None
    rewritten: QueuedRecord | None = None
    reordered: list[int] | None = None
    """All entries in their new order."""
    queue_cleared: bool = False
    heartbeat: bool = False
    touch: bool = False
    deadline_seconds: float | None = None
    request_compaction: bool = False
    plan_mode: str | None = None
    mcp_server_ids: list[uuid.UUID] | None = None
    mcp_sign_ins: dict[str, Any] | None = None
    release: bool = False
    """Whether what the chat's model call had set aside of its owner's limit is free again."""

    @property
    def of_queue(self) -> bool:
        """Whether the queue is changed: what is read of it then is the state before."""
        changes = (self.enqueued, self.dequeued, self.moved, self.rewritten, self.reordered)
        return self.queue_cleared or any(change is not None for change in changes)

    def statement(self) -> TextClause:
        """The statement that writes them; see `_statement`."""
        return _statement(
            _Shape(
                create=self.create,
                delete=self.delete,
                insert=bool(self.new),
                remove=self.removed_from is not None,
                enqueue=self.enqueued is not None,
                dequeue=self.dequeued is not None,
                promote=self.promoted_place is not None,
                clear_queue=self.queue_cleared,
                move=self.moved is not None,
                rewrite=self.rewritten is not None,
                reorder=self.reordered is not None,
                heartbeat=self.heartbeat,
                account=any(is_counted(message) for message in self.new),
                release=self.release,
            )
        )

    def parameters(self, chat: ChatRecord, seen_version: int) -> dict[str, Any]:
        """Its parameters: the row as it shall be, and the snapshot_version at which it must be found."""
        if self.delete:
            return {"chat_id": chat.id, "seen_version": seen_version}
        parameters: dict[str, Any] = {
            "chat_id": chat.id,
            "status": chat.status,
            "snapshot_version": chat.snapshot_version,
            "history_version": chat.history_version,
            "last_model_config_id": chat.last_model_config_id,
            "last_reasoning_effort": chat.last_reasoning_effort,
            "pending_tool_calls": json_text(chat.pending_tool_calls),
            "generation_attempt": chat.generation_attempt,
            "worker_id": chat.worker_id,
            "runner_id": chat.runner_id,
        }
        if self.create:
            parameters |= {
                "organization_id": chat.organization_id,
                "owner_id": chat.owner_id,
                "parent_chat_id": chat.parent_chat_id,
                "root_chat_id": chat.root_chat_id,
                "title": chat.title,
                "plan_mode": chat.plan_mode,
                "client_type": chat.client_type,
                "labels": json_text(chat.labels),
                "mcp_server_ids": chat.mcp_server_ids,
                "dynamic_tools": json_text(chat.dynamic_tools),
                "forked_from_chat_id": chat.forked_from_chat_id,
                "forked_from_message_id": chat.forked_from_message_id,
            }
        else:
            parameters |= {
                "seen_version": seen_version,
                "archived": chat.archived,
                "queue_version": chat.queue_version,
                "retry_state_version": chat.retry_state_version,
                "retry_state": json_text(chat.retry_state),
                "last_error": json_text(chat.last_error),
                "plan_mode": self.plan_mode,
                "mcp_server_ids": self.mcp_server_ids,
                "mcp_sign_ins": json_text(self.mcp_sign_ins),
                "deadline": chat.requires_action_deadline_at,
                "deadline_seconds": self.deadline_seconds,
                "compaction_requested_at": chat.compaction_requested_at,
                "request_compaction": self.request_compaction,
                "touch": self.touch,
            }
        if self.new:
            parameters |= _message_parameters(chat.owner_id, self.new)
            parameters |= account_parameters(chat, self.new)
        if self.removed_from is not None:
            parameters["removed_from"] = self.removed_from
        if self.enqueued is not None:
            parameters |= {
                "q_content": json_text(self.enqueued.content),
                "q_creator": self.enqueued.created_by,
                "q_model": self.enqueued.model_config_id,
                "q_effort": self.enqueued.reasoning_effort,
            }
        if self.dequeued is not None:
            parameters["dequeued_id"] = self.dequeued
        if self.promoted_place is not None:
            parameters["promoted_place"] = self.promoted_place
        if self.moved is not None:
            parameters["moved_id"] = self.moved
        if self.rewritten is not None:
            parameters |= {
                "r_id": self.rewritten.id,
                "r_content": json_text(self.rewritten.content),
                "r_model": self.rewritten.model_config_id,
                "r_effort": self.rewritten.reasoning_effort,
                "r_version": self.rewritten.version,
                "r_held": self.rewritten.held,
            }
        if self.reordered is not None:
            parameters["entry_order"] = self.reordered
        return parameters


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which tables a write touches beside the chat's row; one statement text per shape."""

    create: bool
    delete: bool
    insert: bool
    remove: bool
    enqueue: bool
    dequeue: bool
    promote: bool
    clear_queue: bool
    move: bool
    rewrite: bool
    reorder: bool
    heartbeat: bool
    account: bool
    release: bool


# statement_timestamp(): the transaction may have waited for the lock since now(), and times must follow the ids.
_INSERT = """INSERT INTO chat_messages (chat_id, role, visibility, content, created_by, model_config_id,
    reasoning_effort, revision, compressed, usage, cost_micros, runtime_ms, created_at, search)
  SELECT :chat_id, m.role, m.visibility, m.content::json, m.created_by, m.model_config_id,
    m.reasoning_effort, :snapshot_version, m.compressed, m.usage::json, m.cost_micros, m.runtime_ms,
    statement_timestamp(), to_tsvector('simple', m.searched)
  FROM written, unnest(CAST(:roles AS text[]), CAST(:visibilities AS text[]), CAST(:contents AS text[]),
    CAST(:creators AS uuid[]), CAST(:models AS uuid[]), CAST(:efforts AS text[]), CAST(:compressed AS boolean[]),
    CAST(:usages AS text[]), CAST(:costs AS bigint[]), CAST(:runtimes AS bigint[]),
    CAST(:searched AS text[])) WITH ORDINALITY
    AS m(role, visibility, content, created_by, model_config_id, reasoning_effort, compressed, usage, cost_micros,
      runtime_ms, searched, place)
  ORDER BY m.place
  RETURNING id"""

_REMOVE = """UPDATE chat_messages SET deleted = true, revision = :snapshot_version
  WHERE chat_id = :chat_id AND id >= :removed_from AND NOT deleted AND EXISTS (SELECT FROM written)
  RETURNING id, visibility"""

_ENQUEUE = """INSERT INTO chat_queued_messages (chat_id, position, content, created_by, model_config_id,
    reasoning_effort, created_at)
  SELECT :chat_id, coalesce(max(position), 0) + 1, CAST(CAST(:q_content AS text) AS json), CAST(:q_creator AS uuid),
    CAST(:q_model AS uuid), CAST(:q_effort AS text), statement_timestamp()
  FROM chat_queued_messages WHERE chat_id = :chat_id
  HAVING EXISTS (SELECT FROM written)
  RETURNING id, position"""

_DEQUEUE = """DELETE FROM chat_queued_messages
  WHERE chat_id = :chat_id AND id = :dequeued_id AND EXISTS (SELECT FROM written)
  RETURNING chat_id, id"""

_CLEAR_QUEUE = """DELETE FROM chat_queued_messages
  WHERE chat_id = :chat_id AND NOT held AND EXISTS (SELECT FROM written)
  RETURNING chat_id, id"""

_DEPART = "INSERT INTO chat_queue_departures (chat_id, entry_id, message_id) SELECT chat_id, id, {message} FROM {left}"

_PROMOTED = "(SELECT (array_agg(id ORDER BY id))[CAST(:promoted_place AS int)] FROM inserted)"

_MOVE = """UPDATE chat_queued_messages SET held = false, version = version + 1, position =
    (SELECT min(position) - 1 FROM chat_queued_messages WHERE chat_id = :chat_id)
  WHERE chat_id = :chat_id AND id = :moved_id AND EXISTS (SELECT FROM written)"""

_REWRITE = """UPDATE chat_queued_messages SET content = CAST(CAST(:r_content AS text) AS json),
    model_config_id = CAST(:r_model AS uuid),
    reasoning_effort = CAST(:r_effort AS text), version = CAST(:r_version AS bigint), held = CAST(:r_held AS boolean)
  WHERE chat_id = :chat_id AND id = :r_id AND EXISTS (SELECT FROM written)"""

_REORDER = """UPDATE chat_queued_messages AS q SET position = o.place
  FROM unnest(CAST(:entry_order AS bigint[])) WITH ORDINALITY AS o(id, place)
  WHERE q.chat_id = :chat_id AND q.id = o.id AND EXISTS (SELECT FROM written)"""

_HEARTBEAT = """INSERT INTO chat_heartbeats (chat_id, runner_id, heartbeat_at)
  SELECT :chat_id, CAST(:runner_id AS uuid), statement_timestamp() FROM written
  ON CONFLICT (chat_id, runner_id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at"""

_RELEASE = "DELETE FROM spend_reservations WHERE chat_id = :chat_id AND EXISTS (SELECT FROM written)"

_UPDATE = """UPDATE chats SET status = :status, archived = :archived, snapshot_version = :snapshot_version,
    history_version = :history_version, queue_version = :queue_version, retry_state_version = :retry_state_version,
    generation_attempt = :generation_attempt, retry_state = CAST(CAST(:retry_state AS text) AS json),
    last_error = CAST(CAST(:last_error AS text) AS json), last_model_config_id = :last_model_config_id,
    last_reasoning_effort = :last_reasoning_effort,
    pending_tool_calls = CAST(CAST(:pending_tool_calls AS text) AS json),
    worker_id = :worker_id, runner_id = :runner_id, pin_order = CASE WHEN :archived THEN 0 ELSE pin_order END,
    plan_mode = coalesce(CAST(:plan_mode AS text), plan_mode),
    mcp_server_ids = coalesce(CAST(:mcp_server_ids AS uuid[]), mcp_server_ids),
    mcp_sign_ins = coalesce(CAST(CAST(:mcp_sign_ins AS text) AS json), mcp_sign_ins),
    requires_action_deadline_at = CASE WHEN CAST(:deadline_seconds AS float8) IS NULL
      THEN CAST(:deadline AS timestamptz)
      ELSE statement_timestamp() + make_interval(secs => CAST(:deadline_seconds AS float8)) END,
    compaction_requested_at = CASE WHEN :request_compaction THEN statement_timestamp()
      ELSE CAST(:compaction_requested_at AS timestamptz) END,
    updated_at = CASE WHEN :touch THEN statement_timestamp() ELSE updated_at END
  WHERE id = :chat_id AND snapshot_version = :seen_version
  RETURNING created_at, updated_at, requires_action_deadline_at, compaction_requested_at"""

_CREATE = """INSERT INTO chats (id, organization_id, owner_id, parent_chat_id, root_chat_id, title, plan_mode,
    client_type, labels, mcp_server_ids, dynamic_tools, user_acl, group_acl, status, archived, snapshot_version,
    history_version, queue_version, retry_state_version, generation_attempt, last_model_config_id,
    last_reasoning_effort, pending_tool_calls, worker_id, runner_id, forked_from_chat_id, forked_from_message_id,
    created_at, updated_at)
  SELECT :chat_id, CAST(:organization_id AS uuid), CAST(:owner_id AS uuid), CAST(:parent_chat_id AS uuid),
    CAST(:root_chat_id AS uuid), CAST(:title AS text), CAST(:plan_mode AS text), CAST(:client_type AS text),
    CAST(CAST(:labels AS text) AS jsonb), CAST(:mcp_server_ids AS uuid[]),
    CAST(CAST(:dynamic_tools AS text) AS json), '{}', '{}', CAST(:status AS text), false,
    CAST(:snapshot_version AS bigint), CAST(:history_version AS bigint), 0, 0, CAST(:generation_attempt AS bigint),
    CAST(:last_model_config_id AS uuid), CAST(:last_reasoning_effort AS text),
    CAST(CAST(:pending_tool_calls AS text) AS json), CAST(:worker_id AS uuid), CAST(:runner_id AS uuid),
    CAST(:forked_from_chat_id AS uuid), CAST(:forked_from_message_id AS bigint),
    statement_timestamp(), statement_timestamp()
  RETURNING created_at, updated_at, requires_action_deadline_at, compaction_requested_at"""


_DELETE = """DELETE FROM chats WHERE id = :chat_id AND snapshot_version = :seen_version
  RETURNING created_at, updated_at, requires_action_deadline_at, compaction_requested_at"""


@lru_cache(maxsize=64)
def _statement(shape: _Shape) -> TextClause:
    """The one statement that writes a bundle of `shape`.

    Its row, none when the chat is not at the version seen: created_at, updated_at, requires_action_deadline_at,
    compaction_requested_at, the statement's time, ids of the inserted messages in order, id and position of the new
    queue entry, ids of the removed messages that clients could see. The parts share one snapshot, so none sees what
    another one writes.
    """
    row = _CREATE if shape.create else _DELETE if shape.delete else _UPDATE
    parts = [f"written AS ({row})"]
    message_ids = entry_id = entry_position = removed_ids = "NULL"
    if shape.insert:
        parts.append(f"inserted AS ({_INSERT})")
        message_ids = "(SELECT array_agg(id ORDER BY id) FROM inserted)"
    if shape.remove:
        parts.append(f"removed AS ({_REMOVE})")
        removed_ids = "(SELECT array_agg(id ORDER BY id) FROM removed WHERE visibility <> 'model')"
    if shape.enqueue:
        parts.append(f"queued AS ({_ENQUEUE})")
        entry_id, entry_position = "(SELECT id FROM queued)", "(SELECT position FROM queued)"
    if shape.clear_queue:
        parts.append(f"cleared AS ({_CLEAR_QUEUE})")
        parts.append(f"all_left AS ({_DEPART.format(message='NULL', left='cleared')})")
    if shape.dequeue:
        parts.append(f"dequeued AS ({_DEQUEUE})")
        parts.append(f"one_left AS ({_DEPART.format(message=_PROMOTED if shape.promote else 'NULL', left='dequeued')})")
    if shape.move:
        parts.append(f"moved AS ({_MOVE})")
    if shape.rewrite:
        parts.append(f"rewritten AS ({_REWRITE})")
    if shape.reorder:
        parts.append(f"reordered AS ({_REORDER})")
    if shape.heartbeat:
        parts.append(f"beat AS ({_HEARTBEAT})")
    if shape.account:
        parts.append(f"accounted AS ({ACCOUNT})")
    if shape.release:
        parts.append(f"released AS ({_RELEASE})")
    ctes = ",\n".join(parts)
    return text(
        f"WITH {ctes}\n"
        "SELECT written.*, statement_timestamp(), "
        f"{message_ids}, {entry_id}, {entry_position}, {removed_ids} FROM written"
    )


def json_text(value: Any) -> str | None:
    """A value as JSON text; None stays SQL's null."""
    return None if value is None else dump_json(value).decode()


def _message_parameters(owner_id: uuid.UUID, new: Sequence[NewMessage]) -> dict[str, Any]:
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
        "searched": [searched_text(owner_id, message.role, message.visibility, message.content) for message in new],
    }
