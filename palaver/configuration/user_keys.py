"""Users' own API keys of providers: stored as ciphertext, told of, never shown."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models import AIProvider, AIProviderKey, UserAIProviderKey
from palaver.auth.secrets import SecretBox
from palaver.errors import BadRequest
from palaver.errors.configuration import KeyOfDisabledProvider, KeyOfUnknownProvider, OwnKeyTooLarge

MAX_KEY_BYTES: Final = 10_240
"""contract/types.yaml, `CreateUserAIProviderKeyRequest`."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A provider as a user sees it who may have a key of it: `has_own` the user's, `has_common` the provider's."""

    provider_id: uuid.UUID
    type: str
    name: str
    display_name: str
    icon: str
    enabled: bool
    has_own: bool
    has_common: bool


async def list_own_keys(conn: AsyncConnection, user_id: uuid.UUID) -> list[OwnKey]:
    """The enabled providers, and the disabled ones that the user has a key of; oldest first."""
    statement = _providers(user_id).where(or_(AIProvider.enabled, _has_own(user_id)))
    rows = await conn.execute(statement.order_by(AIProvider.created_at, AIProvider.id))
    return [OwnKey(*row) for row in rows]


async def hold_enabled_provider(conn: AsyncConnection, provider_id: uuid.UUID) -> None:
    """Keep a provider as it is until the end of the transaction.

    Raises KeyOfUnknownProvider when there is none, KeyOfDisabledProvider when it is switched off.
    """
    statement = select(AIProvider.enabled).where(AIProvider.id == provider_id, ~AIProvider.deleted)
    enabled = await conn.scalar(statement.with_for_update(read=True))
    if enabled is None:
        raise KeyOfUnknownProvider
    if not enabled:
        raise KeyOfDisabledProvider


def check_own_key(key: str) -> None:
    """Raise BadRequest for what can be no API key."""
    size = len(key.encode())
    if size > MAX_KEY_BYTES:
        raise OwnKeyTooLarge(size, MAX_KEY_BYTES)
    if not key.strip():
        raise BadRequest(message="API key is required.")
    if key != key.strip():
        raise BadRequest(message="API key must not contain leading or trailing whitespace.")


async def store_own_key(
    conn: AsyncConnection, user_id: uuid.UUID, provider_id: uuid.UUID, key: str, secrets: SecretBox
) -> OwnKey:
    """Store a user's key in place of the one before. Afterwards: `ModelCatalog.forget`."""
    encrypted = secrets.encrypt(key)
    new = insert(UserAIProviderKey).values(user_id=user_id, provider_id=provider_id, encrypted_key=encrypted)
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=["user_id", "provider_id"], set_={"encrypted_key": encrypted, "updated_at": func.now()}
        )
    )
    row = (await conn.execute(_providers(user_id).where(AIProvider.id == provider_id))).one()
    return OwnKey(*row)


async def delete_own_key(conn: AsyncConnection, user_id: uuid.UUID, provider_id: uuid.UUID) -> None:
    """Erase a user's key, if there is one. Afterwards: `ModelCatalog.forget`."""
    await conn.execute(
        delete(UserAIProviderKey).where(
            UserAIProviderKey.user_id == user_id, UserAIProviderKey.provider_id == provider_id
        )
    )


def _has_own(user_id: uuid.UUID) -> ColumnElement[bool]:
    return exists().where(UserAIProviderKey.provider_id == AIProvider.id, UserAIProviderKey.user_id == user_id)


def _providers(user_id: uuid.UUID) -> Select[*tuple[Any, ...]]:
    return select(
        AIProvider.id,
        AIProvider.type,
        AIProvider.name,
        AIProvider.display_name,
        AIProvider.icon,
        AIProvider.enabled,
        _has_own(user_id),
        exists().where(AIProviderKey.provider_id == AIProvider.id),
    ).where(~AIProvider.deleted)
