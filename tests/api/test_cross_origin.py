"""A page of another origin, as its browser calls: over HTTP, by server-sent events and by WebSocket."""

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.plain_http import plain_transport
from tests.support.world import CHATS, PASSWORD, World

ORIGIN = "https://chat.example.com"


@pytest.mark.settings(allowed_origins=ORIGIN)
async def test_allowed_page_signs_in_sends_and_watches_by_token_and_never_by_cookie(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    path = f"{CHATS}/{chat_id}/stream"
    async with httpx.AsyncClient(base_url=world.url, transport=plain_transport(), timeout=30) as browser:
        page = {"Origin": ORIGIN}
        body = {"email": "alice@example.com", "password": PASSWORD}
        answer = await browser.post("/api/v2/users/login", json=body, headers=page)
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        token = {"Coder-Session-Token": answer.json()["session_token"]}
        cookie = f"coder_session_token={browser.cookies['coder_session_token']}"

        assert (await browser.get(CHATS, headers=page)).status_code == 401  # though its cookie came along
        assert (await browser.get(CHATS, headers=page | token)).json()[0]["id"] == chat_id
        sent = await browser.patch(f"{CHATS}/{chat_id}", json={"title": "Elsewhere"}, headers=page | token)
        assert sent.status_code == 204  # no proof against forgery is wanted: no cookie counts
        async with browser.stream("GET", path, headers=page | token) as events:
            assert events.headers["access-control-allow-origin"] == ORIGIN
            assert await anext(events.aiter_lines()) == ": open"

    url = f"{world.url.replace('http', 'ws', 1)}{path}"
    options = {"origin": ORIGIN, "additional_headers": {"Cookie": cookie}, "proxy": None}
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, **options)  # type: ignore[arg-type]
    assert refused.value.response.status_code == 401
    async with connect(f"{url}?coder_session_token={token['Coder-Session-Token']}", **options) as socket:  # type: ignore[arg-type]
        assert b"message" in (await socket.recv(decode=False))
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, **options | {"origin": "https://evil.example"})  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403
