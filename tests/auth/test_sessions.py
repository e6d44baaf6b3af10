"""Keys as they are stored, cookies as they are sent."""

import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError

from palaver.auth import sessions
from palaver.auth.authenticate import Authenticator
from palaver.auth.csrf import csrf_token
from palaver.auth.tokens import PresentedToken
from palaver.database import Database
from palaver.errors.auth import Unauthenticated
from palaver.settings import Settings
from tests.auth.conftest import People


async def test_a_session_opens_for_its_lifetime_and_holds_only_a_hash(
    authenticator: Authenticator, people: People, database: Database
) -> None:
    user_id = await people.user()
    async with database.begin() as conn:
        token = await sessions.create_session(conn, user_id, Settings(session_lifetime_hours=2))
    assert (await authenticator.authenticate(PresentedToken(token))).user_id == user_id
    stored = await people.stored_key(token)
    assert stored.lifetime_seconds == 7200
    assert stored.login_type == "password"
    assert abs(stored.expires_at - dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)) < dt.timedelta(minutes=1)
    assert len(stored.hashed_secret) == 32
    assert token[11:].encode() not in stored.hashed_secret


async def test_a_token_has_its_name_scopes_and_lifetime(
    authenticator: Authenticator, people: People, database: Database
) -> None:
    user_id = await people.user()
    async with database.begin() as conn:
        token = await sessions.create_token(conn, user_id, "ci", dt.timedelta(hours=5), ["chat:read"])
    assert (await authenticator.authenticate(PresentedToken(token))).scopes == {"chat:read"}
    stored = await people.stored_key(token)
    assert (stored.login_type, stored.token_name, stored.lifetime_seconds) == ("token", "ci", 5 * 3600)
    with pytest.raises(IntegrityError, match="uq_api_keys_token_name"):
        async with database.begin() as conn:
            await sessions.create_token(conn, user_id, "ci", dt.timedelta(hours=5))


async def test_a_deleted_key_is_gone(authenticator: Authenticator, people: People, database: Database) -> None:
    user_id = await people.user()
    first, second = await people.key(user_id), await people.key(user_id)
    async with database.begin() as conn:
        assert await sessions.delete_key(conn, first[:10])
        assert not await sessions.delete_key(conn, first[:10])
        await sessions.delete_keys_of(conn, user_id)
    for token in (first, second):
        with pytest.raises(Unauthenticated):
            await authenticator.authenticate(PresentedToken(token))


@pytest.mark.parametrize(
    ("settings", "flags"),
    [
        (Settings(), "; SameSite=Lax"),
        (Settings(access_url="http://chat.example.com"), "; SameSite=Lax"),
        (Settings(access_url="https://chat.example.com"), "; SameSite=Lax; Secure"),
        (Settings(secure_cookies=True), "; SameSite=Lax; Secure"),
        (Settings(access_url="https://chat.example.com", secure_cookies=False), "; SameSite=Lax"),
    ],
)
def test_cookies_carry_the_deployments_flags(settings: Settings, flags: str) -> None:
    assert sessions.session_cookie("abc", settings) == (
        f"coder_session_token=abc; Path=/; Max-Age=31536000; HttpOnly{flags}"
    )
    assert sessions.clear_session_cookie(settings) == f"coder_session_token=; Path=/; Max-Age=-1; HttpOnly{flags}"
    assert sessions.csrf_cookie("abc", settings) == (f"csrf_token={csrf_token('abc')}; Path=/; Max-Age=31536000{flags}")
    assert sessions.clear_csrf_cookie(settings) == f"csrf_token=; Path=/; Max-Age=-1{flags}"
