"""Turns that run at once spend no more of a limit than they would one after another."""

import asyncio
import random
import uuid

import pytest
from sqlalchemy import delete, func, select

from models import Chat, SpendReservation, UsageHour
from palaver.chat import transitions
from palaver.chat.records import NewMessage
from palaver.errors.chat import StaleRunner
from palaver.spending.limits import Limit, SpendLimits
from tests.chat.world import World, text_part

CALLS, TURNS = 4, 6
WORKER, RUNNER = uuid.uuid4(), uuid.uuid4()


async def settle(world: World, chat_id: uuid.UUID, micros: int) -> None:
    """Store the message of a call, as a runner does: what it cost is accounted, what was set aside is free."""
    message = NewMessage("assistant", text_part("words"), cost_micros=micros, runtime_ms=1)
    async with world.machine.update(chat_id) as tx:
        await transitions.commit_step(tx, [message])
        tx.release_reservation()


async def spent(world: World) -> int:
    async with world.database.connect() as conn:
        query = select(func.coalesce(func.sum(UsageHour.cost_micros), 0)).where(UsageHour.owner_id == world.user_id)
        return int((await conn.execute(query)).scalar_one())


async def reserved(world: World) -> int:
    async with world.database.connect() as conn:
        query = select(func.count()).where(SpendReservation.owner_id == world.user_id)
        return int((await conn.execute(query)).scalar_one())


async def running_chat(world: World) -> uuid.UUID:
    """A chat that RUNNER holds."""
    new = world.new_chat()
    async with world.machine.create() as tx:
        await transitions.create_chat(tx, new)
    await acquire(world, new.id, RUNNER)
    return new.id


async def acquire(world: World, chat_id: uuid.UUID, runner_id: uuid.UUID) -> None:
    async with world.machine.update(chat_id) as tx:
        await transitions.acquire(tx, WORKER, runner_id)


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_turns_do_at_once_one_call_at_most_goes_beyond_the_limit(world: World, seed: int) -> None:
    rng = random.Random(seed)
    limit, limits = Limit(rng.randint(200, 3000), "month"), SpendLimits(world.database)
    chats = [await running_chat(world) for _ in range(TURNS)]
    plans = [[(estimate := rng.randint(0, 900), rng.randint(0, estimate)) for _ in range(CALLS)] for _ in chats]
    beyond: list[int] = []

    async def turn(chat_id: uuid.UUID, calls: list[tuple[int, int]]) -> None:
        for estimate, cost in calls:
            while True:
                asked = await limits.reserve(chat_id, RUNNER, world.user_id, limit, estimate, 60)
                if asked.outcome == "spent":
                    assert asked.spent_micros >= limit.micros
                    return
                if asked.outcome == "reserved":
                    break
                await asyncio.sleep(0.005)
            await asyncio.sleep(rng.random() / 200)
            await settle(world, chat_id, cost)
            if (total := await spent(world)) > limit.micros:
                beyond.append(total)

    async with asyncio.timeout(30):
        await asyncio.gather(*(turn(chat_id, calls) for chat_id, calls in zip(chats, plans, strict=True)))
    wanted = sum(cost for calls in plans for _, cost in calls)
    assert await spent(world) <= limit.micros + 900
    assert len(set(beyond)) <= 1, "a second call began although the limit was spent"
    assert await reserved(world) == 0
    if wanted <= limit.micros:
        assert await spent(world) == wanted, "a call was refused although the limit was not spent"


async def test_what_is_set_aside_counts_until_it_is_freed_or_its_time_is_over(world: World) -> None:
    limits, limit = SpendLimits(world.database), Limit(100, "day")
    one, two = await running_chat(world), await running_chat(world)

    async def ask(chat_id: uuid.UUID, micros: int, seconds: float = 60) -> str:
        return (await limits.reserve(chat_id, RUNNER, world.user_id, limit, micros, seconds)).outcome

    # Alone, a call begins while anything is left, whatever it may cost.
    assert await ask(one, 500) == "reserved"
    assert await ask(two, 1) == "wait"
    # A chat has one call at a time: its newest wish replaces the one before.
    assert await ask(one, 60) == "reserved"
    assert (await ask(two, 41), await ask(two, 40)) == ("wait", "reserved")
    await settle(world, one, 99)
    assert await ask(one, 10) == "wait"
    assert await ask(two, 40, 0) == "reserved"
    assert await ask(one, 10) == "reserved"
    await settle(world, one, 1)
    assert await ask(two, 1) == "spent"


async def test_a_displaced_runner_cannot_replace_what_its_successor_has_set_aside(world: World) -> None:
    limits, limit = SpendLimits(world.database), Limit(100, "day")
    chat_id, successor = await running_chat(world), uuid.uuid4()

    async def ask(runner_id: uuid.UUID, micros: int) -> str:
        return (await limits.reserve(chat_id, runner_id, world.user_id, limit, micros, 60)).outcome

    assert await ask(RUNNER, 10) == "reserved"
    await acquire(world, chat_id, successor)
    assert await ask(successor, 40) == "reserved"
    with pytest.raises(StaleRunner):
        await ask(RUNNER, 90)
    async with world.database.connect() as conn:
        kept = (await conn.execute(select(SpendReservation.micros).where(SpendReservation.chat_id == chat_id))).scalar()
    assert kept == 40
    # Whatever else would be the answer: it is not this runner's to ask.
    await settle(world, chat_id, 100)
    with pytest.raises(StaleRunner):
        await ask(RUNNER, 1)
    assert await reserved(world) == 0


async def test_the_runner_of_a_chat_that_is_gone_sets_nothing_aside(world: World) -> None:
    chat_id = await running_chat(world)
    async with world.database.begin() as conn:
        await conn.execute(delete(Chat).where(Chat.id == chat_id))
    with pytest.raises(StaleRunner):
        await SpendLimits(world.database).reserve(chat_id, RUNNER, world.user_id, Limit(100, "day"), 1, 60)
