"""`lists`: what pages of chats and messages and searches cost where there are many, against where there are few."""

import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import asyncpg
import httpx2

from bench.api import Account, set_up
from bench.cluster import Cluster, Owner, settle
from bench.figures import Bar, Report, percentile
from bench.processes import Worker, palaver, worker
from bench.sending import Side

MANY, FEW = 100_000, 100
_MESSAGES_EACH = 2
CHATS = "/api/experimental/chats"
_PASSWORD = "Nine-Measured-Herons-42"
_PAGE = '"title":'
_MESSAGE = '"messages":[{'

# One chat a minute, so that the lists' order is the order of making.
_CHATS = """
INSERT INTO chats (id, organization_id, owner_id, root_chat_id, title, client_type, labels, mcp_server_ids,
  dynamic_tools, user_acl, group_acl, status, snapshot_version, history_version, queue_version, retry_state_version,
  generation_attempt, last_model_config_id, pending_tool_calls, updated_at)
SELECT id, $2, $3, id, 'Talk number ' || n || ' about t' || n % 1000, 'api', jsonb_build_object('team', 't' || n % 100),
  '{}', '[]', '{}', '{}', 'waiting', 1, 1, 0, 0, 0, $4, '[]', now() - n * interval '1 minute'
FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $1) AS n) AS made"""

_TITLES = """
INSERT INTO chat_titles (chat_id, search)
SELECT id, to_tsvector('simple', 'o' || replace(owner_id::text, '-', '') || ' ' || title) FROM chats"""

# 40 words each, some of which are in nearly every message and most of which are in few.
_MESSAGES = """
INSERT INTO chat_messages (chat_id, role, visibility, content, revision, search)
SELECT id, role, 'both', json_build_array(json_build_object('type', 'text', 'text', said)), 1,
  to_tsvector('simple', 'o' || replace(owner_id::text, '-', '') || ' ' || said)
FROM (
  SELECT chats.id, owner_id, CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END AS role,
    (SELECT string_agg('w' || floor(power(random(), 4) * 20000)::int, ' ') FROM generate_series(n, n + 38))
      || CASE WHEN hashtext(chats.id::text || n) % 40000 = 0 THEN ' rare' ELSE ' usual' END AS said
  FROM chats, generate_series(1, $1) AS n
) AS made"""

_LONG_CHAT = """
INSERT INTO chat_messages (chat_id, role, visibility, content, revision, search)
SELECT $1, CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END, 'both',
  json_build_array(json_build_object('type', 'text', 'text', 'Message ' || n || repeat(' of a long talk', 8))), 1,
  to_tsvector('simple', 'o' || replace($3::uuid::text, '-', '') || ' message of a long talk ' || n)
FROM generate_series(1, $2) AS n"""

_MISSING = "nowhere"
SEARCHES = {
    "a rare word": "rare",
    "a word of one message in a hundred": "w300",
    "a word of every tenth message": "w10",
    "a word of every message": "usual",
    "a word and not another": "usual -w0",
    "a word of one title": "99000",
    "a word of one long chat's messages": "message",
    "a word of every title": "talk",
    "no word that is there": _MISSING,
}


Ask = Callable[[Account, str, str], dict[str, Any]]
"""Answers of `bench.senders` to GETs of a path as somebody, with what each has to contain."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A person with chats, and where to go on in the middle of them."""

    account: Account
    middle: uuid.UUID
    long_chat: uuid.UUID
    middle_message: int


async def lists(cluster: Cluster, *, quick: bool) -> Report:
    """Pages of 100,000 chats of one owner against those of 100, of 100,000 messages against 100, and searches."""
    rounds, requests = (6, 15) if quick else (20, 25)
    report = Report(f"lists: pages of 50 of {MANY:,} chats or messages against {FEW}, and searches, one connection")
    url = await cluster.new_database("lists")
    with ExitStack() as stack:
        port, _ = stack.enter_context(palaver(url, cluster.directory, role="api"))
        admin = set_up(port)
        senders = stack.enter_context(worker("bench.senders"))
        people = [(_member(port, admin, "few"), FEW), (_member(port, admin, "many"), MANY)]
        sides = await _fill(url, people)
        _compare(report, partial(_ask, senders, port, requests), sides, rounds)
        _search(report, partial(_ask, senders, port, requests), sides[-1], 3 if quick else 6)
    report.notes += [
        f"{rounds} rounds of {requests} requests a side, in turn; the chats of both owners are in one database.",
        f"Every chat has {_MESSAGES_EACH} messages of 40 words out of 20,000, common ones more often.",
    ]
    return report


def _compare(report: Report, ask: Ask, sides: list[_Made], rounds: int) -> None:
    pages: dict[str, Callable[[_Made], tuple[str, str]]] = {
        "first page of chats": lambda made: (CHATS, _PAGE),
        "page in the middle of the chats": lambda made: (f"{CHATS}?after_id={made.middle}", _PAGE),
        "first page of messages": lambda made: (f"{CHATS}/{made.long_chat}/messages", _MESSAGE),
        "page in the middle of the messages": lambda made: (
            f"{CHATS}/{made.long_chat}/messages?before_id={made.middle_message}",
            _MESSAGE,
        ),
    }
    for name, page in pages.items():
        measured = [Side(f"{FEW} {name}"), Side(f"{MANY:,} {name}")]
        for number in range(rounds + 1):
            turn = list(zip(measured, sides, strict=True))
            # Whoever goes first finds other caches than the second: take turns.
            for side, made in turn if number % 2 else reversed(turn):
                answer = ask(made.account, *page(made))
                (side if number else Side(side.name)).take(answer)
        medians = [percentile(side.milliseconds, 0.5) for side in measured]
        report.add(f"{name}: p50, {FEW}", medians[0], "ms")
        report.add(f"{name}: p50, {MANY:,}", medians[1], "ms")
        report.add(f"{name}: p50 ratio", medians[1] / medians[0], "x", Bar("<=", 1.5 if "chats" in name else 1.2))


def _search(report: Report, ask: Ask, made: _Made, rounds: int) -> None:
    for name, words in SEARCHES.items():
        side = Side(name)
        query = quote(f'search:"{words}"')
        for number in range(rounds):
            answer = ask(made.account, f"{CHATS}?q={query}", "[]" if words == _MISSING else _PAGE)
            (side if number else Side(name)).take(answer)
        report.add(f"search for {name}: p50", percentile(side.milliseconds, 0.5), "ms", Bar("<", 100))
    for name, q in {"a title that many have": "title:talk", "a title that none has": "title:nowhere"}.items():
        answer = ask(made.account, f"{CHATS}?q={quote(q)}", "[")
        report.add(f"{name}: p50", percentile(answer["milliseconds"], 0.5), "ms")


def _ask(senders: Worker, port: int, requests: int, account: Account, path: str, expected: str) -> dict[str, Any]:
    job = {"port": port, "token": account.token, "method": "GET", "body": "", "expected": expected}
    answer: dict[str, Any] = senders.ask({**job, "paths": [path] * requests, "connections": 1})
    return answer


def _member(port: int, admin: Account, name: str) -> Account:
    """A new user, logged in."""
    user = {"email": f"{name}@example.com", "username": name, "password": _PASSWORD}
    user |= {"organization_ids": [str(admin.owner.organization_id)]}
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        created = client.post("/api/v2/users", json=user, headers={"Coder-Session-Token": admin.token})
        login = client.post("/api/v2/users/login", json={"email": user["email"], "password": _PASSWORD})
    owner = Owner(uuid.UUID(created.json()["id"]), admin.owner.organization_id, admin.owner.model_config_id)
    return Account(login.json()["session_token"], owner)


async def _fill(database_url: str, people: list[tuple[Account, int]]) -> list[_Made]:
    """Give each person that many chats, and a chat of that many messages."""
    connection = await asyncpg.connect(database_url)
    try:
        # Row by row the foreign keys and triggers would take longer than all the rest.
        await connection.execute("SET session_replication_role = replica")
        for account, chats in people:
            owner = account.owner
            await connection.execute(
                _CHATS, chats, owner.organization_id, owner.user_id, owner.model_config_id, timeout=300
            )
        await connection.execute(_TITLES, timeout=300)
        await connection.execute(_MESSAGES, _MESSAGES_EACH, timeout=600)
        made = []
        for account, count in people:
            in_order = "SELECT id FROM chats WHERE owner_id = $1 ORDER BY updated_at DESC OFFSET $2 LIMIT 1"
            middle = await connection.fetchval(in_order, account.owner.user_id, count // 2 - 1)
            long_chat = await connection.fetchval(in_order, account.owner.user_id, 0)
            await connection.execute(_LONG_CHAT, long_chat, count, account.owner.user_id, timeout=300)
            half = "SELECT id FROM chat_messages WHERE chat_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1"
            # Both pages are full: with few messages the middle has as many in front of it as a page takes.
            made.append(_Made(account, middle, long_chat, await connection.fetchval(half, long_chat, count // 2 - 1)))
        await connection.execute("VACUUM ANALYZE chat_titles")
        await settle(connection)
    finally:
        await connection.close()
    return made
