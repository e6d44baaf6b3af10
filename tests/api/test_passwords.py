"""Ways to sign in, the strength of passwords, and their change."""

import asyncio

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update

from models import ApiKey, User
from palaver.auth.passwords import needs_rehash
from tests.api.refusals import INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.world import PASSWORD, World, random_id

USERS = "/api/v2/users"
NEW = "Quiet-Lantern-42-Orbit"
OWN = {"old_password": PASSWORD, "password": NEW}
INVALID_PASSWORD = "Invalid password."


def _change(status: int, message: str, body: object = OWN, named: str = "me", **rest: str) -> Refusal:
    return Refusal("PUT", f"{USERS}/{named}/password", status, message, body, **rest)


REFUSALS = [
    Refusal("POST", f"{USERS}/validate-password", 400, NOT_JSON, b"{"),
    Refusal("POST", f"{USERS}/validate-password", 400, INVALID, {}, field="password"),
    _change(401, SIGNED_OUT, by="anonymous"),
    _change(400, NOT_JSON, b"{"),
    _change(400, INVALID, {"old_password": PASSWORD}, field="password"),
    _change(400, INVALID_PASSWORD, {"password": "x" * 65}, field="password"),
    _change(400, '"user" must be an existing uuid or username.', named="a--b"),
    _change(404, NOT_FOUND, named="{nothing}"),
    _change(404, NOT_FOUND, named="bob", by="alice"),
    _change(404, NOT_FOUND, named="alice", by="carol"),
    _change(400, "Only owners can change the password of an owner.", named="owner", by="bob"),
    _change(400, "Users without password login type cannot change their password.", named="ci-bot"),
    _change(400, "Old password is required.", {"password": NEW}),
    _change(400, "Old password is required.", {"password": "weak"}),
    _change(400, INVALID_PASSWORD, {"old_password": "wrong", "password": "weak"}, field="password"),
    _change(
        400,
        "Old password is incorrect.",
        {"old_password": "wrong", "password": NEW},
        field="old_password",
        field_detail="Old password is incorrect.",
    ),
    _change(400, "New password cannot match old password.", {"old_password": PASSWORD, "password": PASSWORD}),
    _change(400, "New password cannot match old password.", {"password": PASSWORD}, named="alice"),
]


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    bot = {"username": "ci-bot", "service_account": True, "organization_ids": [world.facts.organization_id]}
    assert (await world.owner.post(USERS, bot)).status_code == 201
    await world.owner.put(f"{USERS}/bob/roles", {"roles": ["user-admin"]})
    await assert_refused(world, REFUSALS, nothing=random_id())
    assert (await world.owner.get(f"{USERS}/me")).status_code == 200


async def test_a_changed_password_ends_every_key_of_the_user_and_no_other(world: World) -> None:
    second = world.anonymous.as_user(await _log_in(world, "alice", PASSWORD))
    assert (await world.alice.post(f"{USERS}/me/keys/tokens", {})).status_code == 201
    assert (await world.alice.put(f"{USERS}/me/password", OWN)).status_code == 204
    for api in (world.alice, second):
        assert (await api.get(f"{USERS}/me")).status_code == 401
    assert (await world.bob.get(f"{USERS}/me")).status_code == 200
    async with world.services.database.connect() as conn:
        left = select(func.count()).where(ApiKey.user_id == User.id, User.username == "alice")
        assert await conn.scalar(left) == 0
    assert await _log_in(world, "alice", NEW)
    old = {"email": "alice@example.com", "password": PASSWORD}
    assert (await world.anonymous.post(f"{USERS}/login", old)).status_code == 401
    await second.close()


async def test_administrators_need_no_old_password(world: World) -> None:
    await world.owner.put(f"{USERS}/bob/roles", {"roles": ["user-admin"]})
    for api, password in ((world.owner, NEW), (world.bob, f"{NEW}-2")):
        assert (await api.put(f"{USERS}/alice/password", {"password": password})).status_code == 204
        assert await _log_in(world, "alice", password)


async def test_of_two_changes_at_once_one_holds_and_no_session_of_the_old_password_is_left(world: World) -> None:
    bodies = [{"old_password": PASSWORD, "password": f"{NEW}-{number}"} for number in range(2)]
    credentials = {"email": "bob@example.com", "password": PASSWORD}
    answers = await asyncio.gather(
        *(world.bob.put(f"{USERS}/me/password", body) for body in bodies),
        *(world.anonymous.post(f"{USERS}/login", credentials) for _ in range(4)),
    )
    changes = [answer.status_code for answer in answers[:2]]
    assert changes.count(204) == 1
    assert set(changes) <= {204, 400, 401}
    for answer in answers[2:]:
        if answer.status_code == 201:
            session = world.anonymous.as_user(answer.json()["session_token"])
            assert (await session.get(f"{USERS}/me")).status_code == 401
            await session.close()


async def test_a_hash_with_other_parameters_is_made_anew_at_the_next_logins(world: World) -> None:
    old_hash = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    assert needs_rehash(old_hash)
    async with world.services.database.begin() as conn:
        await conn.execute(update(User).where(User.username == "alice").values(password_hash=old_hash))
    # At the same time: none may be refused because another one was faster.
    assert all(await asyncio.gather(*(_log_in(world, "alice", PASSWORD) for _ in range(3))))
    async with world.services.database.connect() as conn:
        stored = await conn.scalar(select(User.password_hash).where(User.username == "alice"))
    assert stored is not None
    assert not needs_rehash(stored)
    assert await _log_in(world, "alice", PASSWORD)


@pytest.mark.parametrize(
    ("password", "valid"),
    [(PASSWORD, True), (NEW, True), ("password", False), ("x" * 65, False), ("aaaaaaaaaaaaaaaa", False), ("\0", False)],
)
async def test_anybody_may_ask_how_strong_a_password_is(world: World, password: str, valid: bool) -> None:
    answer = await world.anonymous.post(f"{USERS}/validate-password", {"password": password})
    assert answer.status_code == 200
    assert answer.json()["valid"] is valid
    assert bool(answer.json()["details"]) is not valid


async def test_a_sign_in_page_is_told_the_ways_in(world: World) -> None:
    answer = await world.anonymous.get(f"{USERS}/authmethods")
    assert answer.json() == {
        "password": {"enabled": True},
        "github": {"enabled": False, "default_provider_configured": False},
        "oidc": {"enabled": False, "signInText": "OpenID Connect", "iconUrl": ""},
    }


async def _log_in(world: World, name: str, password: str) -> str:
    answer = await world.anonymous.post(f"{USERS}/login", {"email": f"{name}@example.com", "password": password})
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["session_token"]
    return token
