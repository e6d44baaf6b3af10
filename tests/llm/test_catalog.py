"""The cached view of providers and model configs, on a real database."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import insert, update

from models import AIProvider, AIProviderKey, ChatFile, ChatModelConfig, Organization, User, UserAIProviderKey
from palaver.database import Database
from palaver.files.storage import FileStorage
from palaver.llm.catalog import ModelCatalog
from palaver.llm.files import PromptFiles
from palaver.memory import REMEMBERED_SECONDS
from palaver.settings import Settings


class ReversingBox:
    """A secret box that turns bytes round."""

    def decrypt(self, token: bytes) -> str:
        return token[::-1].decode()


async def add_provider(database: Database, kind: str = "openai", *keys: str, **values: Any) -> uuid.UUID:
    provider_id = uuid.uuid4()
    row = {"id": provider_id, "type": kind, "name": f"p-{provider_id.hex[:8]}", "base_url": "http://x/v1"} | values
    async with database.begin() as conn:
        await conn.execute(insert(AIProvider).values(row))
        for number, key in enumerate(keys):
            created_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number)
            secret = {"encrypted_key": key[::-1].encode(), "masked": "…", "created_at": created_at}
            await conn.execute(insert(AIProviderKey).values(id=uuid.uuid4(), provider_id=provider_id, **secret))
    return provider_id


async def add_model(database: Database, provider_id: uuid.UUID, **values: Any) -> uuid.UUID:
    config_id = uuid.uuid4()
    row = {"id": config_id, "ai_provider_id": provider_id, "model": f"m-{config_id.hex[:8]}", "context_limit": 1000}
    async with database.begin() as conn:
        await conn.execute(insert(ChatModelConfig).values(row | {"compression_threshold": 70} | values))
    return config_id


async def test_a_choice_holds_model_and_provider(database: Database) -> None:
    provider_id = await add_provider(database, "openai", "sk-old", "sk-new", display_name="Ours")
    effort = {"reasoning_effort": {"default": "low", "max": "medium"}}
    config_id = await add_model(database, provider_id, is_default=True, call_config=effort)
    catalog = ModelCatalog(database, ReversingBox())
    choice = await catalog.get(config_id)
    assert choice is not None
    assert (choice.provider_type, choice.provider_display_name, choice.context_limit) == ("openai", "Ours", 1000)
    assert choice.reasoning_efforts == ["none", "minimal", "low", "medium"]
    assert (choice.effort("max"), choice.effort(""), choice.unusable_reason) == ("medium", "low", None)
    assert await catalog.credentials(choice, uuid.uuid4()) == "sk-old"
    assert await catalog.default() == choice
    assert [provider.id for provider in await catalog.providers()] == [provider_id]
    assert await catalog.get(uuid.uuid4()) is None


async def test_reasons_why_a_model_cannot_run(database: Database) -> None:
    catalog = ModelCatalog(database, ReversingBox())

    async def reason(kind: str, *keys: str, model_enabled: bool = True, provider_enabled: bool = True) -> str | None:
        provider_id = await add_provider(database, kind, *keys, enabled=provider_enabled)
        config_id = await add_model(database, provider_id, enabled=model_enabled)
        catalog.forget()
        choice = await catalog.get(config_id)
        assert choice is not None
        return choice.unusable_reason

    assert await reason("google", "key") == "unsupported"
    assert await reason("openai", "key", model_enabled=False) == "model_disabled"
    assert await reason("openai", "key", provider_enabled=False) == "provider_disabled"
    assert await reason("demo") is None
    assert await reason("openai") == "missing_api_key"
    assert await reason("openai-compat") is None


async def add_user(database: Database) -> uuid.UUID:
    user_id = uuid.uuid4()
    async with database.begin() as conn:
        name = f"u-{user_id.hex[:8]}"
        await conn.execute(
            insert(User).values(id=user_id, username=name, status="active", login_type="password", roles=[])
        )
    return user_id


async def give_key(database: Database, user_id: uuid.UUID, provider_id: uuid.UUID, key: str) -> None:
    row = {"user_id": user_id, "provider_id": provider_id, "encrypted_key": key[::-1].encode()}
    async with database.begin() as conn:
        await conn.execute(insert(UserAIProviderKey).values(row))


async def test_a_user_with_keys_has_a_view_of_its_own(database: Database) -> None:
    common, bare = await add_provider(database, "openai", "sk-common"), await add_provider(database, "openai")
    model_of_common, model_of_bare = await add_model(database, common), await add_model(database, bare)
    ann, ben = await add_user(database), await add_user(database)
    catalog = ModelCatalog(database, ReversingBox())
    assert await catalog.current_for(ann) is await catalog.current()
    await give_key(database, ann, common, "sk-ann")
    await give_key(database, ann, bare, "sk-anns-other")
    catalog.forget()

    async def seen(user: uuid.UUID, config_id: uuid.UUID) -> tuple[str | None, str | None]:
        choice = (await catalog.current_for(user)).get(config_id)
        assert choice is not None
        return choice.unusable_reason, await catalog.credentials(choice, user)

    assert [await seen(ann, model) for model in (model_of_common, model_of_bare)] == [
        (None, "sk-ann"),
        (None, "sk-anns-other"),
    ]
    assert [await seen(ben, model) for model in (model_of_common, model_of_bare)] == [
        (None, "sk-common"),
        ("missing_api_key", None),
    ]
    assert await catalog.current_for(ann) is await catalog.current_for(ann)


async def test_where_own_keys_are_required_those_of_providers_count_for_nobody(database: Database) -> None:
    provider_id = await add_provider(database, "openai", "sk-common")
    config_id, ann, ben = await add_model(database, provider_id), await add_user(database), await add_user(database)
    await give_key(database, ann, provider_id, "sk-ann")
    catalog = ModelCatalog(database, ReversingBox(), own_keys="required")
    theirs = [(await catalog.current_for(user)).get(config_id) for user in (ann, ben)]
    assert [choice and choice.unusable_reason for choice in theirs] == [None, "user_api_key_required"]


async def test_where_own_keys_are_disabled_the_stored_ones_are_not_used(database: Database) -> None:
    provider_id = await add_provider(database, "openai", "sk-common")
    config_id, ann = await add_model(database, provider_id), await add_user(database)
    await give_key(database, ann, provider_id, "sk-ann")
    catalog = ModelCatalog(database, ReversingBox(), own_keys="disabled")
    choice = (await catalog.current_for(ann)).get(config_id)
    assert choice is not None
    assert await catalog.credentials(choice, ann) == "sk-common"


async def test_deleted_rows_are_gone(database: Database) -> None:
    provider_id = await add_provider(database, "demo")
    kept, deleted = await add_model(database, provider_id), await add_model(database, provider_id, deleted=True)
    catalog = ModelCatalog(database, ReversingBox())
    assert await catalog.get(deleted) is None
    assert [choice.config_id for choice in await catalog.models()] == [kept]
    async with database.begin() as conn:
        await conn.execute(update(AIProvider).values(deleted=True))
    catalog.forget()
    assert await catalog.get(kept) is None


async def test_the_view_is_kept_for_a_while_and_dropped_on_request(database: Database) -> None:
    now, told = 100.0, []
    catalog = ModelCatalog(database, ReversingBox(), tell=lambda: told.append("models"), clock=lambda: now)
    assert await catalog.models() == []
    await add_model(database, await add_provider(database, "demo"))
    assert REMEMBERED_SECONDS <= 10
    now += REMEMBERED_SECONDS - 0.01
    assert await catalog.models() == []
    now += 0.01
    assert len(await catalog.models()) == 1
    await add_model(database, await add_provider(database, "demo"))
    catalog.drop()
    assert len(await catalog.models()) == 2
    assert told == []
    await add_model(database, await add_provider(database, "demo"))
    catalog.forget()
    assert len(await catalog.models()) == 3
    assert told == ["models"]


async def test_files_are_loaded_by_id(database: Database) -> None:
    organization, owner, file_id = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    async with database.begin() as conn:
        await conn.execute(
            insert(Organization).values(id=organization, name="other", display_name="Other", default_member_roles=[])
        )
        await conn.execute(
            insert(User).values(id=owner, username="ann", status="active", login_type="password", roles=[])
        )
        file = {"name": "a.txt", "mime_type": "text/plain", "size": 2, "data": b"hi"}
        await conn.execute(insert(ChatFile).values(id=file_id, owner_id=owner, organization_id=organization, **file))
    loaded = await PromptFiles(FileStorage(Settings(), database))({file_id, uuid.uuid4()})
    assert [(f.name, f.media_type, f.data) for f in loaded.values()] == [("a.txt", "text/plain", b"hi")]
