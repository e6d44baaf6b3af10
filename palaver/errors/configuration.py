"""Refusals about AI providers, model configs and MCP servers."""

from collections.abc import Sequence

from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import BadRequest, Conflict, NotFound, PreconditionFailed


class LegacyProvidersRemoved(PalaverError):
    """The operation was removed from the wire."""

    status = 410
    message = "Legacy chat provider APIs were removed. Use AI provider APIs instead."

    def __init__(self) -> None:
        super().__init__(detail="Use /api/v2/ai/providers.")


# ---- AI providers ----


class BadProviderParameter(BadRequest):
    """The path names a provider by something that is neither a UUID nor a name."""

    message = "Invalid provider id or name: must be a UUID or match ^[a-z0-9]+(-[a-z0-9]+)*$."


class NothingToChange(BadRequest):
    """An update of a provider sets no field that the contract knows."""

    message = "At least one field must be provided."


class InvalidProvider(BadRequest):
    """Fields of a provider do not suit each other; one validation each."""

    message = "Invalid AI provider request."

    def __init__(self, validations: Sequence[FieldError]) -> None:
        super().__init__(validations=validations)


class BedrockTakesNoKeys(BadRequest):
    """Bedrock's credentials are settings, not keys."""

    message = "Bedrock providers do not accept api_keys; configure access credentials via settings."


class UnknownProviderKey(BadRequest):
    """An update keeps a key that the provider does not have."""

    message = "api_keys references an unknown id for this provider"

    def __init__(self, key_id: str) -> None:
        super().__init__(detail=f"No key {key_id} is stored for this provider.")


class ProviderExists(Conflict):
    """The name is taken."""

    def __init__(self, name: str) -> None:
        super().__init__(
            message=f'AI provider "{name}" already exists.', detail="The name is used by another provider."
        )


# ---- users' own keys of providers ----


class OwnKeysDisabled(PalaverError):
    """The deployment takes no keys of users."""

    status = 403
    message = "BYOK is disabled."


class KeyOfUnknownProvider(NotFound):
    """A user's key names a provider that does not exist."""

    message = "AI provider not found."


class KeyOfDisabledProvider(PreconditionFailed):
    """A user's key names a provider that is switched off."""

    message = "AI provider is disabled."


class OwnKeyTooLarge(BadRequest):
    """No provider has keys that long."""

    message = "API key too large."

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(detail=f"It has {size} bytes; at most {limit} are allowed.")


# ---- model configs ----


class ProviderNotConfigured(PreconditionFailed):
    """A model config names a provider that does not exist."""

    message = "AI provider is not configured."


class ProviderDisabled(PreconditionFailed):
    """A model config names a provider that is switched off."""

    message = "AI provider is disabled."


class InvalidModelConfig(BadRequest):
    """The defaults for calls contradict each other, or the provider cannot honour them."""

    message = "Invalid model config."

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)


class SlashInModel(BadRequest):
    """A model router is configured as type `openai`, whose models have no namespaces."""

    message = "OpenRouter-like provider configured as type openai does not support slash-namespaced models."

    def __init__(self) -> None:
        super().__init__(detail="Change the provider's type to openrouter or openai-compat.")


class ModelConfigExists(Conflict):
    """The provider has a config for this model."""

    message = "Chat model config already exists."

    def __init__(self) -> None:
        super().__init__(detail="The provider has a config for this model.")


# ---- MCP servers ----


class InsecureRevocationUrl(BadRequest):
    """Tokens would travel to the revocation URL in clear."""

    message = "Invalid OAuth2 revocation URL."

    def __init__(self) -> None:
        super().__init__(detail="oauth2_revocation_url must be an https URL (loopback hosts may use http).")


class UnreadableRevocationUrl(BadRequest):
    """The revocation URL is none."""

    message = "Invalid OAuth2 revocation URL."

    def __init__(self) -> None:
        super().__init__(detail="oauth2_revocation_url must be a valid URL or an empty string.")


class InvalidCustomHeaders(BadRequest):
    """A header cannot be sent."""

    message = "Invalid custom headers."

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)


class InvalidMCPServer(BadRequest):
    """The config cannot be used as it would be stored."""

    message = "Invalid MCP server config."

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)


class MCPServerExists(Conflict):
    """The slug of a new server is taken."""

    message = "MCP server config already exists."

    def __init__(self) -> None:
        super().__init__(detail="The slug is used by another MCP server.")


class MCPServerSlugTaken(MCPServerExists):
    """A server's new slug is taken."""

    message = "MCP server config slug already exists."
