"""Whether a provider's fields suit each other and its type."""

import re
from collections.abc import Sequence

from palaver.configuration.urls import parse_url
from palaver.contract.types import AIProviderKeyMutation, CreateAIProviderRequest, UpdateAIProviderRequest
from palaver.errors import FieldError
from palaver.errors.configuration import BadProviderParameter, BedrockTakesNoKeys, InvalidProvider

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def check_provider_parameter(id_or_name: str) -> None:
    """Raise BadProviderParameter for what is neither a UUID nor a name."""
    if not (_NAME.fullmatch(id_or_name) or _UUID.fullmatch(id_or_name)):
        raise BadProviderParameter


def check_new_provider(body: CreateAIProviderRequest) -> None:
    """Raise InvalidProvider or BedrockTakesNoKeys."""
    _refuse(_base_url_errors(body["type"], body["base_url"]), _settings_errors(body["type"], body.get("settings")))
    if body["type"] == "bedrock" and body.get("api_keys"):
        raise BedrockTakesNoKeys


def check_changes(provider_type: str, body: UpdateAIProviderRequest) -> None:
    """Raise InvalidProvider or BedrockTakesNoKeys for changes that do not suit a provider of this type."""
    base_url = body.get("base_url")
    _refuse(
        _key_errors(body.get("api_keys") or ()),
        [] if base_url is None else _base_url_errors(provider_type, base_url),
        _settings_errors(provider_type, body.get("settings")),
    )
    if provider_type == "bedrock" and body.get("api_keys"):
        raise BedrockTakesNoKeys


def _refuse(*errors: list[FieldError]) -> None:
    found = [error for part in errors for error in part]
    if found:
        raise InvalidProvider(found)


def _base_url_errors(provider_type: str, base_url: str) -> list[FieldError]:
    if not base_url:
        return [] if provider_type == "demo" else [FieldError(field="base_url", detail="base_url is required")]
    if parse_url(base_url) is None:
        return [FieldError(field="base_url", detail="base_url must be an absolute http or https URL")]
    return []


def _settings_errors(provider_type: str, settings: object) -> list[FieldError]:
    if settings is None or provider_type == "bedrock":
        return []
    return [FieldError(field="settings", detail=f"providers of type {provider_type} have no settings")]


def _key_errors(entries: Sequence[AIProviderKeyMutation]) -> list[FieldError]:
    return [
        FieldError(field=f"api_keys[{index}]", detail=f"api_keys[{index}] must set exactly one of id and api_key")
        for index, entry in enumerate(entries)
        if bool(entry.get("id")) == bool(entry.get("api_key"))
    ]
