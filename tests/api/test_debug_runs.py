"""list-chat-debug-runs and get-chat-debug-run: what is recorded of model calls, for whom, and what is left out."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from tests.api.chats import share, sub_chat
from tests.api.debug_runs import all_ended, recorded, recorded_run, run_of, runs_of, store
from tests.api.refusals import NOT_FOUND, Refusal, assert_refused
from tests.fakes.llm_server import LLMServer, running
from tests.fakes.llm_wire import Plan
from tests.support.canaries import CANARIES
from tests.support.statements import statements_of
from tests.support.world import CHATS, World, random_id
from tests.worker.test_turns_with_providers import KEY, use_provider
from tests.worker.watching import history, send, settled

PICK = {"name": "pick", "description": "pick one", "input_schema": {"type": "object"}}
CONFIG = f"{CHATS}/config"


@pytest_asyncio.fixture
async def world(quiet_world: World) -> World:
    """One world for tests that bring chats of their own; alice has hers recorded."""
    await choose(quiet_world, allowed=True, chosen=True)
    return quiet_world


@pytest_asyncio.fixture(scope="module")
async def provider() -> AsyncIterator[LLMServer]:
    """A provider for all tests, which bring plans of their own."""
    async with running() as server:
        yield server


@pytest_asyncio.fixture(scope="module")
async def config_id(quiet_world: World, provider: LLMServer) -> str:
    """A model of that provider."""
    return await use_provider(quiet_world, provider, "openai-compat", "local-model")


async def choose(world: World, *, allowed: bool, chosen: bool) -> None:
    """Let users choose, and alice choose."""
    assert (await world.owner.put(f"{CONFIG}/debug-logging", {"allow_users": True})).status_code == 204
    body = {"debug_logging_enabled": chosen}
    assert (await world.alice.put(f"{CONFIG}/user-debug-logging", body)).status_code == 204
    assert (await world.owner.put(f"{CONFIG}/debug-logging", {"allow_users": allowed})).status_code == 204


def outline(runs: list[dict[str, Any]]) -> list[tuple[str, str, list[str]]]:
    """(kind, status, statuses of the steps) of each run."""
    return [(run["kind"], run["status"], [step["status"] for step in run["steps"]]) for run in runs]


# ---- reading ----


async def test_the_refusals_of_the_contract(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    other = (await world.create_chat())["id"]
    run = await recorded_run(world, other)
    path = f"{CHATS}/{{chat}}/debug/runs"
    bad = "invalid UUID length: 3"
    await assert_refused(
        world,
        [
            Refusal("GET", f"{CHATS}/abc/debug/runs", 400, 'Invalid UUID "abc".', detail=bad),
            Refusal("GET", f"{CHATS}/abc/debug/runs/abc", 400, 'Invalid UUID "abc".', detail=bad),
            Refusal("GET", f"{path}/abc", 400, "Invalid debug run ID.", detail=bad),
            Refusal("GET", f"{CHATS}/{random_id()}/debug/runs", 404, NOT_FOUND),
            Refusal("GET", f"{CHATS}/{random_id()}/debug/runs/{run.id}", 404, NOT_FOUND),
            Refusal("GET", path, 404, NOT_FOUND, by="bob"),
            Refusal("GET", f"{CHATS}/{other}/debug/runs/{run.id}", 404, NOT_FOUND, by="bob"),
            Refusal("GET", f"{path}/{random_id()}", 404, NOT_FOUND),
            Refusal("GET", f"{path}/{run.id}", 404, NOT_FOUND),
        ],
        chat=chat_id,
    )


async def test_readers_of_a_shared_root_see_its_runs_and_those_of_its_sub_chats(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    child_id = await sub_chat(world, chat_id)
    run = await recorded_run(world, child_id)
    assert (await world.bob.get(f"{CHATS}/{child_id}/debug/runs")).status_code == 404
    await share(world, chat_id, "bob")
    # The chat's own first turn may be among them by now.
    assert str(run.id) in [found["id"] for found in await runs_of(world, child_id, world.bob)]
    found = await run_of(world, {"chat_id": child_id, "id": run.id})
    assert (found["root_chat_id"], found["parent_chat_id"]) == (chat_id, chat_id)
    assert (found["status"], found["steps"], found["summary"]) == ("in_progress", [], {})
    assert "finished_at" not in found


async def test_the_newest_hundred_are_listed_latest_start_first(world: World) -> None:
    await choose(world, allowed=True, chosen=False)
    chat_id = (await world.create_chat())["id"]
    assert await runs_of(world, chat_id) == []
    async with world.services.database.begin() as conn:
        await conn.execute(
            text(
                "INSERT INTO chat_debug_runs (chat_id, id, kind, status, provider, model, summary, started_at)"
                " SELECT :chat_id, gen_random_uuid(), 'chat_turn', 'completed', '', '', '{}',"
                " now() - make_interval(mins => i) FROM generate_series(1, 101) AS i"
            ),
            {"chat_id": uuid.UUID(chat_id)},
        )
    started = [run["started_at"] for run in await runs_of(world, chat_id)]
    assert len(started) == 100
    times = [dt.datetime.fromisoformat(time) for time in started]
    assert times == sorted(times, reverse=True)
    assert dt.datetime.now(dt.UTC) - times[0] < dt.timedelta(minutes=2)


# ---- turns ----


async def test_a_turn_is_a_run_with_a_step_per_model_call_and_nothing_of_the_key(
    world: World, provider: LLMServer, config_id: str
) -> None:
    provider.enqueue(
        Plan(tool_calls=[{"id": "call_1", "name": "pick", "args": '{"of": "two"}'}]), Plan(text="It is the first.")
    )
    chat_id = (
        await world.create_chat(
            text="pick one",
            model_config_id=config_id,
            unsafe_dynamic_tools=[PICK],
            system_prompt="Be kind.",
        )
    )["id"]
    await settled(world, chat_id, status="requires_action")
    runs = await recorded(
        world, chat_id, lambda runs: outline(runs)[:1] == [("chat_turn", "in_progress", ["completed"])]
    )
    result = {"tool_call_id": "call_1", "output": "the \0 first"}
    assert (await world.alice.post(f"{CHATS}/{chat_id}/tool-results", {"results": [result]})).status_code == 204
    await settled(world, chat_id)
    [run] = runs = await recorded(world, chat_id, all_ended(1))
    assert outline(runs) == [("chat_turn", "completed", ["completed", "completed"])]
    asked, called, answered, said = await history(world, chat_id)
    assert (run["provider"], run["model"], run["model_config_id"]) == ("openai-compat", "local-model", config_id)
    assert (run["trigger_message_id"], run["history_tip_message_id"]) == (asked["id"], asked["id"])
    assert (run["summary"]["steps"], run["summary"]["attempts"]) == (2, 2)
    first, second = run["steps"]
    assert [step["step_number"] for step in run["steps"]] == [1, 2]
    assert [step["operation"] for step in run["steps"]] == ["stream", "stream"]
    assert (first["history_tip_message_id"], first["assistant_message_id"]) == (asked["id"], called["id"])
    assert (second["history_tip_message_id"], second["assistant_message_id"]) == (answered["id"], said["id"])
    request = second["normalized_request"]
    assert [message["role"] for message in request["messages"]] == ["system", "user", "assistant", "tool"]
    assert "Be kind." in str(request["messages"][0])
    assert request["messages"][2]["content"][-1]["args"] == {"of": "two"}
    assert "the \0 first" in request["messages"][3]["content"][0]["result"]
    assert request["tools"] == [{"name": "pick", "description": "pick one", "input_schema": {"type": "object"}}]
    assert first["normalized_response"]["content"][-1]["tool_name"] == "pick"
    assert second["normalized_response"] == {
        "content": [{"type": "text", "text": "It is the first."}],
        "finish_reason": "stop",
    }
    assert second["usage"]["input_tokens"] > 0
    assert [attempt["status"] for attempt in second["attempts"]] == ["completed"]
    async with world.services.database.connect() as conn:
        rows = (await conn.execute(text("SELECT r, s FROM chat_debug_runs r, chat_debug_steps s"))).all()
    assert rows
    assert KEY not in str(rows)
    CANARIES.search("a recorded run", str(rows))


async def test_what_fails_and_is_tried_again_is_one_step_with_its_attempts(
    world: World, provider: LLMServer, config_id: str
) -> None:
    provider.enqueue(Plan(status=429, error_message=f"slow down {KEY}"), Plan(text="Bonjour"))
    chat_id = (await world.create_chat(model_config_id=config_id))["id"]
    await settled(world, chat_id)
    [run] = await recorded(world, chat_id, all_ended(1))
    [step] = run["steps"]
    assert (run["status"], step["status"], "error" in step) == ("completed", "completed", False)
    failed, completed = step["attempts"]
    assert (failed["number"], failed["status"], failed["response_status"]) == (1, "error", 429)
    assert failed["error"]["kind"] == "rate_limit"
    assert failed["retry_delay_ms"] > 0
    assert (completed["number"], completed["status"]) == (2, "completed")
    assert KEY not in str(run)


async def test_a_turn_that_fails_tells_why(world: World, provider: LLMServer, config_id: str) -> None:
    provider.enqueue(Plan(status=401, error_message=f"{KEY} is unknown"))
    chat_id = (await world.create_chat(model_config_id=config_id))["id"]
    chat = await settled(world, chat_id, status="error")
    [run] = await recorded(world, chat_id, all_ended(1))
    assert outline([run]) == [("chat_turn", "error", ["error"])]
    assert run["summary"]["error"] == run["steps"][0]["error"] == chat["last_error"]
    assert KEY not in str(run)


async def test_a_turn_that_fails_before_any_call_is_a_run_without_steps(world: World, config_id: str) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    await settled(world, chat_id)
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE chat_model_configs SET enabled = false WHERE id = :id"), {"id": config_id})
    world.forget_models()
    sent = await send(world, chat_id, "/fail 401")
    await settled(world, chat_id, status="error")
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE chat_model_configs SET enabled = true WHERE id = :id"), {"id": config_id})
    world.forget_models()
    runs = await recorded(world, chat_id, all_ended(2))
    assert [run["trigger_message_id"] for run in runs][1] == sent["message"]["id"]


async def test_an_interrupted_turn_is_recorded_as_such_and_the_next_one_by_itself(world: World) -> None:
    chat_id = (await world.create_chat(text="/slow 400 0.05"))["id"]
    await recorded(world, chat_id, lambda runs: outline(runs) == [("chat_turn", "in_progress", ["in_progress"])])
    await send(world, chat_id, "hello", busy_behavior="interrupt")
    await settled(world, chat_id)
    runs = await recorded(world, chat_id, all_ended(2))
    assert outline(runs) == [
        ("chat_turn", "interrupted", ["interrupted"]),
        ("chat_turn", "completed", ["completed"]),
    ]
    assert runs[0]["steps"][0]["attempts"][0]["status"] == "interrupted"
    assert runs[0]["trigger_message_id"] < runs[1]["trigger_message_id"]


async def test_messages_that_waited_have_runs_of_their_own(world: World) -> None:
    chat_id = (await world.create_chat(text="/wait 0.3"))["id"]
    await send(world, chat_id, "second", busy_behavior="queue")
    await send(world, chat_id, "third", busy_behavior="queue")
    runs = await recorded(world, chat_id, all_ended(3))
    assert outline(runs) == [("chat_turn", "completed", ["completed"])] * 3
    prompts = [message["id"] for message in await history(world, chat_id) if message["role"] == "user"]
    assert [run["trigger_message_id"] for run in runs] == prompts


# ---- other calls ----


async def test_a_compaction_is_a_run_beside_the_turns(world: World, provider: LLMServer, config_id: str) -> None:
    provider.enqueue(Plan(text="Bonjour"), Plan(status=500), Plan(text="They greeted each other."))
    chat_id = (await world.create_chat(model_config_id=config_id))["id"]
    await settled(world, chat_id)
    assert (await world.alice.post(f"{CHATS}/{chat_id}/compact")).status_code == 200
    await settled(world, chat_id)
    _, run = runs = await recorded(world, chat_id, all_ended(2))
    assert outline(runs)[1] == ("compaction", "completed", ["completed"])
    [step] = run["steps"]
    assert step["operation"] == "generate"
    assert [attempt["status"] for attempt in step["attempts"]] == ["error", "completed"]
    assert "They greeted each other." in str(step["normalized_response"])
    assert step["assistant_message_id"] in [message["id"] for message in await history(world, chat_id)]


async def test_a_title_that_somebody_asks_for_is_a_run(world: World, provider: LLMServer, config_id: str) -> None:
    provider.enqueue(Plan(text="Bonjour"), Plan(text="A greeting"), Plan(status=401))
    chat_id = (await world.create_chat(model_config_id=config_id))["id"]
    await settled(world, chat_id)
    for status in (200, 500):
        assert (await world.alice.post(f"{CHATS}/{chat_id}/title/propose")).status_code == status
    runs = await recorded(world, chat_id, all_ended(3))
    assert outline(runs)[1:] == [
        ("title_generation", "completed", ["completed"]),
        ("title_generation", "error", ["error"]),
    ]
    assert runs[1]["steps"][0]["operation"] == "generate"
    assert runs[1]["history_tip_message_id"] == (await history(world, chat_id))[-1]["id"]
    assert "trigger_message_id" not in runs[1]


@pytest.mark.settings(automatic_texts="on", chat_debug_logging=True)
class TestForcedWithTexts:
    """In a world of its own, where all is recorded and texts are written beside the turns."""

    @pytest_asyncio.fixture
    async def world(self, world_facts: Any, world_settings: Any, checker: Any) -> AsyncIterator[World]:
        """That world."""
        from tests.support.world import run_world

        async with run_world(world_facts, world_settings, checker) as world:
            yield world

    async def test_texts_beside_the_turn_are_runs_and_nobody_has_to_choose(
        self, world: World, provider: LLMServer
    ) -> None:
        config_id = await use_provider(world, provider, "openai-compat", "local-model")
        provider.default = Plan(text="Wrote the release notes for version two. " * 8)
        chat_id = (await world.create_chat(text="please write the notes", model_config_id=config_id))["id"]
        runs = await recorded(world, chat_id, all_ended(4))
        assert sorted(run["kind"] for run in runs) == ["chat_turn", "quickgen", "quickgen", "title_generation"]
        assert {run["status"] for run in runs} == {"completed"}


# ---- switched off ----


async def test_a_turn_makes_the_same_statements_whether_or_not_it_is_recorded(world: World) -> None:
    made = []
    for allowed, chosen in ((True, True), (False, True), (True, False)):
        await choose(world, allowed=allowed, chosen=chosen)
        chat_id = (await world.create_chat())["id"]
        await settled(world, chat_id)
        with statements_of(world.services.database) as executed:
            await send(world, chat_id, "hello")
            await asyncio.sleep(0.2)
        debugging = [statement for statement in executed if "chat_debug_" in statement]
        assert debugging == [] or (allowed and chosen)
        made.append([statement for statement in executed if statement not in debugging])
        await settled(world, chat_id)
        if allowed and chosen:
            await recorded(world, chat_id, all_ended(2))
        assert bool(await runs_of(world, chat_id)) == (allowed and chosen)
    assert made[0] == made[1] == made[2]
    assert any("INSERT INTO chat_messages" in statement for statement in made[0])


# ---- nothing is felt ----


async def test_a_database_that_takes_no_runs_fails_no_turn(world: World) -> None:
    async def rename(old: str, new: str) -> None:
        async with world.services.database.begin() as conn:
            await conn.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    await rename("chat_debug_steps", "hidden_steps")
    try:
        chat_id = (await world.create_chat())["id"]
        await settled(world, chat_id)
        await asyncio.sleep(0.7)
        await send(world, chat_id, "again")
        await settled(world, chat_id)
    finally:
        await rename("hidden_steps", "chat_debug_steps")
    runs = await recorded(world, chat_id, all_ended(2))
    assert [run["status"] for run in runs] == ["completed", "completed"]


async def test_runs_go_with_their_chat_and_are_not_written_once_it_is_gone(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    await settled(world, chat_id)
    await recorded(world, chat_id, all_ended(1))
    run = await recorded_run(world, chat_id)
    async with world.services.database.begin() as conn:
        await conn.execute(text("DELETE FROM chats WHERE id = :id"), {"id": uuid.UUID(chat_id)})
    async with world.services.database.connect() as conn:
        for table in ("chat_debug_runs", "chat_debug_steps"):
            left = await conn.execute(text(f"SELECT 1 FROM {table} WHERE chat_id = :id"), {"id": uuid.UUID(chat_id)})
            assert left.first() is None
    assert not await store(world.services.database, run)
