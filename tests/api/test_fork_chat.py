"""fork-chat: what a fork has of its source, what it must not have, and that it costs nothing."""

import uuid
from typing import Any

import pytest
from sqlalchemy import func, select

from models import Chat, ChatMessage, UsageHour
from palaver.chat import transitions
from palaver.chat.history import prompt_history
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from tests.api.chats import answer, chat_in, idle_chat, narrowed, refusal, rest, send, share, sub_chat, text, upload
from tests.api.streams import WEBSOCKET, kinds, said, watch
from tests.api.watching import watching
from tests.chat.world import DYNAMIC_TOOL
from tests.support.api import Api
from tests.support.world import CHATS, World, random_id


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def fork(world: World, chat_id: str, api: Api | None = None, **body: Any) -> dict[str, Any]:
    """The fork that alice, or another caller, makes."""
    response = await (api or world.alice).post(f"{CHATS}/{chat_id}/fork", body)
    assert response.status_code == 201, response.text
    chat: dict[str, Any] = response.json()
    assert response.headers["Location"] == f"{CHATS}/{chat['id']}"
    return chat


async def history(world: World, chat_id: str, api: Api | None = None) -> list[dict[str, Any]]:
    """The visible messages, oldest first."""
    page = (await (api or world.alice).get(f"{CHATS}/{chat_id}/messages?limit=200")).json()
    return list(reversed(page["messages"]))


def shown(messages: list[dict[str, Any]]) -> list[Any]:
    """Messages without what is a chat's own: ids."""
    return [{key: value for key, value in message.items() if key not in ("id", "chat_id")} for message in messages]


async def conversation(world: World, **fields: Any) -> str:
    """A chat with two questions and two answers."""
    chat_id: str = (await world.create_chat(**fields))["id"]
    usage = {"input_tokens": 10, "output_tokens": 5}
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        step = NewMessage("assistant", [text("first answer")], usage=usage, cost_micros=7, runtime_ms=3)
        await transitions.commit_step(tx, [step])
        await transitions.finish_turn(tx)
    await send(world.alice, chat_id, [text("and more")])
    await answer(world, chat_id, "second answer")
    return chat_id


async def model_history(world: World, chat_id: str) -> list[tuple[str, str]]:
    """What the model would be sent: roles and texts."""
    async with world.services.database.connect() as conn:
        messages = await prompt_history(conn, uuid.UUID(chat_id))
    return [(message.role, message.content[0].get("text", "")) for message in messages]


async def test_a_fork_has_the_history_up_to_the_message_and_goes_its_own_way(world: World) -> None:
    source = await conversation(world)
    before = await history(world, source)
    made = await fork(world, source, message_id=before[1]["id"], title=" Another way ")
    assert (made["status"], made["title"], made["archived"]) == ("waiting", "Another way", False)
    assert made["forked_from"] == {"chat_id": source, "message_id": before[1]["id"]}
    assert made["root_chat_id"] == made["id"]
    assert shown(await history(world, made["id"])) == shown(before[:2])
    await send(world.alice, made["id"], [text("differently")])
    await answer(world, made["id"], "another answer")
    assert await history(world, source) == before
    texts = [words for _, words in await model_history(world, made["id"])]
    assert texts[-4:] == ["hello", "first answer", "differently", "another answer"]
    read = (await world.alice.get(f"{CHATS}/{made['id']}")).json()
    assert read["forked_from"] == made["forked_from"]


async def test_without_a_message_the_whole_history_is_taken(world: World) -> None:
    source = await conversation(world, labels={"team": "docs"})
    made = await fork(world, source)
    before = await history(world, source)
    assert shown(await history(world, made["id"])) == shown(before)
    assert made["forked_from"]["message_id"] == before[-1]["id"]
    assert (made["title"], made["labels"]) == ("hello", {"team": "docs"})


async def test_a_fork_costs_nothing_and_nothing_is_counted_twice(world: World) -> None:
    source = await conversation(world)
    made = await fork(world, source)
    async with world.services.database.connect() as conn:
        of = select(func.count()).select_from(UsageHour).where(UsageHour.root_chat_id == uuid.UUID(made["id"]))
        assert (await conn.execute(of)).scalar_one() == 0
        costs = select(ChatMessage.cost_micros).where(ChatMessage.chat_id == uuid.UUID(made["id"]))
        assert set((await conn.execute(costs)).scalars()) == {None}
    assert (await world.alice.get(f"{CHATS}/{made['id']}/cost")).json()["total_cost_micros"] == 0
    assert (await world.alice.get(f"{CHATS}/{source}/cost")).json()["total_cost_micros"] == 7


async def test_a_fork_has_been_read_and_waits_for_nobody(world: World) -> None:
    source, _ = await chat_in(world, State.RUNNING_QUEUED)
    made = await fork(world, source)
    listed = (await world.alice.get(f"{CHATS}?limit=200")).json()
    assert next(chat["has_unread"] for chat in listed if chat["id"] == made["id"]) is False
    page = (await world.alice.get(f"{CHATS}/{made['id']}/messages")).json()
    assert page["queued_messages"] == []
    async with world.services.database.connect() as conn:
        owned = select(Chat.worker_id, Chat.status).where(Chat.id == uuid.UUID(made["id"]))
        assert (await conn.execute(owned)).one() == (None, "waiting")


async def test_files_that_the_taken_messages_name_are_linked(world: World) -> None:
    first, later = [(await upload(world)).json()["id"] for _ in range(2)]
    source = await idle_chat(world, content=[{"type": "file", "file_id": first}])
    await send(world.alice, source, [{"type": "file", "file_id": later}, text(f'"file_id":"{later}"')])
    await answer(world, source)
    before = await history(world, source)
    early = await fork(world, source, message_id=before[0]["id"])
    assert [file["id"] for file in early["files"]] == [first]
    whole = await fork(world, source)
    assert [file["id"] for file in whole["files"]] == [first, later]
    await world.alice.delete(f"{CHATS}/{source}")
    found = [(await world.alice.get(f"{CHATS}/files/{file_id}")).status_code for file_id in (first, later)]
    assert found == [200, 200]
    await world.alice.delete(f"{CHATS}/{whole['id']}")
    found = [(await world.alice.get(f"{CHATS}/files/{file_id}")).status_code for file_id in (first, later)]
    assert found == [200, 404]


async def test_calls_that_the_fork_leaves_unanswered_are_cancelled_by_the_next_message(world: World) -> None:
    source, _ = await chat_in(world, State.REQUIRES_ACTION)
    made = await fork(world, source)
    assert made["status"] == "waiting"
    inserted = (await send(world.alice, made["id"])).json()["messages"]
    assert [message["role"] for message in inserted] == ["tool", "user"]
    assert inserted[0]["content"][0]["tool_call_id"] == "call_1"


async def test_the_messages_of_a_compaction_are_taken_together(world: World) -> None:
    source = await conversation(world)
    call = {"type": "tool-call", "tool_call_id": "chat_summarized_1", "tool_name": "chat_summarized", "args": {}}
    result = {"type": "tool-result", "tool_call_id": "chat_summarized_1", "tool_name": "chat_summarized", "result": {}}
    await send(world.alice, source, [text("third")])
    async with world.services.machine.update(uuid.UUID(source)) as tx:
        summary = [
            NewMessage("user", [text("A summary.")], visibility="model", compressed=True),
            NewMessage("assistant", [call], visibility="user", compressed=True),
            NewMessage("tool", [result], compressed=True),
        ]
        await transitions.commit_step(tx, summary)
    await answer(world, source)
    marker = next(it for it in await history(world, source) if it["content"][0]["type"] == "tool-call")
    made = await fork(world, source, message_id=marker["id"])
    kept = [message["content"][0]["type"] for message in await history(world, made["id"])]
    assert kept[-2:] == ["tool-call", "tool-result"]
    assert [words for role, words in await model_history(world, made["id"]) if role != "system"] == ["A summary."]
    assert (await send(world.alice, made["id"])).json()["messages"][0]["role"] == "user"


async def test_what_edits_removed_is_not_taken(world: World) -> None:
    source = await conversation(world)
    before = await history(world, source)
    edited = await world.alice.patch(f"{CHATS}/{source}/messages/{before[2]['id']}", {"content": [text("better")]})
    assert edited.status_code == 200
    made = await fork(world, source)
    assert [message["content"][0]["text"] for message in await history(world, made["id"])] == [
        "hello",
        "first answer",
        "better",
    ]
    gone = await world.alice.post(f"{CHATS}/{source}/fork", {"message_id": before[2]["id"]})
    assert refusal(gone) == (404, "Chat message not found.", "Message does not belong to this chat.")


async def test_a_readers_fork_is_the_readers_and_has_nothing_that_the_reader_cannot_see(world: World) -> None:
    source = await conversation(
        world, system_prompt="Keep the secret.", labels={"team": "docs"}, unsafe_dynamic_tools=[DYNAMIC_TOOL]
    )
    assert (await world.bob.post(f"{CHATS}/{source}/fork", {})).status_code == 404
    await share(world, source, "bob")
    made = await fork(world, source, world.bob)
    assert (made["owner_id"], made["owner_username"], made["labels"]) == (world.facts.user_ids["bob"], "bob", {})
    assert not made["shared"]
    assert (await world.alice.get(f"{CHATS}/{made['id']}")).status_code == 404
    assert shown(await history(world, made["id"], world.bob)) == shown(await history(world, source))
    sent = await model_history(world, made["id"])
    assert not any("Keep the secret." in words for _, words in sent)
    assert [role for role, _ in sent].count("system") == 1
    own = await fork(world, source)
    assert ("system", "Keep the secret.") in await model_history(world, own["id"])
    assert (await world.carol.post(f"{CHATS}/{source}/fork", {})).status_code == 201


async def test_who_may_not_create_chats_may_not_fork(world: World) -> None:
    source = await idle_chat(world)
    async with narrowed(world, "alice", "chat:read", "chat:update") as api:
        assert refusal(await api.post(f"{CHATS}/{source}/fork", {}))[:2] == (403, "Forbidden.")
    assert (await world.anonymous.post(f"{CHATS}/{source}/fork", {})).status_code == 401
    assert (await world.alice.post(f"{CHATS}/{random_id()}/fork", {})).status_code == 404


@pytest.mark.parametrize(("title", "told"), [(" ", "cannot be empty."), ("x" * 201, "must be at most 200 characters.")])
async def test_a_title_follows_the_rules_of_titles(world: World, title: str, told: str) -> None:
    source = await idle_chat(world)
    response = await world.alice.post(f"{CHATS}/{source}/fork", {"title": title})
    assert refusal(response)[:2] == (400, f"Title {told}")


async def test_a_message_of_another_chat_is_not_found(world: World) -> None:
    source, other = await conversation(world), await conversation(world)
    for message in ((await history(world, other))[0]["id"], 2**62):
        response = await world.alice.post(f"{CHATS}/{source}/fork", {"message_id": message})
        assert refusal(response)[:2] == (404, "Chat message not found.")
    async with world.services.database.connect() as conn:
        forks = select(func.count()).select_from(Chat).where(Chat.forked_from_chat_id == uuid.UUID(source))
        assert (await conn.execute(forks)).scalar_one() == 0


async def test_a_repeated_request_gets_the_same_fork(world: World) -> None:
    source, key = await conversation(world), {"Idempotency-Key": uuid.uuid4().hex}
    first, again = [await world.alice.post(f"{CHATS}/{source}/fork", {}, headers=key) for _ in range(2)]
    assert (again.json(), again.headers["Idempotent-Replayed"]) == (first.json(), "true")
    other = await world.alice.post(f"{CHATS}/{source}/fork", {"title": "Other"}, headers=key)
    assert other.status_code == 422


async def test_a_sub_chat_and_an_archived_chat_can_be_forked(world: World) -> None:
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    await rest(world, root, archived=True)
    for source in (root, child):
        made = await fork(world, source)
        assert (made["root_chat_id"], made["archived"], "parent_chat_id" in made) == (made["id"], False, False)


async def test_a_fork_is_told_to_its_owner_and_streams_like_any_chat(world: World) -> None:
    source = await conversation(world)
    async with watching(world, WEBSOCKET) as watcher:
        made = await fork(world, source)
        told = await watcher.about(made["id"], "created")
    assert told["forked_from"] == made["forked_from"]
    async with watch(world, made["id"], WEBSOCKET) as viewer:
        events = await viewer.snapshot()
    assert said(events) == ["hello", "first answer", "and more", "second answer"]
    assert "status" in kinds(events)
