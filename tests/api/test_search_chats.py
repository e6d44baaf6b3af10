"""list-chats with `search:`: what is found by which words, and by whom."""

import asyncio
import uuid
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from models import Chat, ChatMessage, ChatTitle, ScheduledJob
from palaver.chat import transitions
from palaver.chat.records import NewMessage
from palaver.chat.searching import MOST_CHARACTERS
from palaver.housekeeping import Housekeeping, jobs_of
from palaver.services import Services
from tests.api.chats import answer, first_message, idle_chat, narrowed, refusal, rest, send, share, sub_chat
from tests.api.test_list_chats import SEARCH, listed
from tests.chat.world import call_part
from tests.support.world import CHATS, World


@pytest.fixture
async def world(shared_world: World) -> World:
    """The module's world without any chat."""
    async with shared_world.services.database.begin() as conn:
        await conn.execute(delete(Chat))
    return shared_world


async def rename(world: World, chat_id: str, title: str) -> None:
    assert (await world.alice.patch(f"{CHATS}/{chat_id}", {"title": title})).status_code == 204


async def commit(world: World, chat_id: str, *messages: NewMessage) -> None:
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.commit_step(tx, list(messages))


async def test_words_are_found_in_titles_and_in_what_users_and_models_say(world: World) -> None:
    plan = (await world.create_chat(text="Deploy the staging server tonight"))["id"]
    await answer(world, plan, "Certainly: Kubernetes restarts twice.")
    talk = await idle_chat(world, text="What is for lunch on Monday")
    await rename(world, talk, "Überlegungen 2026 deploy")
    both = {plan, talk}
    expected = {
        "search:deploy": both,
        "SEARCH:DEPLOY": both,
        "search:kubernetes": {plan},
        "search:überlegungen": {talk},
        'search:"restarts certainly"': {plan},
        # All in the title, or all in one message: here one word is said by the user and one by the model.
        'search:"staging kubernetes"': set(),
        'search:"deploy lunch"': set(),
        'search:"deploy -staging"': {talk},
        'search:"staging or lunch"': both,
        'search:"\\"staging server\\" deploy"': {plan},
        'search:"\\"server staging\\""': set(),
        "search:lun": set(),
        "search:2026": {talk},
        "search:what": {talk},
        'search:"tonight & (!) | <->"': {plan},
        "search:-nothing": both,
        "search:deploy archived:true": set(),
        "search:deploy has_unread:true": {plan},
    }
    assert {q: set(await listed(world.alice, q)) for q in expected} == expected
    assert await listed(world.alice, "search:deploy", label="team:docs") == []


async def test_a_chat_is_found_once_and_in_the_order_of_the_list(world: World) -> None:
    chats = [await idle_chat(world, text=f"release number {number}") for number in range(4)]
    await world.alice.patch(f"{CHATS}/{chats[1]}", {"pin_order": 1})
    order = [chats[1], chats[3], chats[2], chats[0]]
    assert await listed(world.alice, "search:release") == order
    assert await listed(world.alice, "search:release", limit=1, offset=2) == order[2:3]
    for number, chat_id in enumerate(order):
        assert await listed(world.alice, "search:release", after_id=chat_id, limit=2) == order[number + 1 : number + 3]


async def test_a_new_title_is_found_at_once_and_the_old_one_no_longer(world: World) -> None:
    chat_id = await idle_chat(world, content=[{"type": "text", "text": "nothing of it"}])
    await rename(world, chat_id, "Harvest of apples")
    assert await listed(world.alice, "search:apples") == [chat_id]
    await rename(world, chat_id, "Harvest of pears")
    assert await listed(world.alice, "search:apples") == []
    assert await listed(world.alice, "search:pears") == [chat_id]


async def test_only_visible_text_is_searched(world: World) -> None:
    chat_id = (await world.create_chat(system_prompt="secretprompt", text="plain"))["id"]
    reasoning = {"type": "reasoning", "text": "hiddenthought"}
    call = {**call_part("call_1"), "args": {"path": "toolargument"}}
    await commit(world, chat_id, NewMessage("assistant", [reasoning, call, {"type": "text", "text": "spoken"}]))
    await commit(world, chat_id, NewMessage("user", [{"type": "text", "text": "modelonly"}], visibility="model"))
    for word in ("secretprompt", "hiddenthought", "toolargument", "modelonly"):
        assert await listed(world.alice, f"search:{word}") == [], word
    assert await listed(world.alice, "search:spoken") == [chat_id]


async def test_what_an_edit_removes_is_not_found(world: World) -> None:
    chat_id = await idle_chat(world, text="first draft")
    edited = f"{CHATS}/{chat_id}/messages/{await first_message(world, chat_id)}"
    await rename(world, chat_id, "untitled")
    assert await listed(world.alice, "search:draft") == [chat_id]
    body = {"content": [{"type": "text", "text": "second version"}]}
    assert (await world.alice.patch(edited, body)).status_code == 200
    assert await listed(world.alice, "search:draft") == []
    assert await listed(world.alice, "search:version") == [chat_id]


async def test_a_fork_is_found_by_the_words_of_its_history_wherever_they_come_from(world: World) -> None:
    chat_id = await idle_chat(world, text="cinnamon and cloves")
    await rename(world, chat_id, "spices")
    await share(world, chat_id, "bob")
    forks = []
    for api in (world.alice, world.bob):
        response = await api.post(f"{CHATS}/{chat_id}/fork", {"title": "forked"})
        assert response.status_code == 201, response.text
        forks.append(response.json()["id"])
    assert set(await listed(world.alice, "search:cinnamon")) == {chat_id, forks[0]}
    assert await listed(world.bob, 'search:"cinnamon and"') == [forks[1]]
    assert await listed(world.bob, 'search:"\\"and cloves\\" -clove"') == [forks[1]]


async def test_sub_chats_are_no_results(world: World) -> None:
    root = await idle_chat(world, text="parent")
    child = await sub_chat(world, root)
    await send(world.alice, child, [{"type": "text", "text": "childsword"}])
    assert await listed(world.alice, "search:childsword") == []
    assert await listed(world.alice, "search:parent") == [root]


async def test_everybody_finds_what_he_may_read_and_asks_for(world: World) -> None:
    own = await idle_chat(world, text="orchard plan")
    shared = await idle_chat(world, text="orchard for everybody")
    bobs = await idle_chat(world, world.bob, text="orchard of bob")
    await share(world, shared, "bob")
    everything = "source:created_by_me,shared_with_me"
    assert set(await listed(world.alice, "search:orchard")) == {own, shared}
    assert await listed(world.bob, "search:orchard") == [bobs]
    assert await listed(world.bob, "search:everybody") == []
    assert await listed(world.bob, "search:orchard source:shared_with_me") == [shared]
    assert set(await listed(world.bob, f"search:orchard {everything}")) == {bobs, shared}
    # Rights from roles add no rows; the word that stands for an owner opens nothing either.
    for api in (world.owner, world.carol):
        assert await listed(api, f"search:orchard {everything}") == []
        assert await listed(api, f"search:o{uuid.UUID(world.facts.user_ids['alice']).hex} {everything}") == []
    async with narrowed(world, "alice", "user:read") as other:
        assert await listed(other, "search:orchard") == []
    await share(world, shared, "bob", role="")
    assert await listed(world.bob, "search:orchard source:shared_with_me") == []


FAULTS = {
    'search:""': ('Query param "search" is required and cannot be empty',),
    'search:" "': ('Query param "search" is required and cannot be empty',),
    "search:a title:b": ('"search" cannot be combined with "title"',),
    'search:"" title:b': (
        'Query param "search" is required and cannot be empty',
        '"search" cannot be combined with "title"',
    ),
    'search:"!? -"': ("Search query contains no searchable words.",),
    "search:a search:b": (
        'Query param "search" provided more than once, found 2 times. Only provide 1 instance of this query param.',
    ),
}


@pytest.mark.parametrize("q", FAULTS)
async def test_a_search_without_words_is_told(world: World, q: str) -> None:
    response = await world.alice.get(CHATS, params={"q": q})
    assert refusal(response) == (400, SEARCH, None)
    assert response.json()["validations"] == [{"field": "search", "detail": detail} for detail in FAULTS[q]]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("x" * 5000, id="a word longer than any"),
        pytest.param("'; DROP TABLE chats; --", id="a quotation mark"),
        pytest.param("\\ \\' :* <2> % _ {}", id="operators"),
        pytest.param("w " * 5000, id="many words"),
        pytest.param("\U0001f600 word", id="a smiley"),
    ],
)
async def test_any_words_may_be_looked_for(world: World, words: str) -> None:
    response = await world.alice.get(CHATS, params={"q": f'search:"{words}"'})
    assert response.status_code in (200, 400), response.text
    assert (await world.alice.get(CHATS)).status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("early\0word " + "\U00020000-\U00020001 " * 60_000 + "late", id="long, wide, hyphened"),
        pytest.param("early word " + "x" * 200_000, id="one word"),
        pytest.param("early word " + " ".join(f"a{n}.example.com/b{n}" for n in range(8000)), id="addresses"),
    ],
)
async def test_any_message_can_be_stored_and_its_beginning_found(world: World, said: str) -> None:
    chat_id = await idle_chat(world, text="short")
    assert (await send(world.alice, chat_id, [{"type": "text", "text": said}])).status_code == 200
    assert await listed(world.alice, 'search:"early word"') == [chat_id]
    assert len(said) > MOST_CHARACTERS
    assert await listed(world.alice, "search:late") == []


async def test_messages_without_their_words_get_them_from_the_scheduled_work(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("palaver.housekeeping.MESSAGES", 2)
    chats = [await idle_chat(world, text=f"olive {number}\0") for number in range(5)]
    services = world.services
    async with services.database.begin() as conn:
        before = await _searched(conn)
        # As a server of the version before has written them; so are copies made by SQL.
        await conn.execute(update(ChatMessage).values(search=None))
        await conn.execute(update(ChatTitle).values(search=func.to_tsvector("simple", "")))
        await conn.execute(delete(ScheduledJob))
    housekeeping = Housekeeping(services.database, jobs_of(services.settings, services.files, services.machine))
    # The server's own may be at the same job, and have the rest of it.
    async with asyncio.timeout(30):
        while await _searched_now(services) != before:
            await housekeeping.work()
    assert set(await listed(world.alice, "search:olive")) == set(chats)


async def _searched_now(services: Services) -> list[tuple[int, str | None]]:
    async with services.database.begin() as conn:
        return await _searched(conn)


async def _searched(conn: Any) -> list[tuple[int, str | None]]:
    words = select(ChatMessage.id, ChatMessage.search).order_by(ChatMessage.id)
    return [tuple(row) for row in await conn.execute(words)]


async def test_deleted_chats_leave_no_words(world: World) -> None:
    chat_id = await idle_chat(world)
    await rest(world, chat_id, archived=True)
    async with world.services.database.begin() as conn:
        await conn.execute(delete(Chat).where(Chat.id == uuid.UUID(chat_id)))
        assert (await conn.execute(text("SELECT count(*) FROM chat_titles"))).scalar_one() == 0
