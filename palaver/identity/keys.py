"""The keys of users as rows: sessions and tokens. What they are worth is decided by palaver.auth."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final, get_args

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ApiKey, User
from palaver.auth import sessions
from palaver.auth.allow_lists import EVERYTHING
from palaver.auth.policy import Action
from palaver.database import refusing
from palaver.errors.keys import LifetimeTooLong, TokenNameTaken, UnknownScope
from palaver.settings import Settings

DEFAULT_LIFETIME: Final = dt.timedelta(hours=168)

_STORED_SCOPES: Final[Mapping[str, str]] = {
    "all": "coder:all",
    "application_connect": "coder:application_connect",
}
_ACTIONS: Final = frozenset(action for action in get_args(Action) if not action.startswith("file:"))
KNOWN_SCOPES: Final = frozenset({*_STORED_SCOPES} | _ACTIONS | {f"{action.partition(':')[0]}:*" for action in _ACTIONS})
"""The scopes of the wire: those of the contract's APIKeyScope. Files go with the chats."""

_WIRE_SCOPES: Final = {stored: name for name, stored in _STORED_SCOPES.items()}


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key without its secret, and the name of its user."""

    id: str
    user_id: uuid.UUID
    login_type: str
    scopes: list[str]
    allow_list: list[str]
    token_name: str
    lifetime_seconds: int
    expires_at: dt.datetime
    last_used: dt.datetime
    created_at: dt.datetime
    updated_at: dt.datetime
    username: str


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to make: an empty name gets a generated one, no lifetime the usual one; scopes in stored form."""

    name: str = ""
    lifetime: dt.timedelta = dt.timedelta(0)
    scopes: Sequence[str] = sessions.ALL_SCOPES
    allow_list: Sequence[str] = field(default=(EVERYTHING,))


def read_scopes(wanted: Sequence[str]) -> list[str]:
    """Scopes of the wire as they are stored, each once; none stand for all. Raises UnknownScope."""
    for scope in wanted:
        if scope not in KNOWN_SCOPES:
            raise UnknownScope(scope)
    return list(dict.fromkeys(_STORED_SCOPES.get(scope, scope) for scope in wanted or ("all",)))


def wire_scope(scope: str) -> str:
    """A stored scope as the wire has it."""
    return _WIRE_SCOPES.get(scope, scope)


def longest_lifetime(settings: Settings, site_roles: Sequence[str]) -> dt.timedelta:
    """How long a token of a user with these site roles may live."""
    is_owner = "owner" in site_roles
    hours = settings.token_max_lifetime_owner_hours if is_owner else settings.token_max_lifetime_hours
    return dt.timedelta(hours=hours)


async def create_token(
    conn: AsyncConnection, settings: Settings, user_id: uuid.UUID, site_roles: Sequence[str], new: NewToken
) -> str:
    """Make a token for a user with these site roles; returns the full token, the only time it is known.

    Raises LifetimeTooLong and TokenNameTaken.
    """
    longest = longest_lifetime(settings, site_roles)
    if new.lifetime > longest:
        raise LifetimeTooLong(_duration(longest))
    name = new.name or f"token-{token_hex(5)}"
    lifetime = new.lifetime or min(DEFAULT_LIFETIME, longest)
    with refusing(uq_api_keys_token_name=TokenNameTaken(name)):
        return await sessions.create_token(conn, user_id, name, lifetime, new.scopes, new.allow_list)


async def list_tokens(
    conn: AsyncConnection, user_id: uuid.UUID | None, *, include_expired: bool = False
) -> list[KeyRecord]:
    """The tokens of a user, or of all, oldest first."""
    which: list[ColumnElement[bool]] = [ApiKey.login_type == "token"]
    if user_id is not None:
        which.append(ApiKey.user_id == user_id)
    if not include_expired:
        which.append(ApiKey.expires_at > func.now())
    rows = await conn.execute(_keys().where(*which).order_by(ApiKey.created_at, ApiKey.id))
    return [KeyRecord(*row) for row in rows]


async def find_key(conn: AsyncConnection, user_id: uuid.UUID, key_id: str) -> KeyRecord | None:
    """A user's session or token by its id."""
    return await _one(conn, ApiKey.user_id == user_id, ApiKey.id == key_id)


async def find_token(conn: AsyncConnection, user_id: uuid.UUID, name: str) -> KeyRecord | None:
    """A user's token by its name."""
    return await _one(
        conn,
        ApiKey.user_id == user_id,
        ApiKey.token_name == name,
        ApiKey.token_name != "",
        ApiKey.login_type == "token",
    )


async def expire_key(conn: AsyncConnection, key_id: str) -> None:
    """End a key's time now, unless it has ended. Afterwards: `Authenticator.forget_key`."""
    await conn.execute(
        update(ApiKey)
        .where(ApiKey.id == key_id, ApiKey.expires_at > func.now())
        .values(expires_at=func.now(), updated_at=func.now())
    )


async def _one(conn: AsyncConnection, *which: ColumnElement[bool]) -> KeyRecord | None:
    row = (await conn.execute(_keys().where(*which))).first()
    return None if row is None else KeyRecord(*row)


def _keys() -> Select[Any]:
    columns = [ApiKey.__table__.c[name] for name in KeyRecord.__slots__ if name != "username"]
    return select(*columns, User.username).join(User, User.id == ApiKey.user_id).where(~User.deleted)


def _duration(span: dt.timedelta) -> str:
    """A span as the wire writes it: `168h0m0s`."""
    minutes, seconds = divmod(span.total_seconds(), 60)
    hours, minutes = divmod(int(minutes), 60)
    text = f"{seconds:g}s"
    if hours or minutes:
        text = f"{minutes}m{text}"
    return f"{hours}h{text}" if hours else text
