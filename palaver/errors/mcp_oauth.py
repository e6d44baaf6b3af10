"""Refusals about connecting users to MCP servers by OAuth2, and what authorization servers refuse."""

from palaver.errors.base import PalaverError
from palaver.errors.common import BadRequest

# ---- what users are told ----


class MCPServerNotEnabled(BadRequest):
    """Nobody connects to a server that is switched off."""

    message = "MCP server is not enabled."


class MCPServerWithoutOAuth2(BadRequest):
    """The server's users authenticate in another way, or not at all."""

    message = "MCP server does not use OAuth2 authentication."


class AuthorizationUrlMissing(BadRequest):
    """The server's config does not say where users sign in."""

    message = "MCP server OAuth2 authorization URL is not configured."


class AuthorizationRefused(BadRequest):
    """The authorization server sent the user back with an error."""

    message = "OAuth2 provider returned an error."

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)


class AuthorizationCodeMissing(BadRequest):
    """The user came back with nothing."""

    message = "Missing authorization code."


class InvalidOAuth2State(BadRequest):
    """The answer does not belong to a connection that this session has begun within the last ten minutes."""

    message = "Invalid or missing OAuth2 state parameter."


class CodeExchangeFailed(PalaverError):
    """The authorization server gives no token for the code; why is in the log."""

    status = 502
    message = "Failed to exchange authorization code for token."

    def __init__(self) -> None:
        super().__init__(detail="The OAuth2 token exchange with the upstream provider failed.")


class DiscoveryFailed(BadRequest):
    """The MCP server leads to no authorization server that takes us as a client; `reason` says where it ends."""

    message = (
        "OAuth2 auto-discovery failed. Provide oauth2_client_id, oauth2_auth_url, and oauth2_token_url manually, or "
        "ensure the MCP server supports RFC 9728 (Protected Resource Metadata) and RFC 7591 (Dynamic Client "
        "Registration)."
    )

    def __init__(self, reason: str) -> None:
        super().__init__(detail=reason)


# ---- what authorization servers answer ----


class EndpointUnavailable(Exception):
    """An endpoint does not answer, not as it should, or does not know us as a client; the text holds no secret."""


class GrantRefused(Exception):
    """The authorization server does not take this code or refresh token (any more); the text is its error code."""
