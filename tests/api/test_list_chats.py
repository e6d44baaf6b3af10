"""list-chats: what is listed, in which order, and how the search expression narrows it."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import delete, insert

from models import Chat, OrganizationMember
from tests.api.chats import answer, idle_chat, narrowed, refusal, rest, share, sub_chat
from tests.support.api import Api
from tests.support.world import CHATS, World

SEARCH = "Invalid chat search query."
NOON = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
async def world(shared_world: World) -> World:
    """The module's world without any chat."""
    async with shared_world.services.database.begin() as conn:
        await conn.execute(delete(Chat))
    return shared_world


async def listed(api: Api, q: str | None = None, **params: Any) -> list[str]:
    """The ids of a list."""
    return [chat["id"] for chat in await rows(api, q, **params)]


async def rows(api: Api, q: str | None = None, **params: Any) -> list[dict[str, Any]]:
    """The rows of a list."""
    response = await api.get(CHATS, params={key: value for key, value in {"q": q, **params}.items() if value})
    assert response.status_code == 200, response.text
    chats: list[dict[str, Any]] = response.json()
    return chats


# ---- order and pages ----


async def test_pinned_chats_come_first_then_the_newest_then_the_highest_id(world: World) -> None:
    chats = [await idle_chat(world) for _ in range(6)]
    same = sorted(chats[:2], reverse=True)
    for number, chat_id in enumerate(chats):
        await rest(world, chat_id, updated_at=NOON + dt.timedelta(minutes=max(number, 1)))
    for chat_id in (chats[3], chats[1]):
        await world.alice.patch(f"{CHATS}/{chat_id}", {"pin_order": 1})
    assert await listed(world.alice) == [chats[3], chats[1], chats[5], chats[4], chats[2], chats[0]]
    await world.alice.patch(f"{CHATS}/{chats[1]}", {"pin_order": 0})
    assert await listed(world.alice) == [chats[3], chats[5], chats[4], chats[2], *same]


async def test_a_page_goes_on_behind_a_chat_whatever_comes_before_it(world: World) -> None:
    chats = [await idle_chat(world) for _ in range(5)]
    for number, chat_id in enumerate(chats):
        await rest(
            world, chat_id, updated_at=NOON - dt.timedelta(minutes=number), pin_order=number + 1 if number < 2 else 0
        )
    assert await listed(world.alice) == chats
    for number, chat_id in enumerate(chats):
        assert await listed(world.alice, after_id=chat_id) == chats[number + 1 :]
        assert await listed(world.alice, after_id=chat_id, limit=1) == chats[number + 1 : number + 2]
    assert await listed(world.alice, after_id=chats[0], offset=1, limit=2) == chats[2:4]
    # What is new, and what moves to the top, is before the cursor: nothing comes twice, nothing is left out.
    await idle_chat(world)
    await rest(world, chats[4], updated_at=NOON + dt.timedelta(days=1000))
    assert await listed(world.alice, after_id=chats[2]) == [chats[3]]
    assert await listed(world.alice, after_id=str(uuid.uuid4())) == []


async def test_a_page_has_fifty_chats_unless_told_otherwise(world: World) -> None:
    await _many(world, 60)
    assert len(await listed(world.alice)) == 50
    assert len((await world.alice.get(CHATS, params={"limit": "0"})).json()) == 50
    assert len((await world.alice.get(CHATS, params={"limit": "", "offset": "", "q": "", "after_id": ""})).json()) == 50
    assert len(await listed(world.alice, limit=1000)) == 60
    assert len(await listed(world.alice, offset=55)) == 5


async def _many(world: World, count: int) -> None:
    fields = {
        "organization_id": world.facts.organization_id,
        "owner_id": world.facts.user_ids["alice"],
        "last_model_config_id": world.facts.model_config_id,
        "title": "many",
        "client_type": "api",
        "status": "waiting",
        **{name: {} for name in ("labels", "user_acl", "group_acl")},
        **{name: [] for name in ("mcp_server_ids", "dynamic_tools", "pending_tool_calls")},
        **dict.fromkeys(("snapshot_version", "history_version"), 1),
        **dict.fromkeys(("queue_version", "retry_state_version", "generation_attempt"), 0),
    }
    ids = [uuid.uuid4() for _ in range(count)]
    async with world.services.database.begin() as conn:
        await conn.execute(insert(Chat), [{**fields, "id": id_, "root_chat_id": id_} for id_ in ids])


# ---- who sees what ----


async def test_everybody_lists_his_own_chats_only(world: World) -> None:
    mine, bobs = await idle_chat(world), await idle_chat(world, world.bob)
    assert await listed(world.alice) == [mine]
    assert await listed(world.bob) == [bobs]
    # Rights from roles add no rows.
    assert await listed(world.owner, "source:created_by_me,shared_with_me") == []
    assert await listed(world.carol, "source:created_by_me,shared_with_me") == []
    assert (await world.anonymous.get(CHATS)).status_code == 401


async def test_shared_chats_are_listed_on_request(world: World) -> None:
    mine, by_name, by_group = [await idle_chat(world) for _ in range(3)]
    bobs = await idle_chat(world, world.bob)
    await share(world, by_name, "bob")
    everyone = {world.facts.organization_id: "read"}
    await world.alice.patch(f"{CHATS}/{by_group}/acl", {"group_roles": everyone})
    assert await listed(world.bob) == [bobs]
    assert set(await listed(world.bob, "source:shared_with_me")) == {by_name, by_group}
    assert set(await listed(world.bob, "source:created_by_me,shared_with_me")) == {bobs, by_name, by_group}
    assert set(await listed(world.alice, "source:shared_with_me")) == set()
    assert set(await listed(world.alice)) == {mine, by_name, by_group}
    assert [chat["shared"] for chat in await rows(world.bob, "source:shared_with_me")] == [True, True]
    await share(world, by_name, "bob", role="")
    assert await listed(world.bob, "source:shared_with_me") == [by_group]


async def test_a_key_without_the_right_to_read_sees_nothing(world: World) -> None:
    chat_id = await idle_chat(world)
    async with narrowed(world, "alice", "chat:read") as reader:
        assert await listed(reader) == [chat_id]
    async with narrowed(world, "alice", "user:read") as other:
        assert await listed(other) == []


async def test_a_former_member_sees_nothing(world: World) -> None:
    await idle_chat(world, world.bob)
    await share(world, await idle_chat(world), "bob")
    both = "source:created_by_me,shared_with_me"
    assert len(await listed(world.bob, both)) == 2
    bob = uuid.UUID(world.facts.user_ids["bob"])
    of_bob = OrganizationMember.user_id == bob
    async with world.services.database.begin() as conn:
        left = (
            await conn.execute(delete(OrganizationMember).where(of_bob).returning(OrganizationMember.__table__))
        ).one()
    world.forget_user(bob)
    assert await listed(world.bob, both) == []
    async with world.services.database.begin() as conn:
        await conn.execute(insert(OrganizationMember).values(left._asdict()))
    world.forget_user(bob)
    assert len(await listed(world.bob, both)) == 2


# ---- rows ----


async def test_a_row_has_its_sub_chats_of_the_same_archive_state_newest_first(world: World) -> None:
    root = await idle_chat(world)
    first, second = await sub_chat(world, root), await sub_chat(world, root)
    await rest(world, await sub_chat(world, root), archived=True)
    await rest(world, first, created_at=NOON)
    (row,) = await rows(world.alice)
    assert [child["id"] for child in row["children"]] == [second, first]
    assert {child["parent_chat_id"] for child in row["children"]} == {root}
    assert "diff_status" in row
    assert all("diff_status" in child and child["children"] == [] for child in row["children"])
    assert "files" not in row


async def test_unread_answers_are_told_for_rows_and_children(world: World) -> None:
    root = (await world.create_chat())["id"]
    child = (await world.create_chat())["id"]
    await rest(world, child, status="running", parent_chat_id=uuid.UUID(root), root_chat_id=uuid.UUID(root))
    (row,) = await rows(world.alice)
    assert (row["has_unread"], row["children"][0]["has_unread"]) == (False, False)
    await answer(world, child)
    (row,) = await rows(world.alice)
    assert (row["has_unread"], row["children"][0]["has_unread"]) == (False, True)
    assert await listed(world.alice, "has_unread:true") == []
    await answer(world, root)
    assert await listed(world.alice, "has_unread:true") == [root]
    assert await listed(world.alice, "has_unread:false") == []
    # Nobody has read it: a single chat says so too, but not the one that is asked for.
    assert (await world.alice.get(f"{CHATS}/{root}")).json()["has_unread"] is False


# ---- the search expression ----


async def test_terms_narrow_the_list(world: World) -> None:
    plain = await idle_chat(world, text="Weekly Report 100%")
    other = await idle_chat(world, text="my chat")
    gone = await idle_chat(world, text="old report")
    await rest(world, gone, archived=True)
    both = {plain, other}
    expected = {
        "": both,
        "title:report": {plain},
        "TITLE:REPORT": {plain},
        'title:"my chat"': {other},
        "title:w_ek%rep": {plain},
        "title:nothing": set(),
        "archived:true": {gone},
        "archived:T": {gone},
        "archived:1": {gone},
        "archived:false": both,
        "archived:0 title:chat": {other},
        "archived:true title:report": {gone},
        "archived:true title:chat": set(),
        "has_unread:false": both,
        "source:created_by_me": both,
    }
    got = {q: set(await listed(world.alice, q)) for q in expected}
    assert got == expected


BOOLEAN = 'Query param "{}" must be a valid boolean: '
FAULTS = {
    "word": [("q", 'unsupported search term: "word"')],
    "title:x word": [("q", 'unsupported search term: "word"')],
    ":x": [("q", "Query element \":x\" cannot start or end with ':'")],
    "title:": [("q", "Query element \"title:\" cannot start or end with ':'")],
    "title:a:b": [("q", "Query element \"title:a:b\" can only contain 1 ':'")],
    "colour:red": [("colour", '"colour" is not a valid query param')],
    "pr_status:open": [("pr_status", '"pr_status" is not a valid query param')],
    "archived:maybe": [("archived", BOOLEAN.format("archived"))],
    "has_unread:2": [("has_unread", BOOLEAN.format("has_unread"))],
    "source:mine": [("source", 'Query param "source" has invalid values: "mine" is not a valid value')],
    "title:a title:b": [
        (
            "title",
            'Query param "title" provided more than once, found 2 times. Only provide 1 instance of this query param.',
        )
    ],
    "colour:red archived:x": [
        ("archived", BOOLEAN.format("archived")),
        ("colour", '"colour" is not a valid query param'),
    ],
}


async def test_a_search_that_cannot_be_read_is_told_why(world: World) -> None:
    for q, faults in FAULTS.items():
        response = await world.alice.get(CHATS, params={"q": q})
        assert refusal(response) == (400, SEARCH, None), q
        validations = response.json()["validations"]
        assert [fault["field"] for fault in validations] == [field for field, _ in faults], q
        for fault, (_, detail) in zip(validations, faults, strict=True):
            assert fault["detail"].startswith(detail), q


async def test_labels_must_all_match(world: World) -> None:
    docs = await idle_chat(world, labels={"team": "docs", "kind": "a:b"})
    code = await idle_chat(world, labels={"team": "code"})
    assert set(await listed(world.alice)) == {docs, code}
    assert await listed(world.alice, label="team:docs") == [docs]
    assert await listed(world.alice, label=["team:docs", "kind:a:b"]) == [docs]
    assert await listed(world.alice, label=["team:code", "kind:a:b"]) == []
    assert await listed(world.alice, label=["team:docs", "team:code"]) == [code]


@pytest.mark.parametrize("label", ["team", "team:", ":docs"])
async def test_a_label_needs_key_and_value(world: World, label: str) -> None:
    message = f'Invalid label filter: "{label}" (expected format key:value, both must be non-empty)'
    assert refusal(await world.alice.get(CHATS, params={"label": ["a:b", label]})) == (400, message, None)


@pytest.mark.parametrize(
    ("parameter", "value", "detail"),
    [
        ("after_id", "x", 'Query param "after_id" must be a valid uuid'),
        ("limit", "-1", 'Query param "limit" must be a valid 32-bit positive integer: value is negative'),
        ("limit", "ten", 'Query param "limit" must be a valid 32-bit positive integer: '),
        ("limit", "2147483648", 'Query param "limit" must be a valid 32-bit positive integer: '),
        ("offset", "-1", 'Query param "offset" must be a valid 32-bit positive integer: value is negative'),
    ],
)
async def test_a_malformed_page_is_told(world: World, parameter: str, value: str, detail: str) -> None:
    response = await world.alice.get(CHATS, params={parameter: value, "q": "word"})
    assert refusal(response)[:2] == (400, "Query parameters have invalid values.")
    (fault,) = response.json()["validations"]
    assert fault["field"] == parameter
    assert fault["detail"].startswith(detail)


async def test_a_parameter_given_twice_is_told(world: World) -> None:
    response = await world.alice.get(f"{CHATS}?limit=1&limit=2")
    (fault,) = response.json()["validations"]
    assert fault == {
        "field": "limit",
        "detail": (
            'Query param "limit" provided more than once, found 2 times. Only provide 1 instance of this query param.'
        ),
    }
