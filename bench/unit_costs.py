"""What single things cost, in CPU time and written bytes: the figures that `bench.capacity` multiplies.

    python -m bench.unit_costs

CPU time and bytes hardly depend on what else the machine does, so no baseline runs beside them.
"""

import asyncio
import json
import time
import urllib.request
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import asyncpg

from bench.api import set_up
from bench.cluster import Cluster, make_chats, running_cluster
from bench.processes import CpuMeter, palaver
from bench.sending import message_path
from palaver.chat.notices import ChatNotice, Notice, WatchNotice
from palaver.database import Database
from palaver.stream.bus.frames import encode, frame, read_entries, read_frame
from palaver.stream.snapshot import read_snapshot_version
from palaver.worker.leases import Leases

_LISTENERS = 60
_FRAMES = 2_000
_NOTICES_PER_FRAME = 10
_LEASES = 2_000
_BEATS = 20
_LEASE_ALL = (
    "UPDATE chats SET status = 'running', worker_id = gen_random_uuid(), runner_id = gen_random_uuid()",
    "INSERT INTO chat_heartbeats (chat_id, runner_id) SELECT id, runner_id FROM chats",
    "ANALYZE chats, chat_heartbeats",
    "CHECKPOINT",
)
_TURNS = 400
_ANSWER = "/slow 50 0.01"


def sample_notice() -> ChatNotice:
    """A notice as a running chat causes it."""
    return ChatNotice(uuid.uuid4(), 123, uuid.uuid4(), uuid.uuid4(), 120, 0, 0, 3, "running", False)


def _sample_watch_notice() -> WatchNotice:
    """What a process with watchers hears of a turn that begins or ends."""
    return WatchNotice(uuid.uuid4(), uuid.uuid4(), "status_change")


def _sample_frame(sample: Callable[[], Notice] = sample_notice) -> bytes:
    entries = b"".join(encode(sample()) for _ in range(_NOTICES_PER_FRAME))
    return frame(uuid.uuid4(), is_direct=False, number=1, entries=entries)


async def notify(cluster: Cluster) -> str:
    """The database server's CPU time for a frame: by itself, and for each connection that listens beside."""
    url = await cluster.new_database("notify")
    alone = await _frame_seconds(cluster, url, 1, same_channel=True)
    same, other = [await _frame_seconds(cluster, url, _LISTENERS, same_channel=same) for same in (True, False)]
    each, idle = [(seconds - alone) / (_LISTENERS - 1) for seconds in (same, other)]
    return (
        f"a frame: {alone * 1e6:.0f} us for the database with one listener, {each * 1e6:.1f} us per further one,"
        f" {idle * 1e6:.1f} us where that one listens to another channel"
    )


async def _frame_seconds(cluster: Cluster, url: str, listeners: int, *, same_channel: bool) -> float:
    """CPU seconds per frame."""
    payload = _sample_frame().decode()
    missing = _FRAMES * (listeners if same_channel else 1)
    all_heard = asyncio.Event()

    def hear(*_: object) -> None:
        nonlocal missing
        missing -= 1
        if missing == 0:
            all_heard.set()

    async with AsyncExitStack() as stack:
        sender = await stack.enter_async_context(_connected(url))
        for number in range(listeners):
            connection = await stack.enter_async_context(_connected(url))
            await connection.add_listener("channel_0" if same_channel else f"channel_{number}", hear)
        meter = CpuMeter(cluster.pid)
        for _ in range(_FRAMES):
            await sender.execute("SELECT pg_notify('channel_0', $1)", payload)
        await all_heard.wait()
        [seconds] = meter.seconds()
    return seconds / _FRAMES


def hearing() -> str:
    """A replica's CPU time to read a frame, per notice of each kind."""
    told = []
    for name, sample in (("a notice", sample_notice), ("a watchers' notice", _sample_watch_notice)):
        data = _sample_frame(sample)
        began = time.process_time()
        for _ in range(_FRAMES):
            read_entries(read_frame(data).entries)
        each = (time.process_time() - began) / _FRAMES / _NOTICES_PER_FRAME
        told.append(f"{name} heard: {each * 1e6:.1f} us, {len(encode(sample()))} bytes")
    return "\n".join(told)


async def leases(cluster: Cluster) -> str:
    """CPU time and WAL of what is done periodically for every running chat and every viewer."""
    url = await cluster.new_database("leases")
    with palaver(url, cluster.directory, role="api") as (port, _):
        account = set_up(port)
    chats = await make_chats(url, account.owner, chats=_LEASES, messages=0)
    async with _connected(url) as connection:
        for statement in _LEASE_ALL:
            await connection.execute(statement)
        runners = dict(await connection.fetch("SELECT id, runner_id FROM chats ORDER BY random()"))
        database = Database(url, pool_size=2)
        found = Leases(database, 3600)
        await found.renew(runners)
        told = []
        for name, work, times in (
            ("a lease renewed", partial(found.renew, runners), _BEATS),
            ("a held chat's row looked at", partial(found.look, list(runners)), _BEATS),
            ("a search for chats without an owner, per running chat", partial(found.candidates, 10), _BEATS),
        ):
            meter, wal = CpuMeter(cluster.pid), await _wal(connection)
            for _ in range(times):
                await work()
            [seconds] = meter.seconds()
            each = times * _LEASES
            written = await _wal(connection) - wal
            told.append(f"{name}: {seconds / each * 1e6:.1f} us for the database, {written / each:.0f} bytes of WAL")
        meter = CpuMeter(cluster.pid)
        for chat in chats:
            await read_snapshot_version(database, chat)
        [seconds] = meter.seconds()
        told.append(f"a stream's look at its chat: {seconds / len(chats) * 1e6:.0f} us for the database")
        await database.close()
    return "\n".join(told)


async def turns(cluster: Cluster) -> str:
    """CPU time and WAL of a turn: a message, one model call of 50 parts, its answer. Nobody watches."""
    url = await cluster.new_database("turns")
    body = json.dumps({"content": [{"type": "text", "text": _ANSWER}]}).encode()
    with palaver(url, cluster.directory) as (port, pid):
        account = set_up(port)
        chats = await make_chats(url, account.owner, chats=_TURNS, messages=2)
        async with _connected(url) as connection:
            await connection.execute("CHECKPOINT")
            wal = await _wal(connection)
            meter = CpuMeter(cluster.pid, pid)
            for chat in chats:
                request = urllib.request.Request(
                    f"http://127.0.0.1:{port}{message_path(chat)}",
                    body,
                    {"Coder-Session-Token": account.token, "Content-Type": "application/json"},
                )
                await asyncio.to_thread(urllib.request.urlopen, request, timeout=30)
            while await connection.fetchval("SELECT EXISTS (SELECT FROM chats WHERE status <> 'waiting')"):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
            database, server = meter.seconds()
            written = await _wal(connection) - wal
    return (
        f"a turn: {database / _TURNS * 1e3:.2f} ms for the database, {server / _TURNS * 1e3:.2f} ms for the server,"
        f" {written / _TURNS:.0f} bytes of WAL"
    )


@asynccontextmanager
async def _connected(url: str) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def _wal(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
    return int(await connection.fetchval("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"))


async def _main() -> None:
    print(hearing())
    with running_cluster() as cluster:
        for measure in (notify, leases, turns):
            print(await measure(cluster), flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
