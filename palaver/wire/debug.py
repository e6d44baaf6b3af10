"""Recorded runs as the contract shows them."""

from typing import Any, cast

from palaver.chat.records import ChatRecord
from palaver.contract.types import ChatDebugRun, ChatDebugRunSummary, ChatDebugStep
from palaver.recording.rows import RunRecord, StepRecord
from palaver.wire.times import format_time


def run_summary_json(run: RunRecord) -> ChatDebugRunSummary:
    """A run as lists have it."""
    return cast(ChatDebugRunSummary, _run(run))


def run_json(chat: ChatRecord, run: RunRecord, steps: list[StepRecord]) -> ChatDebugRun:
    """A run of the chat with its steps."""
    answer = _run(run) | {"root_chat_id": str(chat.root_chat_id), "steps": [_step(step) for step in steps]}
    if chat.parent_chat_id is not None:
        answer["parent_chat_id"] = str(chat.parent_chat_id)
    if run.model_config_id is not None:
        answer["model_config_id"] = str(run.model_config_id)
    for name in ("trigger_message_id", "history_tip_message_id"):
        if (message_id := getattr(run, name)) is not None:
            answer[name] = message_id
    return cast(ChatDebugRun, answer)


def _run(run: RunRecord) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": str(run.id),
        "chat_id": str(run.chat_id),
        "kind": run.kind,
        "status": run.status,
        "summary": run.summary,
        "started_at": format_time(run.started_at),
        "updated_at": format_time(run.updated_at),
    }
    if run.provider:
        answer["provider"] = run.provider
    if run.model:
        answer["model"] = run.model
    if run.finished_at is not None:
        answer["finished_at"] = format_time(run.finished_at)
    return answer


def _step(step: StepRecord) -> ChatDebugStep:
    answer: dict[str, Any] = {
        "id": str(step.id),
        "run_id": str(step.run_id),
        "chat_id": str(step.chat_id),
        "step_number": step.step_number,
        "operation": step.operation,
        "status": step.status,
        "normalized_request": step.normalized_request,
        "attempts": step.attempts,
        "metadata": step.facts,
        "started_at": format_time(step.started_at),
        "updated_at": format_time(step.updated_at),
    }
    optional = {
        "history_tip_message_id": step.history_tip_message_id,
        "assistant_message_id": step.assistant_message_id,
        "normalized_response": step.normalized_response,
        "usage": step.usage,
        "error": step.error,
        "finished_at": None if step.finished_at is None else format_time(step.finished_at),
    }
    answer.update((key, value) for key, value in optional.items() if value)
    return cast(ChatDebugStep, answer)
