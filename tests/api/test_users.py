"""Creating and reading accounts."""

import asyncio
from typing import Any

import pytest

from tests.api.refusals import INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import PASSWORD, World, random_id

USERS = "/api/v2/users"
DORA = {"email": "dora@example.com", "username": "dora", "password": PASSWORD, "organization_ids": ["{organization}"]}
BOT = {"username": "ci-bot", "service_account": True, "organization_ids": ["{organization}"]}
USER_PARAMETER = '"user" must be an existing uuid or username.'


def _post(status: int, message: str, *without: str, **rest: Any) -> Refusal:
    """A refused creation of dora with some fields changed and others left out."""
    known = {"by", "detail", "field", "field_detail"}
    changes = {key: value for key, value in rest.items() if key not in known}
    body = {key: value for key, value in {**DORA, **changes}.items() if key not in without}
    told = {key: value for key, value in rest.items() if key in known}
    return Refusal("POST", USERS, status, message, body, **told)


def _tag(tag: str, value: str = "") -> str:
    return f'Validation failed for tag "{tag}" with value: "{value}"'


REFUSALS = [
    Refusal("POST", USERS, 401, SIGNED_OUT, DORA, by="anonymous"),
    Refusal("POST", USERS, 400, NOT_JSON, b"{"),
    _post(400, INVALID, username="new", field="username", field_detail=_tag("username", "new")),
    _post(400, INVALID, "username", field="username", field_detail=_tag("required")),
    _post(400, INVALID, "email", field="email", field_detail=_tag("required_unless")),
    _post(400, INVALID, email="", field="email", field_detail=_tag("required_unless")),
    _post(400, INVALID, email="dora", field="email", field_detail=_tag("email", "dora")),
    _post(400, NOT_JSON, organization_ids=["x"]),
    _post(400, "Service accounts must use login type 'none'.", service_account=True, login_type="password"),
    _post(400, "Password cannot be set for service accounts.", service_account=True),
    _post(400, "Email cannot be set for service accounts.", "password", service_account=True),
    _post(400, "Login type 'none' requires a service account.", login_type="none"),
    _post(400, 'Password cannot be set for non-password ("oidc") authentication.', login_type="oidc"),
    _post(
        400,
        "No organization specified to place the user as a member of. It is required to specify at least one "
        "organization id to place the user in.",
        organization_ids=[],
        detail="required at least 1 value for the array 'organization_ids'",
        field="organization_ids",
        field_detail="Missing values, this cannot be empty",
    ),
    _post(409, "User already exists.", username="ALICE"),
    _post(409, "User already exists.", email="Alice@Example.com"),
    _post(409, "User already exists.", username="alice", by="alice"),
    _post(404, 'Organization does not exist with the provided id "{nothing}".', organization_ids=["{nothing}"]),
    _post(400, "Password is invalid", password="password", field="password"),
    _post(400, "Password is invalid", "password", field="password"),
    _post(400, "Password is invalid", password="x" * 65, field="password"),
    _post(400, 'Unsupported login type "github" for manually creating new users.', "password", login_type="github"),
    _post(400, 'Role "librarian" is not a site role.', roles=["librarian"]),
    _post(403, "You are not authorized to create users.", by="alice"),
    _post(403, "You are not authorized to create users.", by="carol"),
    Refusal("GET", f"{USERS}/{'a' * 36}", 400, USER_PARAMETER),
    Refusal("GET", f"{USERS}/not%20a%20name", 400, USER_PARAMETER),
    Refusal("GET", f"{USERS}/{'a' * 40}", 400, USER_PARAMETER),
    Refusal("GET", f"{USERS}/nobody", 404, NOT_FOUND),
    Refusal("GET", f"{USERS}/{{nothing}}", 404, NOT_FOUND),
    Refusal("GET", f"{USERS}/bob", 404, NOT_FOUND, by="alice"),
    Refusal("GET", f"{USERS}/me", 401, SIGNED_OUT, by="anonymous"),
]


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    await assert_refused(world, REFUSALS, organization=world.facts.organization_id, nothing=random_id())


def _filled(body: dict[str, Any], world: World) -> dict[str, Any]:
    return {**body, "organization_ids": [world.facts.organization_id]}


async def test_a_new_user_is_dormant_and_a_member(world: World) -> None:
    body = {**_filled(DORA, world), "name": "Dora Nowak", "roles": ["auditor", "member"], "trial": True}
    answer = await world.owner.post(USERS, body)
    assert answer.status_code == 201
    dora = answer.json()
    assert answer.headers["location"] == f"/api/v2/users/{dora['id']}"
    assert (dora["username"], dora["name"], dora["status"]) == ("dora", "Dora Nowak", "dormant")
    assert dora["last_seen_at"] == "0001-01-01T00:00:00Z"
    assert dora["organization_ids"] == [world.facts.organization_id]
    assert [role["name"] for role in dora["roles"]] == ["auditor"]
    for named in ("DORA", dora["id"]):
        assert (await world.owner.get(f"{USERS}/{named}")).json() == dora


async def test_the_old_key_names_an_organization_too(world: World) -> None:
    body = {key: value for key, value in DORA.items() if key != "organization_ids"}
    body |= {"organization_id": world.facts.organization_id, "user_status": "active"}
    dora = (await world.owner.post(USERS, body)).json()
    assert dora["organization_ids"] == [world.facts.organization_id]
    assert dora["status"] == "active"


async def test_service_accounts_have_neither_address_nor_login(world: World) -> None:
    first = (await world.owner.post(USERS, _filled(BOT, world))).json()
    assert (first["login_type"], first["email"], first["is_service_account"]) == ("none", "", True)
    second = await world.owner.post(USERS, {**_filled(BOT, world), "username": "other-bot", "login_type": "none"})
    assert second.status_code == 201


async def test_of_two_users_with_one_name_at_once_one_is_made(world: World) -> None:
    bodies = [{**_filled(DORA, world), "email": f"dora{number}@example.com"} for number in range(3)]
    answers = await asyncio.gather(*(world.owner.post(USERS, body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def test_a_user_admin_creates_plain_users_only(world: World) -> None:
    path = f"{USERS}/{world.facts.user_ids['bob']}/roles"
    assert (await world.owner.put(path, {"roles": ["user-admin"]})).status_code == 200
    refused = await world.bob.post(USERS, {**_filled(DORA, world), "roles": ["owner"]})
    assert refused.status_code == 403
    assert refused.json() == {"message": "You are not authorized to create users."}
    assert (await world.bob.post(USERS, _filled(DORA, world))).status_code == 201


@pytest.mark.parametrize("named", ["me", "alice", "ALICE", "id"])
async def test_everybody_reads_himself(world: World, named: str) -> None:
    named = world.facts.user_ids["alice"] if named == "id" else named
    answer = await world.alice.get(f"{USERS}/{named}")
    assert answer.json()["username"] == "alice"
    assert answer.json()["organization_ids"] == [world.facts.organization_id]
