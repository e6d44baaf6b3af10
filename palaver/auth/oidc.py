"""Sign-in by an OpenID provider (authorization code with PKCE), and the provider's tokens of those who came that way.

An account belongs to (issuer, subject), never to an e-mail address: who merely has the address of an existing user
is refused. The provider's tokens are stored encrypted, for tools that are called in their owner's name.
"""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.authenticate import Authenticator
from palaver.auth.oidc_claims import Profile, read_profile, with_suffix
from palaver.auth.oidc_provider import OidcProvider, Tokens
from palaver.auth.oidc_sign_in import CALLBACK_PATH, SignIn, clear_cookie
from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.auth.sessions import create_session, login_cookies
from palaver.database import Database
from palaver.errors.identity import AccountSuspended, UserExists
from palaver.errors.oidc import (
    EmailBelongsToOther,
    FirstUserMissing,
    InvalidIdToken,
    InvalidLoginState,
    NoProviderToken,
    NotAnOidcUser,
    ProviderRefusedLogin,
    SignInRefused,
    SignUpsDisabled,
)
from palaver.identity import accounts, organizations, users
from palaver.identity import external_identities as identities
from palaver.identity.external_identities import StoredTokens
from palaver.identity.users import NewUser, UserRecord
from palaver.settings import Settings

if TYPE_CHECKING:
    from palaver.contract.context import Context

REFRESH_AHEAD: Final = dt.timedelta(seconds=60)
"""A token that ends sooner than this is refreshed before it is handed out."""

CONCURRENT_REFRESHES: Final = 2
"""Each holds a database connection while the provider answers; further ones of this process wait."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and the cookies it takes along."""

    location: str
    cookies: list[str]


class OidcLogin:
    """Sign-ins and tokens of one provider. One per process; needs no start, close it at the end."""

    def __init__(
        self, settings: Settings, database: Database, secrets: SecretBox, authenticator: Authenticator
    ) -> None:
        self.provider = OidcProvider(settings)
        self._settings = settings
        self._database = database
        self._secrets = secrets
        self._authenticator = authenticator
        self._refreshing: dict[uuid.UUID, asyncio.Task[str]] = {}
        self._slots = asyncio.Semaphore(CONCURRENT_REFRESHES)

    async def close(self) -> None:
        """Let refreshes in flight end, so that no new refresh token is lost, and close the connections."""
        await asyncio.gather(*self._refreshing.values(), return_exceptions=True)
        await self.provider.close()

    # ---- signing in ----

    async def begin(self, base_url: str, redirect: str) -> Departure:
        """Send the browser to the provider; afterwards it goes to `redirect`, a path of this server.

        Raises ProviderUnavailable.
        """
        sign_in = SignIn.begin(f"{base_url}{CALLBACK_PATH}", redirect)
        location = await self.provider.authorization_url(sign_in)
        return Departure(location, [sign_in.cookie(self._secrets, self._settings)])

    async def finish(
        self, ctx: "Context", *, cookie: str, state: str, code: str, error: str, error_description: str, issuer: str
    ) -> Departure:
        """Open a session for who comes back from the provider, in one transaction with the user's account.

        `issuer` is the answer's `iss`, empty when the provider sends none. Raises InvalidLoginState,
        ProviderRefusedLogin, CodeRefused, InvalidIdToken, ProviderUnavailable, SignInRefused and AccountSuspended.
        """
        sign_in = SignIn.resume(cookie, state, self._secrets)
        async with self._database.begin() as conn:
            expires_at = dt.datetime.fromtimestamp(sign_in.expires_at, dt.UTC)
            if not await identities.finish_sign_in(conn, sign_in.digest, expires_at):
                raise InvalidLoginState("The sign-in has been used.")
        await self.provider.check_issuer(issuer)
        if error:
            raise ProviderRefusedLogin(detail=" ".join((error_description or error).split())[:300])
        if not code:
            raise ProviderRefusedLogin(detail="It sent no code.")
        try:
            session = await self._enter(code, sign_in, ctx)
        except (SignInRefused, InvalidIdToken, AccountSuspended) as refusal:
            async with self._database.begin() as conn:
                details = {"login_type": "oidc", "reason": refusal.message}
                await audit.record(conn, None, "login_failed", "user", "", ctx, details)
            raise
        cookies = [*login_cookies(session, self._settings), clear_cookie(self._settings)]
        return Departure(sign_in.redirect, cookies)

    async def _enter(self, code: str, sign_in: SignIn, ctx: "Context") -> str:
        """The token of a new session for whom the code stands for."""
        tokens = await self.provider.exchange(code, sign_in)
        claims = await self.provider.claims(tokens, sign_in.nonce)
        profile = read_profile(claims, self._settings)
        try:
            return await self._open_session(profile, tokens, ctx)
        except UserExists:
            # Somebody took the username or the address at this very moment; now that is known.
            return await self._open_session(profile, tokens, ctx)

    async def _open_session(self, profile: Profile, tokens: Tokens, ctx: "Context") -> str:
        async with self._database.begin() as conn:
            await identities.lock_identity(conn, self.provider.issuer, profile.subject)
            user = await self._account(conn, profile, ctx)
            await identities.save_identity(conn, self.provider.issuer, profile.subject, user.id, self._encrypt(tokens))
            await self._follow_claims(conn, user, profile, ctx)
            await users.note_login(conn, user.id)
            session = await create_session(conn, user.id, self._settings, "oidc")
            await audit.record(conn, user.id, "login", "user", user.id, ctx, {"login_type": "oidc"})
        # Roles and groups may be others than a moment ago.
        self._authenticator.forget_user(user.id)
        return session

    async def _account(self, conn: AsyncConnection, profile: Profile, ctx: "Context") -> UserRecord:
        """The user who is this subject, made when there is none and sign-ups are on."""
        user_id = await identities.find_identity(conn, self.provider.issuer, profile.subject)
        user = None if user_id is None else await users.find_user(conn, user_id, lock=True)
        if user is None:
            return await self._sign_up(conn, profile, ctx)
        if user.login_type != "oidc":
            raise NotAnOidcUser(user.login_type)
        if user.status == "suspended":
            raise AccountSuspended
        return user

    async def _sign_up(self, conn: AsyncConnection, profile: Profile, ctx: "Context") -> UserRecord:
        if await identities.email_taken(conn, profile.email):
            raise EmailBelongsToOther
        if not await users.any_user(conn):
            raise FirstUserMissing
        if not self._settings.oidc_sign_ups:
            raise SignUpsDisabled
        username = profile.usernames[0]
        if await users.name_taken(conn, username, ""):
            username = with_suffix(username)
        user = await users.create_user(
            conn,
            NewUser(
                username=username,
                email=profile.email,
                name=profile.name,
                password_hash=None,
                login_type="oidc",
                status="active",
                roles=[],
                organization_ids=[await organizations.default_organization_id(conn)],
            ),
        )
        details = {"username": user.username, "login_type": "oidc"}
        await audit.record(conn, user.id, "create", "user", user.id, ctx, details)
        details = {"issuer": self.provider.issuer, "subject": profile.subject}
        await audit.record(conn, user.id, "link_identity", "user", user.id, ctx, details)
        return user

    async def _follow_claims(self, conn: AsyncConnection, user: UserRecord, profile: Profile, ctx: "Context") -> None:
        """What the provider decides about a user is so from this sign-in on."""
        # An address that meanwhile belongs to somebody else stays theirs.
        free = not await identities.email_taken(conn, profile.email, by_other_than=user.id)
        email = profile.email if free else user.email
        await identities.set_profile(conn, user.id, email, profile.name or user.name)
        if profile.roles is not None and set(profile.roles) != set(user.roles):
            roles = list(profile.roles)
            if "owner" in user.roles and "owner" not in roles and await accounts.is_last_owner(conn, user.id):
                # Claims that nobody had thought of must not leave the server without an owner.
                roles.append("owner")
            await users.set_site_roles(conn, user.id, roles)
            details: dict[str, Any] = {"before": user.roles, "after": roles, "by": "oidc"}
            await audit.record(conn, user.id, "change_roles", "user", user.id, ctx, details)
        if profile.groups is not None and await identities.set_groups(conn, user.id, profile.groups):
            details = {"groups": sorted(profile.groups)[:100], "by": "oidc"}
            await audit.record(conn, user.id, "update", "user", user.id, ctx, details)

    # ---- the provider's tokens ----

    async def access_token(self, user_id: uuid.UUID, *, stale: str | None = None) -> str:
        """A token of the provider that is good for another minute at least, refreshed if need be, and is not `stale`.

        Of any number of callers at once, in any number of processes, one refreshes: within a process they share a
        task, between processes they wait for the row. What the refresh gave is committed before it is used. Raises
        NoProviderToken and ProviderUnavailable.
        """
        async with self._database.connect() as conn:
            stored = await identities.read_tokens(conn, self.provider.issuer, user_id)
        if (token := self._usable(stored, stale)) is not None:
            return token
        task = self._refreshing.get(user_id)
        if task is None:
            task = asyncio.create_task(self._refresh(user_id, stale), name=f"oidc-refresh-{user_id}")
            self._refreshing[user_id] = task
            task.add_done_callback(lambda done: self._refreshed(user_id, done))
        # A caller that is cancelled must not undo a refresh: the provider has replaced the refresh token by then.
        return await asyncio.shield(task)

    def _refreshed(self, user_id: uuid.UUID, task: asyncio.Task[str]) -> None:
        del self._refreshing[user_id]
        if not task.cancelled():
            task.exception()  # seen, also when every caller has gone

    async def _refresh(self, user_id: uuid.UUID, stale: str | None) -> str:
        async with self._slots, self._database.begin() as conn:
            stored = await identities.read_tokens(conn, self.provider.issuer, user_id, lock=True)
            if (token := self._usable(stored, stale)) is not None:
                return token  # another process was faster
            if stored is None or stored.refresh_token is None:
                raise NoProviderToken
            refresh_token = self._decrypt(stored.refresh_token)
            tokens = await self.provider.refresh(refresh_token)
            fresh = self._encrypt(tokens, keep=stored.refresh_token)
            await identities.replace_tokens(conn, self.provider.issuer, user_id, fresh)
        return tokens.access_token

    def _usable(self, stored: StoredTokens | None, stale: str | None) -> str | None:
        if stored is None or stored.access_token is None:
            return None
        if stored.expires_at is not None and stored.expires_at <= dt.datetime.now(dt.UTC) + REFRESH_AHEAD:
            return None
        token = self._decrypt(stored.access_token)
        return None if token == stale else token

    def _decrypt(self, ciphertext: bytes) -> str:
        try:
            return self._secrets.decrypt(ciphertext)
        except SecretUnreadable as error:
            raise NoProviderToken from error

    def _encrypt(self, tokens: Tokens, *, keep: bytes | None = None) -> StoredTokens:
        """Tokens to store; `keep` is the refresh token that stays valid when the provider sends no new one."""
        expires_at = None
        if tokens.expires_in is not None:
            expires_at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=tokens.expires_in)
        refresh_token = self._secrets.encrypt(tokens.refresh_token) if tokens.refresh_token else keep
        return StoredTokens(self._secrets.encrypt(tokens.access_token), refresh_token, expires_at)
