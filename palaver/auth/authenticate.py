"""From a presented token to an Actor: the checks of contract/README.md "Session token" with a short memory.

An actor is remembered for at most `CACHE_SECONDS`, so a change made by another process (a revoked key, a new role)
is seen within that time, whatever happens. Sooner, mostly at once: whoever changes something calls `forget_*`, which
drops it here and tells the others, who `drop_*` it.
"""

import datetime as dt
import hmac
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from uuid import UUID

import structlog
from sqlalchemy import Row, bindparam, case, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from models.identity import ApiKey, GroupMember, Organization, OrganizationMember, User
from palaver.auth import tokens
from palaver.auth.actor import Actor
from palaver.auth.allow_lists import EVERYTHING
from palaver.auth.tokens import MalformedToken, PresentedToken
from palaver.database import Database
from palaver.errors.auth import (
    AuthenticationFault,
    TokenExpired,
    TokenMalformed,
    TokenMissing,
    TokenSecretWrong,
    TokenUnknown,
    UserSuspended,
)
from palaver.settings import Settings

CACHE_SECONDS = 5.0
"""Age at which what is remembered is read anew, counted from the beginning of its reading."""
CACHE_ENTRIES = 10_000
LAST_USED_GRANULARITY = dt.timedelta(hours=1)
REFRESH_SLACK = dt.timedelta(hours=1)

_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]+")

_log = structlog.get_logger(__name__)

# Beside the memberships, not joined to them: groups would multiply the rows.
_GROUPS = (
    select(func.array_agg(GroupMember.group_id))
    .where(GroupMember.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
    .label("group_ids")
)

_LOAD = (
    select(
        ApiKey.id,
        ApiKey.hashed_secret,
        ApiKey.login_type.label("key_type"),
        ApiKey.scopes,
        ApiKey.allow_list,
        ApiKey.lifetime_seconds,
        ApiKey.expires_at,
        ApiKey.last_used,
        User.id.label("user_id"),
        User.username,
        User.name,
        User.email,
        User.status,
        User.login_type,
        User.roles,
        OrganizationMember.organization_id,
        OrganizationMember.roles.label("member_roles"),
        Organization.default_member_roles,
        _GROUPS,
    )
    .join(User, User.id == ApiKey.user_id)
    .outerjoin(OrganizationMember, OrganizationMember.user_id == User.id)
    .outerjoin(Organization, Organization.id == OrganizationMember.organization_id)
    .where(ApiKey.id == bindparam("key_id"), ~User.deleted)
)


@dataclass(frozen=True, slots=True)
class _Remembered:
    actor: Actor
    hashed_secret: bytes
    until: float
    """On the authenticator's clock; never later than the key's expiry."""


Tell: TypeAlias = Callable[[Literal["user", "key", "everyone"], str], None]
"""Called with what other processes have to drop: a user by its id, a key by its id, everyone ("")."""


class Authenticator:
    """The only way to an Actor. One per process; needs no start and no stop.

    `tell` passes on what is to be dropped by other processes; `clock` counts seconds and only grows.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        tell: Tell = lambda _kind, _key: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._database = database
        self._tell = tell
        self._clock = clock
        self._remembered: dict[str, _Remembered] = {}
        self._keys_of: dict[UUID, set[str]] = {}
        # Counts invalidations: what was read before one must not be remembered after it.
        self._epoch = 0

    async def authenticate(self, presented: PresentedToken) -> Actor:
        """The caller behind a token; no statement when the key was seen in the last few seconds.

        Otherwise one, and a short transaction when something has to be written: a session key's expiry slides,
        `last_used` is noted once an hour, a dormant user becomes active. Raises the 401s of palaver.errors.auth, in
        the wire's order, and AuthenticationFault when the database fails.
        """
        token = presented.token
        known = self._remembered.get(token[: tokens.ID_LENGTH])
        if (
            known is not None
            and self._clock() < known.until
            and token[tokens.ID_LENGTH : tokens.ID_LENGTH + 1] == "-"
            and hmac.compare_digest(tokens.hash_secret(token[tokens.ID_LENGTH + 1 :]), known.hashed_secret)
        ):
            return known.actor
        return await self._authenticate_by_database(presented)

    async def current(self, actor: Actor) -> Actor | None:
        """The actor of the same key as of now, at most `CACHE_SECONDS` old; None once key or user is out of use.

        For what outlives its request, such as a stream; it is no use of the key, so nothing slides. Raises
        AuthenticationFault when the database fails.
        """
        known = self._remembered.get(actor.key_id)
        if known is not None and self._clock() < known.until:
            return known.actor
        epoch, asked = self._epoch, self._clock()
        rows = await self._load(actor.key_id)
        now = dt.datetime.now(dt.UTC)
        if not rows or rows[0].expires_at <= now or rows[0].status == "suspended":
            return None
        fresh = _actor(rows)
        if epoch == self._epoch:
            self._remember(fresh, rows[0].hashed_secret, asked, (rows[0].expires_at - now).total_seconds())
        return fresh

    def forget_user(self, user_id: UUID) -> None:
        """Forget a user everywhere: call it after a commit that changes status, roles or memberships."""
        self.drop_user(user_id)
        self._tell("user", str(user_id))

    def forget_key(self, key_id: str) -> None:
        """Forget a key everywhere: call it after a commit that deletes or expires the key."""
        self.drop_key(key_id)
        self._tell("key", key_id)

    def forget_all(self) -> None:
        """Forget everybody everywhere: for changes that touch many users, such as an organization's default roles."""
        self.drop_all()
        self._tell("everyone", "")

    def drop_user(self, user_id: UUID) -> None:
        """Drop what is remembered here of a user."""
        self._epoch += 1
        for key_id in self._keys_of.pop(user_id, ()):
            self._remembered.pop(key_id, None)

    def drop_key(self, key_id: str) -> None:
        """Drop what is remembered here of a key."""
        self._epoch += 1
        self._drop(key_id)

    def drop_all(self) -> None:
        """Drop everything that is remembered here."""
        self._epoch += 1
        self._remembered.clear()
        self._keys_of.clear()

    def base_url(self, host: str = "") -> str:
        """The server's public address without a trailing slash: by setting, else by the request's `Host`."""
        if self._settings.access_url:
            return self._settings.access_url.rstrip("/")
        # The host comes from the caller and ends up in a header: anything unusual is not repeated.
        return f"http://{host}" if _HOST.fullmatch(host) else f"http://{self._settings.host}:{self._settings.port}"

    async def _authenticate_by_database(self, presented: PresentedToken) -> Actor:
        base_url = self.base_url(presented.host)
        if not presented.token:
            raise TokenMissing(base_url)
        try:
            key_id, secret = tokens.parse(presented.token)
        except MalformedToken as error:
            raise TokenMalformed(base_url, str(error)) from None
        if not (key_id.isascii() and key_id.isalnum()):
            # No key has such an id, and PostgreSQL cannot be asked about some of them (U+0000).
            raise TokenUnknown(base_url)
        if (known := self._remembered.get(key_id)) is not None and self._clock() < known.until:
            # Its secret is another one, or `authenticate` had let it pass: guessing costs no statement.
            raise TokenSecretWrong(base_url)
        epoch, asked = self._epoch, self._clock()
        rows = await self._load(key_id)
        if not rows:
            raise TokenUnknown(base_url)
        key = rows[0]
        if not hmac.compare_digest(tokens.hash_secret(secret), key.hashed_secret):
            raise TokenSecretWrong(base_url)
        now = dt.datetime.now(dt.UTC)
        if key.expires_at <= now:
            raise TokenExpired(base_url, key.expires_at)
        if key.status == "suspended":
            raise UserSuspended(base_url, key.status)
        try:
            expires_at = await self._note_use(key, now)
        except (SQLAlchemyError, OSError) as error:
            _log.exception("A key's use could not be noted.", action="authenticate", key_id=key_id)
            raise AuthenticationFault from error
        actor = _actor(rows)
        if epoch == self._epoch:
            self._remember(actor, key.hashed_secret, asked, (expires_at - now).total_seconds())
        return actor

    async def _load(self, key_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
        """The key with its user, a row per membership; none when there is no such key."""
        try:
            async with self._database.connect() as conn:
                return (await conn.execute(_LOAD, {"key_id": key_id})).all()
        except (SQLAlchemyError, OSError) as error:
            _log.exception("A token could not be checked.", action="authenticate")
            raise AuthenticationFault from error

    async def _note_use(self, key: Row[*tuple[Any, ...]], now: dt.datetime) -> dt.datetime:
        """Write what this use changes, if anything; returns the key's expiry."""
        expires_at: dt.datetime = key.expires_at
        lifetime = dt.timedelta(seconds=key.lifetime_seconds)
        slides = self._settings.session_refresh and key.key_type != "token"
        refresh = slides and expires_at - now <= lifetime - REFRESH_SLACK
        note = now - key.last_used >= LAST_USED_GRANULARITY
        if not (refresh or note or key.status == "dormant"):
            return expires_at
        if refresh:
            expires_at = now + lifetime
        async with self._database.begin() as conn:
            if refresh or note:
                # greatest(): of two requests at once, the slower one must not turn the clock back. A key that was
                # expired by hand in the meantime stays expired.
                await conn.execute(
                    update(ApiKey)
                    .where(ApiKey.id == key.id, ApiKey.expires_at > now)
                    .values(
                        last_used=func.greatest(ApiKey.last_used, now),
                        expires_at=func.greatest(ApiKey.expires_at, expires_at),
                        updated_at=now,
                    )
                )
            await conn.execute(
                update(User)
                .where(User.id == key.user_id)
                .values(last_seen_at=now, status=case((User.status == "dormant", "active"), else_=User.status))
            )
        return expires_at

    def _remember(self, actor: Actor, hashed_secret: bytes, asked: float, remaining_seconds: float) -> None:
        self._drop(actor.key_id)
        while len(self._remembered) >= CACHE_ENTRIES:
            self._drop(next(iter(self._remembered)))
        until = min(asked + CACHE_SECONDS, self._clock() + remaining_seconds)
        self._remembered[actor.key_id] = _Remembered(actor, hashed_secret, until)
        self._keys_of.setdefault(actor.user_id, set()).add(actor.key_id)

    def _drop(self, key_id: str) -> None:
        known = self._remembered.pop(key_id, None)
        if known is None:
            return
        keys = self._keys_of.get(known.actor.user_id)
        if keys is not None:
            keys.discard(key_id)
            if not keys:
                del self._keys_of[known.actor.user_id]


def _actor(rows: Any) -> Actor:
    key = rows[0]
    organizations = {
        row.organization_id: frozenset(row.member_roles) | frozenset(row.default_member_roles) | {"organization-member"}
        for row in rows
        if row.organization_id is not None
    }
    return Actor(
        user_id=key.user_id,
        username=key.username,
        name=key.name,
        email=key.email,
        status="active",  # suspended users do not come this far, dormant ones have just been woken
        login_type=key.login_type,
        roles=frozenset(key.roles) | {"member"},
        organizations=organizations,
        groups=frozenset(organizations).union(key.group_ids or ()),
        key_id=key.id,
        scopes=frozenset(key.scopes),
        allow_list=None if EVERYTHING in key.allow_list else frozenset(key.allow_list),
    )
