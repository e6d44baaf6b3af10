"""What is kept of requests and answers: no secrets, bounded sizes, whatever models say."""

from typing import Any

import orjson
import pytest
from pydantic_ai.messages import (
    BinaryContent,
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    ThinkingPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from palaver.llm.events import StepDone, ToolSpec
from palaver.recording import content
from palaver.recording.content import Redactor, answer_json, request_json
from tests.api.debug_runs import choice

KEY = 'sk-"key"-0123456789abcdef'


def request(messages: list[Any], tools: tuple[ToolSpec, ...] = (), key: str | None = KEY, **fields: Any) -> Any:
    return orjson.loads(request_json(choice(**fields), messages, tools, "low", Redactor(key)))


def test_a_key_is_hidden_wherever_it_stands() -> None:
    messages = [
        ModelRequest([SystemPromptPart(KEY), UserPromptPart([KEY, f"x{KEY}x"])]),
        ModelResponse([TextPart(KEY), ThinkingPart(KEY, signature=KEY), ToolCallPart(KEY, {KEY: [KEY]}, KEY)]),
        ModelRequest([ToolReturnPart(KEY, KEY, KEY)]),
    ]
    tool = ToolSpec(KEY, KEY, {"type": "object", "description": KEY})
    kept = request_json(choice(call_config={"user": KEY}), messages, (tool,), "", Redactor(KEY))
    said = [
        {"type": "text", "text": KEY, "provider_metadata": {"signature": KEY}},
        {"type": "tool-call", "tool_call_id": KEY, "tool_name": KEY, "args": {"key": KEY}},
    ]
    kept += answer_json(StepDone(said, {}, None, "stop"), Redactor(KEY))
    assert b"0123456789abcdef" not in kept
    assert kept.count("…".encode()) > 10


def test_a_key_that_takes_json_with_it_leaves_text() -> None:
    messages = [ModelResponse([ToolCallPart("pick", {"n": 1, "m": 11}, "call_1")])]
    [message] = request(messages, key="1")["messages"]
    assert message["content"][0]["args"] == '{"n":…,"m":……}'
    assert message["content"][0]["tool_call_id"] == "call_…"


def test_options_are_kept_without_prices_and_without_what_is_named_a_secret() -> None:
    options = {
        "temperature": 0.5,
        "cost": {"input": 1},
        "provider_options": {"openaicompat": {"api_key": "x", "user": "u"}},
    }
    kept = request([], call_config=options)
    assert kept["options"] == {"temperature": 0.5, "provider_options": {"openaicompat": {"api_key": "…", "user": "u"}}}
    assert kept["reasoning_effort"] == "low"


def test_attachments_are_told_of_and_not_kept() -> None:
    [message] = request([ModelRequest([UserPromptPart(["see", BinaryContent(b"x" * 100, media_type="image/png")])])])[
        "messages"
    ]
    assert message["content"] == [
        {"type": "text", "text": "see"},
        {"type": "file", "media_type": "image/png", "bytes": 100},
    ]


def test_a_large_request_keeps_its_instructions_and_its_end() -> None:
    messages = [ModelRequest([SystemPromptPart("Be kind."), UserPromptPart("first")])]
    for number in range(500):
        messages += [
            ModelResponse([TextPart(f"{number} {'x' * 20_000}")]),
            ModelRequest([UserPromptPart(f"q {number}")]),
        ]
    tools = tuple(ToolSpec(f"tool{number}", "d" * 10_000, {"d": "x" * 20_000}) for number in range(50))
    kept = request(messages, tools)
    assert kept["messages"][0] == {"role": "system", "content": [{"type": "text", "text": "Be kind."}]}
    assert kept["messages"][-1]["content"][0]["text"] == "q 499"
    assert kept["messages"][-2]["content"][0]["text"].endswith("… [11812 more characters]")
    assert kept["omitted_messages"] + len(kept["messages"]) == 1002
    assert kept["omitted_tools"] + len(kept["tools"]) == 50
    assert len(orjson.dumps(kept)) < content.MAX_OPENING + content.MAX_MESSAGES + content.MAX_TOOLS + 1000


def test_a_large_answer_keeps_its_beginning() -> None:
    parts = [{"type": "text", "text": f"{number} {'x' * 20_000}"} for number in range(100)]
    kept = orjson.loads(answer_json(StepDone(parts, {}, None, "stop"), Redactor(None)))
    assert kept["content"][0]["text"].startswith("0 x")
    assert kept["omitted_parts"] + len(kept["content"]) == 100
    assert len(orjson.dumps(kept)) < content.MAX_ANSWER + 1000


def deep(levels: int) -> Any:
    value: Any = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize("args", ["\ud800", "\0", deep(2000), "x" * 100_000], ids=["half", "nul", "deep", "long"])
def test_whatever_a_model_says_can_be_kept(args: Any) -> None:
    call = {"type": "tool-call", "tool_call_id": "1", "tool_name": "t", "args": {"a": args}}
    parts = [call, {"type": "text", "text": args if isinstance(args, str) else ""}]
    kept = orjson.loads(answer_json(StepDone(parts, {}, None, "stop"), Redactor(None)))
    assert [part["type"] for part in kept["content"]] == ["tool-call", "text"]


def test_pictures_that_tools_answered_with_are_told_of_and_not_kept() -> None:
    returned = ToolReturnPart("look", ["a pixel", BinaryContent(b"x" * 100, media_type="image/png")], "call_1")
    [message] = request([ModelRequest([returned])])["messages"]
    assert message["content"] == [
        {"type": "tool-result", "tool_call_id": "call_1", "tool_name": "look", "result": "a pixel"},
        {"type": "file", "media_type": "image/png", "bytes": 100},
    ]
