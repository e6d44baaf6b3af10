"""From a model config's call defaults and the chosen effort to the settings of one model request, per provider type.

What a provider has no place for is named by `unsupported_options`, so that it is refused when the config is written
and never dropped in silence.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from palaver.errors.provider import ProviderError

if TYPE_CHECKING:
    from pydantic_ai.settings import ModelSettings

EFFORT_SCALE = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
"""Reasoning efforts, lowest first (contract, limits.yaml `effort_scale`)."""

OPTION_FAMILIES = {"openai": "openai", "openai-compat": "openaicompat", "anthropic": "anthropic"}
"""Provider type -> its key in `provider_options`."""

_CALL_OPTIONS = {
    "demo": frozenset(
        {"max_output_tokens", "temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty"}
    ),  # the demo model takes them and has no use for them
    "openai-responses": frozenset({"max_output_tokens", "temperature", "top_p"}),
    "openai-chat": frozenset({"max_output_tokens", "temperature", "top_p", "presence_penalty", "frequency_penalty"}),
    "openai-compat": frozenset(
        {"max_output_tokens", "temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty"}
    ),
    "anthropic": frozenset({"max_output_tokens", "temperature", "top_p", "top_k"}),
}
_ALWAYS = frozenset({"reasoning_effort", "cost", "provider_options"})
"""Options that every provider takes: effort and price are ours, the provider's own are looked at by family."""

_Write = Callable[[dict[str, Any], Any], None]


def _setting(name: str) -> _Write:
    def write(settings: dict[str, Any], value: Any) -> None:
        settings[name] = value

    return write


def _body(name: str) -> _Write:
    def write(settings: dict[str, Any], value: Any) -> None:
        settings.setdefault("extra_body", {})[name] = value

    return write


def _thinking_budget(settings: dict[str, Any], value: Mapping[str, Any]) -> None:
    if budget := value.get("budget_tokens"):
        settings["anthropic_thinking"] = {"type": "enabled", "budget_tokens": budget}


def _thinking_display(settings: dict[str, Any], value: str) -> None:
    settings["_thinking_display"] = value


def _no_parallel_tools(settings: dict[str, Any], value: bool) -> None:
    settings["parallel_tool_calls"] = not value


def _long_context(settings: dict[str, Any], value: bool) -> None:
    if value:
        settings["anthropic_betas"] = ["context-1m-2025-08-07"]


def _nothing(settings: dict[str, Any], value: Any) -> None:
    """For options that the prompt acts on, not the request settings."""


_OPENAI_BOTH: dict[str, _Write] = {
    "log_probs": _setting("openai_logprobs"),
    "max_completion_tokens": _setting("max_tokens"),
    "metadata": _body("metadata"),
    "parallel_tool_calls": _setting("parallel_tool_calls"),
    "prompt_cache_key": _setting("openai_prompt_cache_key"),
    "safety_identifier": _body("safety_identifier"),
    "service_tier": _setting("openai_service_tier"),
    "store": _setting("openai_store"),
    "text_verbosity": _setting("openai_text_verbosity"),
    "top_log_probs": _setting("openai_top_logprobs"),
    "user": _setting("openai_user"),
}
_PROVIDER_OPTIONS: dict[str, dict[str, _Write]] = {
    "demo": {},
    "openai-responses": _OPENAI_BOTH
    | {
        "max_tool_calls": _body("max_tool_calls"),
        "reasoning_summary": _setting("openai_reasoning_summary"),
    },
    "openai-chat": _OPENAI_BOTH
    | {
        "logit_bias": _setting("logit_bias"),
        "prediction": _setting("openai_prediction"),
    },
    "openai-compat": {"user": _setting("openai_user")},
    "anthropic": {
        "context_1m_enabled": _long_context,
        "disable_parallel_tool_use": _no_parallel_tools,
        "send_reasoning": _nothing,
        "thinking": _thinking_budget,
        "thinking_display": _thinking_display,
    },
}


def uses_responses_api(provider_type: str, call_config: Mapping[str, Any]) -> bool:
    """Whether calls go to OpenAI's Responses API: for type `openai`, unless the config chooses Chat Completions."""
    if provider_type != "openai":
        return False
    chosen = (call_config.get("openai_config") or {}).get("use_responses_api")
    return chosen is not False


def _wire(provider_type: str, call_config: Mapping[str, Any]) -> str:
    if provider_type == "openai":
        return "openai-responses" if uses_responses_api(provider_type, call_config) else "openai-chat"
    return provider_type


def unsupported_options(provider_type: str, call_config: Mapping[str, Any] | None) -> list[str]:
    """The dotted names of options in a ChatModelCallConfig that calls to this provider type cannot honour, sorted.

    Unset options (null or absent) never count. A provider type that chats cannot call has no opinion: `[]`.
    """
    config = call_config or {}
    wire = _wire(provider_type, config)
    if wire not in _CALL_OPTIONS:
        return []
    known = _CALL_OPTIONS[wire] | _ALWAYS | ({"openai_config"} if provider_type == "openai" else set())
    refused = [name for name, value in config.items() if name not in known and _is_set(value)]
    family = OPTION_FAMILIES.get(provider_type)
    for name, options in (config.get("provider_options") or {}).items():
        if name != family:
            refused += [f"provider_options.{name}"] if _is_set(options) else []
            continue
        refused += [
            f"provider_options.{name}.{option}"
            for option, value in (options or {}).items()
            if option not in _PROVIDER_OPTIONS[wire] and _is_set(value)
        ]
    return sorted(refused)


def _is_set(value: object) -> bool:
    return value is not None and value is not False and value != {} and value != []


def selectable_efforts(call_config: Mapping[str, Any]) -> list[str]:
    """The efforts a user may choose under this config, lowest first; none without `reasoning_effort`."""
    effort = call_config.get("reasoning_effort") or {}
    if not effort:
        return []
    ceiling = effort.get("max") or EFFORT_SCALE[-1]
    return list(EFFORT_SCALE[: EFFORT_SCALE.index(ceiling) + 1])


def clamp_effort(call_config: Mapping[str, Any], chosen: str) -> str:
    """The effort in force: the chosen one, else the config's default, at most its ceiling; "" when it takes none."""
    selectable = selectable_efforts(call_config)
    wanted = chosen or (call_config.get("reasoning_effort") or {}).get("default") or ""
    if not selectable or wanted not in EFFORT_SCALE:
        return ""
    return wanted if wanted in selectable else selectable[-1]


def model_settings(
    provider_type: str, call_config: Mapping[str, Any], effort: str, conversation: str = ""
) -> "ModelSettings":
    """The settings of one request; `effort` as `clamp_effort` gave it.

    `conversation`: what requests have in common that begin with the same messages, "" for a request of its own.

    Raises ProviderError(kind="config") when the config holds an option that this provider cannot honour.
    """
    if refused := unsupported_options(provider_type, call_config):
        raise ProviderError(
            "config", provider=provider_type, detail=f"Unsupported model options: {', '.join(refused)}."
        )
    wire = _wire(provider_type, call_config)
    settings: dict[str, Any] = {}
    for name in ("temperature", "top_p", "presence_penalty", "frequency_penalty"):
        if (value := call_config.get(name)) is not None:
            settings[name] = value
    if (limit := call_config.get("max_output_tokens")) is not None:
        settings["max_tokens"] = limit
    if (top_k := call_config.get("top_k")) is not None:
        if wire == "openai-compat":
            _body("top_k")(settings, top_k)
        else:
            settings["top_k"] = top_k
    options = (call_config.get("provider_options") or {}).get(OPTION_FAMILIES.get(provider_type, "")) or {}
    for name, value in options.items():
        if value is not None and name in _PROVIDER_OPTIONS[wire]:
            _PROVIDER_OPTIONS[wire][name](settings, value)
    if effort:
        _set_effort(settings, provider_type, effort)
    _apply_thinking_display(settings)
    if provider_type == "anthropic":
        # A growing history is sent again each step: without cache marks Anthropic charges all of it anew. The marks
        # behind tools and system messages let chats share what they begin with.
        for part in ("anthropic_cache", "anthropic_cache_instructions", "anthropic_cache_tool_definitions"):
            settings[part] = True
    elif provider_type == "openai" and conversation:
        # Leads the requests of a chat to where its beginning is cached. Other servers may not know the parameter.
        settings.setdefault("openai_prompt_cache_key", conversation)
    return cast("ModelSettings", settings)


def _set_effort(settings: dict[str, Any], provider_type: str, effort: str) -> None:
    if provider_type == "anthropic":
        # An explicit budget wins: the administrator chose it for this very model.
        if "anthropic_thinking" not in settings:
            settings["thinking"] = False if effort == "none" else effort
    else:
        settings["openai_reasoning_effort"] = effort


def _apply_thinking_display(settings: dict[str, Any]) -> None:
    display = settings.pop("_thinking_display", None)
    thinking = settings.get("anthropic_thinking")
    if display and thinking:
        settings["anthropic_thinking"] = {**thinking, "display": display}
