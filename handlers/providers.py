"""AI providers: where models come from, and the keys to them."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.policy import Action, AIProviders
from palaver.checks.providers import check_changes, check_new_provider, check_provider_parameter
from palaver.configuration import providers
from palaver.configuration.model_configs import elect_default, lock_writers
from palaver.configuration.providers import Provider
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import (
    AIProvider,
    AIProviderKeyMutation,
    CreateAIProviderRequest,
    UpdateAIProviderRequest,
)
from palaver.errors import Forbidden, NotFound, PalaverError
from palaver.errors.configuration import NothingToChange, UnknownProviderKey
from palaver.wire.configuration import provider_json

CHANGEABLE = ("display_name", "icon", "enabled", "base_url")
FIELDS = {"type", "name", *CHANGEABLE, "settings", "api_keys"}


async def create_an_ai_provider(ctx: Context, body: CreateAIProviderRequest) -> Reply:
    """Add a provider; its keys are stored encrypted."""
    _require(ctx, "ai_provider:create", Forbidden)
    check_new_provider(body)
    settings = body.get("settings")
    values = {
        "type": body["type"],
        "name": body["name"],
        "display_name": body.get("display_name") or "",
        "icon": body.get("icon") or "",
        "enabled": bool(body.get("enabled")),
        "base_url": body["base_url"],
        "settings": providers.stored_settings(settings, None, ctx.services.secrets) if settings else None,
    }
    async with ctx.services.database.begin() as conn:
        provider_id = await providers.create_provider(conn, values)
        await providers.add_keys(conn, provider_id, body.get("api_keys") or (), ctx.services.secrets)
        await _record(ctx, conn, "create", provider_id, body)
        created = await _stored(conn, provider_id)
    ctx.services.catalog.forget()
    return Reply(provider_json(created), headers={"Location": f"/api/v2/ai/providers/{provider_id}"})


async def list_ai_providers(ctx: Context) -> list[AIProvider]:
    """All providers, oldest first."""
    _require(ctx, "ai_provider:read", Forbidden)
    async with ctx.services.database.connect() as conn:
        return [provider_json(provider) for provider in await providers.list_providers(conn)]


async def get_an_ai_provider(ctx: Context, id_or_name: str) -> AIProvider:
    """One provider by id or name."""
    check_provider_parameter(id_or_name)
    _require(ctx, "ai_provider:read", NotFound)
    async with ctx.services.database.connect() as conn:
        return provider_json(await _existing(conn, id_or_name))


async def update_an_ai_provider(ctx: Context, id_or_name: str, body: UpdateAIProviderRequest) -> AIProvider:
    """Change the given fields; `api_keys` is the wanted state of the keys.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    check_provider_parameter(id_or_name)
    values: dict[str, Any] = {name: value for name in CHANGEABLE if (value := body.get(name)) is not None}
    settings, keys = body.get("settings"), body.get("api_keys")
    if not values and settings is None and keys is None:
        raise NothingToChange
    _require(ctx, "ai_provider:read", NotFound)
    async with ctx.services.database.begin() as conn:
        provider = await _existing(conn, id_or_name, lock=True)
        _require(ctx, "ai_provider:update", Forbidden)
        check_changes(provider.type, body)
        if keys is not None:
            await _set_keys(ctx, conn, provider, keys)
        if settings is not None:
            values["settings"] = providers.stored_settings(settings, provider.settings, ctx.services.secrets)
        await providers.update_provider(conn, provider.id, values)
        await _record(ctx, conn, "update", provider.id, body)
        changed = await _stored(conn, provider.id)
    ctx.services.catalog.forget()
    return provider_json(changed)


async def delete_an_ai_provider(ctx: Context, id_or_name: str) -> None:
    """Put a provider aside; its model configs stay, and another one becomes the default if need be."""
    check_provider_parameter(id_or_name)
    _require(ctx, "ai_provider:read", NotFound)
    async with ctx.services.database.begin() as conn:
        await lock_writers(conn)  # before the provider's row, as writers of model configs do
        provider = await _existing(conn, id_or_name, lock=True)
        _require(ctx, "ai_provider:delete", Forbidden)
        await providers.delete_provider(conn, provider.id)
        await elect_default(conn)
        await _record(ctx, conn, "delete", provider.id, ())
    ctx.services.catalog.forget()


async def _set_keys(
    ctx: Context, conn: AsyncConnection, provider: Provider, wanted: Sequence[AIProviderKeyMutation]
) -> None:
    """Keep the named keys, erase the others, add the new ones."""
    kept = [uuid.UUID(raw) for entry in wanted if (raw := entry.get("id"))]
    stored = {key.id for key in provider.keys}
    for key_id in kept:
        if key_id not in stored:
            raise UnknownProviderKey(str(key_id))
    await providers.keep_only_keys(conn, provider.id, kept)
    new = [key for entry in wanted if (key := entry.get("api_key"))]
    await providers.add_keys(conn, provider.id, new, ctx.services.secrets)


async def _existing(conn: AsyncConnection, id_or_name: str, *, lock: bool = False) -> Provider:
    provider = await providers.find_provider(conn, id_or_name, lock=lock)
    if provider is None:
        raise NotFound
    return provider


async def _stored(conn: AsyncConnection, provider_id: uuid.UUID) -> Provider:
    """A provider that this transaction has just written."""
    return await _existing(conn, str(provider_id))


async def _record(
    ctx: Context, conn: AsyncConnection, action: audit.Action, provider_id: uuid.UUID, fields: Iterable[str]
) -> None:
    """Tell the audit log which fields were given; their values may be secret."""
    told = {"fields": sorted({*fields} & FIELDS)}
    await audit.record(conn, ctx.user.user_id, action, "ai_provider", provider_id, ctx, told)


def _require(ctx: Context, action: Action, denied: type[PalaverError]) -> None:
    ctx.services.authorizer.require(ctx.user, action, AIProviders(), denied)
