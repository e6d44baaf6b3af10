"""Limits on spending: configured, resolved, and held before a turn is accepted."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import update

from models import UsageHour
from palaver.chat.states import State
from tests.api.chats import chat_in, first_message, idle_chat, text
from tests.api.refusals import FORBIDDEN, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.api.test_costs import spend
from tests.support.api import Api
from tests.support.statements import statements_of
from tests.support.world import CHATS, World, random_id

LIMITS = f"{CHATS}/usage-limits"
EXCEEDED = "Chat usage limit exceeded."


@pytest.fixture
async def world(shared_world: World) -> AsyncIterator[World]:
    yield shared_world
    await limit(shared_world, None)
    async with shared_world.services.database.begin() as conn:
        await conn.execute(update(UsageHour).values(hour=UsageHour.hour - dt.timedelta(days=40)))


async def limit(world: World, micros: int | None, period: str = "month") -> dict[str, Any]:
    response = await world.owner.put(LIMITS, {"spend_limit_micros": micros, "period": period})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def override(world: World, name: str, micros: int) -> str:
    path = f"{LIMITS}/overrides/{world.facts.user_ids[name]}"
    response = await world.owner.put(path, {"spend_limit_micros": micros})
    assert response.status_code == 200, response.text
    return path


async def group_of(world: World, *names: str) -> str:
    made = await world.owner.post(
        f"/api/v2/organizations/{world.facts.organization_id}/groups", {"name": f"g-{uuid.uuid4().hex[:8]}"}
    )
    members = {"add_users": [world.facts.user_ids[name] for name in names]}
    group = str(made.json()["id"])
    assert (await world.owner.patch(f"/api/v2/groups/{group}", members)).status_code == 200
    return group


async def status(api: Api) -> dict[str, Any]:
    answer: dict[str, Any] = (await api.get(f"{LIMITS}/status")).json()
    return answer


async def send(api: Api, chat_id: str) -> Any:
    return await api.post(f"{CHATS}/{chat_id}/messages", {"content": [text("more")]})


async def edit(world: World, chat_id: str, message: int | None = None) -> Any:
    message = message or await first_message(world, chat_id)
    return await world.alice.patch(f"{CHATS}/{chat_id}/messages/{message}", {"content": [text("better")]})


async def create(world: World) -> Any:
    return await world.alice.post(CHATS, {"organization_id": world.facts.organization_id, "content": [text("hello")]})


async def test_without_a_default_nobody_is_limited(world: World) -> None:
    chat = await idle_chat(world)
    await spend(world, chat, 500)
    await override(world, "alice", 1)
    assert await status(world.alice) == {"is_limited": False, "current_spend": 500}
    assert (await send(world.alice, chat)).status_code == 200
    await world.owner.delete(f"{LIMITS}/overrides/{world.facts.user_ids['alice']}")


async def test_a_turn_is_accepted_while_less_than_the_limit_is_spent(world: World) -> None:
    config = await limit(world, 1000)
    assert (config["spend_limit_micros"], config["period"]) == (1000, "month")
    chat, (busy, (entry, *_)) = await idle_chat(world), await chat_in(world, State.ERROR_QUEUED)
    await spend(world, chat, 999)
    assert (await send(world.alice, chat)).status_code == 200
    assert (await create(world)).status_code == 201
    assert (await edit(world, await idle_chat(world))).status_code == 200
    await spend(world, chat, 1)
    told = await status(world.alice)
    assert (told["is_limited"], told["spend_limit_micros"], told["current_spend"]) == (True, 1000, 1000)
    promotion = world.alice.post(f"{CHATS}/{busy}/queue/{entry}/promote")
    # Also of a message that is not there: the limit comes first.
    edits = [await edit(world, chat), await edit(world, chat, 10**9)]
    for answer in (await send(world.alice, chat), await create(world), await promotion, *edits):
        assert answer.status_code == 409, answer.text
        assert answer.json() == {
            "message": EXCEEDED,
            "spent_micros": 1000,
            "limit_micros": 1000,
            "resets_at": told["period_end"],
        }
    # Bob has a purse of his own.
    assert (await send(world.bob, await idle_chat(world, world.bob))).status_code == 200
    await limit(world, None)
    assert (await send(world.alice, chat)).status_code == 200


async def test_who_is_in_a_group_counts_from_the_next_request_on(world: World) -> None:
    await limit(world, 10_000)
    chat = await idle_chat(world)
    await spend(world, chat, 500)
    group = await group_of(world)
    await world.owner.put(f"{LIMITS}/group-overrides/{group}", {"spend_limit_micros": 300})
    assert (await send(world.alice, chat)).status_code == 200
    for change, expected in (("add_users", 409), ("remove_users", 200)):
        body = {change: [world.facts.user_ids["alice"]]}
        assert (await world.owner.patch(f"/api/v2/groups/{group}", body)).status_code == 200
        assert (await send(world.alice, chat)).status_code == expected
    await world.owner.delete(f"{LIMITS}/group-overrides/{group}")


async def test_the_limit_comes_behind_the_other_checks_of_the_request(world: World) -> None:
    await limit(world, 1)
    chat = await idle_chat(world)
    await spend(world, chat, 5)
    body = {"content": [text("more")], "model_config_id": random_id()}
    path, refused = f"{CHATS}/{chat}/messages", "Invalid model_config_id: model config not found or disabled."
    new = {**body, "organization_id": world.facts.organization_id}
    await assert_refused(
        world,
        [
            Refusal("POST", path, 400, refused, body, by="alice"),
            Refusal("POST", CHATS, 400, refused, new, by="alice"),
            Refusal("PATCH", f"{path}/1", 400, refused, body, by="alice"),
            Refusal("POST", path, 403, "Only the chat owner may send messages.", {"content": [text("x")]}, by="owner"),
        ],
    )


async def test_own_limits_go_before_the_smallest_of_the_groups_and_that_before_the_default(world: World) -> None:
    await limit(world, 1000)
    everybody = f"{LIMITS}/group-overrides/{world.facts.organization_id}"
    small, large = await group_of(world, "alice", "bob"), await group_of(world, "alice")

    async def limits() -> list[int]:
        return [(await status(api))["spend_limit_micros"] for api in (world.alice, world.bob, world.carol)]

    assert await limits() == [1000, 1000, 1000]
    for group, micros in ((small, 300), (large, 700)):
        answer = await world.owner.put(f"{LIMITS}/group-overrides/{group}", {"spend_limit_micros": micros})
        assert (answer.json()["member_count"], answer.json()["spend_limit_micros"]) == (
            2 if group == small else 1,
            micros,
        )
    assert await limits() == [300, 300, 1000]
    assert (await world.owner.put(everybody, {"spend_limit_micros": 5000})).status_code == 200
    assert await limits() == [300, 300, 5000]
    path = await override(world, "alice", 90_000)
    assert await limits() == [90_000, 300, 5000]
    config = (await world.owner.get(LIMITS)).json()
    assert [(entry["username"], entry["spend_limit_micros"]) for entry in config["overrides"]] == [("alice", 90_000)]
    assert {entry["group_id"] for entry in config["group_overrides"]} == {small, large, world.facts.organization_id}
    for gone in (path, everybody, f"{LIMITS}/group-overrides/{small}", f"{LIMITS}/group-overrides/{large}"):
        assert [(await world.owner.delete(gone)).status_code for _ in range(2)] == [204, 204]
    assert await limits() == [1000, 1000, 1000]


async def test_what_was_spent_before_the_period_does_not_count(world: World) -> None:
    await limit(world, 100, "day")
    chat = await idle_chat(world)
    await spend(world, chat, 100)
    assert (await send(world.alice, chat)).status_code == 409
    async with world.services.database.begin() as conn:
        await conn.execute(update(UsageHour).values(hour=UsageHour.hour - dt.timedelta(days=1)))
    assert (await send(world.alice, chat)).status_code == 200
    assert (await status(world.alice))["current_spend"] == 0


async def test_a_send_takes_no_more_statements_for_the_limit(world: World) -> None:
    chat = await idle_chat(world)

    async def statements() -> int:
        assert (await send(world.alice, chat)).status_code == 200  # what is to be remembered, is
        with statements_of(world.services.database) as heard:
            assert (await send(world.alice, chat)).status_code == 200
        return len(heard)

    unlimited = await statements()
    await limit(world, 1_000_000)
    assert (unlimited, await statements()) == (2, 2)


async def test_what_cannot_be_configured(world: World) -> None:
    user, group = f"{LIMITS}/overrides/{world.facts.user_ids['bob']}", f"{LIMITS}/group-overrides/{random_id()}"
    good, zero = {"spend_limit_micros": 5}, {"spend_limit_micros": 0}
    spend_limit, period = "Invalid chat usage limit spend limit.", "Invalid chat usage limit period."
    positive = "Spend limit must be greater than 0."
    periods = "Period must be one of: day, week, month."
    of_groups = "Spend limit (in microdollars) must be greater than 0."
    of_user, of_group = "Invalid chat usage limit override.", "Invalid chat usage limit group override."
    config = {"spend_limit_micros": 1, "period": "day"}
    await assert_refused(
        world,
        [
            Refusal("GET", LIMITS, 401, SIGNED_OUT, by="anonymous"),
            Refusal("GET", f"{LIMITS}/status", 401, SIGNED_OUT, by="anonymous"),
            Refusal("GET", LIMITS, 403, FORBIDDEN, by="carol"),
            Refusal("PUT", LIMITS, 403, FORBIDDEN, config, by="carol"),
            Refusal("PUT", LIMITS, 400, NOT_JSON, b"nonsense"),
            Refusal("PUT", LIMITS, 400, period, {**config, "period": "year"}, detail=periods),
            Refusal("PUT", LIMITS, 400, spend_limit, {**config, "spend_limit_micros": 0}, detail=positive),
            Refusal("PUT", user, 403, FORBIDDEN, good, by="alice"),
            Refusal("PUT", user, 400, of_user, zero, detail=positive),
            Refusal("PUT", user, 400, of_user, {}, detail=positive),
            Refusal("PUT", f"{LIMITS}/overrides/abc", 400, 'Invalid UUID "abc".', good),
            Refusal("PUT", f"{LIMITS}/overrides/{random_id()}", 404, "User not found.", good),
            Refusal("DELETE", f"{LIMITS}/overrides/{random_id()}", 404, "User not found."),
            Refusal("DELETE", user, 403, FORBIDDEN, by="alice"),
            Refusal("PUT", group, 403, FORBIDDEN, good, by="alice"),
            Refusal("PUT", group, 400, of_group, zero, detail=of_groups),
            Refusal("PUT", f"{LIMITS}/group-overrides/abc", 400, "Invalid group ID.", good),
            Refusal("DELETE", f"{LIMITS}/group-overrides/abc", 400, "Invalid group ID."),
            Refusal("PUT", group, 404, "Group not found.", good),
            Refusal("DELETE", group, 404, "Group not found."),
        ],
    )
