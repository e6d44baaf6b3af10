"""Rotation: every stored secret under the newest key, while servers run.

Rows are taken in batches, each in a transaction of its own, and what is under the newest key already is left alone: a
rotation that was cut short goes on where it stopped when it is started again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Table, and_, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import (
    AIProvider,
    AIProviderKey,
    Base,
    ExternalIdentity,
    MCPServerConfig,
    MCPServerToken,
    MCPUserToken,
    UserAIProviderKey,
)
from palaver import audit
from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.database import Database

BATCH: Final = 100
"""Rows that are locked at a time."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Columns of a table that hold ciphertext; of a JSON column, the fields of its object that do."""

    table: Table
    columns: tuple[str, ...]
    json_fields: tuple[str, ...] = ()


def _holding(model: type[Base], *columns: str, json_fields: tuple[str, ...] = ()) -> Holding:
    return Holding(Base.metadata.tables[model.__tablename__], columns, json_fields)


HOLDINGS: Final = (
    _holding(AIProviderKey, "encrypted_key"),
    _holding(UserAIProviderKey, "encrypted_key"),
    _holding(AIProvider, "settings", json_fields=("access_key", "access_key_secret", "external_id")),
    _holding(MCPServerConfig, "oauth2_client_secret", "api_key_value", "custom_headers"),
    _holding(MCPUserToken, "access_token", "refresh_token"),
    _holding(MCPServerToken, "access_token"),
    _holding(ExternalIdentity, "access_token", "refresh_token"),
)
"""Everywhere that secrets are stored."""


@dataclass(slots=True)
class Rotation:
    """How far a rotation has come; `unreadable` names the rows whose secrets none of the keys opens."""

    rows: int = 0
    """Rows with secrets that there are."""
    looked_at: int = 0
    rewritten: int = 0
    unreadable: list[str] = field(default_factory=list)


async def rotate_secrets(
    database: Database, secrets: SecretBox, report: Callable[[Rotation], None] = lambda _: None
) -> Rotation:
    """Bring every stored secret under the newest key of `secrets`; `report` is called after every batch.

    What cannot be read stays as it is and is named in the result. Rows that are written meanwhile are under the
    newest key if their writer knows it: give the key to all servers first.
    """
    done = Rotation()
    async with database.connect() as conn:
        for holding in HOLDINGS:
            counted = await conn.execute(select(func.count()).select_from(holding.table).where(_filled(holding)))
            done.rows += counted.scalar_one()
    report(done)
    for holding in HOLDINGS:
        last: Sequence[Any] | None = None
        while True:
            async with database.begin() as conn:
                last = await _rotate_batch(conn, holding, secrets, done, behind=last)
            report(done)
            if last is None:
                break
    told = {"rewritten": done.rewritten, "unreadable": done.unreadable}
    async with database.begin() as conn:
        await audit.record(conn, None, "rotate_secrets", "deployment", "", None, told)
    return done


async def _rotate_batch(
    conn: AsyncConnection, holding: Holding, secrets: SecretBox, done: Rotation, *, behind: Sequence[Any] | None
) -> Sequence[Any] | None:
    """Rotate the rows that follow the key `behind`; the key of the last one, None behind the end of the table."""
    table = holding.table
    keys = list(table.primary_key.columns)
    statement = select(*keys, *(table.c[name] for name in holding.columns)).where(_filled(holding))
    if behind is not None:
        statement = statement.where(tuple_(*keys) > tuple_(*behind))
    # Locked, so that a secret that somebody changes now is not replaced by the old one.
    rows = (await conn.execute(statement.order_by(*keys).limit(BATCH).with_for_update())).all()
    for row in rows:
        key, stored = row[: len(keys)], row[len(keys) :]
        values: dict[str, Any] = {}
        for name, value in zip(holding.columns, stored, strict=True):
            try:
                rotated = _rotated(value, holding.json_fields, secrets)
            except SecretUnreadable:
                done.unreadable.append(f"{table.name}.{name} of {'/'.join(str(part) for part in key)}")
                continue
            if rotated != value:
                values[name] = rotated
        if values:
            which = and_(*(column == part for column, part in zip(keys, key, strict=True)))
            await conn.execute(update(table).where(which).values(**values))
            done.rewritten += 1
        done.looked_at += 1
    return rows[-1][: len(keys)] if len(rows) == BATCH else None


def _rotated(value: Any, json_fields: Sequence[str], secrets: SecretBox) -> Any:
    """A column's value with its secrets under the newest key; the same value when they are there already."""
    if value is None:
        return None
    if not json_fields:
        return value if secrets.is_newest(value) else secrets.rotate(value)
    rotated = dict(value)
    for name in json_fields:
        if (ciphertext := value.get(name)) and not secrets.is_newest(ciphertext.encode()):
            rotated[name] = secrets.rotate(ciphertext.encode()).decode("ascii")
    return rotated


def _filled(holding: Holding) -> Any:
    return or_(*(holding.table.c[name].is_not(None) for name in holding.columns))
