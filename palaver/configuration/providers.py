"""AI providers: their rows, and their keys, which leave this module only as ciphertext or shortened.

A deleted provider stays for the chats and model configs that point at it; it is never found, and its keys are erased.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import AIProvider, AIProviderKey, UserAIProviderKey
from palaver.auth.secrets import SecretBox, mask
from palaver.configuration.known import known_fields
from palaver.contract.types import AIProviderSettings
from palaver.database import refusing
from palaver.errors.configuration import ProviderExists

SECRET_SETTINGS = frozenset({"access_key", "access_key_secret", "external_id"})
"""Settings of type `bedrock` that are stored encrypted and never shown."""


@dataclass(frozen=True, slots=True)
class ProviderKey:
    """A stored key; its text is not here."""

    id: uuid.UUID
    provider_id: uuid.UUID
    masked: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider with its keys in the order in which they are tried; `settings` with secrets as ciphertext."""

    id: uuid.UUID
    type: str
    name: str
    display_name: str
    icon: str
    enabled: bool
    base_url: str
    settings: dict[str, Any] | None
    created_at: dt.datetime
    updated_at: dt.datetime
    keys: Sequence[ProviderKey] = ()


async def list_providers(conn: AsyncConnection) -> list[Provider]:
    """All providers, oldest first."""
    return await _load(conn, ~AIProvider.deleted)


async def find_provider(conn: AsyncConnection, id_or_name: str, *, lock: bool = False) -> Provider | None:
    """The provider with this id, else with this name; with `lock` it stays so until the end of the transaction."""
    which: ColumnElement[bool] = AIProvider.name == id_or_name
    if (provider_id := _uuid(id_or_name)) is not None:
        which = or_(which, AIProvider.id == provider_id)
    # A name may look like a UUID: an id comes first.
    found = await _load(conn, which & ~AIProvider.deleted, lock=lock)
    return next((provider for provider in found if provider.id == provider_id), found[0] if found else None)


async def create_provider(conn: AsyncConnection, values: Mapping[str, Any]) -> uuid.UUID:
    """Store a provider, `values` by column; returns its id. Raises ProviderExists for a taken name."""
    provider_id = uuid.uuid4()
    with refusing(uq_ai_providers_name=ProviderExists(values["name"])):
        await conn.execute(insert(AIProvider).values(id=provider_id, **values))
    return provider_id


async def update_provider(conn: AsyncConnection, provider_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """Change columns of a provider; the caller holds its row."""
    await conn.execute(update(AIProvider).where(AIProvider.id == provider_id).values(**values, updated_at=func.now()))


async def delete_provider(conn: AsyncConnection, provider_id: uuid.UUID) -> None:
    """Put a provider aside for good: its name is free again, its settings and all keys are erased."""
    await conn.execute(delete(AIProviderKey).where(AIProviderKey.provider_id == provider_id))
    await conn.execute(delete(UserAIProviderKey).where(UserAIProviderKey.provider_id == provider_id))
    await update_provider(conn, provider_id, {"deleted": True, "settings": None})


async def add_keys(conn: AsyncConnection, provider_id: uuid.UUID, keys: Sequence[str], secrets: SecretBox) -> None:
    """Store keys, to be tried in this order and after those that are there."""
    # Times tell the order; those of one statement would be the same.
    now = dt.datetime.now(dt.UTC)
    rows = [
        {
            "id": uuid.uuid4(),
            "provider_id": provider_id,
            "encrypted_key": secrets.encrypt(key),
            "masked": mask(key),
            "created_at": now + dt.timedelta(microseconds=number),
        }
        for number, key in enumerate(keys)
    ]
    if rows:
        await conn.execute(insert(AIProviderKey), rows)


async def keep_only_keys(conn: AsyncConnection, provider_id: uuid.UUID, kept: Sequence[uuid.UUID]) -> None:
    """Erase all other keys of a provider."""
    await conn.execute(
        delete(AIProviderKey).where(AIProviderKey.provider_id == provider_id, AIProviderKey.id.not_in(kept))
    )


def stored_settings(given: Mapping[str, Any], before: Mapping[str, Any] | None, secrets: SecretBox) -> dict[str, Any]:
    """Settings as stored: what is given replaces the old ones, but a secret that is not given stays; "" erases it.

    Secrets are never shown, so somebody who sends back what he read must not lose them.
    """
    settings = known_fields(given, AIProviderSettings)
    for name in SECRET_SETTINGS:
        if settings.get(name):
            settings[name] = secrets.encrypt(settings[name]).decode("ascii")
        elif name in settings:
            del settings[name]
        elif before and name in before:
            settings[name] = before[name]
    return settings


async def _load(conn: AsyncConnection, which: ColumnElement[bool], *, lock: bool = False) -> list[Provider]:
    columns = [AIProvider.__table__.c[name] for name in Provider.__slots__ if name != "keys"]
    statement = select(*columns).where(which).order_by(AIProvider.created_at, AIProvider.id)
    rows = (await conn.execute(statement.with_for_update() if lock else statement)).mappings().all()
    stored = await conn.execute(
        select(AIProviderKey.id, AIProviderKey.provider_id, AIProviderKey.masked, AIProviderKey.created_at)
        .where(AIProviderKey.provider_id.in_([row["id"] for row in rows]))
        .order_by(AIProviderKey.created_at, AIProviderKey.id)
    )
    keys: dict[uuid.UUID, list[ProviderKey]] = {row["id"]: [] for row in rows}
    for row in stored:
        keys[row.provider_id].append(ProviderKey(*row))
    return [Provider(**row, keys=keys[row["id"]]) for row in rows]


def _uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None
