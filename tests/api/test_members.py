"""The members of organizations: listed, added, removed, and what a removal does to chats."""

import asyncio
from typing import Any

import pytest

from tests.api.chats import idle_chat, narrowed, send, share
from tests.api.refusals import NOT_FOUND, SIGNED_OUT, Refusal, assert_refused
from tests.api.test_organizations import new_organization
from tests.support.api import Api
from tests.support.world import CHATS, PASSWORD, World, random_id

ORGANIZATIONS = "/api/v2/organizations"
MEMBERS = f"{ORGANIZATIONS}/default/members"
PAGED = f"{ORGANIZATIONS}/default/paginated-members"
BAD_USER = '"user" must be an existing uuid or username.'


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that leave its default organization as it was."""
    return shared_world


async def names(api: Api, path: str = MEMBERS, **params: Any) -> list[str]:
    """Usernames of a list of members."""
    body = (await api.get(path, params=params)).json()
    return [member["username"] for member in (body["members"] if isinstance(body, dict) else body)]


async def until(api: Api, chat_id: str, status: str) -> dict[str, Any]:
    """The chat once it has this status."""
    async with asyncio.timeout(20):
        while True:
            chat: dict[str, Any] = (await api.get(f"{CHATS}/{chat_id}")).json()
            if chat["status"] == status:
                return chat
            await asyncio.sleep(0.02)


async def test_administrators_see_all_members_and_others_themselves(world: World) -> None:
    everybody = ["alice", "bob", "carol", "owner"]
    assert await names(world.owner) == everybody
    assert await names(world.carol) == everybody
    assert await names(world.alice) == ["alice"]
    for path, status in ((f"{MEMBERS}/bob", 404), (f"{MEMBERS}/me", 200), (f"{MEMBERS}/alice", 200)):
        assert (await world.alice.get(path)).status_code == status
    made = await new_organization(world)
    assert await names(world.owner, f"{ORGANIZATIONS}/{made['id']}/members") == ["owner"]


async def test_a_member_comes_with_its_user(world: World) -> None:
    (carol,) = (await world.carol.get(MEMBERS, params={"q": f"user_id:{world.facts.user_ids['carol']}"})).json()
    assert (carol["email"], carol["status"], carol["login_type"]) == ("carol@example.com", "active", "password")
    assert carol["user_id"] == world.facts.user_ids["carol"]
    assert [role["name"] for role in carol["roles"]] == ["organization-admin"]
    assert carol == (await world.owner.get(f"{MEMBERS}/carol")).json()
    owner = (await world.owner.get(f"{MEMBERS}/owner")).json()
    assert [role["name"] for role in owner["global_roles"]] == ["owner"]


async def test_the_search_narrows(world: World) -> None:
    assert await names(world.owner, q="github_user_id:7") == []
    assert await names(world.owner, q="include_system:true") == ["alice", "bob", "carol", "owner"]
    assert await names(world.owner, q=f"user_id:{random_id()}") == []
    assert await names(world.owner, PAGED, q="bob") == ["bob"]


async def test_pages_follow_one_another(world: World) -> None:
    first = (await world.owner.get(PAGED, params={"limit": 2})).json()
    assert ([member["username"] for member in first["members"]], first["count"]) == (["alice", "bob"], 4)
    after = first["members"][-1]["user_id"]
    assert await names(world.owner, PAGED, after_id=after) == ["carol", "owner"]
    assert await names(world.owner, PAGED, after_id=after, limit=1) == ["carol"]
    assert await names(world.owner, PAGED, offset=3) == ["owner"]
    assert await names(world.owner, PAGED, after_id=random_id()) == []
    own = (await world.alice.get(PAGED)).json()
    assert ([member["username"] for member in own["members"]], own["count"]) == (["alice"], 1)


async def test_a_new_member_has_the_default_roles_at_once(world: World) -> None:
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}"
    assert (await world.bob.get(path)).status_code == 404
    added = await world.owner.post(f"{path}/members/bob")
    assert (added.status_code, added.json()["roles"]) == (200, [])
    assert (await world.bob.get(path)).status_code == 200
    body = {"organization_id": made["id"], "content": [{"type": "text", "text": "hello"}]}
    assert (await world.bob.post(CHATS, body)).status_code == 201
    assert (await world.owner.delete(f"{path}/members/bob")).status_code == 204
    assert (await world.bob.get(path)).status_code == 404
    assert (await world.bob.post(CHATS, body)).status_code == 403


async def test_who_may_add_and_remove(world: World) -> None:
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}/members"
    await world.owner.post(f"{path}/carol")
    await world.owner.post(f"{path}/alice")
    await world.owner.put(f"{path}/carol/roles", {"roles": ["organization-user-admin"]})
    # To add somebody takes the right to read the user, which an organization's role does not give.
    assert (await world.carol.post(f"{path}/bob")).status_code == 404
    assert (await world.alice.post(f"{path}/bob")).status_code == 404
    assert (await world.alice.delete(f"{path}/carol")).status_code == 404
    assert (await world.carol.delete(f"{path}/alice")).status_code == 204
    assert await names(world.carol, path) == ["carol", "owner"]


async def test_refusals(world: World) -> None:
    made = await new_organization(world, display_name="Research")
    path = f"{ORGANIZATIONS}/{made['id']}/members"
    await world.owner.post(f"{path}/bob")
    detail = "bob is already a member of Research"
    already = "User is already an organization member"
    self_ = "cannot remove self from an organization"
    search = "Invalid organization member search query."
    paged = "Invalid member search query."
    parameters = "Query parameters have invalid values."
    unknown = '"colour" is not a valid query param'
    table = [
        *(Refusal("GET", where, 401, SIGNED_OUT, by="anonymous") for where in (MEMBERS, PAGED, f"{MEMBERS}/bob")),
        *(Refusal(method, f"{path}/bob", 401, SIGNED_OUT, by="anonymous") for method in ("POST", "DELETE")),
        *(Refusal("GET", where, 404, NOT_FOUND, by="carol") for where in (path, f"{path}/bob")),
        Refusal("GET", f"{ORGANIZATIONS}/{made['id']}/paginated-members", 404, NOT_FOUND, by="carol"),
        Refusal("GET", MEMBERS + "?q=colour:red", 400, search, field="colour", field_detail=unknown),
        Refusal("GET", MEMBERS + "?q=user_id:7", 400, search, field="user_id"),
        Refusal("GET", MEMBERS + "?q=include_system:7", 400, search, field="include_system"),
        Refusal("GET", MEMBERS + "?q=bob", 400, search, field="q"),
        Refusal("GET", PAGED + "?q=colour:red", 400, paged, field="colour", field_detail=unknown),
        Refusal("GET", PAGED + "?limit=-1", 400, parameters, field="limit"),
        Refusal("GET", PAGED + "?after_id=7", 400, parameters, field="after_id"),
        *(Refusal(method, f"{path}/a%20b", 400, BAD_USER) for method in ("GET", "POST", "DELETE")),
        *(Refusal(method, f"{path}/nobody", 404, NOT_FOUND) for method in ("GET", "POST", "DELETE")),
        *(Refusal(method, f"{path}/{random_id()}", 404, NOT_FOUND) for method in ("GET", "POST", "DELETE")),
        *(Refusal(method, f"{path}/alice", 404, NOT_FOUND) for method in ("GET", "DELETE")),
        *(Refusal(method, f"{path}/alice", 404, NOT_FOUND, by="bob") for method in ("POST", "DELETE")),
        *(Refusal(method, f"{ORGANIZATIONS}/none/members/bob", 404, NOT_FOUND) for method in ("POST", "DELETE")),
        Refusal("POST", f"{path}/bob", 400, already, detail=detail),
        Refusal("DELETE", f"{path}/me", 400, self_),
        Refusal("DELETE", f"{path}/me", 400, self_, by="bob"),
    ]
    await assert_refused(world, table)


async def test_a_token_that_reads_chats_sees_no_members(world: World) -> None:
    async with narrowed(world, "owner", "chat:read", "organization:read") as api:
        assert await names(api) == []
    async with narrowed(world, "owner", "organization_member:read", "organization:read") as api:
        assert await names(api) == ["alice", "bob", "carol", "owner"]


# ---- what a removal does to chats ----


async def test_a_former_member_sees_none_of_the_organizations_chats(world: World) -> None:
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}/members"
    for name in ("alice", "bob"):
        await world.owner.post(f"{path}/{name}")
    own = await idle_chat(world, world.bob, organization_id=made["id"])
    shared = await idle_chat(world, organization_id=made["id"])
    await share(world, shared, "bob")
    group = {made["id"]: "read"}
    assert (await world.alice.patch(f"{CHATS}/{shared}/acl", {"group_roles": group})).status_code == 204
    for status in (200, 404, 200):
        if status == 404:
            await world.owner.delete(f"{path}/bob")
        for chat_id in (own, shared):
            assert (await world.bob.get(f"{CHATS}/{chat_id}")).status_code == status
        listed = (await world.bob.get(CHATS, params={"q": "source:created_by_me,shared_with_me"})).json()
        assert ({own, shared} <= {chat["id"] for chat in listed}) == (status == 200)
        assert (await world.owner.get(f"{CHATS}/{own}")).status_code == 200
        if status == 404:
            assert (await send(world.bob, own)).status_code == 404
            # What was shared is there again for who comes back.
            await world.owner.post(f"{path}/bob")


async def test_a_removal_stops_what_the_users_chats_do(working_world: World) -> None:
    world = working_world
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}/members/bob"
    await world.owner.post(path)
    body = {"organization_id": made["id"], "content": [{"type": "text", "text": "/slow 600 0.05"}]}
    chat_id = (await world.bob.post(CHATS, body)).json()["id"]
    other = await world.create_chat(world.bob, text="/slow 40 0.05")
    await send(world.bob, chat_id, [{"type": "text", "text": "queued"}])
    assert (await world.owner.delete(path)).status_code == 204
    # The running call is stopped; the queued message is given its turn, and that is refused.
    chat = await until(world.owner, chat_id, "error")
    assert chat["last_error"]["message"] == "The chat's owner may no longer use chats in this organization."
    await until(world.bob, other["id"], "waiting")


async def test_no_step_is_taken_for_an_owner_who_may_not_go_on(working_world: World) -> None:
    world = working_world
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}"
    await world.owner.post(f"{path}/members/bob")
    body = {"organization_id": made["id"], "content": [{"type": "text", "text": "/wait 1\n/fail 503 20"}]}
    chat_id = (await world.bob.post(CHATS, body)).json()["id"]
    # The role that lets him use chats goes; the membership stays.
    assert (await world.owner.patch(path, {"default_org_member_roles": []})).status_code == 200
    chat = await until(world.owner, chat_id, "error")
    assert chat["last_error"]["message"] == "The chat's owner may no longer use chats in this organization."
    assert chat["last_error"]["kind"] == "generic"


@pytest.mark.parametrize("act", ["suspend", "delete"])
async def test_chats_of_a_user_who_is_shut_out_stop(working_world: World, act: str) -> None:
    world = working_world
    body: dict[str, Any] = {"email": f"{act}@example.com", "username": act, "password": PASSWORD}
    body["organization_ids"] = [world.facts.organization_id]
    user_id = (await world.owner.post("/api/v2/users", body)).json()["id"]
    credentials = {"email": f"{act}@example.com", "password": PASSWORD}
    token = (await world.anonymous.post("/api/v2/users/login", credentials)).json()["session_token"]
    user = world.anonymous.as_user(token)
    chat = await world.create_chat(user, text="/slow 600 0.05")
    await send(user, chat["id"], [{"type": "text", "text": "queued"}])
    if act == "suspend":
        assert (await world.owner.put(f"/api/v2/users/{user_id}/status/suspend")).status_code == 200
    else:
        assert (await world.owner.delete(f"/api/v2/users/{user_id}")).status_code == 200
    stopped = await until(world.owner, chat["id"], "error")
    assert stopped["last_error"]["message"] == "The chat's owner may no longer use chats in this organization."
    await user.close()
