"""One OAuth2 client at its token and revocation endpoints: codes, refresh tokens and its own credentials for tokens."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote_plus

from palaver.configuration.headers import is_header_value
from palaver.errors.mcp_oauth import EndpointUnavailable, GrantRefused
from palaver.tools.oauth.http import Answer, OAuthHttp

BASIC: Final = "client_secret_basic"
POST: Final = "client_secret_post"
NONE: Final = "none"

_MAX_TOKEN: Final = 16_384
_MAX_SECONDS: Final = 10 * 366 * 86_400
_NOT_OUR_CLIENT: Final = frozenset({"invalid_client", "unauthorized_client", "incorrect_client_credentials"})
_NOT_THE_GRANTS_FAULT: Final = _NOT_OUR_CLIENT | {"server_error", "temporarily_unavailable", "slow_down"}
"""Errors that tell of this deployment's config or of the server, so that another code or sign-in would not help."""


@dataclass(frozen=True, slots=True)
class TokenSet:
    """What a token endpoint gave; `expires_in` in seconds, None when it does not say."""

    access_token: str
    refresh_token: str | None
    expires_in: float | None


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """How we are known to one authorization server; `auth_method` is empty where nobody has told.

    `resource` (RFC 8707) names the MCP server, where discovery has found that.
    """

    client_id: str
    client_secret: str | None
    auth_method: str
    token_url: str
    revocation_url: str
    scope: str
    resource: str

    async def exchange(self, http: OAuthHttp, code: str, code_verifier: str, redirect_uri: str) -> TokenSet:
        """Tokens for an authorization code. Raises GrantRefused and EndpointUnavailable."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        return await self._tokens(http, {**form, "code_verifier": code_verifier})

    async def refresh(self, http: OAuthHttp, refresh_token: str) -> TokenSet:
        """New tokens; without a new refresh token the old one stays good. Raises GrantRefused, EndpointUnavailable."""
        return await self._tokens(http, {"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def own_token(self, http: OAuthHttp) -> TokenSet:
        """A token for the client itself. Raises GrantRefused and EndpointUnavailable."""
        form = {"grant_type": "client_credentials"}
        return await self._tokens(http, {**form, "scope": self.scope} if self.scope else form)

    async def revoke(self, http: OAuthHttp, token: str, kind: str) -> bool:
        """Whether the server has revoked a token (`access_token` or `refresh_token`). Raises EndpointUnavailable."""
        answer = await self._post(http, self.revocation_url, {"token": token, "token_type_hint": kind})
        if answer.status >= 500:
            raise EndpointUnavailable(f"It answered with status {answer.status}.")
        return answer.status == 200 and _error_of(answer) is None

    async def _tokens(self, http: OAuthHttp, form: Mapping[str, str]) -> TokenSet:
        resource = {"resource": self.resource} if self.resource else {}
        answer = await self._post(http, self.token_url, {**form, **resource})
        error = _error_of(answer)
        if answer.status in (400, 401, 403) or (answer.status == 200 and error is not None):
            if error is None or error in _NOT_THE_GRANTS_FAULT:
                raise EndpointUnavailable(f"It answered with status {answer.status}{_named(error)}.")
            raise GrantRefused(error)
        if not 200 <= answer.status < 300:
            raise EndpointUnavailable(f"It answered with status {answer.status}{_named(error)}.")
        return _read_tokens(answer.document or {})

    async def _post(self, http: OAuthHttp, url: str, form: Mapping[str, str]) -> Answer:
        """Post as this client. Where nobody has told how it authenticates, both ways are tried: neither uses up a grant
        when it is not taken."""
        method = self.auth_method or BASIC
        answer = await http.post_form(url, *self._authenticated(form, method))
        if not self.auth_method and self.client_secret and _error_of(answer) in _NOT_OUR_CLIENT:
            answer = await http.post_form(url, *self._authenticated(form, POST))
        return answer

    def _authenticated(self, form: Mapping[str, str], method: str) -> tuple[dict[str, str], dict[str, str]]:
        """The form and the headers with which the client says who it is."""
        if not self.client_secret or method == NONE:
            return {**form, "client_id": self.client_id}, {}
        if method == POST:
            return {**form, "client_id": self.client_id, "client_secret": self.client_secret}, {}
        # RFC 6749, section 2.3.1: both halves are form-encoded before they are joined.
        pair = f"{quote_plus(self.client_id)}:{quote_plus(self.client_secret)}"
        return dict(form), {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _read_tokens(document: Mapping[str, Any]) -> TokenSet:
    token, kind = document.get("access_token"), document.get("token_type", "Bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise EndpointUnavailable("Its token is no bearer token.")
    if not _is_token(token):
        raise EndpointUnavailable("Its answer has no usable token.")
    refresh_token, expires_in = document.get("refresh_token"), document.get("expires_in")
    if isinstance(expires_in, str) and expires_in.isdecimal():
        expires_in = int(expires_in)
    numeric = isinstance(expires_in, int | float) and not isinstance(expires_in, bool)
    return TokenSet(
        str(token),
        refresh_token if _is_token(refresh_token) else None,
        float(expires_in) if numeric and 0 <= expires_in < _MAX_SECONDS else None,  # type: ignore[operator, arg-type]
    )


def _is_token(value: object) -> bool:
    """Whether it can be sent as a token: visible ASCII, not endless."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= _MAX_TOKEN
        and value.isascii()
        and is_header_value(value)
        and not any(character.isspace() for character in value)
    )


def _error_of(answer: Answer) -> str | None:
    """The error code of an answer, cut to what a code may be."""
    error = (answer.document or {}).get("error")
    return " ".join(error.split())[:64] if isinstance(error, str) and error.strip() else None


def _named(error: str | None) -> str:
    return f" ({error})" if error else ""
