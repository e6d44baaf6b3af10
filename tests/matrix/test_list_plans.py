"""How PostgreSQL goes about lists and other reads where there are many chats: by indexes, never through all rows.

5,000 chats of one owner among 11,000 are enough: from a few thousand on the statistics lead to the same plans as with
100,000 (`python -m bench lists` has these, and would show it), while few rows are read whole whatever indexes there
are. The statements are explained with their values, as PostgreSQL plans them, and nothing is forbidden to it but what
the server itself forbids.
"""

import asyncio
import datetime as dt
import itertools
import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement, Executable

from palaver.auth.visibility import visible_roots
from palaver.chat.listing import Place, list_statement
from palaver.chat.searching import begin_search
from palaver.checks.search import ChatSearch
from palaver.housekeeping import jobs_of
from tests.auth.actors import actor
from tests.contract.operations import Operation, operations
from tests.matrix.stage import Stage
from tests.matrix.test_permissions import answer, table
from tests.support.world import CHATS, World

LARGE = {"chats", "chat_messages", "chat_titles", "chat_queued_messages"}
_LARGE = re.compile("|".join(LARGE))
_EXPLAINED = re.compile(r"\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b")
NOON = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)

_CHATS_OF = """
INSERT INTO chats (id, organization_id, owner_id, root_chat_id, parent_chat_id, title, client_type, labels,
  mcp_server_ids, dynamic_tools, user_acl, group_acl, pin_order, archived, status, snapshot_version, history_version,
  queue_version, retry_state_version, generation_attempt, last_model_config_id, pending_tool_calls, updated_at)
SELECT id, CAST(:organization AS uuid), CAST(:owner AS uuid), coalesce(parent, id), parent, 'Talk number ' || n, 'api',
  jsonb_build_object('team', 't' || n % 50), '{}', '[]',
  CASE WHEN n % 200 = 0 THEN jsonb_build_object(CAST(:friend AS text), 'read') ELSE '{}' END,
  CASE WHEN n % 200 = 1 THEN jsonb_build_object(CAST(:everyone AS text), 'read') ELSE '{}' END,
  CASE WHEN n % 500 = 7 THEN n / 500 + 1 ELSE 0 END, n % 3 = 2, 'waiting', 1, 1, 0, 0, 0, CAST(:model AS uuid), '[]',
  CAST(:noon AS timestamptz) - n * interval '1 minute'
FROM (
  SELECT md5(:seed || n)::uuid AS id, n, CASE WHEN n > 5000 THEN md5(:seed || n - 5000)::uuid END AS parent
  FROM generate_series(1, 5500) AS n
) AS made
"""

_MESSAGES = """
INSERT INTO chat_messages (chat_id, role, visibility, content, revision, search)
SELECT id, CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END, 'both', '[{"type": "text", "text": "words"}]', 1,
  to_tsvector('simple', 'o' || replace(owner_id::text, '-', '') || ' everywhere w' || abs(hashtext(id::text)) % 300
    || ' v' || abs(hashtext(n || id::text)) % 3000)
FROM chats, generate_series(1, CASE WHEN chats.id = (SELECT id FROM chats LIMIT 1) THEN 5000 ELSE 2 END) AS n
"""

_TITLES = """
INSERT INTO chat_titles (chat_id, search)
SELECT id, to_tsvector('simple', 'o' || replace(owner_id::text, '-', '') || ' ' || title)
FROM chats WHERE parent_chat_id IS NULL
"""

_FILES = """
WITH files AS (
  INSERT INTO chat_files (id, owner_id, organization_id, name, mime_type, size, store)
  SELECT id, owner_id, organization_id, 'notes.txt', 'text/plain', 5, 'nowhere' FROM chats LIMIT 2000 RETURNING id
)
INSERT INTO chat_file_links (chat_id, file_id) SELECT id, id FROM files
"""

_QUEUES = """
INSERT INTO chat_queued_messages (chat_id, position, content)
SELECT id, n, '[]' FROM (SELECT id FROM chats LIMIT 1000) AS busy, generate_series(1, 3) AS n
"""

_LEASES = "INSERT INTO chat_heartbeats (chat_id, runner_id) SELECT id, id FROM chats LIMIT 100"


@pytest_asyncio.fixture(scope="module")
async def crowd(stage: Stage) -> Stage:
    """The people, and many chats of alice and of bob, each of whom shares a hundred with the other."""
    facts, database = stage.world.facts, stage.world.services.database
    async with database.begin() as conn:
        # Row by row the foreign keys and triggers would take longer than all the rest.
        await conn.execute(text("SET LOCAL session_replication_role = replica"))
        for owner, friend in (("alice", "bob"), ("bob", "alice")):
            values = {
                "organization": uuid.UUID(facts.organization_id),
                "everyone": facts.organization_id,
                "owner": uuid.UUID(facts.user_ids[owner]),
                "friend": facts.user_ids[friend],
                "model": uuid.UUID(facts.model_config_id),
                "noon": NOON,
                "seed": owner,
            }
            await conn.execute(text(_CHATS_OF), values)
        await conn.execute(text(_MESSAGES))
        await conn.execute(text(_TITLES))
        await conn.execute(text(_FILES))
        await conn.execute(text(_QUEUES))
        await conn.execute(text(_LEASES))
    async with database.connect() as conn:
        await conn.execute(text("VACUUM ANALYZE"))
    return stage


# ---- what PostgreSQL would do ----


class Explain(Executable, ClauseElement):
    """EXPLAIN of a statement, as JSON."""

    inherit_cache = False

    def __init__(self, statement: Any) -> None:
        self.statement = statement


@compiles(Explain)
def _explain(element: Explain, compiler: Any, **options: Any) -> str:
    return "EXPLAIN (FORMAT JSON) " + str(compiler.process(element.statement, **options))


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan's nodes."""

    nodes: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, explained: Any) -> "Plan":
        root = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
        return cls(tuple(_nodes(root)))

    def reads_all_of(self) -> set[str]:
        """Large tables that are read from end to end."""
        return {node["Relation Name"] for node in self.nodes if node["Node Type"] == "Seq Scan"} & LARGE

    def indexes(self) -> set[str]:
        """Indexes that are used."""
        return {node["Index Name"] for node in self.nodes if "Index Name" in node}


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


# ---- list-chats ----

DIMENSIONS: dict[str, dict[str, Any]] = {
    "title": {"any title": None, "some titles": "17"},
    "words": {"no words": None, "rare": "v17", "some": "w17", "common": "everywhere", "without": "-everywhere"},
    "archived": {"active": False, "archived": True},
    "has_unread": {"read or not": None, "unread": True},
    "sources": {
        "mine": frozenset({"created_by_me"}),
        "shared": frozenset({"shared_with_me"}),
        "both": frozenset({"created_by_me", "shared_with_me"}),
    },
    "labels": {"no labels": {}, "a label": {"team": "t17"}},
}
"""What a list is narrowed by, and values that stand for all others."""
PLACES = {
    "first page": None,
    "behind a pinned chat": Place(3, NOON - dt.timedelta(minutes=1007), uuid.UUID(int=7)),
    "behind a chat": Place(0, NOON - dt.timedelta(days=1), uuid.UUID(int=7)),
}


def test_every_way_to_narrow_a_list_is_known_here() -> None:
    assert set(DIMENSIONS) == {field.name for field in fields(ChatSearch)}


def _variants() -> Iterator[tuple[str, ChatSearch, Place | None]]:
    """The plain list, and all that differ from it in one or two ways."""
    ways = {**DIMENSIONS, "place": PLACES}
    plain = {way: next(iter(values)) for way, values in ways.items()}
    for one, other in itertools.combinations(ways, 2):
        for chosen in itertools.product(ways[one], ways[other]):
            names = {**plain, **dict(zip((one, other), chosen, strict=True))}
            search = ChatSearch(**{way: DIMENSIONS[way][names[way]] for way in DIMENSIONS})
            if search.title is None or search.words is None:
                yield ", ".join(names.values()), search, PLACES[names["place"]]


async def _plan_of_list(stage: Stage, search: ChatSearch, place: Place | None) -> Plan:
    organization = uuid.UUID(stage.organization)
    alice = actor(user_id=stage.people["owner"], organizations={organization: {"agents-access"}})
    statement = list_statement(alice, search, readable=visible_roots(alice), after=place)
    async with stage.world.services.database.begin() as conn:
        if search.words is not None:
            assert await begin_search(conn, search.words)
        return Plan.of((await conn.execute(Explain(statement))).scalar_one())


async def test_no_list_of_chats_reads_all_of_a_table(crowd: Stage) -> None:
    variants = {name: variant for name, *variant in _variants()}
    read = {name: (await _plan_of_list(crowd, *variant)).reads_all_of() for name, variant in variants.items()}
    assert {name: tables for name, tables in read.items() if tables} == {}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("archived", [False, True])
async def test_a_page_is_the_beginning_of_an_index(crowd: Stage, place: str, archived: bool) -> None:
    plan = await _plan_of_list(crowd, ChatSearch(archived=archived), PLACES[place])
    parts = [node["Plans"][0] for node in plan.nodes if node["Node Type"] == "Limit"]
    scans = [part for part in parts if part["Node Type"] == "Index Scan"]
    assert {scan["Index Name"] for scan in scans} == {"ix_chats_owner_list"}
    # Pinned chats and the others; behind one of the others there are no pinned ones.
    assert len(scans) == (1 if place == "behind a chat" else 2)
    for scan in scans:
        assert "owner_id" in scan["Index Cond"]
        assert "archived" in scan["Index Cond"]
        assert "pin_order" in scan["Index Cond"]
    assert ("updated_at" in scans[-1]["Index Cond"]) is (place == "behind a chat")


@pytest.mark.parametrize("words", [words for words in DIMENSIONS["words"].values() if words])
@pytest.mark.parametrize("sources", DIMENSIONS["sources"])
async def test_words_are_found_by_their_indexes(crowd: Stage, words: str, sources: str) -> None:
    plan = await _plan_of_list(crowd, ChatSearch(words=words, sources=DIMENSIONS["sources"][sources]), None)
    assert {"ix_chat_messages_search", "ix_chat_titles_search"} <= plan.indexes()


# ---- everything else that reads chats or messages ----

READS = [operation for operation in operations() if operation.method == "get"]


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.operation_id)
async def test_no_request_reads_all_of_a_table(crowd: Stage, operation: Operation) -> None:
    expected = table()[operation.operation_id]
    caller = "owner" if expected["owner"] < 400 else "site_owner"
    with _statements(crowd.world) as executed:
        assert await answer(crowd, operation, caller) == expected[caller]
    assert await _reading_all(crowd.world, executed) == {}


async def test_no_scheduled_work_reads_all_of_a_table(crowd: Stage) -> None:
    services = crowd.world.services
    for setting in ("retention-days", "auto-archive-days"):
        put = await crowd.world.owner.put(f"{CHATS}/config/{setting}", {setting.replace("-", "_"): 365})
        assert put.status_code == 204
    with _statements(crowd.world) as executed:
        for job in jobs_of(services.settings, services.files, services.machine):
            async with services.database.begin() as conn:
                await job.work(conn)
    assert await _reading_all(crowd.world, executed) == {}


@contextmanager
def _statements(world: World) -> Iterator[dict[str, Any]]:
    """What the server executes within the block: statement -> parameters; less its housekeeping."""
    executed: dict[str, Any] = {}

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        task = asyncio.current_task()
        if not many and (task is None or task.get_name() != "housekeeping"):
            executed.setdefault(statement, parameters)

    engine = world.services.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def _reading_all(world: World, executed: dict[str, Any]) -> dict[str, set[str]]:
    """Those statements that would read all of a large table, and which."""
    found = {}
    async with world.services.database.connect() as conn:
        for statement, parameters in executed.items():
            if any(name in statement for name in LARGE) and re.match(
                r"\s*(SELECT|WITH|UPDATE|DELETE|INSERT)", statement
            ):
                explained = await conn.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
                if tables := Plan.of(explained.scalar_one()).reads_all_of():
                    found[statement] = tables
    return found
