"""Users' connections to MCP servers: begin one at the authorization server, finish it, end it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth import tokens as session_tokens
from palaver.auth.actor import Actor
from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.configuration.mcp_servers import MCPServer, find_mcp_server
from palaver.configuration.urls import parse_url
from palaver.database import Database, refusing
from palaver.errors import NotFound
from palaver.errors.mcp_oauth import (
    AuthorizationUrlMissing,
    CodeExchangeFailed,
    EndpointUnavailable,
    GrantRefused,
    InvalidOAuth2State,
)
from palaver.identity.accounts import hold_account
from palaver.identity.external_identities import finish_sign_in
from palaver.outgoing import OutgoingPolicy
from palaver.settings import Settings
from palaver.tools.oauth import tokens
from palaver.tools.oauth.access_tokens import AccessTokens
from palaver.tools.oauth.client import OAuthClient, TokenSet
from palaver.tools.oauth.discovery import Discovered, discover
from palaver.tools.oauth.http import OAuthHttp
from palaver.tools.oauth.sign_in import SignIn, callback_path, clear_cookies, state_cookie, verifier_cookie
from palaver.tools.oauth.tokens import StoredToken, TokenKey

if TYPE_CHECKING:
    from palaver.contract.context import Context

REVOCATION_REFUSED: Final = "The OAuth provider rejected the revocation request."
REVOCATION_FAILED: Final = "The OAuth provider could not be asked to revoke the token."

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and the cookies it takes along."""

    location: str
    cookies: list[str]


@dataclass(frozen=True, slots=True)
class Disconnection:
    """Whether the authorization server has confirmed that the token is worthless now, and if not, why."""

    revoked: bool
    error: str = ""


class Connections:
    """The connections of all users. One per process; needs no start, close it at the end.

    `access_tokens` are the tokens that they give.
    """

    def __init__(self, settings: Settings, database: Database, secrets: SecretBox) -> None:
        self._settings = settings
        self._database = database
        self._secrets = secrets
        self._http = OAuthHttp(OutgoingPolicy.of(settings))
        self.access_tokens = AccessTokens(database, secrets, self._http)

    async def close(self) -> None:
        """Let renewals in flight end and close the connections."""
        await self.access_tokens.close()
        await self._http.close()

    async def discover(self, server_id: uuid.UUID, server_url: str, scopes: str, base_url: str) -> Discovered:
        """A client for a server that is about to be created. Raises DiscoveryFailed."""
        return await discover(self._http, server_url, f"{base_url}{callback_path(server_id)}", scopes)

    async def begin(self, server: MCPServer, user: Actor, base_url: str) -> Departure:
        """Send the user's browser to the authorization server. Raises AuthorizationUrlMissing."""
        url = parse_url(server.oauth2_auth_url)
        if url is None:
            raise AuthorizationUrlMissing
        sign_in = SignIn.begin(server.id, user, base_url)
        async with self._database.connect() as conn:
            registration = await tokens.find_registration(conn, server.id)
        scope = " ".join(server.oauth2_scopes.replace(",", " ").split())
        query = {
            "response_type": "code",
            "client_id": server.oauth2_client_id,
            "redirect_uri": sign_in.redirect_uri,
            "state": sign_in.state,
            "code_challenge": sign_in.code_challenge,
            "code_challenge_method": "S256",
        }
        if scope:
            query["scope"] = scope
        if "offline_access" in scope.split():
            # OpenID Connect Core, section 11: tokens for when the person is away are asked for with its consent.
            query["prompt"] = "consent"
        if registration is not None and registration.resource:
            query["resource"] = registration.resource
        # What the address has in its query stays there: some servers want parameters of their own.
        joined = "&".join(filter(None, (url.query, urlencode(query))))
        location = url._replace(query=joined, fragment="").geturl()
        return Departure(location, sign_in.cookies(self._secrets, self._settings))

    async def finish(self, ctx: "Context", server: MCPServer, state: str, code: str) -> list[str]:
        """Store the tokens of the user who comes back; the cookies to answer.

        Raises InvalidOAuth2State, CodeExchangeFailed, and NotFound when the user or the server has just gone.
        """
        cookie_state = session_tokens.cookie(ctx.headers, state_cookie(server.id))
        box = session_tokens.cookie(ctx.headers, verifier_cookie(server.id))
        sign_in = SignIn.resume(server.id, ctx.user, state, cookie_state, box, self._secrets)
        async with self._database.begin() as conn:
            if not await finish_sign_in(conn, sign_in.digest, dt.datetime.fromtimestamp(sign_in.expires_at, dt.UTC)):
                raise InvalidOAuth2State
            registration = await tokens.find_registration(conn, server.id)
        try:
            client = self.access_tokens.client(server, registration)
            fresh = await client.exchange(self._http, code, sign_in.code_verifier, sign_in.redirect_uri)
        except (EndpointUnavailable, GrantRefused) as error:
            _log.warning("A code was not exchanged.", action="mcp_oauth2", server=server.slug, reason=str(error))
            raise CodeExchangeFailed from error
        await self._store(ctx, server, fresh)
        return clear_cookies(server.id, self._settings)

    async def _store(self, ctx: "Context", server: MCPServer, fresh: TokenSet) -> None:
        key = TokenKey(server.id, ctx.user.user_id)
        with refusing(fk_mcp_user_tokens_server_id=NotFound()):
            async with self._database.begin() as conn:
                if not await hold_account(conn, ctx.user.user_id):
                    raise NotFound
                await tokens.save_token(conn, key, self.access_tokens.encrypted(server, fresh))
                await _record(ctx, conn, server.id, "stored")

    async def end(self, ctx: "Context", server_id: uuid.UUID) -> Disconnection:
        """Erase the user's token, whatever happens then, and ask the authorization server to revoke it."""
        async with self._database.begin() as conn:
            server = await find_mcp_server(conn, server_id)
            registration = await tokens.find_registration(conn, server_id)
            stored = await tokens.take_token(conn, TokenKey(server_id, ctx.user.user_id))
            await _record(ctx, conn, server_id, "erased")
        # A token of another config was given by somebody else than who would be asked now.
        if server is None or stored is None or not stored.is_of(server) or not server.oauth2_revocation_url:
            return Disconnection(revoked=False)
        try:
            client = self.access_tokens.client(server, registration)
            return await self._revoke(client, stored)
        except (EndpointUnavailable, SecretUnreadable) as error:
            _log.warning("A token was not revoked.", action="mcp_oauth2", server=server.slug, reason=str(error))
            return Disconnection(revoked=False, error=REVOCATION_FAILED)

    async def _revoke(self, client: OAuthClient, stored: StoredToken) -> Disconnection:
        """Revoke the refresh token, which ends the grant, then the access token; the first one tells."""
        kinds = {"refresh_token": stored.refresh_token, "access_token": stored.access_token}
        answers = [
            await client.revoke(self._http, self._secrets.decrypt(ciphertext), kind)
            for kind, ciphertext in kinds.items()
            if ciphertext is not None
        ]
        if not answers:
            return Disconnection(revoked=False)
        return Disconnection(answers[0], "" if answers[0] else REVOCATION_REFUSED)


async def _record(ctx: "Context", conn: AsyncConnection, server_id: uuid.UUID, what: str) -> None:
    told = {"mcp_oauth2_token": what, "mcp_server_id": str(server_id)}
    await audit.record(conn, ctx.user.user_id, "update", "user", ctx.user.user_id, ctx, told)
