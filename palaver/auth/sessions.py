"""Keys in the database (sessions and long-lived tokens) and the cookies that carry them."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models.identity import ApiKey
from palaver.auth import tokens
from palaver.auth.allow_lists import EVERYTHING
from palaver.auth.csrf import CSRF_COOKIE, csrf_token
from palaver.settings import Settings

ALL_SCOPES: tuple[str, ...] = ("coder:all",)
COOKIE_MAX_AGE = 31_536_000

SessionLogin = Literal["password", "oidc", "github", "none"]


async def create_session(
    conn: AsyncConnection, user_id: UUID, settings: Settings, login_type: SessionLogin = "password"
) -> str:
    """Open a session as a login does: a sliding key with every scope. Returns the full token, the only time it is
    known; the caller commits."""
    lifetime = dt.timedelta(hours=settings.session_lifetime_hours)
    return await _create_key(conn, user_id, login_type, lifetime, ALL_SCOPES, "")


async def create_token(
    conn: AsyncConnection,
    user_id: UUID,
    name: str,
    lifetime: dt.timedelta,
    scopes: Sequence[str] = ALL_SCOPES,
    allow_list: Sequence[str] = (EVERYTHING,),
) -> str:
    """Make a long-lived token (its expiry never slides); `scopes` in stored form. Returns the full token.

    Raises SQLAlchemy's IntegrityError on constraint `uq_api_keys_token_name` when the user has a token of that name.
    """
    return await _create_key(conn, user_id, "token", lifetime, scopes, name, allow_list)


async def delete_key(conn: AsyncConnection, key_id: str) -> bool:
    """Delete a key; False when there was none. After the commit tell `Authenticator.forget_key`."""
    deleted = await conn.execute(delete(ApiKey).where(ApiKey.id == key_id).returning(ApiKey.id))
    return deleted.first() is not None


async def delete_keys_of(conn: AsyncConnection, user_id: UUID) -> None:
    """Delete every key of a user (password changed, user deleted). Afterwards: `Authenticator.forget_user`."""
    await conn.execute(delete(ApiKey).where(ApiKey.user_id == user_id))


async def _create_key(
    conn: AsyncConnection,
    user_id: UUID,
    login_type: str,
    lifetime: dt.timedelta,
    scopes: Sequence[str],
    name: str,
    allow_list: Sequence[str] = (EVERYTHING,),
) -> str:
    token = tokens.mint()
    now = dt.datetime.now(dt.UTC)
    await conn.execute(
        insert(ApiKey).values(
            id=token.id,
            user_id=user_id,
            hashed_secret=token.hashed_secret,
            login_type=login_type,
            scopes=list(scopes),
            allow_list=list(allow_list),
            token_name=name,
            lifetime_seconds=int(lifetime.total_seconds()),
            expires_at=now + lifetime,
            last_used=now,
        )
    )
    return token.text


def login_cookies(token: str, settings: Settings) -> list[str]:
    """The `Set-Cookie` values of a login: the session, and the proof that scripts of this origin send with it."""
    return [session_cookie(token, settings), csrf_cookie(token, settings)]


def logout_cookies(settings: Settings) -> list[str]:
    """The `Set-Cookie` values that take both from a browser."""
    return [clear_session_cookie(settings), clear_csrf_cookie(settings)]


def session_cookie(token: str, settings: Settings) -> str:
    """The `Set-Cookie` value that hands a browser its session; scripts cannot read it."""
    return f"{tokens.SESSION_COOKIE}={token}; Path=/; Max-Age={COOKIE_MAX_AGE}; HttpOnly{cookie_flags(settings)}"


def clear_session_cookie(settings: Settings) -> str:
    """The `Set-Cookie` value that takes the session from a browser."""
    return f"{tokens.SESSION_COOKIE}=; Path=/; Max-Age=-1; HttpOnly{cookie_flags(settings)}"


def csrf_cookie(token: str, settings: Settings) -> str:
    """The `Set-Cookie` value with the session's `X-CSRF-TOKEN`; scripts of this origin may read it."""
    return f"{CSRF_COOKIE}={csrf_token(token)}; Path=/; Max-Age={COOKIE_MAX_AGE}{cookie_flags(settings)}"


def clear_csrf_cookie(settings: Settings) -> str:
    """The `Set-Cookie` value that takes the CSRF token from a browser."""
    return f"{CSRF_COOKIE}=; Path=/; Max-Age=-1{cookie_flags(settings)}"


def cookie_flags(settings: Settings) -> str:
    """The end of every `Set-Cookie` value: sent along when another site links here, not with its forms and scripts."""
    return "; SameSite=Lax; Secure" if settings.cookies_are_secure else "; SameSite=Lax"
