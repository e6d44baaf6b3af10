"""Histories as prompts."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic_ai.messages import (
    BinaryContent,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    ThinkingPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from palaver.llm.attachments import MAX_PASTED_BYTES, file_reference
from palaver.llm.catalog import ModelChoice
from palaver.llm.files import StoredFile
from palaver.llm.prompt import UNANSWERED, build_prompt
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.llm.conftest import WIRES, ModelCaller, call, make_choice


@dataclass
class Message:
    """A stored message, as far as prompts look."""

    role: str
    content: list[dict[str, Any]]
    visibility: str = "both"


def text(role: str, words: str, visibility: str = "both") -> Message:
    return Message(role, [{"type": "text", "text": words}], visibility)


def tool_call(call_id: str, **extra: Any) -> dict[str, Any]:
    return {"type": "tool-call", "tool_call_id": call_id, "tool_name": "add", "args": {"a": 1}, **extra}


def result(call_id: str, value: Any = None, **extra: Any) -> dict[str, Any]:
    return {"type": "tool-result", "tool_call_id": call_id, "tool_name": "add", "result": value, **extra}


def stored(name: str, media_type: str, data: bytes) -> StoredFile:
    return StoredFile(uuid.uuid4(), name, media_type, data)


async def build(
    history: list[Message], choice: ModelChoice | None = None, *files: StoredFile, **options: Any
) -> list[ModelMessage]:
    async def load(ids: set[uuid.UUID]) -> dict[uuid.UUID, StoredFile]:
        return {file.id: file for file in files if file.id in ids}

    return await build_prompt(history, choice or make_choice("openai-chat"), load, **options)


def attached(file: StoredFile) -> Message:
    return Message("user", [{"type": "file", "file_id": str(file.id), "media_type": file.media_type}])


async def shown(file: StoredFile, wire: str = "openai-chat") -> Any:
    (request,) = await build([attached(file)], make_choice(wire), file)
    (part,) = request.parts
    assert isinstance(part, UserPromptPart)
    return part.content if isinstance(part.content, str) else part.content[0]


async def test_messages_keep_their_order_and_roles() -> None:
    history = [text("system", "Be kind."), text("user", "Hi"), text("assistant", "Hello"), text("user", "Bye")]
    first, second, third = await build(history, extra_system=["Plan first."])
    assert [type(part) for part in first.parts] == [SystemPromptPart, SystemPromptPart, UserPromptPart]
    assert [part.content for part in first.parts] == ["Be kind.", "Plan first.", "Hi"]  # type: ignore[union-attr]
    assert isinstance(second, ModelResponse)
    assert second.parts == [TextPart("Hello")]
    assert isinstance(third, ModelRequest)


async def test_only_what_the_model_may_see_is_sent() -> None:
    history = [
        text("user", "for users", "user"),
        text("user", "for the model", "model"),
        Message("user", [{"type": "hook-notice", "text": "n"}, {"type": "source", "url": "u"}]),
        Message("user", [{"type": "hook-context", "text": "context"}]),
    ]
    (request,) = await build(history)
    assert [part.content for part in request.parts] == ["for the model", "context"]  # type: ignore[union-attr]


async def test_every_call_gets_one_result_in_the_order_of_the_calls() -> None:
    history = [
        text("user", "Go"),
        Message("assistant", [tool_call("call.1/x"), tool_call("b"), tool_call("c")]),
        Message("tool", [result("b", {"n": 1}), result("b", "twice"), result("stray", 1)]),
        Message("tool", [result("call.1/x", None)]),
        text("user", "And?"),
    ]
    _, answer, request = await build(history)
    assert [part.tool_call_id for part in answer.parts if isinstance(part, ToolCallPart)] == ["call_1_x", "b", "c"]
    returns = [part for part in request.parts if isinstance(part, ToolReturnPart)]
    assert [(part.tool_call_id, part.content, part.outcome) for part in returns] == [
        ("call_1_x", "{}", "success"),
        ("b", '{"n":1}', "success"),
        ("c", UNANSWERED, "failed"),
    ]
    assert isinstance(request.parts[-1], UserPromptPart)


async def test_calls_open_at_the_end_are_answered_too() -> None:
    *_, last = await build([text("user", "Go"), Message("assistant", [tool_call("a")])])
    assert [type(part) for part in last.parts] == [ToolReturnPart]


async def test_the_model_is_told_of_arguments_that_the_user_changed() -> None:
    approval = {"decision": "approve", "args": {"a": 2}}
    history = [text("user", "Go"), Message("assistant", [tool_call("a"), tool_call("b")])]
    history.append(Message("tool", [result("a", {"n": 1}, approval=approval)]))
    history.append(Message("tool", [result("b", "fine", approval={"decision": "approve"})]))
    *_, last = await build(history)
    changed, plain = last.parts
    assert isinstance(changed, ToolReturnPart)
    assert isinstance(plain, ToolReturnPart)
    assert changed.content == 'The user changed the arguments of this call to {"a":2}\n\n{"n":1}'
    assert plain.content == "fine"


async def test_empty_answers_leave_no_message() -> None:
    (request,) = await build(
        [text("user", "a"), Message("assistant", [{"type": "text", "text": ""}]), text("user", "b")]
    )
    assert [part.content for part in request.parts] == ["a", "b"]  # type: ignore[union-attr]


async def test_reasoning_goes_back_to_who_made_it_alone() -> None:
    choice = make_choice("anthropic")
    signed = {"provider_id": str(choice.provider_id), "provider": "anthropic", "signature": "sealed"}
    parts = [
        {"type": "reasoning", "text": "signed", "provider_metadata": signed},
        {"type": "reasoning", "text": "cut off"},
        {"type": "text", "text": "Yes"},
    ]
    history = [text("user", "?"), Message("assistant", parts)]
    _, own = await build(history, choice)
    assert own.parts[0] == ThinkingPart("signed", signature="sealed", provider_name="anthropic")
    assert len(own.parts) == 2
    _, other = await build(history, make_choice("openai-responses"))
    assert other.parts == [TextPart("Yes")]
    silent = {"provider_options": {"anthropic": {"send_reasoning": False}}}
    _, off = await build(history, make_choice("anthropic", call_config=silent))
    assert off.parts == [TextPart("Yes")]


@pytest.mark.parametrize("wire", WIRES)
async def test_an_answer_with_reasoning_and_calls_can_be_continued(
    wire: str, llm: LLMServer, caller: ModelCaller
) -> None:
    choice = make_choice(wire, llm.url)
    llm.enqueue(Plan(text="Hm.", reasoning=["Think."], tool_calls=[{"id": "call_a", "name": "add", "args": '{"a":1}'}]))
    step = (await call(caller, choice)).step
    history = [
        text("user", "Go"),
        Message("assistant", json.loads(json.dumps(step.parts))),
        Message("tool", [result("call_a", {"sum": 2})]),
    ]
    for _ in range(2):
        await call(caller, choice, await build(history, choice))
    first, second = llm.requests[-2].body, llm.requests[-1].body
    assert first == second
    sent = json.dumps(first)
    assert "call_a" in sent
    assert '{\\"sum\\":2}' in sent
    if wire in {"openai-responses", "anthropic"}:
        assert "sealed-thoughts" in sent


async def test_a_longer_history_only_appends(llm: LLMServer, caller: ModelCaller) -> None:
    choice = make_choice("openai-chat", llm.url)
    history = [text("system", "s"), text("user", "a"), text("assistant", "b"), text("user", "c")]
    await call(caller, choice, await build(history, choice))
    await call(caller, choice, await build([*history, text("assistant", "d"), text("user", "e")], choice))
    short, long = (request.body["messages"] for request in llm.requests)
    assert long[: len(short)] == short


async def test_images_and_documents_go_natively_where_the_provider_takes_them() -> None:
    image, pdf = stored("a.png", "image/png", b"png"), stored("a.pdf", "application/pdf", b"%PDF-")
    for wire in ("openai-responses", "openai-chat", "anthropic"):
        for file in (image, pdf):
            content = await shown(file, wire)
            assert isinstance(content, BinaryContent)
            assert content.data == file.data
    assert isinstance(await shown(image, "openai-compat"), BinaryContent)
    assert await shown(pdf, "openai-compat") == (
        "[The attachment a.pdf (application/pdf) cannot be shown to this model.]"
    )


async def test_images_too_large_for_anthropic_become_a_placeholder() -> None:
    file = stored("big.png", "image/png", b"x" * 5_242_881)
    assert await shown(file, "anthropic") == "[The attachment big.png (image/png) is too large for this model.]"
    assert isinstance(await shown(file, "openai-chat"), BinaryContent)


async def test_text_attachments_are_put_inline() -> None:
    content = await shown(stored("notes.md", "text/markdown", "# Über".encode()))
    assert content == "Attachment: notes.md (text/markdown)\n```\n# Über\n```"


async def test_pasted_text_is_cut_with_a_note() -> None:
    name = "pasted-text-2026-08-01-10-00-00.txt"
    data = ("x" * (MAX_PASTED_BYTES - 1) + "é and more").encode()
    content = await shown(stored(name, "text/plain", data))
    assert len(content.encode()) < MAX_PASTED_BYTES + 200
    assert content.endswith(f"x\n```\n[Cut here: {len(data) - MAX_PASTED_BYTES} of {len(data)} bytes left out.]")
    assert "é and more" in await shown(stored("other.txt", "text/plain", data))


MEDIA = {
    "content": [
        {"type": "text", "text": "look"},
        {"type": "image", "media_type": "image/png", "data": "iVBORw0KGgo="},
        {"type": "audio", "media_type": "audio/wav", "data": "AAAA"},
        {"type": "resource_link", "uri": "file:///c.txt", "name": "c"},
    ],
    "structured": {"n": 1},
}


async def test_pictures_in_results_are_shown_and_what_the_model_does_not_take_is_named() -> None:
    *_, last = await build(
        [Message("assistant", [tool_call("a")]), Message("tool", [result("a", MEDIA, is_media=True)])]
    )
    (returned,) = last.parts
    assert isinstance(returned, ToolReturnPart)
    assert returned.content == [
        "look",
        BinaryContent(data=b"\x89PNG\r\n\x1a\n", media_type="image/png"),
        "[The tool answered with audio/wav, which cannot be shown to this model.]",
        '{"type":"resource_link","uri":"file:///c.txt","name":"c"}',
        '{"n":1}',
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"content": [{"type": "image", "media_type": "image/tiff", "data": "AAAA"}]},
        {"content": [{"type": "image", "media_type": "image/png", "data": "not base64!"}]},
        {"content": [{"type": "image", "data": None}]},
    ],
    ids=["unknown type", "no base64", "nothing"],
)
async def test_a_result_without_a_picture_that_can_be_shown_is_text(value: dict[str, Any]) -> None:
    *_, last = await build(
        [Message("assistant", [tool_call("a")]), Message("tool", [result("a", value, is_media=True)])]
    )
    assert "cannot be shown to this model" in last.parts[0].content  # type: ignore[operator, union-attr]


@pytest.mark.parametrize("wire", WIRES)
async def test_every_provider_is_sent_the_pictures_of_a_result(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    choice = make_choice(wire, llm.url)
    history = [text("user", "see"), Message("assistant", [tool_call("a")])]
    history.append(Message("tool", [result("a", MEDIA, is_media=True)]))
    await call(caller, choice, await build(history, choice))
    assert "iVBORw0KGgo=" in json.dumps(llm.requests[-1].body)


async def test_a_removed_file_is_told_as_such() -> None:
    file = stored("gone.png", "image/png", b"")
    (request,) = await build([attached(file)])
    assert request.parts[0].content == "[The attachment attachment is no longer available.]"  # type: ignore[union-attr]


def test_excerpts_name_file_and_lines_in_a_fence_of_their_own() -> None:
    part = {"type": "file-reference", "file_name": "a.py", "start_line": 3, "end_line": 3, "content": "x = 1"}
    assert file_reference(part) == "File: a.py (line 3)\n```\nx = 1\n```"
    part |= {"end_line": 9, "content": "```\nx\n```"}
    assert file_reference(part) == "File: a.py (lines 3-9)\n````\n```\nx\n```\n````"
