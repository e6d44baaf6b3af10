"""Follows a chat's turns, or one text about it: what happens is noted in runs, which the recorder writes.

Nothing here waits, and nothing here fails what is followed: a fault of recording is logged.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Final, ParamSpec, TypeAlias

import structlog

from palaver.chat.records import ChatRecord, MessageRecord
from palaver.configuration.overrides import Overriding
from palaver.configuration.user_settings import UserSettings
from palaver.errors.provider import ProviderError
from palaver.llm.catalog import ModelChoice
from palaver.llm.events import StepDone, ToolSpec
from palaver.recording.content import Redactor, request_json
from palaver.recording.recorder import Recorder
from palaver.recording.runs import Operation, Run, RunKind, Status, Step

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage

log = structlog.get_logger(__name__)

Given = ParamSpec("Given")
Answered: TypeAlias = Callable[[StepDone], None]
"""To be called with the answer of the model call that is followed."""


def _quietly(note: Callable[Given, None]) -> Callable[Given, None]:
    @functools.wraps(note)
    def noted(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            note(*args, **kwargs)
        except Exception:
            log.exception("a model call was not recorded as it was", action="recording_failed")

    return noted


class NoRecording:
    """Hears what becomes of a turn, and keeps nothing."""

    def call(
        self,
        choice: ModelChoice,
        key: str | None,
        messages: "Sequence[ModelMessage]",
        history: Sequence[MessageRecord],
        *,
        tools: Callable[[], Sequence[ToolSpec]] = tuple,
        effort: str = "",
        live: bool = True,
    ) -> AbstractContextManager[Answered]:
        """Follows one attempt of a call, made behind `history` and `live` as a step of the turn, else to compact."""
        return nullcontext(_ignored)

    def retrying(self, error: ProviderError, delay_seconds: float) -> None:
        """The last call will be made again: it failed, or its answer was of no use."""

    def committed(self, messages: Sequence[MessageRecord]) -> None:
        """Messages were stored, among them the last call's answer, if there was a call."""

    def ended(self) -> None:
        """The turn has come to its end."""

    def failed(self, error: ProviderError) -> None:
        """The turn has ended with this error."""

    def stopped(self) -> None:
        """The turn does not go on, here at least."""


NOTHING: Final = NoRecording()


async def follow_turn(
    recorder: Recorder,
    chat: ChatRecord,
    history: Sequence[MessageRecord],
    settings: UserSettings,
    before: NoRecording,
) -> NoRecording:
    """What a turn of the chat is to be told to, that begins or goes on with `history`; `settings` are its owner's.

    `before` was told what was before that.
    """
    if not await recorder.records_turn(chat, settings):
        before.stopped()
        return NOTHING
    recording = before if isinstance(before, TurnRecording) else TurnRecording(recorder, chat)
    recording.goes_on(history)
    return recording


class TurnRecording(NoRecording):
    """Notes the turns of a chat, one after the other, each in a run of its own, as every compaction is."""

    def __init__(self, recorder: Recorder, chat: ChatRecord) -> None:
        self._recorder = recorder
        self._chat_id = chat.id
        self._trigger: int | None = None
        self._tip: int | None = None
        self._turn: Run | None = None
        self._compaction: Run | None = None
        self._step: tuple[Run, Step] | None = None
        """The call that is under way, or whose answer is not stored yet."""

    def goes_on(self, history: Sequence[MessageRecord]) -> None:
        """The turn's history is this now."""
        asked = (message.id for message in reversed(history) if message.role == "user" and not message.compressed)
        # None while a summary stands for the message that began the turn: that is still the one.
        self._trigger = next(asked, self._trigger)
        self._tip = history[-1].id if history else None

    @contextmanager
    def call(
        self,
        choice: ModelChoice,
        key: str | None,
        messages: "Sequence[ModelMessage]",
        history: Sequence[MessageRecord],
        *,
        tools: Callable[[], Sequence[ToolSpec]] = tuple,
        effort: str = "",
        live: bool = True,
    ) -> Iterator[Answered]:
        """As in `NoRecording`."""
        self.goes_on(history)
        self._begin(choice, key, messages, tools, effort, live=live)
        with _followed(self._noted_end):
            yield self._answered

    @_quietly
    def retrying(self, error: ProviderError, delay_seconds: float) -> None:
        """As in `NoRecording`."""
        if self._step is not None:
            run, step = self._step
            run.retrying(step, error, delay_seconds)
            self._recorder.changed(run)

    @_quietly
    def committed(self, messages: Sequence[MessageRecord]) -> None:
        """As in `NoRecording`."""
        if self._step is None:
            return
        (run, step), self._step = self._step, None
        run.end_step(
            step,
            "completed",
            message_id=next((message.id for message in messages if message.role == "assistant"), None),
        )
        if run is self._compaction:
            self._compaction = None
            run.end("completed")
        self._recorder.changed(run)

    @_quietly
    def ended(self) -> None:
        """As in `NoRecording`."""
        if self._turn is not None:
            self._turn.end("completed")
        self._close()

    @_quietly
    def failed(self, error: ProviderError) -> None:
        """As in `NoRecording`."""
        if self._turn is None and self._compaction is None:
            self._turn = self._recorder.new_run(self._chat_id, "chat_turn", self._trigger, self._tip)
        redactor = Redactor() if self._step is None else self._step[1].redactor
        for run in (self._compaction, self._turn):
            if run is not None:
                run.end("error", error, redactor)
        self._close()

    @_quietly
    def stopped(self) -> None:
        """As in `NoRecording`."""
        self._close()

    def _close(self) -> None:
        """Hand in what there is; what has not ended is interrupted."""
        runs, self._turn, self._compaction, self._step = (self._compaction, self._turn), None, None, None
        for run in runs:
            if run is not None:
                if run.finished_at is None:
                    run.end("interrupted")
                self._recorder.changed(run)

    @_quietly
    def _begin(
        self,
        choice: ModelChoice,
        key: str | None,
        messages: "Sequence[ModelMessage]",
        tools: Callable[[], Sequence[ToolSpec]],
        effort: str,
        *,
        live: bool,
    ) -> None:
        run = self._run(live=live)
        if run is None:
            self._step = None
            return
        if self._step is None or self._step[0] is not run or self._step[1].history_tip_message_id != self._tip:
            self._step = None
            run.interrupt_steps()
            self._step = (
                run,
                _new_step(run, "stream" if live else "generate", choice, key, messages, tools(), effort, self._tip),
            )
        run.begin_attempt(self._step[1])
        self._recorder.changed(run)

    def _run(self, *, live: bool) -> Run | None:
        """The run that a call of this turn belongs to; None when it cannot be recorded."""
        if not live:
            if self._compaction is None or self._compaction.history_tip_message_id != self._tip:
                self._compaction = self._recorder.new_run(self._chat_id, "compaction", self._trigger, self._tip)
            return self._compaction
        if self._turn is not None and self._turn.trigger_message_id != self._trigger:
            # It went on with another message without having ended, as when it was edited.
            self._close()
        if self._turn is None:
            self._turn = self._recorder.new_run(self._chat_id, "chat_turn", self._trigger, self._tip)
        return self._turn

    @_quietly
    def _answered(self, done: StepDone) -> None:
        if self._step is not None:
            run, step = self._step
            run.answered(step, done)
            self._recorder.changed(run)

    @_quietly
    def _noted_end(self, error: BaseException) -> None:
        if self._step is not None:
            run, step = self._step
            run.cut_off(step, *_outcome(error))
            self._recorder.changed(run)


@contextmanager
def text_call(
    recorder: Recorder,
    chat: ChatRecord,
    kind: RunKind,
    writer: Overriding,
    key: str | None,
    messages: "Sequence[ModelMessage]",
    tip: int | None,
) -> Iterator[Answered]:
    """Follows the one call of a text about a chat, whose newest message that was read is `tip`: a run of one step."""
    run: Run | None = None
    step: Step | None = None

    @_quietly
    def begin() -> None:
        nonlocal run, step
        run = recorder.new_run(chat.id, kind, None, tip)
        if run is not None:
            step = _new_step(run, "generate", writer.choice, key, messages, (), writer.effort, tip)
            run.begin_attempt(step)
            recorder.changed(run)

    @_quietly
    def answered(done: StepDone) -> None:
        if run is not None and step is not None:
            run.answered(step, done)
            run.end("completed")
            recorder.changed(run)

    @_quietly
    def noted_end(error: BaseException) -> None:
        if run is not None and run.finished_at is None:
            status, reason = _outcome(error)
            run.end(status, reason, None if step is None else step.redactor)
            recorder.changed(run)

    begin()
    with _followed(noted_end):
        yield answered


def no_text_call() -> AbstractContextManager[Answered]:
    """Follows nothing."""
    return nullcontext(_ignored)


def _new_step(
    run: Run,
    operation: Operation,
    choice: ModelChoice,
    key: str | None,
    messages: "Sequence[ModelMessage]",
    tools: Sequence[ToolSpec],
    effort: str,
    tip: int | None,
) -> Step:
    run.asks(choice)
    redactor, effort = Redactor(key), choice.effort(effort)
    return run.begin_step(operation, tip, redactor, request_json(choice, messages, tools, effort, redactor), effort)


@contextmanager
def _followed(noted_end: Callable[[BaseException], None]) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        noted_end(error)
        raise


def _outcome(error: BaseException) -> tuple[Status, ProviderError | None]:
    """(status, reason) of what ended with an exception: anything but an error of the call has cut it off."""
    if isinstance(error, ProviderError):
        return "error", error
    return ("error" if isinstance(error, Exception) else "interrupted"), None


def _ignored(done: StepDone) -> None:
    return None
