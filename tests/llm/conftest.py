"""Model choices pointing at the fake model server, one per wire, and what a call gave."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic_ai.messages import ModelMessage, ModelRequest, UserPromptPart

from palaver.llm.catalog import ModelChoice
from palaver.llm.events import PartDelta, StepDone, ToolSpec
from palaver.llm.generation import ModelCaller
from tests.fakes.llm_server import LLMServer, running

WIRES = ("openai-responses", "openai-chat", "openai-compat", "anthropic")
MODELS = {"openai": "gpt-5-mini", "openai-compat": "local-model", "anthropic": "claude-sonnet-4-6", "demo": "demo"}


@dataclass(frozen=True)
class CallSettings:
    """The settings of model calls, with a silence window short enough for a test."""

    stream_silence_seconds: float = 5.0
    allow_private_networks: bool = True
    outgoing_ports: tuple[int, ...] = ()


@dataclass
class Outcome:
    """What one call gave."""

    deltas: list[dict[str, Any]] = field(default_factory=list)
    done: StepDone | None = None

    @property
    def step(self) -> StepDone:
        assert self.done is not None
        return self.done

    def live(self, kind: str) -> str:
        """The live text of one kind, put together."""
        key = "args_delta" if kind == "tool-call" else "text"
        return "".join(part.get(key, "") for part in self.deltas if part["type"] == kind)


def make_choice(wire: str, url: str = "", **changes: Any) -> ModelChoice:
    """A usable choice of `wire`: a provider type, or `openai-responses` / `openai-chat`."""
    provider_type = "openai" if wire in {"openai-responses", "openai-chat"} else wire
    call_config: dict[str, Any] = dict(changes.pop("call_config", {}))
    if wire == "openai-chat":
        call_config["openai_config"] = {"use_responses_api": False}
    values: dict[str, Any] = {
        "config_id": uuid.uuid4(),
        "model": MODELS[provider_type],
        "display_name": "Model",
        "enabled": True,
        "is_default": True,
        "context_limit": 100_000,
        "compression_threshold": 70,
        "provider_id": uuid.UUID(int=sum(wire.encode())),
        "provider_type": provider_type,
        "provider_name": wire,
        "provider_display_name": wire,
        "provider_enabled": True,
        "base_url": url if provider_type == "anthropic" else f"{url}/v1",
        "has_key": True,
        "call_config": call_config,
    }
    return ModelChoice(**(values | changes))


def user(*content: Any) -> list[ModelMessage]:
    """A prompt of one user message."""
    return [ModelRequest([UserPromptPart(content[0] if len(content) == 1 else list(content))])]


async def call(
    caller: ModelCaller,
    choice: ModelChoice,
    messages: Sequence[ModelMessage] | None = None,
    *,
    key: str | None = "sk-test",
    tools: Sequence[ToolSpec] = (),
    effort: str = "",
    attempt: int = 1,
) -> Outcome:
    """Make one call and gather what it gives."""
    outcome = Outcome()
    prompt = messages if messages is not None else user("Hello")
    async with caller.open(choice, key, prompt, tools=tools, effort=effort, attempt=attempt) as generation:
        async for event in generation:
            if isinstance(event, PartDelta):
                outcome.deltas.append(event.part)
            else:
                assert outcome.done is None
                outcome.done = event
    return outcome


async def eventually(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until the condition holds; fail when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition never came true"
        await asyncio.sleep(0.01)


@pytest.fixture
async def llm() -> AsyncIterator[LLMServer]:
    """A fake model server."""
    async with running() as server:
        yield server


@pytest.fixture
async def caller() -> AsyncIterator[ModelCaller]:
    """A model caller, closed behind the test."""
    caller = ModelCaller(CallSettings())
    yield caller
    await caller.close()
