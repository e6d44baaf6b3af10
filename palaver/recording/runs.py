"""Runs, steps and attempts while they are recorded, and what of them is still to be written."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from palaver.errors.provider import ProviderError
from palaver.llm.catalog import ModelChoice
from palaver.llm.events import StepDone
from palaver.recording.content import LEFT_OUT, Redactor, answer_json

RunKind: TypeAlias = Literal["chat_turn", "title_generation", "quickgen", "compaction"]
Operation: TypeAlias = Literal["stream", "generate"]
Status: TypeAlias = Literal["in_progress", "completed", "error", "interrupted"]

MAX_RUN: Final = 4_194_304
"""Bytes of all requests and answers of a run; of later steps only figures are kept."""


@dataclass(slots=True)
class Step:
    """One model call with its attempts, the last of which may be under way. `request` and `answer` are JSON text."""

    number: int
    operation: Operation
    history_tip_message_id: int | None
    redactor: Redactor
    request: bytes | None
    """None once it is written."""
    facts: dict[str, Any]
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    status: Status = "in_progress"
    assistant_message_id: int | None = None
    answer: bytes | None = None
    usage: dict[str, int] | None = None
    attempts: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None
    started_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    finished_at: dt.datetime | None = None
    is_written: bool = False
    """Whether the row is there, with its request; from then on it is only changed."""
    is_dirty: bool = True
    """Whether the row does not have all of this."""

    def written(self) -> int:
        """Its row is there with all of the request; the bytes that it holds no longer."""
        size = _size(self.request)
        self.is_written, self.request = True, None
        return size

    @property
    def size(self) -> int:
        """Bytes that it holds of what was said."""
        return _size(self.request) + _size(self.answer)


class Room:
    """The bytes that all runs of a process may hold until they are written."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def take(self, size: int) -> bool:
        """Whether there was room for so many more."""
        if size > self.left:
            return False
        self.left -= size
        return True

    def give(self, size: int) -> None:
        """So many are held no longer."""
        self.left += size


@dataclass(slots=True)
class Run:
    """One piece of work as far as it has come. `steps` are those that are open or not written yet, by number."""

    room: Room
    chat_id: uuid.UUID
    kind: RunKind
    trigger_message_id: int | None
    history_tip_message_id: int | None
    model_config_id: uuid.UUID | None = None
    provider: str = ""
    model: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    status: Status = "in_progress"
    summary: dict[str, Any] = field(default_factory=dict)
    started_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    finished_at: dt.datetime | None = None
    steps: dict[int, Step] = field(default_factory=dict)
    count: int = 0
    """Steps so far."""
    kept: int = 0
    """Bytes of requests and answers so far."""
    tries: int = 0
    """How often it could not be written, for a reason that does not pass."""
    is_lost: bool = False
    """Whether nothing more of it is written."""

    def asks(self, choice: ModelChoice) -> None:
        """This is the model that is asked from now on."""
        self.model_config_id, self.provider, self.model = choice.config_id, choice.provider_type, choice.model

    def begin_step(
        self, operation: Operation, tip: int | None, redactor: Redactor, request: bytes, effort: str
    ) -> Step:
        """The next step, before its first attempt."""
        self.count += 1
        facts = {"reasoning_effort": effort} if effort else {}
        step = Step(self.count, operation, tip, redactor, self._room_for(request), facts)
        self.steps[step.number] = step
        self.summary["steps"] = self.count
        return step

    def begin_attempt(self, step: Step) -> None:
        """Another attempt of the step."""
        step.attempts.append(
            {"number": len(step.attempts) + 1, "status": "in_progress", "started_at": _time(dt.datetime.now(dt.UTC))}
        )
        step.is_dirty = True
        self._count("attempts", 1)

    def end_attempt(self, step: Step, status: Status, error: ProviderError | None = None) -> None:
        """The step's newest attempt has ended."""
        attempt = step.attempts[-1]
        now = dt.datetime.now(dt.UTC)
        began = dt.datetime.fromisoformat(attempt["started_at"])
        attempt |= {
            "status": status,
            "finished_at": _time(now),
            "duration_ms": round((now - began).total_seconds() * 1000),
        }
        if error is not None:
            attempt["error"] = _error(error, step.redactor)
            if error.status_code:
                attempt["response_status"] = error.status_code
        step.is_dirty = True

    def cut_off(self, step: Step, status: Status, error: ProviderError | None = None) -> None:
        """No answer comes any more to an attempt that may be under way."""
        if step.attempts and step.attempts[-1]["status"] == "in_progress":
            self.end_attempt(step, status, error)

    def answered(self, step: Step, done: StepDone) -> None:
        """The model has given its whole answer."""
        self.end_attempt(step, "completed")
        self.room.give(_size(step.answer))
        step.answer = self._room_for(answer_json(done, step.redactor))
        step.usage = dict(done.usage)
        step.facts["finish_reason"] = done.finish_reason
        for name in ("input_tokens", "output_tokens"):
            self._count(name, done.usage.get(name, 0))
        if done.cost_micros is not None:
            step.facts["cost_micros"] = done.cost_micros
            self._count("cost_micros", done.cost_micros)

    def retrying(self, step: Step, error: ProviderError, delay_seconds: float) -> None:
        """The step will be tried again, for its newest attempt has failed or its answer was of no use."""
        step.attempts[-1] |= {
            "status": "error",
            "error": _error(error, step.redactor),
            "retry_delay_ms": round(delay_seconds * 1000),
        }
        step.is_dirty = True

    def end_step(
        self, step: Step, status: Status, *, message_id: int | None = None, error: ProviderError | None = None
    ) -> None:
        """The step is over; `message_id` is the answer's, once that is stored."""
        self.cut_off(step, status, error)
        step.status, step.assistant_message_id = status, message_id
        step.error = None if error is None else _error(error, step.redactor)
        step.finished_at, step.is_dirty = dt.datetime.now(dt.UTC), True

    def interrupt_steps(self) -> None:
        """Nothing more becomes of the steps that are open."""
        for step in self.steps.values():
            if step.finished_at is None:
                self.end_step(step, "interrupted")

    def end(self, status: Status, error: ProviderError | None = None, redactor: Redactor | None = None) -> None:
        """The run is over, and with it what is open of it."""
        for step in self.steps.values():
            if step.finished_at is None:
                self.end_step(step, status, error=error)
        if error is not None:
            self.summary["error"] = _error(error, redactor or Redactor())
        self.status, self.finished_at = status, dt.datetime.now(dt.UTC)

    def forget_written(self) -> None:
        """Drop what is in the database and will not change."""
        for number, step in list(self.steps.items()):
            if step.finished_at is not None and not step.is_dirty:
                self.room.give(self.steps.pop(number).size)

    def lose(self) -> None:
        """Drop everything: it will not be written any more."""
        self.is_lost = True
        for step in self.steps.values():
            self.room.give(step.size)
        self.steps.clear()

    def _room_for(self, content: bytes) -> bytes:
        if self.is_lost or self.kept + len(content) > MAX_RUN or not self.room.take(len(content)):
            self.summary["truncated"] = True
            return LEFT_OUT
        self.kept += len(content)
        return content

    def _count(self, name: str, more: int) -> None:
        self.summary[name] = self.summary.get(name, 0) + more


def _size(content: bytes | None) -> int:
    return 0 if content is None or content is LEFT_OUT else len(content)


def _time(moment: dt.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _error(error: ProviderError, redactor: Redactor) -> dict[str, Any]:
    """The failure as the chat tells it."""
    told: dict[str, Any] = dict(error.chat_error())
    return {name: redactor.text(value) if isinstance(value, str) else value for name, value in told.items()}
