"""The server's life: one per data directory, drained by SIGTERM, nothing lost by kill -9, failures told by status."""

import datetime as dt
import json
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.operations.processes import RunningServer, palaver, running

CHATS = "/api/experimental/chats"


def token_of(data_dir: Path) -> str:
    return (data_dir / "demo.token").read_text().strip()


def client_of(server: RunningServer, data_dir: Path) -> httpx2.Client:
    return httpx2.Client(base_url=server.url, headers={"Coder-Session-Token": token_of(data_dir)}, timeout=30)


def start_chat(client: httpx2.Client, text: str) -> str:
    organization = client.get("/api/v2/users/me").json()["organization_ids"][0]
    body = {"organization_id": organization, "content": [{"type": "text", "text": text}]}
    created = client.post(CHATS, json=body)
    assert created.status_code == 201, created.text
    return str(created.json()["id"])


def texts(client: httpx2.Client, chat: str) -> list[str]:
    messages = client.get(f"{CHATS}/{chat}/messages").json()["messages"]
    return ["".join(part.get("text", "") for part in message["content"]) for message in reversed(messages)]


def wait_for_texts(client: httpx2.Client, chat: str, wanted: list[str]) -> None:
    deadline = time.monotonic() + 40
    while texts(client, chat) != wanted:
        assert time.monotonic() < deadline, texts(client, chat)
        time.sleep(0.05)


def postgres_pid(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def empty(directory: Path) -> Iterator[RunningServer]:
    """A server that nobody has used yet."""
    with running("serve", cwd=directory) as server:
        yield server


def test_second_server_on_a_data_directory_is_refused_and_the_first_unharmed(
    empty: RunningServer, directory: Path
) -> None:
    second = palaver("serve", "--port", "0", cwd=directory)
    assert second.returncode == 1
    assert f"in use by process {empty.process.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert httpx2.get(f"{empty.url}/readyz").status_code == 200


def test_empty_server_waits_for_its_first_user(empty: RunningServer) -> None:
    assert httpx2.get(f"{empty.url}/healthz").text.strip() == "OK"
    answer = httpx2.get(f"{empty.url}/api/v2/users/first")
    assert answer.status_code == 404
    assert answer.json()["message"] == "The initial user has not been created!"


def test_termination_drains_and_stops_the_database(tmp_path: Path) -> None:
    data_dir = tmp_path / "palaver-data"
    long = {"PALAVER_SHUTDOWN_GRACE_SECONDS": "120"}
    with running("demo", cwd=tmp_path, **long) as server, client_of(server, data_dir) as client:
        database = postgres_pid(data_dir)
        chat = start_chat(client, "hello")
        wait_for_texts(client, chat, ["hello", "hello"])
        closed: list[bool] = []

        def watch() -> None:
            with client.stream("GET", f"{CHATS}/{chat}/stream") as stream:
                for _ in stream.iter_lines():
                    pass
            closed.append(True)

        viewer = threading.Thread(target=watch)
        viewer.start()
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        # Within less than the grace: an open stream is ended, not waited for.
        assert server.process.wait(60) == 0
        viewer.join(5)
        assert closed == [True]
        assert not is_running(database)
        assert "Traceback" not in server.said


def test_interrupt_from_the_terminal_stops_everything_in_order(tmp_path: Path) -> None:
    with running("serve", cwd=tmp_path) as server:
        database = postgres_pid(tmp_path / "palaver-data")
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert not is_running(database)
        assert "Traceback" not in server.said


def test_second_interrupt_from_the_terminal_waits_for_no_turn(tmp_path: Path) -> None:
    data_dir = tmp_path / "palaver-data"
    long = {"PALAVER_SHUTDOWN_GRACE_SECONDS": "120"}
    with running("demo", cwd=tmp_path, **long) as server, client_of(server, data_dir) as client:
        database = postgres_pid(data_dir)
        start_chat(client, "/wait 60\nnever said")
        server.process.send_signal(signal.SIGINT)
        time.sleep(1)
        assert server.process.poll() is None
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(30) == 0
        server.wait_until_said("Stopped.")
        assert '"released": 1' in server.said
        assert not is_running(database)
        assert "Traceback" not in server.said


def test_kill_and_restart_keeps_data_and_token_and_answers_what_was_accepted(tmp_path: Path) -> None:
    data_dir = tmp_path / "palaver-data"
    fast = {
        "PALAVER_HEARTBEAT_SECONDS": "0.5",
        "PALAVER_HEARTBEAT_STALE_SECONDS": "2",
        "PALAVER_ACQUISITION_SECONDS": "1",
    }
    with running("demo", cwd=tmp_path, **fast) as server, client_of(server, data_dir) as client:
        answered = start_chat(client, "before")
        wait_for_texts(client, answered, ["before", "before"])
        open_chat = start_chat(client, "/wait 2\nafter the crash")
        time.sleep(0.5)
        server.process.kill()
        server.process.wait()
    leftover = postgres_pid(data_dir)
    assert is_running(leftover)

    token = token_of(data_dir)
    with running("demo", cwd=tmp_path, **fast) as server, client_of(server, data_dir) as client:
        assert not is_running(leftover)
        assert "Taking over" in server.said
        assert token == token_of(data_dir)
        assert re.search(rf"Token\s+{token}$", server.said, re.MULTILINE)
        assert texts(client, answered) == ["before", "before"]
        wait_for_texts(client, open_chat, ["/wait 2\nafter the crash", "after the crash"])


def test_port_in_use_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = palaver("serve", "--port", port, cwd=tmp_path)
    assert refused.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in refused.stderr
    assert not (tmp_path / "palaver-data").exists()


def test_unusable_secret_key_fails_the_start_and_leaves_no_database_running(tmp_path: Path) -> None:
    refused = palaver("serve", "--port", "0", cwd=tmp_path, PALAVER_SECRET_KEYS="not-a-key")
    assert refused.returncode == 1
    assert "not-a-key" not in refused.stderr + refused.stdout
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "palaver-data" / "postgres" / "postmaster.pid").exists()


def test_pool_larger_than_the_database_allows_is_refused(tmp_path: Path) -> None:
    variables = {"PALAVER_POOL_SIZE": "20", "PALAVER_EMBEDDED_MAX_CONNECTIONS": "20"}
    refused = palaver("serve", "--port", "0", cwd=tmp_path, **variables)
    assert refused.returncode == 1
    assert "PostgreSQL allows" in refused.stderr


def test_unreachable_database_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://someone:hidden-password@127.0.0.1:1/nowhere"
    refused = palaver("serve", "--port", "0", "--database-url", url, cwd=tmp_path)
    assert refused.returncode == 1
    assert "cannot use the database" in refused.stderr
    assert "hidden-password" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_data_directory_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    refused = palaver("serve", "--port", "0", "--data-dir", "taken", cwd=tmp_path)
    assert refused.returncode == 1
    assert "data directory taken" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_secret_key_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "palaver-data" / "secret-keys").mkdir(parents=True)
    refused = palaver("serve", "--port", "0", cwd=tmp_path)
    assert refused.returncode == 1
    assert "secret-keys" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_one_grace_time_is_for_requests_and_turns_together(tmp_path: Path) -> None:
    data_dir, grace = tmp_path / "palaver-data", 8
    with (
        running("demo", cwd=tmp_path, PALAVER_SHUTDOWN_GRACE_SECONDS=str(grace)) as server,
        client_of(server, data_dir) as client,
        socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as half,
    ):
        start_chat(client, "/wait 60\nnever said")
        half.sendall(
            f"POST {CHATS} HTTP/1.1\r\nHost: x\r\nCoder-Session-Token: {token_of(data_dir)}\r\n"
            "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{".encode()
        )
        time.sleep(0.5)
        began = time.time()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        server.wait_until_said("Stopped.")
        [stopped] = [json.loads(line) for line in server.lines if '"worker_stopped"' in line]
        ended = dt.datetime.fromisoformat(stopped["timestamp"]).timestamp()
        assert grace - 1 < ended - began < 2 * grace
