"""Everything a request or the worker needs of the engine, built once at start and handed in: there are no globals."""

from dataclasses import dataclass

from palaver.auth.authenticate import Authenticator
from palaver.auth.policy import Authorizer
from palaver.auth.rate_limits import RateLimiter
from palaver.auth.secrets import SecretBox
from palaver.chat.machine import ChatMachine
from palaver.database import Database
from palaver.llm.catalog import ModelCatalog
from palaver.settings import Settings
from palaver.stream.bus import LocalBus
from palaver.stream.parts import PartsBuffer


@dataclass(slots=True, frozen=True)
class Services:
    """The running engine's parts."""

    settings: Settings
    database: Database
    machine: ChatMachine
    bus: LocalBus
    parts: PartsBuffer
    authenticator: Authenticator
    authorizer: Authorizer
    secrets: SecretBox
    limiter: RateLimiter
    catalog: ModelCatalog
    version: str
    deployment_id: str
