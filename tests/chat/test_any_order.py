"""Users and workers act on one chat in any order and at once; some things hold all the same."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palaver.chat import queue_entries as q
from palaver.chat import transitions as t
from palaver.chat.approvals import Ask, CallDecision, is_approved, is_asked
from palaver.chat.commands import EditMessage, ToolResult
from palaver.chat.machine import ChatTx
from palaver.chat.parts import pending_after, text_of
from palaver.chat.records import NewMessage
from palaver.chat.states import State, classify
from palaver.errors.base import PalaverError
from tests.chat.world import World, assistant, call_part, loaded, text_part

VERSIONS = ("snapshot_version", "history_version", "queue_version", "retry_state_version")


class Life:
    """One chat, everything that was accepted for it, and the acts of its users and workers."""

    def __init__(self, world: World, chat_id: uuid.UUID) -> None:
        self.world = world
        self.chat_id = chat_id
        self.accepted: list[str] = []
        """Texts of sent and of replacing messages."""
        self.entry_ids: dict[str, int] = {}
        """Text -> id of the queue entry."""
        self.taken_back: set[str] = set()
        self.jumped: set[str] = set()
        """Texts promoted out of turn."""
        self.calls = 0
        self.versions = dict.fromkeys(VERSIONS, 0)

    def words(self) -> str:
        """A text that no other message has."""
        return f"text {uuid.uuid4()}"

    async def act(self, name: str, choice: int) -> None:
        """Run one act in a bundle of its own, locked or not; what the state refuses is a normal outcome."""
        remember: list[Callable[[], None]] = []

        async def run(tx: ChatTx) -> None:
            remember.clear()  # an act that was overtaken runs again
            await ACTS[name](self, tx, choice, remember)

        try:
            await self.world.machine.apply(self.chat_id, run, alone=choice % 3 > 0)
        except PalaverError:
            return
        # Only a committed bundle counts.
        for note in remember:
            note()

    async def send(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        words = self.words()
        behavior = "interrupt" if choice % 2 else "queue"
        outcome = await t.send_message(tx, self.world.send(words, busy_behavior=behavior))
        remember.append(lambda: self.accepted.append(words))
        if outcome.queued_message is not None:
            entry_id = outcome.queued_message.id
            remember.append(lambda: self.entry_ids.update({words: entry_id}))

    async def edit(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        words = self.words()
        users = [row for row in await self.world.messages(self.chat_id) if row["role"] == "user"]
        cleared = await self._queue_texts(tx, held=False)
        edit = EditMessage(
            message_id=users[choice % len(users)]["id"], content=text_part(words), created_by=self.world.user_id
        )
        await t.edit_message(tx, edit)
        remember.append(lambda: self.accepted.append(words))
        remember.append(lambda: self.taken_back.update(cleared.values()))

    async def delete_queued(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        entry_id, words = await self._some_entry(tx, choice)
        await t.delete_queued_message(tx, entry_id)
        remember.append(lambda: self.taken_back.add(words))

    async def promote(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        entry_id, words = await self._some_entry(tx, choice)
        await t.promote_queued_message(tx, entry_id)
        remember.append(lambda: self.jumped.add(words))

    async def hold(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        entry_id, words = await self._some_entry(tx, choice)
        entry = await q.expect_entry(tx, entry_id, None)
        if entry.held:
            await q.release_queued_message(tx, entry)
        else:
            await q.hold_queued_message(tx, entry)
        remember.append(lambda: self.jumped.add(words))

    async def edit_queued(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        entry_id, words = await self._some_entry(tx, choice)
        entry, new = await q.expect_entry(tx, entry_id, None), self.words()
        change = q.EditQueuedMessage(content=text_part(new), place=choice + 1 if choice % 2 else None)
        await q.edit_queued_message(tx, entry, change)
        remember.append(lambda: self.taken_back.add(words))
        remember.append(lambda: self.accepted.append(new))
        remember.append(lambda: self.entry_ids.update({new: entry_id}))
        remember.append(lambda: self.jumped.add(new))

    async def complete(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        calls = tx.chat.pending_dynamic_calls()
        results = [ToolResult(call["tool_call_id"], {"n": choice}) for call in calls]
        await t.complete_requires_action(tx, results, self.world.user_id)

    async def ask(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        """Wait for the owner's approval of the server's own calls, else for the client's results."""
        undecided = [call for call in tx.chat.pending_local_calls() if not is_approved(call)]
        if not undecided:
            await t.enter_requires_action(tx)
            return
        asks = [Ask(call["tool_call_id"], self.chat_id, "search") for call in undecided]
        await t.ask_approval(tx, asks, 60.0 if choice % 4 else 0.0)

    async def park(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        """A step whose call the owner is asked about."""
        await self.step(tx, 3, remember)
        await self.ask(tx, choice, remember)

    async def decide(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        answers = [
            CallDecision(call["tool_call_id"], uuid.UUID(call["approval"]["id"]), "approve" if choice % 3 else "deny")
            for call in tx.chat.pending_approvals()
        ]
        await t.decide_tool_calls(tx, answers, self.world.user_id)

    async def step(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        """What a worker commits: results of its own calls first, else an answer, with or without calls."""
        local = tx.chat.pending_local_calls()
        if local:
            await t.commit_step(tx, _results(local))
        elif not tx.chat.pending_tool_calls:
            self.calls += 2
            calls = [call_part(f"l{self.calls}", "search"), call_part(f"d{self.calls}")]
            await t.commit_step(tx, [assistant(*text_part("an answer"), *calls[choice % 3 :][: choice % 4])])

    async def stop(self, tx: ChatTx, choice: int, remember: list[Callable[[], None]]) -> None:
        partial = _results(tx.chat.pending_tool_calls)
        if not partial and choice % 2:
            partial = [assistant(*text_part("half an answer"))]
        await t.finish_interruption(tx, partial)

    async def _queue_texts(self, tx: ChatTx, *, held: bool = True) -> dict[int, str]:
        # Read by another connection: the bundle only counts if the queue has not changed meanwhile.
        assert tx.chat.id == self.chat_id
        queue = [row for row in await self.world.queue(self.chat_id) if held or not row["held"]]
        return {row["id"]: text_of(loaded(row["content"])) for row in queue}

    async def _some_entry(self, tx: ChatTx, choice: int) -> tuple[int, str]:
        entries = list((await self._queue_texts(tx)).items()) or [(0, "")]
        return entries[choice % len(entries)]

    async def check(self) -> None:
        """What must hold between any two bundles."""
        chat = await self.world.read(self.chat_id)
        everything = await self.world.messages(self.chat_id, deleted=True)
        queue = await self.world.queue(self.chat_id)
        ready = [row for row in queue if not row["held"]]
        assert classify(chat["status"], bool(ready), chat["archived"]) is not State.INVALID
        for version in VERSIONS:
            assert chat[version] >= self.versions[version]
            self.versions[version] = chat[version]
        assert all(row["revision"] <= chat["history_version"] for row in everything)

        texts = [text_of(loaded(row["content"])) for row in everything if row["role"] == "user"]
        waiting = [text_of(loaded(row["content"])) for row in queue]
        assert sorted([*texts[1:], *waiting]) == sorted(set(self.accepted) - self.taken_back), "lost or doubled"
        left = {row["entry_id"]: row["message_id"] for row in await self.world.departures(self.chat_id)}
        assert left.keys() == {*self.entry_ids.values()} - {row["id"] for row in queue}
        became = {row["id"]: text_of(loaded(row["content"])) for row in everything}
        assert all(self.entry_ids[became[message]] == entry for entry, message in left.items() if message is not None)

        in_turn = [self.entry_ids[words] for words in texts if words in self.entry_ids and words not in self.jumped]
        assert in_turn == sorted(in_turn), "the queue is not first in, first out"
        still_in_turn = [self.entry_ids[words] for words in waiting if words not in self.jumped]
        assert still_in_turn == sorted(still_in_turn)

        pending: list[dict[str, Any]] = []
        for row in everything:
            if not row["deleted"]:
                assert row["role"] != "user" or not pending, "a user message follows an unanswered call"
                pending = pending_after(pending, row["role"], loaded(row["content"]))
        questions = [call for call in chat["pending_tool_calls"] if is_asked(call)]
        assert not questions or chat["status"] == "requires_action", "a question is open that nobody waits for"
        bare = [{key: call[key] for key in call if key != "approval"} for call in chat["pending_tool_calls"]]
        assert bare == pending


def _results(calls: list[dict[str, Any]]) -> list[NewMessage]:
    return [
        NewMessage("tool", [{"type": "tool-result", "tool_name": call["tool_name"], "result": 1, **_id(call)}])
        for call in calls
    ]


def _id(call: dict[str, Any]) -> dict[str, str]:
    return {"tool_call_id": call["tool_call_id"]}


Act = Callable[[Life, ChatTx, int, list[Callable[[], None]]], Awaitable[Any]]
ACTS: dict[str, Act] = {
    "send": Life.send,
    "edit": Life.edit,
    "delete_queued": Life.delete_queued,
    "promote": Life.promote,
    "hold": Life.hold,
    "edit_queued": Life.edit_queued,
    "complete": Life.complete,
    "step": Life.step,
    "stop": Life.stop,
    "interrupt": lambda life, tx, choice, remember: t.interrupt(tx),
    "archive": lambda life, tx, choice, remember: t.set_archived(tx, not tx.chat.archived),
    "compact": lambda life, tx, choice, remember: t.request_compaction(tx),
    "acquire": lambda life, tx, choice, remember: t.acquire(tx, uuid.uuid4(), uuid.uuid4()),
    "abandon": lambda life, tx, choice, remember: t.abandon(tx),
    "attempt": lambda life, tx, choice, remember: t.record_generation_attempt(tx),
    "retry": lambda life, tx, choice, remember: t.record_retry_state(tx, {"attempt": choice}),
    "ask": Life.ask,
    "park": Life.park,
    "decide": Life.decide,
    "time_out": lambda life, tx, choice, remember: t.cancel_requires_action(tx),
    "finish": lambda life, tx, choice, remember: t.finish_turn(tx),
    "fail": lambda life, tx, choice, remember: t.finish_error(tx, {"message": "broken", "retryable": False}),
}

# What moves a chat along comes up more often than what only one state takes.
ACT = st.tuples(
    st.sampled_from([*ACTS, *["send", "step", "finish", "stop", "ask", "park", "decide", "step", "send"]]),
    st.integers(0, 11),
)
ROUNDS = st.lists(st.lists(ACT, min_size=1, max_size=5), min_size=4, max_size=14)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rounds=ROUNDS)
async def test_any_acts_in_any_order_by_many_at_once(world: World, rounds: list[list[tuple[str, int]]]) -> None:
    """Each round's acts run at once; the round ends when all are done, and then the invariants must hold."""
    chat = await world.create()
    life = Life(world, chat.id)
    await life.check()
    for acts in rounds:
        await asyncio.gather(*(life.act(name, choice) for name, choice in acts))
        await life.check()
