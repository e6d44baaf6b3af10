"""What users set about their own chats."""

import asyncio
from typing import Any

import pytest

from tests.api.refusals import INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World, demo_model, demo_provider, random_id

CONFIG = f"{CHATS}/config"
MODELS, THRESHOLDS = f"{CONFIG}/user-personal-model-overrides", f"{CONFIG}/user-compaction-thresholds"
NIL = "00000000-0000-0000-0000-000000000000"
CONTEXT = "Invalid chat personal model override context."
CONTEXTS = 'Expected one of root, general, explore. Got "compaction".'
EFFORT = "Invalid reasoning_effort value."
SCALE = "Must be one of none, minimal, low, medium, high, xhigh, max."
MODE = "Invalid personal model override mode."
OFF = "An administrator has not enabled user personal model overrides."
NO_LOGGING = "An administrator has not enabled user-controlled chat debug logging."
BAD_ID = "Invalid chat model config ID."
UNSET = {"model_config_id": "", "is_set": False, "is_malformed": False}


def _choose(status: int, message: str, body: Any, context: str = "root", by: str = "alice", **told: str) -> Refusal:
    return Refusal("PUT", f"{MODELS}/{context}", status, message, body, by=by, **told)


def _threshold(status: int, message: str, body: Any, named: str = "{plain}", by: str = "alice", **told: str) -> Refusal:
    return Refusal("PUT", f"{THRESHOLDS}/{named}", status, message, body, by=by, **told)


def _prompt(status: int, message: str, body: Any, by: str = "alice", **told: str) -> Refusal:
    return Refusal("PUT", f"{CONFIG}/user-prompt", status, message, body, by=by, **told)


REFUSALS = [
    *(
        Refusal("GET", path, 401, SIGNED_OUT, by="anonymous")
        for path in (MODELS, THRESHOLDS, f"{CONFIG}/user-prompt", f"{CONFIG}/user-debug-logging")
    ),
    _prompt(401, SIGNED_OUT, {"custom_prompt": ""}, by="anonymous"),
    _prompt(400, NOT_JSON, b"{"),
    _prompt(400, INVALID, {"custom_prompt": "a\0b"}),
    _prompt(
        400,
        "Custom prompt exceeds maximum length.",
        {"custom_prompt": "ü" * 65_537},
        detail="Maximum length is 131072 bytes, got 131074.",
    ),
    _choose(401, SIGNED_OUT, {"mode": "chat_default"}, by="anonymous"),
    _choose(400, CONTEXT, {"mode": "chat_default"}, "compaction", detail=CONTEXTS),
    _choose(400, NOT_JSON, b"{"),
    _choose(400, MODE, {"mode": "mine"}),
    _choose(400, MODE, {}),
    _choose(
        400,
        "model_config_id must be empty unless mode is model.",
        {"mode": "chat_default", **UNSET, "model_config_id": "x"},
    ),
    _choose(400, "reasoning_effort requires mode model.", {"mode": "deployment_default", "reasoning_effort": "low"}),
    _choose(
        400,
        "deployment_default is not supported for root personal model overrides.",
        {"mode": "deployment_default"},
    ),
    _choose(400, "model_config_id is required when mode is model.", {"mode": "model"}),
    _choose(
        400,
        "Invalid model_config_id.",
        {"mode": "model", "model_config_id": "x"},
        detail='Value "x" is not a valid UUID.',
    ),
    _choose(400, "Invalid model_config_id.", {"mode": "model", "model_config_id": NIL}),
    _choose(
        400,
        "Invalid model_config_id: model config not found or disabled.",
        {"mode": "model", "model_config_id": "{nothing}"},
    ),
    _choose(
        400,
        "Invalid model_config_id: model config not found or disabled.",
        {"mode": "model", "model_config_id": "{disabled}"},
    ),
    _choose(
        400,
        "Invalid model_config_id: provider is not enabled for this model.",
        {"mode": "model", "model_config_id": "{unreachable}"},
    ),
    _choose(
        400,
        "Invalid model_config_id: provider credentials unavailable for this model.",
        {"mode": "model", "model_config_id": "{keyless}"},
    ),
    _choose(400, EFFORT, {"mode": "model", "model_config_id": "{plain}", "reasoning_effort": "wild"}, detail=SCALE),
    _choose(
        400,
        EFFORT,
        {"mode": "model", "model_config_id": "{plain}", "reasoning_effort": "low"},
        detail="This model does not support reasoning effort.",
    ),
    _choose(
        400,
        EFFORT,
        {"mode": "model", "model_config_id": "{modest}", "reasoning_effort": "high"},
        detail="Must be one of none, minimal, low.",
    ),
    _threshold(401, SIGNED_OUT, {}, by="anonymous"),
    _threshold(400, BAD_ID, {}, "abc", detail="invalid UUID length: 3"),
    _threshold(400, NOT_JSON, b"{"),
    _threshold(
        400,
        INVALID,
        {"threshold_percent": 101},
        field="threshold_percent",
        field_detail='Validation failed for tag "max" with value: "101"',
    ),
    _threshold(
        400,
        INVALID,
        {"threshold_percent": -1},
        field="threshold_percent",
        field_detail='Validation failed for tag "min" with value: "-1"',
    ),
    _threshold(404, NOT_FOUND, {}, "{nothing}"),
    _threshold(400, "Model config is disabled.", {}, "{disabled}"),
    Refusal("DELETE", f"{THRESHOLDS}/abc", 400, BAD_ID, by="alice", detail="invalid UUID length: 3"),
    Refusal("DELETE", f"{THRESHOLDS}/{{plain}}", 401, SIGNED_OUT, by="anonymous"),
]


@pytest.fixture
def world(shared_world: World) -> World:
    """One for all tests."""
    return shared_world


async def _allow(world: World, setting: str, *, allowed: bool = True) -> None:
    assert (await world.owner.put(f"{CONFIG}/{setting}", {"allow_users": allowed})).status_code == 204


async def _model(world: World, provider_id: str | None = None, **fields: Any) -> str:
    body = demo_model(provider_id or world.facts.provider_id, model=f"m-{random_id()}", **fields)
    answer = await world.owner.post(f"{CHATS}/model-configs", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _provider(world: World, **fields: Any) -> str:
    return str((await world.owner.post("/api/v2/ai/providers", demo_provider(**fields))).json()["id"])


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    await _allow(world, "personal-model-overrides")
    provider = await _provider(world)
    unreachable = await _model(world, provider)
    assert (await world.owner.patch(f"/api/v2/ai/providers/{provider}", {"enabled": False})).status_code == 200
    keyless = await _provider(world, type="openai", base_url="https://api.openai.com/v1")
    await assert_refused(
        world,
        REFUSALS,
        nothing=random_id(),
        disabled=await _model(world, enabled=False),
        unreachable=unreachable,
        keyless=await _model(world, keyless),
        plain=world.facts.model_config_id,
        modest=await _model(world, model_config={"reasoning_effort": {"default": "low", "max": "low"}}),
    )


async def test_users_may_choose_only_where_an_administrator_lets_them(world: World) -> None:
    await _allow(world, "personal-model-overrides", allowed=False)
    await _allow(world, "debug-logging", allowed=False)
    body: Any = {"mode": "model", "model_config_id": "x"}
    logging = {"debug_logging_enabled": True}
    await assert_refused(
        world,
        [
            _choose(403, OFF, body),
            Refusal("PUT", f"{CONFIG}/user-debug-logging", 403, NO_LOGGING, logging, by="alice"),
        ],
    )


async def test_a_prompt_comes_back_as_it_was_stored(world: World) -> None:
    assert (await world.bob.get(f"{CONFIG}/user-prompt")).json() == {"custom_prompt": ""}
    answer = await world.bob.put(f"{CONFIG}/user-prompt", {"custom_prompt": " I write\r\n\n\n\ndocs.\ufeff "})
    assert answer.json() == {"custom_prompt": "I write\n\ndocs."}
    assert (await world.bob.get(f"{CONFIG}/user-prompt")).json() == answer.json()
    assert (await world.carol.get(f"{CONFIG}/user-prompt")).json() == {"custom_prompt": ""}
    assert (await world.bob.put(f"{CONFIG}/user-prompt", {"custom_prompt": ""})).json() == {"custom_prompt": ""}


async def test_chosen_models_stand_beside_the_defaults(world: World) -> None:
    await _allow(world, "personal-model-overrides")
    model = world.facts.model_config_id
    assert (await world.bob.put(f"{MODELS}/root", {"mode": "model", "model_config_id": model})).status_code == 204
    assert (await world.bob.put(f"{MODELS}/general", {"mode": "chat_default"})).status_code == 204
    body = {"model_config_id": model}
    assert (await world.owner.put(f"{CONFIG}/model-override/explore", body)).status_code == 204
    answer = (await world.bob.get(MODELS)).json()
    assert answer == {
        "enabled": True,
        "root": {
            "context": "root",
            "mode": "model",
            "model_config_id": model,
            "is_set": True,
            "is_malformed": False,
        },
        "general": {"context": "general", "mode": "chat_default", **UNSET, "is_set": True},
        "explore": {"context": "explore", "mode": "deployment_default", **UNSET},
        "deployment_defaults": {
            "general": {"context": "general", "model_config_id": "", "is_malformed": False},
            "explore": {"context": "explore", "model_config_id": model, "is_malformed": False},
        },
    }
    assert (await world.carol.get(MODELS)).json()["root"] == {"context": "root", "mode": "chat_default", **UNSET}


async def test_debug_logging_is_on_while_allowed_and_chosen(world: World) -> None:
    async def state() -> tuple[bool, bool]:
        answer = (await world.bob.get(f"{CONFIG}/user-debug-logging")).json()
        assert answer["forced_by_deployment"] is False
        return answer["debug_logging_enabled"], answer["user_toggle_allowed"]

    await _allow(world, "debug-logging")
    assert await state() == (False, True)
    answer = await world.bob.put(f"{CONFIG}/user-debug-logging", {"debug_logging_enabled": True})
    assert answer.status_code == 204
    assert await state() == (True, True)
    await _allow(world, "debug-logging", allowed=False)
    assert await state() == (False, False)
    await _allow(world, "debug-logging")
    assert await state() == (True, True)
    assert (await world.bob.put(f"{CONFIG}/user-debug-logging", {})).status_code == 204
    assert await state() == (False, True)


async def test_thresholds_are_kept_by_model_and_user(world: World) -> None:
    assert (await world.bob.get(THRESHOLDS)).json() == {"thresholds": []}
    first, second = world.facts.model_config_id, await _model(world)
    answers = await asyncio.gather(
        world.bob.put(f"{THRESHOLDS}/{first}", {"threshold_percent": 100}), world.bob.put(f"{THRESHOLDS}/{second}", {})
    )
    assert [answer.json() for answer in answers] == [
        {"model_config_id": first, "threshold_percent": 100},
        {"model_config_id": second, "threshold_percent": 0},
    ]
    thresholds = (await world.bob.get(THRESHOLDS)).json()["thresholds"]
    assert {entry["model_config_id"]: entry["threshold_percent"] for entry in thresholds} == {first: 100, second: 0}
    assert (await world.carol.get(THRESHOLDS)).json() == {"thresholds": []}
    for _ in range(2):
        assert (await world.bob.delete(f"{THRESHOLDS}/{first}")).status_code == 204
    remaining = (await world.bob.get(THRESHOLDS)).json()
    assert remaining == {"thresholds": [{"model_config_id": second, "threshold_percent": 0}]}
    assert (await world.carol.delete(f"{THRESHOLDS}/{random_id()}")).status_code == 204
