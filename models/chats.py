"""Chats and everything that belongs to one: history, queue, leases. All rows are reached by `chat_id`."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, LargeBinary, func, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Chat(Base):
    """One conversation and its execution state; `palaver.chat` is the only writer of the columns below the line."""

    __tablename__ = "chats"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'running', 'interrupting', 'requires_action', 'error')", name="status"),
        CheckConstraint("(worker_id IS NULL) = (runner_id IS NULL)", name="owner"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id"))
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    parent_chat_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), index=True)
    root_chat_id: Mapped[uuid.UUID]
    title: Mapped[str]
    plan_mode: Mapped[str] = mapped_column(server_default="")
    client_type: Mapped[str]
    labels: Mapped[dict[str, str]]
    mcp_server_ids: Mapped[list[uuid.UUID]]
    dynamic_tools: Mapped[list[dict[str, Any]]]
    """Client-side tools: `[{name, description?, input_schema?}]`."""
    user_acl: Mapped[dict[str, str]]
    """User id -> role; only a root chat's entries count."""
    group_acl: Mapped[dict[str, str]]
    pin_order: Mapped[int] = mapped_column(Integer, server_default="0")
    last_read_message_id: Mapped[int | None]
    last_turn_summary: Mapped[str | None]
    summary: Mapped[str | None]
    forked_from_chat_id: Mapped[uuid.UUID | None]
    """The chat whose history this one began with; it may be gone."""
    forked_from_message_id: Mapped[int | None]
    """The last message of that history, by its id there."""
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    """Time of the last change of the execution state; the sort key of lists."""

    # ---- execution state: written by palaver.chat alone ----
    status: Mapped[str]
    archived: Mapped[bool] = mapped_column(server_default=text("false"))
    snapshot_version: Mapped[int]
    history_version: Mapped[int]
    queue_version: Mapped[int]
    retry_state_version: Mapped[int]
    generation_attempt: Mapped[int]
    retry_state: Mapped[dict[str, Any] | None]
    last_error: Mapped[dict[str, Any] | None]
    last_model_config_id: Mapped[uuid.UUID]
    last_reasoning_effort: Mapped[str] = mapped_column(server_default="")
    pending_tool_calls: Mapped[list[dict[str, Any]]]
    """Unanswered calls of the newest assistant message, `[{tool_call_id, tool_name, args}]`: derived from the history
    and kept here, so that no transition has to read it."""
    worker_id: Mapped[uuid.UUID | None]
    runner_id: Mapped[uuid.UUID | None]
    requires_action_deadline_at: Mapped[dt.datetime | None]
    compaction_requested_at: Mapped[dt.datetime | None]
    mcp_sign_ins: Mapped[dict[str, Any] | None]
    """`{version, servers: [{mcp_server_config_id, slug, display_name}]}`: the MCP servers that the newest turn went
    without because the owner has to sign in there, and the snapshot_version since which that is so."""


Index(
    "ix_chats_owner_list",
    Chat.owner_id,
    Chat.archived,
    Chat.pin_order,
    Chat.updated_at.desc(),
    Chat.id.desc(),
    postgresql_where=Chat.parent_chat_id.is_(None),
)
Index(
    "ix_chats_runnable",
    Chat.updated_at,
    postgresql_where=text("status IN ('running', 'interrupting', 'requires_action')"),
)
Index("ix_chats_user_acl", Chat.user_acl, postgresql_using="gin")
Index("ix_chats_group_acl", Chat.group_acl, postgresql_using="gin")


class ChatTitle(Base):
    """The words of a root chat's title. Triggers on `chats` keep it (migration 0014); nothing else writes it."""

    __tablename__ = "chat_titles"
    __table_args__ = (Index("ix_chat_titles_search", "search", postgresql_using="gin"),)

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    search: Mapped[str] = mapped_column(TSVECTOR)


class ChatMessage(Base):
    """One message of a history. Rows are never removed one by one: an edit sets `deleted` and a new `revision`."""

    __tablename__ = "chat_messages"
    __table_args__ = (
        CheckConstraint("role IN ('system', 'user', 'assistant', 'tool')", name="role"),
        CheckConstraint("visibility IN ('user', 'model', 'both')", name="visibility"),
    )

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    role: Mapped[str]
    visibility: Mapped[str]
    content: Mapped[list[dict[str, Any]]]
    """Parts as the contract's ChatMessagePart, plus the internal key `provider_metadata`, which never leaves."""
    created_by: Mapped[uuid.UUID | None]
    model_config_id: Mapped[uuid.UUID | None]
    reasoning_effort: Mapped[str] = mapped_column(server_default="")
    revision: Mapped[int]
    """The chat's snapshot_version at the row's last change."""
    deleted: Mapped[bool] = mapped_column(server_default=text("false"))
    compressed: Mapped[bool] = mapped_column(server_default=text("false"))
    usage: Mapped[dict[str, Any] | None]
    """ChatMessageUsage with zero counts left out."""
    cost_micros: Mapped[int | None]
    """Price of the model call in 1e-6 US dollar; null: no price is known or no call was made."""
    runtime_ms: Mapped[int | None]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    search: Mapped[str | None] = mapped_column(TSVECTOR, deferred=True)
    """The words of what users and models say, as `palaver.chat.searching` tells; null for other messages, and for
    those whose words the scheduled work still has to add."""


Index("ix_chat_messages_revision", ChatMessage.chat_id, ChatMessage.revision)
Index(
    "ix_chat_messages_search",
    ChatMessage.search,
    postgresql_using="gin",
    postgresql_where=text("search IS NOT NULL AND NOT deleted"),
)
Index(
    "ix_chat_messages_without_search",
    ChatMessage.chat_id,
    ChatMessage.id,
    postgresql_where=text("search IS NULL AND NOT deleted AND visibility <> 'model' AND role IN ('user', 'assistant')"),
)


class ChatQueuedMessage(Base):
    """A user message that waits for the running turn to end; promoted in order of (position, id)."""

    __tablename__ = "chat_queued_messages"

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    position: Mapped[int]
    content: Mapped[list[dict[str, Any]]]
    created_by: Mapped[uuid.UUID | None]
    model_config_id: Mapped[uuid.UUID | None]
    reasoning_effort: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default="1")
    """Grows with every change of the entry by itself, a change of its place included."""
    held: Mapped[bool] = mapped_column(server_default=text("false"))
    """Passed over when the next message is taken, until somebody releases it."""


class ChatQueueDeparture(Base):
    """What became of an entry that is no longer in the queue, for whoever still means to change it."""

    __tablename__ = "chat_queue_departures"

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message_id: Mapped[int | None]
    """The message that it became; null: it was deleted."""


class ChatHeartbeat(Base):
    """A runner's lease on a chat: stale once `heartbeat_at` is older than the stale time by the database's clock."""

    __tablename__ = "chat_heartbeats"

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    runner_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    heartbeat_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class IdempotencyKey(Base):
    """The kept answer to a request sent with an `Idempotency-Key`; written in the transaction of its effect."""

    __tablename__ = "idempotency_keys"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    operation_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None] = mapped_column(Integer)
    """HTTP status of the kept answer; null only inside the transaction that makes it."""
    response: Mapped[bytes | None] = mapped_column(LargeBinary)
    headers: Mapped[dict[str, Any] | None]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now(), index=True)
