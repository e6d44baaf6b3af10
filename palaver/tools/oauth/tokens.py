"""Stored tokens: a user's for a server, or this deployment's own. They come and go as ciphertext.

A token belongs to the config it was given for, `config_digest`: for any other it is as if it were not there.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, null, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models import MCPOAuth2Registration, MCPServerToken, MCPUserToken
from palaver.configuration.mcp_servers import MCPServer

_BINDING = ("url", "auth_type", "oauth2_client_id", "oauth2_auth_url", "oauth2_token_url", "oauth2_revocation_url")
"""What a token is for: with any of these changed it might go to somebody whom its user has never trusted."""

_OUTLIVE_A_REQUEST = text(
    "SELECT set_config('idle_in_transaction_session_timeout', :milliseconds, true), "
    "set_config('lock_timeout', :milliseconds, true)"
)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """Whose token for which server; `user_id` is None for this deployment's own."""

    server_id: uuid.UUID
    user_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A stored token; both parts are ciphertext, None after a refusal."""

    config_digest: bytes
    access_token: bytes | None
    refresh_token: bytes | None
    renew_at: dt.datetime | None
    expires_at: dt.datetime | None

    def is_of(self, server: MCPServer) -> bool:
        """Whether it was given for the server as it is configured now."""
        return self.config_digest == config_digest(server)

    def usable_by(self, server: MCPServer) -> bool:
        """Whether it, or what it is renewed to, authenticates at this server."""
        if not self.is_of(server) or self.access_token is None:
            return False
        lasts = self.expires_at is None or self.expires_at > dt.datetime.now(dt.UTC)
        return lasts or self.refresh_token is not None


def config_digest(server: MCPServer) -> bytes:
    """What stands for the parts of a server's config that its tokens were given for."""
    parts = "\0".join(str(getattr(server, name)) for name in _BINDING)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).digest()


def rebinds(before: MCPServer, after: MCPServer) -> bool:
    """Whether a change of a server's config makes its tokens worthless."""
    return config_digest(before) != config_digest(after)


async def read_token(conn: AsyncConnection, key: TokenKey) -> StoredToken | None:
    """A token as it is now."""
    row = (await conn.execute(_select(key))).first()
    return None if row is None else StoredToken(*row)


async def hold_token(conn: AsyncConnection, key: TokenKey, digest: bytes, *, seconds: float) -> StoredToken | None:
    """A token, which nobody else reads for renewal or changes before the end of the transaction.

    The transaction may idle for `seconds`, while an authorization server is asked, and waits as long for the row. A
    deployment's own token gets its row here; a user without one has none to renew.
    """
    await conn.execute(_OUTLIVE_A_REQUEST, {"milliseconds": str(round(seconds * 1000))})
    if key.user_id is None:
        await conn.execute(
            insert(MCPServerToken).values(server_id=key.server_id, config_digest=digest).on_conflict_do_nothing()
        )
    row = (await conn.execute(_select(key).with_for_update())).first()
    return None if row is None else StoredToken(*row)


async def save_token(conn: AsyncConnection, key: TokenKey, token: StoredToken) -> None:
    """Store a token in place of the one before."""
    table = _table(key)
    values: dict[str, Any] = {
        "config_digest": token.config_digest,
        "access_token": token.access_token,
        "renew_at": token.renew_at,
        "expires_at": token.expires_at,
    }
    keys: dict[str, Any] = {"server_id": key.server_id}
    if key.user_id is not None:
        keys["user_id"] = key.user_id
        values |= {"refresh_token": token.refresh_token, "refused_at": None}
    await conn.execute(
        insert(table)
        .values(**keys, **values)
        .on_conflict_do_update(index_elements=list(keys), set_={**values, "updated_at": func.now()})
    )


async def refuse_token(conn: AsyncConnection, key: TokenKey) -> None:
    """Note that a user's token is not renewed any more, and erase it; the caller holds the row."""
    await conn.execute(
        update(MCPUserToken)
        .where(_is(key))
        .values(access_token=None, refresh_token=None, refused_at=func.now(), updated_at=func.now())
    )


async def take_token(conn: AsyncConnection, key: TokenKey) -> StoredToken | None:
    """Erase a token; what it was, None where there was none."""
    row = (await conn.execute(delete(_table(key)).where(_is(key)).returning(*_columns(key)))).first()
    return None if row is None else StoredToken(*row)


async def usable_servers(conn: AsyncConnection, user_id: uuid.UUID, servers: Sequence[MCPServer]) -> set[uuid.UUID]:
    """Those of the servers that the user has a usable token for; no statement where none of them uses OAuth2."""
    asked = {server.id: server for server in servers if server.auth_type == "oauth2"}
    if not asked:
        return set()
    key = TokenKey(uuid.UUID(int=0), user_id)
    rows = await conn.execute(
        select(MCPUserToken.server_id, *_columns(key)).where(
            MCPUserToken.user_id == user_id, MCPUserToken.server_id.in_(asked)
        )
    )
    return {row[0] for row in rows if StoredToken(*row[1:]).usable_by(asked[row[0]])}


async def forget_server(conn: AsyncConnection, server_id: uuid.UUID) -> None:
    """Erase all tokens for a server, and how we are registered for it: its config leads elsewhere now."""
    for model in (MCPUserToken, MCPServerToken, MCPOAuth2Registration):
        await conn.execute(delete(model).where(model.server_id == server_id))


# ---- registrations ----


@dataclass(frozen=True, slots=True)
class Registration:
    """What discovery found beyond the config; see models.MCPOAuth2Registration."""

    issuer: str
    resource: str
    auth_method: str


async def save_registration(conn: AsyncConnection, server_id: uuid.UUID, registration: Registration) -> None:
    """Store what discovery found for a new server."""
    await conn.execute(
        insert(MCPOAuth2Registration).values(
            server_id=server_id,
            issuer=registration.issuer,
            resource=registration.resource,
            auth_method=registration.auth_method,
        )
    )


async def find_registration(conn: AsyncConnection, server_id: uuid.UUID) -> Registration | None:
    """What discovery found for a server; None for one that was configured by hand."""
    found = MCPOAuth2Registration
    statement = select(found.issuer, found.resource, found.auth_method).where(found.server_id == server_id)
    row = (await conn.execute(statement)).first()
    return None if row is None else Registration(*row)


def _table(key: TokenKey) -> type[MCPUserToken] | type[MCPServerToken]:
    return MCPServerToken if key.user_id is None else MCPUserToken


def _columns(key: TokenKey) -> list[ColumnElement[Any]]:
    columns = _table(key).__table__.c
    refresh_token = null().label("refresh_token") if key.user_id is None else columns.refresh_token
    return [columns.config_digest, columns.access_token, refresh_token, columns.renew_at, columns.expires_at]


def _select(key: TokenKey) -> Any:
    return select(*_columns(key)).where(_is(key))


def _is(key: TokenKey) -> ColumnElement[bool]:
    if key.user_id is None:
        return MCPServerToken.server_id == key.server_id
    return and_(MCPUserToken.server_id == key.server_id, MCPUserToken.user_id == key.user_id)
