"""get-chat-by-id and update-chat: who may, what is shown, what each key changes and how it is refused."""

import uuid
from typing import Any

import pytest

from palaver.chat.states import State
from tests.api.chats import (
    NIL,
    answer,
    chat_in,
    idle_chat,
    narrowed,
    read,
    refusal,
    rest,
    send,
    share,
    sub_chat,
    upload,
)
from tests.api.refusals import NOT_FOUND, NOT_JSON
from tests.support.world import CHATS, World

NOWHERE = (404, NOT_FOUND, None)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def update(world: World, chat_id: str, **changes: Any) -> Any:
    """The response to an update by alice."""
    return await world.alice.patch(f"{CHATS}/{chat_id}", changes)


# ---- get-chat-by-id ----


async def test_a_chat_is_read_by_owner_administrators_and_whom_it_is_shared_with(world: World) -> None:
    chat_id = await idle_chat(world)
    for caller in ("alice", "carol", "owner"):
        assert (await getattr(world, caller).get(f"{CHATS}/{chat_id}")).status_code == 200, caller
    assert refusal(await world.bob.get(f"{CHATS}/{chat_id}")) == NOWHERE
    assert (await world.anonymous.get(f"{CHATS}/{chat_id}")).status_code == 401
    child = await sub_chat(world, chat_id)
    await share(world, chat_id, "bob")
    for id_ in (chat_id, child):
        assert (await world.bob.get(f"{CHATS}/{id_}")).json()["id"] == id_
    async with narrowed(world, "alice", "user:read") as other:
        assert refusal(await other.get(f"{CHATS}/{chat_id}")) == NOWHERE


@pytest.mark.parametrize(
    ("raw", "detail"),
    [("abc", "invalid UUID length: 3"), ("x" * 36, "invalid UUID format"), ("%00", "invalid UUID length: 1")],
)
async def test_an_id_that_is_none_is_told(world: World, raw: str, detail: str) -> None:
    status, message, told = refusal(await world.alice.get(f"{CHATS}/{raw}"))
    assert (status, message.startswith('Invalid UUID "'), told) == (400, True, detail)


async def test_an_unknown_chat_is_not_found(world: World) -> None:
    for id_ in (str(uuid.uuid4()), NIL):
        assert refusal(await world.alice.get(f"{CHATS}/{id_}")) == NOWHERE


async def test_a_chat_has_its_files_and_its_sub_chats(world: World) -> None:
    file_id = (await upload(world)).json()["id"]
    root = (await world.create_chat())["id"]
    await send(world.alice, root, [{"type": "file", "file_id": file_id}])
    child = (await world.create_chat())["id"]
    await rest(world, child, status="running", parent_chat_id=uuid.UUID(root), root_chat_id=uuid.UUID(root))
    await answer(world, child)
    archived = await sub_chat(world, root)
    await rest(world, archived, archived=True)
    chat = await read(world, root)
    assert [file["id"] for file in chat["files"]] == [file_id]
    assert [(entry["id"], entry["has_unread"]) for entry in chat["children"]] == [(child, True)]
    assert chat["has_unread"] is False
    below = await read(world, child)
    assert (below["children"], below["parent_chat_id"], below["root_chat_id"]) == ([], root, root)
    assert "files" not in below


async def test_an_error_is_shown(world: World) -> None:
    chat_id = await idle_chat(world)
    error = {"message": "No such model.", "kind": "config", "provider": "demo", "retryable": False}
    await rest(world, chat_id, status="error", last_error=error)
    chat = await read(world, chat_id)
    assert (chat["status"], chat["last_error"]["message"]) == ("error", "No such model.")


# ---- update-chat: who may ----


async def test_an_update_needs_the_right_and_not_the_ownership(world: World) -> None:
    chat_id = await idle_chat(world)
    await share(world, chat_id, "bob")
    for caller, status in (("bob", 404), ("anonymous", 401), ("alice", 204), ("carol", 204), ("owner", 204)):
        response = await getattr(world, caller).patch(f"{CHATS}/{chat_id}", {"title": f"by {caller}"})
        assert response.status_code == status, caller
    assert (await read(world, chat_id))["title"] == "by owner"
    assert refusal(await update(world, str(uuid.uuid4()), title="x")) == NOWHERE


# ---- update-chat: what is refused ----


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Title cannot be empty."),
        ({"title": " \n"}, "Title cannot be empty."),
        ({"title": "\x00"}, "Title cannot be empty."),
        ({"title": "x" * 201}, "Title must be at most 200 characters."),
        ({"title": 5}, NOT_JSON),
        ({"archived": "yes"}, NOT_JSON),
        ({"archived": False}, "Chat is already not archived."),
        ({"pin_order": -1}, "Pin order must be non-negative."),
        ({"pin_order": 1.5}, NOT_JSON),
        ({"pin_order": 2**31}, NOT_JSON),
        ({"labels": []}, NOT_JSON),
        ({"workspace_id": "x"}, NOT_JSON),
        (
            {"workspace_id": str(uuid.uuid4())},
            "Workspace not found or you do not have access to this resource",
        ),
        ({"plan_mode": "later"}, "Invalid plan_mode value."),
    ],
)
async def test_wrong_values_get_the_wires_words(world: World, changes: dict[str, Any], message: str) -> None:
    chat_id = await idle_chat(world)
    before = await read(world, chat_id)
    assert refusal(await update(world, chat_id, **changes))[:2] == (400, message)
    assert await read(world, chat_id) == before


async def test_broken_labels_are_told_all_at_once(world: World) -> None:
    response = await update(world, await idle_chat(world), labels={"": "", "-": "v"})
    assert refusal(response)[:2] == (400, "Invalid labels.")
    assert [fault["detail"] for fault in response.json()["validations"]] == [
        "label key must not be empty",
        'label value for key "" must not be empty',
        'label key "-" contains invalid characters; must match ^[a-zA-Z0-9][a-zA-Z0-9._/-]*$',
    ]


@pytest.mark.parametrize("body", [b"", b"{", b"[]"])
async def test_what_is_no_json_object_is_told_so(world: World, body: bytes) -> None:
    chat_id = await idle_chat(world)
    response = await world.alice.request("PATCH", f"{CHATS}/{chat_id}", content=body)
    assert refusal(response)[:2] == (400, NOT_JSON)


async def test_what_was_written_stays_when_a_later_step_is_refused(world: World) -> None:
    """All steps at once, each wrong in its turn: the ones before it have been done, the ones behind it have not."""
    chat_id = await idle_chat(world)
    wrong: dict[str, Any] = {
        "title": "x" * 201,
        "labels": {"": "x"},
        "archived": False,
        "pin_order": 1,
        "workspace_id": str(uuid.uuid4()),
        "plan_mode": "plan",
    }
    assert refusal(await update(world, chat_id, **wrong))[1].startswith("Title must")
    assert refusal(await update(world, chat_id, **wrong | {"title": "first"}))[1] == "Invalid labels."
    chat = await read(world, chat_id)
    assert (chat["title"], chat["labels"]) == ("first", {})
    right = {"title": "second", "labels": {"a": "b"}}
    assert refusal(await update(world, chat_id, **wrong | right))[1] == "Chat is already not archived."
    chat = await read(world, chat_id)
    assert (chat["title"], chat["labels"], chat["pin_order"]) == ("second", {"a": "b"}, 0)
    right["archived"] = True  # type: ignore[assignment]
    assert refusal(await update(world, chat_id, **wrong | right))[1] == "Cannot pin an archived chat."
    assert (await read(world, chat_id))["archived"] is True
    right |= {"archived": False}  # type: ignore[dict-item]
    assert refusal(await update(world, chat_id, **wrong | right))[1].startswith("Workspace not found")
    chat = await read(world, chat_id)
    assert (chat["archived"], chat["pin_order"], chat.get("plan_mode")) == (False, 1, None)


# ---- update-chat: what each key does ----


async def test_fields_are_written_and_null_changes_nothing(world: World) -> None:
    chat_id = await idle_chat(world)
    before = await read(world, chat_id)
    changes = {"title": "  New \x00name ", "labels": {"a": "b"}, "plan_mode": "plan", "workspace_id": NIL}
    assert (await update(world, chat_id, **changes)).status_code == 204
    chat = await read(world, chat_id)
    assert (chat["title"], chat["labels"], chat["plan_mode"]) == ("New name", {"a": "b"}, "plan")
    assert chat["updated_at"] == before["updated_at"]
    keys = ("title", "labels", "plan_mode", "workspace_id", "archived", "pin_order")
    assert (await update(world, chat_id, **dict.fromkeys(keys))).status_code == 204
    assert (await update(world, chat_id, unknown=1)).status_code == 204
    assert await read(world, chat_id) == chat
    assert (await update(world, chat_id, labels={}, plan_mode="", title="é" * 200)).status_code == 204
    chat = await read(world, chat_id)
    assert (chat["title"], chat["labels"], chat.get("plan_mode")) == ("é" * 200, {}, None)


async def test_pins_append_move_and_close_up(world: World) -> None:
    chats = [await idle_chat(world, world.bob) for _ in range(4)]

    async def pin(chat_id: str, place: int) -> list[int]:
        assert (await world.bob.patch(f"{CHATS}/{chat_id}", {"pin_order": place})).status_code == 204
        return [(await world.bob.get(f"{CHATS}/{id_}")).json()["pin_order"] for id_ in chats]

    assert await pin(chats[0], 7) == [1, 0, 0, 0]
    assert await pin(chats[1], 1) == [1, 2, 0, 0]
    assert await pin(chats[2], 1) == [1, 2, 3, 0]
    assert await pin(chats[2], 1) == [2, 3, 1, 0]
    assert await pin(chats[2], 99) == [1, 2, 3, 0]
    assert await pin(chats[0], 2) == [2, 1, 3, 0]
    assert await pin(chats[1], 0) == [1, 0, 2, 0]
    assert await pin(chats[1], 0) == [1, 0, 2, 0]
    # Archiving unpins; places are the owner's, whoever pins.
    assert (await world.bob.patch(f"{CHATS}/{chats[0]}", {"archived": True})).status_code == 204
    assert (await world.carol.patch(f"{CHATS}/{chats[3]}", {"pin_order": 1})).status_code == 204
    assert (await pin(chats[3], 1))[0] == 0
    listed = [chat["id"] for chat in (await world.bob.get(CHATS)).json()]
    assert listed[:2] == [chats[3], chats[2]]


async def test_only_live_roots_are_pinned_and_everything_is_unpinned(world: World) -> None:
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    assert refusal(await update(world, child, pin_order=1)) == (400, "Cannot pin a child chat.", None)
    assert (await update(world, child, pin_order=0)).status_code == 204
    await update(world, root, archived=True)
    assert refusal(await update(world, root, pin_order=1)) == (400, "Cannot pin an archived chat.", None)
    assert (await update(world, root, pin_order=0)).status_code == 204


# ---- update-chat: archived ----


async def test_a_family_is_archived_together(world: World) -> None:
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    assert refusal(await update(world, child, archived=True)) == (
        400,
        "Chat archive state can only be changed on the root chat.",
        None,
    )
    await update(world, root, pin_order=1)
    for archived in (True, False):
        assert (await update(world, root, archived=archived)).status_code == 204
        assert [(await read(world, id_))["archived"] for id_ in (root, child)] == [archived] * 2
        word = "archived" if archived else "not archived"
        assert refusal(await update(world, root, archived=archived)) == (400, f"Chat is already {word}.", None)
    assert (await read(world, root))["pin_order"] == 0


@pytest.mark.parametrize("state", [State.WAITING, State.ERROR, State.ERROR_QUEUED])
async def test_a_chat_at_rest_is_archived(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    assert (await update(world, chat_id, archived=True)).status_code == 204
    assert (await update(world, chat_id, archived=False)).status_code == 204


@pytest.mark.parametrize(
    "state",
    [
        State.RUNNING,
        State.RUNNING_QUEUED,
        State.INTERRUPTING,
        State.INTERRUPTING_QUEUED,
        State.REQUIRES_ACTION,
        State.REQUIRES_ACTION_QUEUED,
    ],
)
async def test_an_active_chat_is_not_archived(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    status, message, detail = refusal(await update(world, chat_id, archived=True))
    assert (status, message) == (
        409,
        "Cannot archive an active chat. Interrupt or wait for the chat to finish first.",
    )
    assert f"not allowed from state {state.value}" in (detail or "")
    assert (await read(world, chat_id))["archived"] is False


async def test_an_active_sub_chat_keeps_its_family_live(world: World) -> None:
    root = await idle_chat(world)
    await rest(world, await sub_chat(world, root), status="running")
    assert refusal(await update(world, root, archived=True))[0] == 409
    assert (await read(world, root))["archived"] is False


async def test_a_chat_in_an_unknown_state_is_not_archived(world: World) -> None:
    chat_id, _ = await chat_in(world, State.INVALID)
    assert refusal(await update(world, chat_id, archived=True))[:2] == (409, "Chat is in an invalid state.")
