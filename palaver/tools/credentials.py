"""Headers that authenticate a chat's owner at an MCP server, for every way in which servers authenticate.

This is the one place where stored credentials become headers. Whoever wrote, promoted or shared makes no difference:
only the owner's id is ever asked for.
"""

import uuid
from typing import TYPE_CHECKING

import orjson

from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.oidc import NoProviderToken, ProviderUnavailable
from palaver.errors.tools import SignInRequired, ToolServerUnavailable
from palaver.tools.oauth.access_tokens import AccessTokens

if TYPE_CHECKING:
    from palaver.auth.oidc import OidcLogin


class Credentials:
    """Hands out the credentials of all MCP servers. One per process; needs no start and no stop.

    `oidc` is the company's OpenID provider, None where none is configured.
    """

    def __init__(self, secrets: SecretBox, access_tokens: AccessTokens, oidc: "OidcLogin | None") -> None:
        self._secrets = secrets
        self._access_tokens = access_tokens
        self._oidc = oidc

    async def headers(self, server: MCPServer, owner_id: uuid.UUID, *, stale: str | None = None) -> dict[str, str]:
        """The headers by which `server` knows the chat's owner, or this deployment where it knows no users.

        `stale` is the value of `Authorization` that the server has just refused with 401: another one is answered, by
        a refresh if need be. Raises SignInRequired when the owner has to sign in for that, ToolServerUnavailable when
        no signing in would help.
        """
        match server.auth_type:
            case "api_key":
                self._must_be_fresh(server, stale)
                return {server.api_key_header: self._decrypt(server, server.api_key_value)}
            case "custom_headers":
                self._must_be_fresh(server, stale)
                headers: dict[str, str] = orjson.loads(self._decrypt(server, server.custom_headers))
                return headers
            case "user_oidc":
                return await self._oidc_headers(server, owner_id, stale)
            case "oauth2":
                return _bearer(await self._access_tokens.of_user(server, owner_id, _token_of(stale)))
            case "client_credentials":
                return _bearer(await self._access_tokens.of_deployment(server, _token_of(stale)))
            case _:
                self._must_be_fresh(server, stale)
                return {}

    async def _oidc_headers(self, server: MCPServer, owner_id: uuid.UUID, stale: str | None) -> dict[str, str]:
        """The token that the company's provider gave for the owner."""
        if self._oidc is None:
            raise ToolServerUnavailable(server, "This deployment has no OpenID provider.")
        try:
            token = await self._oidc.access_token(owner_id, stale=_token_of(stale))
        except NoProviderToken as error:
            raise SignInRequired(server, f"Sign in by OpenID Connect to use {server.display_name}.") from error
        except ProviderUnavailable as error:
            raise ToolServerUnavailable(server, error.message) from error
        return _bearer(token)

    def _must_be_fresh(self, server: MCPServer, stale: str | None) -> None:
        if stale is not None:
            raise ToolServerUnavailable(server, "The server refuses the credentials that are configured for it.")

    def _decrypt(self, server: MCPServer, ciphertext: bytes | None) -> str:
        if ciphertext is None:
            raise ToolServerUnavailable(server, "Its credentials are not configured.")
        try:
            return self._secrets.decrypt(ciphertext)
        except SecretUnreadable as error:
            raise ToolServerUnavailable(server, "Its credentials cannot be decrypted.") from error


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _token_of(authorization: str | None) -> str | None:
    """The token of an `Authorization` value."""
    return None if authorization is None else authorization.rpartition(" ")[2]
