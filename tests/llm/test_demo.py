"""The demo model's scripts."""

import asyncio
from typing import Any

import pytest
from pydantic_ai.messages import (
    BinaryContent,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)

from palaver.errors.provider import ProviderError
from palaver.llm import demo
from palaver.llm.events import ToolSpec
from palaver.llm.generation import ModelCaller
from palaver.llm.step import invalid_arguments
from tests.llm.conftest import Outcome, call, make_choice, user

ADD = ToolSpec("add", "Adds")


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "PACE_SECONDS", 0)


async def run(caller: ModelCaller, text: str, **kwargs: Any) -> Outcome:
    return await call(caller, make_choice("demo", has_key=False), user(text), key=None, **kwargs)


async def test_the_last_user_message_is_echoed_word_by_word(caller: ModelCaller) -> None:
    prompt: list[ModelMessage] = [
        ModelRequest([SystemPromptPart("Be brief."), UserPromptPart("First")]),
        ModelResponse([TextPart("First")]),
        ModelRequest([UserPromptPart("Hello  there\nfriend")]),
    ]
    outcome = await call(caller, make_choice("demo"), prompt)
    assert [part["text"] for part in outcome.deltas] == ["Hello  ", "there\n", "friend"]
    assert outcome.step.parts == [{"type": "text", "text": "Hello  there\nfriend"}]
    assert outcome.step.usage == {
        "input_tokens": 7,
        "output_tokens": 3,
        "total_tokens": 10,
        "context_limit": 100_000,
    }
    assert (outcome.step.cost_micros, outcome.step.finish_reason) == (0, "stop")


async def test_live_parts_add_up_to_what_is_stored(caller: ModelCaller) -> None:
    outcome = await run(caller, "Hi\n/think why not\n/think really\n/echo So it is\nplain\n/slow 2 0\n/tool gone {}")
    text = "".join(part["text"] for part in outcome.step.parts if part["type"] == "text")
    assert outcome.live("text") == text
    assert text.endswith("So it is\nplain\npart 1 part 2 \nThe tool gone is not available here.")
    assert [part["type"] for part in outcome.step.parts] == ["text", "reasoning", "text"]
    assert outcome.step.parts[1]["text"] == outcome.live("reasoning") == "why not\nreally"
    assert outcome.step.parts[1]["created_at"] <= outcome.step.parts[1]["completed_at"]
    assert outcome.step.usage["reasoning_tokens"] == 3


async def test_slow_keeps_its_pace(caller: ModelCaller) -> None:
    started = asyncio.get_running_loop().time()
    outcome = await run(caller, "/slow 4 0.05")
    assert len(outcome.deltas) == 4
    assert asyncio.get_running_loop().time() - started >= 0.14


async def test_long_answers_are_long_and_bounded(caller: ModelCaller) -> None:
    assert len((await run(caller, "/long")).deltas) == 2000
    assert len((await run(caller, "/long 3")).deltas) == 3
    assert demo._slow_arguments("9" * 5000 + " 1e9") == (10_000, 0.1)


async def test_a_tool_script_goes_on_behind_the_results(caller: ModelCaller) -> None:
    script = '/echo adding\n/tool add {"a": 1}\n/tool add {"a": 2}\n/echo and now\n/tool add nonsense'
    choice = make_choice("demo")
    first = (await call(caller, choice, user(script), tools=[ADD])).step
    assert [part["type"] for part in first.parts] == ["text", "tool-call", "tool-call"]
    assert [part["args"] for part in first.parts[1:]] == [{"a": 1}, {"a": 2}]
    assert first.finish_reason == "tool_call"
    ids = [part["tool_call_id"] for part in first.parts[1:]]
    assert len(set(ids)) == 2

    prompt = user(script)
    prompt.append(ModelResponse([ToolCallPart("add", {}, call_id) for call_id in ids]))
    prompt.append(ModelRequest([ToolReturnPart("add", f"sum {n}", call_id) for n, call_id in enumerate(ids)]))
    second = (await call(caller, choice, prompt, tools=[ADD])).step
    assert second.parts[0]["text"] == "and now"
    assert invalid_arguments(second.parts[1]) == "nonsense"
    assert second.parts[1]["tool_call_id"] not in ids

    prompt.append(ModelResponse([ToolCallPart("add", {}, "c3")]))
    prompt.append(ModelRequest([ToolReturnPart("add", "sum 3", "c3")]))
    last = (await call(caller, choice, prompt, tools=[ADD])).step
    assert last.parts == [{"type": "text", "text": "add answered: sum 3"}]
    assert last.finish_reason == "stop"


@pytest.mark.parametrize(
    ("what", "kind", "retryable", "status"),
    [
        ("429", "rate_limit", True, 429),
        ("401", "auth", False, 401),
        ("500", "generic", True, 500),
        ("529", "overloaded", True, 529),
        ("overloaded", "overloaded", True, 0),
        ("content_filter", "content_filter", False, 0),
        ("nonsense", "generic", False, 0),
    ],
)
async def test_failures_on_request(caller: ModelCaller, what: str, kind: str, retryable: bool, status: int) -> None:
    with pytest.raises(ProviderError) as raised:
        await run(caller, f"/fail {what}")
    error = raised.value
    assert (error.kind, error.retryable, error.status_code, error.provider) == (kind, retryable, status, "demo")


async def test_a_failure_may_end_after_some_attempts(caller: ModelCaller) -> None:
    for attempt in (1, 2):
        with pytest.raises(ProviderError):
            await run(caller, "/echo before\n/fail 429 2\n/echo after", attempt=attempt)
    assert (await run(caller, "/echo before\n/fail 429 2\n/echo after", attempt=3)).live("text") == "before\nafter"


async def test_unknown_commands_are_plain_text(caller: ModelCaller) -> None:
    assert (await run(caller, "/etc/passwd and /thinking")).live("text") == "/etc/passwd and /thinking"


async def test_attachments_without_words_are_acknowledged(caller: ModelCaller) -> None:
    outcome = await call(caller, make_choice("demo"), user("", BinaryContent(b"x", media_type="image/png")))
    assert outcome.live("text") == "I received 1 attachment(s)."


async def test_cancelling_keeps_the_parts(caller: ModelCaller) -> None:
    generation = caller.open(make_choice("demo"), None, user("/think hm\n/echo one\n/wait 60"))

    async def consume() -> None:
        async with generation:
            async for _ in generation:
                pass

    task = asyncio.create_task(consume())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    reasoning, text = generation.partial()
    assert (reasoning["text"], text["text"]) == ("hm", "one")
    assert "completed_at" in reasoning
