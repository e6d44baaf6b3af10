"""One turn: steps of the model and its tools, each committed before the next begins.

Source: contract, states.yaml `worker.generation_task` and `retry`.
"""

import asyncio
import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog

from palaver import telemetry
from palaver.auth.owners import owner_may_continue
from palaver.chat import transitions
from palaver.chat.bundle import ChatTx
from palaver.chat.parts import tool_calls
from palaver.chat.records import MessageRecord, NewMessage
from palaver.configuration.user_settings import DEFAULTS
from palaver.errors.provider import ProviderError
from palaver.llm.catalog import ModelChoice
from palaver.llm.compaction import history_too_long, summary_prompt, summary_text
from palaver.llm.events import StepDone
from palaver.llm.step import invalid_arguments
from palaver.recording.turns import NOTHING, NoRecording, follow_turn
from palaver.stream.parts import EpisodeKey
from palaver.worker.compaction import (
    ALWAYS,
    Context,
    behind_summary,
    compaction_messages,
    context_of,
    has_answer,
    used_tokens,
    was_in_vain,
)
from palaver.worker.generating import ModelCalls
from palaver.worker.held import HeldChat
from palaver.worker.histories import Known
from palaver.worker.phases import in_phase
from palaver.worker.preparation import (
    Call,
    ReadAhead,
    Reading,
    choose_model,
    prepare_call,
    read_for_turn,
)
from palaver.worker.reservation import set_aside
from palaver.worker.tools import ABANDONED, TurnTools, error_result

log = structlog.get_logger(__name__)


class Turn:
    """Produces steps until the chat rests, waits for its client, or fails. Runs again after every outside change."""

    def __init__(self, held: HeldChat, *, attempt_recorded: bool, ahead: ReadAhead | None = None) -> None:
        self._held = held
        self._engine = held.engine
        self._attempt_recorded = attempt_recorded
        """Whether the acquisition has recorded the attempt of the first step already."""
        self._tools = TurnTools(held)
        self._calls = ModelCalls(held, self._tools)
        self._history: list[MessageRecord] = []
        self._history_version = 0
        """The version that `_history` was read for, or committed as."""
        self._call: Call | None = None
        """The first step's call, where it was prepared ahead."""
        self._ahead = ahead
        self._ahead_is_new = True
        self._steps_hidden = 0
        self._settings = DEFAULTS
        """The owner's settings as of the turn's beginning: its prompt stays the same from step to step."""
        self._permitted = False
        """Whether the owner was found to be allowed the next step, which uses that up."""
        self._recording: NoRecording = NOTHING

    async def run(self) -> None:
        """Run while the chat's status is running. Raises StaleRunner and ChatNotFound when the chat is lost."""
        try:
            await self._proceed()
        except ProviderError as error:
            await self._fail(error)
        except asyncio.CancelledError:
            self._recording.stopped()
            raise
        finally:
            await self._tools.give_back()

    async def _proceed(self) -> None:
        reading = await in_phase(self._read)
        self._permitted, self._history, self._call = reading.owner.permitted, reading.history, reading.call
        self._settings = reading.owner.settings
        self._steps_hidden = reading.steps_hidden
        self._recording = await follow_turn(
            self._engine.recorder, self._held.chat, self._history, self._settings, self._recording
        )
        if reading.owner.permitted:
            self._engine.texts.turn_begins(self._held.chat, self._history)
        while self._held.chat.status == "running":
            chat = self._held.chat
            local = chat.pending_local_calls()
            if not local and chat.pending_dynamic_calls():
                await self._await_client()
            elif not local and self._is_complete():
                await self._finish()
            elif not await self._may_continue():
                log.info("turn refused, the owner may not go on", action="turn_refused")
                raise ProviderError("generic", message="The chat's owner may no longer use chats in this organization.")
            elif local:
                await self._call_tools(local)
            elif (context := await self._to_compact()) is not None:
                await self._compact(context)
            else:
                await self._step()

    def close(self) -> None:
        """Drop what was made ahead and not used; the turn has no more use for it."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.discard()

    def end(self) -> None:
        """The turn will not run again; what it knows of the history is kept for the next one."""
        self.close()
        self._recording.stopped()
        if self._history_version == self._held.chat.history_version:
            known = Known(self._history, self._steps_hidden)
            self._engine.histories.keep(self._held.chat.id, self._history_version, known)

    def take_partial(self) -> tuple[EpisodeKey | None, list[dict[str, Any]]]:
        """What the last model call of the present history had brought when it was stopped; given away once."""
        return self._calls.take_partial()

    def take_answers(self) -> dict[str, NewMessage]:
        """Answers that tool calls of the present history had got when they were stopped, by call; given away once."""
        return self._tools.take_answers()

    # ---- deciding ----

    def _is_complete(self) -> bool:
        """Whether the turn has nothing left to do.

        The model's last step called no tool, or the turn has used up its steps; a chat that is asked for a summary has
        nothing to summarise.
        """
        if self._held.chat.compaction_requested_at is not None:
            return not has_answer(self._history)
        if not self._history or self._history[-1].role == "assistant":
            return True
        return self._steps() >= self._engine.settings.steps_per_turn

    def _steps(self) -> int:
        """The answers of the model since the user's newest message."""
        steps = 0
        for message in reversed(self._history):
            if message.role == "user":
                return steps + (self._steps_hidden if message.compressed else 0)
            steps += message.role == "assistant"
        return steps

    async def _to_compact(self) -> Context | None:
        """The context when the history is to be summarised before the next step; None when it is not.

        Raises ProviderError when it is too long although it was just summarised.
        """

        async def look() -> tuple[ModelChoice, Context]:
            models = await self._engine.catalog.current_for(chat.owner_id)
            choice = choose_model(models, chat)
            deployment = await self._engine.config.current()
            return choice, context_of(chat, self._history, choice, models, self._settings, deployment)

        chat = self._held.chat
        if chat.compaction_requested_at is None and used_tokens(self._history) is None:
            return None
        choice, context = await in_phase(look)
        if chat.compaction_requested_at is not None:
            return context
        if not context.is_over:
            return None
        if context.threshold != ALWAYS and was_in_vain(self._history):
            raise history_too_long(choice)
        return context

    async def _read(self) -> Reading:
        """What the turn begins with; a reading that was begun ahead counts once, and not when it failed."""
        is_new, self._ahead_is_new = self._ahead_is_new, False
        if self._ahead is not None:
            if is_new and self._ahead.history_version == self._held.chat.history_version:
                return await self._ahead.result()
            self.close()
        return await read_for_turn(self._engine, self._held.chat)

    async def _may_continue(self) -> bool:
        """Whether the owner's credentials may be used for the next step."""

        async def ask() -> bool:
            chat = self._held.chat
            async with self._engine.database.connect() as conn:
                return await owner_may_continue(conn, self._engine.authorizer, chat.owner_id, chat.organization_id)

        permitted, self._permitted = self._permitted, False
        return permitted or await in_phase(ask)

    # ---- one step ----

    async def _step(self) -> None:
        attempt = await self._record_attempt()
        chat = self._held.chat
        episode = EpisodeKey(chat.id, chat.history_version, attempt)
        with telemetry.bind(turn=f"{episode.history_version}.{attempt}"):
            started = time.monotonic()
            try:
                call = await self._prepared_call()
                started += await set_aside(self._held, call, self._history)
                done = await self._calls.make(call, episode, self._recording, self._history)
            except ProviderError as error:
                await self._retry(error, attempt)
                return
            finally:
                self.close()
            runtime_ms = round((time.monotonic() - started) * 1000)
            message = NewMessage(
                "assistant",
                done.parts,
                model_config_id=call.choice.config_id,
                usage={**done.usage, "context_limit": call.choice.context_limit} if done.usage else None,
                cost_micros=done.cost_micros,
                runtime_ms=runtime_ms,
            )
            await self._commit([message, *_refused_calls(done)], attempt=attempt, complete=not tool_calls(done.parts))

    async def _compact(self, context: Context) -> None:
        """Let a model summarise the history; a turn that was only asked for that is complete with it."""
        attempt = await self._record_attempt()
        chat, manual = self._held.chat, self._held.chat.compaction_requested_at is not None
        episode = EpisodeKey(chat.id, chat.history_version, attempt)
        with telemetry.bind(turn=f"{episode.history_version}.{attempt}"):
            started = time.monotonic()
            try:
                toolbox = await self._tools.open()
                call = await in_phase(
                    lambda: prepare_call(self._engine, chat, self._history, self._settings, toolbox, context.writer)
                )
                started += await set_aside(self._held, call, self._history)
                asked = replace(call, messages=summary_prompt(call.messages), effort=context.effort)
                done = await self._calls.make(asked, episode, self._recording, self._history, live=False)
                summary = summary_text(done.parts, call.choice)
            except ProviderError as error:
                await self._retry(error, attempt)
                return
            messages = compaction_messages(
                chat,
                self._history,
                context,
                summary,
                done,
                source="manual" if manual else "automatic",
                runtime_ms=round((time.monotonic() - started) * 1000),
            )
            steps = self._steps()
            await self._commit(messages, attempt=attempt, complete=manual, consume_request=manual)
            log.info("history compacted", action="history_compacted", source="manual" if manual else "automatic")
        self._history, self._call = behind_summary(self._history), None
        self._steps_hidden = steps

    async def _record_attempt(self) -> int:
        if self._attempt_recorded:
            self._attempt_recorded = False
            if self._held.chat.generation_attempt > 0:
                return self._held.chat.generation_attempt
        async with self._held.bundle(durable=False) as tx:
            return await transitions.record_generation_attempt(tx)

    async def _prepared_call(self) -> Call:
        toolbox = await self._tools.open()
        call, self._call = self._call, None
        if call is not None and toolbox is None:
            return call
        chat = self._held.chat
        return await in_phase(lambda: prepare_call(self._engine, chat, self._history, self._settings, toolbox))

    # ---- committing ----

    async def _commit(
        self,
        messages: Sequence[NewMessage],
        *,
        attempt: int | None = None,
        complete: bool = False,
        consume_request: bool = False,
    ) -> None:
        """Commit a step; a complete turn rests, or goes on with the queue's head, in the same transaction."""

        async def write() -> Sequence[MessageRecord]:
            async with self._held.bundle(attempt=attempt) as tx:
                await transitions.commit_step(tx, messages, consume_compaction_request=consume_request)
                if complete:
                    await transitions.finish_turn(tx)
                    if tx.chat.status != "running":
                        await transitions.abandon(tx)
            self._follow(tx)
            return tx.inserted

        self._recording.committed(await in_phase(write))
        if complete:
            await self._tools.give_back()
            self._recording.ended()
            self._engine.texts.turn_ended(self._held.chat)

    def _follow(self, tx: ChatTx) -> None:
        """Know the history as the turn's own commit has left it."""
        self._history += tx.inserted
        self._history_version = tx.chat.history_version

    async def _finish(self) -> None:
        await self._tools.give_back()
        async with self._held.bundle() as tx:
            await transitions.finish_turn(tx)
            if tx.chat.status != "running":
                await transitions.abandon(tx)
        self._follow(tx)
        self._recording.ended()
        self._engine.texts.turn_ended(self._held.chat)

    async def _call_tools(self, calls: Sequence[dict[str, Any]]) -> None:
        """Answer the calls that need no approval, or have it; where there are none, park the chat for its owner.

        A parked chat is let go: nobody holds it until the owner decides or the time is over.
        """
        asks = await self._tools.asks(calls)
        waiting = {ask.tool_call_id for ask in asks}
        ready = [call for call in calls if call["tool_call_id"] not in waiting]
        if ready:
            await self._commit(await self._tools.answer(ready))
            return
        async with self._held.bundle() as tx:
            await transitions.ask_approval(tx, asks, self._engine.settings.approval_seconds)
            await transitions.abandon(tx)
        self._recording.ended()
        log.info("approval of tool calls wanted of a chat's owner", action="approval_wanted", calls=len(asks))

    async def _await_client(self) -> None:
        async with self._held.bundle() as tx:
            await transitions.enter_requires_action(tx, self._engine.settings.requires_action_seconds)

    async def _retry(self, error: ProviderError, attempt: int) -> None:
        """Announce another attempt and wait for it. Raises the error when there shall be none."""
        settings = self._engine.settings
        if not error.retryable:
            raise error
        if attempt >= settings.model_attempts:
            raise error.after_attempts(attempt)
        delay = min(settings.retry_initial_seconds * 2 ** (attempt - 1), settings.retry_max_seconds)
        delay = max(delay, error.retry_after or 0.0)
        retry = error.chat_retry(attempt=attempt, delay_seconds=delay, now=dt.datetime.now(dt.UTC))
        self._recording.retrying(error, delay)
        log.info("model call failed, retrying", action="model_retry", kind=error.kind, delay_seconds=delay)
        async with self._held.bundle(attempt=attempt) as tx:
            await transitions.record_retry_state(tx, retry)
        await asyncio.sleep(delay)

    async def _fail(self, error: ProviderError) -> None:
        """End the turn with the error."""
        self._recording.failed(error)
        chat = self._held.chat
        with telemetry.bind(turn=f"{chat.history_version}.{chat.generation_attempt}"):
            log.warning("turn failed", action="turn_failed", kind=error.kind, status_code=error.status_code)
        async with self._held.bundle() as tx:
            if tx.chat.pending_tool_calls:
                await transitions.commit_step(
                    tx, [error_result(call, ABANDONED) for call in tx.chat.pending_tool_calls]
                )
            await transitions.finish_error(tx, error.chat_error())
            await transitions.abandon(tx)
        self._engine.texts.turn_broken(self._held.chat)


def _refused_calls(done: StepDone) -> list[NewMessage]:
    """Results for calls that no tool can take: the model is told that their arguments were not valid JSON."""
    return [
        error_result(part, "the arguments are not valid JSON")
        for part in done.parts
        if part["type"] == "tool-call" and invalid_arguments(part) is not None
    ]
