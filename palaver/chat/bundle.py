"""One chat in a bundle of transitions: what they have changed so far, and when it is written."""

import datetime as dt
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.bundle_queue import QueueOfBundle
from palaver.chat.notices import ChatNotice, OwnershipNotice
from palaver.chat.parts import pending_after
from palaver.chat.records import NOT_YET, ChatRecord, MessageRecord, NewMessage
from palaver.chat.states import (
    ALLOWED,
    OWNERSHIP,
    RUNNABLE,
    RUNNABLE_STATUSES,
    WITH_HELD,
    ChatStatus,
    State,
    Transition,
)
from palaver.chat.uninterrupted import completed
from palaver.chat.writing import Changes, Overtaken
from palaver.errors.chat import IllegalLanding, InvalidState, TransitionNotAllowed


class _Keep:
    """Marks an argument that leaves its column as it is."""


KEEP = _Keep()


Lessee = Callable[["ChatTx"], Awaitable[None]]
"""Asked by a bundle that is about to leave its chat runnable without an owner: may acquire it, in the same write."""


class NeedsTransaction(Exception):
    """A bundle that was to be one statement needs more of them; nothing was written."""


class ChatTx(QueueOfBundle):
    """A chat in a bundle of transitions; made by ChatMachine, changed by `palaver.chat.transitions`.

    `chat` always is the row as it will be; the database follows with `flush`. `inserted` lists the messages of this
    bundle; their ids are known after `flush`, which transitions that answer a request call themselves. `ran` lists the
    transitions so far, those of ownership left out.

    Either the row is locked in a transaction, which `conn` is for; or the one statement that writes the bundle is all
    of it: then `conn` is for reads, `announce` is called once it is written, and what needs more than that says so by
    `require_transaction`.
    """

    def __init__(
        self,
        conn: AsyncConnection,
        chat: ChatRecord | None = None,
        *,
        heartbeat_fresh: bool = False,
        lessee: "Lessee | None" = None,
        announce: Callable[["ChatTx"], None] | None = None,
    ) -> None:
        self._endings: list[Callable[[bool], None]] = []
        self._lessee = lessee
        self._announce = announce
        self._seen_version = 0 if chat is None else chat.snapshot_version
        self.history_before = 0 if chat is None else chat.history_version
        """The history's version at the look."""
        self._removes = False
        self._gone = False
        self.conn = conn
        self.inserted: list[MessageRecord] = []
        self.ran: list[Transition] = []
        self._chat = chat
        self._heartbeat_fresh = heartbeat_fresh
        self._unwritten = chat is not None
        self._changes = Changes()
        self.spent_micros: int | None = None
        """What the chat's owner had spent at the look, where the look was asked for it."""
        self.beside: Sequence[Any] | None = None
        """What its lessee wants to know of the chat (`ChatMachine.lend_to`), where the look has brought it along."""

    # ---- what callers use ----

    @property
    def chat(self) -> ChatRecord:
        """The locked chat. A bundle in state N has none yet."""
        assert self._chat is not None, "the chat is not created yet"
        return self._chat

    @property
    def state(self) -> State:
        """The execution state the chat is in now."""
        return State.ABSENT if self._chat is None or self._gone else self._chat.state

    @property
    def exists(self) -> bool:
        """Whether there is a chat to commit and to tell of: false before it is created."""
        return self._chat is not None

    @property
    def has_live_owner(self) -> bool:
        """Whether a runner owns the chat and its heartbeat is not stale."""
        return self._chat is not None and self._chat.runner_id is not None and self._heartbeat_fresh

    @property
    def wants_owner(self) -> bool:
        """Whether the chat is runnable and nobody alive runs it. A parked one is nobody's until its deadline."""
        return self.state in RUNNABLE and not self.chat.is_parked and not self.has_live_owner

    @property
    def is_left_parked(self) -> bool:
        """Whether the chat is parked and nobody alive runs it: to be acquired when its deadline has passed."""
        return self.state in RUNNABLE and self.chat.is_parked and not self.has_live_owner

    @property
    def only_appends(self) -> bool:
        """Whether what the bundle does to the history is no more than to append to it."""
        return not self._removes

    def require_transaction(self) -> None:
        """Say, before anything is written, that the bundle needs statements beside the one that writes it.

        Raises NeedsTransaction where that cannot be; the bundle is then run again, in a transaction.
        """
        if self._announce is not None:
            raise NeedsTransaction

    def _require_lock(self) -> None:
        """Raise Overtaken where nothing is locked: then what does not fit may have changed since the look."""
        if self._announce is not None:
            raise Overtaken

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
            self.chat.plan_mode = self._changes.plan_mode = plan_mode
        if mcp_server_ids is not None:
            self.chat.mcp_server_ids = self._changes.mcp_server_ids = list(mcp_server_ids)

    def want_sign_ins(self, servers: Sequence[dict[str, Any]]) -> None:
        """Say to which MCP servers the owner has to sign in: `[{mcp_server_config_id, slug, display_name}]`."""
        self._unwritten = True
        chat = self.chat
        chat.mcp_sign_ins = {"version": chat.snapshot_version, "servers": list(servers)}
        self._changes.mcp_sign_ins = chat.mcp_sign_ins
        # By one of the versions that notices tell of, viewers learn that there is something to read.
        chat.retry_state_version = chat.snapshot_version

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
        landings = self._landings(before, transition)
        if landings is None:
            raise self.refusal(transition)
        yield before
        if self.state not in landings:
            self._require_lock()
            raise IllegalLanding(transition, before, self.state)
        self.ran.append(transition)

    def _landings(self, before: State, transition: Transition) -> frozenset[State] | None:
        landings = ALLOWED[before].get(transition)
        if landings is None and self._chat is not None and self._chat.held_length:
            return WITH_HELD[before].get(transition)
        return landings

    def refusal(self, transition: Transition, reason: str | None = None) -> TransitionNotAllowed:
        """The error for a transition that may not run in the present state."""
        state = self.state
        if state is State.INVALID:
            return InvalidState(transition, state, reason)
        return TransitionNotAllowed(transition, state, reason)

    def create(self, chat: ChatRecord) -> None:
        """Make this the bundle that inserts `chat`."""
        self._chat = chat
        self._changes.create = True
        self._unwritten = True

    def delete(self) -> None:
        """Make this the bundle that removes the chat's row, and by it all that belongs to it.

        What is told of it looks like a change of everything that ended the turn: so readers and runners look, and find
        nothing.
        """
        chat = self.chat
        self._gone = self._changes.delete = self._unwritten = True
        chat.worker_id = chat.runner_id = None
        chat.history_version = chat.queue_version = chat.retry_state_version = chat.snapshot_version
        if chat.status in RUNNABLE_STATUSES:
            chat.status = "waiting"

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
        self._unwritten = self._changes.touch = True
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
            self._changes.deadline_seconds = None
        if not isinstance(marker, _Keep):
            chat.compaction_requested_at = marker
            self._changes.request_compaction = False
        if chat.archived:
            chat.pin_order = 0

    def changed(self) -> None:
        """Say that `chat` was changed directly, without a state write."""
        self._unwritten = True

    def set_deadline(self, seconds: float) -> None:
        """Let requires_action_deadline_at be that long after the database's present time."""
        self._changes.deadline_seconds = seconds

    def request_compaction(self) -> None:
        """Let compaction_requested_at be the database's present time."""
        self._changes.request_compaction = True

    def release_reservation(self) -> None:
        """Free what the chat's model call has set aside of its owner's limit: what it cost is accounted now."""
        self._unwritten = self._changes.release = True

    def beat(self) -> None:
        """Renew the heartbeat of the chat's present runner."""
        self._changes.heartbeat = self._heartbeat_fresh = True

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
            # What writes a summary is not what the chat goes on with.
            if message.model_config_id is not None and not message.compressed:
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
            self._changes.new += new
            self._changes.records += records
            self.inserted += records
            self._history_changed()
        return records

    async def remove_from(self, message_id: int, pending: list[dict[str, Any]]) -> None:
        """Soft-delete a message and all later ones; `pending` are the calls that the rest leaves unanswered."""
        if self._changes.new or self._changes.removed_from is not None:
            await self._flush_in_between()
        self._changes.removed_from = message_id
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

    async def _flush_in_between(self) -> None:
        self.require_transaction()
        await self.flush()

    async def flush(self) -> list[int]:
        """Write what is not written yet in one statement and fill in ids and times; without changes, do nothing.

        Returns the ids of the messages it removed that clients could see. Raises Overtaken when somebody else has
        changed the chat since it was looked at: then nothing was written.
        """
        if not self._unwritten or self._chat is None:
            return []
        if self._lessee is not None and self.wants_owner:
            await self._lessee(self)
        if self._announce is None:
            return await self._write()
        # The statement commits itself: a cancellation must not leave open whether it did.
        return await completed(self._write_and_announce(self._announce))

    async def _write_and_announce(self, announce: Callable[["ChatTx"], None]) -> list[int]:
        removed = await self._write()
        announce(self)
        return removed

    async def _write(self) -> list[int]:
        chat, changes = self.chat, self._changes
        parameters = changes.parameters(chat, self._seen_version)
        row = (await self.conn.execute(changes.statement(), parameters)).one_or_none()
        if row is None:
            raise Overtaken
        self._seen_version = chat.snapshot_version
        chat.created_at, chat.updated_at, chat.requires_action_deadline_at, chat.compaction_requested_at = row[:4]
        now, message_ids, entry_id, entry_position, removed = row[4:]
        for record, message_id in zip(changes.records, message_ids or (), strict=True):
            record.id, record.created_at = message_id, now
        if changes.enqueued is not None:
            entry = changes.enqueued
            entry.id, entry.position, entry.created_at = entry_id, entry_position, now
        self._changes = Changes()
        self._unwritten = False
        return removed or []
