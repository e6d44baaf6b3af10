"""Which models chats may use: model configs with their providers, read through a short-lived cache.

Configurations are written by the handlers of their operations; this module only reads them. A change made by another
process shows within `REMEMBERED_SECONDS`, whatever happens. Sooner, mostly at once: whoever changes something calls
`ModelCatalog.forget()`, which drops the view here and tells the others, who `drop()` theirs.

A user's own key of a provider goes before the provider's. Who has none sees the view of everybody; for the others
there is one of their own, made from it and as old. Where the deployment wants users' own keys, the providers' count for
nobody.
"""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from sqlalchemy import select

from models import AIProvider, AIProviderKey, ChatModelConfig, UserAIProviderKey
from palaver.llm.options import clamp_effort, selectable_efforts
from palaver.memory import Memory

if TYPE_CHECKING:
    from palaver.database import Database

VIEWS: Final = 10_000
"""Users whose own views are remembered."""

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
    own_key_wanted: bool = False
    """Whether only a key of the user's own would do."""
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

        `unsupported`, `model_disabled`, `provider_disabled`, then `user_api_key_required` or `missing_api_key`.
        """
        if self.provider_type not in SUPPORTED_PROVIDER_TYPES:
            return "unsupported"
        if not self.enabled:
            return "model_disabled"
        if not self.provider_enabled:
            return "provider_disabled"
        if not self.has_key and self.provider_type not in KEYLESS_PROVIDER_TYPES:
            return "user_api_key_required" if self.own_key_wanted else "missing_api_key"
        return None


@dataclass(slots=True, frozen=True)
class Models:
    """The providers and model configs as of one reading, as everybody or one user sees them."""

    providers: dict[uuid.UUID, ProviderChoice]
    models: dict[uuid.UUID, ModelChoice]
    keys: dict[uuid.UUID, bytes]
    """The key that calls of a provider are made with, encrypted."""
    with_own_keys: frozenset[uuid.UUID] = frozenset()
    """Providers that some users have keys of their own for."""

    def get(self, model_config_id: uuid.UUID) -> ModelChoice | None:
        """The model config with this id; None when it does not exist or was deleted, or its provider was."""
        return self.models.get(model_config_id)

    def default(self) -> ModelChoice | None:
        """The default model config; None when there is none."""
        return next((model for model in self.models.values() if model.is_default), None)

    def with_keys(self, own: Mapping[uuid.UUID, bytes]) -> "Models":
        """The same with these keys before the others."""
        models = {
            model.config_id: replace(model, has_key=True) if model.provider_id in own else model
            for model in self.models.values()
        }
        return replace(self, models=models, keys={**self.keys, **own})


class ModelCatalog:
    """The cached view of providers and model configs; a few statements per refresh, shared by concurrent callers.

    `own_keys` says whether users' own keys count, or are the only ones that do. `tell` passes on that other processes
    have to drop theirs; `clock` counts seconds and only grows.
    """

    def __init__(
        self,
        database: "Database",
        secrets: Decrypts,
        *,
        own_keys: Literal["allowed", "required", "disabled"] = "allowed",
        tell: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._secrets = secrets
        self._own_keys = own_keys
        self._tell = tell
        self._everybodys: Memory[None, Models] = Memory(self._read, clock=clock)
        self._views: dict[uuid.UUID, tuple[Models, Models]] = {}
        """By user: the view of everybody that it was made from, and the user's."""

    def forget(self) -> None:
        """Drop the cached view everywhere: call it after a commit that changes a provider or model config."""
        self.drop()
        self._tell()

    def drop(self) -> None:
        """Drop the view that is cached here; the next read sees what is committed now."""
        self._everybodys.drop()
        self._views.clear()

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

    async def credentials(self, choice: ModelChoice, owner_id: uuid.UUID) -> str | None:
        """The API key in clear that a chat's owner calls the model with: its own, else the provider's oldest.

        None when there is none.
        """
        encrypted = (await self.current_for(owner_id)).keys.get(choice.provider_id)
        return None if encrypted is None else self._secrets.decrypt(encrypted)

    async def current_for(self, user_id: uuid.UUID) -> Models:
        """The cached view with the user's own keys; it takes a statement for a user who was not asked for lately."""
        everybodys = await self.current()
        if not everybodys.with_own_keys:
            return everybodys
        known = self._views.get(user_id)
        if known is not None and known[0] is everybodys:
            return known[1]
        async with self._database.connect() as conn:
            own = UserAIProviderKey.provider_id, UserAIProviderKey.encrypted_key
            rows = await conn.execute(select(*own).where(UserAIProviderKey.user_id == user_id))
            keys = {row.provider_id: row.encrypted_key for row in rows if row.provider_id in everybodys.providers}
        view = everybodys.with_keys(keys) if keys else everybodys
        if len(self._views) >= VIEWS:
            self._views.clear()
        self._views[user_id] = (everybodys, view)
        return view

    async def current(self) -> Models:
        """The cached view, for several questions that shall get one answer; read anew when it is too old."""
        return await self._everybodys.get(None)

    async def _read(self, _: None) -> Models:
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
            with_own_keys: frozenset[uuid.UUID] = frozenset()
            if self._own_keys != "disabled":
                with_own_keys = frozenset(
                    (await conn.execute(select(UserAIProviderKey.provider_id).distinct())).scalars()
                )
            model_rows = (
                await conn.execute(
                    select(ChatModelConfig.__table__)
                    .where(~ChatModelConfig.deleted)
                    .order_by(ChatModelConfig.created_at, ChatModelConfig.id)
                )
            ).all()
        # Newest first, so that the oldest key of a provider is the one that stays.
        keys = {row.provider_id: row.encrypted_key for row in key_rows if self._own_keys != "required"}
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
                own_key_wanted=self._own_keys == "required",
                call_config=row.call_config or {},
            )
            for row in model_rows
            if (provider := providers.get(row.ai_provider_id)) is not None
        }
        return Models(providers, models, keys, with_own_keys)
