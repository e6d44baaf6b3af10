"""Signing in by a provider: the way there and back, and who gets an account."""

import asyncio

import pytest
from sqlalchemy import select, text

from models import ApiKey, ExternalIdentity
from tests.oidc.conftest import DANA
from tests.support.browser import CALLBACK, Browser
from tests.support.openid_provider import OpenIdProvider, query_of
from tests.support.world import PASSWORD, World

ME = "/api/v2/users/me"


async def test_first_sign_in_makes_a_user_with_a_session(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    response = await browser.sign_in(provider, "/docs?tab=chats")
    assert response.status_code == 307
    assert response.headers["location"] == "/docs?tab=chats"
    me = (await browser.get(ME)).json()
    assert me["username"] == "dana"
    assert me["email"] == "dana@example.com"
    assert me["name"] == "Dana Ito"
    assert me["login_type"] == "oidc"
    assert me["status"] == "active"
    assert me["organization_ids"] == [world.facts.organization_id]
    assert me["roles"] == []
    assert "last_seen_at" in me
    async with world.services.database.connect() as conn:
        keys = (await conn.execute(select(ApiKey.login_type).where(ApiKey.login_type == "oidc"))).all()
    assert len(keys) == 1


async def test_second_sign_in_is_the_same_user(browser: Browser, provider: OpenIdProvider) -> None:
    await browser.sign_in(provider)
    first = (await browser.get(ME)).json()
    browser.client.cookies.clear()
    assert (await browser.sign_in(provider)).status_code == 307
    assert (await browser.get(ME)).json()["id"] == first["id"]


async def test_goes_to_the_root_when_no_redirect_is_asked_for(browser: Browser, provider: OpenIdProvider) -> None:
    assert (await browser.sign_in(provider)).headers["location"] == "/"


async def test_asks_the_provider_for_a_code_with_pkce_state_and_nonce(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    begun = await browser.get(CALLBACK)
    query = query_of(begun.headers["location"])
    assert query["response_type"] == "code"
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == 43
    assert query["scope"] == "openid profile email offline_access"
    assert query["redirect_uri"] == f"{world.url}{CALLBACK}"
    again = query_of((await browser.get(CALLBACK)).headers["location"])
    for name in ("state", "nonce", "code_challenge"):
        assert query[name] != again[name]


async def test_cookies_of_the_way_are_for_this_path_and_not_for_scripts(
    browser: Browser, provider: OpenIdProvider
) -> None:
    (cookie,) = (await browser.get(CALLBACK)).headers.get_list("set-cookie")
    value, *attributes = cookie.split("; ")
    assert set(attributes) == {f"Path={CALLBACK}", "Max-Age=600", "HttpOnly", "SameSite=Lax"}
    for secret in ("code_verifier", "nonce", provider.issuer):
        assert secret not in value
    response = await browser.sign_in(provider)
    set_cookies = {cookie.partition("=")[0]: cookie for cookie in response.headers.get_list("set-cookie")}
    assert "Max-Age=-1" in set_cookies["oidc_sign_in"]
    assert "HttpOnly" in set_cookies["coder_session_token"]
    assert "HttpOnly" not in set_cookies["csrf_token"]
    assert response.headers["cache-control"] == "no-store"
    assert browser.cookie("oidc_sign_in") is None


@pytest.mark.settings(access_url="https://chat.example.com")
async def test_behind_tls_every_cookie_is_secure_and_the_provider_leads_to_the_public_address(
    browser: Browser, provider: OpenIdProvider
) -> None:
    begun = await browser.get(CALLBACK)
    assert query_of(begun.headers["location"])["redirect_uri"] == f"https://chat.example.com{CALLBACK}"
    assert all("; Secure" in cookie for cookie in begun.headers.get_list("set-cookie"))


@pytest.mark.parametrize(
    "redirect",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", "/a b", "javascript:x"],
)
async def test_redirect_to_elsewhere_is_refused(browser: Browser, redirect: str) -> None:
    response = await browser.get(CALLBACK, params={"redirect": redirect})
    assert response.status_code == 400
    assert response.json()["message"] == "Query parameters have invalid values."


@pytest.mark.settings(oidc_issuer_url=None, oidc_client_id=None)
async def test_without_a_provider_there_is_nothing_to_sign_in_by(world: World) -> None:
    refused = await world.anonymous.get(CALLBACK)
    assert refused.status_code == 404
    assert refused.json() == {"message": "OpenID Connect is not configured on this server."}


# ---- who gets in ----


async def _refused(browser: Browser, provider: OpenIdProvider, message: str, status: int = 403) -> None:
    response = await browser.sign_in(provider)
    assert response.status_code == status, response.text
    assert response.json()["message"] == message
    assert browser.cookie("coder_session_token") is None


@pytest.mark.settings(oidc_sign_ups=False)
async def test_stranger_is_refused_while_sign_ups_are_off(browser: Browser, provider: OpenIdProvider) -> None:
    await _refused(browser, provider, "Sign-ups are disabled. Ask an administrator for an account.")


@pytest.mark.parametrize("verified", [False, None, "false"])
async def test_unverified_address_is_refused(
    browser: Browser, provider: OpenIdProvider, verified: bool | str | None
) -> None:
    claims = {**DANA, "email_verified": verified}
    provider.add("dana-1", **{name: value for name, value in claims.items() if value is not None})
    await _refused(browser, provider, "Your e-mail address is not verified by the OpenID provider.")


@pytest.mark.settings(oidc_require_verified_email=False)
async def test_unverified_address_may_be_allowed(browser: Browser, provider: OpenIdProvider) -> None:
    provider.add("dana-1", **{**DANA, "email_verified": False})
    assert (await browser.sign_in(provider)).status_code == 307


async def test_person_without_an_address_is_refused(browser: Browser, provider: OpenIdProvider) -> None:
    provider.add("dana-1", preferred_username="dana")
    await _refused(browser, provider, "The OpenID provider gives no e-mail address for you.")


@pytest.mark.settings(oidc_email_domains="example.org, Example.NET")
async def test_only_allowed_domains_get_in(browser: Browser, provider: OpenIdProvider) -> None:
    await _refused(browser, provider, "Your e-mail address is not in a domain that may sign in.")
    provider.add("eve", **{**DANA, "email": "eve@example.org.evil.example"})
    await _refused(browser, provider, "Your e-mail address is not in a domain that may sign in.")
    provider.add("erin", **{**DANA, "email": "erin@EXAMPLE.net"})
    assert (await browser.sign_in(provider)).status_code == 307


async def test_password_user_with_the_same_address_is_not_taken_over(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    provider.add("mallory", **{**DANA, "email": "Alice@Example.com"})
    message = "A user with your e-mail address exists already and does not sign in by OpenID Connect."
    await _refused(browser, provider, message)
    login = {"email": "alice@example.com", "password": PASSWORD}
    assert (await world.anonymous.post("/api/v2/users/login", login)).status_code == 201
    async with world.services.database.connect() as conn:
        assert (await conn.execute(select(ExternalIdentity))).all() == []


async def test_taken_username_gets_a_suffix(browser: Browser, provider: OpenIdProvider) -> None:
    provider.add("another-alice", **{**DANA, "preferred_username": "Alice"})
    await browser.sign_in(provider)
    username = (await browser.get(ME)).json()["username"]
    assert username.startswith("Alice-")
    assert len(username) == len("Alice-") + 6


async def test_first_sign_ins_of_one_person_at_once_make_one_user(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    browsers = [Browser(world.url, world.checker) for _ in range(4)]
    answers = [await one.depart(provider) for one in browsers]
    opened = await asyncio.gather(*(one.get(back) for one, back in zip(browsers, answers, strict=True)))
    assert [answer.status_code for answer in opened] == [307] * 4
    ids = {(await one.get(ME)).json()["id"] for one in browsers}
    assert len(ids) == 1
    for one in browsers:
        await one.close()


async def test_first_sign_ins_with_one_name_at_once_all_succeed(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    browsers = [Browser(world.url, world.checker) for _ in range(2)]
    answers = []
    for number, one in enumerate(browsers):
        provider.add(f"sam-{number}", **{**DANA, "email": f"sam{number}@example.com", "preferred_username": "sam"})
        answers.append(await one.depart(provider))
    opened = await asyncio.gather(*(one.get(back) for one, back in zip(browsers, answers, strict=True)))
    assert [answer.status_code for answer in opened] == [307, 307]
    names = sorted([(await one.get(ME)).json()["username"] for one in browsers], key=len)
    assert names[0] == "sam"
    assert names[1].startswith("sam-")
    for one in browsers:
        await one.close()


async def test_suspended_user_is_refused(world: World, browser: Browser, provider: OpenIdProvider) -> None:
    await browser.sign_in(provider)
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE users SET status = 'suspended' WHERE username = 'dana'"))
    browser.client.cookies.clear()
    message = "Your account is suspended. Contact an admin to reactivate your account."
    await _refused(browser, provider, message, 401)


async def test_user_of_another_login_type_is_refused(world: World, browser: Browser, provider: OpenIdProvider) -> None:
    await browser.sign_in(provider)
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE users SET login_type = 'password' WHERE username = 'dana'"))
    browser.client.cookies.clear()
    message = 'Incorrect login type, attempting to use "oidc" but user is of login type "password"'
    await _refused(browser, provider, message)


async def test_deleted_user_comes_back_as_a_new_one(world: World, browser: Browser, provider: OpenIdProvider) -> None:
    await browser.sign_in(provider)
    first = (await browser.get(ME)).json()["id"]
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE users SET deleted = true WHERE username = 'dana'"))
    browser.client.cookies.clear()
    assert (await browser.sign_in(provider)).status_code == 307
    assert (await browser.get(ME)).json()["id"] != first


async def test_password_does_not_open_what_belongs_to_the_provider(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    await browser.sign_in(provider)
    async with world.services.database.begin() as conn:
        # Even with a hash in the row: the login type decides.
        await conn.execute(
            text("UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE username = 'alice')")
        )
    login = {"email": "dana@example.com", "password": PASSWORD}
    refused = await world.anonymous.post("/api/v2/users/login", login)
    assert refused.status_code == 403
    assert refused.json()["message"] == (
        'Incorrect login type, attempting to use "password" but user is of login type "oidc"'
    )


# ---- what claims decide ----


@pytest.mark.settings(oidc_roles_claim="roles", oidc_role_mapping={"it": ["auditor"], "heads": ["user-admin"]})
async def test_roles_follow_the_claim_at_each_sign_in(browser: Browser, provider: OpenIdProvider) -> None:
    provider.add("dana-1", **DANA, roles=["it", "heads", "gardeners"])
    await browser.sign_in(provider)
    assert {role["name"] for role in (await browser.get(ME)).json()["roles"]} == {"auditor", "user-admin"}
    provider.add("dana-1", **DANA, roles=["heads"])
    await browser.sign_in(provider)
    assert {role["name"] for role in (await browser.get(ME)).json()["roles"]} == {"user-admin"}
    provider.add("dana-1", **DANA)
    await browser.sign_in(provider)
    assert (await browser.get(ME)).json()["roles"] == []


@pytest.mark.settings(oidc_groups_claim="groups", oidc_group_mapping={"eng": "engineers"})
async def test_groups_follow_the_claim_at_each_sign_in(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    async with world.services.database.begin() as conn:
        for name in ("engineers", "support"):
            await conn.execute(
                text("INSERT INTO groups (id, organization_id, name) VALUES (gen_random_uuid(), :organization, :name)"),
                {"organization": world.facts.organization_id, "name": name},
            )

    async def groups() -> set[str]:
        async with world.services.database.connect() as conn:
            rows = await conn.scalars(
                text(
                    "SELECT g.name FROM group_members m JOIN groups g ON g.id = m.group_id "
                    "JOIN users u ON u.id = m.user_id WHERE u.username = 'dana'"
                )
            )
            return set(rows)

    provider.add("dana-1", **DANA, groups=["eng", "unknown here"])
    await browser.sign_in(provider)
    assert await groups() == {"engineers"}
    provider.add("dana-1", **DANA, groups=["Support"])
    await browser.sign_in(provider)
    assert await groups() == {"support"}
    provider.add("dana-1", **DANA)
    await browser.sign_in(provider)
    assert await groups() == set()


async def test_address_and_name_follow_the_provider(world: World, browser: Browser, provider: OpenIdProvider) -> None:
    await browser.sign_in(provider)
    provider.add("dana-1", **{**DANA, "email": "dana.ito@example.com", "name": "Dana K. Ito"})
    await browser.sign_in(provider)
    me = (await browser.get(ME)).json()
    assert (me["email"], me["name"]) == ("dana.ito@example.com", "Dana K. Ito")
    provider.add("dana-1", **{**DANA, "email": "alice@example.com"})
    assert (await browser.sign_in(provider)).status_code == 307
    me = (await browser.get(ME)).json()
    assert me["email"] == "dana.ito@example.com"


async def test_sign_ins_are_in_the_audit_log(world: World, browser: Browser, provider: OpenIdProvider) -> None:
    await browser.sign_in(provider)
    provider.add("mallory", **{**DANA, "email": "alice@example.com"})
    await browser.sign_in(provider)
    async with world.services.database.connect() as conn:
        rows = await conn.execute(
            text("SELECT action, actor_name, details->>'login_type' FROM audit_log WHERE id > :after ORDER BY id"),
            {"after": 0},
        )
        acts = [tuple(row) for row in rows if row[2] == "oidc" or row[0] == "link_identity"]
    assert acts == [
        ("create", "dana", "oidc"),
        ("link_identity", "dana", None),
        ("login", "dana", "oidc"),
        ("login_failed", "", "oidc"),
    ]
