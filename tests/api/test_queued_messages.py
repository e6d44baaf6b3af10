"""update-chat-queued-message: other words, another place, held and released; and what the loser of a race is told."""

import asyncio
import uuid
from typing import Any

import pytest

from palaver.chat import transitions
from palaver.chat.states import State
from tests.api.chats import chat_in, idle_chat, refusal, rest, send, share, text, upload
from tests.api.streams import WEBSOCKET, watch
from tests.support.world import CHATS, World

BUSY = State.RUNNING_QUEUED


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def change(world: World, chat_id: str, entry: int, body: Any, version: str | None = None) -> Any:
    """The response to a change by alice."""
    headers = {} if version is None else {"If-Match": version}
    return await world.alice.request("PATCH", f"{CHATS}/{chat_id}/queue/{entry}", json=body, headers=headers)


async def queue_of(world: World, chat_id: str) -> list[dict[str, Any]]:
    """The queue as alice sees it."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    queue: list[dict[str, Any]] = page["queued_messages"]
    return queue


async def words_in_history(world: World, chat_id: str) -> list[str]:
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    return [message["content"][0]["text"] for message in reversed(page["messages"])]


async def finish_turn(world: World, chat_id: str) -> None:
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.finish_turn(tx)


async def test_an_entry_gets_other_words_and_a_new_version(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    response = await change(world, chat_id, first, {"content": [text("other words")]}, '"1"')
    assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
    entry = response.json()["queued_message"]
    assert (entry["id"], entry["version"], entry["content"]) == (first, 2, [text("other words")])
    assert "held" not in entry
    assert (await queue_of(world, chat_id))[0] == entry
    await finish_turn(world, chat_id)
    assert (await words_in_history(world, chat_id))[-1] == "other words"


async def test_what_is_not_named_stays_as_it_was(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    sent = await send(world.alice, chat_id, model_config_id=world.facts.model_config_id, reasoning_effort="low")
    before = sent.json()["queued_message"]
    assert before["version"] == 1
    response = await change(world, chat_id, before["id"], {"position": 1, "content": None})
    assert response.json()["queued_message"] == {**before, "version": 2}
    same = await change(world, chat_id, before["id"], {})
    assert same.json()["queued_message"]["version"] == 2


@pytest.mark.parametrize(("place", "order"), [(1, [2, 0, 1]), (2, [0, 2, 1]), (3, [0, 1, 2]), (99, [0, 1, 2])])
async def test_an_entry_is_moved_to_a_place(world: World, place: int, order: list[int]) -> None:
    chat_id, entries = await chat_in(world, BUSY)
    entries.append((await send(world.alice, chat_id, [text("third")])).json()["queued_message"]["id"])
    response = await change(world, chat_id, entries[2], {"position": place})
    assert response.status_code == 200
    queue = await queue_of(world, chat_id)
    assert [entry["id"] for entry in queue] == [entries[number] for number in order]
    assert {entry["id"]: entry["version"] for entry in queue} == {entries[0]: 1, entries[1]: 1, entries[2]: 2}


async def test_a_held_entry_is_passed_over_until_it_is_released(world: World) -> None:
    chat_id, (first, second) = await chat_in(world, BUSY)
    response = await change(world, chat_id, first, {"held": True})
    assert response.json() == {"queued": True, "queued_message": (await queue_of(world, chat_id))[0]}
    assert response.json()["queued_message"]["held"] is True
    await finish_turn(world, chat_id)
    assert [entry["id"] for entry in await queue_of(world, chat_id)] == [first]
    released = await change(world, chat_id, first, {"held": False})
    assert released.json()["queued"] is True
    await finish_turn(world, chat_id)
    assert await words_in_history(world, chat_id) == ["hello", "queued 1", "queued 0"]
    assert second != first


async def test_a_chat_rests_beside_a_held_entry_which_runs_when_it_is_released(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    entry = (await send(world.alice, chat_id, [text("later")])).json()["queued_message"]["id"]
    await change(world, chat_id, entry, {"held": True})
    await finish_turn(world, chat_id)
    assert (await world.alice.get(f"{CHATS}/{chat_id}")).json()["status"] == "waiting"
    assert (await send(world.alice, chat_id, [text("now")])).json()["queued"] is False
    await finish_turn(world, chat_id)
    response = await change(world, chat_id, entry, {"held": False, "content": [text("at last")]})
    answer = response.json()
    assert (answer["queued"], "ETag" in response.headers) == (False, False)
    assert answer["messages"] == [answer["message"]]
    assert answer["message"]["content"] == [text("at last")]
    assert (await world.alice.get(f"{CHATS}/{chat_id}")).json()["status"] == "running"
    assert await queue_of(world, chat_id) == []


async def test_a_held_entry_can_be_deleted_and_promoted_in_a_chat_that_rests(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    entries = [(await send(world.alice, chat_id)).json()["queued_message"]["id"] for _ in range(2)]
    for entry in entries:
        assert (await change(world, chat_id, entry, {"held": True})).status_code == 200
    await finish_turn(world, chat_id)
    path = f"{CHATS}/{chat_id}/queue"
    assert (await world.alice.delete(f"{path}/{entries[0]}")).status_code == 204
    assert (await world.alice.post(f"{path}/{entries[1]}/promote")).status_code == 202
    assert (await world.alice.get(f"{CHATS}/{chat_id}")).json()["status"] == "running"


async def test_held_entries_count_among_the_twenty(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    for _ in range(20):
        entry = (await send(world.alice, chat_id)).json()["queued_message"]["id"]
    await change(world, chat_id, entry, {"held": True})
    assert refusal(await send(world.alice, chat_id)) == (
        429,
        "Message queue is full.",
        "Maximum 20 messages can be queued.",
    )


async def test_viewers_see_the_queue_change(world: World) -> None:
    chat_id, (first, second) = await chat_in(world, BUSY)
    async with watch(world, chat_id, WEBSOCKET) as viewer:
        await viewer.snapshot()
        await change(world, chat_id, second, {"held": True, "position": 1})
        update = (await viewer.until(is_kind_queue))[-1]
    shown = [(entry["id"], entry["version"], entry.get("held", False)) for entry in update["queued_messages"]]
    assert shown == [(second, 3, True), (first, 1, False)]


def is_kind_queue(event: dict[str, Any]) -> bool:
    return bool(event["type"] == "queue_update")


# ---- lost races ----


async def test_an_entry_that_changed_meanwhile_is_told_with_its_version(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    assert (await change(world, chat_id, first, {"content": [text("mine")]}, '"1"')).status_code == 200
    lost = await change(world, chat_id, first, {"content": [text("yours")]}, '"1"')
    assert lost.status_code == 409
    assert lost.json() == {
        "message": "The queued message has changed.",
        "detail": "It is still queued, at version 2.",
        "location": "queue",
        "version": 2,
    }
    assert (await queue_of(world, chat_id))[0]["content"] == [text("mine")]
    for version in ('"1", "2"', "*"):
        assert (await change(world, chat_id, first, {"position": 1}, version)).status_code == 200


async def test_an_entry_that_was_promoted_meanwhile_is_told_with_its_message(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    await finish_turn(world, chat_id)
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    for version in ('"1"', None):
        lost = await change(world, chat_id, first, {"content": [text("too late")]}, version)
        assert lost.status_code == 409
        assert lost.json() == {
            "message": "The queued message has left the queue.",
            "detail": f"It became message {page['messages'][0]['id']}.",
            "location": "history",
            "message_id": page["messages"][0]["id"],
        }


@pytest.mark.parametrize("way", ["deleted", "cleared"])
async def test_an_entry_that_was_deleted_meanwhile_is_told_as_that(world: World, way: str) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    if way == "deleted":
        await world.alice.delete(f"{CHATS}/{chat_id}/queue/{first}")
    else:
        page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
        path = f"{CHATS}/{chat_id}/messages/{page['messages'][-1]['id']}"
        assert (await world.alice.patch(path, {"content": [text("again")]})).status_code == 200
    lost = await change(world, chat_id, first, {"held": True}, '"1"')
    assert (lost.status_code, lost.json()["location"], lost.json()["detail"]) == (409, "deleted", "It was deleted.")


async def test_an_edit_and_a_promotion_at_the_same_time_agree_on_who_won(world: World) -> None:
    for _ in range(6):
        chat_id, (first, _) = await chat_in(world, BUSY)
        edit = change(world, chat_id, first, {"content": [text("edited")]}, '"1"')
        edited, _ = await asyncio.gather(edit, finish_turn(world, chat_id))
        words = (await words_in_history(world, chat_id))[-1]
        assert (edited.status_code, words) in {(200, "edited"), (409, "queued 0")}
        if edited.status_code == 409:
            assert edited.json()["location"] == "history"


async def test_of_many_changes_of_one_version_one_wins(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    changes = [change(world, chat_id, first, {"content": [text(f"by {name}")]}, '"1"') for name in range(5)]
    responses = await asyncio.gather(*changes)
    assert sorted(response.status_code for response in responses) == [200, 409, 409, 409, 409]
    won = next(response for response in responses if response.status_code == 200)
    assert (await queue_of(world, chat_id))[0] == won.json()["queued_message"]


# ---- refusals ----


async def test_only_the_owner_may_change_a_queued_message(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    path = f"{CHATS}/{chat_id}/queue/{first}"
    assert (await world.bob.patch(path, {"held": True})).status_code == 404
    await share(world, chat_id, "bob")
    assert (await world.bob.patch(path, {"held": True})).status_code == 404
    told = "Only the chat owner may change queued messages."
    assert refusal(await world.carol.patch(path, {"held": True})) == (403, told, None)


async def test_what_the_queue_never_had_is_not_found(world: World) -> None:
    chat_id, _ = await chat_in(world, BUSY)
    _, (elsewhere, _) = await chat_in(world, BUSY)
    for entry in (elsewhere, 2**62):
        assert refusal(await change(world, chat_id, entry, {"held": True})) == (404, "Queued message not found.", None)


async def test_a_queue_of_an_archived_chat_stays_as_it_is(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, State.ARCHIVED_ERROR_QUEUED)
    told = "Cannot change queued messages in an archived chat."
    assert refusal(await change(world, chat_id, first, {"held": True})) == (400, told, None)


async def test_a_failed_chat_keeps_a_released_entry_waiting(world: World) -> None:
    chat_id, (first, second) = await chat_in(world, State.ERROR_QUEUED)
    for entry in (first, second):
        await change(world, chat_id, entry, {"held": True})
    assert (await change(world, chat_id, first, {"held": False})).json()["queued"] is True
    assert (await world.alice.get(f"{CHATS}/{chat_id}")).json()["status"] == "error"
    assert (await send(world.alice, chat_id)).json()["messages"][0]["content"] == [text("queued 0")]


@pytest.mark.parametrize("version", ["1", 'W/"1"', '"x"', '""', '"1",', '"0"'])
async def test_a_malformed_version_is_refused(world: World, version: str) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    told = 'It must be "*" or versions of the queued message in quotes.'
    response = await change(world, chat_id, first, {"held": True}, version)
    assert refusal(response) == (400, "Invalid If-Match header.", told)


async def test_content_is_checked_as_that_of_a_message(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    missing = {"type": "file", "file_id": str(uuid.uuid4())}
    told = "content[0].file_id references a file that does not exist."
    assert refusal(await change(world, chat_id, first, {"content": [missing]})) == (400, "Invalid input part.", told)
    unknown = refusal(await change(world, chat_id, first, {"model_config_id": str(uuid.uuid4())}))
    assert unknown[:2] == (400, "Invalid model_config_id: model config not found or disabled.")
    assert (await queue_of(world, chat_id))[0]["version"] == 1
    file_id = (await upload(world)).json()["id"]
    assert (await change(world, chat_id, first, {"content": [{"type": "file", "file_id": file_id}]})).status_code == 200
    files = (await world.alice.get(f"{CHATS}/{chat_id}")).json()["files"]
    assert [file["id"] for file in files] == [file_id]


async def test_a_chat_that_is_in_no_known_state_takes_no_change(world: World) -> None:
    chat_id, (first, _) = await chat_in(world, BUSY)
    await rest(world, chat_id)
    assert refusal(await change(world, chat_id, first, {"position": 1}))[:2] == (409, "Chat is in an invalid state.")
    other = await idle_chat(world)
    assert (await change(world, other, first, {"position": 1})).status_code == 404
