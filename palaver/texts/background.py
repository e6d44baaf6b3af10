"""The texts that models write without being asked by anybody: bounded tasks beside the turns of a process."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from palaver.chat.records import ChatRecord, MessageRecord
from palaver.errors import PalaverError
from palaver.errors.provider import ProviderError
from palaver.texts.summaries import ChatSummaries
from palaver.texts.titles import ChatTitles, first_message_only

log = structlog.get_logger(__name__)

MAX_TASKS: Final = 64
"""Texts that are written at a time; what comes beyond them is left out, for none is worth waiting for."""


class BackgroundTexts:
    """Begins to write when a worker says so, unless switched off. `stop()` ends what is being written."""

    def __init__(self, titles: ChatTitles, summaries: ChatSummaries, *, enabled: bool) -> None:
        self._titles = titles
        self._summaries = summaries
        self._enabled = enabled
        self._tasks: dict[tuple[str, uuid.UUID], asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def turn_begins(self, chat: ChatRecord, messages: Sequence[MessageRecord]) -> None:
        """A permitted turn begins with this history; never blocks or raises."""
        if self._enabled and first_message_only(messages) is not None:
            messages = tuple(messages)
            self._begin("title", chat, lambda: self._titles.name_new(chat, messages))

    def turn_ended(self, chat: ChatRecord) -> None:
        """A turn was committed to its end, `chat` is the row behind it; never blocks or raises."""
        if self._enabled and chat.parent_chat_id is None and chat.status == "waiting":
            self._begin("summary", chat, lambda: self._summaries.turn_ended(chat))

    def turn_broken(self, chat: ChatRecord) -> None:
        """A turn has failed or was stopped, `chat` is the row behind it; never blocks or raises."""
        if self._enabled and chat.last_turn_summary is not None:
            self._begin("cleared-label", chat, lambda: self._summaries.turn_broken(chat))

    async def stop(self) -> None:
        """End every task."""
        self._enabled = False
        tasks = list(self._running)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _begin(self, what: str, chat: ChatRecord, work: Callable[[], Awaitable[None]]) -> None:
        key = (what, chat.id)
        if (older := self._tasks.pop(key, None)) is not None:
            older.cancel()  # it is about what the chat was
        if len(self._running) >= MAX_TASKS:
            log.info("a text is not written, too many are", action="text_left_out", what=what, chat_id=str(chat.id))
            return
        task = asyncio.create_task(self._write(what, chat, work), name=f"{what}-{chat.id}")
        self._tasks[key] = task
        self._running.add(task)
        task.add_done_callback(lambda ended: self._ended(key, ended))

    def _ended(self, key: tuple[str, uuid.UUID], task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if self._tasks.get(key) is task:
            del self._tasks[key]

    async def _write(self, what: str, chat: ChatRecord, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except (ProviderError, PalaverError, TimeoutError) as error:
            log.info("a text could not be written", action="text_failed", what=what, chat_id=str(chat.id),
                     kind=getattr(error, "kind", type(error).__name__))  # fmt: skip
        except Exception:
            log.exception("a text could not be written", action="text_failed", what=what, chat_id=str(chat.id))
