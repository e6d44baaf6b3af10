"""Calls that are made ready before it is certain that they may be made."""

import asyncio

import pytest

from palaver.errors.provider import ProviderError
from palaver.leftovers import Leftovers
from palaver.llm.events import PartDelta
from palaver.llm.generation import Generation, ModelCaller
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.llm.conftest import WIRES, CallSettings, eventually, make_choice, user

LONG_ENOUGH_SECONDS = 0.1
"""In which a call that is not held back has long gone out."""

STALLED = Plan(fault="stall", fault_after=0)
"""The head of an answer, and nothing more."""

every_wire = pytest.mark.parametrize("wire", WIRES)


def ready(caller: ModelCaller, wire: str, llm: LLMServer) -> Generation:
    generation = caller.open(make_choice(wire, llm.url), "sk-test", user("one two"))
    generation.make_ready()
    return generation


def preparing() -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if task.get_name() == "model-call"]


async def said(generation: Generation) -> str:
    async with generation:
        return "".join([event.part["text"] async for event in generation if isinstance(event, PartDelta)])


@pytest.mark.parametrize("wire", [*WIRES, "demo"])
async def test_nothing_goes_out_and_nothing_comes_before_it_is_entered(
    wire: str, llm: LLMServer, caller: ModelCaller
) -> None:
    llm.enqueue(Plan(text="one two"))
    generation = ready(caller, wire, llm)
    await asyncio.sleep(LONG_ENOUGH_SECONDS)
    assert (len(llm.requests), generation.partial()) == (0, [])
    assert await said(generation) == "one two"
    assert len(llm.requests) == (wire != "demo")
    assert preparing() == []


@every_wire
async def test_it_ends_without_a_trace_when_it_is_discarded(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    leftovers = Leftovers()
    for pause in (0, LONG_ENOUGH_SECONDS):
        generation = ready(caller, wire, llm)
        await asyncio.sleep(pause)
        generation.discard(leftovers)
    await leftovers.gone()
    assert preparing() == []
    assert not llm.requests


async def test_discarding_does_nothing_to_a_call_that_was_made(llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(Plan(text="one two"))
    generation = ready(caller, "openai-compat", llm)
    async with generation:
        generation.discard(Leftovers())
        assert [type(event) is PartDelta async for event in generation] == [True, True, False]


async def test_what_fails_while_it_is_made_ready_fails_where_it_is_entered(llm: LLMServer, caller: ModelCaller) -> None:
    choice = make_choice("openai-compat", base_url="http://[")
    generation = caller.open(choice, "sk-test", user("one two"))
    generation.make_ready()
    await asyncio.sleep(LONG_ENOUGH_SECONDS)
    with pytest.raises(ProviderError):
        await said(generation)


@every_wire
async def test_leaving_it_before_its_first_event_hangs_up(wire: str, llm: LLMServer, caller: ModelCaller) -> None:
    llm.enqueue(STALLED)
    generation = ready(caller, wire, llm)
    async with generation:
        await eventually(lambda: len(llm.requests) == 1)
    await eventually(lambda: preparing() == [] and llm.disconnects == 1)


@every_wire
async def test_silence_and_cancellation_reach_a_call_that_was_made_ready(wire: str, llm: LLMServer) -> None:
    caller = ModelCaller(CallSettings(stream_silence_seconds=0.3))
    try:
        llm.enqueue(STALLED, STALLED)
        with pytest.raises(ProviderError) as failure:
            await said(ready(caller, wire, llm))
        assert failure.value.kind == "stream_silence_timeout"
        listening = asyncio.create_task(said(ready(caller, wire, llm)))
        await eventually(lambda: len(llm.requests) == 2)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        await eventually(lambda: preparing() == [] and llm.disconnects == 2)
    finally:
        await caller.close()
