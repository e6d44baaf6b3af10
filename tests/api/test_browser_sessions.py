"""A browser that has only its cookies: what it may send, what a foreign page may make it send, and over TLS."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.support.contract_checker import CheckedTransport
from tests.support.plain_http import plain_transport
from tests.support.world import CHATS, PASSWORD, World

LOGIN = "/api/v2/users/login"
LOGOUT = "/api/v2/users/logout"
ME = "/api/v2/users/me"
ALICE = {"email": "alice@example.com", "password": PASSWORD}


@pytest_asyncio.fixture
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client that keeps and sends cookies, signed in as Alice."""
    transport = CheckedTransport(plain_transport(), world.checker)
    async with httpx.AsyncClient(base_url=world.url, transport=transport, timeout=30) as browser:
        assert (await browser.post(LOGIN, json=ALICE)).status_code == 201
        yield browser


def _new_chat(world: World) -> dict[str, Any]:
    return {"organization_id": world.facts.organization_id, "content": [{"type": "text", "text": "hello"}]}


def _proof(browser: httpx.AsyncClient) -> dict[str, str]:
    """What a page of this origin does: it reads the cookie that scripts may read, and sends it as a header."""
    return {"X-CSRF-TOKEN": browser.cookies["csrf_token"]}


async def test_cookie_alone_reads(browser: httpx.AsyncClient) -> None:
    assert (await browser.get(ME)).json()["username"] == "alice"


async def test_foreign_page_can_make_the_browser_send_but_not_act(world: World, browser: httpx.AsyncClient) -> None:
    """A form of another site comes with the cookie and cannot read the other one."""
    refused = await browser.post(CHATS, json=_new_chat(world))
    assert refused.status_code == 400
    assert refused.headers["content-type"].startswith("text/plain")
    assert refused.text.startswith("Something is wrong with your CSRF token.")
    assert (await browser.get(CHATS)).json() == []
    assert (await browser.post(LOGOUT)).status_code == 400
    assert (await browser.get(ME)).status_code == 200


async def test_page_of_this_origin_acts_with_its_proof(world: World, browser: httpx.AsyncClient) -> None:
    created = await browser.post(CHATS, json=_new_chat(world), headers=_proof(browser))
    assert created.status_code == 201
    changed = await browser.patch(f"{CHATS}/{created.json()['id']}", json={"title": "Mine"}, headers=_proof(browser))
    assert changed.status_code == 204
    assert (await browser.post(LOGOUT, headers=_proof(browser))).status_code == 200
    assert "coder_session_token" not in browser.cookies
    assert "csrf_token" not in browser.cookies
    assert (await browser.get(ME)).status_code == 401


async def test_proof_of_another_session_is_none(world: World, browser: httpx.AsyncClient) -> None:
    """An attacker with an account of his own has a proof too, for his own session."""
    async with httpx.AsyncClient(base_url=world.url) as attacker:
        await attacker.post(LOGIN, json={**ALICE, "email": "bob@example.com"})
        proof = _proof(attacker)
    assert (await browser.post(CHATS, json=_new_chat(world), headers=proof)).status_code == 400
    earlier = _proof(browser)
    assert (await browser.post(LOGIN, json=ALICE, headers=earlier)).status_code == 201
    assert _proof(browser) != earlier
    assert (await browser.post(CHATS, json=_new_chat(world), headers=earlier)).status_code == 400


@pytest.mark.parametrize("proof", ["", "0" * 64, "\u00e4".encode().decode("latin-1")])
async def test_guessed_proof_is_refused(world: World, browser: httpx.AsyncClient, proof: str) -> None:
    headers = {"X-CSRF-TOKEN": proof.encode("latin-1")}
    assert (await browser.post(CHATS, json=_new_chat(world), headers=headers)).status_code == 400


async def test_session_cookie_is_not_for_scripts_and_its_proof_is(world: World) -> None:
    opened = await world.anonymous.post(LOGIN, ALICE)
    session, proof = opened.headers.get_list("set-cookie")
    assert set(session.split("; ")[1:]) == {"Path=/", "Max-Age=31536000", "HttpOnly", "SameSite=Lax"}
    assert set(proof.split("; ")[1:]) == {"Path=/", "Max-Age=31536000", "SameSite=Lax"}


@pytest.mark.settings(access_url="https://chat.example.com")
async def test_cookies_are_secure_behind_tls(world: World) -> None:
    opened = await world.anonymous.post(LOGIN, ALICE)
    assert all("; SameSite=Lax; Secure" in cookie for cookie in opened.headers.get_list("set-cookie"))
    closed = await world.anonymous.as_user(opened.json()["session_token"]).post(LOGOUT)
    assert all("; SameSite=Lax; Secure" in cookie for cookie in closed.headers.get_list("set-cookie"))


@pytest.mark.settings(access_url="https://chat.example.com", secure_cookies=False)
async def test_secure_can_be_switched_off(world: World) -> None:
    opened = await world.anonymous.post(LOGIN, ALICE)
    assert not any("Secure" in cookie for cookie in opened.headers.get_list("set-cookie"))


@pytest.mark.settings(secure_cookies=True)
async def test_secure_can_be_switched_on(world: World) -> None:
    opened = await world.anonymous.post(LOGIN, ALICE)
    assert all("; Secure" in cookie for cookie in opened.headers.get_list("set-cookie"))
