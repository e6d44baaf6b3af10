"""Access tokens that are good now: renewed early and once, however many chats in however many processes ask.

Within a process those who ask share a task, between processes they wait for the token's row. What a renewal gave is
committed before anybody uses it: an authorization server that rotates refresh tokens takes each of them once.
"""

import asyncio
import datetime as dt
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import metrics
from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.configuration.mcp_servers import MCPServer
from palaver.database import Database
from palaver.errors.mcp_oauth import EndpointUnavailable, GrantRefused
from palaver.errors.tools import SignInRequired, ToolServerUnavailable
from palaver.tools.oauth import tokens
from palaver.tools.oauth.client import OAuthClient, TokenSet
from palaver.tools.oauth.http import TIMEOUT_SECONDS, OAuthHttp
from palaver.tools.oauth.tokens import Registration, StoredToken, TokenKey

EARLIEST_SECONDS: Final = 300.0
EARLIEST_SHARE: Final = 0.2
"""A token is renewed at most this long, and at most this share of its lifetime, before its end."""
CONCURRENT_RENEWALS: Final = 3
"""Each holds a database connection while an authorization server answers; further ones of this process wait."""
FAILURE_SECONDS: Final = 10.0
"""How long an endpoint that did not answer is left alone: it must not keep others' tokens from being renewed."""
HOLD_SECONDS: Final = TIMEOUT_SECONDS + 5.0
"""Longest time for which a token's row is held, and waited for: one request, and something for a busy process."""
_LOCK_NOT_AVAILABLE: Final = "55P03"

_log = structlog.get_logger(__name__)


class AccessTokens:
    """The tokens of all users and servers. One per process; needs no start, close it at the end."""

    def __init__(self, database: Database, secrets: SecretBox, http: OAuthHttp) -> None:
        self._database = database
        self._secrets = secrets
        self._http = http
        self._renewing: dict[TokenKey, asyncio.Task[str | None]] = {}
        self._slots = asyncio.Semaphore(CONCURRENT_RENEWALS)
        self._failures: dict[uuid.UUID, tuple[float, str]] = {}

    async def close(self) -> None:
        """Let renewals in flight end, so that no new refresh token is lost."""
        await asyncio.gather(*self._renewing.values(), return_exceptions=True)

    async def of_user(self, server: MCPServer, user_id: uuid.UUID, stale: str | None) -> str:
        """The user's token for a server, other than `stale`. Raises SignInRequired and ToolServerUnavailable."""
        return await self._token(server, TokenKey(server.id, user_id), stale)

    async def of_deployment(self, server: MCPServer, stale: str | None) -> str:
        """This deployment's own token for a server, other than `stale`. Raises ToolServerUnavailable."""
        return await self._token(server, TokenKey(server.id, None), stale)

    async def _token(self, server: MCPServer, key: TokenKey, stale: str | None) -> str:
        async with self._database.connect() as conn:
            stored = await tokens.read_token(conn, key)
        token = self._readable(server, stored, stale)
        if token is not None and not _is_due(stored):
            return token
        if key.user_id is not None and (stored is None or not stored.usable_by(server)):
            raise SignInRequired(server)
        try:
            renewed = await self._renewed(server, key, stale)
        except EndpointUnavailable as error:
            if token is not None and not _has_ended(stored):
                return token  # it was due, no more
            _log.warning("A token is not renewed.", action="mcp_token", server=server.slug, reason=str(error))
            raise ToolServerUnavailable(server, "Its authorization server does not work now.") from error
        if renewed is None:
            raise SignInRequired(server)
        if renewed == stale:
            raise ToolServerUnavailable(server, "The server refuses a token that has just been issued.")
        return renewed

    async def _renewed(self, server: MCPServer, key: TokenKey, stale: str | None) -> str | None:
        """A token that is not due; None when the user has to sign in. Raises EndpointUnavailable."""
        task = self._renewing.get(key)
        if task is None:
            task = asyncio.create_task(self._renew(server, key, stale), name=f"mcp-token-{server.slug}")
            self._renewing[key] = task
            task.add_done_callback(lambda done: self._done(key, done))
        # A caller that is cancelled must not undo a renewal: the refresh token has been used up by then.
        return await asyncio.shield(task)

    def _done(self, key: TokenKey, task: "asyncio.Task[str | None]") -> None:
        del self._renewing[key]
        if not task.cancelled():
            task.exception()  # seen, also when every caller has gone

    async def _renew(self, server: MCPServer, key: TokenKey, stale: str | None) -> str | None:
        async with self._slots:
            self._check_failure(server)
            try:
                async with self._database.begin() as conn:
                    return await self._renew_held(conn, server, key, stale)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                    raise
                raise EndpointUnavailable("Another process has asked it for long.") from error

    async def _renew_held(
        self, conn: AsyncConnection, server: MCPServer, key: TokenKey, stale: str | None
    ) -> str | None:
        digest = tokens.config_digest(server)
        stored = await tokens.hold_token(conn, key, digest, seconds=HOLD_SECONDS)
        token = self._readable(server, stored, stale)
        if token is not None and not _is_due(stored):
            return token  # somebody else was faster
        if key.user_id is not None and (stored is None or not stored.is_of(server)):
            return None  # ended meanwhile, or given anew for the server as it is now: not ours to erase
        client = self.client(server, await tokens.find_registration(conn, server.id))
        try:
            ask = self._how_to_renew(server, key, client, stored)
        except SecretUnreadable:
            return None  # left as it is: the key that opens it may come back
        try:
            fresh = None if ask is None else await self._asked(server, ask)
        except GrantRefused as error:
            _log.info("A token is not renewed any more.", action="mcp_token", server=server.slug, reason=str(error))
            if key.user_id is None:
                raise EndpointUnavailable(f"It refuses our credentials ({error}).") from error
            fresh = None
        if fresh is None:
            await tokens.refuse_token(conn, key)
            return None
        keep = None if stored is None else stored.refresh_token
        await tokens.save_token(conn, key, self.encrypted(server, fresh, keep=keep))
        return fresh.access_token

    async def _asked(self, server: MCPServer, ask: Callable[[], Awaitable[TokenSet]]) -> TokenSet:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                fresh = await ask()
        except (TimeoutError, EndpointUnavailable) as error:
            metrics.MCP_TOKENS.labels("failed").inc()
            reason, now = str(error) or "It did not answer in time.", time.monotonic()
            self._failures = {server_id: told for server_id, told in self._failures.items() if told[0] > now}
            self._failures[server.id] = (now + FAILURE_SECONDS, reason)
            raise EndpointUnavailable(reason) from error
        except GrantRefused:
            metrics.MCP_TOKENS.labels("refused").inc()
            raise
        metrics.MCP_TOKENS.labels("renewed").inc()
        return fresh

    def _check_failure(self, server: MCPServer) -> None:
        failure = self._failures.get(server.id)
        if failure is not None and failure[0] > time.monotonic():
            raise EndpointUnavailable(failure[1])

    def _how_to_renew(
        self, server: MCPServer, key: TokenKey, client: OAuthClient, stored: StoredToken | None
    ) -> Callable[[], Awaitable[TokenSet]] | None:
        """The request that renews a token; None where only its user can. Raises SecretUnreadable."""
        if key.user_id is None:
            return lambda: client.own_token(self._http)
        if stored is None or stored.refresh_token is None or not stored.usable_by(server):
            return None
        refresh_token = self._secrets.decrypt(stored.refresh_token)
        return lambda: client.refresh(self._http, refresh_token)

    # ---- between the wire and the rows ----

    def client(self, server: MCPServer, registration: Registration | None) -> OAuthClient:
        """This deployment as a client for a server. Raises EndpointUnavailable when its secret cannot be read."""
        try:
            secret = self._secrets.decrypt(server.oauth2_client_secret) if server.oauth2_client_secret else None
        except SecretUnreadable as error:
            raise EndpointUnavailable("The client's secret cannot be decrypted.") from error
        return OAuthClient(
            client_id=server.oauth2_client_id,
            client_secret=secret,
            auth_method="" if registration is None else registration.auth_method,
            token_url=server.oauth2_token_url,
            revocation_url=server.oauth2_revocation_url,
            scope=" ".join(server.oauth2_scopes.replace(",", " ").split()),
            resource="" if registration is None else registration.resource,
        )

    def encrypted(self, server: MCPServer, fresh: TokenSet, *, keep: bytes | None = None) -> StoredToken:
        """Tokens to store; `keep` is the refresh token that stays good when there is no new one."""
        refresh_token = self._secrets.encrypt(fresh.refresh_token) if fresh.refresh_token else keep
        renew_at = expires_at = None
        if fresh.expires_in is not None:
            expires_at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=fresh.expires_in)
            # Tokens that were given together, such as all of a working day's begin, are not renewed together.
            earliest = min(EARLIEST_SECONDS, fresh.expires_in * EARLIEST_SHARE)
            ahead = dt.timedelta(seconds=random.uniform(earliest / 2, earliest))  # noqa: S311 - no secret
            renew_at = expires_at - ahead if refresh_token or server.auth_type == "client_credentials" else None
        return StoredToken(
            tokens.config_digest(server), self._secrets.encrypt(fresh.access_token), refresh_token, renew_at, expires_at
        )

    def _readable(self, server: MCPServer, stored: StoredToken | None, stale: str | None) -> str | None:
        """The stored access token, whether it has ended or not; None for `stale`, and for one of another config."""
        if stored is None or stored.access_token is None or not stored.is_of(server):
            return None
        try:
            token = self._secrets.decrypt(stored.access_token)
        except SecretUnreadable:
            return None
        return None if token == stale else token


def _is_due(stored: StoredToken | None) -> bool:
    due = stored is not None and stored.renew_at is not None and stored.renew_at <= dt.datetime.now(dt.UTC)
    return due or _has_ended(stored)


def _has_ended(stored: StoredToken | None) -> bool:
    return stored is not None and stored.expires_at is not None and stored.expires_at <= dt.datetime.now(dt.UTC)
