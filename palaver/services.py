"""Everything a request or the worker needs of the engine, built once at start and handed in: there are no globals."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palaver import metrics
from palaver.auth.authenticate import Authenticator
from palaver.auth.policy import Authorizer
from palaver.auth.rate_limits import RateLimiter
from palaver.auth.secrets import SecretBox
from palaver.chat.machine import ChatMachine
from palaver.configuration.deployment_settings import DeploymentConfig
from palaver.database import Database
from palaver.files.storage import FileStorage
from palaver.llm.catalog import ModelCatalog
from palaver.readiness import Readiness, readiness
from palaver.recording.recorder import Recorder
from palaver.settings import Settings
from palaver.spending.limits import SpendLimits
from palaver.stream.bus import Bus
from palaver.stream.parts import PartsBuffer
from palaver.stream.relay import PartsRelay
from palaver.stream.watch_events import WatchTeller
from palaver.texts.calls import TextCaller
from palaver.texts.titles import ChatTitles
from palaver.tools.credentials import Credentials
from palaver.tools.oauth.connections import Connections
from palaver.tools.service import ToolServers

if TYPE_CHECKING:
    from palaver.auth.oidc import OidcLogin
    from palaver.worker.service import Worker


@dataclass(slots=True, frozen=True)
class Services:
    """The running engine's parts; `worker` is None where this process runs no turns, `oidc` where no OpenID provider
    is configured. `replica_id` is of this process and this start; it is also the id of its worker."""

    replica_id: uuid.UUID
    settings: Settings
    database: Database
    files: FileStorage
    machine: ChatMachine
    bus: Bus
    parts: PartsBuffer
    relay: PartsRelay
    watch_teller: WatchTeller
    authenticator: Authenticator
    authorizer: Authorizer
    secrets: SecretBox
    oidc: "OidcLogin | None"
    credentials: Credentials
    mcp_connections: Connections
    limiter: RateLimiter
    catalog: ModelCatalog
    limits: SpendLimits
    recorder: Recorder
    tools: ToolServers
    text_caller: TextCaller
    titles: ChatTitles
    config: DeploymentConfig
    worker: "Worker | None"
    version: str

    def drain(self) -> None:
        """Begin to end: streams end, so that their viewers go elsewhere, and no chat is taken any more.

        From here on the grace time counts, for requests and turns alike.
        """
        self.bus.close()
        if self.worker is not None:
            self.worker.take_no_more()

    def hurry(self) -> None:
        """End the grace time: turns that still run are let go, for others to continue."""
        if self.worker is not None:
            self.worker.hurry()

    async def readiness(self) -> Readiness:
        """Whether this process should get requests now."""
        return await readiness(self.database, self.bus, self.worker)

    def sample(self) -> None:
        """Note in the metrics what is only known by looking."""
        in_use, idle = self.database.connections()
        metrics.sample(
            in_use=in_use,
            idle=idle,
            pool_limit=self.settings.pool_size,
            leases=0 if self.worker is None else self.worker.running,
            lease_limit=0 if self.worker is None else self.settings.max_running_chats,
            connected=self.bus.connected,
            peers=self.bus.peers,
        )
