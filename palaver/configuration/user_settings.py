"""A user's own settings about chats: a prompt, compaction thresholds, model overrides, debug logging."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models import UserChatSettings


@dataclass(frozen=True, slots=True)
class UserSettings:
    """All of one user's settings; field names are the columns.

    `model_overrides`: kind of chat -> override as `palaver.configuration.overrides` writes it. `compaction_thresholds`:
    model config id as text -> percent of the context window, 100 switches compaction off.
    """

    custom_prompt: str = ""
    debug_logging: bool = False
    model_overrides: Mapping[str, str] = field(default_factory=dict)
    compaction_thresholds: Mapping[str, int] = field(default_factory=dict)

    def compaction_threshold(self, model_config_id: uuid.UUID) -> int | None:
        """The user's threshold for a model; None when none is set."""
        return self.compaction_thresholds.get(str(model_config_id))


USER_SETTINGS = tuple(UserChatSettings.__table__.c[name] for name in UserSettings.__slots__)
"""The columns of a `UserSettings`, in order."""

DEFAULTS = UserSettings()


async def load_user_settings(conn: AsyncConnection, user_id: uuid.UUID) -> UserSettings:
    """The user's settings; one statement."""
    row = (await conn.execute(select(*USER_SETTINGS).where(UserChatSettings.user_id == user_id))).first()
    return DEFAULTS if row is None else UserSettings(*row)


async def store_custom_prompt(conn: AsyncConnection, user_id: uuid.UUID, prompt: str) -> None:
    """Set the prompt; empty clears it."""
    await _store(conn, user_id, "custom_prompt", prompt)


async def store_debug_logging(conn: AsyncConnection, user_id: uuid.UUID, *, enabled: bool) -> None:
    """Switch debug logging."""
    await _store(conn, user_id, "debug_logging", enabled)


async def store_model_override(conn: AsyncConnection, user_id: uuid.UUID, context: str, override: str) -> None:
    """Set the override of one kind of chat, others stay."""
    await _store_entry(conn, user_id, "model_overrides", context, override)


async def store_compaction_threshold(
    conn: AsyncConnection, user_id: uuid.UUID, model_config_id: uuid.UUID, percent: int
) -> None:
    """Set the threshold for one model, others stay."""
    await _store_entry(conn, user_id, "compaction_thresholds", str(model_config_id), percent)


async def delete_compaction_threshold(conn: AsyncConnection, user_id: uuid.UUID, model_config_id: uuid.UUID) -> None:
    """Drop the threshold for one model, set or not."""
    thresholds = UserChatSettings.__table__.c.compaction_thresholds
    rest = thresholds.op("-", return_type=JSONB())(cast(str(model_config_id), Text))
    await conn.execute(
        update(UserChatSettings)
        .where(UserChatSettings.user_id == user_id)
        .values(compaction_thresholds=rest, updated_at=func.now())
    )


async def _store(conn: AsyncConnection, user_id: uuid.UUID, column: str, value: Any) -> None:
    given = insert(UserChatSettings).values(user_id=user_id, **{column: value})
    await conn.execute(_upsert(given, {column: given.excluded[column]}))


async def _store_entry(conn: AsyncConnection, user_id: uuid.UUID, column: str, key: str, value: str | int) -> None:
    """Merged in the database: two that set different entries at once lose neither."""
    given = insert(UserChatSettings).values(user_id=user_id, **{column: {key: value}})
    stored = UserChatSettings.__table__.c[column]
    await conn.execute(_upsert(given, {column: stored.op("||", return_type=JSONB())(given.excluded[column])}))


def _upsert(given: Any, values: Mapping[str, ColumnElement[Any]]) -> Any:
    return given.on_conflict_do_update(
        index_elements=[UserChatSettings.user_id], set_={**values, "updated_at": func.now()}
    )
