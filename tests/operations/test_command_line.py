"""The command line against a real demo server: what it prints works as printed."""

import asyncio
import json
import os
import re
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
import typer

from palaver import __version__
from palaver.cli.chat import chat
from palaver.settings import Settings
from tests.chaos.proxy import FaultProxy
from tests.operations.processes import ROOT, RunningServer, environment, palaver, running


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(directory: Path) -> Iterator[RunningServer]:
    with running("demo", cwd=directory) as server:
        yield server


def test_demo_prints_commands_that_send_and_stream(demo: RunningServer, directory: Path) -> None:
    commands = [line for line in demo.said.splitlines() if line.startswith(("CHAT=", "curl "))]
    assert [line.split("=")[0].split()[0] for line in commands] == ["CHAT", "curl"]
    assert "for trying out" in demo.said
    assert f"{demo.url}/docs" in demo.said
    with subprocess.Popen(
        ["bash", "-c", "\n".join(commands)], stdout=subprocess.PIPE, text=True, cwd=directory
    ) as shell:
        assert shell.stdout is not None
        for line in shell.stdout:
            if '"role":"assistant"' in line and '"type":"message"' in line:
                assert "Hello, Palaver!" in line
                break
        else:
            pytest.fail("the stream ended without an answer")
        subprocess.run(["pkill", "-P", str(shell.pid)], check=False)
        shell.kill()


def test_demo_keeps_its_secrets_to_itself(demo: RunningServer, directory: Path) -> None:
    data_dir = directory / "palaver-data"
    for name in ("demo.token", "demo.password", "postgres.password"):
        assert stat.S_IMODE((data_dir / name).stat().st_mode) == 0o600
    assert (data_dir / "demo.password").read_text().strip() not in demo.said


def test_chat_streams_the_answer_and_goes_on(demo: RunningServer, directory: Path) -> None:
    first = palaver("chat", "--url", demo.url, "Good [bold]morning[/]", cwd=directory)
    assert (first.returncode, first.stdout) == (0, "Good [bold]morning[/]\n"), first.stderr
    found = re.search(r"--chat (\S+)", first.stderr)
    assert found is not None
    second = palaver("chat", "--url", demo.url, "--chat", found.group(1), "and on", cwd=directory)
    assert (second.returncode, second.stdout) == (0, "and on\n"), second.stderr


async def test_chat_shows_an_answer_that_is_there_before_it_looks(demo: RunningServer, directory: Path) -> None:
    port = int(demo.url.rpartition(":")[2])
    proxy = FaultProxy(lambda: asyncio.open_connection("127.0.0.1", port))
    await proxy.start()
    proxy.delay(0.3)
    try:
        said = await asyncio.to_thread(
            palaver, "chat", "--url", f"http://127.0.0.1:{proxy.port}", "soon", cwd=directory
        )
    finally:
        await proxy.stop()
    assert (said.returncode, said.stdout) == (0, "soon\n"), said.stderr


def test_chat_shows_reasoning_retries_and_failures(demo: RunningServer, directory: Path) -> None:
    said = palaver("chat", "--url", demo.url, "/think so and so\n/fail 529 1\n/echo at last", cwd=directory)
    assert (said.returncode, said.stdout) == (0, "at last\n"), said.stderr
    assert "so and so" in said.stderr
    assert "Attempt 1 failed" in said.stderr
    failed = palaver("chat", "--url", demo.url, "/fail 401", cwd=directory)
    assert failed.returncode == 1
    assert "Authentication with" in failed.stderr
    assert failed.stdout == ""


def test_chat_chooses_a_model_by_name_and_names_those_there_are(demo: RunningServer, directory: Path) -> None:
    assert palaver("chat", "--url", demo.url, "--model", "Demo model", "hi", cwd=directory).returncode == 0
    refused = palaver("chat", "--url", demo.url, "--model", "other", "hi", cwd=directory)
    assert refused.returncode == 1
    assert "Demo model" in refused.stderr


def heed_interrupts() -> None:
    """In a child: a run in the background of a shell ignores SIGINT, and its children with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def chatting(demo: RunningServer, directory: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """`palaver chat` at work; killed at the end if it is still."""
    process = subprocess.Popen(
        [sys.executable, "-m", "palaver", "chat", "--url", demo.url, *arguments],
        cwd=directory,
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_interrupting_chat_interrupts_the_turn(demo: RunningServer, directory: Path) -> None:
    with chatting(demo, directory, "/slow 200 0.1") as process:
        assert process.stdout is not None
        assert process.stdout.read(1)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert "Interrupted." in errors
    assert time.monotonic() - began < 15


def test_messages_to_a_busy_chat_wait_for_their_own_answer_or_are_taken_back(
    demo: RunningServer, directory: Path
) -> None:
    first = palaver("chat", "--url", demo.url, "hi", cwd=directory)
    there = ("--chat", first.stderr.split("--chat ")[1].split()[0])
    with chatting(demo, directory, *there, "/slow 3000 0.1") as busy:
        assert busy.stdout is not None
        assert busy.stdout.read(1)
        with chatting(demo, directory, *there, "one") as asking, chatting(demo, directory, *there, "two") as regretting:
            assert regretting.stderr is not None
            assert "the message waits" in regretting.stderr.readline()
            regretting.send_signal(signal.SIGINT)
            _, errors = regretting.communicate(timeout=60)
            assert (regretting.returncode, "Taken back" in errors) == (130, True), errors
            assert asking.stderr is not None
            assert "the message waits" in asking.stderr.readline()
            busy.send_signal(signal.SIGINT)
            answer, errors = asking.communicate(timeout=60)
            assert (asking.returncode, answer) == (0, "one\n"), errors
        assert busy.wait(60) == 130


def test_chat_at_a_terminal_shows_what_was_said_and_talks_on(demo: RunningServer, directory: Path) -> None:
    first = palaver("chat", "--url", demo.url, "well begun", cwd=directory)
    chat_id = first.stderr.split("--chat ")[1].split()[0]
    outer, inner = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "palaver", "chat", "--url", demo.url, "--chat", chat_id],
        cwd=directory,
        env=environment(),
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    os.close(inner)
    shown = ""

    def see(text: str) -> None:
        nonlocal shown
        while text not in shown:
            assert select.select([outer], [], [], 60)[0], shown
            shown += os.read(outer, 4096).decode()
        shown = shown.partition(text)[2]

    try:
        for expected, typed in (("an answer.", b""), ("> ", b"half done\n"), ("half done\r\nhalf done", b"")):
            see(expected)
            os.write(outer, typed)
        see("> ")
        os.write(outer, b"/slow 200 0.1\n")
        see("part 2")
        process.send_signal(signal.SIGINT)
        see("Interrupted.")
        see("> ")
        os.write(outer, b"\n")
        see(f"--chat {chat_id}")
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(outer)


def test_chat_refused_by_the_server_says_why(demo: RunningServer, directory: Path) -> None:
    refused = palaver("chat", "--url", demo.url, "--token", "wrong", "hi", cwd=directory)
    assert refused.returncode == 1
    assert "401" in refused.stderr
    assert "does not know this token" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("url", "chat_id", "reason"),
    [
        ("http://127.0.0.1:1", "nonsense", "not the id of a chat"),
        ("nowhere", None, "does not answer"),
        ("http://127.0.0.1:x", None, "Invalid port"),
    ],
)
def test_chat_that_cannot_begin_says_why(
    url: str, chat_id: str | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        chat("hi", url=url, token="a", chat_id=chat_id, model=None, settings=Settings())
    assert ended.value.exit_code == 1
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize(
    ("modules", "absent"), [("palaver.cli.serve, palaver.app", "palaver_client"), ("palaver.cli.chat", "sqlalchemy")]
)
def test_the_server_loads_no_client_and_the_chat_command_no_database(modules: str, absent: str) -> None:
    loaded = f"import sys, {modules}; sys.exit({absent!r} in sys.modules)"
    subprocess.run([sys.executable, "-c", loaded], env=environment(), check=True)


def test_chat_without_a_server_or_a_token_says_so(tmp_path: Path) -> None:
    assert "no token" in palaver("chat", "hi", cwd=tmp_path).stderr
    refused = palaver("chat", "--url", "http://127.0.0.1:1", "--token", "x", "hi", cwd=tmp_path)
    assert refused.returncode == 1
    assert "does not answer" in refused.stderr


def test_chat_of_somebody_without_an_organization_says_so(demo: RunningServer, directory: Path) -> None:
    owner = {"Coder-Session-Token": (directory / "palaver-data" / "demo.token").read_text().strip()}
    with httpx2.Client(base_url=demo.url, headers=owner) as client:
        place = client.get("/api/v2/organizations/default").json()["id"]
        person = {"username": "homeless", "email": "homeless@example.com", "password": "a long and unlikely sentence"}
        client.post("/api/v2/users", json={**person, "organization_ids": [place]}).raise_for_status()
        client.delete(f"/api/v2/organizations/{place}/members/homeless").raise_for_status()
        token = client.post("/api/v2/users/login", json=person).json()["session_token"]
    refused = palaver("chat", "--url", demo.url, "--token", token, "hi", cwd=directory)
    assert refused.returncode == 1
    assert "no organization" in refused.stderr


def test_token_made_beside_a_running_server_is_good_for_chatting(demo: RunningServer, directory: Path) -> None:
    made = palaver("token", "create", "--user", "demo", "--name", "ci", cwd=directory)
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    said = palaver("chat", "--url", demo.url, "hi", cwd=directory, PALAVER_TOKEN=token)
    assert said.returncode == 0, said.stderr
    again = palaver("token", "create", "--user", "demo", "--name", "ci", cwd=directory)
    assert again.returncode == 1
    assert "has a token named" in again.stderr
    unknown = palaver("token", "create", "--user", "stranger", cwd=directory)
    assert unknown.returncode == 1
    assert "no user" in unknown.stderr
    for option, value, reason in (("--scope", "chat:write", "unsupported"), ("--lifetime", "169", "168h0m0s")):
        refused = palaver("token", "create", "--user", "demo", "--name", "other", option, value, cwd=directory)
        assert refused.returncode == 1
        assert reason in refused.stderr
    reader = palaver("token", "create", "--user", "demo", "--name", "reader", "--scope", "chat:read", cwd=directory)
    assert reader.returncode == 0, reader.stderr


def test_doctor_is_content_with_a_running_server(demo: RunningServer, directory: Path) -> None:
    examined = palaver("doctor", "--port", "0", cwd=directory)
    assert examined.returncode == 0, examined.stdout
    assert "the newest" in examined.stdout
    assert "provider demo" in examined.stdout


def test_doctor_finds_what_is_wrong_and_makes_nothing(tmp_path: Path) -> None:
    url = "postgresql://someone:hidden-password@127.0.0.1:1/nowhere"
    variables = {"PALAVER_SECRET_KEYS": "bad", "PALAVER_RATE_LIMIT": "off"}
    examined = palaver("doctor", "--port", "0", "--database-url", url, cwd=tmp_path, **variables)
    assert examined.returncode == 1
    assert "PALAVER_RATE_LIMIT" in examined.stdout
    assert examined.stdout.count("│ failed │") == 2
    assert "hidden-password" not in examined.stdout
    assert list(tmp_path.iterdir()) == []


def test_database_commands_migrate_and_tell_the_revision(tmp_path: Path) -> None:
    before = palaver("db", "current", cwd=tmp_path)
    assert (before.returncode, before.stdout) == (1, "empty\n")
    assert palaver("db", "upgrade", cwd=tmp_path).returncode == 0
    assert palaver("db", "current", cwd=tmp_path).returncode == 0


def test_settings_are_listed_with_their_variables_and_without_secrets(tmp_path: Path) -> None:
    variables = {
        "PALAVER_DATABASE_URL": "postgresql://u:hidden@h/d",
        "PALAVER_SECRET_KEYS": "hidden",
        "PALAVER_PORT": "8123",
    }
    listed = palaver("settings", "--json", cwd=tmp_path, **variables)
    rows = {row["name"]: row for row in json.loads(listed.stdout)}
    assert set(rows) == set(Settings.model_fields)
    assert all(row["description"] for row in rows.values())
    assert rows["port"] | {"description": ""} == {
        "name": "port",
        "value": 8123,
        "default": 8000,
        "variable": "PALAVER_PORT",
        "description": "",
    }
    table = palaver("settings", cwd=tmp_path, **variables)
    assert "hidden" not in listed.stdout + table.stdout
    assert "PALAVER_REQUIRES_ACTION_SECONDS" in table.stdout


def test_setting_that_does_not_fit_is_named_without_its_value(tmp_path: Path) -> None:
    refused = palaver("settings", cwd=tmp_path, PALAVER_PORT="a-lot", PALAVER_DATABASE_URL="mysql://u:hidden@h/d")
    assert refused.returncode == 1
    assert "PALAVER_PORT" in refused.stderr
    assert "PALAVER_DATABASE_URL" in refused.stderr
    assert "hidden" not in refused.stderr


def test_contract_is_printed_whole(tmp_path: Path) -> None:
    printed = palaver("openapi", "print", cwd=tmp_path)
    assert printed.stdout == (ROOT / "openapi.yaml").read_text()
    assert palaver("openapi", "path", cwd=tmp_path).stdout.strip() == str(ROOT / "openapi.yaml")


def test_version_is_that_of_the_package(tmp_path: Path) -> None:
    assert palaver("--version", cwd=tmp_path).stdout == f"palaver {__version__}\n"
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text()
    assert "PALAVER_DATA_DIR" in palaver("serve", "--help", cwd=tmp_path).stdout
    assert os.listdir(tmp_path) == []
