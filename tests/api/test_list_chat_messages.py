"""list-chat-messages: pages, cursors, what is visible, and the queue."""

import uuid
from typing import Any

import pytest

from palaver.chat import transitions
from palaver.chat.records import NewMessage
from tests.api.chats import narrowed, refusal, send, share, text
from tests.api.refusals import NOT_FOUND
from tests.support.world import CHATS, World

QUERY = "Query parameters have invalid values."
LIMIT = (400, "Invalid limit parameter (1-200).", None)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


@pytest.fixture
async def chat_id(world: World) -> str:
    """A chat of alice with seven visible messages among hidden ones, and a queue of two."""
    chat_id: str = (await world.create_chat(text="0", system_prompt="be brief"))["id"]
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        steps = [NewMessage("assistant", [text(str(number))], visibility="both") for number in range(1, 6)]
        steps += [NewMessage("user", [text("for the model")], visibility="model")]
        steps += [NewMessage("assistant", [text("6")], visibility="user")]
        await transitions.commit_step(tx, steps)
    for words in ("next", "last"):
        await send(world.alice, chat_id, [text(words)])
    return chat_id


async def page(world: World, chat_id: str, **params: Any) -> tuple[list[str], list[str], bool]:
    """The texts of the messages and of the queue, and whether there is more."""
    answer = (await world.alice.get(f"{CHATS}/{chat_id}/messages", params=params)).json()
    messages, queue = (
        [entry["content"][0]["text"] for entry in answer[key]] for key in ("messages", "queued_messages")
    )
    return messages, queue, answer["has_more"]


async def test_pages_go_backwards_and_forwards(world: World, chat_id: str) -> None:
    listed = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()["messages"]
    ids = {message["content"][0]["text"]: message["id"] for message in listed}
    queue = ["next", "last"]
    newest = ["6", "5", "4", "3", "2", "1", "0"]
    cases: list[tuple[dict[str, Any], tuple[list[str], list[str], bool]]] = [
        ({}, (newest, queue, False)),
        ({"limit": "", "before_id": "", "after_id": ""}, (newest, queue, False)),
        ({"limit": 7}, (newest, queue, False)),
        ({"limit": 6}, (newest[:6], queue, True)),
        ({"limit": 200}, (newest, queue, False)),
        ({"limit": 3, "before_id": 0, "after_id": 0}, (["6", "5", "4"], queue, True)),
        ({"limit": 3, "before_id": ids["4"]}, (["3", "2", "1"], [], True)),
        ({"limit": 3, "before_id": ids["3"]}, (["2", "1", "0"], [], False)),
        ({"before_id": ids["0"]}, ([], [], False)),
        ({"limit": 2, "after_id": ids["1"]}, (["2", "3"], [], True)),
        ({"limit": 2, "after_id": ids["4"]}, (["5", "6"], [], False)),
        ({"after_id": ids["6"]}, ([], [], False)),
        ({"after_id": 2**63 - 1}, ([], [], False)),
        ({"after_id": ids["1"], "before_id": ids["5"]}, (["4", "3", "2"], [], False)),
        ({"after_id": ids["1"], "before_id": ids["5"], "limit": 2}, (["4", "3"], [], True)),
        ({"after_id": ids["1"], "before_id": ids["1"] + 1}, ([], [], False)),
    ]
    for params, expected in cases:
        assert await page(world, chat_id, **params) == expected, params


async def test_hidden_and_removed_messages_are_not_shown(world: World, chat_id: str) -> None:
    answer = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert "for the model" not in str(answer)
    assert "be brief" not in str(answer)
    assert {message["role"] for message in answer["messages"]} == {"user", "assistant"}


@pytest.mark.parametrize("limit", ["0", "-1", "201", "2147483647"])
async def test_a_limit_out_of_range_has_words_of_its_own(world: World, chat_id: str, limit: str) -> None:
    response = await world.alice.get(f"{CHATS}/{chat_id}/messages", params={"limit": limit, "after_id": 9})
    assert refusal(response) == LIMIT


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("limit", "ten"),
        ("limit", "2147483648"),
        ("before_id", "x"),
        ("before_id", "-1"),
        ("after_id", "9223372036854775808"),
        ("after_id", "1.5"),
    ],
)
async def test_a_malformed_parameter_is_told(world: World, chat_id: str, parameter: str, value: str) -> None:
    # The form of all parameters comes before the range of the limit.
    params = {"limit": "0", parameter: value}
    response = await world.alice.get(f"{CHATS}/{chat_id}/messages", params=params)
    assert refusal(response)[:2] == (400, QUERY)
    (fault,) = response.json()["validations"]
    assert fault["field"] == parameter
    assert fault["detail"].startswith(f'Query param "{parameter}" must be a valid ')


async def test_cursors_must_leave_room_between_them(world: World, chat_id: str) -> None:
    for after, before in ((5, 5), (6, 5)):
        response = await world.alice.get(f"{CHATS}/{chat_id}/messages", params={"after_id": after, "before_id": before})
        assert refusal(response) == (400, "after_id must be less than before_id.", None)


async def test_readers_read_and_others_do_not(world: World, chat_id: str) -> None:
    path = f"{CHATS}/{chat_id}/messages"
    for caller, status in (("carol", 200), ("owner", 200), ("anonymous", 401)):
        assert (await getattr(world, caller).get(path)).status_code == status
    assert refusal(await world.bob.get(path)) == (404, NOT_FOUND, None)
    await share(world, chat_id, "bob")
    assert len((await world.bob.get(path)).json()["messages"]) == 7
    async with narrowed(world, "alice", "user:read") as other:
        assert refusal(await other.get(path)) == (404, NOT_FOUND, None)
    assert refusal(await world.alice.get(f"{CHATS}/{uuid.uuid4()}/messages"))[0] == 404
    assert refusal(await world.alice.get(f"{CHATS}/abc/messages")) == (
        400,
        'Invalid UUID "abc".',
        "invalid UUID length: 3",
    )


async def test_only_what_a_kind_of_part_has_is_shown(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    parts = [
        {"type": "reasoning", "text": "hm", "provider_metadata": {"signature": "secret"}},
        {"type": "tool-call", "tool_call_id": "c", "tool_name": "t", "args": {"n": 1}},
    ]
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.commit_step(tx, [NewMessage("assistant", parts)])
    (answer, _) = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()["messages"]
    assert [part["type"] for part in answer["content"]] == ["reasoning", "tool-call"]
    assert "secret" not in str(answer)
