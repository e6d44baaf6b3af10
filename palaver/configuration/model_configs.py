"""Model configs: which models of which providers chats may use, and which one is the default.

Writers hold one advisory lock, so that exactly one config is the default however many write at once.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import AIProvider, ChatModelConfig
from palaver.database import refusing
from palaver.errors.configuration import ModelConfigExists, ProviderDisabled, ProviderNotConfigured

_WRITERS_LOCK = 0x6D6F64656C73
"""Key of the advisory lock that writers of model configs take ("models" in ASCII)."""

DEFAULT_COMPRESSION_THRESHOLD = 70


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A model config; `ai_provider_id` is None when the provider was deleted.

    `context_limit` is in tokens, `compression_threshold` in percent of it.
    """

    id: uuid.UUID
    ai_provider_id: uuid.UUID | None
    model: str
    display_name: str
    enabled: bool
    is_default: bool
    context_limit: int
    compression_threshold: int
    call_config: dict[str, Any] | None
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ModelProvider:
    """What a model config's rules need to know of its provider."""

    id: uuid.UUID
    type: str
    base_url: str
    enabled: bool


async def lock_writers(conn: AsyncConnection) -> None:
    """Let one transaction at a time write model configs; held until its end."""
    await conn.execute(select(func.pg_advisory_xact_lock(_WRITERS_LOCK)))


async def list_model_configs(conn: AsyncConnection, *, usable_only: bool) -> list[ModelConfig]:
    """The default first, then by label; with `usable_only` the enabled configs of enabled providers."""
    which = ~ChatModelConfig.deleted
    if usable_only:
        which = and_(which, ChatModelConfig.enabled, AIProvider.enabled, ~AIProvider.deleted)
    return await _load(conn, which)


async def find_model_config(conn: AsyncConnection, config_id: uuid.UUID) -> ModelConfig | None:
    """The config with this id; None when it was deleted."""
    found = await _load(conn, and_(ChatModelConfig.id == config_id, ~ChatModelConfig.deleted))
    return found[0] if found else None


async def hold_provider(conn: AsyncConnection, provider_id: uuid.UUID | None, *, enabled: bool = True) -> ModelProvider:
    """The provider of a config to be written; until the end of the transaction it stays as it is.

    Raises ProviderNotConfigured, and ProviderDisabled when it has to be enabled.
    """
    rows = await conn.execute(
        select(AIProvider.id, AIProvider.type, AIProvider.base_url, AIProvider.enabled)
        .where(AIProvider.id == provider_id, ~AIProvider.deleted)
        .with_for_update(read=True)
    )
    row = rows.first()
    if row is None:
        raise ProviderNotConfigured
    provider = ModelProvider(*row)
    if enabled and not provider.enabled:
        raise ProviderDisabled
    return provider


async def create_model_config(conn: AsyncConnection, values: Mapping[str, Any]) -> uuid.UUID:
    """Store a config that is not the default, `values` by column; returns its id. Raises ModelConfigExists."""
    config_id = uuid.uuid4()
    with refusing(uq_chat_model_configs_model=ModelConfigExists()):
        await conn.execute(insert(ChatModelConfig).values(id=config_id, **values))
    return config_id


async def update_model_config(conn: AsyncConnection, config_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """Change columns of a config. Raises ModelConfigExists."""
    with refusing(uq_chat_model_configs_model=ModelConfigExists()):
        await conn.execute(
            update(ChatModelConfig).where(ChatModelConfig.id == config_id).values(**values, updated_at=func.now())
        )


async def delete_model_config(conn: AsyncConnection, config_id: uuid.UUID) -> None:
    """Put a config aside for good; chats that used it keep its id."""
    await update_model_config(conn, config_id, {"deleted": True, "is_default": False})


async def elect_default(
    conn: AsyncConnection, *, wanted: uuid.UUID | None = None, unwanted: uuid.UUID | None = None
) -> None:
    """Make sure that one config is the default; to be called after every write, under the writers' lock.

    An enabled one, as long as there is any: the wanted, else the present default, else the oldest whose provider is
    enabled. `unwanted` is only taken when no other is enabled.
    """
    rows = await conn.execute(
        select(
            ChatModelConfig.id,
            ChatModelConfig.is_default,
            ChatModelConfig.created_at,
            and_(ChatModelConfig.enabled, ~AIProvider.deleted).label("enabled"),
            AIProvider.enabled.label("provider_enabled"),
        )
        .join(AIProvider, AIProvider.id == ChatModelConfig.ai_provider_id)
        .where(~ChatModelConfig.deleted)
    )
    configs = rows.all()
    if not configs:
        return
    elected = min(
        configs,
        key=lambda config: (
            not config.enabled,
            config.id == unwanted,
            config.id != wanted,
            not config.is_default,
            not config.provider_enabled,
            config.created_at,
            config.id,
        ),
    )
    if elected.is_default:
        return
    # One after the other: the index allows no second default, not even within a statement.
    await conn.execute(update(ChatModelConfig).where(ChatModelConfig.is_default).values(is_default=False))
    await conn.execute(update(ChatModelConfig).where(ChatModelConfig.id == elected.id).values(is_default=True))


async def _load(conn: AsyncConnection, which: ColumnElement[bool]) -> list[ModelConfig]:
    provider_id = case((AIProvider.deleted, None), else_=ChatModelConfig.ai_provider_id)
    columns = [
        provider_id if name == "ai_provider_id" else ChatModelConfig.__table__.c[name] for name in ModelConfig.__slots__
    ]
    rows = await conn.execute(
        select(*columns)
        .join(AIProvider, AIProvider.id == ChatModelConfig.ai_provider_id)
        .where(which)
        .order_by(
            ChatModelConfig.is_default.desc(),
            func.lower(ChatModelConfig.display_name),
            func.lower(ChatModelConfig.model),
            ChatModelConfig.id,
        )
    )
    return [ModelConfig(*row) for row in rows]
