"""Whether this process should get requests now, and what its operator should know: for /readyz.

A reason takes the process out of the balancer's list, so it is only what makes requests fail here: draining, a database
that does not answer or whose schema is too old, a worker that has died. A warning does not: everything works, but not
as it should.
"""

import asyncio
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from palaver.database import Database, known_revisions

if TYPE_CHECKING:
    from palaver.stream.bus import Bus
    from palaver.worker.service import Worker

PATIENCE_SECONDS: Final = 3.0
"""How long the database may take to answer; a probe that waits longer has given up itself."""

DRAINING: Final = "the server is shutting down"
NO_SCHEMA: Final = "the database has no schema yet"
NO_WORKER: Final = "the worker has stopped"
NO_BUS: Final = "the bus does not reach other processes: their changes show within the periodic looks at the database"

_REVISION = text("SELECT version_num FROM alembic_version")
_UNDEFINED_TABLE: Final = "42P01"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What /readyz says: `reasons` why no requests should come, `warnings` that need nobody's absence."""

    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        """Whether requests should come."""
        return not self.reasons


async def readiness(database: Database, bus: "Bus", worker: "Worker | None") -> Readiness:
    """Look at everything that requests need; takes `PATIENCE_SECONDS` at most."""
    if bus.closed:
        return Readiness([DRAINING])
    found = await _schema(database)
    if worker is not None and worker.has_died:
        found.reasons.append(NO_WORKER)
    if not bus.connected:
        found.warnings.append(NO_BUS)
    return found


async def _schema(database: Database) -> Readiness:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), database.connect() as conn:
            revision: str | None = (await conn.execute(_REVISION)).scalar()
    except TimeoutError:
        return Readiness([f"the database does not answer within {PATIENCE_SECONDS:g} s"])
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) == _UNDEFINED_TABLE:
            return Readiness([NO_SCHEMA])
        return Readiness([f"the database does not answer: {type(error).__name__}"])
    except (SQLAlchemyError, OSError) as error:
        return Readiness([f"the database does not answer: {type(error).__name__}"])
    if revision is None:
        return Readiness([NO_SCHEMA])
    known = await asyncio.to_thread(_known)
    if revision == known[-1]:
        return Readiness()
    if revision in known:
        return Readiness([f"the database's schema {revision} is older than this version's, {known[-1]}"])
    return Readiness([], [f"the database's schema {revision} is newer than this version's, {known[-1]}"])


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    """The revisions of this version, oldest first; read from files, once."""
    return known_revisions()
