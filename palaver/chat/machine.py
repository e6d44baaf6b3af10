"""The way into a chat: look at its row, run transitions, write, then tell the others.

Nothing else writes the execution state in `chats`, `chat_messages` or `chat_queued_messages`. The transitions
themselves are in `palaver.chat.transitions`.
"""

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.bundle import ChatTx, Lessee, NeedsTransaction
from palaver.chat.notices import Publisher
from palaver.chat.records import ChatRecord, Fence
from palaver.chat.statements import CHAT_COLUMNS, CHILD_IDS, LOCK, LOCK_RELAXED, LOOK, look_statement
from palaver.chat.states import Transition
from palaver.chat.uninterrupted import completed
from palaver.chat.writing import Overtaken
from palaver.database import Database, check_before_commit
from palaver.errors.chat import ChatNotFound, ChatNotRoot, StaleRunner

__all__ = ["ChatMachine", "ChatTx"]

Result = TypeVar("Result")

Observer = Callable[[ChatRecord, Sequence[Transition]], None]
"""Told of a chat as a bundle left it and of the transitions that it ran; must not block, raise or keep the caller."""

HEARTBEAT_STALE_SECONDS = 30.0
"""Age at which a runner's heartbeat counts as stale (states.yaml, `worker.heartbeat`)."""


_CHAT = CHAT_COLUMNS + 2
"""Columns of a look that make up a ChatRecord: the row and the lengths of its queue."""


class ChatMachine:
    """Runs bundles of transitions; `publisher` hears of each one after its commit."""

    def __init__(
        self,
        database: Database,
        publisher: Publisher,
        *,
        heartbeat_stale_seconds: float = HEARTBEAT_STALE_SECONDS,
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._stale_seconds = heartbeat_stale_seconds
        self._lessee: Lessee | None = None
        self._looks = _looks(None)
        self._observer: Observer | None = None

    def lend_to(self, lessee: Lessee | None, beside: Select[Any] | None = None) -> None:
        """Offer chats that a bundle leaves runnable without an owner to `lessee`, before they are written.

        What it wants to know of such a chat may be looked for with the chat: the columns of `beside`, of which at most
        one row belongs to the row of `chats`. Bundles that lock nothing at first have it as `ChatTx.beside`.
        """
        self._lessee = lessee
        self._looks = _looks(beside)

    def tell(self, observer: Observer) -> None:
        """Have `observer` called after the commit of each bundle that changed more than who runs the chat."""
        self._observer = observer

    @asynccontextmanager
    async def update(
        self, chat_id: uuid.UUID, *, fence: Fence | None = None, durable: bool = True
    ) -> AsyncIterator[ChatTx]:
        """One bundle on one chat: a transaction that holds the chat's row and bumps snapshot_version once.

        The block runs any number of transitions on the ChatTx. At its end what is not written yet is written,
        committed and then published; when an exception or a cancellation leaves the block, nothing of it happened.
        A cancellation during the commit is passed on after the commit and its publication.

        `durable=False` lets the commit return before it is on disk: for leases, where a loss is made good by time.
        Raises ChatNotFound; StaleRunner when `fence` does not hold.
        """
        async with self._database.engine.connect() as conn:
            tx = await self._open(conn, chat_id, LOCK if durable else LOCK_RELAXED, fence=fence)
            with _ending([tx]):
                yield tx
                await self._close(conn, [tx])

    async def apply(
        self,
        chat_id: uuid.UUID,
        act: Callable[[ChatTx], Awaitable[Result]],
        *,
        alone: bool = True,
        spent_since: dt.datetime | None = None,
    ) -> Result:
        """Run `act` as one bundle on one chat, as `update` would, in half the round trips where that can be.

        With `alone` nothing is locked at first: look, act, and write in one statement that commits itself and only
        holds if nobody has changed the chat since the look. Where somebody has, or `act` needs a transaction, `act`
        runs again under the lock: it must leave no trace but by its ChatTx, and do nothing that may fail after its
        flush. With `spent_since` the look also tells what the chat's owner has spent since then. Raises ChatNotFound,
        and what `act` raises.
        """
        if alone:
            with suppress(Overtaken, NeedsTransaction):
                async with self._database.connect() as conn:
                    tx = await self._look(conn, chat_id, spent_since)
                    return await self._alone(tx, act)
        async with self.update(chat_id) as tx:
            return await act(tx)

    async def apply_new(self, act: Callable[[ChatTx], Awaitable[Result]], *, alone: bool = True) -> Result:
        """Run `act` as a bundle in state N, as `create` would; otherwise like `apply`."""
        if alone:
            with suppress(NeedsTransaction):
                async with self._database.connect() as conn:
                    return await self._alone(ChatTx(conn, lessee=self._lessee, announce=self._announce), act)
        async with self.create() as tx:
            return await act(tx)

    @asynccontextmanager
    async def update_family(self, root_id: uuid.UUID) -> AsyncIterator[list[ChatTx]]:
        """One bundle each on a root chat (first) and all its sub-chats, in one transaction: all or nothing.

        The root is locked first, and whoever adds a sub-chat locks its root too, so no member is missed.
        Raises ChatNotFound, ChatNotRoot.
        """
        async with self._database.engine.connect() as conn:
            root = await self._open(conn, root_id, LOCK)
            if root.chat.parent_chat_id is not None:
                raise ChatNotRoot
            child_ids = (await conn.execute(CHILD_IDS, {"chat_id": root_id})).scalars().all()
            bundles = [root, *[await self._open(conn, child_id, LOCK) for child_id in child_ids]]
            with _ending(bundles):
                yield bundles
                await self._close(conn, bundles)

    @asynccontextmanager
    async def create(self) -> AsyncIterator[ChatTx]:
        """A bundle in state N for `transitions.create_chat`; a block that creates nothing changes nothing."""
        async with self._database.engine.connect() as conn:
            tx = ChatTx(conn, lessee=self._lessee)
            with _ending([tx]):
                yield tx
                await self._close(conn, [tx])

    async def _open(
        self,
        conn: AsyncConnection,
        chat_id: uuid.UUID,
        look: Select[Any],
        *,
        fence: Fence | None = None,
    ) -> ChatTx:
        parameters: dict[str, Any] = {"chat_id": chat_id, "stale_seconds": self._stale_seconds}
        row = (await conn.execute(look, parameters)).one_or_none()
        if row is None:
            raise ChatNotFound
        chat = ChatRecord(*row[:_CHAT])
        heartbeat_fresh, version = row[_CHAT : _CHAT + 2]
        if version != chat.snapshot_version:
            # The lock was waited for and the chat changed meanwhile; now that it is ours a new look is the truth.
            row = (await conn.execute(LOOK, parameters)).one()
            chat, heartbeat_fresh = ChatRecord(*row[:_CHAT]), row[_CHAT]
        if fence is not None and not fence.holds(chat):
            raise StaleRunner
        tx = ChatTx(conn, chat, heartbeat_fresh=heartbeat_fresh, lessee=self._lessee)
        chat.snapshot_version += 1
        return tx

    async def _look(self, conn: AsyncConnection, chat_id: uuid.UUID, spent_since: dt.datetime | None) -> ChatTx:
        """A bundle that locks nothing."""
        parameters: dict[str, Any] = {"chat_id": chat_id, "stale_seconds": self._stale_seconds}
        is_limited = spent_since is not None
        if is_limited:
            parameters["spent_since"] = spent_since
        row = (await conn.execute(self._looks[is_limited], parameters)).one_or_none()
        if row is None:
            raise ChatNotFound
        chat = ChatRecord(*row[:_CHAT])
        tx = ChatTx(conn, chat, heartbeat_fresh=row[_CHAT], lessee=self._lessee, announce=self._announce)
        if is_limited:
            tx.spent_micros = row[_CHAT + 2]
        tx.beside = row[_CHAT + 2 + is_limited :] or None
        chat.snapshot_version += 1
        return tx

    async def _alone(self, tx: ChatTx, act: Callable[[ChatTx], Awaitable[Result]]) -> Result:
        with _ending([tx]):
            result = await act(tx)
            await tx.flush()
            return result

    async def _close(self, conn: AsyncConnection, bundles: Sequence[ChatTx]) -> None:
        bundles = [tx for tx in bundles if tx.exists]
        for tx in bundles:
            await tx.flush()
        await check_before_commit()
        await completed(self._commit(conn, bundles))

    async def _commit(self, conn: AsyncConnection, bundles: Sequence[ChatTx]) -> None:
        await conn.commit()
        for tx in bundles:
            self._announce(tx)

    def _announce(self, tx: ChatTx) -> None:
        tx.done(committed=True)
        for notice in tx.notices():
            self._publisher.publish(notice)
        if self._observer is not None and tx.ran:
            self._observer(tx.chat, tx.ran)


def _looks(beside: Select[Any] | None) -> tuple[Select[Any], Select[Any]]:
    """Looks without a lock: one that leaves out what the chat's owner has spent, and one that tells."""
    return look_statement(lock=False, beside=beside), look_statement(lock=False, spent=True, beside=beside)


@contextmanager
def _ending(bundles: Sequence[ChatTx]) -> Iterator[None]:
    """Tell of bundles that end without a commit."""
    try:
        yield
    finally:
        for tx in bundles:
            tx.done(committed=False)
