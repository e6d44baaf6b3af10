"""What single things cost, in CPU time and written bytes: the figures that `bench.capacity` multiplies.

    python -m bench.unit_costs

CPU time and bytes hardly depend on what else the machine does, so no baseline runs beside them.
"""

import asyncio
import json
import time
import urllib.request
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg

from bench.api import set_up
from bench.cluster import Cluster, make_chats, running_cluster
from bench.processes import CpuMeter, palaver
from bench.sending import message_path
from palaver.chat.notices import ChatNotice
from palaver.stream.bus.frames import encode, frame, read_entries, read_frame

_LISTENERS = 60
_FRAMES = 2_000
_NOTICES_PER_FRAME = 10
_LEASES = 400
_BEATS = 30
_TURNS = 400
_ANSWER = "/slow 50 0.01"


def sample_notice() -> ChatNotice:
    """A notice as a running chat causes it."""
    return ChatNotice(uuid.uuid4(), 123, uuid.uuid4(), uuid.uuid4(), 120, 0, 0, 3, "running", False)


def _sample_frame() -> bytes:
    entries = b"".join(encode(sample_notice()) for _ in range(_NOTICES_PER_FRAME))
    return frame(uuid.uuid4(), is_direct=False, number=1, entries=entries)


async def notify(cluster: Cluster) -> str:
    """The database server's CPU time for one frame to one listener, beyond what the frame costs with few of them."""
    url = await cluster.new_database("notify")
    seconds: dict[int, float] = {}
    payload = _sample_frame().decode()
    async with AsyncExitStack() as stack:
        sender = await stack.enter_async_context(_connected(url))
        for listeners in (1, _LISTENERS):
            missing = _FRAMES * listeners
            all_heard = asyncio.Event()

            def hear(*_: object) -> None:
                nonlocal missing
                missing -= 1
                if missing == 0:
                    all_heard.set()  # noqa: B023 - nobody listens any more when the name changes its meaning

            async with AsyncExitStack() as listening:
                for _ in range(listeners):
                    connection = await listening.enter_async_context(_connected(url))
                    await connection.add_listener("palaver", hear)
                meter = CpuMeter(cluster.pid)
                for _ in range(_FRAMES):
                    await sender.execute("SELECT pg_notify('palaver', $1)", payload)
                await all_heard.wait()
                [seconds[listeners]] = meter.seconds()
    each = (seconds[_LISTENERS] - seconds[1]) / (_FRAMES * (_LISTENERS - 1))
    first = seconds[1] / _FRAMES
    return f"a frame: {first * 1e6:.0f} us for the database with one listener, {each * 1e6:.1f} us per further one"


def hearing() -> str:
    """A replica's CPU time to read a frame, per notice."""
    data = _sample_frame()
    began = time.process_time()
    for _ in range(_FRAMES):
        read_entries(read_frame(data).entries)
    seconds = time.process_time() - began
    size = len(encode(sample_notice()))
    return f"a notice heard: {seconds / _FRAMES / _NOTICES_PER_FRAME * 1e6:.1f} us, {size} bytes"


async def leases(cluster: Cluster) -> str:
    """CPU time and WAL of renewing one lease of many."""
    url = await cluster.new_database("leases")
    with palaver(url, cluster.directory, role="api") as (port, _):
        account = set_up(port)
    chats = await make_chats(url, account.owner, chats=_LEASES, messages=0)
    runners = [uuid.uuid4() for _ in chats]
    async with _connected(url) as connection:
        await connection.execute(
            "INSERT INTO chat_heartbeats (chat_id, runner_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])",
            chats,
            runners,
        )
        await connection.execute("CHECKPOINT")
        await _renew(connection, chats, runners)
        meter, wal = CpuMeter(cluster.pid), await _wal(connection)
        for _ in range(_BEATS):
            await _renew(connection, chats, runners)
        [seconds] = meter.seconds()
        written = await _wal(connection) - wal
    renewed = _LEASES * _BEATS
    return f"a lease renewed: {seconds / renewed * 1e6:.1f} us for the database, {written / renewed:.0f} bytes of WAL"


async def _renew(
    connection: "asyncpg.Connection[asyncpg.Record]", chats: list[uuid.UUID], runners: list[uuid.UUID]
) -> None:
    await connection.execute(
        "UPDATE chat_heartbeats AS h SET heartbeat_at = now() FROM unnest($1::uuid[], $2::uuid[]) AS ours (c, r)"
        " WHERE h.chat_id = ours.c AND h.runner_id = ours.r",
        chats,
        runners,
    )


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
