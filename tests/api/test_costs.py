"""What chats and people have cost."""

import csv
import datetime as dt
import io
import uuid
from typing import Any

import pytest
from sqlalchemy import text as text_clause
from sqlalchemy import update

from models import UsageHour
from palaver.chat import transitions
from palaver.chat.records import NewMessage
from tests.api.chats import idle_chat, rest, sub_chat, text
from tests.api.refusals import FORBIDDEN, NOT_FOUND, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World, random_id

USAGE = {"input_tokens": 100, "output_tokens": 20, "cache_read_tokens": 5, "cache_creation_tokens": 3}


@pytest.fixture
def world(shared_world: World) -> World:
    return shared_world


async def spend(world: World, chat_id: str, micros: int | None, **values: Any) -> None:
    """Store an answer of the model that cost so much, and let the chat rest."""
    await rest(world, chat_id, status="running")
    values = {"usage": USAGE, "runtime_ms": 10, "model_config_id": uuid.UUID(world.facts.model_config_id), **values}
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.commit_step(tx, [NewMessage("assistant", [text("words")], cost_micros=micros, **values)])
    await rest(world, chat_id)


async def cost(world: World, chat_id: str) -> dict[str, Any]:
    response = await world.alice.get(f"{CHATS}/{chat_id}/cost")
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def test_the_cost_of_a_chat_is_that_of_its_whole_tree(world: World) -> None:
    root, other = await idle_chat(world), await idle_chat(world)
    child = await sub_chat(world, root)
    assert await cost(world, root) == {
        "chat_id": root,
        "total_cost_micros": 0,
        "request_count": 0,
        "unpriced_request_count": 0,
    }
    await spend(world, root, 700)
    await spend(world, root, None)
    await spend(world, child, 50)
    await spend(world, other, 1000)
    for asked in (root, child):
        answer = await cost(world, asked)
        assert answer == {
            "chat_id": asked,
            "total_cost_micros": 750,
            "request_count": 3,
            "unpriced_request_count": 1,
        }


async def test_who_may_not_read_a_chat_learns_nothing_of_its_cost(world: World) -> None:
    chat = await idle_chat(world)
    await assert_refused(
        world,
        [
            Refusal("GET", f"{CHATS}/{chat}/cost", 401, SIGNED_OUT, by="anonymous"),
            Refusal("GET", f"{CHATS}/{chat}/cost", 404, NOT_FOUND, by="bob"),
            Refusal("GET", f"{CHATS}/{random_id()}/cost", 404, NOT_FOUND, by="owner"),
            Refusal("GET", f"{CHATS}/abc/cost", 400, 'Invalid UUID "abc".'),
        ],
    )


COSTS = f"{CHATS}/cost"


async def summary(world: World, by: str = "owner", of: str = "alice", **query: str) -> dict[str, Any]:
    path = f"{COSTS}/{world.facts.user_ids[of]}/summary"
    response = await getattr(world, by).get(path, params=query)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


@pytest.fixture
async def counted(world: World) -> tuple[str, str]:
    """Two chats of alice, and nothing else that lately cost anything."""
    async with world.services.database.begin() as conn:
        await conn.execute(update(UsageHour).values(hour=UsageHour.hour - dt.timedelta(days=400)))
    cheap, dear = await idle_chat(world), await idle_chat(world)
    await spend(world, cheap, 100)
    await spend(world, cheap, None)
    await spend(world, dear, 900)
    return cheap, dear


async def test_a_summary_tells_what_a_user_spent_on_which_model_and_chat(
    world: World, counted: tuple[str, str]
) -> None:
    cheap, dear = counted
    for by in ("alice", "carol", "owner"):
        told = await summary(world, by)
        assert (told["total_cost_micros"], told["priced_message_count"], told["unpriced_message_count"]) == (1000, 2, 1)
        assert (told["total_input_tokens"], told["total_cache_creation_tokens"], told["total_runtime_ms"]) == (
            300,
            9,
            30,
        )
        assert [(entry["root_chat_id"], entry["total_cost_micros"]) for entry in told["by_chat"]] == [
            (dear, 900),
            (cheap, 100),
        ]
        (model,) = told["by_model"]
        assert (model["model_config_id"], model["provider"], model["message_count"]) == (
            world.facts.model_config_id,
            "demo",
            3,
        )
        assert "usage_limit" not in told


async def test_only_what_is_within_the_time_is_summed(world: World, counted: tuple[str, str]) -> None:
    now = dt.datetime.now(dt.UTC)
    hours = {name: (now + dt.timedelta(hours=shift)).isoformat() for name, shift in (("past", -5), ("next", 2))}
    assert (await summary(world, end_date=hours["past"]))["total_cost_micros"] == 0
    assert (await summary(world, start_date=hours["next"], end_date=hours["next"]))["by_chat"] == []
    told = await summary(world, start_date=hours["past"], end_date=hours["next"])
    assert told["total_cost_micros"] == 1000


async def test_users_are_listed_by_what_they_spent(world: World, counted: tuple[str, str]) -> None:
    await spend(world, await idle_chat(world, world.bob), 5000)

    async def users(**query: Any) -> tuple[int, list[tuple[str, int, int]]]:
        told = (await world.owner.get(f"{COSTS}/users", params=query)).json()
        found = [(user["username"], user["total_cost_micros"], user["chat_count"]) for user in told["users"]]
        return told["count"], found

    assert await users() == (2, [("bob", 5000, 1), ("alice", 1000, 2)])
    assert await users(limit=1, offset=1) == (2, [("alice", 1000, 2)])
    assert await users(username="LIC") == (1, [("alice", 1000, 2)])
    assert await users(username="%") == (0, [])


async def test_costs_are_told_as_tables_in_which_no_title_is_a_formula(world: World, counted: tuple[str, str]) -> None:
    _, dear = counted
    await world.alice.patch(f"{CHATS}/{dear}", {"title": '=HYPERLINK("http://x")'})
    response = await world.owner.get(f"{COSTS}/{world.facts.user_ids['alice']}/summary", params={"format": "csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [(row["kind"], row["total_cost_micros"]) for row in rows] == [
        ("model", "1000"),
        ("chat", "900"),
        ("chat", "100"),
    ]
    assert rows[1]["chat_title"] == '\'=HYPERLINK("http://x")'
    response = await world.owner.get(f"{COSTS}/users", params={"format": "csv", "username": "alice"})
    (row,) = csv.DictReader(io.StringIO(response.text))
    assert (row["username"], row["total_cost_micros"], row["total_output_tokens"]) == ("alice", "1000", "60")


async def test_who_may_not_know_what_somebody_spent(world: World) -> None:
    of_bob, invalid = f"{COSTS}/{world.facts.user_ids['bob']}/summary", "Invalid query parameters."
    date = 'Query param "start_date" must be a valid date-time'
    mine = f"{COSTS}/me/summary"
    await assert_refused(
        world,
        [
            Refusal("GET", of_bob, 401, SIGNED_OUT, by="anonymous"),
            Refusal("GET", of_bob, 404, NOT_FOUND, by="alice"),
            Refusal("GET", f"{COSTS}/{random_id()}/summary", 404, NOT_FOUND),
            Refusal("GET", f"{COSTS}/-/summary", 400, '"user" must be an existing uuid or username.'),
            Refusal("GET", f"{mine}?start_date=today", 400, invalid, field="start_date", field_detail=date),
            Refusal("GET", f"{mine}?end_date=0001-01-02T00:00:00Z", 400, invalid, field="end_date"),
            Refusal("GET", f"{COSTS}/users?start_date=today", 400, invalid, field="start_date", field_detail=date),
            Refusal("GET", f"{COSTS}/users", 403, FORBIDDEN, by="carol"),
            Refusal("GET", f"{COSTS}/users", 401, SIGNED_OUT, by="anonymous"),
        ],
    )


@pytest.mark.parametrize("where", ["owner_id = :id", "root_chat_id = :id", "hour > now()"])
async def test_sums_are_found_through_an_index(world: World, where: str) -> None:
    async with world.services.database.begin() as conn:
        # With few rows any plan is a good one: whether an index could serve is what counts.
        await conn.execute(text_clause("SET LOCAL enable_seqscan = off"))
        query = f"EXPLAIN SELECT sum(cost_micros) FROM usage_hours WHERE {where}"
        parameters = {"id": uuid.uuid4()} if ":id" in where else {}
        plan = "\n".join((await conn.execute(text_clause(query), parameters)).scalars())
    assert "Index Cond" in plan, plan
