"""Groups: who sees, makes and changes them, and what is shared with them."""

import uuid
from typing import Any

import pytest

from tests.api.chats import idle_chat, refusal, sub_chat
from tests.api.refusals import FORBIDDEN, INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.api.test_organizations import new_organization
from tests.support.api import Api
from tests.support.world import CHATS, World, random_id

GROUPS = "/api/v2/groups"
PLACE = "/api/v2/organizations/default"
EXISTS = "A group with this name already exists."
FIXED = "The group of all members cannot be changed or deleted."
STRANGERS = "Users must be members of the organization."


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring groups of their own."""
    return shared_world


async def new_group(world: World, *names: str, place: str = PLACE, **fields: Any) -> str:
    """The id of a group with some of the world's people in it."""
    made = await world.owner.post(f"{place}/groups", {"name": f"g-{uuid.uuid4().hex[:12]}", **fields})
    assert made.status_code == 201, made.text
    group_id = str(made.json()["id"])
    if names:
        await change(world.owner, group_id, add_users=[world.facts.user_ids[name] for name in names])
    return group_id


async def change(api: Api, group_id: str, **fields: Any) -> dict[str, Any]:
    """The group after an update."""
    response = await api.patch(f"{GROUPS}/{group_id}", fields)
    assert response.status_code == 200, response.text
    group: dict[str, Any] = response.json()
    return group


def members(group: dict[str, Any]) -> list[str]:
    """Usernames of the members that are told."""
    return [member["username"] for member in group["members"]]


async def ids(api: Api, path: str = GROUPS, **params: Any) -> list[str]:
    """Ids of a list of groups."""
    return [group["id"] for group in (await api.get(path, params=params)).json()]


# ---- the groups ----


async def test_a_group_is_made_filled_changed_and_deleted(world: World) -> None:
    name = f"g-{uuid.uuid4().hex[:12]}"
    body = {"name": name, "display_name": "Writers", "avatar_url": "/w.png", "quota_allowance": 3}
    response = await world.carol.post(f"{PLACE}/groups", body)
    made = response.json()
    path = f"{GROUPS}/{made['id']}"
    assert response.headers["location"] == path
    assert made | body == made
    assert (made["members"], made["total_member_count"], made["source"]) == ([], 0, "user")
    assert (made["organization_id"], made["organization_name"]) == (world.facts.organization_id, "coder")
    bob, alice = world.facts.user_ids["bob"], world.facts.user_ids["alice"]
    assert members(await change(world.carol, made["id"], add_users=[bob, alice, bob])) == ["alice", "bob"]
    both = await change(world.carol, made["id"], add_users=[bob], remove_users=[alice, bob, random_id()])
    assert (members(both), both["total_member_count"]) == (["bob"], 1)
    renamed = await change(world.carol, made["id"], name=f"{name}-2", display_name="", quota_allowance=0)
    assert (renamed["name"], renamed["display_name"], renamed["avatar_url"]) == (f"{name}-2", "", "/w.png")
    assert await change(world.carol, made["id"], name="", display_name=None) == renamed
    for named in (path, f"{PLACE}/groups/{name}-2", f"{PLACE}/groups/{name.upper()}-2"):
        assert (await world.carol.get(named)).json() == renamed
    assert (await world.carol.delete(path)).json() == {"message": "Group deleted."}
    assert (await world.carol.get(path)).status_code == 404
    assert (await world.carol.get(f"{PLACE}/groups/{name}-2")).status_code == 404


async def test_everybody_is_a_group_that_follows_the_memberships(world: World) -> None:
    made = await new_organization(world)
    place = f"/api/v2/organizations/{made['id']}"
    (everyone,) = (await world.owner.get(f"{place}/groups")).json()
    assert (everyone["id"], everyone["name"], everyone["total_member_count"]) == (made["id"], "Everyone", 1)
    await world.owner.post(f"{place}/members/bob")
    for path in (f"{GROUPS}/{made['id']}", f"{place}/groups/everyone"):
        assert members((await world.owner.get(path)).json()) == ["bob", "owner"]
    group_id = await new_group(world, place=place)
    assert await ids(world.owner, f"{place}/groups") == [made["id"], group_id]


async def test_members_see_their_organizations_groups_and_of_their_members_themselves(world: World) -> None:
    group_id = await new_group(world, "alice", "bob")
    for api, seen in ((world.alice, ["alice"]), (world.carol, ["alice", "bob"]), (world.owner, ["alice", "bob"])):
        group = (await api.get(f"{GROUPS}/{group_id}")).json()
        assert (members(group), group["total_member_count"]) == (seen, 2)
        page = (await api.get(f"{GROUPS}/{group_id}/members")).json()
        assert ([user["username"] for user in page["users"]], page["count"]) == (seen, len(seen))
        for path in (GROUPS, f"{PLACE}/groups"):
            assert group in (await api.get(path)).json()
    made = await new_organization(world)
    foreign = await new_group(world, place=f"/api/v2/organizations/{made['id']}")
    assert foreign in await ids(world.owner)
    for api in (world.alice, world.carol):
        assert (await api.get(f"{GROUPS}/{foreign}")).status_code == 404
        assert (await api.get(f"{GROUPS}/{made['id']}")).status_code == 404
        assert foreign not in await ids(api)


async def test_lists_are_narrowed(world: World) -> None:
    one, two = await new_group(world, "alice"), await new_group(world, "bob")
    everyone = world.facts.organization_id
    both = f"{one},{two},{random_id()}"
    assert set(await ids(world.owner, group_ids=both)) == {one, two}
    assert await ids(world.owner, group_ids=one, organization="coder") == [one]
    for named in ("bob", "BOB", world.facts.user_ids["bob"]):
        assert await ids(world.owner, has_member=named, group_ids=both) == [two]
    assert {everyone, one} <= set(await ids(world.alice, has_member="me"))
    # Whose places one may not read, and who does not exist, is in no group.
    assert await ids(world.alice, has_member="bob") == []
    assert await ids(world.alice, has_member="nobody") == []
    made = await new_organization(world)
    assert await ids(world.owner, organization=made["name"]) == [made["id"]]


async def test_members_come_by_pages(world: World) -> None:
    group_id = await new_group(world, "alice", "bob", "carol")
    path = f"{GROUPS}/{group_id}/members"

    async def page(**params: Any) -> list[str]:
        body = (await world.owner.get(path, params=params)).json()
        assert body["count"] == 3
        return [user["username"] for user in body["users"]]

    assert await page(limit=2) == ["alice", "bob"]
    assert await page(after_id=world.facts.user_ids["bob"]) == ["carol"]
    assert await page(offset=1, limit=1) == ["bob"]
    assert await page(after_id=random_id()) == []


async def test_who_leaves_the_organization_leaves_its_groups(world: World) -> None:
    made = await new_organization(world)
    place = f"/api/v2/organizations/{made['id']}"
    await world.owner.post(f"{place}/members/bob")
    group_id = await new_group(world, "bob", place=place)
    await world.owner.delete(f"{place}/members/bob")
    assert (await world.owner.get(f"{GROUPS}/{group_id}")).json()["total_member_count"] == 0
    await world.owner.post(f"{place}/members/bob")
    assert (await world.owner.get(f"{GROUPS}/{group_id}")).json()["total_member_count"] == 0


async def test_an_update_is_made_whole_or_not_at_all(world: World) -> None:
    group_id = await new_group(world, "alice")
    before = (await world.owner.get(f"{GROUPS}/{group_id}")).json()
    taken = (await world.owner.get(f"{GROUPS}/{await new_group(world)}")).json()["name"]
    alice, bob = world.facts.user_ids["alice"], world.facts.user_ids["bob"]
    stranger = random_id()
    wrong = {"add_users": [bob, stranger], "remove_users": [alice], "display_name": "Other"}
    response = await world.owner.patch(f"{GROUPS}/{group_id}", wrong)
    assert refusal(response) == (400, STRANGERS, None)
    assert response.json()["validations"] == [{"field": "add_users", "detail": f"user with ID {stranger} is no member"}]
    response = await world.owner.patch(f"{GROUPS}/{group_id}", {"add_users": [bob], "name": taken})
    assert refusal(response)[:2] == (409, EXISTS)
    assert (await world.owner.get(f"{GROUPS}/{group_id}")).json() == before


async def test_refusals(world: World) -> None:
    group_id = await new_group(world, "alice")
    path = f"{GROUPS}/{group_id}"
    made = await new_organization(world)
    foreign = await new_group(world, place=f"/api/v2/organizations/{made['id']}")
    name = (await world.owner.get(path)).json()["name"]
    invalid_uuid, parameters = 'Invalid UUID "abc".', "Query parameters have invalid values."
    detail = 'Validation failed for tag "{}" with value: "{}"'
    everyone = f"{GROUPS}/{world.facts.organization_id}"
    table = [
        *(
            Refusal(method, where, 401, SIGNED_OUT, {} if method in ("POST", "PATCH") else None, by="anonymous")
            for method, where in (
                ("GET", GROUPS), ("GET", f"{PLACE}/groups"), ("POST", f"{PLACE}/groups"), ("GET", path),
                ("PATCH", path), ("DELETE", path), ("GET", f"{path}/members"), ("GET", f"{PLACE}/groups/{name}"),
            )
        ),
        Refusal("GET", f"{GROUPS}?organization=none", 404, NOT_FOUND),
        Refusal("GET", f"{GROUPS}?organization={made['id']}", 404, NOT_FOUND, by="alice"),
        Refusal("GET", f"{GROUPS}?group_ids=abc", 400, parameters, field="group_ids"),
        Refusal("GET", f"{GROUPS}?has_member=a%20b", 400, parameters, field="has_member"),
        Refusal("GET", f"{GROUPS}?has_member={'a' * 33}", 400, '"user" must be an existing uuid or username.'),
        Refusal("GET", "/api/v2/organizations/none/groups", 404, NOT_FOUND),
        Refusal("POST", "/api/v2/organizations/none/groups", 404, NOT_FOUND, {"name": "x"}),
        Refusal("POST", f"{PLACE}/groups", 403, FORBIDDEN, {"name": "x"}, by="alice"),
        Refusal("POST", f"{PLACE}/groups", 409, EXISTS, {"name": name.upper()}),
        Refusal("POST", f"{PLACE}/groups", 400, NOT_JSON, b"{"),
        *(
            Refusal(
                "POST", f"{PLACE}/groups", 400, INVALID, {"name": wrong},
                field="name", field_detail=detail.format(tag, wrong),
            )
            for tag, wrong in (
                ("required", ""), ("group_name", "a b"), ("group_name", "everyone"), ("group_name", "New"),
            )
        ),
        *(Refusal("GET", f"{PLACE}/groups/{wrong}", 404, NOT_FOUND) for wrong in ("none", random_id())),
        Refusal("GET", f"/api/v2/organizations/none/groups/{name}", 404, NOT_FOUND),
        Refusal("GET", f"{PLACE}/groups/a%2Fb", 400, 'Invalid path parameter "groupName".'),
        *(Refusal("GET", f"{where}{tail}", 404, NOT_FOUND, by="alice")
          for where in (f"{GROUPS}/{random_id()}", f"{GROUPS}/{foreign}") for tail in ("", "/members")),
        *(Refusal(method, f"{GROUPS}/{foreign}", 404, NOT_FOUND, {}, by="carol") for method in ("PATCH", "DELETE")),
        *(Refusal(method, f"{GROUPS}/{random_id()}", 404, NOT_FOUND, {}) for method in ("PATCH", "DELETE")),
        *(Refusal(method, path, 403, FORBIDDEN, {}, by="alice") for method in ("PATCH", "DELETE")),
        *(Refusal(method, everyone, 400, FIXED, {}) for method in ("PATCH", "DELETE")),
        *(Refusal(method, f"{GROUPS}/abc", 400, invalid_uuid, {}) for method in ("PATCH", "DELETE")),
        *(Refusal("GET", f"{GROUPS}/abc{tail}", 400, invalid_uuid) for tail in ("", "/members")),
        Refusal("GET", f"{path}/members?limit=x", 400, parameters, field="limit"),
        Refusal("PATCH", path, 400, NOT_JSON, {"add_users": ["abc"]}),
        Refusal("PATCH", path, 400, INVALID, {"name": "Everyone"}, field="name"),
    ]  # fmt: skip
    await assert_refused(world, table)


async def test_an_organization_user_admin_looks_after_groups(world: World) -> None:
    made = await new_organization(world)
    place = f"/api/v2/organizations/{made['id']}"
    await world.owner.post(f"{place}/members/bob")
    await world.owner.put(f"{place}/members/bob/roles", {"roles": ["organization-user-admin"]})
    group_id = (await world.bob.post(f"{place}/groups", {"name": "team"})).json()["id"]
    assert members(await change(world.bob, group_id, add_users=[world.facts.user_ids["owner"]])) == ["owner"]
    assert (await world.bob.delete(f"{GROUPS}/{group_id}")).status_code == 200


# ---- what is shared with them ----


async def shared_with_me(api: Api) -> list[str]:
    """Ids of the chats that others share with the caller."""
    response = await api.get(CHATS, params={"q": "source:shared_with_me"})
    return [chat["id"] for chat in response.json()]


async def test_a_chat_is_shared_with_whoever_is_in_the_group_now(world: World) -> None:
    group_id = await new_group(world)
    root = await idle_chat(world)
    child = await sub_chat(world, root)
    assert (await world.alice.patch(f"{CHATS}/{root}/acl", {"group_roles": {group_id: "read"}})).status_code == 204
    bob = world.facts.user_ids["bob"]
    for fields, status in (({}, 404), ({"add_users": [bob]}, 200), ({"remove_users": [bob]}, 404)):
        await change(world.owner, group_id, **fields)
        for path in (root, child, f"{child}/messages", f"{root}/stream" if status == 404 else root):
            assert (await world.bob.get(f"{CHATS}/{path}")).status_code == status
        assert (root in await shared_with_me(world.bob)) == (status == 200)


async def test_a_reader_by_group_may_only_read(world: World) -> None:
    group_id = await new_group(world, "bob")
    chat_id = await idle_chat(world)
    await world.alice.patch(f"{CHATS}/{chat_id}/acl", {"group_roles": {group_id: "read"}})
    assert (await world.bob.patch(f"{CHATS}/{chat_id}", {"title": "mine"})).status_code == 404
    assert (await world.bob.patch(f"{CHATS}/{chat_id}/acl", {"group_roles": {group_id: ""}})).status_code == 403


async def test_the_entries_name_the_groups_with_the_members_that_the_caller_may_read(world: World) -> None:
    group_id = await new_group(world, "alice", "bob", display_name="Team")
    chat_id = await idle_chat(world)
    entries = {group_id.upper(): "read", world.facts.organization_id: "read"}
    assert (await world.alice.patch(f"{CHATS}/{chat_id}/acl", {"group_roles": entries})).status_code == 204
    for api, seen in ((world.alice, ["alice"]), (world.bob, ["bob"]), (world.owner, ["alice", "bob"])):
        everyone, team = (await api.get(f"{CHATS}/{chat_id}/acl")).json()["groups"]
        assert (everyone["id"], everyone["total_member_count"]) == (world.facts.organization_id, 4)
        group = (await api.get(f"{GROUPS}/{group_id}")).json()
        assert team == {**group, "role": "read"}
        assert (members(team), team["total_member_count"]) == (seen, 2)


async def test_a_deleted_group_is_in_no_entry(world: World) -> None:
    group_id = await new_group(world, "bob")
    chat_id = await idle_chat(world)
    await world.alice.patch(f"{CHATS}/{chat_id}/acl", {"group_roles": {group_id: "read"}})
    assert (await world.bob.get(f"{CHATS}/{chat_id}")).status_code == 200
    await world.owner.delete(f"{GROUPS}/{group_id}")
    assert (await world.bob.get(f"{CHATS}/{chat_id}")).status_code == 404
    chat = (await world.alice.get(f"{CHATS}/{chat_id}")).json()
    assert chat["shared"] is False


async def test_only_groups_of_the_chats_organization_are_taken(world: World) -> None:
    made = await new_organization(world)
    foreign = await new_group(world, place=f"/api/v2/organizations/{made['id']}")
    chat_id = await idle_chat(world)
    for group_id in (foreign, made["id"]):
        response = await world.alice.patch(f"{CHATS}/{chat_id}/acl", {"group_roles": {group_id: "read"}})
        assert response.json()["validations"] == [
            {"field": "group_roles", "detail": f"group with ID {group_id} does not exist"}
        ]
