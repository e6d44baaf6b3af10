"""edit-chat-message: its checks in the contract's order, and what becomes of the history, the queue and the model."""

import secrets
import uuid
from typing import Any

import pytest

from models import AIProvider, ChatModelConfig
from palaver.chat.states import State
from tests.api.chats import (
    NIL,
    answer,
    changed,
    chat_in,
    first_message,
    idle_chat,
    read,
    refusal,
    rest,
    send,
    share,
    text,
    upload,
)
from tests.api.refusals import NOT_FOUND
from tests.support.api import Api
from tests.support.world import CHATS, World, demo_model

NOWHERE = (404, NOT_FOUND, None)
NO_MESSAGE = (404, "Chat message not found.", "Message does not belong to this chat.")
ARCHIVED = (State.ARCHIVED_WAITING, State.ARCHIVED_ERROR, State.ARCHIVED_ERROR_QUEUED)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def edit(api: Api, chat_id: str, message: Any, content: Any = None, **fields: Any) -> Any:
    """The response to an edit; the content is one text part unless given."""
    body = {"content": [text("instead")] if content is None else content, **fields}
    return await api.request("PATCH", f"{CHATS}/{chat_id}/messages/{message}", json=body)


async def history(world: World, chat_id: str) -> tuple[list[tuple[int, str]], list[Any]]:
    """(id, text) of the visible messages, oldest first, and the queue."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    messages = [(message["id"], message["content"][0].get("text", "")) for message in reversed(page["messages"])]
    return messages, page["queued_messages"]


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABSENT])
async def test_editing_in_every_state(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    target = await first_message(world, chat_id)
    response = await edit(world.alice, chat_id, target)
    if state in ARCHIVED:
        assert refusal(response) == (400, "Cannot edit messages in an archived chat.", None)
        return
    if state is State.INVALID:
        assert refusal(response)[:2] == (409, "Chat is in an invalid state.")
        return
    body = response.json()
    messages, queue = await history(world, chat_id)
    assert response.status_code == 200
    assert (messages, queue) == ([(body["message"]["id"], "instead")], [])
    assert body["messages"] == [body["message"]]
    assert target in body["deleted_message_ids"]
    assert body["message"]["id"] > max(body["deleted_message_ids"])
    chat = await read(world, chat_id)
    assert chat["status"] == "running"
    assert "last_error" not in chat


async def test_what_stands_before_the_message_stays(world: World) -> None:
    chat_id = (await world.create_chat(text="first"))["id"]
    await answer(world, chat_id)
    second = (await send(world.alice, chat_id, [text("second")])).json()["message"]["id"]
    await answer(world, chat_id, "another answer")
    body = (await edit(world.alice, chat_id, second)).json()
    messages, _ = await history(world, chat_id)
    assert [words for _, words in messages] == ["first", "an answer", "instead"]
    assert len(body["deleted_message_ids"]) == 2
    assert refusal(await edit(world.alice, chat_id, second)) == NO_MESSAGE


async def test_who_may_edit(world: World) -> None:
    chat_id = await idle_chat(world)
    target = await first_message(world, chat_id)
    for caller in (world.carol, world.owner):
        assert refusal(await edit(caller, chat_id, target)) == (403, "Only the chat owner may edit messages.", None)
    assert refusal(await edit(world.bob, chat_id, target)) == NOWHERE
    await share(world, chat_id, "bob")
    assert refusal(await edit(world.bob, chat_id, target)) == NOWHERE
    assert (await edit(world.anonymous, chat_id, target)).status_code == 401
    assert refusal(await edit(world.alice, str(uuid.uuid4()), target)) == NOWHERE
    await rest(world, chat_id, archived=True)
    assert (await edit(world.carol, chat_id, target)).status_code == 403


async def test_the_message_must_be_a_users_message_of_the_chat(world: World) -> None:
    chat_id, other_id = (await world.create_chat())["id"], await idle_chat(world)
    await answer(world, chat_id)
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    role = (400, "Only user messages can be edited.", None)
    assert refusal(await edit(world.alice, chat_id, page["messages"][0]["id"])) == role
    assert refusal(await edit(world.alice, other_id, page["messages"][1]["id"])) == NO_MESSAGE
    assert refusal(await edit(world.alice, chat_id, 2**63 - 1)) == NO_MESSAGE
    assert (await read(world, chat_id))["status"] == "waiting"


@pytest.mark.parametrize("message", ["0", "-1", "x", "1.5", "9223372036854775808"])
async def test_a_message_id_that_is_no_positive_integer_is_told(world: World, message: str) -> None:
    expected = (400, "Invalid chat message ID.", "Message ID must be a positive integer.")
    assert refusal(await edit(world.alice, str(uuid.uuid4()), message)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"content": []}, ("Content is required.", "Content cannot be empty.")),
        ({"content": [{"type": "text", "text": " "}]}, ("Invalid input part.", "content[0].text cannot be empty.")),
        (
            {"content": [{"type": "file", "file_id": NIL}]},
            ("Invalid input part.", "content[0].file_id is required for file parts."),
        ),
        (
            {"content": [{"type": "file", "file_id": str(uuid.uuid4())}]},
            ("Invalid input part.", "content[0].file_id references a file that does not exist."),
        ),
        (
            {"content": [{"type": "file-reference", "file_name": ""}]},
            ("Invalid input part.", "content[0].file_name cannot be empty for file-reference."),
        ),
        ({"content": [{"type": "Audio"}]}, ("Invalid input part.", 'content[0].type "Audio" is not supported.')),
        (
            {"model_config_id": str(uuid.uuid4())},
            ("Invalid model_config_id: model config not found or disabled.", None),
        ),
        (
            {"reasoning_effort": "much"},
            (
                "Invalid reasoning_effort value.",
                'Invalid value "much", must be one of none, minimal, low, medium, high, xhigh, max',
            ),
        ),
    ],
)
async def test_what_cannot_be_used_is_refused(world: World, body: Any, expected: tuple[str, str | None]) -> None:
    chat_id = await idle_chat(world)
    # The checks of what is sent come before the message is looked for.
    assert refusal(await edit(world.alice, chat_id, 2**62, **body)) == (400, *expected)


async def test_a_model_that_cannot_be_called_is_refused(world: World) -> None:
    chat_id = await idle_chat(world)
    target = await first_message(world, chat_id)
    named = {"model_config_id": world.facts.model_config_id}
    async with changed(world, AIProvider, enabled=False):
        expected = (400, "Invalid model_config_id: provider is not enabled for this model.", None)
        assert refusal(await edit(world.alice, chat_id, target, **named)) == expected
        unchosen = refusal(await edit(world.alice, chat_id, target))
        assert unchosen[:2] == (400, "No default chat model config is configured.")
    async with changed(world, AIProvider, type="openai"):
        expected = (400, "Invalid model_config_id: provider credentials unavailable for this model.", None)
        assert refusal(await edit(world.alice, chat_id, target, **named)) == expected
    async with changed(world, ChatModelConfig, is_default=False, enabled=False):
        expected = (400, "No default chat model config is configured.", None)
        assert refusal(await edit(world.alice, chat_id, target)) == expected


async def test_the_replacement_keeps_model_and_effort_unless_others_are_given(world: World) -> None:
    other = demo_model(world.facts.provider_id, model=f"m-{secrets.token_hex(4)}")
    model = (await world.owner.post(f"{CHATS}/model-configs", other)).json()["id"]
    chat_id = (await world.create_chat(model_config_id=model, reasoning_effort="high"))["id"]
    target = await first_message(world, chat_id)
    for fields in ({}, {"model_config_id": NIL, "reasoning_effort": ""}, {"model_config_id": None}):
        message = (await edit(world.alice, chat_id, target, **fields)).json()["message"]
        target = message["id"]
        assert message["model_config_id"] == model
        assert (await read(world, chat_id))["last_reasoning_effort"] == "high"
    fields = {"model_config_id": world.facts.model_config_id, "reasoning_effort": "low"}
    message = (await edit(world.alice, chat_id, target, **fields)).json()["message"]
    assert message["model_config_id"] == world.facts.model_config_id
    assert (await read(world, chat_id))["last_reasoning_effort"] == "low"


async def test_a_file_is_linked_to_the_chat(world: World) -> None:
    chat_id = await idle_chat(world)
    file_id = (await upload(world)).json()["id"]
    target = await first_message(world, chat_id)
    content = [text("see"), {"type": "file", "file_id": file_id}]
    response = await edit(world.alice, chat_id, target, content)
    assert response.json()["message"]["content"][1]["file_id"] == file_id
    assert [file["id"] for file in (await read(world, chat_id))["files"]] == [file_id]


async def test_a_repeated_request_with_a_key_is_answered_as_before(world: World) -> None:
    chat_id = await idle_chat(world)
    target = await first_message(world, chat_id)
    path = f"{CHATS}/{chat_id}/messages/{target}"
    options: dict[str, Any] = {
        "json": {"content": [text("once")]},
        "headers": {"Idempotency-Key": secrets.token_hex(8)},
    }
    first, again = [await world.alice.request("PATCH", path, **options) for _ in range(2)]
    assert (first.status_code, again.status_code, again.json()) == (200, 200, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    other = options | {"json": {"content": [text("twice")]}}
    assert (await world.alice.request("PATCH", path, **other)).status_code == 422
    assert [words for _, words in (await history(world, chat_id))[0]] == ["once"]
