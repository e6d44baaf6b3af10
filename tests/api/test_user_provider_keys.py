"""Users' own API keys of providers: stored, listed, used, erased."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from models import UserAIProviderKey
from tests.api.chats import text
from tests.api.refusals import NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.api import Api
from tests.support.world import CHATS, World, demo_model, random_id

KEYS = "/api/experimental/users/{user}/ai-provider-keys"
MINE = KEYS.format(user="me")
OWN = "sk-own-key-0123456789abcdef"


@pytest.fixture
def world(shared_world: World) -> World:
    return shared_world


async def provider(world: World, *, enabled: bool = True, keys: tuple[str, ...] = ()) -> str:
    """A new provider of type openai."""
    body = {"type": "openai", "name": f"p-{uuid.uuid4().hex[:8]}", "base_url": "http://localhost:9/v1"}
    made = await world.owner.post("/api/v2/ai/providers", {**body, "enabled": enabled, "api_keys": list(keys)})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def model(world: World, provider_id: str) -> str:
    made = await world.owner.post(f"{CHATS}/model-configs", demo_model(provider_id, model=f"m-{uuid.uuid4().hex[:8]}"))
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def listed(api: Api, provider_id: str) -> dict[str, Any] | None:
    answer = (await api.get(MINE)).json()
    return next((entry for entry in answer if entry["provider"]["id"] == provider_id), None)


async def chat_with(world: World, api: Api, model_id: str) -> Any:
    body = {"organization_id": world.facts.organization_id, "content": [text("hello")], "model_config_id": model_id}
    return await api.post(CHATS, body)


async def test_a_key_is_stored_encrypted_and_told_of_but_never_shown(world: World) -> None:
    provider_id = await provider(world)
    before = await listed(world.alice, provider_id)
    assert before is not None
    assert (before["has_user_api_key"], before["has_provider_api_key"], before["byok_enabled"]) == (False, False, True)
    stored = await world.alice.put(f"{MINE}/{provider_id}", {"api_key": OWN})
    assert stored.status_code == 200, stored.text
    assert stored.json() == {**before, "has_user_api_key": True}
    assert await listed(world.alice, provider_id) == stored.json()
    bobs = await listed(world.bob, provider_id)
    assert bobs is not None
    assert bobs["has_user_api_key"] is False
    async with world.services.database.connect() as conn:
        query = select(UserAIProviderKey.encrypted_key).where(UserAIProviderKey.provider_id == uuid.UUID(provider_id))
        encrypted = (await conn.execute(query)).scalar_one()
    assert OWN.encode() not in encrypted
    assert world.services.secrets.decrypt(encrypted) == OWN
    for _ in range(2):
        assert (await world.alice.delete(f"{MINE}/{provider_id}")).status_code == 204
        assert await listed(world.alice, provider_id) == before


async def test_a_disabled_provider_is_listed_for_who_has_a_key_of_it(world: World) -> None:
    provider_id = await provider(world)
    assert (await world.alice.put(f"{MINE}/{provider_id}", {"api_key": OWN})).status_code == 200
    switched = await world.owner.patch(f"/api/v2/ai/providers/{provider_id}", {"enabled": False})
    assert switched.status_code == 200
    assert await listed(world.alice, provider_id) is not None
    assert await listed(world.bob, provider_id) is None


async def test_who_has_a_key_can_use_the_models_of_its_provider(world: World) -> None:
    provider_id = await provider(world)
    model_id = await model(world, provider_id)
    refused = await chat_with(world, world.alice, model_id)
    assert (refused.status_code, refused.json()["message"]) == (
        400,
        "Invalid model_config_id: provider credentials unavailable for this model.",
    )
    assert (await world.alice.put(f"{MINE}/{provider_id}", {"api_key": OWN})).status_code == 200
    assert (await chat_with(world, world.alice, model_id)).status_code == 201
    assert (await chat_with(world, world.bob, model_id)).status_code == 400
    assert (await world.alice.delete(f"{MINE}/{provider_id}")).status_code == 204
    assert (await chat_with(world, world.alice, model_id)).status_code == 400


async def test_a_users_own_key_goes_before_the_providers(world: World) -> None:
    provider_id = await provider(world, keys=("sk-common-0123456789abcdef",))
    model_id = uuid.UUID(await model(world, provider_id))
    assert (await world.alice.put(f"{MINE}/{provider_id}", {"api_key": OWN})).status_code == 200
    catalog = world.services.catalog
    choice = await catalog.get(model_id)
    assert choice is not None
    alice, bob = (uuid.UUID(world.facts.user_ids[name]) for name in ("alice", "bob"))
    assert await catalog.credentials(choice, alice) == OWN
    assert await catalog.credentials(choice, bob) == "sk-common-0123456789abcdef"
    assert (await world.alice.put(f"{MINE}/{provider_id}", {"api_key": f"{OWN}-new"})).status_code == 200
    assert await catalog.credentials(choice, alice) == f"{OWN}-new"


async def test_the_key_goes_with_its_provider(world: World) -> None:
    provider_id = await provider(world)
    assert (await world.alice.put(f"{MINE}/{provider_id}", {"api_key": OWN})).status_code == 200
    assert (await world.owner.delete(f"/api/v2/ai/providers/{provider_id}")).status_code == 204
    async with world.services.database.connect() as conn:
        query = select(UserAIProviderKey).where(UserAIProviderKey.provider_id == uuid.UUID(provider_id))
        assert (await conn.execute(query)).all() == []


async def test_what_cannot_be_stored(world: World) -> None:
    provider_id, disabled = await provider(world), await provider(world, enabled=False)
    path, key = f"{MINE}/{provider_id}", {"api_key": OWN}
    blank = "API key must not contain leading or trailing whitespace."
    theirs = KEYS.format(user=world.facts.user_ids["bob"])
    await assert_refused(
        world,
        [
            Refusal("PUT", path, 401, SIGNED_OUT, key, by="anonymous"),
            Refusal("PUT", path, 400, NOT_JSON, b"nonsense"),
            Refusal("PUT", path, 400, "API key is required.", {}),
            Refusal("PUT", path, 400, "API key is required.", {"api_key": ""}),
            Refusal("PUT", path, 400, blank, {"api_key": f" {OWN}"}),
            Refusal("PUT", path, 400, "API key too large.", {"api_key": "é" * 5121}),
            Refusal("PUT", f"{MINE}/abc", 400, "Invalid AI provider ID.", key),
            Refusal("DELETE", f"{MINE}/abc", 400, "Invalid AI provider ID."),
            Refusal("PUT", f"{MINE}/{random_id()}", 404, "AI provider not found.", key),
            Refusal("PUT", f"{MINE}/{disabled}", 412, "AI provider is disabled.", key),
            Refusal("PUT", f"{theirs}/{provider_id}", 404, NOT_FOUND, key, by="alice"),
            Refusal("GET", theirs, 404, NOT_FOUND, by="alice"),
            Refusal("GET", KEYS.format(user="-"), 400, '"user" must be an existing uuid or username.'),
            Refusal("GET", KEYS.format(user=random_id()), 404, NOT_FOUND),
        ],
    )
    assert (await world.owner.put(f"{theirs}/{provider_id}", key)).status_code == 200
    bobs = await listed(world.bob, provider_id)
    assert bobs is not None
    assert bobs["has_user_api_key"] is True
