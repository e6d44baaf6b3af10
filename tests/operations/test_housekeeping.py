"""Scheduled work: once per period by all processes together, by one of them at a time."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ScheduledJob
from palaver import housekeeping
from palaver.chat.machine import ChatMachine
from palaver.database import Database
from palaver.files.storage import FileStorage
from palaver.housekeeping import Housekeeping, Job, jobs_of
from palaver.settings import Settings
from palaver.stream.bus import LocalBus

Work = Callable[[AsyncConnection], Awaitable[int]]


@pytest_asyncio.fixture
async def other(database_url: str) -> AsyncIterator[Database]:
    """The pool of another process."""
    database = Database(database_url, pool_size=2)
    yield database
    await database.close()


class Counted:
    """Work that counts how often it was done, and how many were at it at once."""

    def __init__(self, *batches: int) -> None:
        self.runs = 0
        self.most_at_once = 0
        self._at_it = 0
        self._batches = list(batches)

    async def __call__(self, conn: AsyncConnection) -> int:
        self._at_it += 1
        self.most_at_once = max(self.most_at_once, self._at_it)
        await conn.execute(text("SELECT pg_sleep(0.01)"))
        self._at_it -= 1
        self.runs += 1
        return self._batches.pop(0) if self._batches else 0


async def set_back(database: Database, name: str, seconds: float) -> None:
    async with database.begin() as conn:
        earlier = ScheduledJob.done_at - dt.timedelta(seconds=seconds)
        await conn.execute(update(ScheduledJob).where(ScheduledJob.name == name).values(done_at=earlier))


async def test_a_job_is_done_once_per_period_by_all_processes_together(database: Database, other: Database) -> None:
    work = Counted()
    jobs = [Job("counted", 50, work)]
    replicas = [Housekeeping(database, jobs) for _ in range(3)] + [Housekeeping(other, jobs)]
    for _ in range(3):
        waits = await asyncio.gather(*(replica.work() for replica in replicas))
    assert work.runs == 1
    assert work.most_at_once == 1
    assert all(40 < wait <= 50 for wait in waits)
    await set_back(database, "counted", 30)
    assert 10 < await replicas[0].work() <= 20
    await set_back(database, "counted", 30)
    await asyncio.gather(*(replica.work() for replica in replicas))
    assert work.runs == 2


async def test_a_job_that_another_process_is_at_is_left_to_it(database: Database, other: Database) -> None:
    begun, end = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def slow(conn: AsyncConnection) -> int:
        begun.set()
        await end.wait()
        done.append("slow")
        return 0

    async def quick(conn: AsyncConnection) -> int:
        done.append("quick")
        return 0

    first = asyncio.create_task(Housekeeping(database, [Job("long", 50, slow)]).work())
    await begun.wait()
    wait = await Housekeeping(other, [Job("long", 50, quick), Job("short", 50, quick)]).work()
    assert wait == housekeeping.ELSEWHERE_SECONDS
    assert done == ["quick"], "only the job that nobody was at"
    end.set()
    await first
    assert done == ["quick", "slow"]


async def test_a_run_goes_on_in_batches_and_who_dies_leaves_the_rest(database: Database, other: Database) -> None:
    work = Counted(housekeeping.BATCH, housekeeping.BATCH, 3)
    await Housekeeping(database, [Job("batched", 50, work)]).work()
    assert work.runs == 3

    begun = asyncio.Event()

    async def dies(conn: AsyncConnection) -> int:
        if begun.is_set():
            await asyncio.Event().wait()
        begun.set()
        return housekeeping.BATCH

    dying = Housekeeping(database, [Job("left", 50, dies)])
    task = asyncio.create_task(dying.work())
    await begun.wait()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait((task,))
    rest = Counted()
    await Housekeeping(other, [Job("left", 50, rest)]).work()
    assert rest.runs == 1


async def test_a_job_that_fails_is_put_off_here_and_hinders_no_other(database: Database, other: Database) -> None:
    work = Counted()

    async def fails(conn: AsyncConnection) -> int:
        await conn.execute(text("SELECT 1 / 0"))
        return 0

    here = Housekeeping(database, [Job("broken", 20, fails), Job("sound", 50, work)])
    assert 19 < await here.work() <= 20
    assert work.runs == 1
    elsewhere = Counted()
    await Housekeeping(other, [Job("broken", 20, elsewhere)]).work()
    assert elsewhere.runs == 1


async def test_started_housekeeping_ends_when_it_is_stopped(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "FIRST_LOOK_SECONDS", 0.0)
    worked = asyncio.Event()

    async def work(conn: AsyncConnection) -> int:
        worked.set()
        return 0

    keeper = Housekeeping(database, [Job("once", 50, work)])
    keeper.start()
    async with asyncio.timeout(10):
        await worked.wait()
    await keeper.stop()
    assert keeper._task is not None
    assert keeper._task.done()


async def test_every_job_of_a_deployment_runs_on_its_schema(database: Database) -> None:
    jobs = jobs_of(Settings(), FileStorage(Settings(), database), ChatMachine(database, LocalBus()))
    await Housekeeping(database, jobs).work()
    async with database.connect() as conn:
        done = set((await conn.execute(select(ScheduledJob.name))).scalars())
    assert done == {job.name for job in jobs}
