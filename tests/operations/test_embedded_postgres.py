"""The embedded PostgreSQL: owned by one process, survives kill -9 of either side, leaves nothing behind."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import psutil
import pytest

from palaver import postgres
from palaver.embedded import DataDirectoryInUse, EmbeddedPostgres
from palaver.postgres import PostgresFailed

# A test's process that holds a data directory open until it is told, or killed.
HOLD = """
import sys, pathlib
from palaver import postgres
from palaver.embedded import EmbeddedPostgres
with EmbeddedPostgres(pathlib.Path(sys.argv[1])) as postgres:
    print(postgres.url, flush=True)
    sys.stdin.read()
"""

# A test's process that keeps a session busy.
SESSION = """
import asyncio, asyncpg, sys
async def main():
    connection = await asyncpg.connect(sys.argv[1])
    print("ready", flush=True)
    await connection.execute("SELECT pg_sleep(60)")
asyncio.run(main())
"""


def hold(data_dir: Path) -> tuple["subprocess.Popen[str]", str]:
    """A process with the embedded PostgreSQL of `data_dir`, and its URL."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def server_pid(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def execute(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(statement)
    finally:
        await connection.close()


async def test_data_outlives_a_stop_and_the_server_does_not(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with EmbeddedPostgres(data_dir) as embedded:
        await execute(embedded.url, "CREATE TABLE kept AS SELECT 1 AS one")
        pid = server_pid(data_dir)
    assert not is_running(pid)
    with EmbeddedPostgres(data_dir) as embedded:
        assert len(await execute(embedded.url, "SELECT * FROM kept")) == 1


def test_second_owner_is_refused_and_told_who_is_first(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path):
        with pytest.raises(DataDirectoryInUse, match=rf"in use by process {os.getpid()}"):
            EmbeddedPostgres(tmp_path).__enter__()
        assert is_running(server_pid(tmp_path))


async def test_server_left_by_a_killed_owner_is_taken_over(tmp_path: Path) -> None:
    owner, url = hold(tmp_path)
    await execute(url, "CREATE TABLE kept AS SELECT 1 AS one")
    owner.kill()
    owner.wait()
    leftover = server_pid(tmp_path)
    assert is_running(leftover)

    reports: list[str] = []
    with EmbeddedPostgres(tmp_path, report=reports.append) as embedded:
        assert not is_running(leftover)
        assert len(await execute(embedded.url, "SELECT * FROM kept")) == 1
    assert [str(leftover) in line for line in reports] == [True]


async def test_killed_server_recovers_what_was_committed(tmp_path: Path) -> None:
    owner, url = hold(tmp_path)
    await execute(url, "CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(server_pid(tmp_path), signal.SIGKILL)
    owner.kill()
    owner.wait()
    with EmbeddedPostgres(tmp_path) as embedded:
        assert len(await execute(embedded.url, "SELECT * FROM kept")) == 1


def test_stale_pid_file_that_names_a_stranger_is_no_obstacle(tmp_path: Path) -> None:
    owner, _ = hold(tmp_path)
    pid_file = tmp_path / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    owner.communicate("")
    # The number of the dead server now belongs to a process that has nothing to do with it.
    with subprocess.Popen(["sleep", "60"], user="nobody" if os.geteuid() == 0 else None) as stranger:
        lines[0] = str(stranger.pid)
        pid_file.write_text("\n".join(lines) + "\n")
        try:
            with EmbeddedPostgres(tmp_path):
                pass
            assert stranger.poll() is None
        finally:
            stranger.kill()


async def test_password_is_wanted_and_private(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with EmbeddedPostgres(data_dir) as embedded:
        password = (data_dir / "postgres.password").read_text().strip()
        assert stat.S_IMODE((data_dir / "postgres.password").stat().st_mode) == 0o600
        assert stat.S_IMODE(data_dir.stat().st_mode) & 0o066 == 0
        assert password in embedded.url
        with pytest.raises(asyncpg.InvalidPasswordError):
            await execute(embedded.url.replace(password, "guess"), "SELECT 1")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await execute(embedded.url.replace(f":{password}", ""), "SELECT 1")


async def test_settings_of_the_server_are_durable_and_without_jit(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, max_connections=33) as embedded:
        [row] = await execute(
            embedded.url,
            "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,"
            " current_setting('jit') AS jit, current_setting('max_connections') AS connections,"
            " current_setting('listen_addresses') AS addresses",
        )
    assert dict(row) == {"fsync": "on", "commit": "on", "jit": "off", "connections": "33", "addresses": ""}


def test_path_too_long_for_a_socket_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    with EmbeddedPostgres(deep) as embedded:
        assert "d" * 60 not in embedded.url


def test_directory_closed_to_others_keeps_its_mode(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "data"):
        pass
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_installation_closed_to_others_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "installation").symlink_to(postgres._binaries().parent)
    monkeypatch.setattr(postgres, "_binaries", lambda: closed / "installation" / "bin")
    with EmbeddedPostgres(closed / "data"):
        pass
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_interrupted_creation_is_started_over(tmp_path: Path) -> None:
    half = tmp_path / "postgres.draft"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(tmp_path):
        assert not half.exists()


def test_cluster_of_another_version_is_refused_and_named(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("9\n")
    (tmp_path / "postgres.password").write_text("x\n")
    with pytest.raises(PostgresFailed, match="written by PostgreSQL 9"):
        EmbeddedPostgres(tmp_path).__enter__()


def test_failing_server_is_reported_with_its_own_words_and_lets_go(tmp_path: Path) -> None:
    with pytest.raises(PostgresFailed, match="no_such_option"):
        EmbeddedPostgres(tmp_path, options={"no_such_option": "1"}).__enter__()
    with EmbeddedPostgres(tmp_path):
        pass


def test_interrupt_of_the_terminal_reaches_us_and_not_the_server(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path):
        assert os.getsid(server_pid(tmp_path)) != os.getsid(0)


def test_stop_is_fast_with_a_session_open(tmp_path: Path) -> None:
    owner, url = hold(tmp_path)
    session = subprocess.Popen([sys.executable, "-c", SESSION, url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert session.stdout is not None
    session.stdout.readline()
    began = time.monotonic()
    owner.communicate("")
    assert time.monotonic() - began < 5
    session.wait()
    session.stdout.close()
