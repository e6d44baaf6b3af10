"""What the watchers of an owner's chats are told: noted by whoever changed a chat, made where somebody watches.

A note says which chat and what became of it, never how the chat looks: so it is small enough to go to every process,
and those who read the chat never show a state that is older than one they have shown.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from palaver.chat import history
from palaver.chat.notices import Publisher, WatchEventKind, WatchNotice
from palaver.chat.records import ChatRecord
from palaver.chat.states import Transition
from palaver.database import Database
from palaver.json_text import dump_json
from palaver.wire.chats import chat_json

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


class WatchTeller:
    """Tells the watchers of an owner's chats, here and elsewhere, of changes that are committed."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    def moved(self, chat: ChatRecord, transitions: Sequence[Transition]) -> None:
        """Tell of a bundle: states.yaml, `watch_events`. Never blocks or raises."""
        for kind in dict.fromkeys(kind for ran in transitions if (kind := _kind(ran, chat)) is not None):
            # Of a chat that is gone nobody can read how it was.
            event = watch_event(kind, chat) if Transition.DELETE_CHAT in transitions else b""
            self._publisher.publish(WatchNotice(chat.owner_id, chat.id, kind, event))

    def tell(self, kind: WatchEventKind, chat: ChatRecord) -> None:
        """Tell of a change that is no transition. Never blocks or raises."""
        self._publisher.publish(WatchNotice(chat.owner_id, chat.id, kind))


async def read_events(database: Database, notices: Sequence[WatchNotice]) -> list[bytes]:
    """The ChatWatchEvents of `notices` as JSON, in order; chats that are gone by now have none but that of their end.

    Whether a chat came or went is what the chat says, not the notice: it may have come back since. One statement.
    Raises what the database raises.
    """
    wanted = {notice.chat_id for notice in notices if not notice.event}
    known: Mapping[Any, ChatRecord] = {}
    if wanted:
        async with database.connect() as conn:
            known = await history.load_chats(conn, wanted)
    events: list[bytes] = []
    for notice in notices:
        if notice.event:
            events.append(notice.event)
        elif (chat := known.get(notice.chat_id)) is not None and chat.owner_id == notice.owner_id:
            events.append(watch_event(_kind_now(notice.kind, chat), chat))
    return events


def watch_event(kind: WatchEventKind, chat: ChatRecord) -> bytes:
    """One ChatWatchEvent as JSON."""
    event: dict[str, Any] = {"kind": kind, "chat": chat_json(chat)}
    return dump_json(event)


def _kind(transition: Transition, chat: ChatRecord) -> WatchEventKind | None:
    return _kind_now("created", chat) if transition is Transition.SET_ARCHIVED else _KINDS.get(transition)


def _kind_now(kind: WatchEventKind, chat: ChatRecord) -> WatchEventKind:
    """`kind`, but of coming and going the one that `chat` is at."""
    if kind not in ("created", "deleted"):
        return kind
    return "deleted" if chat.archived else "created"
