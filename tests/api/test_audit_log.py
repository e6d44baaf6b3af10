"""The audit log: what gets into it, who reads it, and that nobody changes it."""

import datetime as dt
import uuid
from typing import Any, get_args

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from palaver import audit
from palaver.contract import types
from tests.api.chats import idle_chat, narrowed
from tests.api.refusals import FORBIDDEN
from tests.support.world import CHATS, PASSWORD, World, demo_model, demo_provider

AUDIT = "/api/v2/audit"
LOGIN = "/api/v2/users/login"


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for the module."""
    return shared_world


async def entries(world: World, **filters: Any) -> list[dict[str, Any]]:
    """What the owner reads."""
    response = await world.owner.get(AUDIT, params=filters)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["entries"]
    return found


async def test_an_entry_tells_who_did_what_from_where_in_which_request(world: World) -> None:
    chat_id = await idle_chat(world)
    bob = world.facts.user_ids["bob"]
    response = await world.alice.patch(f"{CHATS}/{chat_id}/acl", {"user_roles": {bob: "read"}})
    assert response.status_code == 204
    (entry,) = await entries(world, target_id=chat_id)
    assert entry.pop("id") > 0
    moment = dt.datetime.fromisoformat(entry.pop("time"))
    assert abs(dt.datetime.now(dt.UTC) - moment) < dt.timedelta(minutes=1)
    assert entry == {
        "actor_id": world.facts.user_ids["alice"],
        "actor_name": "alice",
        "action": "share",
        "target_type": "chat",
        "target_id": chat_id,
        "organization_id": world.facts.organization_id,
        "request_id": response.headers["X-Request-Id"],
        "client_address": "127.0.0.1",
        "details": {"users": {bob: "read"}, "groups": {}},
    }
    assert [found["action"] for found in await entries(world, request_id=response.headers["X-Request-Id"])] == ["share"]


async def test_logins_and_failed_ones_are_told_apart_and_a_stranger_leaves_no_address(world: World) -> None:
    requests = {}
    for email, password in (
        ("bob@example.com", PASSWORD),
        ("bob@example.com", "a wrong one"),
        ("nobody@example.com", "a wrong one"),
    ):
        response = await world.anonymous.post(LOGIN, {"email": email, "password": password})
        (requests[email, password],) = await entries(world, request_id=response.headers["X-Request-Id"])
    login, wrong, stranger = requests.values()
    bob = world.facts.user_ids["bob"]
    assert (login["action"], login["actor_id"], login["target_id"]) == ("login", bob, bob)
    assert (wrong["action"], wrong["target_id"]) == ("login_failed", bob)
    assert "actor_id" not in wrong
    assert stranger["action"] == "login_failed"
    assert "target_id" not in stranger
    assert "nobody@example.com" not in str(stranger)
    assert wrong["details"] == stranger["details"]


async def test_what_administrators_do_is_told_without_the_secrets(world: World) -> None:
    name = f"p-{uuid.uuid4().hex[:8]}"
    secret = "sk-the-value-of-the-key-0123456789"
    body = demo_provider(type="openai-compat", name=name, base_url="https://models.example.com", api_keys=[secret])
    provider = (await world.owner.post("/api/v2/ai/providers", body)).json()
    path = f"/api/v2/ai/providers/{provider['id']}"
    await world.owner.patch(path, {"display_name": "Models"})
    model = (await world.owner.post(f"{CHATS}/model-configs", demo_model(provider["id"], model="m"))).json()
    model_path = f"{CHATS}/model-configs/{model['id']}"
    await world.owner.patch(model_path, {"context_limit": 50_000})
    await world.owner.delete(model_path)
    await world.owner.delete(path)
    told = await entries(world, target_id=provider["id"])
    assert [(entry["action"], entry["details"]["fields"]) for entry in told] == [
        ("delete", []),
        ("update", ["display_name"]),
        ("create", ["api_keys", "base_url", "enabled", "name", "type"]),
    ]
    assert [entry["action"] for entry in await entries(world, target_id=model["id"])] == ["delete", "update", "create"]
    server = {
        "display_name": "Tools",
        "slug": name,
        "transport": "streamable_http",
        "url": "https://tools.example.com/mcp",
        "auth_type": "api_key",
        "api_key_header": "X-Key",
        "api_key_value": secret,
        "availability": "default_on",
    }
    created = (await world.owner.post("/api/experimental/mcp/servers", server)).json()
    await world.owner.delete(f"/api/experimental/mcp/servers/{created['id']}")
    told = await entries(world, target_type="mcp_server", target_id=created["id"])
    assert [entry["action"] for entry in told] == ["delete", "create"]
    assert "api_key_value" in told[1]["details"]["fields"]
    assert secret not in str(await entries(world, limit=200))


async def test_roles_are_told_as_they_were_and_are(world: World) -> None:
    bob = world.facts.user_ids["bob"]
    for roles in (["auditor"], []):
        assert (await world.owner.put(f"/api/v2/users/{bob}/roles", {"roles": roles})).status_code == 200
    told = await entries(world, action="change_roles", target_id=bob, target_type="user")
    assert [entry["details"] for entry in told] == [
        {"before": ["auditor"], "after": []},
        {"before": [], "after": ["auditor"]},
    ]


async def test_an_act_that_is_refused_leaves_no_entry(world: World) -> None:
    chat_id = await idle_chat(world)
    response = await world.alice.patch(f"{CHATS}/{chat_id}/acl", {"user_roles": {str(uuid.uuid4()): "read"}})
    assert response.status_code == 400
    assert await entries(world, target_id=chat_id) == []


async def test_pages_go_on_below_the_last_entry(world: World) -> None:
    chat_id = await idle_chat(world)
    for role in ("read", "", "read", "", "read"):
        body = {"user_roles": {world.facts.user_ids["bob"]: role}}
        await world.alice.patch(f"{CHATS}/{chat_id}/acl", body)
    seen: list[int] = []
    more, cursor = True, 0
    while more:
        page = (await world.owner.get(AUDIT, params={"target_id": chat_id, "limit": 2, "before_id": cursor})).json()
        seen += [entry["id"] for entry in page["entries"]]
        more, cursor = page["has_more"], seen[-1]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 5


async def test_filters_narrow_together(world: World) -> None:
    chat_id = await idle_chat(world)
    body = {"user_roles": {world.facts.user_ids["bob"]: "read"}}
    assert (await world.carol.patch(f"{CHATS}/{chat_id}/acl", body)).status_code == 204
    (entry,) = await entries(world, target_id=chat_id)
    carol, alice = world.facts.user_ids["carol"], world.facts.user_ids["alice"]
    later = dt.datetime.fromisoformat(entry["time"]) + dt.timedelta(microseconds=1)
    fitting = {
        "actor_id": carol,
        "action": "share",
        "target_type": "chat",
        "organization_id": world.facts.organization_id,
        "since": entry["time"],
        "until": later.isoformat(),
    }
    assert await entries(world, target_id=chat_id, **fitting) == [entry]
    unfitting = {
        "actor_id": alice,
        "action": "login",
        "target_type": "user",
        "organization_id": str(uuid.uuid4()),
        "since": later.isoformat(),
        "until": entry["time"],
    }
    for name, value in unfitting.items():
        assert await entries(world, target_id=chat_id, **{**fitting, name: value}) == [], name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("actor_id", "me"),
        ("action", "sing"),
        ("target_type", "mauve"),
        ("organization_id", "coder"),
        ("since", "yesterday"),
        ("until", "0001-01-01T00:00:00+23:59"),
        ("since", "9999-12-31T23:59:59-23:59"),
        ("target_id", "\x00"),
        ("before_id", "-1"),
        ("limit", "0"),
        ("limit", "201"),
    ],
)
async def test_a_filter_that_is_none_is_told(world: World, name: str, value: str) -> None:
    response = await world.owner.get(AUDIT, params={name: value})
    assert response.status_code == 400
    assert response.json()["validations"][0]["field"] == name


async def test_owners_and_auditors_read_it_and_nobody_else(world: World) -> None:
    for api in (world.alice, world.carol):
        response = await api.get(AUDIT)
        assert (response.status_code, response.json()["message"]) == (403, FORBIDDEN)
    assert (await world.anonymous.get(AUDIT)).status_code == 401
    roles = f"/api/v2/users/{world.facts.user_ids['bob']}/roles"
    await world.owner.put(roles, {"roles": ["auditor"]})
    assert (await world.bob.get(AUDIT)).status_code == 200
    await world.owner.put(roles, {"roles": []})
    assert (await world.bob.get(AUDIT)).status_code == 403
    async with narrowed(world, "owner", "chat:read") as reader:
        assert (await reader.get(AUDIT)).status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET actor_name = 'x'",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log WHERE false",
        "TRUNCATE audit_log",
    ],
)
async def test_the_database_refuses_to_change_or_remove_entries(world: World, statement: str) -> None:
    before = await entries(world)
    with pytest.raises(DBAPIError, match="append-only"):
        async with world.services.database.begin() as conn:
            await conn.execute(text(statement))
    assert await entries(world) == before


def test_the_contract_knows_the_actions_and_targets_that_are_written() -> None:
    assert get_args(types.AuditAction) == get_args(audit.Action)
    assert get_args(types.AuditTarget) == get_args(audit.Target)
