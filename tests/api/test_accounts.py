"""The life of accounts: listed and searched, renamed, suspended and activated, deleted."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select, update

from models import ApiKey, User
from tests.api.chats import narrowed
from tests.api.refusals import FORBIDDEN, INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.api import Api
from tests.support.world import PASSWORD, World, random_id

USERS = "/api/v2/users"
BAD_USER = '"user" must be an existing uuid or username.'
BAD_SEARCH = "Invalid user search query."
BAD_QUERY = "Query parameters have invalid values."


async def _create(world: World, username: str, **fields: Any) -> dict[str, Any]:
    body = {"email": f"{username}@example.com", "username": username, "password": PASSWORD}
    answer = await world.owner.post(USERS, {**body, "organization_ids": [world.facts.organization_id], **fields})
    assert answer.status_code == 201, answer.text
    user: dict[str, Any] = answer.json()
    return user


async def _sign_in(world: World, name: str) -> Api:
    answer = await world.anonymous.post(f"{USERS}/login", {"email": f"{name}@example.com", "password": PASSWORD})
    return world.anonymous.as_user(answer.json()["session_token"])


async def _give(world: World, name: str, *roles: str) -> None:
    answer = await world.owner.put(f"{USERS}/{name}/roles", {"roles": list(roles)})
    assert answer.status_code == 200, answer.text


async def _names(api: Api, query: str = "", **parameters: Any) -> list[str]:
    answer = await api.get(USERS, params={"q": query, **parameters})
    assert answer.status_code == 200, answer.text
    return [user["username"] for user in answer.json()["users"]]


# ---- the list ----


async def test_everybody_may_list_but_most_see_only_themselves(world: World) -> None:
    await _give(world, "bob", "template-admin")
    for api in (world.owner, world.bob):
        answer = (await api.get(USERS)).json()
        assert [user["username"] for user in answer["users"]] == ["alice", "bob", "carol", "owner"]
        assert answer["count"] == 4
    for api, name in ((world.alice, "alice"), (world.carol, "carol")):
        answer = (await api.get(USERS)).json()
        assert (answer["count"], [user["username"] for user in answer["users"]]) == (1, [name])
    async with narrowed(world, "owner", "chat:read") as api:
        assert (await api.get(USERS)).json() == {"users": [], "count": 0}


async def test_pages_follow_the_usernames_and_count_all_matches(world: World) -> None:
    ids = world.facts.user_ids
    assert await _names(world.owner, limit=2) == ["alice", "bob"]
    assert await _names(world.owner, limit=2, offset=1) == ["bob", "carol"]
    assert await _names(world.owner, after_id=ids["bob"]) == ["carol", "owner"]
    assert await _names(world.owner, after_id=ids["bob"], offset=1, limit=5) == ["owner"]
    assert await _names(world.owner, after_id=random_id()) == []
    assert (await world.owner.get(USERS, params={"limit": 1, "after_id": ids["bob"]})).json()["count"] == 4
    # Whom one may not read tells nothing by the place that it would have in the list.
    assert await _names(world.bob, after_id=ids["alice"]) == []
    await world.owner.delete(f"{USERS}/bob")
    assert await _names(world.owner, after_id=ids["bob"]) == ["carol", "owner"]


async def test_searches(world: World) -> None:
    await _create(world, "dora", name="Dora O'Neil-Nowak 50%", user_status="active")
    await _create(world, "ci-bot", email="", password="", service_account=True)
    await _give(world, "carol", "auditor", "user-admin")
    async with world.services.database.begin() as conn:
        long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        await conn.execute(
            update(User).where(User.username == "bob").values(created_at=long_ago, last_seen_at=long_ago)
        )
        await conn.execute(update(User).where(User.username == "alice").values(status="suspended"))
    everybody = ["alice", "bob", "carol", "ci-bot", "dora", "owner"]
    found = {
        "": everybody,
        "DOR": ["dora"],
        "bob@example": ["bob"],
        '"o\'neil-nowak 5"': ["dora"],
        "50%": ["dora"],
        "a_i": [],
        "search:ali": ["alice"],
        "name:neil": ["dora"],
        "name:dora status:active": ["dora"],
        "status:suspended": ["alice"],
        "status:active,suspended": ["alice", "bob", "carol", "dora", "owner"],
        "status:dormant": ["ci-bot"],
        "role:owner": ["owner"],
        "role:auditor,owner": ["carol", "owner"],
        "role:member": everybody,
        "role:nothing": [],
        "login_type:none": ["ci-bot"],
        "login_type:password,oidc bob": ["bob"],
        "service_account:true": ["ci-bot"],
        "service_account:0 ali": ["alice"],
        'created_before:"2021-01-01T00:00:00Z"': ["bob"],
        'created_after:"2021-01-01t00:00:00+02:00" car': ["carol"],
        'last_seen_before:"2021-01-01T00:00:00Z"': ["bob", "ci-bot", "dora"],
        'last_seen_after:"2021-01-01T00:00:00Z" own': ["owner"],
        "github_com_user_id:7": [],
        'status:""': everybody,
    }
    wrong = {}
    for query, names in found.items():
        got = await _names(world.owner, query)
        if sorted(got) != sorted(names):
            wrong[query] = got
    assert wrong == {}


LIST_REFUSALS = [
    Refusal("GET", USERS, 401, SIGNED_OUT, by="anonymous"),
    Refusal("GET", f"{USERS}?limit=-1", 400, BAD_QUERY, field="limit"),
    Refusal("GET", f"{USERS}?after_id=x", 400, BAD_QUERY, field="after_id"),
    Refusal("GET", f"{USERS}?q=%00", 400, BAD_QUERY, field="q"),
    Refusal("GET", f"{USERS}?q=colour:red", 400, BAD_SEARCH, field="colour"),
    Refusal(
        "GET", f"{USERS}?q=a+b", 400, BAD_SEARCH, field="search",
        field_detail='Query param "search" provided more than once, found 2 times. Only provide 1 instance of this '
        "query param.",
    ),
    Refusal("GET", f"{USERS}?q=name:", 400, BAD_SEARCH, field="q"),
    Refusal(
        "GET", f"{USERS}?q=status:asleep", 400, BAD_SEARCH, field="status",
        field_detail='Query param "status" has invalid values: "asleep" is not a valid value',
    ),
    Refusal("GET", f"{USERS}?q=login_type:x", 400, BAD_SEARCH, field="login_type"),
    Refusal("GET", f"{USERS}?q=service_account:maybe", 400, BAD_SEARCH, field="service_account"),
    Refusal("GET", f"{USERS}?q=created_before:yesterday", 400, BAD_SEARCH, field="created_before"),
    Refusal("GET", f"{USERS}?q=created_after:2026-08-01T00:00:00Z", 400, BAD_SEARCH, field="q"),
    Refusal("GET", f"{USERS}?q=last_seen_after:1", 400, BAD_SEARCH, field="last_seen_after"),
    Refusal("GET", f"{USERS}?q=last_seen_before:1", 400, BAD_SEARCH, field="last_seen_before"),
    Refusal("GET", f"{USERS}?q=github_com_user_id:x", 400, BAD_SEARCH, field="github_com_user_id"),
]  # fmt: skip

SUSPEND, ACTIVATE = f"{USERS}/{{named}}/status/suspend", f"{USERS}/{{named}}/status/activate"
PROFILE = {"username": "bobby"}


def _each(method: str, path: str, body: Any = None) -> list[Refusal]:
    """What every operation on a user refuses."""
    return [
        Refusal(method, path.replace("{named}", "me"), 401, SIGNED_OUT, body, by="anonymous"),
        Refusal(method, path.replace("{named}", "a--b"), 400, BAD_USER, body),
        Refusal(method, path.replace("{named}", "nobody"), 404, NOT_FOUND, body),
        Refusal(method, path.replace("{named}", "{nothing}"), 404, NOT_FOUND, body),
        Refusal(method, path.replace("{named}", "bob"), 404, NOT_FOUND, body, by="alice"),
    ]


REFUSALS = [
    *LIST_REFUSALS,
    *_each("DELETE", f"{USERS}/{{named}}"),
    Refusal("DELETE", f"{USERS}/me", 403, "You cannot delete yourself!"),
    Refusal("DELETE", f"{USERS}/alice", 403, "You cannot delete yourself!", by="alice"),
    Refusal("DELETE", f"{USERS}/bob", 403, FORBIDDEN, by="carol"),
    *_each("GET", f"{USERS}/{{named}}/login-type"),
    Refusal("GET", f"{USERS}/bob/login-type", 403, "You are not authorized to view this user's login type."),
    *_each("PUT", f"{USERS}/{{named}}/profile", PROFILE),
    Refusal("PUT", f"{USERS}/me/profile", 400, NOT_JSON, b"["),
    Refusal("PUT", f"{USERS}/me/profile", 400, INVALID, {"username": "new"}, field="username"),
    Refusal("PUT", f"{USERS}/me/profile", 400, INVALID, {"username": "owner", "name": " x"}, field="name"),
    Refusal("PUT", f"{USERS}/me/profile", 400, INVALID, {"username": "owner", "avatar_url": "x"}, field="avatar_url"),
    Refusal("PUT", f"{USERS}/me/profile", 404, NOT_FOUND, PROFILE, by="bob"),
    Refusal("PUT", f"{USERS}/bob/profile", 404, NOT_FOUND, {"username": "bob"}, by="carol"),
    Refusal(
        "PUT", f"{USERS}/bob/profile", 409, "A user with this username already exists.", {"username": "ALICE"},
        field="username", field_detail="This username is already in use.",
    ),
    *_each("PUT", SUSPEND),
    Refusal("PUT", SUSPEND.replace("{named}", "bob"), 403, FORBIDDEN, by="carol"),
    Refusal("PUT", SUSPEND.replace("{named}", "me"), 403, FORBIDDEN, by="alice"),
    Refusal("PUT", SUSPEND.replace("{named}", "me"), 400, "You cannot suspend yourself."),
    Refusal(
        "PUT", SUSPEND.replace("{named}", "owner"), 400,
        'You cannot suspend a user with the "owner" role. You must remove the role first.', by="dora",
    ),
    *_each("PUT", ACTIVATE),
    Refusal("PUT", ACTIVATE.replace("{named}", "bob"), 403, FORBIDDEN, by="carol"),
]  # fmt: skip


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    # carol reads everybody and changes nobody; dora may change users.
    await _give(world, "carol", "auditor")
    await _create(world, "dora")
    await _give(world, "dora", "user-admin")
    dora = await _sign_in(world, "dora")
    by_dora = [refusal for refusal in REFUSALS if refusal.by == "dora"]
    await assert_refused(world, [refusal for refusal in REFUSALS if refusal.by != "dora"], nothing=random_id())
    for refusal in by_dora:
        answer = await dora.request(refusal.method, refusal.path)
        assert (answer.status_code, answer.json()["message"]) == (refusal.status, refusal.message)
    await dora.close()


# ---- deletion ----


async def test_a_deleted_user_is_gone_with_every_key_and_the_name_is_free(world: World) -> None:
    chat = await world.create_chat(world.bob)
    bob = world.facts.user_ids["bob"]
    answer = await world.owner.delete(f"{USERS}/bob")
    assert (answer.status_code, answer.json()) == (200, {"message": "User has been deleted!"})
    assert (await world.bob.get(f"{USERS}/me")).status_code == 401
    for named in ("bob", bob):
        assert (await world.owner.get(f"{USERS}/{named}")).status_code == 404
    async with world.services.database.connect() as conn:
        assert await conn.scalar(select(func.count()).where(ApiKey.user_id == uuid.UUID(bob))) == 0
    assert (await world.owner.get(f"/api/experimental/chats/{chat['id']}")).status_code == 200
    again = await _create(world, "bob")
    assert again["id"] != bob
    assert (await world.owner.delete(f"{USERS}/{bob}")).status_code == 404


async def test_a_user_admin_deletes_users_but_not_the_last_owner(world: World) -> None:
    await _give(world, "bob", "user-admin")
    refused = await world.bob.delete(f"{USERS}/owner")
    assert (refused.status_code, refused.json()) == (409, {"message": "The last owner cannot be removed."})
    assert (await world.bob.delete(f"{USERS}/alice")).status_code == 200
    await _give(world, "carol", "owner")
    assert (await world.bob.delete(f"{USERS}/owner")).status_code == 200
    assert (await world.bob.delete(f"{USERS}/carol")).status_code == 409


@pytest.mark.parametrize("by", ["deletion", "role", "both"])
async def test_of_two_owners_who_remove_each_other_one_stays(world: World, by: str) -> None:
    for attempt in range(3):
        name = f"rival-{attempt}"
        await _create(world, name)
        await _give(world, name, "owner")
        rival = await _sign_in(world, name)
        assert (await rival.get(f"{USERS}/me")).status_code == 200

        async def remove(api: Api, target: str, *, delete: bool) -> int:
            path = f"{USERS}/{target}"
            answer = await (api.delete(path) if delete else api.put(f"{path}/roles", {"roles": []}))
            return answer.status_code

        statuses = await asyncio.gather(
            remove(world.owner, name, delete=by != "role"), remove(rival, "owner", delete=by == "deletion")
        )
        # The loser's key may end, or its role, before its own request is looked at.
        assert min(statuses) == 200
        assert max(statuses) in {401, 403, 404, 409}
        async with world.services.database.connect() as conn:
            owners = await conn.scalar(
                select(func.count()).where(User.__table__.c.roles.contains(["owner"]), ~User.deleted)
            )
        assert owners == 1
        await rival.close()
        if statuses[0] != 200:
            break  # the world's owner has lost


# ---- profile and status ----


async def test_everybody_changes_the_own_profile_and_administrators_all(world: World) -> None:
    body = {"username": "bob", "name": "Bob Tanaka", "avatar_url": "https://example.com/bob.png"}
    changed = (await world.bob.put(f"{USERS}/me/profile", body)).json()
    assert (changed["name"], changed["avatar_url"]) == ("Bob Tanaka", "https://example.com/bob.png")
    # An absent name takes it away, an absent picture stays, an empty one goes.
    changed = (await world.owner.put(f"{USERS}/bob/profile", {"username": "Robert"})).json()
    assert (changed["username"], changed["avatar_url"]) == ("Robert", "https://example.com/bob.png")
    assert "name" not in changed
    me = (await world.bob.get(f"{USERS}/me")).json()
    assert me == changed
    changed = (await world.bob.put(f"{USERS}/me/profile", {"username": "Robert", "avatar_url": ""})).json()
    assert "avatar_url" not in changed
    assert (await world.bob.get(f"{USERS}/me/login-type")).json() == {"login_type": "password"}


async def test_a_suspended_user_is_refused_at_once_and_let_in_again(world: World) -> None:
    assert (await world.bob.get(f"{USERS}/me")).status_code == 200
    suspended = await world.owner.put(SUSPEND.replace("{named}", "bob"))
    assert suspended.json()["status"] == "suspended"
    refused = await world.bob.get(f"{USERS}/me")
    assert refused.status_code == 401
    words = 'User is not active (status = "suspended"). Contact an admin to reactivate your account.'
    assert refused.json()["message"] == words
    credentials = {"email": "bob@example.com", "password": PASSWORD}
    assert (await world.anonymous.post(f"{USERS}/login", credentials)).status_code == 401
    assert (await world.owner.put(SUSPEND.replace("{named}", "bob"))).status_code == 200
    assert (await world.owner.put(ACTIVATE.replace("{named}", "bob"))).json()["status"] == "active"
    assert (await world.bob.get(f"{USERS}/me")).status_code == 200


# ---- organizations and roles of a user ----


async def test_organizations_of_a_user_are_listed_for_who_reads_its_memberships(world: World) -> None:
    for api, named in ((world.alice, "me"), (world.owner, "alice")):
        answer = await api.get(f"{USERS}/{named}/organizations")
        assert [organization["id"] for organization in answer.json()] == [world.facts.organization_id]
    await _give(world, "bob", "template-admin")
    assert (await world.bob.get(f"{USERS}/alice/organizations")).json() == []
    await assert_refused(world, _each("GET", f"{USERS}/{{named}}/organizations")[:4], nothing=random_id())
    assert (await world.alice.get(f"{USERS}/carol/organizations")).status_code == 404
