"""Sessions and tokens: made, listed, ended, and what narrowed ones are good for."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import delete, update

from models import ApiKey, User
from tests.api.chats import share
from tests.api.refusals import FORBIDDEN, INVALID, NOT_FOUND, NOT_JSON, SIGNED_OUT, Refusal, assert_refused
from tests.support.api import Api
from tests.support.world import CHATS, World, random_id

USERS = "/api/v2/users"
KEYS = f"{USERS}/me/keys"
TOKENS = f"{KEYS}/tokens"
HOUR = 3_600_000_000_000
NOT_CREATED = "Failed to create API key."
NOT_VALID = "Failed to validate create API key request."


async def _make(api: Api, **body: Any) -> str:
    answer = await api.post(TOKENS, body)
    assert answer.status_code == 201, answer.text
    key: str = answer.json()["key"]
    assert answer.headers["location"].endswith(f"/keys/{key[:10]}")
    return key


async def _listed(api: Api, **parameters: Any) -> list[str]:
    answer = await api.get(TOKENS, params=parameters)
    assert answer.status_code == 200, answer.text
    return [key["token_name"] for key in answer.json() or []]


@asynccontextmanager
async def _with_token(world: World, api: Api, **body: Any) -> AsyncIterator[Api]:
    """A caller with a new token of `api`'s user."""
    caller = world.anonymous.as_user(await _make(api, **body))
    yield caller
    await caller.close()


def _token(status: int, message: str, body: Any = None, **rest: str) -> Refusal:
    return Refusal("POST", TOKENS, status, message, {} if body is None else body, **rest)


def _of_a_user(method: str, rest: str, body: Any = None) -> list[Refusal]:
    """What every operation on a user's keys refuses."""
    return [
        Refusal(method, f"{USERS}/me/{rest}", 401, SIGNED_OUT, body, by="anonymous"),
        Refusal(method, f"{USERS}/a--b/{rest}", 400, '"user" must be an existing uuid or username.', body),
        Refusal(method, f"{USERS}/{{nothing}}/{rest}", 404, NOT_FOUND, body),
        Refusal(method, f"{USERS}/bob/{rest}", 404, NOT_FOUND, body, by="alice"),
    ]


REFUSALS = [
    *_of_a_user("POST", "keys"),
    *_of_a_user("POST", "keys/tokens", {}),
    *_of_a_user("GET", "keys/tokens"),
    *_of_a_user("GET", "keys/tokens/tokenconfig"),
    *_of_a_user("GET", "keys/tokens/ci"),
    *_of_a_user("GET", "keys/{key}"),
    *_of_a_user("DELETE", "keys/{key}"),
    *_of_a_user("PUT", "keys/{key}/expire"),
    Refusal("POST", f"{USERS}/bob/keys", 403, FORBIDDEN, by="carol"),
    Refusal("POST", f"{USERS}/bob/keys/tokens", 403, FORBIDDEN, {}, by="carol"),
    _token(400, NOT_JSON, b"{"),
    _token(400, NOT_JSON, {"lifetime": "1h"}),
    _token(400, NOT_JSON, {"lifetime": 2**63}),
    _token(400, NOT_VALID, {"lifetime": -1}, detail="lifetime must be positive number greater than 0"),
    _token(400, NOT_CREATED, {"scopes": ["chat:write"]}, detail='invalid or unsupported API key scope: "chat:write"'),
    _token(400, NOT_CREATED, {"scope": "chat:write"}, detail='invalid or unsupported API key scope: "chat:write"'),
    _token(400, NOT_CREATED, {"scopes": ["coder:all"]}, detail='invalid or unsupported API key scope: "coder:all"'),
    _token(400, NOT_JSON, {"allow_list": ["chat"]}, detail='invalid allow_list entry "chat": want <type>:<id>'),
    _token(400, NOT_JSON, {"allow_list": ["dog:*"]}, detail='invalid allow_list entry "dog:*": want <type>:<id>'),
    _token(400, INVALID, {"allow_list": ["*:*"] * 129}, field="allow_list"),
    _token(400, INVALID, {"token_name": "a/b"}, field="token_name"),
    _token(400, NOT_VALID, {"lifetime": 169 * HOUR}, detail="lifetime must be less than 168h0m0s"),
    _token(400, NOT_VALID, {"lifetime": 876_601 * HOUR}, by="alice", detail="lifetime must be less than 876600h0m0s"),
    _token(
        409, 'A token with name "ci" already exists.', {"token_name": "ci"}, by="alice", field="name",
        field_detail="This value is already in use and should be unique.",
    ),
    Refusal("GET", f"{TOKENS}/nothing", 404, NOT_FOUND),
    Refusal("GET", f"{TOKENS}/ci", 404, NOT_FOUND, by="bob"),
    Refusal("GET", f"{KEYS}/nothing", 404, NOT_FOUND),
    Refusal("GET", f"{KEYS}/{{key}}", 404, NOT_FOUND, by="bob"),
    Refusal("GET", f"{USERS}/bob/keys/{{key}}", 404, NOT_FOUND),
    Refusal("GET", f"{USERS}/alice/keys/{{key}}", 404, NOT_FOUND, by="carol"),
    Refusal("GET", f"{USERS}/alice/keys/tokens/ci", 404, NOT_FOUND, by="carol"),
    Refusal("DELETE", f"{KEYS}/{{key}}", 404, NOT_FOUND, by="bob"),
    Refusal("DELETE", f"{USERS}/alice/keys/{{key}}", 404, NOT_FOUND, by="carol"),
    Refusal("PUT", f"{KEYS}/{{key}}/expire", 404, NOT_FOUND, by="bob"),
    Refusal("PUT", f"{USERS}/alice/keys/{{key}}/expire", 404, NOT_FOUND, by="carol"),
    Refusal("GET", f"{TOKENS}?include_all=perhaps", 400, "Query parameters have invalid values.", field="include_all"),
]  # fmt: skip


async def test_refusals_in_the_order_of_the_contract(world: World) -> None:
    # carol may read everybody and no key but her own.
    await world.owner.put(f"{USERS}/carol/roles", {"roles": ["user-admin"]})
    key = (await _make(world.alice, token_name="ci"))[:10]
    await assert_refused(world, REFUSALS, key=key, nothing=random_id())
    assert (await world.owner.get(f"{USERS}/alice/keys/{key}")).json()["id"] == key


# ---- making and listing ----


async def test_a_token_is_known_by_its_name_and_id_and_lives_a_week(world: World) -> None:
    assert (await world.alice.get(TOKENS)).content == b"null\n"
    token = await _make(world.alice, token_name="ci", scope="", scopes=None, allow_list=None)
    by_name = (await world.alice.get(f"{TOKENS}/ci")).json()
    assert by_name == (await world.alice.get(f"{KEYS}/{token[:10]}")).json()
    assert (by_name["id"], by_name["login_type"], by_name["lifetime_seconds"]) == (token[:10], "token", 168 * 3600)
    assert (by_name["scope"], by_name["scopes"], by_name["allow_list"]) == ("all", ["all"], ["*:*"])
    life = dt.datetime.fromisoformat(by_name["expires_at"]) - dt.datetime.fromisoformat(by_name["last_used"])
    assert life == dt.timedelta(hours=168)
    assert (await world.alice.get(TOKENS)).json() == [{**by_name, "username": "alice"}]
    caller = world.anonymous.as_user(token)
    assert (await caller.get(f"{USERS}/me")).json()["username"] == "alice"
    await caller.close()


async def test_nameless_tokens_get_names_and_sessions_are_not_listed(world: World) -> None:
    for _ in range(2):
        await _make(world.alice)
    names = await _listed(world.alice)
    assert len(set(names)) == 2
    assert all(name.startswith("token-") for name in names)
    session = (await world.alice.post(KEYS)).json()["key"]
    assert len(await _listed(world.alice, include_expired=True)) == 2
    read = (await world.alice.get(f"{KEYS}/{session[:10]}")).json()
    assert (read["login_type"], read["token_name"], read["lifetime_seconds"]) == ("password", "", 24 * 3600)
    caller = world.anonymous.as_user(session)
    assert (await caller.get(f"{USERS}/me")).status_code == 200
    await caller.close()


async def test_an_owner_makes_and_reads_the_tokens_of_all_within_their_limits(world: World) -> None:
    limits = {"me": 168, "alice": 876_600}
    for named, hours in limits.items():
        config = (await world.owner.get(f"{USERS}/{named}/keys/tokens/tokenconfig")).json()
        assert config == {"max_token_lifetime": hours * HOUR}
    body = {"token_name": "bot", "lifetime": 876_600 * HOUR}
    made = await world.owner.post(f"{USERS}/alice/keys/tokens", body)
    assert made.status_code == 201
    await _make(world.owner, token_name="mine", lifetime=168 * HOUR)
    await _make(world.bob, token_name="bobs")
    assert await _listed(world.owner) == ["mine"]
    assert await _listed(world.owner, include_all=True) == ["bot", "mine", "bobs"]
    assert await _listed(world.alice, include_all="true") == ["bot"]
    await world.owner.put(f"{USERS}/carol/roles", {"roles": ["user-admin"]})
    assert (await world.carol.get(f"{USERS}/alice/keys/tokens")).content == b"null\n"


async def test_of_two_tokens_of_one_name_at_once_one_is_made(world: World) -> None:
    answers = await asyncio.gather(*(world.alice.post(TOKENS, {"token_name": "ci"}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


# ---- ending ----


async def test_a_deleted_and_an_expired_key_are_refused_at_once(world: World) -> None:
    for end, detail in (("delete", "API key is invalid."), ("expire", 'API key expired at "')):
        async with _with_token(world, world.alice, token_name=end) as caller:
            assert (await caller.get(f"{USERS}/me")).status_code == 200
            path = f"{KEYS}/{(caller.token or '')[:10]}"
            answer = await (world.alice.delete(path) if end == "delete" else world.alice.put(f"{path}/expire"))
            assert answer.status_code == 204
            refused = await caller.get(f"{USERS}/me")
            assert refused.status_code == 401
            assert refused.json()["detail"].startswith(detail)
            assert (await world.alice.get(path)).status_code == (404 if end == "delete" else 200)
    before = (await world.alice.get(f"{TOKENS}/expire")).json()
    assert (await world.alice.put(f"{KEYS}/{before['id']}/expire")).status_code == 204
    assert (await world.alice.get(f"{TOKENS}/expire")).json() == before
    assert await _listed(world.alice) == []
    assert await _listed(world.alice, include_expired=True) == ["expire"]


async def test_a_token_does_not_slide(world: World) -> None:
    async with _with_token(world, world.alice, token_name="ci") as caller:
        nearly_over = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5)
        async with world.services.database.begin() as conn:
            await conn.execute(update(ApiKey).where(ApiKey.token_name == "ci").values(expires_at=nearly_over))
        assert (await caller.get(f"{USERS}/me")).status_code == 200
        expires_at = (await world.alice.get(f"{TOKENS}/ci")).json()["expires_at"]
        assert dt.datetime.fromisoformat(expires_at) == nearly_over


@pytest.mark.parametrize("end", ["key deleted", "key expired", "user suspended"])
async def test_a_key_ended_by_another_replica_makes_no_further_key(world: World, end: str) -> None:
    # This process still remembers the key as good.
    assert (await world.bob.get(f"{USERS}/me")).status_code == 200
    bob = uuid.UUID(world.facts.user_ids["bob"])
    statement = {
        "key deleted": delete(ApiKey).where(ApiKey.user_id == bob),
        "key expired": update(ApiKey).where(ApiKey.user_id == bob).values(expires_at=dt.datetime.now(dt.UTC)),
        "user suspended": update(User).where(User.id == bob).values(status="suspended"),
    }[end]
    async with world.services.database.begin() as conn:
        await conn.execute(statement)
    for path in (KEYS, TOKENS):
        answer = await world.bob.post(path, {})
        assert answer.status_code == 401
    async with world.services.database.connect() as conn:
        await conn.execute(update(User).where(User.id == bob).values(status="active"))
    assert await _listed(world.owner, include_all=True) == []


# ---- what keys are good for ----


async def test_a_read_only_token_reads_chats_and_does_nothing_else(world: World) -> None:
    chat = await world.create_chat(world.alice)
    path = f"{CHATS}/{chat['id']}"
    message = {"content": [{"type": "text", "text": "more"}]}
    async with _with_token(world, world.alice, scopes=["chat:read"]) as reader:
        for read in (path, f"{path}/messages", CHATS, f"{path}/acl"):
            assert (await reader.get(read)).status_code == 200, read
        assert [listed["id"] for listed in (await reader.get(CHATS)).json()] == [chat["id"]]
        for answer in (
            await reader.post(f"{path}/messages", message),
            await reader.patch(path, {"title": "x"}),
            await reader.post(f"{path}/interrupt"),
            await reader.patch(f"{path}/acl", {"user_roles": {world.facts.user_ids["bob"]: "read"}}),
            await reader.post(TOKENS, {}),
            await reader.post(KEYS),
            await reader.put(f"{USERS}/me/profile", {"username": "alice"}),
            await reader.get(TOKENS),
        ):
            assert answer.status_code in {403, 404}, answer.request.url
        body = {"organization_id": world.facts.organization_id, **message}
        assert (await reader.post(CHATS, body)).status_code == 403
    assert (await world.alice.get(path)).json()["title"] == chat["title"]


async def test_application_connect_is_good_for_nothing_here(world: World) -> None:
    chat = await world.create_chat(world.alice)
    async with _with_token(world, world.alice, token_name="app", scope="application_connect") as caller:
        assert (await caller.get(CHATS)).json() == []
        assert (await caller.get(f"{CHATS}/{chat['id']}")).status_code == 404
    key = (await world.alice.get(f"{TOKENS}/app")).json()
    assert (key["scope"], key["scopes"]) == ("application_connect", ["application_connect"])


async def test_an_allow_list_names_the_chats_that_a_token_is_good_for(world: World) -> None:
    one, other = [await world.create_chat(world.alice) for _ in range(2)]
    async with _with_token(world, world.alice, token_name="one", allow_list=[f"chat:{one['id']}"]) as caller:
        assert (await caller.get(f"{CHATS}/{one['id']}")).status_code == 200
        assert (await caller.patch(f"{CHATS}/{one['id']}", {"title": "mine"})).status_code == 204
        assert (await caller.get(f"{CHATS}/{other['id']}")).status_code == 404
        assert [chat["id"] for chat in (await caller.get(CHATS)).json()] == [one["id"]]
        body = {"organization_id": world.facts.organization_id, "content": [{"type": "text", "text": "x"}]}
        assert (await caller.post(CHATS, body)).status_code == 403
        assert (await caller.get(f"{USERS}/me")).status_code == 404
    assert (await world.alice.get(f"{TOKENS}/one")).json()["allow_list"] == [f"chat:{one['id']}"]
    # An owner's right to everything is narrowed as well, and so is a share.
    async with _with_token(world, world.owner, allow_list=[f"chat:{one['id']}", "user:*"]) as caller:
        assert (await caller.get(f"{CHATS}/{one['id']}")).status_code == 200
        assert (await caller.get(f"{CHATS}/{other['id']}")).status_code == 404
        assert (await caller.get(f"{USERS}/alice")).status_code == 200
    await share(world, one["id"], "bob")
    await share(world, other["id"], "bob")
    async with _with_token(world, world.bob, allow_list=[f"chat:{one['id']}"]) as caller:
        found = (await caller.get(CHATS, params={"q": "source:shared_with_me"})).json()
        assert [chat["id"] for chat in found] == [one["id"]]


async def test_an_allow_list_names_users(world: World) -> None:
    alice = world.facts.user_ids["alice"]
    async with _with_token(world, world.owner, allow_list=[f"user:{alice}"]) as caller:
        assert (await caller.get(f"{USERS}/alice")).status_code == 200
        assert (await caller.get(f"{USERS}/bob")).status_code == 404
        page = (await caller.get(USERS)).json()
        assert (page["count"], [user["id"] for user in page["users"]]) == (1, [alice])


async def test_no_key_makes_a_wider_one(world: World) -> None:
    narrow = {"scopes": ["api_key:create", "api_key:read", "chat:read", "user:read"], "allow_list": ["*:*"]}
    async with _with_token(world, world.alice, **narrow) as caller:
        for scopes in ([], ["all"], ["chat:update"], ["chat:*"], ["chat:read", "user:update"]):
            assert (await caller.post(TOKENS, {"scopes": scopes})).status_code == 403, scopes
        assert (await caller.post(KEYS)).status_code == 403
        assert (await caller.post(TOKENS, {"scopes": ["chat:read"]})).status_code == 201
    listed = {"allow_list": ["api_key:*", "user:*", "chat:1"]}
    async with _with_token(world, world.alice, **listed) as caller:
        for allow_list in ([], ["*:*"], ["chat:*"], ["chat:2"], ["*:1"]):
            assert (await caller.post(TOKENS, {"allow_list": allow_list})).status_code == 403, allow_list
        assert (await caller.post(KEYS)).status_code == 403
        assert (await caller.post(TOKENS, {"allow_list": ["chat:1", "user:7"]})).status_code == 201
