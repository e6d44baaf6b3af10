"""A server on which nothing processes chats accepts nothing that would need it."""

import uuid

import pytest
from sqlalchemy import insert

from models import Chat
from tests.api.chats import refusal, rest, text
from tests.api.refusals import NOT_FOUND, NOT_JSON
from tests.support.world import CHATS, World

pytestmark = pytest.mark.settings(processor="disabled")

UNAVAILABLE = (500, "Chat processor is unavailable.", "Chat processor is not configured.")


async def _chat(world: World) -> str:
    chat_id = uuid.uuid4()
    row = {
        "id": chat_id,
        "root_chat_id": chat_id,
        "organization_id": world.facts.organization_id,
        "owner_id": world.facts.user_ids["alice"],
        "last_model_config_id": world.facts.model_config_id,
        "title": "t",
        "client_type": "api",
        "status": "running",
        **{name: {} for name in ("labels", "user_acl", "group_acl")},
        **{name: [] for name in ("mcp_server_ids", "dynamic_tools", "pending_tool_calls")},
        **dict.fromkeys(("snapshot_version", "history_version"), 1),
        **dict.fromkeys(("queue_version", "retry_state_version", "generation_attempt"), 0),
    }
    async with world.services.database.begin() as conn:
        await conn.execute(insert(Chat).values(row))
    return str(chat_id)


async def test_what_needs_a_processor_is_refused_and_reading_is_not(world: World) -> None:
    chat_id = await _chat(world)
    chat = f"{CHATS}/{chat_id}"
    creation = {"organization_id": world.facts.organization_id, "content": [text("hello")]}
    requests = [
        ("POST", CHATS, creation),
        ("PATCH", chat, {"title": "x"}),
        ("POST", f"{chat}/messages", {"content": [text("hello")]}),
        ("POST", f"{chat}/interrupt", None),
        ("DELETE", f"{chat}/queue/1", None),
        ("POST", f"{chat}/queue/1/promote", None),
    ]
    for method, path, body in requests:
        options = {} if body is None else {"json": body}
        assert refusal(await world.alice.request(method, path, **options)) == UNAVAILABLE, path
    for path in (chat, f"{chat}/messages", CHATS, f"{chat}/acl"):
        assert (await world.alice.get(path)).status_code == 200


async def test_its_place_among_the_checks(world: World) -> None:
    chat_id = await _chat(world)
    # First for these, so that a stranger hears of it too ...
    for method, path in (("POST", "interrupt"), ("DELETE", "queue/1"), ("POST", "queue/1/promote")):
        assert refusal(await world.bob.request(method, f"{CHATS}/{chat_id}/{path}")) == UNAVAILABLE
    # ... but behind the right to update here, and behind the schema everywhere.
    assert refusal(await world.bob.patch(f"{CHATS}/{chat_id}", {"title": "x"}))[:2] == (404, NOT_FOUND)
    assert refusal(await world.alice.request("POST", CHATS, content=b"{"))[:2] == (400, NOT_JSON)
    # Sending looks at the right, the owner and the archive first.
    message = {"content": [text("hello")]}
    assert (await world.bob.post(f"{CHATS}/{chat_id}/messages", message)).status_code == 404
    assert (await world.carol.post(f"{CHATS}/{chat_id}/messages", message)).status_code == 403
    await rest(world, chat_id, archived=True)
    archived = (400, "Cannot send messages to an archived chat.", None)
    assert refusal(await world.alice.post(f"{CHATS}/{chat_id}/messages", message)) == archived
    nobodys = {"organization_id": str(uuid.uuid4()), "content": [text("hello")]}
    assert refusal(await world.alice.post(CHATS, nobodys)) == UNAVAILABLE
