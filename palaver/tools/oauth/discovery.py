"""From the URL of an MCP server to a client registered at its authorization server, without anything typed in.

The server names its authorization server (RFC 9728), which describes itself (RFC 8414, or OpenID Connect Discovery)
and takes us as a new client (RFC 7591). What any of them says is believed as far as the standards ask for: the resource
is the server that was asked, the issuer the one that was named, and PKCE with S256 is supported.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult

from palaver.configuration.urls import is_loopback, parse_url
from palaver.errors.mcp_oauth import DiscoveryFailed, EndpointUnavailable
from palaver.tools.oauth.client import BASIC, NONE, POST
from palaver.tools.oauth.http import OAuthHttp
from palaver.tools.oauth.tokens import Registration

DISCOVERY_SECONDS: Final = 30.0

_RESOURCE: Final = "/.well-known/oauth-protected-resource"
_SERVER: Final = "/.well-known/oauth-authorization-server"
_OPENID: Final = "/.well-known/openid-configuration"
_CHALLENGE: Final = r'\b{name}=(?:"([^"]*)"|([^\s,"]+))'
_MAX_TEXT: Final = 4096
_TEXT: Final = re.compile(rf"[!-~]{{1,{_MAX_TEXT}}}")


@dataclass(frozen=True, slots=True)
class Discovered:
    """A client that an authorization server knows, and where it does what; `client_secret` in clear."""

    client_id: str
    client_secret: str
    auth_url: str
    token_url: str
    revocation_url: str
    scopes: str
    registration: Registration

    def columns(self) -> dict[str, str]:
        """The config's columns that it fills in."""
        return {
            "oauth2_client_id": self.client_id,
            "oauth2_client_secret": self.client_secret,
            "oauth2_auth_url": self.auth_url,
            "oauth2_token_url": self.token_url,
            "oauth2_revocation_url": self.revocation_url,
            "oauth2_scopes": self.scopes,
        }


async def discover(http: OAuthHttp, server_url: str, redirect_uri: str, scopes: str) -> Discovered:
    """Find the authorization server and register there; `scopes` as configured, empty for what the server asks for.

    Raises DiscoveryFailed, after half a minute at the latest.
    """
    try:
        async with asyncio.timeout(DISCOVERY_SECONDS):
            return await _Discovery(http, server_url, redirect_uri, scopes).run()
    except TimeoutError as error:
        raise DiscoveryFailed("It took too long.") from error


class _Discovery:
    """One search, from a server's URL on."""

    def __init__(self, http: OAuthHttp, server_url: str, redirect_uri: str, scopes: str) -> None:
        url = parse_url(server_url)
        if url is None:
            raise DiscoveryFailed("The server's address is no URL.")
        self._http = http
        self._url = url
        self._redirect_uri = redirect_uri
        self._scopes = " ".join(scopes.replace(",", " ").split())

    async def run(self) -> Discovered:
        resource, issuer, asked = await self._resource()
        metadata = await self._metadata(issuer)
        auth_url, token_url, registration_url = (
            self._endpoint(metadata, f"{name}_endpoint") for name in ("authorization", "token", "registration")
        )
        scopes = self._scopes or _with_offline_access(asked, metadata)
        client = await self._register(registration_url, metadata, scopes)
        return Discovered(
            client_id=client["client_id"],
            client_secret=client["client_secret"],
            auth_url=auth_url,
            token_url=token_url,
            revocation_url=self._revocation_url(metadata),
            scopes=scopes,
            registration=Registration(_text(metadata.get("issuer")), resource, client["token_endpoint_auth_method"]),
        )

    # ---- RFC 9728 ----

    async def _resource(self) -> tuple[str, str, str]:
        """The resource as the server calls itself, its authorization server, and the scopes that it asks for.

        A server of an earlier version of MCP says nothing about itself: its origin is its authorization server.
        """
        challenge = await self._challenge()
        named = _of_challenge(challenge, "resource_metadata")
        for url in dict.fromkeys([named, *_well_known(self._url, _RESOURCE)]):
            document = await self._document(url) if url else None
            if document is None:
                continue
            resource, servers = _text(document.get("resource")), document.get("authorization_servers")
            if not self._is_ours(resource):
                raise DiscoveryFailed(f"The protected resource metadata at {url} are about another resource.")
            if not isinstance(servers, list) or not servers or parse_url(_text(servers[0])) is None:
                raise DiscoveryFailed(f"The protected resource metadata at {url} name no authorization server.")
            scopes = _of_challenge(challenge, "scope") or _joined(document.get("scopes_supported"))
            return resource, _text(servers[0]), scopes
        return "", _origin(self._url), _of_challenge(challenge, "scope")

    async def _challenge(self) -> str:
        """What the server says to who comes without a token."""
        try:
            answer = await self._http.get(self._url.geturl(), head_only=True)
        except EndpointUnavailable as error:
            raise DiscoveryFailed(f"The MCP server cannot be asked. {error}") from error
        return answer.headers.get("www-authenticate", "") if answer.status in (401, 403) else ""

    def _is_ours(self, resource: str) -> bool:
        """Whether the resource is the server, or a part of its site that the server is in."""
        url = parse_url(resource)
        if url is None or _origin(url) != _origin(self._url):
            return False
        return f"{self._url.path.rstrip('/')}/".startswith(f"{url.path.rstrip('/')}/")

    # ---- RFC 8414 ----

    async def _metadata(self, issuer: str) -> Mapping[str, Any]:
        url = parse_url(issuer)
        if url is None:
            raise DiscoveryFailed("The authorization server's address is no URL.")
        path = url.path.rstrip("/")
        for place in dict.fromkeys([_SERVER + path, _OPENID + path, path + _OPENID]):
            found = await self._document(_origin(url) + place)
            if found is None:
                continue
            if _text(found.get("issuer")).rstrip("/") != issuer.rstrip("/"):
                raise DiscoveryFailed(f"The metadata of {issuer} name another issuer.")
            if "S256" not in _joined(found.get("code_challenge_methods_supported")).split():
                raise DiscoveryFailed(f"{issuer} does not support PKCE with S256.")
            return found
        raise DiscoveryFailed(f"{issuer} has no authorization server metadata.")

    def _endpoint(self, metadata: Mapping[str, Any], name: str) -> str:
        url = self._usable(metadata.get(name))
        if url is None:
            raise DiscoveryFailed(f"The authorization server's metadata have no usable {name}.")
        return url

    def _usable(self, value: object) -> str | None:
        """A URL that secrets may be sent to: over TLS, unless the MCP server itself does without or is on this
        machine."""
        url = parse_url(_text(value))
        if url is None or (url.scheme != "https" and self._url.scheme == "https" and not is_loopback(url)):
            return None
        return url.geturl()

    def _revocation_url(self, metadata: Mapping[str, Any]) -> str:
        """Where tokens are revoked; empty where the server cannot, or not over TLS."""
        url = parse_url(_text(metadata.get("revocation_endpoint")))
        return "" if url is None or (url.scheme != "https" and not is_loopback(url)) else url.geturl()

    # ---- RFC 7591 ----

    async def _register(self, endpoint: str, metadata: Mapping[str, Any], scopes: str) -> dict[str, str]:
        listed = metadata.get("token_endpoint_auth_methods_supported", [BASIC])
        supported = listed if isinstance(listed, list) else [BASIC]
        method = next((each for each in (BASIC, POST, NONE) if each in supported), BASIC)
        wanted = {
            "client_name": "Palaver",
            "redirect_uris": [self._redirect_uri],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "token_endpoint_auth_method": method,
            **({"scope": scopes} if scopes else {}),
        }
        try:
            answer = await self._http.post_json(endpoint, wanted)
        except EndpointUnavailable as error:
            raise DiscoveryFailed(f"The client could not be registered. {error}") from error
        client = answer.document or {}
        if answer.status not in (200, 201) or not _text(client.get("client_id")):
            raise DiscoveryFailed(f"The client could not be registered: status {answer.status}.")
        return {
            "client_id": _text(client["client_id"]),
            "client_secret": _text(client.get("client_secret")),
            "token_endpoint_auth_method": _text(client.get("token_endpoint_auth_method")) or method,
        }

    async def _document(self, url: str) -> dict[str, Any] | None:
        """A JSON object, None where there is none. What cannot be asked at all is not there either."""
        try:
            answer = await self._http.get(url)
        except EndpointUnavailable:
            return None
        return answer.document if answer.status == 200 else None


def _well_known(url: SplitResult, suffix: str) -> Iterator[str]:
    """Where a document about a URL is: for its path, then for the whole site."""
    if path := url.path.rstrip("/"):
        yield f"{_origin(url)}{suffix}{path}"
    yield f"{_origin(url)}{suffix}"


def _origin(url: SplitResult) -> str:
    return f"{url.scheme}://{url.netloc.rpartition('@')[2].lower()}"


def _of_challenge(challenge: str, name: str) -> str:
    """A parameter of a `WWW-Authenticate` value, empty when it is not there."""
    found = re.search(_CHALLENGE.format(name=name), challenge[:_MAX_TEXT])
    return "" if found is None else (found[1] or found[2] or "")


def _with_offline_access(scopes: str, metadata: Mapping[str, Any]) -> str:
    """The scopes, and the one that gives refresh tokens where the server has it."""
    named = scopes.split()
    if "offline_access" in _joined(metadata.get("scopes_supported")).split() and "offline_access" not in named:
        named.append("offline_access")
    return " ".join(named)


def _joined(value: object) -> str:
    """A list of words as one text."""
    words = [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
    return " ".join(words)[:_MAX_TEXT]


def _text(value: object) -> str:
    """A text as URLs, ids and secrets are: visible ASCII of a bounded length; empty for anything else."""
    return value if isinstance(value, str) and _TEXT.fullmatch(value) else ""
