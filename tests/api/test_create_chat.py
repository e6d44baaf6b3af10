"""create-chat: its checks in the contract's order, and what is stored."""

import asyncio
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select

from models import AIProvider, Chat, ChatMessage, ChatModelConfig
from palaver.configuration.prompts import DEFAULT_SYSTEM_PROMPT
from tests.api.chats import NIL, changed, narrowed, read, refusal, text, upload
from tests.api.refusals import FORBIDDEN, NOT_JSON
from tests.support.world import CHATS, World, demo_model, demo_provider

NOT_A_MEMBER = "You are not a member of the specified organization."
NOT_EMPTY = "Content cannot be empty."
FILE_ID_MISSING = "content[0].file_id is required for file parts."
UNKNOWN_MODEL = "Invalid model_config_id: model config not found or disabled."
NO_WORKSPACE = "Workspace not found or you do not have access to this resource"
MCP_SERVER = {
    "display_name": "Docs",
    "slug": "docs",
    "transport": "streamable_http",
    "url": "http://127.0.0.1:9/mcp",
    "auth_type": "none",
    "availability": "default_off",
}


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for the tests that only add chats."""
    return shared_world


async def create(world: World, caller: str = "alice", **fields: Any) -> Any:
    """The response to a creation; a field that is `...` is left out."""
    body = {"organization_id": world.facts.organization_id, "content": [text("hello")], **fields}
    body = {key: value for key, value in body.items() if value is not ...}
    return await getattr(world, caller).post(CHATS, body)


async def row(world: World, chat_id: str) -> Any:
    """The stored chat."""
    async with world.services.database.connect() as conn:
        return (await conn.execute(select(Chat.__table__).where(Chat.id == uuid.UUID(chat_id)))).one()


# ---- refusals ----

SINGLE = [
    ("organization_id", ..., "organization_id is required.", None),
    ("organization_id", None, "organization_id is required.", None),
    ("organization_id", NIL, "organization_id is required.", None),
    ("organization_id", "here", NOT_JSON, ...),
    ("content", ..., "Content is required.", NOT_EMPTY),
    ("content", None, "Content is required.", NOT_EMPTY),
    ("content", [], "Content is required.", NOT_EMPTY),
    ("content", "hello", NOT_JSON, ...),
    ("content", [text(" \n")], "Invalid input part.", "content[0].text cannot be empty."),
    ("content", [text("a"), {"type": "text"}], "Invalid input part.", "content[1].text cannot be empty."),
    ("content", [{"type": "file"}], "Invalid input part.", FILE_ID_MISSING),
    ("content", [{"type": "file", "file_id": NIL}], "Invalid input part.", FILE_ID_MISSING),
    (
        "content",
        [{"type": "file", "file_id": str(uuid.uuid4())}],
        "Invalid input part.",
        "content[0].file_id references a file that does not exist.",
    ),
    (
        "content",
        [{"type": "file-reference"}],
        "Invalid input part.",
        "content[0].file_name cannot be empty for file-reference.",
    ),
    ("content", [{"type": "Audio"}], "Invalid input part.", 'content[0].type "Audio" is not supported.'),
    (
        "system_prompt",
        "é" * 5001,
        "System prompt exceeds maximum length.",
        "System prompt must be at most 10000 characters, got 10002.",
    ),
    ("workspace_id", str(uuid.uuid4()), NO_WORKSPACE, None),
    ("workspace_id", "x", NOT_JSON, ...),
    ("model_config_id", str(uuid.uuid4()), UNKNOWN_MODEL, None),
    ("plan_mode", "later", "Invalid plan_mode value.", None),
    ("mcp_server_ids", ["x"], NOT_JSON, ...),
    ("labels", {"a": 1}, NOT_JSON, ...),
    ("unsafe_dynamic_tools", [{"name": ""}], "Dynamic tool name must not be empty.", None),
    ("unsafe_dynamic_tools", [{}], "Dynamic tool name must not be empty.", None),
    (
        "unsafe_dynamic_tools",
        [{"name": "pick"}, {"name": "pick"}],
        "Duplicate dynamic tool name.",
        'Tool "pick" appears more than once.',
    ),
    (
        "unsafe_dynamic_tools",
        [{"name": f"t{number}"} for number in range(251)],
        "Too many dynamic tools.",
        "Maximum 250 dynamic tools per chat.",
    ),
    ("client_type", "cli", "Invalid client_type.", 'got "cli", want one of [ui api]'),
    (
        "reasoning_effort",
        "huge",
        "Invalid reasoning_effort value.",
        'Invalid value "huge", must be one of none, minimal, low, medium, high, xhigh, max',
    ),
]


async def test_every_field_is_refused_in_the_wires_words(world: World) -> None:
    wrong = []
    for field, value, message, detail in SINGLE:
        got = refusal(await create(world, **{field: value}))
        if got[:2] != (400, message) or (detail is not ... and got[2] != detail):
            wrong.append(f"{field}={str(value)[:60]}: {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff"])
async def test_what_is_no_json_object_is_told_so(world: World, body: bytes) -> None:
    response = await world.alice.request("POST", CHATS, content=body)
    assert refusal(response)[:2] == (400, NOT_JSON)


async def test_the_checks_stand_in_the_contracts_order(world: World) -> None:
    """Everything is wrong at first; what answered is put right, and the next check answers."""
    server, unknown = (await world.owner.post("/api/experimental/mcp/servers", MCP_SERVER)).json()["id"], uuid.uuid4()
    faults: dict[str, Any] = {
        "organization_id": NIL,
        "system_prompt": "x" * 10_001,
        "content": [{"type": "file", "file_id": str(unknown)}],
        "workspace_id": str(unknown),
        "model_config_id": str(unknown),
        "mcp_server_ids": [server, str(unknown)],
        "labels": {"": "x"},
        "unsafe_dynamic_tools": [{"name": "a"}, {"name": "a"}],
    }
    corrections = [
        ("organization_id", str(unknown), (400, "organization_id is required.", None)),
        ("organization_id", ..., (403, NOT_A_MEMBER, None)),
        ("system_prompt", None, (400, "System prompt exceeds maximum length.", ...)),
        ("content", [text("hello")], (400, "Invalid input part.", ...)),
        ("workspace_id", NIL, (400, NO_WORKSPACE, None)),
        ("model_config_id", NIL, (400, UNKNOWN_MODEL, None)),
        ("model_config_id", None, (400, "Invalid model config ID.", None)),
        ("mcp_server_ids", [server], (400, "One or more MCP server IDs are invalid.", f"Invalid IDs: {unknown}")),
        ("labels", {}, (400, "Invalid labels.", None)),
        ("unsafe_dynamic_tools", [{"name": "a"}], (400, "Duplicate dynamic tool name.", ...)),
    ]
    for field, value, expected in corrections:
        got = refusal(await create(world, **faults))
        assert got[:2] == expected[:2], field
        assert expected[2] in (..., got[2])
        faults[field] = world.facts.organization_id if value is ... else value
    assert (await create(world, **faults)).status_code == 201


async def test_a_member_needs_the_right_and_a_stranger_the_membership(world: World) -> None:
    body = {"organization_id": world.facts.organization_id, "content": [text("hello")]}
    async with narrowed(world, "alice", "chat:read") as reader:
        status, message, detail = refusal(await reader.post(CHATS, body))
    assert (status, message) == (403, FORBIDDEN)
    assert (detail or "").startswith("You don't have permission to view this content.")
    assert refusal(await create(world, organization_id=str(uuid.uuid4()))) == (403, NOT_A_MEMBER, None)
    # The schema is looked at before anybody's rights.
    assert (await create(world, "anonymous", content=[])).status_code == 401


async def test_a_body_beyond_the_cap_is_refused_unread(world: World) -> None:
    expected = (413, "Request body too large.", "http: request body too large")
    assert refusal(await create(world, content=[text("x" * 262_144)])) == expected
    fitting = 262_144 - len('{"organization_id":"","content":[{"type":"text","text":""}]}') - 36
    assert (await create(world, content=[text("x" * fitting)])).status_code == 201


@pytest.mark.parametrize(
    ("labels", "details"),
    [
        ({f"k{number}": "v" for number in range(51)} | {"": ""}, ["too many labels (52); maximum is 50"]),
        ({"": "v"}, ["label key must not be empty"]),
        ({"k" * 65: "v"}, [f'label key "{"k" * 65}" exceeds maximum length of 64 bytes']),
        (
            {"-a": "v"},
            ['label key "-a" contains invalid characters; must match ^[a-zA-Z0-9][a-zA-Z0-9._/-]*$'],
        ),
        ({"k": ""}, ['label value for key "k" must not be empty']),
        ({"k": "é" * 129}, ['label value for key "k" exceeds maximum length of 256 bytes']),
        (
            {"é": "", "a b": "v"},
            [
                'label key "é" contains invalid characters; must match ^[a-zA-Z0-9][a-zA-Z0-9._/-]*$',
                'label value for key "é" must not be empty',
                'label key "a b" contains invalid characters; must match ^[a-zA-Z0-9][a-zA-Z0-9._/-]*$',
            ],
        ),
    ],
)
async def test_every_broken_label_rule_is_told(world: World, labels: dict[str, str], details: list[str]) -> None:
    response = await create(world, labels=labels)
    assert refusal(response)[:2] == (400, "Invalid labels.")
    assert response.json()["validations"] == [{"field": "labels", "detail": detail} for detail in details]


async def test_the_limits_themselves_are_allowed(world: World) -> None:
    labels = {f"k{number}": "v" for number in range(48)} | {"k" * 64: "é" * 128, "a.b_c/d-e": "v"}
    answer = await create(
        world,
        labels=labels,
        system_prompt="x" * 10_000,
        unsafe_dynamic_tools=[{"name": f"t{number}"} for number in range(250)],
    )
    assert answer.status_code == 201
    assert answer.json()["labels"] == labels


# ---- what is stored ----


async def test_the_smallest_request_makes_a_running_chat_with_defaults(world: World) -> None:
    response = await create(world, content=[text("  Say hello  ")])
    chat = response.json()
    assert response.status_code == 201
    assert response.headers["location"] == f"{CHATS}/{chat['id']}"
    expected = {
        "status": "running",
        "owner_id": world.facts.user_ids["alice"],
        "owner_username": "alice",
        "organization_id": world.facts.organization_id,
        "root_chat_id": chat["id"],
        "title": "Say hello",
        "last_model_config_id": world.facts.model_config_id,
        "client_type": "api",
        "archived": False,
        "shared": False,
        "pin_order": 0,
        "labels": {},
        "mcp_server_ids": [],
        "children": [],
        "has_unread": False,
    }
    assert {key: chat.get(key) for key in expected} == expected
    assert chat["created_at"] == chat["updated_at"]
    assert not {"parent_chat_id", "plan_mode", "last_error", "files", "warnings"} & chat.keys()
    page = (await world.alice.get(f"{response.headers['location']}/messages")).json()
    (message,) = page["messages"]
    assert (message["role"], message["content"]) == ("user", [text("Say hello")])
    assert message["created_by"] == world.facts.user_ids["alice"]
    assert message["model_config_id"] == world.facts.model_config_id


async def test_every_field_is_stored(world: World) -> None:
    server = (await world.owner.post("/api/experimental/mcp/servers", MCP_SERVER | {"slug": "all"})).json()["id"]
    file_id = (await upload(world)).json()["id"]
    reference = {"type": "file-reference", "file_name": "a.py", "start_line": 1, "end_line": 2, "content": "x = 1"}
    tool = {"name": "pick", "description": "Picks.", "input_schema": {"type": "object"}}
    response = await create(
        world,
        content=[text("look"), {"type": "file", "file_id": file_id}, reference],
        system_prompt="Be\r\nbrief.\u200b\n\n\n\nPlease.",
        workspace_id=NIL,
        model_config_id=world.facts.model_config_id,
        reasoning_effort="low",
        mcp_server_ids=[server],
        labels={"team": "docs"},
        unsafe_dynamic_tools=[tool],
        plan_mode="plan",
        client_type="ui",
    )
    chat = response.json()
    expected = {
        "mcp_server_ids": [server],
        "labels": {"team": "docs"},
        "plan_mode": "plan",
        "client_type": "ui",
        "last_reasoning_effort": "low",
    }
    assert {key: chat.get(key) for key in expected} == expected
    (file,) = chat["files"]
    assert (file["id"], file["name"], file["mime_type"]) == (file_id, "notes.txt", "text/plain")
    stored = await row(world, chat["id"])
    assert stored.dynamic_tools == [tool]
    again = await read(world, chat["id"])
    assert {key: again[key] for key in (*expected, "files")} == {key: chat[key] for key in (*expected, "files")}
    page = (await world.alice.get(f"{CHATS}/{chat['id']}/messages")).json()
    kinds = [part["type"] for part in page["messages"][0]["content"]]
    assert kinds == ["text", "file", "file-reference"]
    async with world.services.database.connect() as conn:
        query = select(ChatMessage.role, ChatMessage.visibility, ChatMessage.content)
        messages = (await conn.execute(query.where(ChatMessage.chat_id == uuid.UUID(chat["id"])))).all()
    assert [message[:2] for message in messages[:2]] == [("system", "model")] * 2
    assert messages[0].content == [text(DEFAULT_SYSTEM_PROMPT)]
    assert messages[1].content == [text("Be\nbrief.\n\nPlease.")]
    # Clients see no system message.
    assert [message["role"] for message in page["messages"]] == ["user"]


async def test_null_is_absent(world: World) -> None:
    optional = ("system_prompt", "workspace_id", "model_config_id", "reasoning_effort", "mcp_server_ids", "labels")
    rest = ("unsafe_dynamic_tools", "plan_mode", "client_type")
    chat = (await create(world, **dict.fromkeys((*optional, *rest)))).json()
    assert (chat["client_type"], chat["labels"], chat["mcp_server_ids"]) == ("api", {}, [])


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ([text("one two three four five six")], "one two three four five six"),
        ([text("one  two\nthree four five six seven")], "one two three four five six…"),
        ([text("x" * 80)], "x" * 80),
        ([text("x" * 81)], "x" * 79 + "…"),
        ([text("one\x00two")], "onetwo"),
        ([{"type": "file-reference", "file_name": "a.py"}], "New Chat"),
    ],
)
async def test_the_title_is_made_of_the_text(world: World, content: list[dict[str, Any]], title: str) -> None:
    assert (await create(world, content=content)).json()["title"] == title


async def test_more_files_than_a_chat_may_have_are_not_linked_and_said_so(world: World) -> None:
    file_ids = [(await upload(world, name=f"{number}.txt")).json()["id"] for number in range(51)]
    chat = (await create(world, content=[{"type": "file", "file_id": file_id} for file_id in file_ids])).json()
    assert chat["warnings"] == ["file linking skipped: batch of 51 file(s) would exceed limit of 50"]
    assert "files" not in chat


# ---- Idempotency-Key ----


async def keyed(world: World, key: str, **fields: Any) -> Any:
    """A creation with a key."""
    body = {"organization_id": world.facts.organization_id, "content": [text("once")], **fields}
    return await world.alice.post(CHATS, body, headers={"Idempotency-Key": key})


async def test_a_repeated_key_gets_the_same_chat(world: World) -> None:
    responses = await asyncio.gather(*(keyed(world, "chat-1") for _ in range(5)))
    assert {response.status_code for response in responses} == {201}
    assert len({response.text for response in responses}) == 1
    assert len({response.headers["location"] for response in responses}) == 1
    assert sorted("idempotent-replayed" in response.headers for response in responses) == [False, *[True] * 4]
    async with world.services.database.connect() as conn:
        assert await conn.scalar(select(func.count()).where(Chat.title == "once")) == 1
    expected = (422, "Idempotency key was used with a different request.", None)
    assert refusal(await keyed(world, "chat-1", plan_mode="plan")) == expected


async def test_a_kept_answer_comes_before_the_checks_of_content(world: World) -> None:
    file_id = (await upload(world)).json()["id"]
    content = [{"type": "file", "file_id": file_id}]
    first = await keyed(world, "chat-2", content=content)
    async with world.services.database.begin() as conn:
        await conn.exec_driver_sql("DELETE FROM chat_files WHERE id = $1", (uuid.UUID(file_id),))
    assert (await keyed(world, "chat-2", content=content)).text == first.text


async def test_a_key_belongs_to_one_user(world: World) -> None:
    await keyed(world, "chat-3")
    body = {"organization_id": world.facts.organization_id, "content": [text("mine")]}
    response = await world.bob.post(CHATS, body, headers={"Idempotency-Key": "chat-3"})
    assert response.status_code == 201
    assert "idempotent-replayed" not in response.headers


# ---- the model ----


NO_DEFAULT = "No default chat model config is configured."
OFF = "The default chat model or its provider is disabled."


@pytest.mark.parametrize(
    ("table", "values", "named", "expected"),
    [
        (ChatModelConfig, {"enabled": False}, True, (UNKNOWN_MODEL, None)),
        (ChatModelConfig, {"enabled": False}, False, (NO_DEFAULT, OFF)),
        (ChatModelConfig, {"deleted": True, "is_default": False}, True, (UNKNOWN_MODEL, None)),
        (ChatModelConfig, {"is_default": False}, False, (NO_DEFAULT, None)),
        (
            AIProvider,
            {"enabled": False},
            True,
            ("Invalid model_config_id: provider is not enabled for this model.", None),
        ),
        (AIProvider, {"enabled": False}, False, (NO_DEFAULT, OFF)),
        (
            AIProvider,
            {"type": "anthropic"},
            True,
            ("Invalid model_config_id: provider credentials unavailable for this model.", None),
        ),
    ],
)
async def test_a_model_that_cannot_be_used_is_refused(
    world: World, table: Any, values: dict[str, Any], named: bool, expected: tuple[str, str | None]
) -> None:
    fields = {"model_config_id": world.facts.model_config_id} if named else {}
    async with changed(world, table, **values):
        assert refusal(await create(world, **fields)) == (400, *expected)


async def test_a_model_other_than_the_default_can_be_chosen(world: World) -> None:
    provider = (await world.owner.post("/api/v2/ai/providers", demo_provider())).json()
    model = (await world.owner.post(f"{CHATS}/model-configs", demo_model(provider["id"], model="other"))).json()
    assert (await create(world, model_config_id=model["id"])).json()["last_model_config_id"] == model["id"]
