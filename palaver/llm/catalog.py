"""Which models chats may use: model configs with their providers, read through a short-lived cache.

Configurations are written by the handlers of their operations; this module only reads them. A change made by another
process shows within `CACHE_SECONDS`, whatever happens. Sooner, mostly at once: whoever changes something calls
`ModelCatalog.forget()`, which drops the view here and tells the others, who `drop()` theirs.
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import select

from models import AIProvider, AIProviderKey, ChatModelConfig
from palaver.llm.options import clamp_effort, selectable_efforts

if TYPE_CHECKING:
    from palaver.database import Database

CACHE_SECONDS = 10.0
"""Age at which the view is read anew, counted from the beginning of its reading."""

SUPPORTED_PROVIDER_TYPES = frozenset({"demo", "openai", "openai-compat", "anthropic"})
"""Provider types that chats can call; the others are stored and listed as unsupported."""

KEYLESS_PROVIDER_TYPES = frozenset({"demo", "openai-compat"})
"""Provider types that can be called without an API key."""

DEFAULT_BASE_URLS = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
"""Where the providers of a type are, unless configured."""


class Decrypts(Protocol):
    """What the catalog needs of the secret box."""

    def decrypt(self, token: bytes) -> str: ...


@dataclass(slots=True, frozen=True)
class ProviderChoice:
    """A live AI provider row, without its secrets."""

    id: uuid.UUID
    type: str
    name: str
    display_name: str
    enabled: bool
    base_url: str
    has_key: bool

    @property
    def supported(self) -> bool:
        """Whether chats can call providers of this type."""
        return self.type in SUPPORTED_PROVIDER_TYPES


@dataclass(slots=True, frozen=True)
class ModelChoice:
    """A live model config together with its provider: all that a model call needs except the key.

    `context_limit` is in tokens, `compression_threshold` in percent of it; `call_config` is ChatModelCallConfig, `{}`
    when none was given.
    """

    config_id: uuid.UUID
    model: str
    display_name: str
    enabled: bool
    is_default: bool
    context_limit: int
    compression_threshold: int
    provider_id: uuid.UUID
    provider_type: str
    provider_name: str
    provider_display_name: str
    provider_enabled: bool
    base_url: str
    has_key: bool
    call_config: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reasoning_efforts(self) -> list[str]:
        """The efforts a user may choose, lowest first; empty when the config has no `reasoning_effort`."""
        return selectable_efforts(self.call_config)

    def effort(self, chosen: str) -> str:
        """The effort in force when the user chose `chosen` ("" for none): clamped; "" when the config takes none."""
        return clamp_effort(self.call_config, chosen)

    @property
    def unusable_reason(self) -> str | None:
        """Why a turn cannot run on this model now; None when it can.

        `unsupported`, `model_disabled`, `provider_disabled` or `missing_api_key`, in this order.
        """
        if self.provider_type not in SUPPORTED_PROVIDER_TYPES:
            return "unsupported"
        if not self.enabled:
            return "model_disabled"
        if not self.provider_enabled:
            return "provider_disabled"
        if not self.has_key and self.provider_type not in KEYLESS_PROVIDER_TYPES:
            return "missing_api_key"
        return None


@dataclass(slots=True, frozen=True)
class Models:
    """The providers and model configs as of one reading."""

    read_at: float
    providers: dict[uuid.UUID, ProviderChoice]
    models: dict[uuid.UUID, ModelChoice]
    keys: dict[uuid.UUID, bytes]

    def get(self, model_config_id: uuid.UUID) -> ModelChoice | None:
        """The model config with this id; None when it does not exist or was deleted, or its provider was."""
        return self.models.get(model_config_id)

    def default(self) -> ModelChoice | None:
        """The default model config; None when there is none."""
        return next((model for model in self.models.values() if model.is_default), None)


class ModelCatalog:
    """The cached view of providers and model configs; one statement trio per refresh, shared by concurrent callers.

    `tell` passes on that other processes have to drop theirs; `clock` counts seconds and only grows.
    """

    def __init__(
        self,
        database: "Database",
        secrets: Decrypts,
        *,
        tell: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._secrets = secrets
        self._tell = tell
        self._clock = clock
        self._snapshot: Models | None = None
        self._refreshing = asyncio.Lock()
        self._generation = 0

    def forget(self) -> None:
        """Drop the cached view everywhere: call it after a commit that changes a provider or model config."""
        self.drop()
        self._tell()

    def drop(self) -> None:
        """Drop the view that is cached here; the next read sees what is committed now."""
        self._generation += 1
        self._snapshot = None

    async def get(self, model_config_id: uuid.UUID) -> ModelChoice | None:
        """The model config with this id; None when it does not exist or was deleted, or its provider was."""
        return (await self.current()).get(model_config_id)

    async def default(self) -> ModelChoice | None:
        """The default model config; None when there is none."""
        return (await self.current()).default()

    async def models(self) -> list[ModelChoice]:
        """All live model configs, oldest first."""
        return list((await self.current()).models.values())

    async def providers(self) -> list[ProviderChoice]:
        """All live providers, oldest first."""
        return list((await self.current()).providers.values())

    async def credentials(self, choice: ModelChoice) -> str | None:
        """The provider's API key in clear (the oldest, when it has several); None when it has none."""
        encrypted = (await self.current()).keys.get(choice.provider_id)
        return None if encrypted is None else self._secrets.decrypt(encrypted)

    async def current(self) -> Models:
        """The cached view, for several questions that shall get one answer; read anew when it is too old."""
        snapshot = self._snapshot
        if snapshot is not None and self._clock() - snapshot.read_at < CACHE_SECONDS:
            return snapshot
        async with self._refreshing:
            snapshot = self._snapshot
            if snapshot is not None and self._clock() - snapshot.read_at < CACHE_SECONDS:
                return snapshot
            generation = self._generation
            snapshot = await self._read()
            # A drop() during the read means that the rows may be older than the change it announced.
            if generation == self._generation:
                self._snapshot = snapshot
            return snapshot

    async def _read(self) -> Models:
        read_at = self._clock()
        async with self._database.connect() as conn:
            provider_rows = (
                await conn.execute(
                    select(AIProvider.__table__)
                    .where(~AIProvider.deleted)
                    .order_by(AIProvider.created_at, AIProvider.id)
                )
            ).all()
            key_rows = (
                await conn.execute(
                    select(AIProviderKey.provider_id, AIProviderKey.encrypted_key).order_by(
                        AIProviderKey.created_at.desc(), AIProviderKey.id.desc()
                    )
                )
            ).all()
            model_rows = (
                await conn.execute(
                    select(ChatModelConfig.__table__)
                    .where(~ChatModelConfig.deleted)
                    .order_by(ChatModelConfig.created_at, ChatModelConfig.id)
                )
            ).all()
        # Newest first, so that the oldest key of a provider is the one that stays.
        keys = {row.provider_id: row.encrypted_key for row in key_rows}
        providers = {
            row.id: ProviderChoice(
                id=row.id,
                type=row.type,
                name=row.name,
                display_name=row.display_name,
                enabled=row.enabled,
                base_url=row.base_url,
                has_key=row.id in keys,
            )
            for row in provider_rows
        }
        models = {
            row.id: ModelChoice(
                config_id=row.id,
                model=row.model,
                display_name=row.display_name,
                enabled=row.enabled,
                is_default=row.is_default,
                context_limit=row.context_limit,
                compression_threshold=row.compression_threshold,
                provider_id=provider.id,
                provider_type=provider.type,
                provider_name=provider.name,
                provider_display_name=provider.display_name,
                provider_enabled=provider.enabled,
                base_url=provider.base_url,
                has_key=provider.has_key,
                call_config=row.call_config or {},
            )
            for row in model_rows
            if (provider := providers.get(row.ai_provider_id)) is not None
        }
        return Models(read_at, providers, models, keys)
