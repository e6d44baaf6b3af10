"""Organizations, facts of the deployment, and operations that are gone."""

import pytest

from tests.api.refusals import NOT_FOUND, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import World, random_id

ORGANIZATIONS = "/api/v2/organizations"
PROVIDERS = "/api/experimental/chats/providers"
OWN_KEYS = "/api/experimental/chats/user-provider-configs"
GONE = [
    ("POST", PROVIDERS),
    ("GET", PROVIDERS),
    ("PATCH", f"{PROVIDERS}/anything"),
    ("DELETE", f"{PROVIDERS}/anything"),
    ("GET", OWN_KEYS),
    ("PUT", f"{OWN_KEYS}/anything"),
    ("DELETE", f"{OWN_KEYS}/anything"),
]


@pytest.mark.parametrize("named", ["default", "coder", "CODER", "id"])
async def test_members_read_their_organization_by_any_name(world: World, named: str) -> None:
    named = world.facts.organization_id if named == "id" else named
    organization = (await world.alice.get(f"{ORGANIZATIONS}/{named}")).json()
    assert (organization["id"], organization["name"]) == (world.facts.organization_id, "coder")
    assert organization["is_default"] is True
    assert organization["default_org_member_roles"] == ["organization-workspace-access", "agents-access"]
    assert (await world.alice.get(ORGANIZATIONS)).json() == [organization]


async def test_refusals(world: World) -> None:
    table = [
        Refusal("GET", f"{ORGANIZATIONS}/default", 401, SIGNED_OUT, by="anonymous"),
        Refusal("GET", ORGANIZATIONS, 401, SIGNED_OUT, by="anonymous"),
        Refusal("GET", "/api/v2/experiments", 401, SIGNED_OUT, by="anonymous"),
        Refusal("GET", "/api/v2/experiments/available", 401, SIGNED_OUT, by="anonymous"),
        Refusal("GET", f"{ORGANIZATIONS}/nowhere", 404, NOT_FOUND),
        Refusal("GET", f"{ORGANIZATIONS}/{random_id()}", 404, NOT_FOUND),
        Refusal("GET", f"{ORGANIZATIONS}/a%00b", 400, 'Invalid path parameter "organization".'),
    ]
    await assert_refused(world, table)


async def test_who_belongs_nowhere_sees_no_organization(world: World) -> None:
    async with world.services.database.begin() as conn:
        await conn.exec_driver_sql("DELETE FROM organization_members")
    assert (await world.alice.get(ORGANIZATIONS)).json() == []
    assert (await world.alice.get(f"{ORGANIZATIONS}/default")).status_code == 404
    assert len((await world.owner.get(ORGANIZATIONS)).json()) == 1


@pytest.mark.settings(access_url="https://palaver.example.com/")
async def test_build_info_needs_no_session(world: World) -> None:
    first = (await world.anonymous.get("/api/v2/buildinfo")).json()
    assert first["version"] == world.services.version
    assert first["dashboard_url"] == "https://palaver.example.com"
    assert first["external_url"] == "https://palaver.example.com/docs"
    assert len(first["deployment_id"]) == 36
    assert (await world.anonymous.get("/api/v2/buildinfo")).json() == first


async def test_there_are_no_experiments(world: World) -> None:
    assert (await world.alice.get("/api/v2/experiments")).json() == []
    assert (await world.alice.get("/api/v2/experiments/available")).json() == {"safe": []}


async def test_legacy_providers_are_gone(world: World) -> None:
    message = "Legacy chat provider APIs were removed. Use AI provider APIs instead."
    gone = [Refusal(method, path, 410, message, by="alice") for method, path in GONE]
    closed = [Refusal(method, path, 401, SIGNED_OUT, by="anonymous") for method, path in GONE]
    await assert_refused(world, gone + closed)
