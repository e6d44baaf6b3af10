"""Model calls recorded for debugging: runs of a chat, and the steps of each. Only chats that asked for it have any."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

_STATUSES = "status IN ('in_progress', 'completed', 'error', 'interrupted')"


class ChatDebugRun(Base):
    """What one piece of work asked of models: a turn, a compaction, a title, a label or a summary."""

    __tablename__ = "chat_debug_runs"
    __table_args__ = (
        CheckConstraint("kind IN ('chat_turn', 'title_generation', 'quickgen', 'compaction')", name="kind"),
        CheckConstraint(_STATUSES, name="status"),
    )

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    status: Mapped[str]
    model_config_id: Mapped[uuid.UUID | None]
    provider: Mapped[str]
    model: Mapped[str]
    trigger_message_id: Mapped[int | None]
    history_tip_message_id: Mapped[int | None]
    summary: Mapped[dict[str, Any]]
    """Counts and the error of the whole run."""
    started_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now(), index=True)
    """Moved every minute while whoever records is alive; decides about stale and about expired runs."""
    finished_at: Mapped[dt.datetime | None]


Index("ix_chat_debug_runs_newest", ChatDebugRun.chat_id, ChatDebugRun.started_at.desc(), ChatDebugRun.id.desc())
Index("ix_chat_debug_runs_open", ChatDebugRun.updated_at, postgresql_where=text("status = 'in_progress'"))


class ChatDebugStep(Base):
    """One model call of a run with all its attempts, cut to a bounded size and without secrets."""

    __tablename__ = "chat_debug_steps"
    __table_args__ = (
        ForeignKeyConstraint(
            ["chat_id", "run_id"], ["chat_debug_runs.chat_id", "chat_debug_runs.id"], ondelete="CASCADE"
        ),
        CheckConstraint("operation IN ('stream', 'generate')", name="operation"),
        CheckConstraint(_STATUSES, name="status"),
    )

    chat_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    run_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    step_number: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[uuid.UUID]
    operation: Mapped[str]
    status: Mapped[str]
    history_tip_message_id: Mapped[int | None]
    assistant_message_id: Mapped[int | None]
    normalized_request: Mapped[dict[str, Any]]
    normalized_response: Mapped[dict[str, Any] | None]
    usage: Mapped[dict[str, Any] | None]
    attempts: Mapped[list[dict[str, Any]]]
    error: Mapped[dict[str, Any] | None]
    facts: Mapped[dict[str, Any]]
    """The contract's `metadata`."""
    started_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[dt.datetime | None]
