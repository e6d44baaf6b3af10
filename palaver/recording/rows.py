"""The rows of recorded runs: written while they happen, read by whoever may read the chat, marked and removed later."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ChatDebugRun, ChatDebugStep
from palaver.configuration.deployment_settings import load_settings
from palaver.json_text import dump_json
from palaver.recording.runs import Run, Step

LISTED: Final = 100
"""Runs that a list shows."""
TOUCH_SECONDS: Final = 60.0
"""Time between two signs of life of whoever records a run."""
STALE_SECONDS: Final = 300.0
"""Time without a sign after which an open run counts as left behind."""

_runs, _steps = ChatDebugRun.__table__, ChatDebugStep.__table__

# A chat that is gone takes no runs; the commit need not reach the disk, for a crash may cost the last seconds.
_SAVE_RUN = text(
    """
    INSERT INTO chat_debug_runs AS run (
        chat_id, id, kind, status, model_config_id, provider, model, trigger_message_id, history_tip_message_id,
        summary, started_at, updated_at, finished_at
    )
    SELECT id, :id, :kind, :status, :model_config_id, :provider, :model, :trigger_message_id, :history_tip_message_id,
        CAST(:summary AS json), :started_at, now(), :finished_at
    FROM chats WHERE id = :chat_id
    ON CONFLICT (chat_id, id) DO UPDATE SET
        status = excluded.status, model_config_id = excluded.model_config_id, provider = excluded.provider,
        model = excluded.model, summary = excluded.summary, updated_at = excluded.updated_at,
        finished_at = excluded.finished_at
    RETURNING set_config('synchronous_commit', 'off', true)
    """
)

_ADD_STEP = text(
    """
    INSERT INTO chat_debug_steps (
        chat_id, run_id, step_number, id, operation, status, history_tip_message_id, assistant_message_id,
        normalized_request, normalized_response, usage, attempts, error, facts, started_at, updated_at, finished_at
    ) VALUES (
        :chat_id, :run_id, :step_number, :id, :operation, :status, :history_tip_message_id, :assistant_message_id,
        CAST(:request AS json), CAST(:answer AS json), CAST(:usage AS json), CAST(:attempts AS json),
        CAST(:error AS json), CAST(:facts AS json), :started_at, now(), :finished_at
    )
    ON CONFLICT (chat_id, run_id, step_number) DO UPDATE SET
        status = excluded.status, assistant_message_id = excluded.assistant_message_id,
        normalized_response = excluded.normalized_response, usage = excluded.usage, attempts = excluded.attempts,
        error = excluded.error, facts = excluded.facts, updated_at = excluded.updated_at,
        finished_at = excluded.finished_at
    """
)

_CHANGE_STEP = text(
    """
    UPDATE chat_debug_steps SET
        status = :status, assistant_message_id = :assistant_message_id, normalized_response = CAST(:answer AS json),
        usage = CAST(:usage AS json), attempts = CAST(:attempts AS json), error = CAST(:error AS json),
        facts = CAST(:facts AS json), updated_at = now(), finished_at = :finished_at
    WHERE chat_id = :chat_id AND run_id = :run_id AND step_number = :step_number
    """
)

_TOUCH = text(
    """
    UPDATE chat_debug_runs AS run SET updated_at = now()
    FROM unnest(:chat_ids, :ids) AS open (chat_id, id)
    WHERE run.chat_id = open.chat_id AND run.id = open.id AND run.status = 'in_progress'
    """
).bindparams(bindparam("chat_ids", type_=ARRAY(Uuid())), bindparam("ids", type_=ARRAY(Uuid())))

_END_STALE = text(
    """
    WITH stale AS (
        SELECT chat_id, id FROM chat_debug_runs
        WHERE status = 'in_progress' AND updated_at < now() - make_interval(secs => :seconds)
        ORDER BY updated_at LIMIT :limit FOR UPDATE SKIP LOCKED
    ), steps AS (
        UPDATE chat_debug_steps AS step SET status = 'interrupted', finished_at = now(), updated_at = now()
        FROM stale WHERE step.chat_id = stale.chat_id AND step.run_id = stale.id AND step.status = 'in_progress'
    )
    UPDATE chat_debug_runs AS run SET status = 'interrupted', finished_at = now(), updated_at = now()
    FROM stale WHERE run.chat_id = stale.chat_id AND run.id = stale.id
    """
)

_DELETE_EXPIRED = text(
    """
    WITH expired AS (
        SELECT chat_id, id FROM chat_debug_runs WHERE updated_at < now() - make_interval(days => :days)
        ORDER BY updated_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    DELETE FROM chat_debug_runs AS run USING expired WHERE run.chat_id = expired.chat_id AND run.id = expired.id
    """
)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A row of `chat_debug_runs`, in the table's order."""

    chat_id: uuid.UUID
    id: uuid.UUID
    kind: str
    status: str
    model_config_id: uuid.UUID | None
    provider: str
    model: str
    trigger_message_id: int | None
    history_tip_message_id: int | None
    summary: dict[str, Any]
    started_at: dt.datetime
    updated_at: dt.datetime
    finished_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A row of `chat_debug_steps`, in the table's order."""

    chat_id: uuid.UUID
    run_id: uuid.UUID
    step_number: int
    id: uuid.UUID
    operation: str
    status: str
    history_tip_message_id: int | None
    assistant_message_id: int | None
    normalized_request: dict[str, Any]
    normalized_response: dict[str, Any] | None
    usage: dict[str, Any] | None
    attempts: list[dict[str, Any]]
    error: dict[str, Any] | None
    facts: dict[str, Any]
    started_at: dt.datetime
    updated_at: dt.datetime
    finished_at: dt.datetime | None


# ---- while it happens ----


@dataclass(frozen=True, slots=True)
class Writing:
    """What is to be written of a run: parameters as of one moment, for the run may go on meanwhile."""

    run: dict[str, Any]
    new_steps: list[dict[str, Any]]
    changed_steps: list[dict[str, Any]]

    @classmethod
    def of(cls, run: Run) -> "Writing":
        """The run with those of its steps that are not written as they are."""
        dirty = [step for step in run.steps.values() if step.is_dirty]
        return cls(
            {
                "chat_id": run.chat_id,
                "id": run.id,
                "kind": run.kind,
                "status": run.status,
                "model_config_id": run.model_config_id,
                "provider": run.provider,
                "model": run.model,
                "trigger_message_id": run.trigger_message_id,
                "history_tip_message_id": run.history_tip_message_id,
                "summary": _json(run.summary),
                "started_at": run.started_at,
                "finished_at": run.finished_at,
            },
            [_step(run, step) for step in dirty if not step.is_written],
            [_step(run, step) for step in dirty if step.is_written],
        )


async def write(conn: AsyncConnection, writing: Writing) -> bool:
    """Write it in the transaction that is open; False when the chat is gone."""
    if (await conn.execute(_SAVE_RUN, writing.run)).first() is None:
        return False
    if writing.new_steps:
        await conn.execute(_ADD_STEP, writing.new_steps)
    if writing.changed_steps:
        await conn.execute(_CHANGE_STEP, writing.changed_steps)
    return True


async def touch(conn: AsyncConnection, runs: Sequence[Run]) -> None:
    """Give open runs a sign of life; one statement."""
    await conn.execute(_TOUCH, {"chat_ids": [run.chat_id for run in runs], "ids": [run.id for run in runs]})


def _step(run: Run, step: Step) -> dict[str, Any]:
    changing = {
        "chat_id": run.chat_id,
        "run_id": run.id,
        "step_number": step.number,
        "status": step.status,
        "assistant_message_id": step.assistant_message_id,
        "answer": None if step.answer is None else step.answer.decode(),
        "usage": None if not step.usage else _json(step.usage),
        "attempts": _json(step.attempts),
        "error": None if step.error is None else _json(step.error),
        "facts": _json(step.facts),
        "finished_at": step.finished_at,
    }
    if step.is_written:
        return changing
    return changing | {
        "id": step.id,
        "operation": step.operation,
        "history_tip_message_id": step.history_tip_message_id,
        "request": (step.request or b"{}").decode(),
        "started_at": step.started_at,
    }


def _json(value: object) -> str:
    return dump_json(value).decode()


# ---- afterwards ----


async def list_runs(conn: AsyncConnection, chat_id: uuid.UUID) -> list[RunRecord]:
    """The chat's newest runs, at most `LISTED`; one statement."""
    query = select(*_runs.c).where(_runs.c.chat_id == chat_id)
    newest = query.order_by(_runs.c.started_at.desc(), _runs.c.id.desc()).limit(LISTED)
    return [RunRecord(*row) for row in await conn.execute(newest)]


async def find_run(conn: AsyncConnection, chat_id: uuid.UUID, run_id: uuid.UUID) -> RunRecord | None:
    """A run of the chat; one statement."""
    query = select(*_runs.c).where(_runs.c.chat_id == chat_id, _runs.c.id == run_id)
    row = (await conn.execute(query)).first()
    return None if row is None else RunRecord(*row)


async def steps_of(conn: AsyncConnection, run: RunRecord) -> list[StepRecord]:
    """The steps of a run, in order; one statement."""
    query = select(*_steps.c).where(_steps.c.chat_id == run.chat_id, _steps.c.run_id == run.id)
    return [StepRecord(*row) for row in await conn.execute(query.order_by(_steps.c.step_number))]


async def end_stale_runs(conn: AsyncConnection, limit: int) -> int:
    """Mark open runs, at most `limit`, that nobody gives a sign of any more as interrupted; how many."""
    return (await conn.execute(_END_STALE, {"seconds": STALE_SECONDS, "limit": limit})).rowcount


async def delete_expired_runs(conn: AsyncConnection, limit: int) -> int:
    """Delete runs, at most `limit`, older than the deployment keeps them, with their steps; how many."""
    days = (await load_settings(conn)).debug_retention_days
    return (await conn.execute(_DELETE_EXPIRED, {"days": days, "limit": limit})).rowcount if days else 0
