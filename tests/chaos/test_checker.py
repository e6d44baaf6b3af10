"""The checker can fail: each kind of damage, done on purpose to what an honest small run has left, is found."""

import asyncio
import copy
import random
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from palaver.settings import Settings
from palaver.stream.cursor import Position
from tests.chaos import journal
from tests.chaos.api import Api
from tests.chaos.checker import Evidence, check, viewers_saw_the_truth
from tests.chaos.clients import Client
from tests.chaos.ledger import Ledger, Sent, token_of
from tests.chaos.settling import converge, settle
from tests.chaos.viewers import Shown, ShownOtherwise, View, Viewer
from tests.conftest import WORLD_TEMPLATE
from tests.postgres import Cluster, drop_database, fresh_database, make_template
from tests.support.server import run_server
from tests.support.world import Facts

TEMPLATE = "template_chaos"
LEASE_SECONDS = 30.0
PROMOTED, BURIED, CLEARED = "msg-0-10", "msg-0-11", "msg-0-12"
"""What became of the messages of the chat with an edit; `LONG` are the questions that are answered slowly."""
LONG = ("msg-0-1", "msg-0-9", PROMOTED, BURIED)


@dataclass(frozen=True, slots=True)
class Left:
    """What the run has left: its database is the template."""

    ledger: Ledger
    views: list[View]


@pytest_asyncio.fixture(scope="module")
async def left(postgres: Cluster, world_facts: Facts, world_data_dir: Path) -> Left:
    """Four chats with a queue, a tool, an interruption and an edit, and a viewer of each."""
    url = await fresh_database(postgres, template=WORLD_TEMPLATE)
    await journal.install(url)
    settings = Settings(
        database_url=url,
        data_dir=world_data_dir,
        rate_limits="off",
        requires_action_seconds=0.3,
        acquisition_seconds=0.5,
        heartbeat_stale_seconds=LEASE_SECONDS,
        stream_heartbeat_seconds=1,
    )
    ledger, views = Ledger(), list[View]()
    async with run_server(settings) as server, httpx.AsyncClient() as http:
        port = int(server.url.rsplit(":", 1)[1])
        api = Api(http, [port], world_facts.tokens["alice"], ledger, random.Random(1))
        watching: list[asyncio.Task[None]] = []
        try:
            await _talk(api, ledger, world_facts.organization_id)
            for chat_id in ledger.chats:
                view = View(chat_id)
                views.append(view)
                viewer = Viewer(view, random.Random(1), [port], world_facts.tokens["alice"])
                watching.append(asyncio.create_task(viewer.run()))
            await settle(url, api, ledger, patience=20)
            await converge(url, views, patience=20)
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
    await make_template(postgres, url, TEMPLATE)
    return Left(ledger, views)


async def _talk(api: Api, ledger: Ledger, organization_id: str) -> None:
    def write(rng: random.Random, token: str, tools: bool, lease_seconds: float) -> str:
        pieces = 200 if token in LONG else 12
        return f'/tool ask {{"what": "it"}}\n/echo {token}' if tools else f"/slow {pieces} 0.05\n/echo {token}"

    client = Client(0, api, ledger, api.rng, organization_id, 9, 1.0, write)
    for tools in (False, False, True):
        await client.create(tools=tools)
    long, short, _ = ledger.chats.values()
    await client.send(long)
    await client.delete_queued(long)
    await client.send(long)
    await client.interrupt(long)
    for _ in range(3):
        await client.send(short)
    await _edit(client)


async def _edit(client: Client) -> None:
    """A chat where one message was promoted, one buried by an edit, and one removed from the queue by it."""
    known = set(client.ledger.chats)
    await client.create()
    (chat,) = (chat for chat_id, chat in client.ledger.chats.items() if chat_id not in known)
    for _ in range(2):
        await client.send(chat)
        sent = client.queued[chat.chat_id][-1]
        await client.interrupt(chat)
        sent.message_id = await _place_of(client.api, sent)
    await client.send(chat)
    client.ledger.sent[PROMOTED].message_id = None  # the one behind it is to be edited
    await client.edit(chat)


async def _place_of(api: Api, sent: Sent) -> int:
    """The id that a message has in the history, once it is there."""
    while True:
        messages = (await api.call("list-chat-messages", chat=sent.chat_id)).body["messages"]
        for message in messages:
            if message["role"] == "user" and token_of(message["content"]) == sent.token:
                return int(message["id"])
        await asyncio.sleep(0.05)


@pytest_asyncio.fixture
async def url(left: Left, postgres: Cluster) -> AsyncIterator[str]:
    """A copy of the run's database."""
    url = await fresh_database(postgres, template=TEMPLATE)
    yield url
    await drop_database(postgres, url)


async def _rules(left: Left, url: str, damage: str = "") -> set[str]:
    connection = await journal.connect(url)
    try:
        if damage:
            assert (await connection.execute(damage)).split()[-1] != "0", "the damage did nothing"
    finally:
        await connection.close()
    evidence = Evidence(left.ledger, await journal.read_tables(url), left.views, LEASE_SECONDS)
    return {violation.rule for violation in check(evidence)}


async def test_honest_run_is_found_without_fault(left: Left, url: str) -> None:
    assert await _rules(left, url) == set()
    tables = await journal.read_tables(url)
    assert {change.new.status for change in tables.changes} >= {"running", "interrupting", "requires_action", "waiting"}
    assert any(sent.deleted == "yes" for sent in left.ledger.sent.values())
    assert all(view.messages for view in left.views)
    buried = {token_of(message.content) for message in tables.messages if message.deleted and message.role == "user"}
    assert buried == {BURIED}
    assert {PROMOTED, BURIED, CLEARED} < {token_of(entry.content) for entry in tables.unqueued}


_COPY = """INSERT INTO chat_messages (chat_id, role, visibility, content, created_by, model_config_id, revision)
           SELECT chat_id, role, visibility, content, created_by, model_config_id, revision FROM chat_messages"""
_ENDINGS = "old->>'status' = 'running' AND new->>'status' = 'waiting'"
_LAST = "(SELECT id FROM chat_messages WHERE role = '{role}' ORDER BY id DESC LIMIT 1)"
_DAMAGE = {
    "message in the history twice": ("message doubled", f"{_COPY} WHERE id = {_LAST.format(role='user')}"),
    "message in history and queue": (
        "message doubled",
        f"""INSERT INTO chat_queued_messages (chat_id, position, content)
            SELECT chat_id, 1, content FROM chat_messages WHERE id = {_LAST.format(role="user")}""",
    ),
    "message lost": ("message lost", f"DELETE FROM chat_messages WHERE id = {_LAST.format(role='user')}"),
    "promoted message lost in an edited chat": (
        "message lost",
        f"""WITH unborn AS (DELETE FROM chaos.messages WHERE content::text LIKE '%{PROMOTED}"%')
            DELETE FROM chat_messages WHERE content::text LIKE '%{PROMOTED}"%'""",
    ),
    "queued message lost in a chat that was edited later": (
        "message lost",
        f"""UPDATE chaos.unqueued SET xid = (SELECT min(xid) FROM chaos.messages WHERE role = 'assistant')
            WHERE content::text LIKE '%{CLEARED}"%'""",
    ),
    "message buried by another bundle than the edit's": (
        "message lost",
        f"""UPDATE chat_messages SET revision = (SELECT min(revision) FROM chat_messages)
            WHERE content::text LIKE '%{BURIED}"%'""",
    ),
    "message nobody sent": (
        "message of nobody",
        "INSERT INTO chat_queued_messages (chat_id, position, content) SELECT id, 1, '[]' FROM chats LIMIT 1",
    ),
    "messages in another order": (
        "order",
        """UPDATE chat_messages m SET content = other.content FROM chat_messages other
           WHERE m.chat_id = other.chat_id AND m.role = 'user' AND other.role = 'user' AND m.id <> other.id
             AND m.chat_id = (SELECT chat_id FROM chat_messages WHERE role = 'user' AND NOT deleted GROUP BY 1
                              ORDER BY count(*) DESC
                              LIMIT 1)
             AND abs((SELECT count(*) FROM chat_messages WHERE role = 'user' AND id BETWEEN least(m.id, other.id)
                      AND greatest(m.id, other.id) AND chat_id = m.chat_id)) = 2""",
    ),
    "chat runs for ever": ("chat stuck", "UPDATE chats SET status = 'running' WHERE status = 'waiting'"),
    "queue nobody works off": (
        "chat stuck",
        "INSERT INTO chat_queued_messages (chat_id, position, content) SELECT id, 1, '[]' FROM chats LIMIT 1",
    ),
    "chat lost": ("chat lost", "DELETE FROM chats WHERE id = (SELECT id FROM chats LIMIT 1)"),
    "tool call without a result": ("tool call unanswered", "DELETE FROM chat_messages WHERE role = 'tool'"),
    "tool call with two results": ("tool call answered twice", f"{_COPY} WHERE role = 'tool'"),
    "two answers": ("answer", f"{_COPY} WHERE id = {_LAST.format(role='assistant')}"),
    "half an answer": (
        "answer",
        f"""UPDATE chat_messages SET content = '[{{"type": "text", "text": "part 1 "}}]'
            WHERE id = {_LAST.format(role="assistant")}""",
    ),
    "turn with two ends": (
        "outcome",
        f"""INSERT INTO chaos.changes (author, chat_id, old, new)
            SELECT 'replica_9', chat_id, old, new FROM chaos.changes WHERE {_ENDINGS}""",
    ),
    "turn without an end": ("outcome", f"DELETE FROM chaos.changes WHERE {_ENDINGS}"),
    "history_version goes back": ("versions", "UPDATE chats SET history_version = history_version - 1"),
    "write that skips a version": ("versions", "UPDATE chats SET snapshot_version = snapshot_version + 2"),
    "write without a bundle": ("versions", "UPDATE chat_messages SET revision = revision + 100 WHERE role = 'user'"),
    "end of a turn by a stranger": ("fencing", f"UPDATE chaos.changes SET author = 'replica_9' WHERE {_ENDINGS}"),
    "lease for another": (
        "fencing",
        """UPDATE chaos.changes SET author = 'replica_9' WHERE seq =
           (SELECT max(seq) FROM chaos.changes WHERE old->>'worker_id' IS NULL AND new->>'worker_id' IS NOT NULL)""",
    ),
    "lease taken over at once": (
        "lease stolen",
        """INSERT INTO chaos.changes (at, author, chat_id, old, new)
           SELECT at + interval '1 ms', 'replica_9', chat_id, new, new || jsonb_build_object('runner_id', 'another')
           FROM chaos.changes WHERE seq = (SELECT max(seq) FROM chaos.changes
                                           WHERE old->>'runner_id' IS NULL AND new->>'runner_id' IS NOT NULL)""",
    ),
    "message by a stranger": ("fencing", "UPDATE chaos.messages SET author = 'replica_9' WHERE role = 'assistant'"),
    "answer that no viewer saw": (
        "view",
        """UPDATE chat_messages SET content = '[{"type": "text", "text": "other"}]' WHERE role = 'assistant'""",
    ),
}


@pytest.mark.parametrize("damage", _DAMAGE)
async def test_damage_is_found(left: Left, url: str, damage: str) -> None:
    rule, statement = _DAMAGE[damage]
    assert rule in await _rules(left, url, statement)


async def test_broken_promises_are_found(left: Left, url: str) -> None:
    token = next(sent.token for sent in left.ledger.sent.values() if sent.deleted == "no")
    broken: list[tuple[dict[str, Any], str]] = [
        ({"outcome": "refused"}, "refused message stored"),
        ({"deleted": "yes"}, "deleted message is there"),
        ({"chat_id": "elsewhere"}, "message elsewhere"),
    ]
    for change, rule in broken:
        ledger = copy.deepcopy(left.ledger)
        ledger.sent[token] = replace(ledger.sent[token], **change)
        assert rule in await _rules(Left(ledger, left.views), url)


async def test_what_clients_and_viewers_noticed_is_told(left: Left, url: str) -> None:
    ledger, views = copy.deepcopy(left.ledger), copy.deepcopy(left.views)
    ledger.findings.append("something odd")
    views[0].findings.append("something odder")
    views[1].messages[10**9] = Shown("user", "never said")
    views[2].status = "running"
    assert {"client", "stream", "view"} <= await _rules(Left(ledger, views), url)


async def test_answer_shown_otherwise_counts_unless_a_later_attempt_took_its_place(left: Left, url: str) -> None:
    tables = await journal.read_tables(url)
    called = next(change for change in tables.changes if change.new.generation_attempt)
    views = copy.deepcopy(left.views)
    view = next(view for view in views if view.chat_id == called.chat_id)
    view.shown_otherwise.append(ShownOtherwise(called.new.history_version, 1, "shown otherwise"))
    assert await _rules(Left(left.ledger, views), url) == {"stream"}
    again = replace(called, new=replace(called.new, generation_attempt=2))
    evidence = Evidence(left.ledger, replace(tables, changes=[*tables.changes, again]), views, LEASE_SECONDS)
    assert list(viewers_saw_the_truth(evidence)) == []


# ---- what a viewer notices by itself ----

CHAT = "11111111-2222-3333-4444-555555555555"


def _position(**fields: Any) -> str:
    position = Position(snapshot_version=5, history_version=5, target_version=5, status="running", **fields)
    return position.cursor(uuid.UUID(CHAT))


def _part(seq: int, text: str = "x ") -> dict[str, Any]:
    return {
        "type": "message_part",
        "message_part": {"role": "assistant", "part": {"type": "text", "text": text}, "seq": seq},
    }


def _episode(seq: int, tag: str = "aaaaaaaa") -> str:
    return _position(preview_version=5, preview_attempt=1, tag=tag, seq=seq)


@pytest.mark.parametrize("seqs", [(1, 3), (2,), (1, 1), (1, 2, 1)])
def test_gaps_and_repeats_of_parts_are_noticed(seqs: tuple[int, ...]) -> None:
    view = View(CHAT)
    for seq in seqs:
        view.take(_episode(seq), _part(seq))
    assert view.findings


def test_parts_of_another_producer_need_a_reset() -> None:
    view = View(CHAT)
    view.take(_episode(1), _part(1))
    view.take(_episode(1, tag="bbbbbbbb"), _part(1))
    assert view.findings
    view = View(CHAT)
    view.take(_episode(1), _part(1))
    view.take(_position(), {"type": "preview_reset"})
    view.take(_episode(1, tag="bbbbbbbb"), _part(1))
    assert not view.findings


def test_answer_that_was_shown_otherwise_is_noticed() -> None:
    view = View(CHAT)
    view.take(_episode(1), _part(1, "one "))
    view.take(_episode(1), {"type": "message", "message": {"id": 1, "role": "assistant", "content": [_text("two")]}})
    assert [(shown.history_version, shown.attempt) for shown in view.shown_otherwise] == [(5, 1)]


def test_preview_of_a_turn_that_left_nothing_is_dropped_with_the_next_message() -> None:
    view = View(CHAT)
    view.take(_episode(1), _part(1, "one "))
    for number, role in enumerate(("user", "assistant")):
        message = {"id": number, "role": role, "content": [_text("two")]}
        view.take(_episode(1), {"type": "message", "message": message})
    assert not view.findings + view.shown_otherwise


def test_versions_may_go_back_to_the_beginning_with_a_reset() -> None:
    view = View(CHAT)
    view.take(_position(queue_version=4), {"type": "queue_update"})
    view.take(_position(), {"type": "history_reset"})
    assert not view.findings


def test_versions_that_go_back_are_noticed() -> None:
    view = View(CHAT)
    view.take(_position(queue_version=4), {"type": "queue_update"})
    view.take(_position(queue_version=3), {"type": "queue_update"})
    assert view.findings


def _text(text: str) -> dict[str, str]:
    return {"type": "text", "text": text}
