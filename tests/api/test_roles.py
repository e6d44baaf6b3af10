"""Giving and taking roles."""

from palaver.auth.roles import ORGANIZATION_ROLES, SITE_ROLES
from tests.api.chats import narrowed
from tests.api.refusals import FORBIDDEN, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import World, random_id

SITE = "/api/v2/users/{user}/roles"
MEMBER = "/api/v2/organizations/{organization}/members/{user}/roles"
AUDITOR = {"roles": ["auditor"]}
AGENTS = {"roles": ["agents-access"]}


def _site(user: str) -> str:
    return SITE.replace("{user}", user)


def _member(user: str, organization: str = "{organization}") -> str:
    return MEMBER.replace("{user}", user).replace("{organization}", organization)


REFUSALS = [
    Refusal("PUT", _site("bob"), 401, SIGNED_OUT, AUDITOR, by="anonymous"),
    Refusal("PUT", _site("bob"), 400, NOT_JSON, {"roles": "auditor"}),
    Refusal("PUT", _site("a--b"), 400, '"user" must be an existing uuid or username.', AUDITOR),
    Refusal("PUT", _site("nobody"), 404, NOT_FOUND, AUDITOR),
    Refusal("PUT", _site("bob"), 404, NOT_FOUND, AUDITOR, by="alice"),
    Refusal("PUT", _site("me"), 400, "You cannot change your own roles.", AUDITOR),
    Refusal("PUT", _site("alice"), 400, "You cannot change your own roles.", AUDITOR, by="alice"),
    Refusal("PUT", _site("bob"), 400, 'Role "librarian" is not a site role.', {"roles": ["librarian"]}),
    Refusal("PUT", _site("bob"), 400, 'Role "agents-access" is not a site role.', AGENTS),
    Refusal("PUT", _member("bob"), 401, SIGNED_OUT, AGENTS, by="anonymous"),
    Refusal("PUT", _member("bob"), 400, NOT_JSON, b"["),
    Refusal("PUT", _member("a--b"), 400, '"user" must be an existing uuid or username.', AGENTS),
    Refusal("PUT", _member("bob", "nowhere"), 404, NOT_FOUND, AGENTS),
    Refusal("PUT", _member("bob", "%00"), 400, 'Invalid path parameter "organization".', AGENTS),
    Refusal("PUT", _member("{nothing}"), 404, NOT_FOUND, AGENTS),
    Refusal("PUT", _member("bob"), 404, NOT_FOUND, AGENTS, by="alice"),
    Refusal(
        "PUT",
        _member("me", "default"),
        400,
        "You cannot change your own organization roles.",
        AGENTS,
        by="carol",
        detail="Another user with the appropriate permissions must change your roles.",
    ),
    Refusal("PUT", _member("bob"), 400, 'Role "owner" is not an organization role.', {"roles": ["owner"]}),
]


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    await assert_refused(world, REFUSALS, organization=world.facts.organization_id, nothing=random_id())


async def test_an_owner_gives_and_takes_site_roles_at_once(world: World) -> None:
    changed = await world.owner.put(_site("bob"), {"roles": ["auditor", "member", "auditor"]})
    assert changed.status_code == 200
    assert changed.json()["roles"] == [{"name": "auditor", "display_name": "Auditor"}]
    assert (await world.bob.get("/api/v2/users/alice")).status_code == 200
    assert (await world.owner.put(_site("bob"), {})).json()["roles"] == []
    assert (await world.bob.get("/api/v2/users/alice")).status_code == 404


async def test_a_user_admin_cannot_give_or_take_what_is_above_it(world: World) -> None:
    await world.owner.put(_site("bob"), {"roles": ["user-admin"]})
    await world.owner.put(_site("alice"), AUDITOR)
    for roles in (["owner"], ["auditor", "owner"], []):
        refused = await world.bob.put(_site("alice"), {"roles": roles})
        assert refused.status_code == 403, roles
        assert refused.json()["message"] == FORBIDDEN
    assert (await world.bob.put(_site("alice"), {"roles": ["member", "auditor"]})).status_code == 200


async def test_an_organization_admin_gives_organization_roles(world: World) -> None:
    changed = await world.carol.put(_member("bob", "coder"), {"roles": ["organization-member", "agents-access"]})
    assert changed.status_code == 200
    assert changed.json()["roles"] == [
        {
            "name": "agents-access",
            "display_name": "Coder Agents User",
            "organization_id": world.facts.organization_id,
        }
    ]
    assert changed.json()["user_id"] == world.facts.user_ids["bob"]


async def test_an_organization_user_admin_gives_plain_roles_only(world: World) -> None:
    await world.owner.put(_member("bob", "default"), {"roles": ["organization-user-admin"]})
    assert (await world.bob.put(_member("alice", "default"), AGENTS)).status_code == 200
    refused = await world.bob.put(_member("alice", "default"), {"roles": ["organization-admin"]})
    assert (refused.status_code, refused.json()["message"]) == (403, FORBIDDEN)
    taken = await world.bob.put(_member("carol", "default"), {"roles": []})
    assert (taken.status_code, taken.json()["message"]) == (403, FORBIDDEN)


LIST_REFUSALS = [
    Refusal("GET", "/api/v2/users/roles", 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", _site("me"), 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", _site("a--b"), 400, '"user" must be an existing uuid or username.'),
    Refusal("GET", _site("nobody"), 404, NOT_FOUND),
    Refusal("GET", _site("bob"), 404, NOT_FOUND, by="alice"),
    Refusal("GET", "/api/v2/organizations/default/members/roles", 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", "/api/v2/organizations/nowhere/members/roles", 404, NOT_FOUND),
    Refusal("GET", "/api/v2/organizations/%00/members/roles", 400, 'Invalid path parameter "organization".'),
]


async def test_refused_looks_at_roles(world: World) -> None:
    await assert_refused(world, LIST_REFUSALS, organization=world.facts.organization_id)
    for scope, allowed in (("assign_role:read", "/api/v2/users/roles"), ("organization:read", "")):
        async with narrowed(world, "alice", scope) as api:
            for path in ("/api/v2/users/roles", "/api/v2/organizations/default/members/roles"):
                expected = 200 if path == allowed else 404 if scope == "assign_role:read" else 403
                assert (await api.get(path)).status_code == expected


async def test_explicit_roles_are_read_by_oneself_and_administrators(world: World) -> None:
    await world.owner.put(_site("carol"), {"roles": ["user-admin", "member"]})
    expected = {
        "roles": ["user-admin"],
        "organization_roles": {world.facts.organization_id: ["organization-admin"]},
    }
    for api, named in ((world.carol, "me"), (world.owner, "carol")):
        assert (await api.get(_site(named))).json() == expected
    nothing = {"roles": [], "organization_roles": {world.facts.organization_id: []}}
    assert (await world.carol.get(_site("alice"))).json() == nothing
    await world.owner.put(_site("bob"), {"roles": ["auditor"]})
    assert (await world.bob.get(_site("alice"))).status_code == 404


async def test_roles_tell_what_they_allow_and_who_may_give_them(world: World) -> None:
    await world.owner.put(_site("bob"), {"roles": ["user-admin"]})
    assignable = {"owner": set(SITE_ROLES), "bob": {"member"}, "alice": set[str]()}
    for name, expected in assignable.items():
        roles = (await getattr(world, name).get("/api/v2/users/roles")).json()
        assert [role["name"] for role in roles] == list(SITE_ROLES)
        assert {role["name"] for role in roles if role["assignable"]} == expected
    by_name = {role["name"]: role for role in roles}
    assert {"negate": False, "resource_type": "user", "action": "read"} in by_name["auditor"]["site_permissions"]
    assert {"negate": False, "resource_type": "api_key", "action": "create"} in by_name["member"]["user_permissions"]
    assert by_name["auditor"]["organization_permissions"] == []


async def test_organization_roles_tell_what_they_allow_and_who_may_give_them(world: World) -> None:
    plain = {"organization-member", "organization-workspace-access", "agents-access"}
    await world.owner.put(_member("bob", "default"), {"roles": ["organization-user-admin"]})
    assignable = {"carol": set(ORGANIZATION_ROLES), "bob": plain, "alice": set[str]()}
    for name, expected in assignable.items():
        roles = (await getattr(world, name).get("/api/v2/organizations/coder/members/roles")).json()
        assert [role["name"] for role in roles] == list(ORGANIZATION_ROLES)
        assert {role["organization_id"] for role in roles} == {world.facts.organization_id}
        assert {role["name"] for role in roles if role["assignable"]} == expected
    agents = next(role for role in roles if role["name"] == "agents-access")
    allowed = {f"{entry['resource_type']}:{entry['action']}" for entry in agents["organization_member_permissions"]}
    assert allowed == {"chat:create", "chat:read", "chat:update", "chat:delete", "chat:share", "file:read"}
    assert agents["site_permissions"] == agents["organization_permissions"] == []
