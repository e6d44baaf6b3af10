"""From a token to its caller, on a real database."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, update

from models.identity import ApiKey, Organization, User
from palaver.auth import authenticate
from palaver.auth.authenticate import Authenticator
from palaver.auth.tokens import PresentedToken, find_token
from palaver.database import Database
from palaver.errors.auth import AuthenticationFault, Unauthenticated
from palaver.settings import Settings
from tests.auth.conftest import People

SIGNED_OUT = "You are signed out or your session has expired. Please sign in again to continue."
HOUR = dt.timedelta(hours=1)


@contextmanager
def counted_statements(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", count)


async def refusal(authenticator: Authenticator, token: str, host: str = "") -> Unauthenticated:
    with pytest.raises(Unauthenticated) as caught:
        await authenticator.authenticate(PresentedToken(token, "header", host))
    return caught.value


async def test_a_good_token_names_its_caller_with_effective_roles(authenticator: Authenticator, people: People) -> None:
    user_id = await people.user(roles=["auditor"], member_roles=["organization-auditor"])
    actor = await authenticator.authenticate(PresentedToken(await people.key(user_id)))
    organization = await people.organization()
    assert actor.user_id == user_id
    assert actor.roles == {"auditor", "member"}
    assert actor.organizations == {
        organization: {"organization-member", "organization-auditor", "organization-workspace-access", "agents-access"}
    }
    assert actor.groups == {organization}
    assert actor.scopes == {"coder:all"}


async def test_a_caller_belongs_to_its_groups_and_to_everybodys(authenticator: Authenticator, people: People) -> None:
    user_id, other = await people.user(member_roles=["organization-auditor"]), await people.user()
    token, organization = await people.key(user_id), await people.organization()
    mine = {await people.group(organization, user_id), await people.group(organization, user_id, other)}
    await people.group(organization, other)
    actor = await authenticator.authenticate(PresentedToken(token))
    assert actor.groups == {organization, *mine}
    assert "organization-auditor" in actor.roles_in(organization)


async def test_a_user_without_memberships_is_known_too(authenticator: Authenticator, people: People) -> None:
    user_id = await people.user(member_roles=None)
    actor = await authenticator.authenticate(PresentedToken(await people.key(user_id)))
    assert actor.organizations == {}


async def test_each_refusal_has_the_wires_detail(authenticator: Authenticator, people: People) -> None:
    good = await people.key(await people.user())
    expired = await people.key(await people.user(), expires_in=-HOUR)
    other_secret = good[:11] + ("A" if good[11] != "A" else "B") + good[12:]
    cases = {
        "": 'Cookie "coder_session_token" or query parameter must be provided.',
        "x": "Invalid API key format: incorrect amount of API key parts, expected 2 got 1",
        "a-b": "Invalid API key format: invalid API key ID length, expected 10 got 1",
        "a" * 10 + "-b": "Invalid API key format: invalid API key secret length, expected 22 got 1",
        "Z" * 10 + "-" + "b" * 22: "API key is invalid.",
        "\0" * 10 + "-" + "b" * 22: "API key is invalid.",
        other_secret: "API key secret is invalid.",
        good.replace("-", "_"): "Invalid API key format: incorrect amount of API key parts, expected 2 got 1",
    }
    for token, detail in cases.items():
        error = await refusal(authenticator, token)
        assert error.body() == {"message": SIGNED_OUT, "detail": detail}
        assert error.headers["WWW-Authenticate"] == (
            'Bearer realm="coder", error="invalid_token", error_description="The access token is invalid", '
            'resource_metadata="https://chat.example.com/.well-known/oauth-protected-resource"'
        )
    error = await refusal(authenticator, expired)
    assert error.detail is not None
    assert error.detail.startswith('API key expired at "2')
    assert error.detail.endswith('Z".')
    assert 'error_description="The access token has expired"' in error.headers["WWW-Authenticate"]


async def test_a_wrong_secret_is_refused_also_while_the_right_one_is_remembered(
    authenticator: Authenticator, people: People
) -> None:
    good = await people.key(await people.user())
    await authenticator.authenticate(PresentedToken(good))
    wrong = good[:-1] + ("A" if good[-1] != "A" else "B")
    assert (await refusal(authenticator, wrong)).detail == "API key secret is invalid."
    assert (await refusal(authenticator, good[:10] + "x" + good[11:])).detail is not None


async def test_a_suspended_user_is_refused_by_name_of_the_status(authenticator: Authenticator, people: People) -> None:
    error = await refusal(authenticator, await people.key(await people.user(status="suspended")))
    assert error.status == 401
    assert error.message == ('User is not active (status = "suspended"). Contact an admin to reactivate your account.')
    assert "WWW-Authenticate" in error.headers


async def test_a_deleted_users_key_is_unknown(authenticator: Authenticator, people: People, database: Database) -> None:
    user_id = await people.user()
    token = await people.key(user_id)
    async with database.begin() as conn:
        await conn.execute(update(User).where(User.id == user_id).values(deleted=True))
    assert (await refusal(authenticator, token)).detail == "API key is invalid."


async def test_a_dormant_user_becomes_active_by_use(authenticator: Authenticator, people: People) -> None:
    user_id = await people.user(status="dormant")
    actor = await authenticator.authenticate(PresentedToken(await people.key(user_id)))
    assert actor.status == "active"
    stored = await people.stored_user(user_id)
    assert stored.status == "active"
    assert stored.last_seen_at is not None


async def test_a_session_slides_once_an_hour_of_it_is_used(authenticator: Authenticator, people: People) -> None:
    token = await people.key(await people.user(), expires_in=23 * HOUR - dt.timedelta(minutes=1))
    await authenticator.authenticate(PresentedToken(token))
    remaining = (await people.stored_key(token)).expires_at - dt.datetime.now(dt.UTC)
    assert dt.timedelta(hours=23, minutes=59) < remaining <= 24 * HOUR


@pytest.mark.parametrize(
    ("login_type", "expires_in", "refresh"),
    [
        ("password", 23 * HOUR + dt.timedelta(minutes=1), True),
        ("token", 2 * HOUR, True),
        ("password", 2 * HOUR, False),
    ],
    ids=["used for less than an hour", "a token", "switched off"],
)
async def test_other_keys_keep_their_expiry(
    people: People, database: Database, login_type: str, expires_in: dt.timedelta, refresh: bool
) -> None:
    token = await people.key(await people.user(), login_type=login_type, expires_in=expires_in)
    before = (await people.stored_key(token)).expires_at
    await Authenticator(Settings(session_refresh=refresh), database).authenticate(PresentedToken(token))
    assert (await people.stored_key(token)).expires_at == before


async def test_last_used_is_noted_once_an_hour(authenticator: Authenticator, people: People) -> None:
    user_id = await people.user()
    fresh = await people.key(user_id, login_type="token", used_ago=dt.timedelta(minutes=59))
    stale = await people.key(user_id, login_type="token", used_ago=dt.timedelta(minutes=61))
    before = (await people.stored_key(fresh)).last_used
    for token in (fresh, stale):
        await authenticator.authenticate(PresentedToken(token))
    assert (await people.stored_key(fresh)).last_used == before
    assert dt.datetime.now(dt.UTC) - (await people.stored_key(stale)).last_used < dt.timedelta(minutes=1)


async def test_a_remembered_key_costs_no_statement_and_a_fresh_one_costs_one(
    authenticator: Authenticator, people: People, database: Database
) -> None:
    token = await people.key(await people.user())
    with counted_statements(database) as statements:
        first = await authenticator.authenticate(PresentedToken(token))
        assert len(statements) == 1
        assert await authenticator.authenticate(PresentedToken(token)) is first
        assert len(statements) == 1


async def test_a_guessed_secret_of_a_remembered_key_and_a_malformed_token_cost_no_statement(
    authenticator: Authenticator, people: People, database: Database
) -> None:
    token = await people.key(await people.user())
    await authenticator.authenticate(PresentedToken(token))
    with counted_statements(database) as statements:
        for guess, detail in (
            (f"{token[:11]}{'x' * 22}", "API key secret is invalid."),
            (token[:-1], "Invalid API key format: invalid API key secret length, expected 22 got 21"),
            ("x", "Invalid API key format: incorrect amount of API key parts, expected 2 got 1"),
        ):
            assert (await refusal(authenticator, guess)).detail == detail
        assert statements == []
    assert (await authenticator.authenticate(PresentedToken(token))).key_id == token[:10]


async def test_a_change_told_to_the_authenticator_is_seen_at_once(
    authenticator: Authenticator, people: People, database: Database
) -> None:
    user_id = await people.user()
    token = await people.key(user_id)
    assert (await authenticator.authenticate(PresentedToken(token))).roles == {"member"}
    async with database.begin() as conn:
        await conn.execute(update(User).where(User.id == user_id).values(roles=["auditor"]))
    authenticator.forget_user(user_id)
    assert (await authenticator.authenticate(PresentedToken(token))).roles == {"member", "auditor"}
    async with database.begin() as conn:
        await conn.execute(update(Organization).values(default_member_roles=[]))
    authenticator.forget_all()
    actor = await authenticator.authenticate(PresentedToken(token))
    assert set(actor.organizations.values()) == {frozenset({"organization-member"})}
    async with database.begin() as conn:
        await conn.execute(delete(ApiKey).where(ApiKey.id == token[:10]))
    authenticator.forget_key(token[:10])
    assert (await refusal(authenticator, token)).detail == "API key is invalid."


async def test_another_replicas_change_is_seen_when_the_memory_ends(people: People, database: Database) -> None:
    now = 100.0
    authenticator = Authenticator(Settings(), database, clock=lambda: now)
    presented = PresentedToken(await people.key(await people.user()))
    actor = await authenticator.authenticate(presented)
    async with database.begin() as conn:
        await conn.execute(delete(ApiKey))
    assert authenticate.CACHE_SECONDS <= 5
    now += authenticate.CACHE_SECONDS - 0.01
    assert await authenticator.authenticate(presented) is actor
    assert await authenticator.current(actor) is actor
    now += 0.01
    assert await authenticator.current(actor) is None
    assert (await refusal(authenticator, presented.token)).detail == "API key is invalid."


async def test_the_age_of_what_is_remembered_counts_from_the_beginning_of_its_reading(
    people: People, database: Database
) -> None:
    now = 100.0
    authenticator = Authenticator(Settings(), database, clock=lambda: now)
    presented = PresentedToken(await people.key(await people.user()))

    def takes_long(*_: object) -> None:
        nonlocal now
        now += authenticate.CACHE_SECONDS

    event.listen(database.engine.sync_engine, "after_cursor_execute", takes_long, once=True)
    await authenticator.authenticate(presented)
    with counted_statements(database) as statements:
        await authenticator.authenticate(presented)
    assert len(statements) == 1


async def test_others_are_told_what_to_drop_and_who_is_told_tells_nobody(people: People, database: Database) -> None:
    told: list[tuple[str, str]] = []
    authenticator = Authenticator(Settings(), database, tell=lambda kind, key: told.append((kind, key)))
    user_id = await people.user()
    token = await people.key(user_id)
    for drop in (
        lambda: authenticator.drop_user(user_id),
        lambda: authenticator.drop_key(token[:10]),
        authenticator.drop_all,
    ):
        await authenticator.authenticate(PresentedToken(token))
        drop()
        with counted_statements(database) as statements:
            await authenticator.authenticate(PresentedToken(token))
        assert len(statements) == 1
    assert told == []
    authenticator.forget_user(user_id)
    authenticator.forget_key(token[:10])
    authenticator.forget_all()
    assert told == [("user", str(user_id)), ("key", token[:10]), ("everyone", "")]


async def test_a_remembered_key_ends_with_its_expiry(authenticator: Authenticator, people: People) -> None:
    token = await people.key(await people.user(), login_type="token", expires_in=dt.timedelta(milliseconds=300))
    await authenticator.authenticate(PresentedToken(token))
    await asyncio.sleep(0.35)
    assert (await refusal(authenticator, token)).detail is not None


async def test_what_was_read_before_an_invalidation_is_not_remembered_after_it(
    authenticator: Authenticator, people: People, database: Database
) -> None:
    user_id = await people.user()
    token = await people.key(user_id)
    with counted_statements(database):
        event.listen(
            database.engine.sync_engine,
            "after_cursor_execute",
            lambda *_: authenticator.forget_user(user_id),
            once=True,
        )
        await authenticator.authenticate(PresentedToken(token))
    with counted_statements(database) as statements:
        await authenticator.authenticate(PresentedToken(token))
        assert len(statements) == 1


async def test_the_memory_is_bounded(
    authenticator: Authenticator, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authenticate, "CACHE_ENTRIES", 2)
    user_id = await people.user()
    for _ in range(4):
        await authenticator.authenticate(PresentedToken(await people.key(user_id)))
    assert len(authenticator._remembered) == 2
    assert authenticator._keys_of == {user_id: set(authenticator._remembered)}


async def test_concurrent_requests_with_one_key_all_pass(authenticator: Authenticator, people: People) -> None:
    user_id = await people.user(status="dormant")
    token = await people.key(user_id, expires_in=HOUR, used_ago=2 * HOUR)
    actors = await asyncio.gather(*(authenticator.authenticate(PresentedToken(token)) for _ in range(8)))
    assert {actor.user_id for actor in actors} == {user_id}


async def test_a_fault_of_the_database_says_nothing_about_the_token(settings: Settings) -> None:
    unreachable = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(AuthenticationFault) as caught:
        await Authenticator(settings, unreachable).authenticate(PresentedToken("a" * 10 + "-" + "b" * 22))
    assert caught.value.status == 500
    assert caught.value.body() == {
        "message": "An internal error occurred. Please try again or contact the system administrator."
    }
    await unreachable.close()


async def test_the_challenge_names_the_host_only_when_it_is_one(database: Database) -> None:
    authenticator = Authenticator(Settings(), database)
    good = await refusal(authenticator, "x", host="chat.example.com:8443")
    assert 'resource_metadata="http://chat.example.com:8443/.well-known' in good.headers["WWW-Authenticate"]
    forged = await refusal(authenticator, "x", host='evil", error="')
    assert 'resource_metadata="http://127.0.0.1:8000/.well-known' in forged.headers["WWW-Authenticate"]


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.one_of(
        st.binary(max_size=60),
        st.from_regex(rb"[A-Za-z0-9\x00\xff]{10}-[A-Za-z0-9\x00\xff]{22}", fullmatch=True),
    ),
    place=st.sampled_from(["cookie", "query", "header", "bearer", "access_token"]),
)
@example(raw=b"\0" * 10 + b"-" + b"\0" * 22, place="query")
async def test_any_bytes_as_a_token_in_any_place_give_401(authenticator: Authenticator, raw: bytes, place: str) -> None:
    text, quoted = raw.decode("latin-1"), quote_from_bytes(raw).encode()
    headers, query = {"host": "h"}, b""
    match place:
        case "cookie":
            headers["cookie"] = f"coder_session_token={text}"
        case "query":
            query = b"coder_session_token=" + quoted
        case "header":
            headers["coder-session-token"] = text
        case "bearer":
            headers["authorization"] = f"Bearer {text}"
        case _:
            query = b"access_token=" + quoted
    with pytest.raises(Unauthenticated) as caught:
        await authenticator.authenticate(find_token(headers, query))
    assert caught.value.message == SIGNED_OUT
    assert caught.value.detail is not None
    assert caught.value.detail.startswith(('Cookie "coder', "Invalid API key format: ", "API key is invalid."))
