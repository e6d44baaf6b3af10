"""One chat under its lock: what a bundle of transitions has changed so far, and the one statement that writes it."""

import datetime as dt
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.notices import ChatNotice, OwnershipNotice
from palaver.chat.parts import pending_after
from palaver.chat.records import ChatRecord, MessageRecord, NewMessage, QueuedRecord
from palaver.chat.statements import QUEUE_ENTRY, QUEUE_HEAD, WriteShape, json_text, message_parameters, write_statement
from palaver.chat.states import ALLOWED, OWNERSHIP, RUNNABLE, ChatStatus, State, Transition
from palaver.errors.chat import IllegalLanding, InvalidState, TransitionNotAllowed

NOT_YET = dt.datetime.min.replace(tzinfo=dt.UTC)
"""Stands in for a time of the database until the row is written."""


class _Keep:
    """Marks an argument that leaves its column as it is."""


KEEP = _Keep()


Lessee = Callable[["ChatTx"], Awaitable[None]]
"""Asked by a bundle that is about to leave its chat runnable without an owner: may acquire it, in the same write."""


class ChatTx:
    """A locked chat inside its transaction; made by ChatMachine, changed by `palaver.chat.transitions`.

    `chat` always is the row as it will be; the database follows with `flush`. `conn` is for statements of the
    caller's own that shall share the transaction. `inserted` lists the messages of this bundle; their ids are known
    after `flush`, which transitions that answer a request call themselves.
    """

    def __init__(
        self,
        conn: AsyncConnection,
        chat: ChatRecord | None = None,
        *,
        heartbeat_fresh: bool = False,
        lessee: "Lessee | None" = None,
    ) -> None:
        self._endings: list[Callable[[bool], None]] = []
        self._lessee = lessee
        self._removes = False
        self.conn = conn
        self.inserted: list[MessageRecord] = []
        self._chat = chat
        self._heartbeat_fresh = heartbeat_fresh
        self._unwritten = chat is not None
        self._clear_pending()

    def _clear_pending(self) -> None:
        self._create = False
        self._new: list[NewMessage] = []
        self._new_records: list[MessageRecord] = []
        self._soft_delete_from: int | None = None
        self._enqueued: QueuedRecord | None = None
        self._dequeued: int | None = None
        self._queue_cleared = False
        self._moved: int | None = None
        self._heartbeat = False
        self._touch = False
        self._deadline_seconds: float | None = None
        self._request_compaction = False
        self._removed: list[int] = []

    # ---- what callers use ----

    @property
    def chat(self) -> ChatRecord:
        """The locked chat. A bundle in state N has none yet."""
        assert self._chat is not None, "the chat is not created yet"
        return self._chat

    @property
    def state(self) -> State:
        """The execution state the chat is in now."""
        return State.ABSENT if self._chat is None else self._chat.state

    @property
    def exists(self) -> bool:
        """Whether there is a chat to commit and to tell of: false in state N."""
        return self._chat is not None

    @property
    def has_live_owner(self) -> bool:
        """Whether a runner owns the chat and its heartbeat is not stale."""
        return self._chat is not None and self._chat.runner_id is not None and self._heartbeat_fresh

    @property
    def wants_owner(self) -> bool:
        """Whether the chat is runnable and nobody alive runs it."""
        return self.state in RUNNABLE and not self.has_live_owner

    @property
    def only_appends(self) -> bool:
        """Whether what the bundle does to the history is no more than to append to it."""
        return not self._removes

    def when_done(self, act: Callable[[bool], None]) -> None:
        """Have `act` called at the bundle's end, with whether it was committed; before it is published.

        It must not block or raise.
        """
        self._endings.append(act)

    def done(self, *, committed: bool) -> None:
        """Tell those who asked that the bundle has ended; only the first call counts."""
        endings, self._endings = self._endings, []
        for act in endings:
            act(committed)

    def set(self, *, plan_mode: str | None = None, mcp_server_ids: Sequence[uuid.UUID] | None = None) -> None:
        """Change columns that a send may bring along; None leaves one as it is."""
        self._unwritten = True
        if plan_mode is not None:
            self.chat.plan_mode = plan_mode
        if mcp_server_ids is not None:
            self.chat.mcp_server_ids = list(mcp_server_ids)

    def notices(self) -> list[ChatNotice | OwnershipNotice]:
        """What to publish once the bundle is committed."""
        chat = self.chat
        notices: list[ChatNotice | OwnershipNotice] = [chat.notice()]
        if self.wants_owner:
            notices.append(OwnershipNotice(chat.id, chat.snapshot_version))
        return notices

    # ---- what transitions use ----

    @contextmanager
    def transition(self, transition: Transition) -> Iterator[State]:
        """The frame of a transition: refused unless the table lists it, and held to where the table says it lands.

        Yields the state it starts from. Raises TransitionNotAllowed, InvalidState.
        """
        before = self.state
        if transition in OWNERSHIP:
            yield before
            return
        landings = ALLOWED[before].get(transition)
        if landings is None:
            raise self.refusal(transition)
        yield before
        if self.state not in landings:
            raise IllegalLanding(transition, before, self.state)

    def refusal(self, transition: Transition, reason: str | None = None) -> TransitionNotAllowed:
        """The error for a transition that may not run in the present state."""
        state = self.state
        if state is State.INVALID:
            return InvalidState(transition, state, reason)
        return TransitionNotAllowed(transition, state, reason)

    def create(self, chat: ChatRecord) -> None:
        """Make this the bundle that inserts `chat`."""
        self._chat = chat
        self._create = True
        self._unwritten = True

    def write_state(
        self,
        *,
        status: ChatStatus | None = None,
        archived: bool | None = None,
        last_error: dict[str, Any] | _Keep | None = KEEP,
        owner: tuple[uuid.UUID, uuid.UUID] | _Keep | None = KEEP,
        deadline: dt.datetime | _Keep | None = None,
        marker: dt.datetime | _Keep | None = None,
    ) -> None:
        """Rewrite the columns of a state write (contract/states.yaml, `state_write`).

        None for `status` and `archived` keeps them; None for the others sets null. `marker` is
        compaction_requested_at, `deadline` is requires_action_deadline_at.
        """
        chat = self.chat
        self._unwritten = self._touch = True
        if status is not None:
            chat.status = status
        if archived is not None:
            chat.archived = archived
        if not isinstance(last_error, _Keep):
            chat.last_error = last_error
        if not isinstance(owner, _Keep):
            chat.worker_id, chat.runner_id = owner or (None, None)
        if not isinstance(deadline, _Keep):
            chat.requires_action_deadline_at = deadline
            self._deadline_seconds = None
        if not isinstance(marker, _Keep):
            chat.compaction_requested_at = marker
            self._request_compaction = False
        if chat.archived:
            chat.pin_order = 0

    def changed(self) -> None:
        """Say that `chat` was changed directly, without a state write."""
        self._unwritten = True

    def set_deadline(self, seconds: float) -> None:
        """Let requires_action_deadline_at be that long after the database's present time."""
        self._deadline_seconds = seconds

    def request_compaction(self) -> None:
        """Let compaction_requested_at be the database's present time."""
        self._request_compaction = True

    def beat(self) -> None:
        """Renew the heartbeat of the chat's present runner."""
        self._heartbeat = self._heartbeat_fresh = True

    def set_retry_state(self, retry_state: dict[str, Any] | None) -> None:
        """Set or clear the announced retry."""
        self._unwritten = True
        self.chat.retry_state = retry_state
        self.chat.retry_state_version = self.chat.snapshot_version

    def insert(self, new: Sequence[NewMessage]) -> list[MessageRecord]:
        """Append messages to the history and keep what is derived from it; the ids follow with `flush`."""
        chat = self.chat
        records = []
        for message in new:
            if message.model_config_id is not None:
                chat.last_model_config_id = message.model_config_id
            if message.reasoning_effort:
                chat.last_reasoning_effort = message.reasoning_effort
            chat.pending_tool_calls = pending_after(chat.pending_tool_calls, message.role, message.content)
            records.append(
                MessageRecord(
                    chat.id,
                    0,
                    message.role,
                    message.visibility,
                    message.content,
                    message.created_by,
                    message.model_config_id,
                    message.reasoning_effort,
                    chat.snapshot_version,
                    False,
                    message.compressed,
                    message.usage,
                    message.cost_micros,
                    message.runtime_ms,
                    NOT_YET,
                )
            )
        if records:
            self._new += new
            self._new_records += records
            self.inserted += records
            self._history_changed()
        return records

    async def remove_from(self, message_id: int, pending: list[dict[str, Any]]) -> None:
        """Soft-delete a message and all later ones; `pending` are the calls that the rest leaves unanswered."""
        if self._new or self._soft_delete_from is not None:
            await self.flush()
        self._soft_delete_from = message_id
        self._removes = True
        self.chat.pending_tool_calls = pending
        self._history_changed()

    def _history_changed(self) -> None:
        chat = self.chat
        self._unwritten = True
        chat.history_version = chat.snapshot_version
        chat.generation_attempt = 0
        if chat.retry_state is not None:
            self.set_retry_state(None)

    async def queue_head(self) -> QueuedRecord:
        """The entry that is promoted next; the queue must not be empty."""
        await self._settle_queue()
        row = (await self.conn.execute(QUEUE_HEAD, {"chat_id": self.chat.id})).one()
        return QueuedRecord(*row)

    async def queue_entry(self, entry_id: int) -> QueuedRecord | None:
        """One entry of the queue; None when it has no such entry."""
        await self._settle_queue()
        row = (await self.conn.execute(QUEUE_ENTRY, {"chat_id": self.chat.id, "entry_id": entry_id})).one_or_none()
        return None if row is None else QueuedRecord(*row)

    def enqueue(
        self,
        content: list[dict[str, Any]],
        *,
        created_by: uuid.UUID | None,
        model_config_id: uuid.UUID | None,
        reasoning_effort: str,
    ) -> QueuedRecord:
        """Append an entry to the queue; its id follows with `flush`."""
        assert self._enqueued is None, "one new queue entry per write"
        self._enqueued = QueuedRecord(
            self.chat.id, 0, 0, content, created_by, model_config_id, reasoning_effort, NOT_YET
        )
        self._queue_changed(1)
        return self._enqueued

    def dequeue(self, entry: QueuedRecord) -> None:
        """Remove an entry of the queue."""
        assert self._dequeued is None, "one removed queue entry per write"
        self._dequeued = entry.id
        self._queue_changed(-1)

    async def clear_queue(self) -> None:
        """Remove every entry of the queue."""
        await self._settle_queue()
        if self.chat.queue_length:
            self._queue_cleared = True
            self._queue_changed(-self.chat.queue_length)

    def move_to_head(self, entry: QueuedRecord) -> None:
        """Let an entry be promoted before all others."""
        self._moved = entry.id
        self._queue_changed(0)

    def _queue_changed(self, by: int) -> None:
        self._unwritten = True
        self.chat.queue_length += by
        self.chat.queue_version = self.chat.snapshot_version

    async def _settle_queue(self) -> None:
        # Parts of one statement do not see each other's work: a second change of the queue needs the first written.
        if self._enqueued or self._dequeued is not None or self._queue_cleared or self._moved is not None:
            await self.flush()

    async def flush(self) -> list[int]:
        """Write what is not written yet in one statement and fill in ids and times; without changes, do nothing.

        Returns the ids of the messages it removed that clients could see.
        """
        if not self._unwritten or self._chat is None:
            return []
        if self._lessee is not None and self.wants_owner:
            await self._lessee(self)
        shape = WriteShape(
            create=self._create,
            insert=bool(self._new),
            soft_delete=self._soft_delete_from is not None,
            enqueue=self._enqueued is not None,
            dequeue=self._dequeued is not None,
            clear_queue=self._queue_cleared,
            move=self._moved is not None,
            heartbeat=self._heartbeat,
        )
        result = await self.conn.execute(write_statement(shape), self._parameters())
        chat = self._chat
        row = result.one()
        chat.created_at, chat.updated_at, chat.requires_action_deadline_at, chat.compaction_requested_at = row[:4]
        now, message_ids, entry_id, entry_position, removed = row[4:]
        for record, message_id in zip(self._new_records, message_ids or (), strict=True):
            record.id, record.created_at = message_id, now
        if self._enqueued is not None:
            self._enqueued.id, self._enqueued.position, self._enqueued.created_at = entry_id, entry_position, now
        self._clear_pending()
        self._unwritten = False
        return removed or []

    def _parameters(self) -> dict[str, Any]:
        chat = self.chat
        parameters: dict[str, Any] = {
            "chat_id": chat.id,
            "status": chat.status,
            "snapshot_version": chat.snapshot_version,
            "history_version": chat.history_version,
            "last_model_config_id": chat.last_model_config_id,
            "last_reasoning_effort": chat.last_reasoning_effort,
            "pending_tool_calls": json_text(chat.pending_tool_calls),
            "plan_mode": chat.plan_mode,
            "mcp_server_ids": chat.mcp_server_ids,
            "generation_attempt": chat.generation_attempt,
            "worker_id": chat.worker_id,
            "runner_id": chat.runner_id,
        }
        if self._create:
            parameters |= {
                "organization_id": chat.organization_id,
                "owner_id": chat.owner_id,
                "parent_chat_id": chat.parent_chat_id,
                "root_chat_id": chat.root_chat_id,
                "title": chat.title,
                "client_type": chat.client_type,
                "labels": json_text(chat.labels),
                "dynamic_tools": json_text(chat.dynamic_tools),
            }
        else:
            parameters |= {
                "archived": chat.archived,
                "queue_version": chat.queue_version,
                "retry_state_version": chat.retry_state_version,
                "retry_state": json_text(chat.retry_state),
                "last_error": json_text(chat.last_error),
                "pin_order": chat.pin_order,
                "deadline": chat.requires_action_deadline_at,
                "deadline_seconds": self._deadline_seconds,
                "compaction_requested_at": chat.compaction_requested_at,
                "request_compaction": self._request_compaction,
                "touch": self._touch,
            }
        if self._new:
            parameters |= message_parameters(self._new)
        if self._soft_delete_from is not None:
            parameters["deleted_from"] = self._soft_delete_from
        if self._enqueued is not None:
            parameters |= {
                "q_content": json_text(self._enqueued.content),
                "q_creator": self._enqueued.created_by,
                "q_model": self._enqueued.model_config_id,
                "q_effort": self._enqueued.reasoning_effort,
            }
        if self._dequeued is not None:
            parameters["dequeued_id"] = self._dequeued
        if self._moved is not None:
            parameters["moved_id"] = self._moved
        return parameters
