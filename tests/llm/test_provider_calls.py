"""Calls through the official SDKs to a local server that speaks the providers' wires."""

import asyncio
import base64
import contextlib

import pytest
from pydantic_ai.messages import BinaryContent

from palaver.errors.provider import ProviderError
from palaver.llm.events import PartDelta, ToolSpec
from palaver.llm.generation import ModelCaller
from palaver.llm.step import invalid_arguments
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.llm.conftest import WIRES, CallSettings, call, eventually, make_choice, user

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WEATHER = ToolSpec("weather", "The weather of a city", {"type": "object", "properties": {"city": {"type": "string"}}})

every_wire = pytest.mark.parametrize("wire", WIRES)


@every_wire
async def test_text_arrives_in_parts_and_whole(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(Plan(text="one two three", usage={"input": 120, "output": 30}))
    outcome = await call(caller, make_choice(wire, llm.url))
    assert [part["text"] for part in outcome.deltas] == ["one ", "two ", "three"]
    assert [(part["type"], part["text"]) for part in outcome.step.parts] == [("text", "one two three")]
    assert outcome.step.finish_reason == "stop"
    assert outcome.step.usage == {
        "input_tokens": 120,
        "output_tokens": 30,
        "total_tokens": 150,
        "context_limit": 100_000,
    }


@every_wire
async def test_reasoning_is_streamed_and_stored_with_its_times(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(Plan(text="Yes.", reasoning=["Let me ", "think."], usage={"reasoning": 4}))
    outcome = await call(caller, make_choice(wire, llm.url))
    assert outcome.live("reasoning") == "Let me think."
    reasoning, text = outcome.step.parts
    assert (reasoning["type"], reasoning["text"], text["text"]) == ("reasoning", "Let me think.", "Yes.")
    assert reasoning["created_at"] <= reasoning["completed_at"]
    if wire in {"openai-responses", "anthropic"}:
        assert reasoning["provider_metadata"]["signature"] == "sealed-thoughts"
    if wire != "anthropic":
        assert outcome.step.usage["reasoning_tokens"] == 4


@every_wire
async def test_tool_calls_are_streamed_and_stored(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    calls = [
        {"id": "call_a", "name": "weather", "args": '{"city": "Oslo"}'},
        {"id": "call_b", "name": "weather", "args": '{"city": "Rome"}'},
    ]
    llm.enqueue(Plan(text="", tool_calls=calls))
    outcome = await call(caller, make_choice(wire, llm.url), tools=[WEATHER])
    live = [part for part in outcome.deltas if part["tool_call_id"] == "call_a"]
    assert "".join(part.get("args_delta", "") for part in live) == '{"city": "Oslo"}'
    assert {part["tool_name"] for part in outcome.deltas} == {"weather"}
    stored = [(part["type"], part["tool_call_id"], part["args"]) for part in outcome.step.parts]
    assert stored == [("tool-call", "call_a", {"city": "Oslo"}), ("tool-call", "call_b", {"city": "Rome"})]
    assert outcome.step.finish_reason in {"tool_call", "stop"}
    assert all(part["created_at"].endswith("Z") for part in outcome.step.parts)


@every_wire
@pytest.mark.parametrize("args", ['{"city": ', "[1, 2]", '"Oslo"'])
async def test_arguments_that_are_no_object_do_not_lose_the_step(
    wire: str, args: str, llm: LLMServer, caller: ModelCaller
) -> None:
    llm.enqueue(Plan(text="Hm.", tool_calls=[{"id": "call_a", "name": "weather", "args": args}]))
    outcome = await call(caller, make_choice(wire, llm.url), tools=[WEATHER])
    part = outcome.step.parts[-1]
    assert part["args"] == {}
    assert invalid_arguments(part) == args


async def test_repeated_call_ids_are_told_apart(llm: LLMServer, caller: ModelCaller) -> None:
    calls = [{"id": "0", "name": "weather", "args": "{}"}, {"id": "0", "name": "weather", "args": "{}"}]
    llm.enqueue(Plan(text="", tool_calls=calls))
    outcome = await call(caller, make_choice("openai-compat", llm.url), tools=[WEATHER])
    ids = [part["tool_call_id"] for part in outcome.step.parts]
    assert len(set(ids)) == 2
    assert {part["tool_call_id"] for part in outcome.deltas} == set(ids)


@every_wire
async def test_tools_are_declared_with_their_schema(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    await call(caller, make_choice(wire, llm.url), tools=[WEATHER])
    (tool,) = llm.requests[-1].body["tools"]
    declared = tool.get("function", tool)
    schema = declared.get("parameters") or declared.get("input_schema")
    assert declared["name"] == "weather"
    assert schema["properties"] == {"city": {"type": "string"}}


@every_wire
async def test_images_are_sent_inline(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    await call(caller, make_choice(wire, llm.url), user("Look", BinaryContent(PIXEL, media_type="image/png")))
    assert base64.b64encode(PIXEL).decode() in str(llm.requests[-1].body)


@every_wire
async def test_cached_tokens_are_counted(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(Plan(usage={"input": 100, "output": 10, "cache_read": 40, "cache_write": 5}))
    usage = (await call(caller, make_choice(wire, llm.url))).step.usage
    assert usage["cache_read_tokens"] == 40
    if wire == "anthropic":
        assert (usage["cache_creation_tokens"], usage["input_tokens"]) == (5, 145)
    else:
        assert usage["input_tokens"] == 100


async def test_prices_are_known_for_known_models(llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(Plan(usage={"input": 1000, "output": 100}))
    assert (await call(caller, make_choice("anthropic", llm.url))).step.cost_micros == 4500
    assert (await call(caller, make_choice("openai-compat", llm.url))).step.cost_micros is None


@every_wire
async def test_the_key_goes_out_in_a_header(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    await call(caller, make_choice(wire, llm.url), key="sk-secret")
    headers = llm.requests[-1].headers
    assert "sk-secret" in {headers.get("x-api-key"), headers.get("authorization", "").removeprefix("Bearer ")}


async def test_a_compatible_server_without_key_gets_no_authorization(llm: LLMServer, caller: ModelCaller) -> None:
    await call(caller, make_choice("openai-compat", llm.url, has_key=False), key=None)
    assert "authorization" not in llm.requests[-1].headers


@every_wire
async def test_connections_are_used_again(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    for _ in range(4):
        await call(caller, make_choice(wire, llm.url))
    assert llm.connections == 1


FAULTS = {
    "rate limit": (
        Plan(status=429, headers={"Retry-After": "7"}, error_type="rate_limit_error", error_message="slow down"),
        ("rate_limit", True, 429, 7.0),
    ),
    "server error": (Plan(status=500, error_type="api_error"), ("generic", True, 500, None)),
    "bad gateway": (Plan(status=502, error_type="api_error", error_message="no"), ("timeout", True, 502, None)),
    "overloaded": (
        Plan(status=529, error_type="overloaded_error", error_message="Overloaded"),
        ("overloaded", True, 529, None),
    ),
    "key refused": (
        Plan(status=401, error_type="authentication_error", error_message="invalid x-api-key"),
        ("auth", False, 401, None),
    ),
    "context too long": (
        Plan(
            status=400,
            error_type="invalid_request_error",
            error_code="context_length_exceeded",
            error_message="prompt is too long: your messages exceed the maximum context length",
        ),
        ("config", False, 400, None),
    ),
    "quota spent": (
        Plan(status=429, error_type="insufficient_quota", error_code="insufficient_quota", error_message="Pay."),
        ("usage_limit", False, 429, None),
    ),
    "unknown model": (
        Plan(status=404, error_type="not_found_error", error_code="model_not_found", error_message="model: x"),
        ("config", False, 404, None),
    ),
    "connection cut": (Plan(fault="cut"), ("timeout", True, 0, None)),
    "no terminal event": (Plan(fault="no_terminal"), ("timeout", True, 0, None)),
    "malformed event": (Plan(fault="malformed"), ("timeout", True, 0, None)),
    "overloaded in the stream": (
        Plan(fault="error_event", error_type="overloaded_error", error_message="Overloaded"),
        ("overloaded", True, None, None),
    ),
}


@every_wire
@pytest.mark.parametrize("fault", FAULTS)
async def test_faults_are_classified_and_never_retried_in_silence(
    wire: str, fault: str, llm: LLMServer, caller: ModelCaller
) -> None:
    plan, (kind, retryable, status_code, retry_after) = FAULTS[fault]
    llm.enqueue(plan)
    with pytest.raises(ProviderError) as raised:
        await call(caller, make_choice(wire, llm.url))
    error = raised.value
    assert (error.kind, error.retryable, error.retry_after) == (kind, retryable, retry_after)
    assert status_code is None or error.status_code == status_code
    assert len(llm.requests) == 1


@every_wire
async def test_a_stream_without_its_very_last_event_is_no_answer(
    wire: str, llm: LLMServer, caller: ModelCaller
) -> None:
    llm.enqueue(Plan(fault="no_stop"))
    if wire in {"openai-chat", "openai-compat"}:
        # Chat Completions ends with `finish_reason`; the marker behind it says nothing more.
        assert (await call(caller, make_choice(wire, llm.url))).step.finish_reason == "stop"
        return
    with pytest.raises(ProviderError) as raised:
        await call(caller, make_choice(wire, llm.url))
    assert (raised.value.kind, raised.value.retryable) == ("timeout", True)
    assert raised.value.message.endswith("stream closed unexpectedly before the response completed.")


async def test_nobody_listening_is_a_retryable_timeout(caller: ModelCaller) -> None:
    with pytest.raises(ProviderError) as raised:
        await call(caller, make_choice("openai-compat", "http://127.0.0.1:1"))
    assert (raised.value.kind, raised.value.retryable) == ("timeout", True)


@every_wire
@pytest.mark.parametrize("plan", [Plan(fault="stall"), Plan(delay=30)], ids=["within the stream", "before it"])
async def test_silence_ends_the_call(wire: str, plan: Plan, llm: LLMServer) -> None:
    caller = ModelCaller(CallSettings(stream_silence_seconds=0.3))
    llm.enqueue(plan)
    with pytest.raises(ProviderError) as raised:
        await call(caller, make_choice(wire, llm.url))
    assert (raised.value.kind, raised.value.retryable) == ("stream_silence_timeout", True)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
    await caller.close()


async def test_a_slow_stream_is_not_silent(llm: LLMServer) -> None:
    caller = ModelCaller(CallSettings(stream_silence_seconds=0.2))
    llm.enqueue(Plan(parts=6, rate=10))
    assert (await call(caller, make_choice("openai-chat", llm.url))).step.finish_reason == "stop"
    await caller.close()


@every_wire
async def test_cancelling_keeps_what_came_and_hangs_up(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(Plan(fault="stall", fault_after=3, reasoning=["Hm."]))
    generation = caller.open(make_choice(wire, llm.url), "sk-test", user("Hello"))
    texts: list[str] = []

    async def consume() -> None:
        async with generation:
            async for event in generation:
                assert isinstance(event, PartDelta)
                texts.append(event.part["text"])

    task = asyncio.create_task(consume())
    await eventually(lambda: len(texts) == 4)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    reasoning, text = generation.partial()
    assert (reasoning["text"], text["text"]) == ("Hm.", "word0 word1 word2 ")
    await eventually(lambda: llm.disconnects == 1)


async def test_a_cancellation_from_outside_is_never_taken_for_silence(llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(Plan(delay=30))
    task = asyncio.create_task(call(caller, make_choice("openai-chat", llm.url)))
    await asyncio.sleep(0.1)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def test_a_withheld_answer_is_a_content_filter_error(llm: LLMServer, caller: ModelCaller) -> None:
    for wire, finish in (("anthropic", "refusal"), ("openai-chat", "content_filter")):
        llm.enqueue(Plan(finish=finish))
        with pytest.raises(ProviderError) as raised:
            await call(caller, make_choice(wire, llm.url))
        assert (raised.value.kind, raised.value.retryable) == ("content_filter", False)


@every_wire
async def test_an_answer_cut_by_the_token_limit_is_finished(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    finish = {"openai-responses": "max_output_tokens", "anthropic": "max_tokens"}.get(wire, "length")
    llm.enqueue(Plan(finish=finish))
    assert (await call(caller, make_choice(wire, llm.url))).step.finish_reason == "length"


@pytest.mark.parametrize(
    ("changes", "key", "kind"),
    [
        ({"provider_enabled": False}, "sk", "provider_disabled"),
        ({"enabled": False}, "sk", "config"),
        ({"has_key": False}, None, "missing_key"),
        ({"call_config": {"top_k": 3}}, "sk", "config"),
    ],
)
async def test_what_cannot_be_called_is_refused_before_any_request(
    changes: dict[str, object], key: str | None, kind: str, llm: LLMServer, caller: ModelCaller
) -> None:
    with pytest.raises(ProviderError) as raised:
        await call(caller, make_choice("openai-responses", llm.url, **changes), key=key)
    assert (raised.value.kind, raised.value.retryable) == (kind, False)
    assert not llm.requests
