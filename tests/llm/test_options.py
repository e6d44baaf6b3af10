"""Call options and efforts, per provider."""

from typing import Any

import pytest

from palaver.errors.provider import ProviderError
from palaver.llm.options import EFFORT_SCALE, clamp_effort, model_settings, selectable_efforts, unsupported_options
from tests.fakes.llm_server import LLMServer
from tests.llm.conftest import ModelCaller, call, make_choice

CHAT = {"openai_config": {"use_responses_api": False}}


@pytest.mark.parametrize(
    ("provider", "config", "refused"),
    [
        ("openai", {"temperature": 0.3, "top_p": 1.0, "max_output_tokens": 9}, []),
        ("openai", {"top_k": 4, "presence_penalty": 0.1}, ["presence_penalty", "top_k"]),
        ("openai", CHAT | {"presence_penalty": 0.1}, []),
        ("openai-compat", {"top_k": 4, "frequency_penalty": 0.2}, []),
        ("openai-compat", CHAT, ["openai_config"]),
        ("anthropic", {"top_k": 4, "presence_penalty": 1}, ["presence_penalty"]),
        ("anthropic", {"presence_penalty": None, "cost": {"input": "1"}}, []),
        ("demo", {"temperature": 1.0}, []),
        ("openai", {"provider_options": {"anthropic": {"send_reasoning": True}}}, ["provider_options.anthropic"]),
        ("openai", {"provider_options": {"anthropic": {}}}, []),
        (
            "openai",
            {"provider_options": {"openai": {"store": False, "web_search_enabled": True}}},
            ["provider_options.openai.web_search_enabled"],
        ),
        ("google", {"top_k": 4}, []),
    ],
)
def test_options_without_a_place_are_named(provider: str, config: dict[str, Any], refused: list[str]) -> None:
    assert unsupported_options(provider, config) == refused


def test_a_call_with_such_an_option_is_refused() -> None:
    with pytest.raises(ProviderError) as raised:
        model_settings("anthropic", {"presence_penalty": 0.5}, "")
    assert (raised.value.kind, raised.value.detail) == ("config", "Unsupported model options: presence_penalty.")


@pytest.mark.parametrize(
    ("effort", "chosen", "expected"),
    [
        (None, "high", ""),
        ({"default": "low", "max": "medium"}, "", "low"),
        ({"default": "low", "max": "medium"}, "max", "medium"),
        ({"default": "low", "max": "medium"}, "none", "none"),
        ({"default": "high", "max": "medium"}, "", "medium"),
        ({"default": "low", "max": "max"}, "xhigh", "xhigh"),
    ],
)
def test_efforts_are_clamped_to_the_ceiling(effort: dict[str, str] | None, chosen: str, expected: str) -> None:
    assert clamp_effort({"reasoning_effort": effort} if effort else {}, chosen) == expected


def test_selectable_efforts_end_at_the_ceiling() -> None:
    assert selectable_efforts({}) == []
    assert selectable_efforts({"reasoning_effort": {"default": "low", "max": "low"}}) == ["none", "minimal", "low"]
    assert selectable_efforts({"reasoning_effort": {"default": "low", "max": "max"}}) == list(EFFORT_SCALE)


EFFORT = {"reasoning_effort": {"default": "low", "max": "high"}}


async def test_options_and_effort_reach_the_wire(llm: LLMServer, caller: ModelCaller) -> None:
    common = EFFORT | {"max_output_tokens": 900}

    async def body(wire: str, config: dict[str, Any], effort: str = "high") -> dict[str, Any]:
        await call(caller, make_choice(wire, llm.url, call_config=common | config), effort=effort)
        return llm.requests[-1].body

    responses = await body("openai-responses", {"provider_options": {"openai": {"user": "u", "store": False}}})
    assert (responses["reasoning"]["effort"], responses["max_output_tokens"]) == ("high", 900)
    assert (responses["user"], responses["store"]) == ("u", False)
    chat = await body("openai-chat", {})
    assert (chat["reasoning_effort"], chat["max_completion_tokens"]) == ("high", 900)
    compat = await body("openai-compat", {"top_k": 5, "temperature": 0.25}, effort="max")
    assert (compat["reasoning_effort"], compat["top_k"], compat["temperature"]) == ("high", 5, 0.25)
    budget = {"provider_options": {"anthropic": {"thinking": {"budget_tokens": 800}}}}
    anthropic = await body("anthropic", budget)
    assert anthropic["thinking"] == {"type": "enabled", "budget_tokens": 800}
    assert anthropic["max_tokens"] == 900
    thinking = await body("anthropic", {"max_output_tokens": 32_000}, effort="")
    assert thinking["thinking"]["type"] in {"enabled", "adaptive"}
    assert "thinking" not in await body("anthropic", {}, effort="none")


def test_the_requests_of_a_conversation_share_a_cache_key_unless_the_config_has_one() -> None:
    own = {"provider_options": {"openai": {"prompt_cache_key": "all chats"}}}
    assert model_settings("openai", {}, "", "chat 1").get("openai_prompt_cache_key") == "chat 1"
    assert model_settings("openai", own, "", "chat 1").get("openai_prompt_cache_key") == "all chats"
    assert "openai_prompt_cache_key" not in model_settings("openai", {}, "")
    assert "openai_prompt_cache_key" not in model_settings("openai-compat", {}, "", "chat 1")
