"""Operations that the wire has removed; they tell old clients where to go."""

from typing import NoReturn

from palaver.contract.context import Context
from palaver.errors.configuration import LegacyProvidersRemoved


async def create_chat_provider(ctx: Context) -> NoReturn:
    """Was: create a chat provider."""
    raise LegacyProvidersRemoved


async def list_chat_providers(ctx: Context) -> NoReturn:
    """Was: list chat providers."""
    raise LegacyProvidersRemoved


async def update_chat_provider(ctx: Context, provider_config: str) -> NoReturn:
    """Was: change a chat provider."""
    raise LegacyProvidersRemoved


async def delete_chat_provider(ctx: Context, provider_config: str) -> NoReturn:
    """Was: delete a chat provider."""
    raise LegacyProvidersRemoved


async def list_user_chat_provider_configs(ctx: Context) -> NoReturn:
    """Was: list the caller's keys of providers."""
    raise LegacyProvidersRemoved


async def upsert_user_chat_provider_key(ctx: Context, provider_config: str) -> NoReturn:
    """Was: store the caller's key of a provider."""
    raise LegacyProvidersRemoved


async def delete_user_chat_provider_key(ctx: Context, provider_config: str) -> NoReturn:
    """Was: delete the caller's key of a provider."""
    raise LegacyProvidersRemoved
