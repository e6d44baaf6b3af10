"""What the watchers of an owner's chats are told: made beside the work that changed a chat, never in its way.

Whoever changes a chat leaves a note here after the commit, and only where somebody may be watching. A task of this
process makes the notes into events, in order, and publishes them on the bus.
"""

import asyncio
import uuid
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import User
from palaver.chat import history
from palaver.chat.records import ChatRecord
from palaver.chat.states import Transition
from palaver.database import Database
from palaver.json_text import dump_json
from palaver.stream.bus import LOST_EVENTS, Bus
from palaver.stream.signals import Signal
from palaver.wire.chats import chat_json

log = structlog.get_logger(__name__)

WatchEventKind = Literal[
    "status_change", "summary_change", "chat_summary_change", "title_change", "created", "deleted", "action_required"
]
"""The kinds of ChatWatchEvent that occur without workspaces."""

MAX_NOTES: Final = 4096
"""Notes that may wait; beyond them the watchers of all that waits have to load their lists anew."""
BATCH: Final = 64
"""Notes made into events at once; they share one look at their owners."""
FLUSH_SECONDS: Final = 1.0
"""How long a stopping process goes on telling."""

_STATUS_CHANGES: Final = frozenset(
    {
        Transition.SEND_MESSAGE,
        Transition.EDIT_MESSAGE,
        Transition.PROMOTE_QUEUED_MESSAGE,
        Transition.RELEASE_QUEUED_MESSAGE,
        Transition.COMPLETE_REQUIRES_ACTION,
        Transition.CANCEL_REQUIRES_ACTION,
        Transition.INTERRUPT,
        Transition.REQUEST_COMPACTION,
        Transition.RECONCILE_INVALID_STATE,
        Transition.FINISH_TURN,
        Transition.FINISH_ERROR,
        Transition.FINISH_INTERRUPTION,
    }
)
_KINDS: Final[Mapping[Transition, WatchEventKind]] = MappingProxyType(
    {
        Transition.CREATE_CHAT: "created",
        Transition.FORK_CHAT: "created",
        Transition.IMPORT_CHAT: "created",
        Transition.DELETE_CHAT: "deleted",
        Transition.ENTER_REQUIRES_ACTION: "action_required",
        **dict.fromkeys(_STATUS_CHANGES, "status_change"),
    }
)


@dataclass(frozen=True, slots=True)
class _Note:
    """`chat` as the event shows it; `reread`: it only tells which chat is meant."""

    kind: WatchEventKind
    chat: ChatRecord
    reread: bool = False


class WatchFeed:
    """Takes notes from `start` on; `stop` tells what waits, within a second."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._notes: deque[_Note] = deque()
        self._waiting = Signal()
        self._idle = asyncio.Event()
        self._idle.set()
        self._task: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether everything that was noted is published."""
        return self._idle.is_set()

    def start(self) -> None:
        """Begin to publish."""
        self._task = asyncio.create_task(self._run(), name="watch-feed")

    async def stop(self) -> None:
        """Publish what waits, if that takes no longer than a second, and end."""
        task, self._task = self._task, None
        if task is None:
            return
        try:
            async with asyncio.timeout(FLUSH_SECONDS):
                await self._idle.wait()
        except TimeoutError:
            log.warning("watchers could not be told everything", action="watch_not_flushed", notes=len(self._notes))
        task.cancel()
        await asyncio.wait((task,))

    def moved(self, chat: ChatRecord, transitions: Sequence[Transition]) -> None:
        """Tell of a bundle, after its commit: states.yaml, `watch_events`. Never blocks or raises."""
        if not self._bus.is_watched(chat.owner_id):
            return
        kinds = dict.fromkeys(kind for ran in transitions if (kind := _kind(ran, chat)) is not None)
        for kind in kinds:
            self._note(_Note(kind, chat))

    def tell(self, kind: WatchEventKind, chat: ChatRecord) -> None:
        """Tell of a change that is no transition, after its commit. Never blocks or raises.

        The event shows the chat as it is when the event is made: whoever changed a title held no lock, and what he
        knows of the chat may be older than what was told of its turn meanwhile.
        """
        if self._bus.is_watched(chat.owner_id):
            self._note(_Note(kind, chat, reread=True))

    def _note(self, note: _Note) -> None:
        if self._task is None:
            return
        if len(self._notes) >= MAX_NOTES:
            self._give_up({waiting.chat.owner_id for waiting in self._notes})
            self._notes.clear()
        self._notes.append(note)
        self._idle.clear()
        self._waiting.set()

    async def _run(self) -> None:
        while True:
            await self._waiting.wait()
            while self._notes:
                notes = [self._notes.popleft() for _ in range(min(BATCH, len(self._notes)))]
                try:
                    await self._publish(notes)
                except Exception:
                    log.exception("watchers could not be told", action="watch_failed", notes=len(notes))
                    self._give_up({note.chat.owner_id for note in notes})
            self._waiting.clear()
            self._idle.set()

    async def _publish(self, notes: Sequence[_Note]) -> None:
        async with self._database.connect() as conn:
            # What was committed before this and is not in these notes, is noted behind them and told later.
            known = {note.chat.id: await history.load_chat(conn, note.chat.id) for note in notes if note.reread}
            whole = await _completed(conn, [note.chat for note in notes if not note.reread])
        for note in notes:
            chat = known[note.chat.id] if note.reread else next(whole)
            if chat is not None:
                self._bus.publish_watch(chat.owner_id, watch_event(note.kind, chat))

    def _give_up(self, owners: Collection[uuid.UUID]) -> None:
        for owner_id in owners:
            self._bus.publish_watch(owner_id, LOST_EVENTS)


async def _completed(conn: AsyncConnection, chats: Sequence[ChatRecord]) -> Iterator[ChatRecord]:
    """The chats with what records of the state machine lack: the owner's names and, in sub-chats, the root's access."""
    if not chats:
        return iter(())
    owners = {chat.owner_id for chat in chats}
    rows = await conn.execute(select(User.id, User.username, User.name).where(User.id.in_(owners)))
    names: dict[uuid.UUID, tuple[str, str]] = {row.id: (row.username, row.name) for row in rows}
    roots = {chat.root_chat_id for chat in chats if chat.parent_chat_id is not None}
    loaded = [await history.load_chat(conn, root) for root in roots]
    # Roots among these first: they may be gone by now.
    shares = {chat.id: (chat.user_acl, chat.group_acl) for chat in chats if chat.parent_chat_id is None}
    shares |= {root.id: (root.user_acl, root.group_acl) for root in loaded if root is not None}

    def complete(chat: ChatRecord) -> ChatRecord:
        username, name = names.get(chat.owner_id, ("", ""))
        user_acl, group_acl = shares.get(chat.root_chat_id, (chat.user_acl, chat.group_acl))
        return replace(chat, owner_username=username, owner_name=name, user_acl=user_acl, group_acl=group_acl)

    return map(complete, chats)


def watch_event(kind: WatchEventKind, chat: ChatRecord) -> bytes:
    """One ChatWatchEvent as JSON."""
    event: dict[str, Any] = {"kind": kind, "chat": chat_json(chat)}
    return dump_json(event)


def _kind(transition: Transition, chat: ChatRecord) -> WatchEventKind | None:
    if transition is Transition.SET_ARCHIVED:
        return "deleted" if chat.archived else "created"
    return _KINDS.get(transition)
