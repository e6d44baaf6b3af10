"""A chat that this worker holds: its row as last seen, and the only way to change it, fenced by the lease."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from palaver import metrics
from palaver.auth.policy import Authorizer
from palaver.chat import history, transitions
from palaver.chat.bundle import ChatTx
from palaver.chat.machine import ChatMachine
from palaver.chat.notices import ChatNotice
from palaver.chat.records import ChatRecord, Fence
from palaver.configuration.deployment_settings import DeploymentConfig
from palaver.database import Database
from palaver.leftovers import Leftovers
from palaver.llm.catalog import ModelCatalog
from palaver.llm.files import FileLoader
from palaver.llm.generation import ModelCaller
from palaver.recording.recorder import Recorder
from palaver.settings import Settings
from palaver.spending.limits import SpendLimits
from palaver.stream.parts import PartsBuffer
from palaver.texts.background import BackgroundTexts
from palaver.tools.service import ToolServers
from palaver.worker.histories import RecentHistories


@dataclass(frozen=True, slots=True)
class Engine:
    """What the runners of a worker share."""

    settings: Settings
    database: Database
    machine: ChatMachine
    parts: PartsBuffer
    catalog: ModelCatalog
    config: DeploymentConfig
    caller: ModelCaller
    authorizer: Authorizer
    load_files: FileLoader
    limits: SpendLimits
    texts: BackgroundTexts
    recorder: Recorder
    histories: RecentHistories
    tools: ToolServers
    leftovers: Leftovers


class HeldChat:
    """A chat under the lease (worker_id, runner_id). `chat` is its row as of the last look or own commit."""

    def __init__(self, engine: Engine, chat: ChatRecord) -> None:
        assert chat.worker_id is not None
        assert chat.runner_id is not None
        self.engine = engine
        self.chat = chat
        self.runner_id = chat.runner_id
        self._worker_id = chat.worker_id
        self.lost = False
        """Whether the lease is gone: given back, taken away, or the chat with it."""
        self.reserved = False
        """Whether a model call has set something aside of its owner's limit; the next bundle frees it."""

    @asynccontextmanager
    async def bundle(self, *, attempt: int | None = None, durable: bool = True) -> AsyncIterator[ChatTx]:
        """A bundle fenced by all that is known of the chat; `attempt` fences the generation attempt too.

        Raises StaleRunner when the chat went on without this runner, ChatNotFound when it is gone.
        """
        before = self.chat
        fence = Fence(self._worker_id, self.runner_id, before.status, before.history_version, attempt)
        try:
            async with self.engine.machine.update(before.id, fence=fence, durable=durable) as tx:
                yield tx
                if self.reserved:
                    tx.release_reservation()
                # Before the commit, for the notice about it may arrive first and must not look like news.
                self.chat = tx.chat
        except BaseException:
            self.chat = before
            raise
        self.reserved = False
        self.lost = self.chat.runner_id != self.runner_id

    def is_changed_by(self, notice: ChatNotice) -> bool:
        """Whether the notice tells of a change, by somebody else, of what this worker acts on."""
        if notice.snapshot_version <= self.chat.snapshot_version:
            return False
        return (notice.runner_id, notice.history_version, notice.status, notice.archived) != (
            self.runner_id,
            self.chat.history_version,
            self.chat.status,
            self.chat.archived,
        )

    async def look_again(self) -> None:
        """Read the row anew, or learn that the chat is lost."""
        async with self.engine.database.connect() as conn:
            chat = await history.load_chat(conn, self.chat.id)
        if chat is None or (chat.worker_id, chat.runner_id) != (self._worker_id, self.runner_id):
            if not self.lost:
                metrics.LEASES_LOST.inc()
            self.lost = True
        else:
            self.chat = chat

    async def abandon(self) -> None:
        """Give the lease back, in a bundle of its own."""
        async with self.bundle() as tx:
            await transitions.abandon(tx)
