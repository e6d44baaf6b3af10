"""Clients of the proxy: any replica answers, streams are not held back, and a replica may die or drain."""

import asyncio
import itertools
import json
import secrets
import signal
import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect

from tests.conftest import WORLD_TEMPLATE
from tests.deployment.topology import Site, Viewer, nginx, topology
from tests.postgres import Cluster, drop_database, fresh_database
from tests.support.world import CHATS, Facts

SECONDS = 40


@pytest_asyncio.fixture(scope="module")
async def site(
    postgres: Cluster, world_facts: Facts, world_data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """The topology of all tests here; two of them end a replica each, the rest needs one."""
    url = await fresh_database(postgres, template=WORLD_TEMPLATE)
    with topology(world_facts, url, world_data_dir, tmp_path_factory.mktemp("site")) as site:
        yield site
    await drop_database(postgres, url)


async def create_chat(site: Site, client: httpx.AsyncClient, words: str) -> str:
    """A new chat; the request may be repeated."""
    created = await client.post(CHATS, json=site.chat_body(words), headers={"Idempotency-Key": secrets.token_hex(8)})
    assert created.status_code == 201, created.text
    return str(created.json()["id"])


def said_text(message: dict[str, Any]) -> str:
    return "".join(part.get("text", "") for part in message["content"])


async def texts(client: httpx.AsyncClient, chat_id: str) -> list[str]:
    page = (await client.get(f"{CHATS}/{chat_id}/messages")).json()
    return [said_text(message) for message in reversed(page["messages"])]


# ---- requests ----


async def test_every_replica_answers_for_what_another_has_stored(site: Site) -> None:
    async with site.client() as client:
        chats = [await create_chat(site, client, f"spread {number}") for number in range(6)]
        for chat_id in chats:
            for _ in range(2):
                assert (await client.get(f"{CHATS}/{chat_id}")).status_code == 200
        for replica in site.living:
            metrics = (await client.get(f"{replica.url}/metrics")).text
            assert 'palaver_requests_total{operation="get-chat-by-id",status="200"}' in metrics


async def test_a_file_of_the_largest_size_passes_and_a_larger_one_is_refused_in_palavers_words(site: Site) -> None:
    path = f"{CHATS}/files?organization={site.facts.organization_id}"
    headers = {"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="large.txt"'}
    async with site.client() as client:
        largest = await client.post(path, content=b"x" * 10 * 1024 * 1024, headers=headers)
        assert largest.status_code == 201, largest.text
        refused = await client.post(path, content=b"x" * (10 * 1024 * 1024 + 1), headers=headers)
        assert refused.status_code == 413
        assert refused.json()["message"] == "File too large."


async def test_the_figures_of_a_replica_are_not_shown_outside(site: Site) -> None:
    async with site.client() as client:
        assert (await client.get("/metrics")).status_code == 404
        assert (await client.get("/readyz")).json()["ready"] is True


async def test_a_token_in_the_query_is_not_written_into_the_proxys_log(site: Site) -> None:
    token = site.facts.tokens["alice"]
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{site.url}/api/v2/users/me?coder_session_token={token}")
    assert answer.status_code == 200
    log = site.proxy_log.read_text()
    assert "GET /api/v2/users/me 200 " in log
    assert token not in log


# ---- streams ----


async def test_parts_pass_as_server_sent_events_while_the_turn_goes_on(site: Site) -> None:
    loop = asyncio.get_running_loop()
    arrived: list[float] = []
    async with site.client() as client, asyncio.timeout(SECONDS):
        chat_id = await create_chat(site, client, "/slow 8 0.25")
        async with aclosing(Viewer(client, chat_id).events()) as events:
            async for event in events:
                if event["type"] == "message_part":
                    arrived.append(loop.time())
                if event["type"] == "message" and event["message"]["role"] == "assistant":
                    break
    assert len(arrived) >= 6
    assert loop.time() - arrived[0] > 1, "the first part waited for the last"
    assert max(later - earlier for earlier, later in itertools.pairwise(arrived)) < 1


async def test_parts_pass_as_websocket_frames_while_the_turn_goes_on(site: Site) -> None:
    loop = asyncio.get_running_loop()
    arrived: list[float] = []
    done = False
    async with site.client() as client, asyncio.timeout(SECONDS):
        chat_id = await create_chat(site, client, "/slow 8 0.24")
        url = site.url.replace("http://", "ws://")
        token = {"Coder-Session-Token": site.facts.tokens["alice"]}
        async with connect(f"{url}{CHATS}/{chat_id}/stream", additional_headers=token) as socket:
            while not done:
                for event in json.loads(await socket.recv()):
                    if event["type"] == "message_part":
                        arrived.append(loop.time())
                    done |= event["type"] == "message" and event["message"]["role"] == "assistant"
    assert len(arrived) >= 6
    assert loop.time() - arrived[0] > 1, "the first part waited for the last"


async def test_heartbeats_of_a_silent_stream_pass_one_by_one(site: Site) -> None:
    async with site.client() as client, asyncio.timeout(SECONDS):
        chat_id = await create_chat(site, client, "/wait 30")
        beats = 0
        async with client.stream("GET", f"{CHATS}/{chat_id}/stream") as response:
            async for line in response.aiter_lines():
                beats += line == ": ping"
                if beats == 2:
                    break
        assert (await client.post(f"{CHATS}/{chat_id}/interrupt")).status_code == 200


# ---- a replica goes ----


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "drained"])
async def test_clients_go_on_when_a_replica_goes(site: Site, number: signal.Signals) -> None:
    going = site.living[0]
    async with site.client() as client, asyncio.timeout(90):
        turns = [f"/slow 12 0.2\n/echo turn {index}" for index in range(8)]
        chats = dict(zip([await create_chat(site, client, words) for words in turns], turns, strict=True))
        viewers = [Viewer(client, chat_id) for chat_id in chats]
        statuses: Counter[int] = Counter()
        stopping = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            watching = [tasks.create_task(watch(viewer, answers=2)) for viewer in viewers]
            while any(viewer.cursor is None for viewer in viewers):
                await asyncio.sleep(0.02)
            for chat_id in chats:
                tasks.create_task(read_on(client, chat_id, statuses, stopping))
            going.process.send_signal(number)
            sent = [
                client.post(
                    f"{CHATS}/{chat_id}/messages",
                    json={"content": [{"type": "text", "text": f"more {index}"}]},
                    headers={"Idempotency-Key": f"more-{chat_id}"},
                )
                for index, chat_id in enumerate(chats)
            ]
            assert {answer.status_code for answer in await asyncio.gather(*sent)} == {200}
            seen = await asyncio.gather(*watching)
            stopping.set()

        assert set(statuses) == {200}, statuses
        assert sum(viewer.connections for viewer in viewers) > len(viewers), "no viewer was on the replica that went"
        for index, (chat_id, words) in enumerate(chats.items()):
            stored = await texts(client, chat_id)
            assert stored[::2] == [words, f"more {index}"]
            assert stored[1].endswith(f"turn {index}")
            assert stored[3] == f"more {index}"
            assert seen[index] == stored
    ended = await asyncio.to_thread(going.process.wait, 30)
    assert ended == (0 if number is signal.SIGTERM else -signal.SIGKILL)
    assert "Traceback" not in going.said


async def watch(viewer: Viewer, *, answers: int) -> list[str]:
    """What a viewer has been shown as committed, once it has seen that many answers, in order; nothing twice."""
    messages: dict[int, str] = {}
    async with aclosing(viewer.events()) as events:
        async for event in events:
            if event["type"] == "history_reset":
                messages.clear()
            elif event["type"] == "message":
                message = event["message"]
                assert message["id"] not in messages
                messages[message["id"]] = said_text(message)
                answers -= message["role"] == "assistant"
                if answers == 0:
                    break
    return [messages[key] for key in sorted(messages)]


async def read_on(client: httpx.AsyncClient, chat_id: str, statuses: Counter[int], stopping: asyncio.Event) -> None:
    """Read the chat again and again, and count how that is answered."""
    while not stopping.is_set():
        try:
            statuses[(await client.get(f"{CHATS}/{chat_id}")).status_code] += 1
        except httpx.TransportError:
            # An answer had begun when its replica was killed: the client asks again.
            continue
        await asyncio.sleep(0.02)


# ---- what is sent again ----


class DeafReplicas(threading.Thread):
    """Two servers that take a request and die without an answer; `heard` counts what they took."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.heard = 0
        self.urls: list[str] = []
        self._listening = threading.Event()
        self._own_loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        self.start()
        assert self._listening.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._own_loop.call_soon_threadsafe(self._own_loop.stop)
        self.join(10)

    def run(self) -> None:
        self._own_loop.run_until_complete(self._listen())
        self._own_loop.run_forever()
        self._own_loop.close()

    async def _listen(self) -> None:
        for _ in range(2):
            server = await asyncio.start_server(self._hear, "127.0.0.1", 0)
            self.urls.append(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        self._listening.set()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.heard += 1
        writer.close()


@pytest.mark.parametrize(
    ("method", "headers", "deliveries"),
    [
        ("GET", {}, 2),
        ("POST", {"Idempotency-Key": "once"}, 2),
        ("POST", {}, 1),
        ("PATCH", {"Idempotency-Key": "once"}, 1),
    ],
)
def test_only_what_is_harmless_to_repeat_is_delivered_twice(
    tmp_path: Path, method: str, headers: dict[str, str], deliveries: int
) -> None:
    with DeafReplicas() as deaf, nginx(tmp_path / "nginx", deaf.urls) as port:
        answer = httpx.request(method, f"http://127.0.0.1:{port}{CHATS}", headers=headers)
        assert answer.status_code == 502
        assert deaf.heard == deliveries, (tmp_path / "nginx" / "said").read_text()
