"""Work that is done once per period, by whichever process comes first: what has lapsed or expired is removed.

Every process looks; a transaction-level advisory lock lets one at a time work, and a row per job says when it was
done, so that all processes together do it once per period. The database's clock judges. Nothing is held between two
transactions: it works behind a proxy that lends connections for a transaction each, and who dies in the middle of a
run leaves the rest to the next.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy import ARRAY, Double, Text, bindparam, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import metrics
from palaver.chat.idempotency import forget_expired
from palaver.chat.machine import ChatMachine
from palaver.chat.searching import add_missing_words
from palaver.database import Database
from palaver.files.orphans import remove_orphans
from palaver.files.storage import FileStorage
from palaver.recording.rows import STALE_SECONDS, delete_expired_runs, end_stale_runs
from palaver.settings import Settings
from palaver.upkeep import archive_inactive_chats, delete_expired_chats, delete_expired_files
from palaver.worker.leases import forget_stale

log = structlog.get_logger(__name__)

BATCH: Final = 1000
"""Rows that one transaction of a job touches at most."""
CHATS: Final = 100
"""The same for whole chats, which have many rows each."""
MESSAGES: Final = 100
"""The same for messages whose text is read."""
RETRY_SECONDS: Final = 60.0
"""Wait before a job that failed here, or a database that does not answer, is tried again."""
FIRST_LOOK_SECONDS: Final = 5.0
"""Wait after the start, which has more urgent things to do."""
LEAST_SECONDS: Final = 1.0
"""Time between two looks at least."""
ELSEWHERE_SECONDS: Final = 10.0
"""Wait before another look at a job that stays due: another process is at it, or has died over it."""
SPREAD: Final = 0.1
"""Part of the wait by which processes come later than due, at random: they need not all look at the same moment."""

_LOCKS: Final = 0x70616C61
"""First half of the jobs' advisory locks; the second is made of the job's name."""

_DUE_IN = text(
    """
    SELECT job.name, extract(epoch FROM done.done_at - statement_timestamp())::float8 + job.every_seconds AS due_in
    FROM unnest(:names, :periods) AS job (name, every_seconds)
    LEFT JOIN scheduled_jobs AS done ON done.name = job.name
    """
).bindparams(bindparam("names", type_=ARRAY(Text())), bindparam("periods", type_=ARRAY(Double())))

_LOCK = text("SELECT pg_try_advisory_xact_lock(:locks, hashtext(:name))")

_DONE = text(
    """
    INSERT INTO scheduled_jobs (name, done_at) VALUES (:name, now())
    ON CONFLICT (name) DO UPDATE SET done_at = excluded.done_at
    """
)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every `every_seconds` seconds.

    `work` does one batch in the transaction it is given and returns how many rows it touched; when they are `batch`
    or more, it is called again in a transaction of its own.
    """

    name: str
    every_seconds: float
    work: Callable[[AsyncConnection], Awaitable[int]]
    batch: int = BATCH


def jobs_of(settings: Settings, files: FileStorage, machine: ChatMachine) -> tuple[Job, ...]:
    """All scheduled work of a deployment."""
    stale_seconds = settings.heartbeat_stale_seconds
    return (
        Job("lapsed-heartbeats", stale_seconds, lambda conn: forget_stale(conn, stale_seconds, BATCH)),
        Job("idempotency-keys", 3600.0, lambda conn: forget_expired(conn, BATCH)),
        Job("file-orphans", 600.0, lambda conn: remove_orphans(conn, files, BATCH)),
        Job("message-words", 600.0, lambda conn: add_missing_words(conn, MESSAGES), MESSAGES),
        Job("inactive-chats", 3600.0, lambda conn: archive_inactive_chats(conn, machine, CHATS), CHATS),
        Job("expired-chats", 3600.0, lambda conn: delete_expired_chats(conn, machine, CHATS), CHATS),
        Job("expired-files", 3600.0, lambda conn: delete_expired_files(conn, BATCH)),
        Job("stale-debug-runs", STALE_SECONDS, lambda conn: end_stale_runs(conn, BATCH)),
        Job("expired-debug-runs", 3600.0, lambda conn: delete_expired_runs(conn, BATCH)),
    )


class Housekeeping:
    """Does the jobs of one process's share. `start`, then `stop`; both once."""

    def __init__(self, database: Database, jobs: Sequence[Job]) -> None:
        self._database = database
        self._jobs = {job.name: job for job in jobs}
        self._failed: dict[str, float] = {}
        """Jobs that failed here, with the time on the monotonic clock before which they are left to others."""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look for due jobs, on the running loop."""
        self._task = asyncio.create_task(self._run(), name="housekeeping")

    async def stop(self) -> None:
        """Drop what is being done: its transaction rolls back, and the job stays due."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))

    async def work(self) -> float:
        """Do every job that is due and that nobody else is at; seconds until the next one will be.

        A job that fails is logged and put off; raises SQLAlchemyError or OSError when the database does not answer.
        """
        now = time.monotonic()
        for name, due_in in (await self._due()).items():
            if due_in <= 0 and self._failed.get(name, now) <= now:
                await self._do(self._jobs[name])
        now, waits = time.monotonic(), [RETRY_SECONDS]
        for name, due_in in (await self._due()).items():
            put_off = self._failed.get(name, now) - now
            waits.append(max(due_in, put_off) if due_in > 0 or put_off > 0 else ELSEWHERE_SECONDS)
        return max(LEAST_SECONDS, min(waits))

    async def _run(self) -> None:
        seconds = FIRST_LOOK_SECONDS
        while True:
            await asyncio.sleep(seconds * random.uniform(1, 1 + SPREAD))  # noqa: S311 - spreads, hides nothing
            try:
                seconds = await self.work()
            except (SQLAlchemyError, OSError) as error:
                log.warning("no look at the scheduled jobs", action="housekeeping_failed", error=str(error))
                seconds = RETRY_SECONDS
            except Exception:
                log.exception("no look at the scheduled jobs", action="housekeeping_failed")
                seconds = RETRY_SECONDS

    async def _due(self) -> dict[str, float]:
        """Seconds until each job is due; zero or less when it is."""
        jobs = self._jobs.values()
        parameters = {"names": [job.name for job in jobs], "periods": [job.every_seconds for job in jobs]}
        async with self._database.connect() as conn:
            rows = (await conn.execute(_DUE_IN, parameters)).all()
        return {name: due_in or 0.0 for name, due_in in rows}

    async def _do(self, job: Job) -> None:
        began, touched = time.monotonic(), 0
        try:
            while True:
                batch = await self._do_batch(job)
                if batch is None:
                    outcome = "elsewhere"
                    break
                touched += batch
                if batch < job.batch:
                    outcome = "done"
                    break
        except Exception:
            log.exception("a scheduled job failed", action="job_failed", job=job.name)
            self._failed[job.name] = time.monotonic() + min(job.every_seconds, RETRY_SECONDS)
            outcome = "failed"
        else:
            self._failed.pop(job.name, None)
        metrics.JOB_RUNS.labels(job.name, outcome).inc()
        if outcome != "elsewhere":
            metrics.JOB_SECONDS.labels(job.name).observe(time.monotonic() - began)
        if touched:
            metrics.JOB_ROWS.labels(job.name).inc(touched)
            log.info("scheduled job done", action="job_done", job=job.name, rows=touched)

    async def _do_batch(self, job: Job) -> int | None:
        """One transaction of the job; rows touched, or None when another process is at it or has done it."""
        async with self._database.begin() as conn:
            if not (await conn.execute(_LOCK, {"locks": _LOCKS, "name": job.name})).scalar_one():
                return None
            # With the lock in hand: what another process has done until it let go of the lock is seen now.
            row = (await conn.execute(_DUE_IN, {"names": [job.name], "periods": [job.every_seconds]})).one()
            if row.due_in is not None and row.due_in > 0:
                return None
            touched = await job.work(conn)
            if touched < job.batch:
                await conn.execute(_DONE, {"name": job.name})
            return touched
