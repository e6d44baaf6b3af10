"""create-organization, update-organization and delete-organization."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from models import AuditEntry, Group, OrganizationMember
from palaver.identity.organizations import delete_organization
from tests.api.chats import idle_chat, refusal
from tests.api.refusals import FORBIDDEN, INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World

ORGANIZATIONS = "/api/v2/organizations"
MEMBER_ROLES = ["organization-workspace-access", "agents-access"]
EXISTS = "An organization with this name already exists."


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring organizations of their own."""
    return shared_world


async def new_organization(world: World, **fields: Any) -> dict[str, Any]:
    """An organization of the owner alone."""
    response = await world.owner.post(ORGANIZATIONS, {"name": f"o-{uuid.uuid4().hex[:12]}", **fields})
    assert response.status_code == 201, response.text
    organization: dict[str, Any] = response.json()
    return organization


async def admin_of(world: World, organization_id: str, name: str = "bob") -> None:
    """Make one of the world's people a member and admin of an organization."""
    path = f"{ORGANIZATIONS}/{organization_id}/members/{name}"
    assert (await world.owner.post(path)).status_code == 200
    assert (await world.owner.put(f"{path}/roles", {"roles": ["organization-admin"]})).status_code == 200


async def test_whoever_makes_an_organization_is_its_first_member_and_admin(world: World) -> None:
    name = f"o-{uuid.uuid4().hex[:12]}"
    response = await world.owner.post(ORGANIZATIONS, {"name": name, "description": "words", "icon": "/i.png"})
    made = response.json()
    assert response.headers["location"] == f"{ORGANIZATIONS}/{made['id']}"
    assert (made["name"], made["display_name"], made["description"]) == (name, name, "words")
    assert (made["icon"], made["is_default"], made["default_org_member_roles"]) == ("/i.png", False, MEMBER_ROLES)
    assert (await world.owner.get(f"{ORGANIZATIONS}/{name.upper()}")).json() == made
    assert made in (await world.owner.get(ORGANIZATIONS)).json()
    (member,) = (await world.owner.get(f"{ORGANIZATIONS}/{name}/members")).json()
    assert member["username"] == "owner"
    assert [role["name"] for role in member["roles"]] == ["organization-admin"]
    # At once, though the caller was known before the organization was.
    chat = await world.owner.post(CHATS, {"organization_id": made["id"], "content": _hello()})
    assert chat.status_code == 201


async def test_an_empty_display_name_is_the_name(world: World) -> None:
    made = await new_organization(world, display_name="", description=None)
    assert made["display_name"] == made["name"]
    assert made["description"] == ""


async def test_others_do_not_see_it(world: World) -> None:
    made = await new_organization(world)
    for api in (world.alice, world.carol):
        assert (await api.get(f"{ORGANIZATIONS}/{made['id']}")).status_code == 404
        assert made not in (await api.get(ORGANIZATIONS)).json()


async def test_only_what_is_named_changes(world: World) -> None:
    made = await new_organization(world, display_name="Before", description="words", icon="i")
    path = f"{ORGANIZATIONS}/{made['id']}"
    renamed = f"o-{uuid.uuid4().hex[:12]}"
    changed = (await world.owner.patch(path, {"name": renamed, "display_name": "After"})).json()
    assert (changed["name"], changed["display_name"], changed["description"]) == (renamed, "After", "words")
    assert changed["updated_at"] > made["updated_at"]
    kept = (await world.owner.patch(path, {"name": "", "display_name": "", "description": None})).json()
    assert kept == changed
    cleared = (await world.owner.patch(path, {"description": "", "icon": ""})).json()
    assert (cleared["description"], cleared["icon"]) == ("", "")
    assert (await world.owner.get(path)).json() == cleared


async def test_an_admin_changes_its_own_organization_only(world: World) -> None:
    made = await new_organization(world)
    await admin_of(world, made["id"])
    assert (await world.bob.patch(f"{ORGANIZATIONS}/{made['id']}", {"icon": "x"})).status_code == 200
    assert (await world.bob.patch(f"{ORGANIZATIONS}/default", {"icon": "x"})).status_code == 403
    assert (await world.carol.patch(f"{ORGANIZATIONS}/{made['id']}", {"icon": "x"})).status_code == 404


async def test_default_roles_hold_for_all_members_at_once(world: World) -> None:
    made = await new_organization(world)
    await admin_of(world, made["id"], "carol")
    await world.owner.post(f"{ORGANIZATIONS}/{made['id']}/members/alice")
    body = {"organization_id": made["id"], "content": _hello()}
    for roles, status in ((["agents-access"], 201), ([], 403), (["agents-access", "organization-member"], 201)):
        changed = await world.carol.patch(f"{ORGANIZATIONS}/{made['id']}", {"default_org_member_roles": roles})
        assert changed.json()["default_org_member_roles"] == [role for role in roles if role == "agents-access"]
        assert (await world.alice.post(CHATS, body)).status_code == status


async def test_an_empty_organization_is_deleted_with_all_that_hangs_on_it(world: World) -> None:
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}"
    group = (await world.owner.post(f"{path}/groups", {"name": "team"})).json()
    file = await world.owner.request(
        "POST",
        f"{CHATS}/files?organization={made['id']}",
        content=b"notes",
        headers={"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="n.txt"'},
    )
    assert file.status_code == 201
    gone = await world.owner.delete(path)
    assert (gone.status_code, gone.json()) == (200, {"message": "Organization deleted."})
    assert (await world.owner.get(path)).status_code == 404
    assert (await world.owner.delete(path)).status_code == 404
    assert (await world.owner.get(f"/api/v2/groups/{group['id']}")).status_code == 404
    assert (await world.owner.get(f"{CHATS}/files/{file.json()['id']}")).status_code == 404
    me = (await world.owner.get("/api/v2/users/me")).json()
    assert made["id"] not in me["organization_ids"]
    async with world.services.database.connect() as conn:
        for table in (OrganizationMember, Group):
            left = select(table.organization_id).where(table.organization_id == uuid.UUID(made["id"]))
            assert (await conn.execute(left)).first() is None


async def test_an_organization_with_chats_or_people_is_not_deleted(world: World) -> None:
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}"
    refused = "The organization is not empty."
    await world.owner.post(f"{path}/members/bob")
    table = [Refusal("DELETE", path, 409, refused, detail="It still has 0 chats and 1 other member.")]
    await assert_refused(world, table)
    chat = await idle_chat(world, world.owner, organization_id=made["id"])
    assert chat
    await world.owner.delete(f"{path}/members/bob")
    table = [Refusal("DELETE", path, 409, refused, detail="It still has 1 chat and 0 other members.")]
    await assert_refused(world, table)


async def test_nothing_is_made_in_an_organization_that_another_replica_has_deleted(world: World) -> None:
    made = await new_organization(world)
    assert (await world.owner.get(f"{ORGANIZATIONS}/{made['id']}")).status_code == 200
    async with world.services.database.begin() as conn:
        await delete_organization(conn, uuid.UUID(made["id"]))
    # This replica still remembers the membership.
    chat = {"organization_id": made["id"], "content": _hello()}
    assert refusal(await world.owner.post(CHATS, chat))[:2] == (
        403,
        "You are not a member of the specified organization.",
    )
    file = await world.owner.request(
        "POST",
        f"{CHATS}/files?organization={made['id']}",
        content=b"notes",
        headers={"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="n.txt"'},
    )
    assert refusal(file)[:2] == (403, FORBIDDEN)


async def test_refusals(world: World) -> None:
    made = await new_organization(world)
    await admin_of(world, made["id"])
    path = f"{ORGANIZATIONS}/{made['id']}"
    tag = 'Validation failed for tag "{tag}" with value: "{value}"'

    def invalid(method: str, where: str, body: Any, field: str, tag_: str, value: str) -> Refusal:
        detail = tag.replace("{tag}", tag_).replace("{value}", value)
        return Refusal(method, where, 400, INVALID, body, field=field, field_detail=detail)

    table = [
        Refusal("POST", ORGANIZATIONS, 401, SIGNED_OUT, {"name": "x"}, by="anonymous"),
        Refusal("POST", ORGANIZATIONS, 400, NOT_JSON, b"{"),
        Refusal("POST", ORGANIZATIONS, 403, FORBIDDEN, {"name": "default"}, by="carol"),
        Refusal("POST", ORGANIZATIONS, 409, EXISTS, {"name": made["name"].upper()}),
        invalid("POST", ORGANIZATIONS, {}, "name", "required", ""),
        invalid("POST", ORGANIZATIONS, {"name": "a b"}, "name", "organization_name", "a b"),
        invalid("POST", ORGANIZATIONS, {"name": "Default"}, "name", "organization_name", "Default"),
        invalid("POST", ORGANIZATIONS, {"name": "new"}, "name", "organization_name", "new"),
        invalid("POST", ORGANIZATIONS, {"name": "0" * 32}, "name", "organization_name", "0" * 32),
        Refusal("PATCH", path, 401, SIGNED_OUT, {}, by="anonymous"),
        Refusal("PATCH", path, 404, NOT_FOUND, {}, by="alice"),
        Refusal("PATCH", f"{ORGANIZATIONS}/default", 403, FORBIDDEN, {}, by="alice"),
        Refusal("PATCH", f"{ORGANIZATIONS}/a%00b", 400, 'Invalid path parameter "organization".', {}),
        Refusal("PATCH", path, 400, NOT_JSON, b"[]"),
        Refusal("PATCH", path, 409, EXISTS, {"name": "coder"}, by="bob"),
        invalid("PATCH", path, {"name": "create"}, "name", "organization_name", "create"),
        Refusal(
            "PATCH", path, 400, 'Role "owner" is not an organization role.', {"default_org_member_roles": ["owner"]}
        ),
        Refusal("DELETE", path, 401, SIGNED_OUT, by="anonymous"),
        Refusal("DELETE", path, 404, NOT_FOUND, by="alice"),
        Refusal("DELETE", path, 403, FORBIDDEN, by="bob"),
        Refusal("DELETE", f"{ORGANIZATIONS}/default", 400, "The default organization cannot be deleted."),
        Refusal("DELETE", f"{ORGANIZATIONS}/a%2Fb", 400, 'Invalid path parameter "organization".'),
    ]
    await assert_refused(world, table)


async def test_every_act_is_in_the_audit_log(world: World) -> None:
    made = await new_organization(world)
    path = f"{ORGANIZATIONS}/{made['id']}"
    await world.owner.patch(path, {"display_name": "Other"})
    await world.owner.post(f"{path}/members/bob")
    await world.owner.delete(f"{path}/members/bob")
    group = (await world.owner.post(f"{path}/groups", {"name": "team"})).json()
    await world.owner.patch(f"/api/v2/groups/{group['id']}", {"add_users": [world.facts.user_ids["owner"]]})
    await world.owner.delete(f"/api/v2/groups/{group['id']}")
    await world.owner.delete(path)
    async with world.services.database.connect() as conn:
        acts = select(AuditEntry.action, AuditEntry.target_type).order_by(AuditEntry.id)
        rows = await conn.execute(acts.where(AuditEntry.organization_id == uuid.UUID(made["id"])))
    assert [tuple(row) for row in rows] == [
        ("create", "organization"),
        ("update", "organization"),
        ("add_member", "organization_member"),
        ("remove_member", "organization_member"),
        ("create", "group"),
        ("update", "group"),
        ("delete", "group"),
        ("delete", "organization"),
    ]


def _hello() -> list[dict[str, str]]:
    return [{"type": "text", "text": "hello"}]
