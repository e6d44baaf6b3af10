"""The way of recorded runs into the database: gathered, bounded, tried again, and never in anybody's way."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import delete, select, text, update

from models import Chat, ChatDebugRun, ChatDebugStep, DeploymentSetting, ScheduledJob
from palaver.chat import history
from palaver.chat.records import ChatRecord
from palaver.configuration.user_settings import UserSettings
from palaver.database import Database
from palaver.errors.provider import ProviderError
from palaver.housekeeping import Housekeeping, jobs_of
from palaver.llm.events import StepDone
from palaver.recording import recorder as recording
from palaver.recording import rows, turns
from palaver.recording.content import LEFT_OUT, Redactor
from palaver.recording.recorder import Recorder
from palaver.recording.runs import Room, Run
from tests.api.chats import idle_chat
from tests.api.debug_runs import ROOM, choice, recorded_run, store
from tests.support.world import World
from tests.worker.test_counts import counted

DONE = StepDone([{"type": "text", "text": "hi"}], {"input_tokens": 2, "output_tokens": 1}, 7, "stop")
ON = UserSettings(debug_logging=True)


@pytest_asyncio.fixture
async def recorder(world: World) -> AsyncIterator[Recorder]:
    """A recorder of its own, that records everybody."""
    recorder = Recorder(world.services.database, world.services.config, forced=True)
    recorder.start()
    yield recorder
    await recorder.stop()


async def chat_of(world: World) -> ChatRecord:
    chat_id = await idle_chat(world)
    async with world.services.database.connect() as conn:
        chat = await history.load_chat(conn, uuid.UUID(chat_id))
    assert chat is not None
    return chat


def ask(chat: ChatRecord, recorder: Recorder) -> Run:
    """A run of the chat with one step that is under way."""
    run = recorder.new_run(chat.id, "chat_turn", 1, 1)
    assert run is not None
    run.asks(choice())
    step = run.begin_step("stream", 1, Redactor("sk-0123456789"), b'{"messages":[]}', "")
    run.begin_attempt(step)
    recorder.changed(run)
    return run


async def stored(world: World, table: Any = ChatDebugRun) -> list[Any]:
    async with world.services.database.connect() as conn:
        return list((await conn.execute(select(*table.__table__.c).order_by(table.started_at))).all())


async def written(recorder: Recorder) -> None:
    """Wait until nothing is left to be written."""
    async with asyncio.timeout(10):
        while recorder._changed or recorder._news.is_set():
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)


async def test_what_was_written_is_changed_and_not_written_again(world: World, recorder: Recorder) -> None:
    chat = await chat_of(world)
    run = ask(chat, recorder)
    await written(recorder)
    [row], [step] = await stored(world), await stored(world, ChatDebugStep)
    assert (row.status, step.status, step.normalized_request) == ("in_progress", "in_progress", {"messages": []})
    assert (run.steps[1].request, run.steps[1].is_written) == (None, True)
    run.answered(run.steps[1], DONE)
    run.end("completed")
    recorder.changed(run)
    await written(recorder)
    [row], [step] = await stored(world), await stored(world, ChatDebugStep)
    assert (row.status, step.status) == ("completed", "completed")
    assert step.normalized_request == {"messages": []}
    assert step.normalized_response["content"] == [{"type": "text", "text": "hi"}]
    assert row.summary == {"steps": 1, "attempts": 1, "input_tokens": 2, "output_tokens": 1, "cost_micros": 7}
    assert (run.steps, recorder._open) == ({}, {})
    assert recorder._room.left == recording.MAX_BYTES


async def test_a_run_of_a_chat_that_is_gone_is_dropped_and_others_are_written(world: World, recorder: Recorder) -> None:
    gone, chat = await chat_of(world), await chat_of(world)
    async with world.services.database.begin() as conn:
        await conn.execute(delete(Chat).where(Chat.id == gone.id))
    dropped = counted("palaver_debug_writes_total", outcome="dropped")
    lost, kept = ask(gone, recorder), ask(chat, recorder)
    await written(recorder)
    assert [row.id for row in await stored(world)] == [kept.id]
    assert (dropped(), lost.is_lost) == (1, True)
    recorder.changed(lost)
    assert recorder._changed == {}
    assert list(recorder._open) == [kept.id]


async def test_what_the_database_refuses_is_tried_a_few_times_and_dropped(
    world: World, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "GATHER_SECONDS", 0.01)
    failed = counted("palaver_debug_writes_total", outcome="failed")
    run = ask(await chat_of(world), recorder)
    run.steps[1].request = b"no JSON"
    await written(recorder)
    assert (failed(), run.is_lost) == (recording.TRIES, True)
    assert await stored(world) == []


async def test_an_outage_costs_nothing_that_there_is_room_for(
    world: World, monkeypatch: pytest.MonkeyPatch, recorder: Recorder
) -> None:
    monkeypatch.setattr(recording, "GATHER_SECONDS", 0.01)
    monkeypatch.setattr(recording, "RETRY_SECONDS", 0.01)
    chat, tries = await chat_of(world), 0

    async def out(*_: Any) -> bool:
        nonlocal tries
        tries += 1
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(rows, "write", out)
        runs = [ask(chat, recorder), ask(chat, recorder)]
        async with asyncio.timeout(10):
            while tries < recording.TRIES + 2:
                await asyncio.sleep(0.01)
    await written(recorder)
    assert {row.id for row in await stored(world)} == {run.id for run in runs}
    assert len(await stored(world, ChatDebugStep)) == 2


async def test_a_process_that_stops_writes_what_is_left_as_interrupted(world: World) -> None:
    recorder = Recorder(world.services.database, world.services.config, forced=True)
    recorder.start()
    ask(await chat_of(world), recorder)
    await recorder.stop()
    [row], [step] = await stored(world), await stored(world, ChatDebugStep)
    assert (row.status, step.status, step.attempts[0]["status"]) == ("interrupted", "interrupted", "interrupted")


async def test_room_is_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MAX_RUNS", 3)
    recorder = Recorder(world.services.database, world.services.config, forced=True)
    chat = await chat_of(world)
    for _ in range(3):
        ask(chat, recorder)
    assert recorder.new_run(chat.id, "quickgen", None, None) is None
    run = Run(Room(100), chat.id, "chat_turn", None, None)
    steps = [run.begin_step("stream", 1, Redactor(), b"x" * 60, "") for _ in range(3)]
    assert [step.request is LEFT_OUT for step in steps] == [False, True, True]
    assert run.summary == {"steps": 3, "truncated": True}
    run.lose()
    assert run.room.left == 100


async def test_open_runs_are_given_signs_of_life(
    world: World, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "GATHER_SECONDS", 0.01)
    monkeypatch.setattr(rows, "TOUCH_SECONDS", 0.05)
    ask(await chat_of(world), recorder)
    await written(recorder)
    [before] = await stored(world)
    async with asyncio.timeout(10):
        while (await stored(world))[0].updated_at == before.updated_at:
            await asyncio.sleep(0.02)


# ---- who is recorded ----


async def test_who_is_recorded(world: World) -> None:
    chat = await chat_of(world)

    async def allow(allowed: bool) -> Recorder:
        async with world.services.database.begin() as conn:
            await conn.execute(delete(DeploymentSetting))
            await conn.execute(DeploymentSetting.__table__.insert().values(name="user_debug_logging", value=allowed))
        world.services.config.forget()
        return Recorder(world.services.database, world.services.config, forced=False)

    forbidding = await allow(False)
    assert not await forbidding.records_turn(chat, ON)
    assert not await forbidding.records_asked(chat)
    allowing = await allow(True)
    assert not await allowing.records_turn(chat, UserSettings())
    assert not allowing.records_beside_turn(chat)
    assert await allowing.records_turn(chat, ON)
    assert allowing.records_beside_turn(chat)
    assert not await allowing.records_asked(chat), "she has not chosen it"
    assert not await allowing.records_turn(chat, UserSettings())
    assert not allowing.records_beside_turn(chat)
    forced = Recorder(world.services.database, world.services.config, forced=True)
    assert await forced.records_turn(chat, UserSettings())
    assert forced.records_beside_turn(chat)
    assert await forced.records_asked(chat)


async def test_nothing_is_recorded_where_nobody_can_say(world: World, tmp_path: Any) -> None:
    chat = await chat_of(world)
    nowhere = Database(f"postgresql://nobody@/nothing?host={tmp_path}")
    from palaver.configuration.deployment_settings import DeploymentConfig

    recorder = Recorder(nowhere, DeploymentConfig(nowhere), forced=False)
    assert not await recorder.records_turn(chat, ON)
    assert not await recorder.records_asked(chat)
    await nowhere.close()


# ---- following a turn ----


async def test_a_fault_of_recording_is_not_felt(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(world.services.database, world.services.config, forced=True)
    chat = await chat_of(world)
    recording = await turns.follow_turn(recorder, chat, [], ON, turns.NOTHING)

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(turns, "request_json", broken)
    with recording.call(choice(), None, [], []) as answered:
        answered(DONE)
    monkeypatch.setattr(recorder, "changed", broken)
    recording.committed([])
    recording.retrying(ProviderError("timeout"), 1)
    recording.failed(ProviderError("timeout"))
    recording.ended()
    recording.stopped()


async def test_what_does_not_go_on_here_is_interrupted(world: World) -> None:
    recorder = Recorder(world.services.database, world.services.config, forced=True)
    chat = await chat_of(world)
    recording = await turns.follow_turn(recorder, chat, [], ON, turns.NOTHING)
    with pytest.raises(asyncio.CancelledError), recording.call(choice(), None, [], []):
        raise asyncio.CancelledError
    [run] = recorder._changed.values()
    assert (run.status, run.steps[1].attempts[0]["status"]) == ("in_progress", "interrupted")
    switched_off = Recorder(world.services.database, world.services.config, forced=False)
    assert await turns.follow_turn(switched_off, chat, [], UserSettings(), recording) is turns.NOTHING
    assert (run.status, run.steps[1].status) == ("interrupted", "interrupted")


# ---- afterwards ----


async def work(world: World) -> None:
    """Do all jobs, due or not."""
    services = world.services
    async with services.database.begin() as conn:
        await conn.execute(delete(ScheduledJob))
    await Housekeeping(services.database, jobs_of(services.settings, services.files, services.machine)).work()


async def age(world: World, run: Run, **before: float) -> None:
    async with world.services.database.begin() as conn:
        earlier = ChatDebugRun.updated_at - dt.timedelta(**before)
        await conn.execute(update(ChatDebugRun).where(ChatDebugRun.id == run.id).values(updated_at=earlier))


async def test_runs_whose_recorder_is_gone_are_marked(world: World) -> None:
    chat_id = await idle_chat(world)
    lively, ended = await recorded_run(world, chat_id), await recorded_run(world, chat_id)
    stale = Run(Room(ROOM), uuid.UUID(chat_id), "chat_turn", None, None)
    stale.begin_step("stream", 1, Redactor(), b"{}", "")
    ended.end("completed")
    for run in (stale, ended):
        await store(world.services.database, run)
        await age(world, run, minutes=6)
    await work(world)
    statuses = {row.id: (row.status, row.finished_at is None) for row in await stored(world)}
    assert statuses == {
        lively.id: ("in_progress", True),
        ended.id: ("completed", False),
        stale.id: ("interrupted", False),
    }
    [step] = await stored(world, ChatDebugStep)
    assert (step.status, step.finished_at is None) == ("interrupted", False)
    stale.end("completed")
    await store(world.services.database, stale)
    assert "completed" in [row.status for row in await stored(world) if row.id == stale.id], "it was only slow"


async def test_runs_are_deleted_with_their_steps_after_as_many_days_as_they_are_kept(world: World) -> None:
    chat_id = await idle_chat(world)
    young, old = await recorded_run(world, chat_id), Run(Room(ROOM), uuid.UUID(chat_id), "quickgen", None, None)
    old.begin_step("generate", 1, Redactor(), b"{}", "")
    old.end("completed")
    await store(world.services.database, old)
    await age(world, old, days=31)
    await age(world, young, days=29)
    young.end("completed")
    path = "/api/experimental/chats/config/debug-retention-days"
    assert (await world.owner.put(path, {"debug_retention_days": 0})).status_code == 204
    await work(world)
    assert len(await stored(world)) == 2, "switched off"
    assert (await world.owner.put(path, {"debug_retention_days": 30})).status_code == 204
    await work(world)
    assert [row.id for row in await stored(world)] == [young.id]
    assert await stored(world, ChatDebugStep) == []


@pytest.mark.parametrize("job", ["list", "stale", "expired"])
async def test_an_index_leads_to_the_runs(world: World, job: str) -> None:
    chat_id = uuid.UUID(await idle_chat(world))
    async with world.services.database.begin() as conn:
        await conn.execute(
            text(
                "INSERT INTO chat_debug_runs (chat_id, id, kind, status, provider, model, summary, started_at)"
                " SELECT :chat_id, gen_random_uuid(), 'chat_turn', 'completed', '', '', '{}', now()"
                " FROM generate_series(1, 5000)"
            ),
            {"chat_id": chat_id},
        )
    async with world.services.database.connect() as conn:
        await conn.execute(text("ANALYZE chat_debug_runs"))
        statement, values = {
            "list": (
                "SELECT * FROM chat_debug_runs WHERE chat_id = :chat_id ORDER BY started_at DESC, id DESC LIMIT 100",
                {"chat_id": chat_id},
            ),
            "stale": (rows._END_STALE.text, {"seconds": 300, "limit": 1000}),
            "expired": (rows._DELETE_EXPIRED.text, {"days": 30, "limit": 1000}),
        }[job]
        plan = "\n".join((await conn.execute(text(f"EXPLAIN {statement}"), values)).scalars())
    assert "Seq Scan" not in plan, plan
