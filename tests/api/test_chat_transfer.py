"""export-chat and import-chat: a chat as a file and back, and nothing believed of the file."""

import copy
import uuid
from base64 import b64encode
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql

from handlers import chat_transfer
from models import Chat, ChatFile, UsageHour
from palaver.chat import exporting, transitions
from palaver.chat.history import prompt_history
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from tests.api.chats import NIL, answer, chat_in, idle_chat, refusal, send, share, text, upload
from tests.api.streams import WEBSOCKET
from tests.api.watching import watching
from tests.chat.world import call_part
from tests.support.api import Api
from tests.support.world import CHATS, World, random_id

IMPORT = f"{CHATS}/import"
RESULT = {"type": "tool-result", "tool_call_id": "c1", "tool_name": "search", "result": {"n": [1, None]}}
SMALL: dict[str, Any] = {
    "format": "palaver-chat",
    "version": 1,
    "chat": {"title": "From elsewhere"},
    "messages": [{"role": "user", "content": [text("hello")]}],
}


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def exported(world: World, chat_id: str, api: Api | None = None, **params: Any) -> dict[str, Any]:
    response = await (api or world.alice).get(f"{CHATS}/{chat_id}/export", params=params)
    assert response.status_code == 200, response.text
    export: dict[str, Any] = response.json()
    return export


async def bring(world: World, export: Any, api: Api | None = None, **fields: Any) -> Any:
    """The response to an import by alice, or by another caller."""
    body = {"organization_id": world.facts.organization_id, "export": export, **fields}
    return await (api or world.alice).post(IMPORT, body)


async def brought(world: World, export: Any, **fields: Any) -> dict[str, Any]:
    response = await bring(world, export, **fields)
    assert response.status_code == 201, response.text
    chat: dict[str, Any] = response.json()
    return chat


async def contents(world: World, chat_id: str) -> list[tuple[str, Any]]:
    """(role, parts) of the visible messages, oldest first."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages?limit=200")).json()
    return [(message["role"], message.get("content", [])) for message in reversed(page["messages"])]


async def conversation(world: World, **fields: Any) -> str:
    """A chat in which a tool was called."""
    chat_id: str = (await world.create_chat(**fields))["id"]
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        reasoning = {"type": "reasoning", "text": "Let me see.", "provider_metadata": {"signature": "secret"}}
        call = call_part("c1", "search")
        usage = {"input_tokens": 10, "output_tokens": 5}
        await transitions.commit_step(tx, [NewMessage("assistant", [reasoning, call], usage=usage, cost_micros=7)])
        await transitions.commit_step(tx, [NewMessage("tool", [RESULT])])
    await answer(world, chat_id, "done\x00")
    return chat_id


# ---- export ----


async def test_an_export_has_what_clients_see(world: World) -> None:
    chat_id = await conversation(world, labels={"team": "docs"}, system_prompt="Keep the secret.")
    response = await world.alice.get(f"{CHATS}/{chat_id}/export")
    assert response.headers["content-disposition"] == f'attachment; filename="chat-{chat_id}.json"'
    assert "secret" not in response.text
    export = response.json()
    chat = (await world.alice.get(f"{CHATS}/{chat_id}")).json()
    assert export["chat"] == {key: chat[key] for key in ("id", "title", "created_at", "labels")}
    assert [(message["role"], message["content"]) for message in export["messages"]] == await contents(world, chat_id)
    assert export["messages"][1]["usage"] == {"input_tokens": 10, "output_tokens": 5}
    assert export["files"] == []


async def test_whoever_reads_a_chat_may_export_it(world: World) -> None:
    chat_id = await idle_chat(world)
    assert (await world.bob.get(f"{CHATS}/{chat_id}/export")).status_code == 404
    await share(world, chat_id, "bob")
    assert (await exported(world, chat_id, world.bob))["chat"]["id"] == chat_id
    assert (await world.anonymous.get(f"{CHATS}/{chat_id}/export")).status_code == 401
    assert (await world.alice.get(f"{CHATS}/{random_id()}/export")).status_code == 404


async def test_a_history_of_several_pages_is_exported_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chat_id = await idle_chat(world)
    many = (
        "INSERT INTO chat_messages (chat_id, role, visibility, content, revision)"
        " SELECT :id, 'assistant', CASE n % 3 WHEN 0 THEN 'model' ELSE 'both' END,"
        " json_build_array(json_build_object('type', 'text', 'text', n::text)), 1 FROM generate_series(1, 30) AS n"
    )
    async with world.services.database.begin() as conn:
        await conn.execute(sql(many), {"id": uuid.UUID(chat_id)})
    monkeypatch.setattr(exporting, "PAGE_MESSAGES", 7)
    export = await exported(world, chat_id)
    words = [message["content"][0]["text"] for message in export["messages"]]
    assert words == ["hello", *(str(number) for number in range(1, 31) if number % 3)]


async def test_files_come_along_when_they_are_asked_for_as_far_as_there_is_room(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = (await upload(world)).json()["id"], (await upload(world, b"n" * 20)).json()["id"]
    chat_id = await idle_chat(world, content=[{"type": "file", "file_id": file_id} for file_id in (small, large)])
    without = await exported(world, chat_id)
    assert {(file["id"], file["size"], "data" in file) for file in without["files"]} == {
        (small, 5, False),
        (large, 20, False),
    }
    monkeypatch.setattr(chat_transfer, "MAX_EXPORTED_BYTES", 10)
    export = await exported(world, chat_id, files="true")
    assert {file["id"]: file.get("data") for file in export["files"]} == {
        small: b64encode(b"notes").decode(),
        large: None,
    }


@pytest.mark.parametrize(
    ("params", "accept", "media_type"),
    [
        ({}, "*/*", "application/json"),
        ({}, "text/markdown", "text/markdown"),
        ({}, "application/json, text/markdown", "application/json"),
        ({"format": "markdown"}, "application/json", "text/markdown"),
        ({"format": "json"}, "text/markdown", "application/json"),
    ],
    ids=["any", "accept-markdown", "accept-both", "format-markdown", "format-json"],
)
async def test_the_format_is_that_of_the_parameter_or_of_accept(
    world: World, params: dict[str, str], accept: str, media_type: str
) -> None:
    chat_id = await idle_chat(world)
    response = await world.alice.request("GET", f"{CHATS}/{chat_id}/export", params=params, headers={"Accept": accept})
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
    wrong = await world.alice.get(f"{CHATS}/{chat_id}/export", params={"format": "xml"})
    assert refusal(wrong)[:2] == (400, "Query parameters have invalid values.")


async def test_markdown_is_for_people(world: World) -> None:
    chat_id = await conversation(world)
    await world.alice.patch(f"{CHATS}/{chat_id}", {"title": "A title"})
    reference = {"type": "file-reference", "file_name": "a.py", "start_line": 1, "end_line": 2, "content": "```\nx"}
    await send(world.alice, chat_id, [reference])
    response = await world.alice.get(f"{CHATS}/{chat_id}/export", params={"format": "markdown"})
    document = response.text
    assert document.startswith("# A title\n\n## User, 20")
    for piece in (
        "\nhello\n",
        "\n> Let me see.\n",
        "Calls `search`:",
        '```json\n{\n  "n": 1\n}\n```',
        "`search` gave:",
    ):
        assert piece in document
    assert "From `a.py`, lines 1 to 2:\n\n````\n```\nx\n````\n" in document
    assert "signature" not in document


# ---- import ----


async def test_what_was_exported_is_imported_as_it_was(world: World) -> None:
    file_id = (await upload(world)).json()["id"]
    source = await conversation(
        world, labels={"team": "docs"}, content=[text("see"), {"type": "file", "file_id": file_id}]
    )
    export = await exported(world, source, files="true")
    async with watching(world, WEBSOCKET) as watcher:
        made = await brought(world, export)
        assert (await watcher.about(made["id"], "created"))["status"] == "waiting"
    assert made["id"] != source
    assert (made["title"], made["labels"], made["status"]) == (export["chat"]["title"], {"team": "docs"}, "waiting")
    assert "warnings" not in made
    new_file = made["files"][0]["id"]
    assert new_file != file_id
    assert (await world.alice.get(f"{CHATS}/files/{new_file}")).content == b"notes"
    before, after = await contents(world, source), await contents(world, made["id"])
    assert after[0] == ("user", [text("see"), {**before[0][1][1], "file_id": new_file}])
    assert after[1:] == before[1:]
    assert after[-1] == ("assistant", [text("done\x00")])
    again = await exported(world, made["id"])
    assert [message["content"] for message in again["messages"]] == [parts for _, parts in after]


async def test_ids_times_usage_and_authors_are_those_of_the_import(world: World) -> None:
    source = await conversation(world)
    made = await brought(world, await exported(world, source))
    was = (await world.alice.get(f"{CHATS}/{source}/messages")).json()["messages"]
    now = (await world.alice.get(f"{CHATS}/{made['id']}/messages")).json()["messages"]
    assert {message["id"] for message in now}.isdisjoint({message["id"] for message in was})
    assert all(message["created_at"] >= made["created_at"] for message in now)
    assert not any("usage" in message or "model_config_id" in message for message in now)
    assert [message.get("created_by") for message in now if message["role"] == "user"] == [
        world.facts.user_ids["alice"]
    ]
    async with world.services.database.connect() as conn:
        spent = select(func.count()).select_from(UsageHour).where(UsageHour.root_chat_id == uuid.UUID(made["id"]))
        assert (await conn.execute(spent)).scalar_one() == 0
        sent = await prompt_history(conn, uuid.UUID(made["id"]))
    assert [message.role for message in sent] == ["system", "user", "assistant", "tool", "assistant"]


async def test_an_imported_chat_goes_on(world: World) -> None:
    made = await brought(world, SMALL, title=" Mine ", model_config_id=world.facts.model_config_id)
    assert made["title"] == "Mine"
    listed = (await world.alice.get(f"{CHATS}?limit=200")).json()
    assert next(chat["has_unread"] for chat in listed if chat["id"] == made["id"]) is False
    assert (await send(world.alice, made["id"])).json()["queued"] is False
    await answer(world, made["id"])
    assert [role for role, _ in await contents(world, made["id"])] == ["user", "user", "assistant"]


async def test_open_calls_are_cancelled_by_the_next_message(world: World) -> None:
    source, _ = await chat_in(world, State.REQUIRES_ACTION)
    made = await brought(world, await exported(world, source))
    inserted = (await send(world.alice, made["id"])).json()["messages"]
    assert [message["role"] for message in inserted] == ["tool", "user"]


async def test_messages_of_a_compaction_are_for_people_only(world: World) -> None:
    export = copy.deepcopy(SMALL)
    call = {"type": "tool-call", "tool_call_id": "s", "tool_name": "chat_summarized"}
    result = {"type": "tool-result", "tool_call_id": "s", "tool_name": "chat_summarized", "result": {"summary": "x"}}
    export["messages"] += [
        {"role": "assistant", "content": [call], "compaction": True},
        {"role": "tool", "content": [result], "compaction": True},
    ]
    made = await brought(world, export)
    assert [role for role, _ in await contents(world, made["id"])] == ["user", "assistant", "tool"]
    async with world.services.database.connect() as conn:
        assert [it.role for it in await prompt_history(conn, uuid.UUID(made["id"]))] == ["system", "user"]
    assert [it.get("compaction") for it in (await exported(world, made["id"]))["messages"]] == [None, True, True]


async def test_files_that_did_not_come_along_are_left_out_with_a_warning(world: World) -> None:
    missing, drawing, unused = random_id(), random_id(), random_id()
    export = copy.deepcopy(SMALL)
    export["messages"][0]["content"] += [
        {"type": "file", "file_id": missing, "name": "a.txt"},
        {"type": "file", "file_id": drawing, "name": "b.svg"},
        {"type": "file", "file_id": random_id()},
    ]
    export["files"] = [
        {"id": missing, "name": "a.txt"},
        {"id": drawing, "name": "b.svg", "data": b64encode(b"<svg xmlns='x'/>").decode()},
        {"id": unused, "name": "c.txt", "data": b64encode(b"notes").decode()},
    ]
    async with world.services.database.connect() as conn:
        before = (await conn.execute(select(func.count()).select_from(ChatFile))).scalar_one()
    made = await brought(world, export)
    assert made["warnings"] == [
        'file "a.txt" left out: its content is not in the export',
        'file "b.svg" left out: its type is not supported',
    ]
    (_, parts), *_ = await contents(world, made["id"])
    assert [part["text"] for part in parts[1:]] == [
        "[The attachment a.txt was left out.]",
        "[The attachment b.svg was left out.]",
        "[The attachment file was left out.]",
    ]
    async with world.services.database.connect() as conn:
        assert (await conn.execute(select(func.count()).select_from(ChatFile))).scalar_one() == before


async def test_a_file_of_somebody_else_is_not_reached_by_its_id(world: World) -> None:
    theirs = (await upload(world, b"private", api=world.bob)).json()["id"]
    export = copy.deepcopy(SMALL)
    export["messages"][0]["content"].append({"type": "file", "file_id": theirs, "name": "x.txt"})
    made = await brought(world, export)
    assert "files" not in made
    assert (await world.alice.get(f"{CHATS}/files/{theirs}")).status_code == 404


def _with(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {**SMALL, "messages": [*SMALL["messages"], *messages], **fields}


_FILE = random_id()
_CALL = {"role": "assistant", "content": [call_part("c1", "search")]}
_ANSWER = {"role": "tool", "content": [RESULT]}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "version": ({**SMALL, "version": 2}, "This server reads the version 1 of palaver-chat."),
    "format": ({**SMALL, "format": "other"}, "This server reads the version 1 of palaver-chat."),
    "call-of-a-user": (
        _with({"role": "user", "content": [call_part("c1")]}),
        "messages[1].content[0]: a message of the role user has no tool-call",
    ),
    "text-of-a-tool": (
        _with({"role": "tool", "content": [text("x")]}),
        "messages[1].content[0]: a message of the role tool has no text",
    ),
    "unknown-part": (
        _with({"role": "user", "content": [{"type": "skill", "skill_name": "x"}]}),
        'export.messages[1].content[0].type "skill" is not supported.',
    ),
    "nothing-said": (_with({"role": "user", "content": []}), "messages[1].content cannot be empty"),
    "blank": (_with({"role": "user", "content": [text(" ")]}), "messages[1].content[0].text cannot be empty"),
    "call-without-result": (
        _with(_CALL, {"role": "user", "content": [text("x")]}),
        "messages[2] follows a call without a result: c1",
    ),
    "result-without-call": (_with(_ANSWER), "messages[1] answers a call that is not open: c1"),
    "result-twice": (_with(_CALL, _ANSWER, _ANSWER), "messages[3] answers a call that is not open: c1"),
    "result-twice-at-once": (
        _with(_CALL, {"role": "tool", "content": [RESULT, RESULT]}),
        "messages[2] answers a call more than once",
    ),
    "result-of-the-assistant": (
        _with({"role": "assistant", "content": [RESULT]}),
        "messages[1].content[0]: only what the provider has run is answered by the assistant",
    ),
    "compaction-of-a-user": (
        _with({"role": "user", "content": [text("x")], "compaction": True}),
        "messages[1] cannot belong to a compaction",
    ),
    "file-twice": (
        {**SMALL, "files": [{"id": _FILE, "name": "a"}, {"id": _FILE.upper(), "name": "b"}]},
        "files[1].id appears more than once",
    ),
    "file-no-base64": ({**SMALL, "files": [{"id": _FILE, "name": "a", "data": "?"}]}, "files[0].data is not base64"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_no_history_can_be_is_refused(world: World, case: str) -> None:
    export, detail = REFUSED[case]
    assert refusal(await bring(world, export)) == (400, "Invalid chat export.", detail)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"chat": {"title": " "}}, "Title cannot be empty."),
        ({"chat": {"title": "x", "labels": {"": "x"}}}, "Invalid labels."),
        ({"messages": []}, "Invalid chat export."),
        ({"messages": [{"role": "system", "content": [text("x")]}]}, "Validation failed."),
    ],
    ids=["title", "labels", "no-messages", "system"],
)
async def test_the_rest_follows_the_rules_of_chats(world: World, change: Any, message: str) -> None:
    assert refusal(await bring(world, {**SMALL, **change}))[:2] == (400, message)


async def test_who_may_import(world: World) -> None:
    assert refusal(await bring(world, SMALL, organization_id=NIL))[:2] == (400, "organization_id is required.")
    told = "You are not a member of the specified organization."
    assert refusal(await bring(world, SMALL, organization_id=random_id())) == (403, told, None)
    assert (await bring(world, SMALL, world.anonymous)).status_code == 401
    unknown = refusal(await bring(world, SMALL, model_config_id=random_id()))
    assert unknown[:2] == (400, "Invalid model_config_id: model config not found or disabled.")


async def test_a_repeated_import_makes_one_chat(world: World) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    title = f"once {uuid.uuid4()}"
    body = {"organization_id": world.facts.organization_id, "export": SMALL, "title": title}
    first, again = [await world.alice.post(IMPORT, body, headers=key) for _ in range(2)]
    assert (again.json(), again.headers["Idempotent-Replayed"]) == (first.json(), "true")
    async with world.services.database.connect() as conn:
        made = select(func.count()).select_from(Chat).where(Chat.title == title)
        assert (await conn.execute(made)).scalar_one() == 1
    other = await world.alice.post(IMPORT, {**body, "title": "another"}, headers=key)
    assert refusal(other)[:2] == (422, "Idempotency key was used with a different request.")


async def test_more_messages_than_an_import_may_have_are_refused(world: World) -> None:
    many = {**SMALL, "messages": SMALL["messages"] * 10_001}
    assert (await bring(world, many)).status_code == 400


async def test_a_long_history_is_imported(world: World) -> None:
    messages = [{"role": role, "content": [text("x" * 50)]} for role in ("user", "assistant")] * 1000
    made = await brought(world, {**SMALL, "messages": messages})
    assert len((await exported(world, made["id"]))["messages"]) == 2000
    assert orjson.loads((await world.alice.get(f"{CHATS}/{made['id']}")).content)["status"] == "waiting"
