"""The whole matrix: every state times every transition, on the real database, held against the contract's table."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from palaver.chat import queue_entries as q
from palaver.chat import transitions as t
from palaver.chat.bundle import NOT_YET
from palaver.chat.commands import EditMessage, ForkChat, ToolResult
from palaver.chat.forking import fork_chat
from palaver.chat.importing import import_chat
from palaver.chat.machine import ChatTx
from palaver.chat.notices import ChatNotice
from palaver.chat.records import NewMessage, QueuedRecord
from palaver.chat.states import ALLOWED, COMPATIBLE, OWNERSHIP, WITH_HELD, State, Transition, classify
from palaver.errors.chat import ChatNotFound, InvalidState, TransitionNotAllowed
from tests.chat.world import COLUMNS, World, assistant, call_part, text_part

# from: transition -> where it may land; the contract's `transitions`, transcribed by hand.
EXPECTED = """
N:       CreateChat R0
W:       SetArchived XW; SendMessage R0; EditMessage R0; RequestCompaction R0; FinishError E0
E0:      SetArchived XE0; SendMessage R0; EditMessage R0
E1:      SetArchived XE1; SendMessage R1; EditMessage R0; DeleteQueuedMessage E0 E1; PromoteQueuedMessage R0 R1
R0:      SendMessage R1 I1; EditMessage R0; Interrupt I0; RecordGenerationAttempt R0; RecordRetryState R0;
         CommitStep R0; EnterRequiresAction A0; FinishTurn W; FinishError E0
R1:      SendMessage R1 I1; EditMessage R0; DeleteQueuedMessage R0 R1; PromoteQueuedMessage I1; Interrupt I1;
         RecordGenerationAttempt R1; RecordRetryState R1; CommitStep R1; EnterRequiresAction A1; FinishTurn R0 R1;
         FinishError E1
I0:      SendMessage I1; EditMessage R0; FinishInterruption W
I1:      SendMessage I1; EditMessage R0; DeleteQueuedMessage I0 I1; PromoteQueuedMessage I1; FinishInterruption R0 R1
A0:      SendMessage A1 R1; EditMessage R0; Interrupt R0; CompleteRequiresAction R0; CancelRequiresAction R0
A1:      SendMessage A1 R1; EditMessage R0; DeleteQueuedMessage A0 A1; PromoteQueuedMessage R0 R1; Interrupt R1;
         CompleteRequiresAction R1; CancelRequiresAction R1
XW:      SetArchived W
XE0:     SetArchived E0
XE1:     SetArchived E1
Invalid: ReconcileInvalidState E0 E1
"""

# What the compatible wire does not have, in the same form.
OURS = """
N:       ForkChat W; ImportChat W
W:       DeleteChat N
E0:      DeleteChat N
E1:      DeleteChat N; EditQueuedMessage E1; HoldQueuedMessage E0 E1
R0:      DeleteChat N
R1:      DeleteChat N; EditQueuedMessage R1; HoldQueuedMessage R0 R1
I0:      DeleteChat N
I1:      DeleteChat N; EditQueuedMessage I1; HoldQueuedMessage I0 I1
A0:      DeleteChat N
A1:      DeleteChat N; EditQueuedMessage A1; HoldQueuedMessage A0 A1
XW:      DeleteChat N
XE0:     DeleteChat N
XE1:     DeleteChat N
Invalid: DeleteChat N
"""

# What is allowed besides while an entry is held, and about that entry.
WITH_ONE_HELD = """
W:       EditQueuedMessage W; DeleteQueuedMessage W; PromoteQueuedMessage R0; ReleaseQueuedMessage R0
E0:      EditQueuedMessage E0; DeleteQueuedMessage E0; PromoteQueuedMessage R0; ReleaseQueuedMessage E1
E1:      ReleaseQueuedMessage E1
R0:      EditQueuedMessage R0; DeleteQueuedMessage R0; PromoteQueuedMessage I1; ReleaseQueuedMessage R1
R1:      ReleaseQueuedMessage R1
I0:      EditQueuedMessage I0; DeleteQueuedMessage I0; PromoteQueuedMessage I1; ReleaseQueuedMessage I1
I1:      ReleaseQueuedMessage I1
A0:      EditQueuedMessage A0; DeleteQueuedMessage A0; PromoteQueuedMessage R0; ReleaseQueuedMessage A1
A1:      ReleaseQueuedMessage A1
"""

WORKER, RUNNER = uuid.uuid4(), uuid.uuid4()
LIVE = [state for state in State if state is not State.ABSENT]


def expected_table(written: str = EXPECTED + OURS) -> dict[str, dict[str, set[str]]]:
    """EXPECTED, OURS or both as nested dictionaries."""
    table: dict[str, dict[str, set[str]]] = {}
    for line in written.replace(";\n         ", "; ").split("\n"):
        if not line:
            continue
        state, cells = line.split(":", 1)
        cells_of = (cell.split() for cell in cells.split(";"))
        table.setdefault(state, {}).update((name, set(landings)) for name, *landings in cells_of)
    return table


@dataclass
class Scene:
    """A chat at the start of a cell, and how to run a transition on it."""

    world: World
    chat_id: uuid.UUID
    user_message: int
    entries: list[int]


Act = Callable[[Scene, ChatTx], Awaitable[Any]]


async def _finish_interruption(scene: Scene, tx: ChatTx) -> Any:
    result = {"type": "tool-result", "tool_call_id": "c1", "tool_name": "ask_client", "result": {"error": "stopped"}}
    return await t.finish_interruption(tx, [NewMessage("tool", [result])])


def _entry(scene: Scene) -> int:
    return scene.entries[-1] if scene.entries else 0


async def _fork(scene: Scene, tx: ChatTx) -> Any:
    source = tx.chat if tx.exists else await scene.world.create()
    new = ForkChat(id=uuid.uuid4(), owner_id=scene.world.user_id, source=source, message_id=None, title="A fork")
    return await fork_chat(tx, new)


NO_ENTRY = QueuedRecord(uuid.uuid4(), 0, 0, [], None, None, "", NOT_YET, 1, False)


async def _with_entry(scene: Scene, tx: ChatTx, act: Any, *arguments: Any) -> Any:
    entry = await tx.queue_entry(_entry(scene)) if scene.entries else None
    return await act(tx, entry or NO_ENTRY, *arguments)


CREATIONS = (Transition.CREATE_CHAT, Transition.FORK_CHAT, Transition.IMPORT_CHAT)
K, N, SET = "kept", "null", "set"
VARIANTS: dict[Transition, list[Act]] = {
    Transition.CREATE_CHAT: [lambda s, tx: t.create_chat(tx, s.world.new_chat())],
    Transition.FORK_CHAT: [lambda s, tx: _fork(s, tx)],
    Transition.IMPORT_CHAT: [lambda s, tx: import_chat(tx, s.world.new_chat(), [NewMessage("user", text_part("hi"))])],
    Transition.SET_ARCHIVED: [lambda s, tx: t.set_archived(tx, not tx.chat.archived)],
    Transition.SEND_MESSAGE: [
        lambda s, tx: t.send_message(tx, s.world.send()),
        lambda s, tx: t.send_message(tx, s.world.send(busy_behavior="interrupt")),
    ],
    Transition.EDIT_MESSAGE: [
        lambda s, tx: t.edit_message(
            tx, EditMessage(message_id=s.user_message, content=text_part("new"), created_by=s.world.user_id)
        )
    ],
    Transition.REQUEST_COMPACTION: [lambda s, tx: t.request_compaction(tx)],
    Transition.DELETE_QUEUED_MESSAGE: [lambda s, tx: t.delete_queued_message(tx, _entry(s))],
    Transition.PROMOTE_QUEUED_MESSAGE: [lambda s, tx: t.promote_queued_message(tx, _entry(s))],
    Transition.INTERRUPT: [lambda s, tx: t.interrupt(tx)],
    Transition.RECORD_GENERATION_ATTEMPT: [lambda s, tx: t.record_generation_attempt(tx)],
    Transition.RECORD_RETRY_STATE: [lambda s, tx: t.record_retry_state(tx, {"attempt": 2})],
    Transition.COMMIT_STEP: [lambda s, tx: t.commit_step(tx, [assistant()])],
    Transition.ENTER_REQUIRES_ACTION: [lambda s, tx: t.enter_requires_action(tx)],
    Transition.COMPLETE_REQUIRES_ACTION: [
        lambda s, tx: t.complete_requires_action(tx, [ToolResult("c1", {"ok": 1})], s.world.user_id)
    ],
    Transition.CANCEL_REQUIRES_ACTION: [lambda s, tx: t.cancel_requires_action(tx)],
    Transition.FINISH_INTERRUPTION: [_finish_interruption],
    Transition.FINISH_TURN: [lambda s, tx: t.finish_turn(tx)],
    Transition.FINISH_ERROR: [lambda s, tx: t.finish_error(tx, {"message": "broken", "retryable": False})],
    Transition.RECONCILE_INVALID_STATE: [lambda s, tx: t.reconcile_invalid_state(tx)],
    Transition.EDIT_QUEUED_MESSAGE: [
        lambda s, tx: _with_entry(s, tx, q.edit_queued_message, q.EditQueuedMessage(content=text_part("other"))),
        lambda s, tx: _with_entry(s, tx, q.edit_queued_message, q.EditQueuedMessage(place=1)),
    ],
    Transition.HOLD_QUEUED_MESSAGE: [lambda s, tx: _with_entry(s, tx, q.hold_queued_message)],
    Transition.RELEASE_QUEUED_MESSAGE: [lambda s, tx: _with_entry(s, tx, q.release_queued_message)],
    Transition.DELETE_CHAT: [lambda s, tx: t.delete_chat(tx)],
    Transition.ACQUIRE: [lambda s, tx: t.acquire(tx, uuid.uuid4(), uuid.uuid4())],
    Transition.ABANDON: [lambda s, tx: t.abandon(tx)],
}


def expected_effect(transition: Transition, before: State, after: dict[str, Any]) -> tuple[str, str, str, str]:
    """(last_error, owner, deadline, marker) by the contract's `effects`."""
    waits = before in (State.REQUIRES_ACTION, State.REQUIRES_ACTION_QUEUED)
    if transition is Transition.SEND_MESSAGE:
        if before in (State.WAITING, State.ERROR, State.ERROR_QUEUED):
            return N, K, N, N
        return K, K, N if waits and after["status"] == "running" else K, K
    if transition is Transition.PROMOTE_QUEUED_MESSAGE:
        return (K, K, K, N) if after["status"] == "interrupting" else (N, K, N, N)
    if transition is Transition.INTERRUPT:
        return (K, K, N, N) if waits else (K, K, K, N)
    return {
        Transition.SET_ARCHIVED: (K, K, K, K),
        Transition.EDIT_MESSAGE: (N, K, N, N),
        Transition.REQUEST_COMPACTION: (K, N, N, SET),
        Transition.DELETE_QUEUED_MESSAGE: (K, K, K, K),
        Transition.EDIT_QUEUED_MESSAGE: (K, K, K, K),
        Transition.HOLD_QUEUED_MESSAGE: (K, K, K, K),
        Transition.RELEASE_QUEUED_MESSAGE: (N, K, N, N) if before is State.WAITING else (K, K, K, K),
        Transition.RECORD_GENERATION_ATTEMPT: (K, K, K, K),
        Transition.RECORD_RETRY_STATE: (K, K, K, K),
        Transition.COMMIT_STEP: (K, K, K, K),
        Transition.ENTER_REQUIRES_ACTION: (K, K, SET, N),
        Transition.COMPLETE_REQUIRES_ACTION: (K, K, N, N),
        Transition.CANCEL_REQUIRES_ACTION: (K, K, N, N),
        Transition.FINISH_INTERRUPTION: (K, K, N, N),
        Transition.FINISH_TURN: (K, K, N, N),
        Transition.FINISH_ERROR: (SET, K, N, N),
        Transition.RECONCILE_INVALID_STATE: (SET, K, N, N),
        Transition.ACQUIRE: (K, SET, K, K),
        Transition.ABANDON: (K, N, K, K),
    }[transition]


def test_the_table_is_the_contracts() -> None:
    tables = ((COMPATIBLE, EXPECTED), (ALLOWED, EXPECTED + OURS), (WITH_HELD, WITH_ONE_HELD))
    for table, written in tables:
        names = {
            state.value: {
                transition.value: {after.value for after in landings} for transition, landings in cells.items()
            }
            for state, cells in table.items()
            if cells
        }
        assert names == expected_table(written)
    assert set(VARIANTS) == set(Transition)


def test_every_combination_of_columns_is_a_state() -> None:
    known = {columns: state for state, columns in COLUMNS.items() if state is not State.INVALID}
    for status in ("waiting", "running", "interrupting", "requires_action", "error"):
        for entries in (0, 2):
            for archived in (False, True):
                expected = known.get((status, entries, archived), State.INVALID)
                assert classify(status, entries > 0, archived) is expected


async def _stage(world: World, state: State, entries: int) -> Scene:
    """A chat in `state` whose every column has a value that a transition could wrongly keep or clear."""
    chat_id = await world.chat_in(state, assistant(), assistant(*text_part("calling"), call_part("c1")))
    queued = [row["id"] for row in await world.queue(chat_id)]
    async with world.database.begin() as conn:
        if entries and entries < len(queued):
            await conn.execute(
                text("DELETE FROM chat_queued_messages WHERE chat_id = :id AND id > :last"),
                {"id": chat_id, "last": queued[entries - 1]},
            )
        await conn.execute(
            text(
                "UPDATE chats SET worker_id = :worker, runner_id = :runner, generation_attempt = 3, pin_order = 2,"
                " last_error = CAST(CAST(:error AS text) AS json), retry_state = '{\"attempt\": 1}',"
                " requires_action_deadline_at = '2020-01-01Z', compaction_requested_at = '2020-01-01Z',"
                " updated_at = '2020-01-01Z' WHERE id = :id"
            ),
            {"id": chat_id, "worker": WORKER, "runner": RUNNER, "error": '{"message": "old"}'},
        )
        await conn.execute(
            text("INSERT INTO chat_heartbeats (chat_id, runner_id) VALUES (:id, :runner)"),
            {"id": chat_id, "runner": RUNNER},
        )
    user_message = (await world.messages(chat_id))[0]["id"]
    return Scene(world, chat_id, user_message, queued[:entries])


async def _look(scene: Scene) -> dict[str, Any]:
    world = scene.world
    return {
        "chat": await world.read(scene.chat_id),
        "messages": await world.messages(scene.chat_id, deleted=True),
        "queue": await world.queue(scene.chat_id),
        "beats": await world.rows("chat_heartbeats", scene.chat_id, "runner_id"),
    }


def _state(look: dict[str, Any]) -> State:
    ready = [row for row in look["queue"] if not row["held"]]
    return classify(look["chat"]["status"], bool(ready), look["chat"]["archived"])


def _check_versions(transition: Transition, before: dict[str, Any], after: dict[str, Any]) -> None:
    was, now = before["chat"], after["chat"]
    version = was["snapshot_version"] + 1
    assert now["snapshot_version"] == version
    if before["messages"] != after["messages"]:
        assert (now["history_version"], now["generation_attempt"], now["retry_state"]) == (version, 0, None)
        assert now["retry_state_version"] == version
        changed = [row for row in after["messages"] if row not in before["messages"]]
        assert {row["revision"] for row in changed} == {version}
    else:
        assert now["history_version"] == was["history_version"]
        assert now["generation_attempt"] == 3 + (transition is Transition.RECORD_GENERATION_ATTEMPT)
        told = transition is Transition.RECORD_RETRY_STATE
        assert now["retry_state"] == ({"attempt": 2} if told else {"attempt": 1})
        assert now["retry_state_version"] == (version if told else was["retry_state_version"])
    queue_changed = before["queue"] != after["queue"]
    assert now["queue_version"] == (version if queue_changed else was["queue_version"])


def _effect(was: Any, now: Any) -> str:
    return K if was == now else N if now is None else SET


def _check_effects(transition: Transition, before: dict[str, Any], after: dict[str, Any]) -> None:
    was, now = before["chat"], after["chat"]
    actual = (
        _effect(was["last_error"], now["last_error"]),
        _effect(was["runner_id"], now["runner_id"]),
        _effect(was["requires_action_deadline_at"], now["requires_action_deadline_at"]),
        _effect(was["compaction_requested_at"], now["compaction_requested_at"]),
    )
    assert actual == expected_effect(transition, _state(before), now), (transition, _state(before))
    silent = {
        Transition.DELETE_QUEUED_MESSAGE,
        Transition.EDIT_QUEUED_MESSAGE,
        Transition.HOLD_QUEUED_MESSAGE,
        Transition.RECORD_GENERATION_ATTEMPT,
        Transition.RECORD_RETRY_STATE,
        Transition.COMMIT_STEP,
    }
    if transition is not Transition.RELEASE_QUEUED_MESSAGE or _state(before) is not State.WAITING:
        silent.add(Transition.RELEASE_QUEUED_MESSAGE)
    assert (now["updated_at"] == was["updated_at"]) == (transition in silent)
    assert now["pin_order"] == (0 if now["archived"] else 2)


@pytest.mark.parametrize("state", LIVE, ids=lambda state: state.value)
async def test_every_cell_of_the_table(world: World, state: State) -> None:
    """Allowed: lands where the table says, with the contract's versions and columns. Refused: nothing happens."""
    table = expected_table()[state.value]
    reached: dict[str, set[str]] = {}
    for entries in (1, 2) if COLUMNS[state][1] else (0,):
        for transition, variants in VARIANTS.items():
            for act in variants:
                scene = await _stage(world, state, entries)
                before = await _look(scene)
                assert _state(before) is state
                allowed = transition.value in table or transition in OWNERSHIP
                if allowed:
                    async with world.machine.update(scene.chat_id) as tx:
                        await act(scene, tx)
                    if transition is Transition.DELETE_CHAT:
                        await _check_gone(scene, before)
                        reached[transition.value] = {State.ABSENT.value}
                        continue
                    after = await _look(scene)
                    if transition in OWNERSHIP:
                        assert _state(after) is state
                    else:
                        reached.setdefault(transition.value, set()).add(_state(after).value)
                    _check_versions(transition, before, after)
                    _check_effects(transition, before, after)
                    first = world.published.take()[0]
                    assert first.snapshot_version == after["chat"]["snapshot_version"]
                else:
                    with pytest.raises(TransitionNotAllowed) as refusal:
                        async with world.machine.update(scene.chat_id) as tx:
                            await act(scene, tx)
                    assert (
                        refusal.value.text == f"chat state transition {transition} not allowed from state {state.value}"
                    )
                    assert isinstance(refusal.value, InvalidState) == (state is State.INVALID)
                    assert refusal.value.status == 409
                    assert await _look(scene) == before
                    assert world.published.take() == []
    # An Invalid chat with an empty queue is another scene: archived while running.
    if state is State.INVALID:
        reached[Transition.RECONCILE_INVALID_STATE].add(await _reconcile_without_queue(world))
    assert reached == table


HOLDABLE = [state for state in LIVE if state is not State.INVALID]


@pytest.mark.parametrize("state", HOLDABLE, ids=lambda state: state.value)
async def test_every_cell_while_an_entry_is_held(world: World, state: State) -> None:
    """As the table says where it says something about the held entry, and otherwise as if the entry was not there."""
    table = expected_table(WITH_ONE_HELD).get(state.value, {})
    reached: dict[str, set[str]] = {}
    about_entries = [transition for transition in Transition if transition.value.endswith("QueuedMessage")]
    for transition in about_entries:
        if transition is Transition.HOLD_QUEUED_MESSAGE:
            continue
        scene = await _stage(world, state, COLUMNS[state][1])
        async with world.database.begin() as conn:
            held = text(
                "INSERT INTO chat_queued_messages (chat_id, position, content, held)"
                ' VALUES (:id, 0, \'[{"type": "text", "text": "later"}]\', true) RETURNING id'
            )
            scene.entries.append((await conn.execute(held, {"id": scene.chat_id})).scalar_one())
        before = await _look(scene)
        assert _state(before) is state
        if transition.value not in table and transition not in ALLOWED[state]:
            with pytest.raises(TransitionNotAllowed):
                await world.tx(scene.chat_id, _act(scene, transition))
            assert await _look(scene) == before
            continue
        await world.tx(scene.chat_id, _act(scene, transition))
        after = await _look(scene)
        if transition.value in table:
            reached[transition.value] = {_state(after).value}
        _check_versions(transition, before, after)
        _check_effects(transition, before, after)
        world.published.take()
    assert reached == table


def _act(scene: Scene, transition: Transition) -> Callable[[ChatTx], Awaitable[Any]]:
    return lambda tx: VARIANTS[transition][0](scene, tx)


async def test_a_chat_rests_beside_held_entries_and_takes_the_others_in_order(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING_QUEUED)
    await world.tx(chat_id, t.send_message, world.send("last"))
    first, second, last = [row["id"] for row in await world.queue(chat_id)]

    async def hold(tx: ChatTx) -> None:
        await q.hold_queued_message(tx, await q.expect_entry(tx, first, None))

    await world.tx(chat_id, hold)
    for _ in range(3):
        await world.tx(chat_id, t.finish_turn)
    assert (await world.read(chat_id))["status"] == "waiting"
    assert [row["id"] for row in await world.queue(chat_id)] == [first]
    became = {row["entry_id"]: row["message_id"] for row in await world.departures(chat_id)}
    assert became == {
        entry: message["id"] for entry, message in zip((second, last), (await world.messages(chat_id))[1:], strict=True)
    }


async def test_an_edit_of_the_history_clears_what_waits_and_leaves_what_is_held(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING_QUEUED)
    first, second = [row["id"] for row in await world.queue(chat_id)]

    async def hold(tx: ChatTx) -> None:
        await q.hold_queued_message(tx, await q.expect_entry(tx, first, None))

    await world.tx(chat_id, hold)
    message = (await world.messages(chat_id))[0]["id"]
    edit = EditMessage(message_id=message, content=text_part("new"), created_by=world.user_id)
    await world.tx(chat_id, t.edit_message, edit)
    assert [(row["id"], row["held"], row["version"]) for row in await world.queue(chat_id)] == [(first, True, 2)]
    assert [(row["entry_id"], row["message_id"]) for row in await world.departures(chat_id)] == [(second, None)]


async def _check_gone(scene: Scene, before: dict[str, Any]) -> None:
    """Nothing of the chat is left, and what is told of it makes everybody look."""
    world, was = scene.world, before["chat"]
    tables = ("chat_messages", "chat_queued_messages", "chat_queue_departures", "chat_heartbeats")
    assert not any([await world.rows(table, scene.chat_id, "1") for table in tables])
    with pytest.raises(ChatNotFound):
        await world.tx(scene.chat_id, t.interrupt)
    (notice,) = world.published.take()
    assert isinstance(notice, ChatNotice)
    assert (notice.snapshot_version, notice.runner_id) == (was["snapshot_version"] + 1, None)
    assert notice.history_version == notice.snapshot_version


async def _reconcile_without_queue(world: World) -> str:
    scene = await _stage(world, State.RUNNING, 0)
    async with world.database.begin() as conn:
        await conn.execute(text("UPDATE chats SET archived = true WHERE id = :id"), {"id": scene.chat_id})
    assert _state(await _look(scene)) is State.INVALID
    await world.tx(scene.chat_id, t.reconcile_invalid_state)
    world.published.take()
    after = await _look(scene)
    assert after["chat"]["archived"] is False
    assert after["chat"]["last_error"] == t.RECONCILED_ERROR
    return _state(after).value


async def test_state_n_knows_only_creation(world: World) -> None:
    scene = Scene(world, uuid.uuid4(), 0, [])
    for transition, variants in VARIANTS.items():
        if transition in OWNERSHIP or transition in (*CREATIONS, Transition.EDIT_MESSAGE):
            continue
        acts: list[Act] = (
            [lambda s, tx: t.set_archived(tx, True)] if transition is Transition.SET_ARCHIVED else variants
        )
        for act in acts:
            with pytest.raises(TransitionNotAllowed) as refusal:
                async with world.machine.create() as tx:
                    await act(scene, tx)
            assert refusal.value.text == f"chat state transition {transition} not allowed from state N"
    assert world.published.take() == []
    assert await world.everything() == [[], [], [], []]


async def test_refusals_carry_their_reason(world: World) -> None:
    cases = [
        (State.WAITING, lambda tx: t.set_archived(tx, False), "SetArchived input matches the current archived flag"),
        (State.RUNNING, lambda tx: t.commit_step(tx, []), "no messages to commit"),
        (State.RUNNING, lambda tx: t.record_retry_state(tx, {}), "retry state is empty"),
        (State.RUNNING, lambda tx: t.record_retry_state(tx, {"at": object()}), "retry state is not valid JSON"),
        (State.RUNNING, lambda tx: t.enter_requires_action(tx), "no pending dynamic tool calls"),
        (State.REQUIRES_ACTION, lambda tx: t.cancel_requires_action(tx), "no pending dynamic tool calls"),
        (State.WAITING, lambda tx: t.abandon(tx), "chat is not owned"),
    ]
    for state, act, reason in cases:
        chat_id = await world.chat_in(state)
        before = await world.everything()
        with pytest.raises(TransitionNotAllowed) as refusal:
            await world.tx(chat_id, act)
        assert refusal.value.text.endswith(f"not allowed from state {state.value}: {reason}")
        assert await world.everything() == before
        assert world.published.take() == []
