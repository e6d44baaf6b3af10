"""Model configs, their default, and the list of models to pick from."""

import asyncio
from typing import Any

from tests.api.refusals import FORBIDDEN, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World, demo_provider, random_id

CONFIGS = f"{CHATS}/model-configs"
PROVIDERS = "/api/v2/ai/providers"
NIL = "00000000-0000-0000-0000-000000000000"
BODY = {"ai_provider_id": "{provider}", "model": "new", "context_limit": 1000}
INVALID = "Invalid model config."
BAD_ID = "Invalid chat model config ID."
THRESHOLD = ("Invalid compression threshold.", "context_compression_threshold must be between 0 and 100")
BOTH = "reasoning_effort.default and reasoning_effort.max must both be set"
ABOVE = "reasoning_effort.default must not exceed reasoning_effort.max"
DISPLAY = "provider_options.anthropic.thinking_display must be one of summarized, omitted"
PRICE = "cost.input must be a decimal number of US dollars per million tokens"
SLASH = "OpenRouter-like provider configured as type openai does not support slash-namespaced models."
EFFORT = 'reasoning_effort.max "huge" must be one of none, minimal, low, medium, high, xhigh, max'
CALL_CONFIGS: list[tuple[dict[str, Any], str]] = [
    ({"reasoning_effort": {"default": "low"}}, BOTH),
    ({"reasoning_effort": {"max": "low", "default": None}}, BOTH),
    ({"reasoning_effort": {"default": "high", "max": "low"}}, ABOVE),
    ({"reasoning_effort": {"default": "low", "max": "huge"}}, EFFORT),
    ({"provider_options": {"anthropic": {"thinking_display": "loud"}}}, DISPLAY),
    ({"cost": {"input": "three"}}, PRICE),
    ({"cost": {"input": "1000001"}}, "cost.input must be at most 1000000 US dollars per million tokens"),
    (
        {"provider_options": {"openai": {"store": True}}},
        "providers of type demo do not support: provider_options.openai",
    ),
]


def _create(status: int, message: str, *without: str, **rest: Any) -> Refusal:
    known = {"by", "detail"}
    body = {key: value for key, value in {**BODY, **rest}.items() if key not in {*known, *without}}
    return Refusal("POST", CONFIGS, status, message, body, **{key: rest[key] for key in known & rest.keys()})


def _update(status: int, message: str, body: Any, named: str = "{config}", **told: str) -> Refusal:
    return Refusal("PATCH", f"{CONFIGS}/{named}", status, message, body, **told)


REFUSALS = [
    _create(401, SIGNED_OUT, by="anonymous"),
    Refusal("POST", CONFIGS, 400, NOT_JSON, b"{"),
    _create(400, NOT_JSON, context_limit="many"),
    _create(400, "AI provider ID is required.", "ai_provider_id"),
    _create(400, "AI provider ID is required.", ai_provider_id=NIL),
    _create(400, "Model is required.", "model"),
    _create(400, "Model is required.", model="  \t"),
    _create(400, "Model is required.", model="\x1c"),
    _create(400, "Context limit is required.", "context_limit", detail="context_limit must be greater than zero."),
    _create(400, "Context limit is required.", context_limit=0, detail="context_limit must be greater than zero."),
    _create(400, THRESHOLD[0], compression_threshold=101, detail=THRESHOLD[1]),
    _create(400, THRESHOLD[0], compression_threshold=-1, detail=THRESHOLD[1]),
    _create(403, FORBIDDEN, by="alice"),
    _create(412, "AI provider is not configured.", ai_provider_id="{nothing}"),
    _create(412, "AI provider is disabled.", ai_provider_id="{disabled}"),
    *(_create(400, INVALID, model_config=config, detail=detail) for config, detail in CALL_CONFIGS),
    _create(400, SLASH, ai_provider_id="{router}", model="vendor/model"),
    _create(
        409,
        "Chat model config already exists.",
        model="demo",
        detail="The provider has a config for this model.",
    ),
    _update(401, SIGNED_OUT, {}, by="anonymous"),
    _update(400, BAD_ID, {}, "abc", detail="invalid UUID length: 3"),
    _update(400, "Context limit must be greater than zero.", {"context_limit": 0}),
    _update(400, THRESHOLD[0], {"compression_threshold": 101}, detail=THRESHOLD[1]),
    _update(403, FORBIDDEN, {}, by="alice"),
    _update(404, NOT_FOUND, {}, "{nothing}"),
    _update(412, "AI provider is not configured.", {"ai_provider_id": "{nothing}"}),
    _update(412, "AI provider is disabled.", {"ai_provider_id": "{disabled}"}),
    *(_update(400, INVALID, {"model_config": config}, detail=detail) for config, detail in CALL_CONFIGS),
    _update(400, SLASH, {"ai_provider_id": "{router}", "model": "vendor/model"}),
    _update(409, "Chat model config already exists.", {"model": "second"}),
    Refusal("DELETE", f"{CONFIGS}/{{config}}", 401, SIGNED_OUT, by="anonymous"),
    Refusal("DELETE", f"{CONFIGS}/abc", 400, BAD_ID, detail="invalid UUID length: 3"),
    Refusal("DELETE", f"{CONFIGS}/{{config}}", 403, FORBIDDEN, by="alice"),
    Refusal("DELETE", f"{CONFIGS}/{{nothing}}", 404, NOT_FOUND),
    Refusal("GET", CONFIGS, 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", f"{CHATS}/models", 401, SIGNED_OUT, by="anonymous"),
]


async def _provider(world: World, **fields: Any) -> str:
    answer = await world.owner.post(PROVIDERS, demo_provider(**fields))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _config(world: World, model: str, **fields: Any) -> dict[str, Any]:
    body = {"ai_provider_id": world.facts.provider_id, "model": model, "context_limit": 1000, **fields}
    answer = await world.owner.post(CONFIGS, body)
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{CONFIGS}/{created['id']}"
    return created


async def _default(world: World) -> str:
    """The id of the one default."""
    (config,) = [entry for entry in (await world.owner.get(CONFIGS)).json() if entry["is_default"]]
    return str(config["id"])


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    await _config(world, "second")
    await assert_refused(
        world,
        REFUSALS,
        provider=world.facts.provider_id,
        config=world.facts.model_config_id,
        nothing=random_id(),
        disabled=await _provider(world, enabled=False),
        router=await _provider(world, type="openai", base_url="https://openrouter.ai/api/v1"),
    )


async def test_defaults_of_a_new_config(world: World) -> None:
    created = await _config(world, "  spaced  ")
    assert (created["model"], created["display_name"]) == ("spaced", "")
    assert (created["enabled"], created["is_default"], created["compression_threshold"]) == (True, False, 70)
    assert "model_config" not in created
    assert "reasoning_efforts" not in created


async def test_call_defaults_are_stored_without_nulls_and_unknown_keys(world: World) -> None:
    given = {
        "max_output_tokens": 100,
        "temperature": None,
        "colour": "blue",
        "openai_config": {},
        "reasoning_effort": {"default": "minimal", "max": "low", "min": "none"},
        "cost": {"input": "0.5", "output": None},
    }
    created = await _config(world, "tuned", model_config=given)
    assert created["model_config"] == {
        "max_output_tokens": 100,
        "reasoning_effort": {"default": "minimal", "max": "low"},
        "cost": {"input": "0.5"},
    }
    assert created["reasoning_efforts"] == ["none", "minimal", "low"]
    cleared = (await world.owner.patch(f"{CONFIGS}/{created['id']}", {"model_config": {}})).json()
    assert "model_config" not in cleared


async def test_an_update_changes_only_what_is_given(world: World) -> None:
    created = await _config(world, "model", display_name="Label", compression_threshold=0)
    body = {"model": "", "display_name": " ", "ai_provider_id": NIL, "context_limit": 5, "model_config": None}
    changed = (await world.owner.patch(f"{CONFIGS}/{created['id']}", body)).json()
    assert changed == {**created, "context_limit": 5, "updated_at": changed["updated_at"]}
    assert changed["updated_at"] > created["updated_at"]


async def test_exactly_one_config_is_the_default(world: World) -> None:
    first = world.facts.model_config_id
    assert await _default(world) == first
    second = (await _config(world, "second", is_default=True))["id"]
    assert await _default(world) == second
    third = (await _config(world, "third"))["id"]
    path = f"{CONFIGS}/{second}"
    assert (await world.owner.patch(path, {"is_default": False})).json()["is_default"] is False
    assert await _default(world) == first
    await world.owner.patch(path, {"is_default": True})
    await world.owner.patch(f"{CONFIGS}/{first}", {"enabled": False})
    assert await _default(world) == second
    assert (await world.owner.patch(path, {"enabled": False})).json()["is_default"] is False
    assert await _default(world) == third
    assert (await world.owner.delete(f"{CONFIGS}/{third}")).status_code == 204
    assert await _default(world) in (first, second)


async def test_the_last_enabled_config_stays_the_default(world: World) -> None:
    path = f"{CONFIGS}/{world.facts.model_config_id}"
    assert (await world.owner.patch(path, {"is_default": False})).json()["is_default"] is True
    assert (await world.owner.patch(path, {"enabled": False})).json()["is_default"] is True
    enabled = await _config(world, "enabled")
    assert enabled["is_default"] is True


async def test_the_first_config_is_the_default_even_unasked(world: World) -> None:
    await world.owner.delete(f"{CONFIGS}/{world.facts.model_config_id}")
    assert (await _config(world, "first", is_default=False, enabled=False))["is_default"] is True


async def test_many_new_defaults_at_once_leave_one(world: World) -> None:
    created = await asyncio.gather(*(_config(world, f"model-{number}", is_default=True) for number in range(5)))
    assert await _default(world) in {config["id"] for config in created}


async def test_a_deleted_config_is_gone_and_its_model_free(world: World) -> None:
    created = await _config(world, "short-lived")
    path = f"{CONFIGS}/{created['id']}"
    assert (await world.owner.delete(path)).status_code == 204
    assert (await world.owner.delete(path)).status_code == 404
    assert (await world.owner.patch(path, {})).status_code == 404
    await _config(world, "short-lived")


async def test_others_see_only_what_can_be_used(world: World) -> None:
    await _config(world, "off", enabled=False)
    hidden = await _provider(world)
    await _config(world, "behind", ai_provider_id=hidden)
    await world.owner.patch(f"{PROVIDERS}/{hidden}", {"enabled": False})
    assert [entry["model"] for entry in (await world.alice.get(CONFIGS)).json()] == ["demo"]
    seen = (await world.owner.get(CONFIGS)).json()
    assert [entry["model"] for entry in seen] == ["demo", "behind", "off"]
    await world.owner.put("/api/v2/users/bob/roles", {"roles": ["auditor"]})
    assert (await world.bob.get(CONFIGS)).json() == seen


async def test_models_are_listed_by_provider_with_their_availability(world: World) -> None:
    openai = await _provider(world, type="openai", name="openai", base_url="https://api.openai.com/v1")
    await _provider(world, type="copilot", name="copilot", base_url="https://example.com", display_name="Copilot")
    await _config(world, "gpt", ai_provider_id=openai, display_name="GPT")
    await _config(world, "off", enabled=False)
    answer = (await world.alice.get(f"{CHATS}/models")).json()
    assert answer == {
        "providers": [
            {
                "provider": "demo",
                "available": True,
                "models": [{"id": "demo:demo", "provider": "demo", "model": "demo", "display_name": "demo"}],
            },
            {
                "provider": "openai",
                "available": False,
                "unavailable_reason": "missing_api_key",
                "models": [{"id": "openai:gpt", "provider": "openai", "model": "gpt", "display_name": "GPT"}],
            },
        ],
        "unsupported_providers": [{"provider": "copilot", "display_name": "Copilot"}],
    }
    await world.owner.patch(f"{PROVIDERS}/openai", {"api_keys": [{"api_key": "sk-0123456789abcdef"}]})
    assert (await world.alice.get(f"{CHATS}/models")).json()["providers"][1]["available"] is True
