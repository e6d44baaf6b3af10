"""get-chat-acls and update-chat-acl."""

import uuid
from typing import Any

import pytest

from tests.api.chats import idle_chat, narrowed, refusal, share, sub_chat
from tests.api.refusals import FORBIDDEN, NOT_FOUND, NOT_JSON
from tests.support.api import Api
from tests.support.world import CHATS, World

NOWHERE = (404, NOT_FOUND, None)
INVALID_ACL = (400, "Invalid request to update chat ACL.", None)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def acl(api: Api, chat_id: str) -> Any:
    """The response to a reading of the list."""
    return await api.get(f"{CHATS}/{chat_id}/acl")


async def change(api: Api, chat_id: str, **entries: Any) -> Any:
    """The response to an update of the list."""
    return await api.patch(f"{CHATS}/{chat_id}/acl", entries)


async def test_shares_are_set_kept_and_removed(world: World) -> None:
    chat_id = await idle_chat(world)
    bob, carol = (world.facts.user_ids[name] for name in ("bob", "carol"))
    everyone = world.facts.organization_id
    assert (await acl(world.alice, chat_id)).json() == {"users": [], "groups": []}
    assert (await change(world.alice, chat_id, user_roles={bob: "read", carol: "read"})).status_code == 204
    assert (await change(world.alice, chat_id, group_roles={everyone: "read"})).status_code == 204
    shares = (await acl(world.bob, chat_id)).json()
    assert [(user["id"], user["username"], user["role"]) for user in shares["users"]] == [
        (bob, "bob", "read"),
        (carol, "carol", "read"),
    ]
    (group,) = shares["groups"]
    assert (group["id"], group["role"], group["total_member_count"]) == (everyone, "read", 4)
    assert (await world.alice.get(f"{CHATS}/{chat_id}")).json()["shared"] is True
    removed = {bob.upper(): "", str(uuid.uuid4()): ""}
    assert (await change(world.alice, chat_id, user_roles=removed, group_roles={everyone: ""})).status_code == 204
    shares = (await acl(world.alice, chat_id)).json()
    assert [user["username"] for user in shares["users"]] == ["carol"]
    assert shares["groups"] == []
    assert (await change(world.alice, chat_id)).status_code == 204
    assert (await change(world.alice, chat_id, user_roles=None, group_roles=None)).status_code == 204


async def test_a_share_ends_at_once_also_for_the_sub_chats(world: World) -> None:
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    for role, status in (("read", 200), ("", 404)):
        await share(world, root, "bob", role=role)
        for path in (root, child, f"{child}/messages"):
            assert (await world.bob.get(f"{CHATS}/{path}")).status_code == status


async def test_who_may_read_and_who_may_share(world: World) -> None:
    chat_id = await idle_chat(world)
    entry = {"user_roles": {world.facts.user_ids["bob"]: "read"}}
    for api in (world.bob, world.anonymous):
        expected = 401 if api is world.anonymous else 404
        assert (await acl(api, chat_id)).status_code == expected
        assert (await change(api, chat_id, **entry)).status_code == expected
    for api in (world.alice, world.carol, world.owner):
        assert (await change(api, chat_id, **entry)).status_code == 204
        assert (await acl(api, chat_id)).status_code == 200
    # A reader by share sees the list and may not change it; nor may a key that only reads.
    assert (await acl(world.bob, chat_id)).status_code == 200
    assert refusal(await change(world.bob, chat_id, **entry))[:2] == (403, FORBIDDEN)
    async with narrowed(world, "alice", "chat:read") as reader:
        assert (await acl(reader, chat_id)).status_code == 200
        assert refusal(await change(reader, chat_id, **entry))[:2] == (403, FORBIDDEN)
    for response in (await acl(world.alice, str(uuid.uuid4())), await change(world.alice, str(uuid.uuid4()), **entry)):
        assert refusal(response) == NOWHERE


async def test_sub_chats_follow_their_root(world: World) -> None:
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    expected = (400, "Chat ACLs can only be set on root chats.", f"Target the root chat (id: {root}) instead.")
    assert refusal(await acl(world.alice, child)) == expected
    # Before the right to share is looked at.
    await share(world, root, "bob")
    assert refusal(await change(world.bob, child, user_roles={})) == expected


@pytest.mark.parametrize("spelling", [str.lower, str.upper])
async def test_nobody_changes_his_own_entry(world: World, spelling: Any) -> None:
    chat_id = await idle_chat(world)
    for name in ("alice", "carol"):
        own = spelling(world.facts.user_ids[name])
        response = await change(getattr(world, name), chat_id, user_roles={own: "read"})
        assert refusal(response) == (400, "Cannot change your own chat sharing role.", None)


async def test_wrong_entries_are_told_groups_first_and_nothing_is_written(world: World) -> None:
    chat_id = await idle_chat(world)
    nobody, no_group = str(uuid.uuid4()), str(uuid.uuid4())
    users = {world.facts.user_ids["bob"]: "read", "bob": "read", nobody: "read", "x": ""}
    response = await change(world.alice, chat_id, user_roles=users, group_roles={no_group: "read"})
    assert refusal(response) == INVALID_ACL
    assert response.json()["validations"] == [
        {"field": "group_roles", "detail": f"group with ID {no_group} does not exist"},
        {"field": "user_roles", "detail": "bob is not a valid UUID."},
        {"field": "user_roles", "detail": f"user with ID {nobody} does not exist"},
        {"field": "user_roles", "detail": "x is not a valid UUID."},
    ]
    assert (await acl(world.alice, chat_id)).json() == {"users": [], "groups": []}


@pytest.mark.parametrize("field", ["user_roles", "group_roles"])
async def test_an_unknown_role_is_told(world: World, field: str) -> None:
    response = await change(world.alice, await idle_chat(world), **{field: {str(uuid.uuid4()): "write"}})
    assert refusal(response) == INVALID_ACL
    assert response.json()["validations"] == [{"field": field, "detail": 'role "write" is not a valid chat role'}]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"user_roles": []}', b'{"user_roles": {"a": 1}}'])
async def test_what_is_no_json_or_of_a_wrong_type_is_told_so(world: World, body: bytes) -> None:
    chat_id = await idle_chat(world)
    response = await world.alice.request("PATCH", f"{CHATS}/{chat_id}/acl", content=body)
    assert refusal(response)[:2] == (400, NOT_JSON)
