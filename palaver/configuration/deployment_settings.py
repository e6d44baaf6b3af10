"""The deployment's settings about chats: stored one by one, read together, remembered for a short time.

What a request or a turn needs of them comes from `DeploymentConfig`, which costs no statement most of the time. Who
changes one calls `DeploymentConfig.forget` after the commit, so that all processes read anew.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models import DeploymentSetting
from palaver.configuration.prompts import DEFAULT_SYSTEM_PROMPT
from palaver.memory import Memory

if TYPE_CHECKING:
    from palaver.database import Database

DEFAULT_RETENTION_DAYS = 30
DEFAULT_DEBUG_RETENTION_DAYS = 30
MAX_DAYS = 3650

_WRITERS_LOCK = 0x73657474696E67
"""Key of the advisory lock that writers take ("setting" in ASCII)."""

OverrideContext: TypeAlias = Literal["general", "explore", "title_generation", "compaction"]
_OVERRIDE = "model_override."
"""Prefix of the names under which the model overrides are stored, one per context."""


@dataclass(frozen=True, slots=True)
class DeploymentSettings:
    """All settings as of one reading; field names are the names in the table.

    Days are whole days, 0 means never. `include_default_system_prompt` is None when it was never stored.
    """

    system_prompt: str = ""
    include_default_system_prompt: bool | None = None
    plan_mode_instructions: str = ""
    personal_model_overrides: bool = False
    user_debug_logging: bool = False
    retention_days: int = DEFAULT_RETENTION_DAYS
    debug_retention_days: int = DEFAULT_DEBUG_RETENTION_DAYS
    auto_archive_days: int = 0
    advisor: Mapping[str, Any] = field(default_factory=dict)
    """AdvisorConfig as it was given, without what is read-only; empty when it was never stored."""
    model_overrides: Mapping[str, str] = field(default_factory=dict)
    """Context -> override as `palaver.configuration.overrides` writes it; contexts without one are missing."""

    @property
    def includes_default_prompt(self) -> bool:
        """Whether the built-in prompt goes first: as stored, else exactly when there is no custom text."""
        stored = self.include_default_system_prompt
        return not self.system_prompt if stored is None else stored

    @property
    def effective_system_prompt(self) -> str:
        """What new chats begin with: the built-in text, when included, then the custom text; may be empty."""
        texts = [DEFAULT_SYSTEM_PROMPT if self.includes_default_prompt else "", self.system_prompt]
        return "\n\n".join(text for text in texts if text)


_NAMES = frozenset(DeploymentSettings.__slots__) - {"model_overrides"}


def override_setting(context: str) -> str:
    """The name under which the override of a context is stored."""
    return f"{_OVERRIDE}{context}"


async def lock_writers(conn: AsyncConnection) -> None:
    """Let one transaction at a time change settings; held until its end."""
    await conn.execute(select(func.pg_advisory_xact_lock(_WRITERS_LOCK)))


async def load_settings(conn: AsyncConnection) -> DeploymentSettings:
    """The settings as they are stored now; one statement. Names that this release does not know are left out."""
    rows = await conn.execute(select(DeploymentSetting.name, DeploymentSetting.value))
    values: dict[str, Any] = {}
    overrides: dict[str, str] = {}
    for name, value in rows:
        if name in _NAMES:
            values[name] = value
        elif name.startswith(_OVERRIDE) and value:
            overrides[name.removeprefix(_OVERRIDE)] = value
    return DeploymentSettings(**values, model_overrides=overrides)


async def store_settings(conn: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write settings by name, others stay; one statement."""
    given = insert(DeploymentSetting).values([{"name": name, "value": value} for name, value in values.items()])
    await conn.execute(
        given.on_conflict_do_update(
            index_elements=[DeploymentSetting.name], set_={"value": given.excluded.value, "updated_at": func.now()}
        )
    )


class DeploymentConfig:
    """The settings as remembered by this process, for at most ten seconds; one statement per reading.

    `tell` passes on that other processes have to drop theirs; `clock` counts seconds and only grows.
    """

    def __init__(
        self,
        database: "Database",
        *,
        tell: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._tell = tell
        self._memory: Memory[None, DeploymentSettings] = Memory(self._read, clock=clock)

    def forget(self) -> None:
        """Drop what is remembered, everywhere: call it after a commit that changes a setting."""
        self.drop()
        self._tell()

    def drop(self) -> None:
        """Drop what is remembered here; the next asking sees what is committed now."""
        self._memory.drop()

    async def current(self) -> DeploymentSettings:
        """The settings, read anew when they are too old."""
        return await self._memory.get(None)

    async def _read(self, _: None) -> DeploymentSettings:
        async with self._database.connect() as conn:
            return await load_settings(conn)
