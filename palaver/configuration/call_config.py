"""The defaults for calls of a model (ChatModelCallConfig): what is stored of them, and what they must not say."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from palaver.configuration.known import known_fields
from palaver.contract.types import ChatModelCallConfig
from palaver.errors.configuration import InvalidModelConfig, SlashInModel
from palaver.llm.cost import MAX_PRICE, invalid_prices
from palaver.llm.options import EFFORT_SCALE, unsupported_options

ROUTER_HOSTS = ("openrouter.ai", "ai-gateway.vercel.sh")
"""Hosts of model routers, subdomains included; their models are `vendor/model`, which OpenAI's own are not."""


def known_options(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The options that the contract knows, without nulls and empty groups; None when nothing is left."""
    return known_fields(given, ChatModelCallConfig) or None


def check_call_config(config: Mapping[str, Any] | None, provider_type: str) -> None:
    """Raise InvalidModelConfig for options that contradict each other or that the provider type cannot honour."""
    config = config or {}
    _check_effort(config.get("reasoning_effort") or {})
    if dear := invalid_prices(config.get("cost")):
        raise InvalidModelConfig(f"cost.{dear[0]} must be at most {MAX_PRICE} US dollars per million tokens")
    if refused := unsupported_options(provider_type, config):
        raise InvalidModelConfig(f"providers of type {provider_type} do not support: {', '.join(refused)}")


def check_model_name(model: str, provider_type: str, base_url: str) -> None:
    """Raise SlashInModel when a router's namespaced model is asked for under type `openai`."""
    if provider_type == "openai" and "/" in model and _is_router(base_url):
        raise SlashInModel


def _check_effort(effort: Mapping[str, str]) -> None:
    if not effort:
        return
    default, ceiling = effort.get("default"), effort.get("max")
    if default is None or ceiling is None:
        raise InvalidModelConfig("reasoning_effort.default and reasoning_effort.max must both be set")
    if EFFORT_SCALE.index(default) > EFFORT_SCALE.index(ceiling):
        raise InvalidModelConfig("reasoning_effort.default must not exceed reasoning_effort.max")


def _is_router(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    return any(host == router or host.endswith(f".{router}") for router in ROUTER_HOSTS)
