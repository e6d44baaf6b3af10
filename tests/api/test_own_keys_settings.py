"""Deployments that take no keys of users, and ones that want nothing else."""

from typing import Any

import pytest

from tests.api.chats import text
from tests.api.refusals import Refusal, assert_refused
from tests.support.api import Api
from tests.support.world import CHATS, World, demo_model, random_id

MINE = "/api/experimental/users/me/ai-provider-keys"
OPENAI = {"type": "openai", "name": "openai", "base_url": "http://localhost:9/v1", "enabled": True}
NO_KEY = "Invalid model_config_id: provider credentials unavailable for this model."


async def openai(world: World) -> str:
    """A provider with a key for everybody."""
    body = {**OPENAI, "api_keys": ["sk-common-0123456789abcdef"]}
    return str((await world.owner.post("/api/v2/ai/providers", body)).json()["id"])


async def group(api: Api) -> dict[str, Any]:
    groups: list[dict[str, Any]] = (await api.get(f"{CHATS}/models")).json()["providers"]
    return next(entry for entry in groups if entry["provider"] == "openai")


@pytest.mark.settings(user_provider_keys="disabled", role="api")
async def test_where_own_keys_are_disabled_none_is_taken(world: World) -> None:
    key = {"api_key": "sk-own-key-0123456789"}
    provider_id = await openai(world)
    # Before anything is said about the provider.
    paths = (f"{MINE}/{provider_id}", f"{MINE}/{random_id()}")
    await assert_refused(world, [Refusal("PUT", path, 403, "BYOK is disabled.", key) for path in paths])
    entries = (await world.alice.get(MINE)).json()
    assert {entry["byok_enabled"] for entry in entries} == {False}
    assert (await world.alice.delete(f"{MINE}/{provider_id}")).status_code == 204


@pytest.mark.settings(user_provider_keys="required", role="api")
async def test_where_own_keys_are_required_who_has_none_is_told_so(world: World) -> None:
    provider_id = await openai(world)
    made = await world.owner.post(f"{CHATS}/model-configs", demo_model(provider_id, model="gpt-5"))
    chat = {
        "organization_id": world.facts.organization_id,
        "content": [text("hello")],
        "model_config_id": made.json()["id"],
    }
    before = await group(world.alice)
    assert (before["available"], before["unavailable_reason"]) == (False, "user_api_key_required")
    await assert_refused(world, [Refusal("POST", CHATS, 400, NO_KEY, chat, by="alice")])
    stored = await world.alice.put(f"{MINE}/{provider_id}", {"api_key": "sk-own-key-0123456789"})
    assert stored.json()["has_provider_api_key"] is True
    after = await group(world.alice)
    assert (after["available"], "unavailable_reason" in after) == (True, False)
    assert (await world.alice.post(CHATS, chat)).status_code == 201
    assert (await group(world.bob))["unavailable_reason"] == "user_api_key_required"
