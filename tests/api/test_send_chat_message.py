"""send-chat-message: its checks in the contract's order, and what becomes of an accepted message."""

import asyncio
import secrets
import uuid
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy import text as sql

from models import AIProvider, ChatFile, ChatModelConfig
from palaver.attachments import ALLOWED_TYPES_TEXT
from tests.api.chats import NIL, changed, refusal, rest, send, text, upload
from tests.support.world import CHATS, World, demo_model, demo_provider

UNKNOWN_ID = "5e0c1a52-2f0c-4f0e-9d8b-0d8d8a3f6f11"
NOT_FOUND = (404, "Resource not found or you do not have access to this resource", None)
ARCHIVED = (400, "Cannot send messages to an archived chat.", None)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


@pytest.fixture
async def chat_id(world: World) -> str:
    """An idle chat of alice."""
    chat = await world.create_chat()
    await rest(world, chat["id"])
    return str(chat["id"])


# ---- 1 to 4: may the caller, is it the owner, is it live, is there a processor ----


async def test_an_unknown_chat_is_not_found(world: World) -> None:
    assert refusal(await send(world.alice, str(uuid.uuid4()))) == NOT_FOUND


async def test_a_chat_of_somebody_else_is_not_found(world: World, chat_id: str) -> None:
    assert refusal(await send(world.bob, chat_id)) == NOT_FOUND


async def test_a_reader_by_share_gets_not_found_too_for_he_may_not_update(world: World, chat_id: str) -> None:
    roles = {"user_roles": {world.facts.user_ids["bob"]: "read"}}
    assert (await world.alice.patch(f"{CHATS}/{chat_id}/acl", roles)).status_code == 204
    assert (await world.bob.get(f"{CHATS}/{chat_id}")).status_code == 200
    assert refusal(await send(world.bob, chat_id)) == NOT_FOUND


@pytest.mark.parametrize("caller", ["carol", "owner"])
async def test_an_administrator_who_may_update_the_chat_may_not_send(world: World, chat_id: str, caller: str) -> None:
    # carol administers the organization, owner the site: both would spend alice's credentials.
    response = await send(getattr(world, caller), chat_id)
    assert refusal(response) == (403, "Only the chat owner may send messages.", None)


async def test_ownership_is_looked_at_before_the_archive(world: World, chat_id: str) -> None:
    await rest(world, chat_id, archived=True)
    assert (await send(world.carol, chat_id)).status_code == 403
    assert refusal(await send(world.alice, chat_id)) == ARCHIVED


# ---- the schema comes first, then 5 to 7 ----


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], (400, "Content is required.", "Content cannot be empty.")),
        ([{"type": "text", "text": "  \n "}], (400, "Invalid input part.", "content[0].text cannot be empty.")),
        (
            [{"type": "text", "text": "a"}, {"type": "text", "text": ""}],
            (400, "Invalid input part.", "content[1].text cannot be empty."),
        ),
        ([{"type": "text", "text": "\x1c"}], (400, "Invalid input part.", "content[0].text cannot be empty.")),
        ([{"type": "file"}], (400, "Invalid input part.", "content[0].file_id is required for file parts.")),
        (
            [{"type": "file", "file_id": NIL}],
            (400, "Invalid input part.", "content[0].file_id is required for file parts."),
        ),
        (
            [{"type": "file", "file_id": UNKNOWN_ID}],
            (400, "Invalid input part.", "content[0].file_id references a file that does not exist."),
        ),
        (
            [{"type": "file-reference", "file_name": ""}],
            (400, "Invalid input part.", "content[0].file_name cannot be empty for file-reference."),
        ),
        (
            [{"type": "file-reference", "file_name": " "}],
            (400, "Invalid input part.", "content[0].file_name cannot be empty for file-reference."),
        ),
        ([{"type": "Audio"}], (400, "Invalid input part.", 'content[0].type "Audio" is not supported.')),
    ],
)
async def test_wrong_content_is_refused_with_its_index(
    world: World, chat_id: str, content: list[dict[str, Any]], expected: tuple[int, str, str]
) -> None:
    assert refusal(await send(world.alice, chat_id, content)) == expected


async def test_a_body_that_breaks_the_schema_is_refused_before_authorization(world: World, chat_id: str) -> None:
    assert (await send(world.bob, chat_id, [])).status_code == 400
    assert (await send(world.anonymous, chat_id, [])).status_code == 401


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"content": "text"}', b'{"content": [{"type": 1}]}', b"\xff"])
async def test_what_is_no_json_or_of_a_wrong_type_is_told_so(world: World, chat_id: str, body: bytes) -> None:
    response = await world.alice.request("POST", f"{CHATS}/{chat_id}/messages", content=body)
    assert response.status_code == 400
    assert response.json()["message"] == "Request body must be valid JSON."


async def test_types_are_compared_trimmed_and_in_lower_case_and_text_is_trimmed(world: World, chat_id: str) -> None:
    answer = (await send(world.alice, chat_id, [{"type": " TEXT ", "text": "  hi  ", "file_id": NIL}])).json()
    assert answer["message"]["content"] == [text("hi")]


async def test_a_file_of_a_stranger_does_not_exist(world: World, chat_id: str) -> None:
    file_id = (await upload(world, api=world.bob)).json()["id"]
    response = await send(world.alice, chat_id, [{"type": "file", "file_id": file_id}])
    assert refusal(response)[2] == "content[0].file_id references a file that does not exist."


async def test_a_stored_file_of_a_type_that_is_not_allowed_is_refused(world: World, chat_id: str) -> None:
    row = {
        "id": uuid.uuid4(),
        "owner_id": world.facts.user_ids["alice"],
        "organization_id": world.facts.organization_id,
        "name": "a.svg",
        "mime_type": "image/svg+xml",
        "size": 1,
        "data": b"x",
    }
    async with world.services.database.begin() as conn:
        await conn.execute(insert(ChatFile).values(row))
    response = await send(world.alice, chat_id, [{"type": "file", "file_id": str(row["id"])}])
    detail = f"content[0].file_id references a file type that cannot be used as prompt input. {ALLOWED_TYPES_TEXT}"
    assert refusal(response) == (400, "Invalid input part.", detail)


async def test_unknown_mcp_servers_are_named_in_request_order(world: World, chat_id: str) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    response = await send(world.alice, chat_id, mcp_server_ids=[second, first])
    assert refusal(response) == (400, "One or more MCP server IDs are invalid.", f"Invalid IDs: {second}, {first}")


async def test_content_is_looked_at_before_mcp_servers_and_those_before_the_model(world: World, chat_id: str) -> None:
    wrong = {"mcp_server_ids": [str(uuid.uuid4())], "model_config_id": str(uuid.uuid4())}
    missing_file = [{"type": "file", "file_id": str(uuid.uuid4())}]
    assert refusal(await send(world.alice, chat_id, missing_file, **wrong))[1] == "Invalid input part."
    assert refusal(await send(world.alice, chat_id, **wrong))[1] == "One or more MCP server IDs are invalid."


@pytest.mark.parametrize(
    ("field", "value", "message", "detail"),
    [
        ("plan_mode", "sideways", "Invalid plan_mode value.", None),
        ("busy_behavior", "wait", "Invalid busy_behavior value.", 'Must be "queue" or "interrupt".'),
        (
            "reasoning_effort",
            "huge",
            "Invalid reasoning_effort value.",
            'Invalid value "huge", must be one of none, minimal, low, medium, high, xhigh, max',
        ),
        (
            "model_config_id",
            UNKNOWN_ID,
            "Invalid model_config_id: model config not found or disabled.",
            None,
        ),
    ],
)
async def test_wrong_selections_get_the_wires_texts(
    world: World, chat_id: str, field: str, value: str, message: str, detail: str | None
) -> None:
    assert refusal(await send(world.alice, chat_id, **{field: value})) == (400, message, detail)


async def test_a_model_of_a_disabled_provider_or_without_a_key_is_refused(world: World, chat_id: str) -> None:
    disabled = (await world.owner.post("/api/v2/ai/providers", demo_provider())).json()
    config = (await world.owner.post(f"{CHATS}/model-configs", demo_model(disabled["id"], model="off"))).json()
    await world.owner.patch(f"/api/v2/ai/providers/{disabled['id']}", {"enabled": False})
    response = await send(world.alice, chat_id, model_config_id=config["id"])
    assert refusal(response)[1] == "Invalid model_config_id: provider is not enabled for this model."
    body = demo_provider(type="anthropic", base_url="http://127.0.0.1:9/")
    keyless = (await world.owner.post("/api/v2/ai/providers", body)).json()
    config = (await world.owner.post(f"{CHATS}/model-configs", demo_model(keyless["id"], model="c"))).json()
    response = await send(world.alice, chat_id, model_config_id=config["id"])
    assert refusal(response)[1] == "Invalid model_config_id: provider credentials unavailable for this model."


async def test_without_a_usable_model_a_send_is_refused(world: World, chat_id: str) -> None:
    expected = "The default chat model or its provider is disabled."
    async with changed(world, AIProvider, enabled=False):
        got = refusal(await send(world.alice, chat_id))
        assert got == (400, "No default chat model config is configured.", expected)
        async with changed(world, ChatModelConfig, deleted=True, is_default=False):
            got = refusal(await send(world.alice, chat_id))
    assert got == (400, "No default chat model config is configured.", None)


# ---- 8: what the state machine decides ----


async def test_an_idle_chat_takes_the_message_into_its_history(world: World, chat_id: str) -> None:
    answer = (await send(world.alice, chat_id, [text("hello")])).json()
    assert answer["queued"] is False
    assert answer["message"]["role"] == "user"
    assert answer["message"]["created_by"] == world.facts.user_ids["alice"]
    assert answer["messages"] == [answer["message"]]
    assert (await world.alice.get(f"{CHATS}/{chat_id}")).json()["status"] == "running"


async def test_a_running_chat_queues_the_message(world: World) -> None:
    chat = await world.create_chat()
    answer = (await send(world.alice, chat["id"], [text("later")])).json()
    assert answer["queued"] is True
    assert "message" not in answer
    page = (await world.alice.get(f"{CHATS}/{chat['id']}/messages")).json()
    assert page["queued_messages"] == [answer["queued_message"]]
    assert (await world.alice.get(f"{CHATS}/{chat['id']}")).json()["status"] == "running"


async def test_an_interrupting_send_asks_the_turn_to_stop(world: World) -> None:
    chat = await world.create_chat()
    answer = (await send(world.alice, chat["id"], busy_behavior="interrupt")).json()
    assert answer["queued"] is True
    assert (await world.alice.get(f"{CHATS}/{chat['id']}")).json()["status"] == "interrupting"


async def test_a_full_queue_refuses_with_429(world: World) -> None:
    chat = await world.create_chat()
    for _ in range(20):
        assert (await send(world.alice, chat["id"])).status_code == 200
    assert refusal(await send(world.alice, chat["id"])) == (
        429,
        "Message queue is full.",
        "Maximum 20 messages can be queued.",
    )


async def test_an_errored_chat_with_a_queue_takes_the_message_last_and_promotes_the_head(world: World) -> None:
    chat = await world.create_chat()
    await send(world.alice, chat["id"], [text("second")])
    await rest(world, chat["id"], status="error", last_error={"message": "no", "retryable": False})
    answer = (await send(world.alice, chat["id"], [text("third")])).json()
    assert answer["queued"] is True
    assert answer["queued_message"]["content"] == [text("third")]
    assert [message["content"] for message in answer["messages"]] == [[text("second")]]
    page = (await world.alice.get(f"{CHATS}/{chat['id']}/messages")).json()
    assert [entry["content"] for entry in page["queued_messages"]] == [[text("third")]]


async def test_a_chat_in_an_unknown_state_refuses_with_409(world: World) -> None:
    chat = await world.create_chat()
    await send(world.alice, chat["id"])
    await rest(world, chat["id"])  # waiting with a queue is no state
    status, message, _ = refusal(await send(world.alice, chat["id"]))
    assert (status, message) == (409, "Chat is in an invalid state.")


async def test_selections_are_stored_on_the_chat_also_when_the_message_waits(world: World) -> None:
    server = {
        "display_name": "Docs",
        "slug": f"docs-{secrets.token_hex(2)}",
        "transport": "streamable_http",
        "url": "http://127.0.0.1:9/mcp",
        "auth_type": "none",
        "availability": "default_off",
    }
    server_id = (await world.owner.post("/api/experimental/mcp/servers", server)).json()["id"]
    chat = await world.create_chat()
    answer = (await send(world.alice, chat["id"], mcp_server_ids=[server_id], plan_mode="plan")).json()
    assert answer["queued"]
    stored = (await world.alice.get(f"{CHATS}/{chat['id']}")).json()
    assert (stored["mcp_server_ids"], stored["plan_mode"]) == ([server_id], "plan")
    await send(world.alice, chat["id"], mcp_server_ids=None, plan_mode=None)
    assert (await world.alice.get(f"{CHATS}/{chat['id']}")).json()["mcp_server_ids"] == [server_id]
    await send(world.alice, chat["id"], mcp_server_ids=[], plan_mode="")
    stored = (await world.alice.get(f"{CHATS}/{chat['id']}")).json()
    assert stored["mcp_server_ids"] == []
    assert "plan_mode" not in stored


async def test_a_repeated_mcp_server_is_refused_with_an_empty_list(world: World, chat_id: str) -> None:
    async with world.services.database.begin() as conn:
        server_id = (await conn.execute(sql("SELECT gen_random_uuid()"))).scalar_one()
        await conn.execute(
            sql(
                "INSERT INTO mcp_server_configs (id, display_name, slug, transport, url, auth_type,"
                " tool_allow_list, tool_deny_list, availability)"
                " VALUES (:id, 'x', 'x', 'sse', 'http://x', 'none', '{}', '{}', 'force_on')"
            ),
            {"id": server_id},
        )
    response = await send(world.alice, chat_id, mcp_server_ids=[str(server_id), str(server_id)])
    assert refusal(response)[:2] == (400, "One or more MCP server IDs are invalid.")


async def test_files_are_linked_all_or_none_with_a_warning(world: World, chat_id: str) -> None:
    files = [(await upload(world, name=f"{number}.txt")).json()["id"] for number in range(3)]
    parts = [{"type": "file", "file_id": file_id} for file_id in files]
    assert "warnings" not in (await send(world.alice, chat_id, parts)).json()
    linked = (await world.alice.get(f"{CHATS}/{chat_id}")).json()["files"]
    assert {file["id"] for file in linked} == set(files)
    async with world.services.database.begin() as conn:
        await conn.execute(
            sql(
                "WITH new AS (INSERT INTO chat_files (id, owner_id, organization_id, name, mime_type, size, data)"
                " SELECT gen_random_uuid(), :owner, :organization, 'f', 'text/plain', 1, 'x'"
                " FROM generate_series(1, 46) RETURNING id)"
                " INSERT INTO chat_file_links (chat_id, file_id) SELECT :chat, id FROM new"
            ),
            {
                "owner": world.facts.user_ids["alice"],
                "organization": world.facts.organization_id,
                "chat": chat_id,
            },
        )
    more = [(await upload(world, name=f"m{number}.txt")).json()["id"] for number in range(2)]
    answer = (await send(world.alice, chat_id, [{"type": "file", "file_id": file_id} for file_id in more])).json()
    assert answer["warnings"] == ["file linking skipped: batch of 2 file(s) would exceed limit of 50"]
    assert answer["queued_message"]["content"][0]["file_id"] == more[0]


async def test_a_nul_character_survives_the_round_trip(world: World, chat_id: str) -> None:
    answer = (await send(world.alice, chat_id, [text("a\x00b")])).json()
    assert answer["message"]["content"] == [text("a\x00b")]
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert page["messages"][0]["content"] == [text("a\x00b")]


async def test_fifty_sends_at_once_are_each_accepted_once_or_refused(world: World, chat_id: str) -> None:
    responses = await asyncio.gather(*(send(world.alice, chat_id, [text(str(number))]) for number in range(50)))
    accepted = [response for response in responses if response.status_code == 200]
    assert {response.status_code for response in responses} == {200, 429}
    assert len(accepted) == 21
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    stored = [message for message in page["messages"] if message["content"] != [text("hello")]]
    queued = page["queued_messages"]
    assert len(stored) == 1
    assert len(queued) == 20
    said = [message["content"][0]["text"] for message in stored] + [entry["content"][0]["text"] for entry in queued]
    told = [
        (response.json().get("message") or response.json()["queued_message"])["content"][0]["text"]
        for response in accepted
    ]
    assert sorted(said) == sorted(told)
    assert [entry["id"] for entry in queued] == sorted(entry["id"] for entry in queued)


# ---- Idempotency-Key ----


async def keyed(world: World, chat_id: str, key: str, words: str = "once") -> Any:
    """A send with a key of the chat's own."""
    return await world.alice.post(
        f"{CHATS}/{chat_id}/messages", {"content": [text(words)]}, headers={"Idempotency-Key": f"{key}-{chat_id}"}
    )


async def test_a_repeated_key_gets_the_kept_answer_and_has_no_second_effect(world: World, chat_id: str) -> None:
    first = await keyed(world, chat_id, "k1")
    second = await keyed(world, chat_id, "k1")
    assert second.json() == first.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert page["queued_messages"] == []


async def test_a_kept_answer_is_given_whatever_became_of_the_chat_since(world: World, chat_id: str) -> None:
    first = await keyed(world, chat_id, "k1")
    await rest(world, chat_id, archived=True)
    assert (await keyed(world, chat_id, "k1")).json() == first.json()


async def test_a_key_of_another_request_is_refused(world: World, chat_id: str) -> None:
    await keyed(world, chat_id, "k1")
    expected = (422, "Idempotency key was used with a different request.", None)
    assert refusal(await keyed(world, chat_id, "k1", "twice")) == expected


async def test_two_requests_with_one_key_at_once_have_one_effect(world: World, chat_id: str) -> None:
    responses = await asyncio.gather(*(keyed(world, chat_id, "k1") for _ in range(8)))
    assert {response.status_code for response in responses} == {200}
    assert len({response.text for response in responses}) == 1
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert page["queued_messages"] == []
    assert len([message for message in page["messages"] if message["content"] == [text("once")]]) == 1


async def test_a_refusal_is_not_kept(world: World, chat_id: str) -> None:
    await rest(world, chat_id, archived=True)
    assert (await keyed(world, chat_id, "k1")).status_code == 400
    await rest(world, chat_id, archived=False)
    assert (await keyed(world, chat_id, "k1")).status_code == 200


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256])
async def test_a_key_must_be_visible_ascii_of_bounded_length(world: World, chat_id: str, key: str) -> None:
    response = await world.alice.post(
        f"{CHATS}/{chat_id}/messages",
        {"content": [text("once")]},
        headers=[(b"Idempotency-Key", key.encode())],
    )
    assert response.status_code == 400
