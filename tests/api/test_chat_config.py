"""What administrators set about chats."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import insert

from models import DeploymentSetting
from palaver.configuration.prompts import DEFAULT_SYSTEM_PROMPT
from tests.api.refusals import FORBIDDEN, INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World, demo_model, demo_provider, random_id

CONFIG = f"{CHATS}/config"
NIL = "00000000-0000-0000-0000-000000000000"
SETTINGS: dict[str, dict[str, Any]] = {
    "system-prompt": {"system_prompt": "Be brief."},
    "plan-mode-instructions": {"plan_mode_instructions": "Ask first."},
    "model-override/compaction": {"model_config_id": ""},
    "personal-model-overrides": {"allow_users": True},
    "debug-logging": {"allow_users": True},
    "retention-days": {"retention_days": 1},
    "debug-retention-days": {"debug_retention_days": 1},
    "auto-archive-days": {"auto_archive_days": 1},
}
FOR_ALL = {"retention-days", "debug-retention-days", "auto-archive-days"}
CONTEXT = "Invalid chat model override context."
CONTEXTS = 'Expected one of general, explore, title_generation, compaction. Got "root".'
EFFORT = "Invalid reasoning_effort value."
SCALE = "Must be one of none, minimal, low, medium, high, xhigh, max."
NO_EFFORT = "This model does not support reasoning effort."
ADVISOR = "Chat Advisor functionality requires enabling the 'chat-advisor' experiment."
LONG = "x" * 131_073
LENGTH = "Maximum length is 131072 bytes, got 131073."
ADVICE = {"max_uses_per_run": 3, "max_output_tokens": 0, "model_config_id": NIL}


def _put(setting: str, status: int, message: str, body: Any, **told: str) -> Refusal:
    return Refusal("PUT", f"{CONFIG}/{setting}", status, message, body, **told)


def _override(message: str, body: Any, **told: str) -> Refusal:
    return _put("model-override/general", 400, message, body, **told)


def _advisor(message: str, *, status: int = 400, by: str = "owner", **fields: Any) -> Refusal:
    told = {key: fields.pop(key) for key in ("detail",) if key in fields}
    return _put("advisor", status, message, {**ADVICE, **fields}, by=by, **told)


REFUSALS = [
    *(Refusal("GET", f"{CONFIG}/{name}", 401, SIGNED_OUT, by="anonymous") for name in SETTINGS),
    *(Refusal("GET", f"{CONFIG}/{name}", 404, NOT_FOUND, by="alice") for name in SETTINGS.keys() - FOR_ALL),
    *(_put(name, 401, SIGNED_OUT, body, by="anonymous") for name, body in SETTINGS.items()),
    *(_put(name, 403, FORBIDDEN, body, by="alice") for name, body in SETTINGS.items()),
    *(_put(name, 400, NOT_JSON, b"{") for name in SETTINGS),
    _put("system-prompt", 400, "System prompt exceeds maximum length.", {"system_prompt": LONG}, detail=LENGTH),
    _put("system-prompt", 400, INVALID, {"system_prompt": "a\0b"}),
    _put(
        "plan-mode-instructions",
        400,
        "Plan mode instructions exceed maximum length.",
        {"plan_mode_instructions": LONG},
        detail=LENGTH,
    ),
    Refusal("GET", f"{CONFIG}/model-override/root", 400, CONTEXT, detail=CONTEXTS),
    _put("model-override/root", 400, CONTEXT, {"model_config_id": ""}, detail=CONTEXTS),
    _override("Invalid model_config_id.", {"model_config_id": "x"}, detail='Value "x" is not a valid UUID.'),
    _override("Invalid model_config_id.", {"model_config_id": "x", "reasoning_effort": "low"}),
    _override("reasoning_effort requires model_config_id.", {"reasoning_effort": "low"}),
    _override("Invalid model_config_id.", {"model_config_id": "{nothing}", "reasoning_effort": "wild"}),
    _override("Invalid model_config_id.", {"model_config_id": "{disabled}"}),
    _override("Invalid model_config_id.", {"model_config_id": "{unreachable}"}),
    _override(EFFORT, {"model_config_id": "{plain}", "reasoning_effort": "wild"}, detail=SCALE),
    _override(EFFORT, {"model_config_id": "{plain}", "reasoning_effort": "low"}, detail=NO_EFFORT),
    _override(
        EFFORT,
        {"model_config_id": "{modest}", "reasoning_effort": "medium"},
        detail="Must be one of none, minimal, low.",
    ),
    _put("retention-days", 400, "Retention days must be between 0 and 3650.", {"retention_days": 3651}),
    _put("retention-days", 400, "Retention days must be between 0 and 3650.", {"retention_days": -1}),
    _put(
        "debug-retention-days",
        400,
        "Chat debug retention days must be between 0 and 3650.",
        {"debug_retention_days": 3651},
    ),
    _put("auto-archive-days", 400, "Auto-archive days must be between 0 and 3650.", {"auto_archive_days": -1}),
    Refusal("GET", f"{CONFIG}/advisor", 401, SIGNED_OUT, by="anonymous"),
    _advisor(FORBIDDEN, status=403, by="alice"),
    _advisor("max_uses_per_run -1 must be non-negative.", max_uses_per_run=-1),
    _advisor("max_output_tokens -1 must be non-negative.", max_output_tokens=-1),
    _advisor("reasoning_effort requires model_config_id.", reasoning_effort="low"),
    _advisor('model_config_id "{nothing}" does not match any enabled model config.', model_config_id="{nothing}"),
    _advisor('model_config_id "{disabled}" does not match any enabled model config.', model_config_id="{disabled}"),
    _advisor(EFFORT, model_config_id="{plain}", reasoning_effort="wild", detail=SCALE),
    _advisor(EFFORT, model_config_id="{plain}", reasoning_effort="low", detail=NO_EFFORT),
    _advisor(EFFORT, model_config_id="{modest}", reasoning_effort="max", detail="Must be one of none, minimal, low."),
]


@pytest.fixture
def world(shared_world: World) -> World:
    """One for all tests, each with a setting of its own."""
    return shared_world


async def _model(world: World, provider_id: str | None = None, **fields: Any) -> str:
    body = demo_model(provider_id or world.facts.provider_id, model=f"m-{random_id()}", **fields)
    answer = await world.owner.post(f"{CHATS}/model-configs", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _unreachable_model(world: World) -> str:
    provider = (await world.owner.post("/api/v2/ai/providers", demo_provider())).json()["id"]
    model = await _model(world, provider)
    assert (await world.owner.patch(f"/api/v2/ai/providers/{provider}", {"enabled": False})).status_code == 200
    return model


async def _set(world: World, setting: str, body: Any) -> None:
    answer = await world.owner.put(f"{CONFIG}/{setting}", body)
    assert answer.status_code == 204, answer.text


async def _get(world: World, setting: str) -> Any:
    answer = await world.owner.get(f"{CONFIG}/{setting}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    await assert_refused(
        world,
        REFUSALS,
        nothing=random_id(),
        disabled=await _model(world, enabled=False),
        unreachable=await _unreachable_model(world),
        plain=world.facts.model_config_id,
        modest=await _model(world, model_config={"reasoning_effort": {"default": "low", "max": "low"}}),
    )


async def test_what_was_never_set_has_its_default(world: World) -> None:
    for setting, wanted in {
        "personal-model-overrides": {"allow_users": False},
        "debug-logging": {"allow_users": False, "forced_by_deployment": False},
        "retention-days": {"retention_days": 30},
        "debug-retention-days": {"debug_retention_days": 30},
        "auto-archive-days": {"auto_archive_days": 0},
        "plan-mode-instructions": {"plan_mode_instructions": ""},
        "model-override/title_generation": {
            "context": "title_generation",
            "model_config_id": "",
            "is_malformed": False,
        },
    }.items():
        assert await _get(world, setting) == wanted, setting


async def test_the_built_in_prompt_is_included_until_there_is_a_custom_one_unless_it_was_said(world: World) -> None:
    async def prompt() -> tuple[str, bool]:
        setting = await _get(world, "system-prompt")
        assert setting["default_system_prompt"] == DEFAULT_SYSTEM_PROMPT
        return setting["system_prompt"], setting["include_default_system_prompt"]

    assert await prompt() == ("", True)
    await _set(world, "system-prompt", {"system_prompt": " Be\r\nbrief.\u200b\n\n\n\nPlease. "})
    assert await prompt() == ("Be\nbrief.\n\nPlease.", False)
    await _set(world, "system-prompt", {"system_prompt": "Be brief.", "include_default_system_prompt": True})
    assert await prompt() == ("Be brief.", True)
    await _set(world, "system-prompt", {"system_prompt": "Be long.", "include_default_system_prompt": None})
    assert await prompt() == ("Be long.", True)
    await _set(world, "system-prompt", {"include_default_system_prompt": False})
    assert await prompt() == ("", False)


async def test_a_prompt_may_be_as_long_as_it_is_after_its_clean_up(world: World) -> None:
    await _set(world, "plan-mode-instructions", {"plan_mode_instructions": "x" * 131_072 + "\u200b \n"})
    assert len((await _get(world, "plan-mode-instructions"))["plan_mode_instructions"]) == 131_072
    await _set(world, "plan-mode-instructions", {})
    assert (await _get(world, "plan-mode-instructions"))["plan_mode_instructions"] == ""


async def test_a_model_is_set_and_cleared_for_one_purpose(world: World) -> None:
    model = await _model(world, model_config={"reasoning_effort": {"default": "low", "max": "high"}})
    await _set(world, "model-override/explore", {"model_config_id": model.upper(), "reasoning_effort": "high"})
    override = await _get(world, "model-override/explore")
    assert override == {
        "context": "explore",
        "model_config_id": model,
        "reasoning_effort": "high",
        "is_malformed": False,
    }
    assert (await _get(world, "model-override/general"))["model_config_id"] == ""
    await _set(world, "model-override/explore", {"model_config_id": model, "reasoning_effort": None})
    assert "reasoning_effort" not in await _get(world, "model-override/explore")
    await _set(world, "model-override/explore", {})
    assert (await _get(world, "model-override/explore"))["model_config_id"] == ""


async def test_a_stored_override_that_cannot_be_read_is_told(world: World) -> None:
    async with world.services.database.begin() as conn:
        await conn.execute(insert(DeploymentSetting).values(name="model_override.compaction", value="sonnet"))
    override = await _get(world, "model-override/compaction")
    assert override == {"context": "compaction", "model_config_id": "", "is_malformed": True}


async def test_days_and_switches_are_kept_and_absent_ones_are_off(world: World) -> None:
    for setting, name in (
        ("retention-days", "retention_days"),
        ("debug-retention-days", "debug_retention_days"),
        ("auto-archive-days", "auto_archive_days"),
    ):
        before = await _get(world, setting)
        await _set(world, setting, {name: 3650})
        assert (await world.alice.get(f"{CONFIG}/{setting}")).json() == {name: 3650}
        await _set(world, setting, {})
        assert await _get(world, setting) == {name: 0}
        await _set(world, setting, before)
    for setting in ("personal-model-overrides", "debug-logging"):
        await _set(world, setting, {"allow_users": True})
        assert (await _get(world, setting))["allow_users"] is True
        await _set(world, setting, {})
        assert (await _get(world, setting))["allow_users"] is False


async def test_the_advisor_is_set_for_all(world: World) -> None:
    empty = {"enabled": True, **ADVICE, "max_uses_per_run": 0}
    assert (await world.alice.get(f"{CONFIG}/advisor")).json() == empty
    given = {"max_uses_per_run": 2, "max_output_tokens": 100, "model_config_id": world.facts.model_config_id}
    await _set(world, "advisor", {**given, "enabled": False})
    assert await _get(world, "advisor") == {"enabled": True, **given}


async def test_settings_written_at_once_are_all_kept(world: World) -> None:
    model = world.facts.model_config_id
    contexts = ("general", "explore", "title_generation")
    await asyncio.gather(
        *(_set(world, f"model-override/{context}", {"model_config_id": model}) for context in contexts)
    )
    for context in contexts:
        assert (await _get(world, f"model-override/{context}"))["model_config_id"] == model


async def test_what_is_remembered_is_read_anew_after_a_change(world: World) -> None:
    before = await world.services.config.current()
    assert await world.services.config.current() is before
    await _set(world, "retention-days", {"retention_days": 7})
    assert (await world.services.config.current()).retention_days == 7
    await _set(world, "retention-days", {"retention_days": before.retention_days})
