"""One key, one effect, one answer."""

import asyncio
import uuid

import pytest
from sqlalchemy import text

from palaver.chat import transitions as t
from palaver.chat.idempotency import KeptAnswer, claim, find, forget_expired, keep
from palaver.chat.states import State
from palaver.errors.chat import IdempotencyKeyReused
from tests.chat.world import World

OPERATION = "send-chat-message"


class _Answered(Exception):
    def __init__(self, answer: KeptAnswer) -> None:
        self.answer = answer


async def _send(world: World, chat_id: uuid.UUID, key: str, body: str = "hi") -> tuple[KeptAnswer, bool]:
    """The answer, and whether it is a replay."""
    try:
        async with world.machine.update(chat_id) as tx:
            kept = await claim(tx.conn, world.user_id, OPERATION, key, body.encode())
            if kept is not None:
                raise _Answered(kept)
            outcome = await t.send_message(tx, world.send(body))
            sent = outcome.message or outcome.queued_message
            answer = KeptAnswer(200, b"\x00\xff%d" % sent.id, {"Location": "/here"})
            await keep(tx.conn, world.user_id, OPERATION, key, answer)
    except _Answered as replay:
        return replay.answer, True
    return answer, False


async def test_many_at_once_have_one_effect_and_one_answer(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    before = await world.read(chat_id)
    answers = await asyncio.gather(*(_send(world, chat_id, "k") for _ in range(8)))
    assert len({answer.body for answer, _ in answers}) == 1
    assert {tuple(answer.headers.items()) for answer, _ in answers} == {(("Location", "/here"),)}
    assert sorted(replayed for _, replayed in answers) == [False] + [True] * 7
    assert len(await world.messages(chat_id)) == 2
    assert await world.queue(chat_id) == []
    assert (await world.read(chat_id))["snapshot_version"] == before["snapshot_version"] + 1


async def test_a_key_is_not_shared_between_requests_users_or_operations(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    await _send(world, chat_id, "k")
    with pytest.raises(IdempotencyKeyReused) as refusal:
        await _send(world, chat_id, "k", "other")
    assert refusal.value.status == 422
    async with world.database.begin() as conn:
        with pytest.raises(IdempotencyKeyReused):
            await find(conn, world.user_id, OPERATION, "k", b"other")
        assert (await find(conn, world.user_id, OPERATION, "k", b"hi")) is not None
        assert (await find(conn, uuid.uuid4(), OPERATION, "k", b"hi")) is None
        assert (await find(conn, world.user_id, "create-chat", "k", b"hi")) is None
        assert (await claim(conn, world.user_id, "create-chat", "k", b"other")) is None


async def test_a_failed_effect_frees_its_key(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)

    async def fail() -> None:
        async with world.machine.update(chat_id) as tx:
            assert await claim(tx.conn, world.user_id, OPERATION, "k", b"hi") is None
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await _send(world, chat_id, "k", "other") is not None


async def test_answers_are_kept_for_a_day(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    await _send(world, chat_id, "old")
    await _send(world, chat_id, "young")
    async with world.database.begin() as conn:
        age = text("UPDATE idempotency_keys SET created_at = now() - interval '25 h' WHERE key = 'old'")
        await conn.execute(age)
        assert await find(conn, world.user_id, OPERATION, "old", b"hi") is None
    # An expired key may be used for something else before the clean-up comes by.
    _, replayed = await _send(world, chat_id, "old", "other")
    assert not replayed
    async with world.database.begin() as conn:
        await conn.execute(age)
        assert await forget_expired(conn, 100) == 1
        assert await find(conn, world.user_id, OPERATION, "young", b"hi") is not None
