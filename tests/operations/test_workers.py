"""A server of several processes: one address, the dead are replaced, all end together, none outlives the parent."""

import asyncio
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx2
import psutil
import pytest
import pytest_asyncio

from palaver.cli.demo import _provision
from palaver.settings import Settings
from tests.operations.processes import RunningServer, environment, palaver, running
from tests.operations.test_serve import is_running, postgres_pid, start_chat, texts, wait_for_texts
from tests.postgres import Cluster, drop_database, fresh_database

LONGEST = 120.0
ME = "/api/v2/users/me"
SABOTAGE = """
import os, sys, time
if "palaver.replica" in sys.orig_argv and os.path.exists({flag!r}):
    with open({flag!r}) as file:
        exec(file.read())
"""
"""A sitecustomize module: what the flag file says happens at the start of every process but the first."""


@dataclass(frozen=True)
class Account:
    """A migrated database with a user and the demo model."""

    url: str
    token: str

    def client(self, server: RunningServer, *, keep: bool = False) -> httpx2.Client:
        """A client that goes to any process with each request, unless it keeps its connection."""
        return httpx2.Client(
            base_url=server.url,
            headers={"Coder-Session-Token": self.token},
            timeout=60,
            limits=httpx2.Limits(max_keepalive_connections=1 if keep else 0),
        )


@pytest_asyncio.fixture(scope="module")
async def account(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Account]:
    url = await fresh_database(postgres)
    settings = Settings(database_url=url, data_dir=tmp_path_factory.mktemp("account"))
    token, _ = await _provision(settings, None)
    yield Account(url, token)
    await drop_database(postgres, url)


@contextmanager
def serving(account: Account, cwd: Path, *arguments: str, **variables: str) -> Iterator[RunningServer]:
    settings = {"PALAVER_DATABASE_URL": account.url, "PALAVER_POOL_SIZE": "4", "PALAVER_RATE_LIMITS": "off"}
    with running("serve", "--workers", "2", *arguments, cwd=cwd, **(settings | variables)) as server:
        yield server


def processes(server: RunningServer) -> set[int]:
    """The living processes that serve."""
    found = set()
    for child in psutil.Process(server.process.pid).children():
        try:
            if "palaver.replica" in child.cmdline() and child.status() != psutil.STATUS_ZOMBIE:
                found.add(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def ready_processes(server: RunningServer) -> set[int]:
    """Those that have told that their worker has started."""
    lines = [json.loads(line) for line in server.said.splitlines() if line.startswith("{")]
    return {line["process"] for line in lines if line.get("action") == "worker_started"}


def connections(server: RunningServer, pid: int) -> int:
    port = int(server.url.rpartition(":")[2])
    found = psutil.Process(pid).net_connections("tcp")
    return sum(1 for one in found if one.status == psutil.CONN_ESTABLISHED and one.laddr.port == port)


def owner_of(account: Account, server: RunningServer, chat: str) -> int:
    """The process that works on a chat, as soon as one does."""

    async def worker_id() -> str:
        connection = await asyncpg.connect(account.url)
        try:
            return str(await connection.fetchval("SELECT worker_id FROM chats WHERE id = $1", chat))
        finally:
            await connection.close()

    def find() -> int | None:
        said = [json.loads(line) for line in server.said.splitlines() if "worker_started" in line]
        owner = asyncio.run(worker_id())
        return next((line["process"] for line in said if line["worker_id"] == owner), None)

    wait_until(lambda: find() is not None, "nobody works on the chat")
    found = find()
    assert found is not None
    return found


def counted(client: httpx2.Client) -> float:
    """How often ME was answered."""
    found = re.findall(r'palaver_requests_total{operation="get-user-by-name",.*} (\S+)', client.get("/metrics").text)
    return sum(map(float, found))


def sabotage(directory: Path, **variables: str) -> tuple[Path, dict[str, str]]:
    """A flag file, and the variables that make new processes run what it holds."""
    flag, place = directory / "sabotage.py", directory / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(SABOTAGE.format(flag=str(flag)))
    return flag, {"PYTHONPATH": f"{place}:{environment()['PYTHONPATH']}", **variables}


# ---- a server that stands for many ----


@dataclass(frozen=True)
class Shared:
    """A server of two processes; new ones run what the file `sabotage` holds, if it exists."""

    server: RunningServer
    account: Account
    sabotage: Path

    def client(self) -> httpx2.Client:
        return self.account.client(self.server)

    def processes(self) -> set[int]:
        """Both, once they serve."""
        wait_until(lambda: len(processes(self.server) & ready_processes(self.server)) == 2, "there are not two")
        return processes(self.server)


@pytest.fixture(scope="module")
def shared(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    directory = tmp_path_factory.mktemp("shared")
    flag, variables = sabotage(directory)
    variables |= {"PALAVER_SHUTDOWN_GRACE_SECONDS": "1", "PALAVER_OIDC_CLIENT_SECRET": "a-secret-of-ours"}
    with serving(account, directory, **variables) as server:
        yield Shared(server, account, flag)


def test_connections_go_to_every_process(shared: Shared) -> None:
    # How many each gets is shown by test_accepting.py: on a busy machine it is for whoever wakes up in time.
    pids = shared.processes()
    before = {pid: connections(shared.server, pid) for pid in pids}
    clients: list[httpx2.Client] = []

    def is_shared() -> bool:
        clients.append(httpx2.Client(base_url=shared.server.url))
        assert clients[-1].get("/healthz").status_code == 200
        return all(connections(shared.server, pid) >= before[pid] + 7 for pid in pids)

    try:
        wait_until(is_shared, "one process takes them all")
    finally:
        for client in clients:
            client.close()


def test_process_that_hangs_keeps_nobody_waiting_who_has_not_met_it(shared: Shared) -> None:
    hanging = psutil.Process(min(shared.processes()))
    hanging.suspend()
    try:
        with shared.client() as client:
            for _ in range(20):
                assert client.get("/healthz").status_code == 200
    finally:
        hanging.resume()


def test_secrets_reach_the_processes_on_no_command_line(shared: Shared) -> None:
    for pid in shared.processes():
        words = " ".join(psutil.Process(pid).cmdline())
        assert "postgresql://" not in words
        assert "a-secret-of-ours" not in words


def test_one_scrape_counts_what_all_processes_did_and_goes_on_when_one_is_replaced(shared: Shared) -> None:
    victim = min(shared.processes())
    with shared.client() as client:
        before = counted(client)
        for _ in range(30):
            assert client.get(ME).status_code == 200
        assert counted(client) == before + 30
        psutil.Process(victim).kill()
        wait_until(lambda: not is_running(victim), "it was not killed")
        assert victim not in shared.processes()
        for _ in range(30):
            assert client.get(ME).status_code == 200
        assert counted(client) == before + 60


def test_chats_of_a_killed_process_go_on_at_once_elsewhere(shared: Shared) -> None:
    # With the leases' usual times: 30 s would pass before they lapse, and 30 s between two searches.
    assert len(shared.processes()) == 2
    with shared.client() as client:
        chat = start_chat(client, "/wait 4\nafter the crash")
        victim = owner_of(shared.account, shared.server, chat)
        psutil.Process(victim).kill()
        killed = time.monotonic()
        wait_until(lambda: owner_of(shared.account, shared.server, chat) != victim, "nobody took the chat over")
        assert time.monotonic() - killed < 15
        assert "handed_over" in shared.server.said
        wait_for_texts(client, chat, ["/wait 4\nafter the crash", "after the crash"])


def test_hang_up_replaces_the_processes_one_by_one_and_no_request_fails(shared: Shared) -> None:
    failures: list[str] = []
    old, stop = shared.processes(), threading.Event()
    replaced = shared.server.said.count("replace_done")
    with shared.client() as client, shared.account.client(shared.server, keep=True) as keeping:

        def ask(client: httpx2.Client) -> None:
            while not stop.is_set():
                try:
                    answer = client.get(ME)
                except httpx2.HTTPError as failure:
                    failures.append(repr(failure))
                else:
                    if answer.status_code != 200:
                        failures.append(answer.text)
                time.sleep(0.02)

        asking = [threading.Thread(target=ask, args=(each,)) for each in (client, keeping)]
        for thread in asking:
            thread.start()
        try:
            chat = start_chat(client, "/wait 1\nwhile they change")
            shared.server.process.send_signal(signal.SIGHUP)
            wait_until(lambda: shared.server.said.count("replace_done") > replaced, "they were not replaced")
        finally:
            stop.set()
            for thread in asking:
                thread.join()
        assert failures == []
        wait_for_texts(client, chat, ["/wait 1\nwhile they change", "while they change"])
    assert not shared.processes() & old


def test_new_processes_that_do_not_start_leave_the_old_ones_serving(shared: Shared) -> None:
    old = shared.processes()
    shared.sabotage.write_text("os._exit(7)")
    try:
        shared.server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "the old ones go on" in shared.server.said, "nothing was told")
    finally:
        shared.sabotage.unlink()
    assert shared.processes() == old


def test_process_that_cannot_start_again_is_tried_again_ever_later(shared: Shared) -> None:
    victim = min(shared.processes())
    before = shared.server.said.count("process_ended")
    shared.sabotage.write_text("os._exit(7)")
    try:
        psutil.Process(victim).kill()
        wait_until(lambda: shared.server.said.count("process_ended") >= before + 4, "it was not tried again")
    finally:
        shared.sabotage.unlink()
    said = [json.loads(line) for line in shared.server.said.splitlines() if "process_ended" in line][before:]
    assert [line["status"] for line in said[:4]] == [-9, 7, 7, 7]
    delays = [line["delay_seconds"] for line in said[:4]]
    assert delays[1:] == [max(0.5, 2 * delay) for delay in delays[:3]]
    assert len(shared.processes()) == 2


# ---- beginning and end ----


def test_several_processes_share_the_embedded_database_and_none_outlives_the_parent(tmp_path: Path) -> None:
    data_dir = tmp_path / "palaver-data"
    with running("demo", cwd=tmp_path, PALAVER_WORKERS="2") as demo:
        assert processes(demo) == set()  # the demo is one process, whatever the setting
    token = (data_dir / "demo.token").read_text().strip()
    with running("serve", "--workers", "2", cwd=tmp_path) as server:
        pids, port = processes(server), server.url.rpartition(":")[2]
        assert len(pids) == 2
        with Account("", token).client(server) as client:
            chats = [start_chat(client, f"hello {number}") for number in range(6)]
            for number, chat in enumerate(chats):
                wait_for_texts(client, chat, [f"hello {number}"] * 2)
            chat = start_chat(client, "/wait 3\nafter all")
            time.sleep(0.5)
        server.process.kill()
        server.process.wait()
        wait_until(lambda: not any(map(is_running, pids)), "they outlive their parent")
    with running("serve", "--workers", "2", "--port", port, cwd=tmp_path) as server:
        pids, database = processes(server), postgres_pid(data_dir)
        assert "Taking over" in server.said
        with Account("", token).client(server) as client:
            wait_for_texts(client, chat, ["/wait 3\nafter all", "after all"])
        server.process.terminate()
        assert server.process.wait(LONGEST) == 0
        assert not any(map(is_running, pids))
        assert not is_running(database)
        assert "Traceback" not in server.said
        assert server.said.count("worker stopped") == 2


def test_process_that_does_not_start_fails_the_command(account: Account, tmp_path: Path) -> None:
    flag, variables = sabotage(tmp_path, PALAVER_DATABASE_URL=account.url)
    flag.write_text("os._exit(7)")
    refused = palaver("serve", "--port", "0", "--workers", "2", cwd=tmp_path, **variables)
    assert refused.returncode == 1
    assert "ended with status 7" in refused.stderr
    assert "is ready" not in refused.stdout


def test_termination_while_starting_ends_everything(account: Account, tmp_path: Path) -> None:
    flag, variables = sabotage(tmp_path)
    started = tmp_path / "started"
    flag.write_text(f"open({str(started)!r}, 'w').close(); time.sleep(60)")
    with subprocess.Popen(
        [sys.executable, "-m", "palaver", "serve", "--workers", "2", "--port", "0"],
        cwd=tmp_path,
        env=environment(PALAVER_DATABASE_URL=account.url, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        wait_until(started.exists, "no process was started")
        pids = processes(RunningServer(process))
        process.terminate()
        said, _ = process.communicate(timeout=LONGEST)
    assert process.returncode == 1
    assert "Traceback" not in said
    assert pids
    assert not any(map(is_running, pids))


def test_keys_that_do_not_fit_are_told_once(account: Account, tmp_path: Path) -> None:
    variables = {"PALAVER_DATABASE_URL": account.url, "PALAVER_SECRET_KEYS": "not-a-key"}
    refused = palaver("serve", "--port", "0", "--workers", "2", cwd=tmp_path, **variables)
    assert refused.returncode == 1
    assert refused.stderr.count("PALAVER_SECRET_KEYS") == 1
    assert "not-a-key" not in refused.stderr + refused.stdout


def test_connections_of_all_processes_are_counted(account: Account, tmp_path: Path) -> None:
    variables = {"PALAVER_DATABASE_URL": account.url, "PALAVER_POOL_SIZE": "120"}
    refused = palaver("serve", "--port", "0", "--workers", "2", cwd=tmp_path, **variables)
    assert refused.returncode == 1
    assert "2 processes" in refused.stderr
    assert "365" in refused.stderr


def test_second_interrupt_waits_for_nobody(account: Account, tmp_path: Path) -> None:
    long = {"PALAVER_SHUTDOWN_GRACE_SECONDS": "120"}
    with serving(account, tmp_path, **long) as server, account.client(server) as client:
        chat = start_chat(client, "/wait 60\nnever said")
        owner_of(account, server, chat)
        pids = processes(server)
        server.process.send_signal(signal.SIGINT)
        time.sleep(1)
        assert server.process.poll() is None
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(30) == 0
        assert not any(map(is_running, pids))


# ---- roles ----


def test_what_one_role_accepts_the_other_runs(account: Account, tmp_path: Path) -> None:
    with (
        serving(account, tmp_path, "--workers", "1", "--role", "api") as api,
        serving(account, tmp_path, "--role", "worker", PALAVER_ACQUISITION_SECONDS="2") as worker,
        account.client(api) as client,
    ):
        chat = start_chat(client, "hello")
        wait_for_texts(client, chat, ["hello", "hello"])
        assert len(processes(worker)) == 2
        with account.client(worker) as health:
            assert health.get("/readyz").status_code == 200
            refused = health.get("/api/v2/users/me")
            assert (refused.status_code, refused.json()) == (404, {"message": "Route not found."})
        assert texts(client, chat) == ["hello", "hello"]
