"""The SDK clients with compiled decoding, and the fake server as a process of its own."""

import asyncio
import sys
import time
from pathlib import Path

import httpx2
import pytest
from anthropic.types.beta import BetaRawContentBlockDeltaEvent, BetaRawMessageStreamEvent
from openai.types.chat import ChatCompletionChunk
from openai.types.responses import ResponseStreamEvent, ResponseTextDeltaEvent

from palaver.llm.generation import ModelCaller
from palaver.llm.sdk_clients import FastAnthropic, FastOpenAI
from tests.fakes.llm_server import LLMServer
from tests.llm.conftest import WIRES, call, make_choice, user

RESPONSE = httpx2.Response(200)
CHUNK = {
    "id": "c",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "delta": {"content": "Hi", "reasoning_content": "Hm"}, "finish_reason": None}],
}


def test_a_regular_event_becomes_the_same_as_with_the_sdk() -> None:
    client = FastOpenAI(api_key="k")
    fast = client._process_response_data(data=CHUNK, cast_to=ChatCompletionChunk, response=RESPONSE)
    slow = super(FastOpenAI, client)._process_response_data(data=CHUNK, cast_to=ChatCompletionChunk, response=RESPONSE)
    assert fast == slow
    assert fast.choices[0].delta.reasoning_content == "Hm"  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [{"created": None}, {"choices": None}, {"model": 7}, {"object": "odd"}])
def test_an_event_of_a_server_that_takes_liberties_still_passes(change: dict[str, object]) -> None:
    data = CHUNK | change
    chunk = FastOpenAI(api_key="k")._process_response_data(data=data, cast_to=ChatCompletionChunk, response=RESPONSE)
    assert isinstance(chunk, ChatCompletionChunk)
    for name, value in change.items():
        assert getattr(chunk, name) == value


def test_deltas_of_the_other_wires_are_told_by_their_type() -> None:
    delta = {
        "type": "response.output_text.delta",
        "sequence_number": 1,
        "item_id": "i",
        "output_index": 0,
        "content_index": 0,
        "delta": "Hi",
        "logprobs": [],
    }
    openai = FastOpenAI(api_key="k")._process_response_data(data=delta, cast_to=ResponseStreamEvent, response=RESPONSE)
    assert isinstance(openai, ResponseTextDeltaEvent)
    block = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi"}}
    anthropic = FastAnthropic(api_key="k")._process_response_data(
        data=block, cast_to=BetaRawMessageStreamEvent, response=RESPONSE
    )
    assert isinstance(anthropic, BetaRawContentBlockDeltaEvent)


@pytest.mark.parametrize("wire", WIRES)
async def test_the_whole_request_arrives(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    await call(caller, make_choice(wire, llm.url), user("The question"))
    body = llm.requests[-1].body
    assert "The question" in str(body.get("messages") or body.get("input"))
    assert (body["stream"], body["model"]) == (True, make_choice(wire).model)


async def test_the_fake_server_runs_as_a_process_and_stamps_its_parts(caller: ModelCaller) -> None:
    arguments = ("-m", "tests.fakes.llm_server", "--parts", "3", "--rate", "100", "--stamped")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(20):
            port = int((await process.stdout.readline()).split()[1])
        outcome = await call(caller, make_choice("openai-chat", f"http://127.0.0.1:{port}"))
        stamps = [float(part["text"].removeprefix("t=")) for part in outcome.deltas]
        assert len(stamps) == 3
        assert stamps == sorted(stamps)
        assert 0 <= time.time() - stamps[-1] < 5
    finally:
        process.kill()
        await process.wait()
