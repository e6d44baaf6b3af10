"""The demo model: deterministic answers without any network, for first runs, tests and the documentation page.

It says back what the user's last message says, word by word. Lines of that message which begin with a command make it
do something else; lines are worked off in order, so a script may mix them:

    /echo TEXT              say TEXT
    /slow PARTS SECONDS     PARTS pieces of text (at most 10000), SECONDS (at most 60) apart
    /long [WORDS]           WORDS words (default 2000, at most 100000) as fast as they go
    /think TEXT             reasoning, word by word
    /tool NAME [JSON]       call the declared tool NAME; neighbouring lines make one step with several calls
    /wait SECONDS           nothing for SECONDS (at most 3600)
    /fail WHAT [TIMES]      fail: WHAT is an HTTP status or an error kind; TIMES: only that many attempts of the step

After a tool step the next request goes on behind it; a script that ends there closes with the results in words.
Anything else that begins with a slash is plain text. Token counts are word counts; the price is zero.
"""

import asyncio
import datetime as dt
import hashlib
import re
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import orjson
from pydantic_ai.messages import (
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

from palaver.errors.provider import ErrorKind, ProviderError
from palaver.llm import gate
from palaver.llm.catalog import ModelChoice
from palaver.llm.compaction import SUMMARY_REQUEST, without_summary
from palaver.llm.events import PartDelta, StepDone, StepEvent, ToolSpec
from palaver.llm.failures import Failure, classify

PACE_SECONDS = 0.02
MAX_SLOW_PARTS = 10_000
MAX_SLOW_SECONDS = 60.0
DEFAULT_LONG_WORDS = 2_000
MAX_LONG_WORDS = 100_000
MAX_WAIT_SECONDS = 3600.0

SUMMARY_WORDS = 20
"""How much of the last message the demo model's summary of a conversation repeats."""

_WORDS = re.compile(r"\S+\s*|\s+")
_RETRYABLE_KINDS = frozenset({"overloaded", "rate_limit", "timeout", "stream_silence_timeout"})
_NO_PAUSE_BATCH = 50
"""Words of `/long` between two turns of the event loop."""


@dataclass(slots=True, frozen=True)
class Line:
    """One line of a script: the command ("echo" for plain text) and what follows it."""

    command: str
    rest: str


def parse(text: str) -> list[Line]:
    """The script in a user's message; runs of plain lines are one `echo` that keeps its line breaks."""
    lines: list[Line] = []
    plain: list[str] = []

    def flush() -> None:
        if said := "\n".join(plain).strip():
            lines.append(Line("echo", said))
        plain.clear()

    for raw in text.splitlines():
        word, _, rest = raw.strip().partition(" ")
        if word.startswith("/") and word[1:] in _COMMANDS:
            flush()
            lines.append(Line(word[1:], rest.strip()))
        else:
            plain.append(raw)
    flush()
    return lines


_COMMANDS = frozenset({"echo", "slow", "long", "think", "tool", "wait", "fail"})


def segments(lines: Iterable[Line]) -> list[list[Line]]:
    """The script cut into model steps: a run of `tool` lines ends one. The last step is present even when empty."""
    steps: list[list[Line]] = [[]]
    in_tools = False
    for line in lines:
        if in_tools and line.command != "tool":
            steps.append([])
        in_tools = line.command == "tool"
        steps[-1].append(line)
    if in_tools:
        steps.append([])
    return steps


@dataclass(slots=True)
class _Turn:
    """What the demo model reads of a prompt."""

    text: str = ""
    previous_text: str = ""
    attachments: int = 0
    steps_done: int = 0
    words: int = 0
    results: list[tuple[str, str]] = field(default_factory=list)


def _read(messages: Sequence[ModelMessage]) -> _Turn:
    turn = _Turn()
    for message in messages:
        if isinstance(message, ModelResponse):
            turn.words += sum(_word_count(p.content) for p in message.parts if isinstance(p, TextPart | ThinkingPart))
            if any(isinstance(part, ToolCallPart) for part in message.parts):
                turn.steps_done += 1
                turn.results = []
        else:
            _read_request(message, turn)
    return turn


def _read_request(message: ModelRequest, turn: _Turn) -> None:
    for part in message.parts:
        if isinstance(part, SystemPromptPart):
            turn.words += _word_count(part.content)
        elif isinstance(part, ToolReturnPart):
            result = part.model_response_str()
            turn.words += _word_count(result)
            turn.results.append((part.tool_name, result))
        elif isinstance(part, UserPromptPart):
            contents = [part.content] if isinstance(part.content, str) else list(part.content)
            texts = [content for content in contents if isinstance(content, str)]
            turn.previous_text, turn.text = turn.text, without_summary("\n".join(texts))
            turn.attachments = len(contents) - len(texts)
            turn.words += _word_count(turn.text)
            turn.steps_done = 0
            turn.results = []


def _word_count(text: str) -> int:
    return len(text.split())


class DemoStep:
    """One step of the demo model, made when `events()` is iterated; only `/fail` looks at `attempt` (1-based)."""

    def __init__(
        self, choice: ModelChoice, messages: Sequence[ModelMessage], tools: Sequence[ToolSpec], *, attempt: int
    ) -> None:
        self._choice = choice
        self._attempt = attempt
        self._tools = frozenset(tool.name for tool in tools)
        self._turn = _read(messages)
        self._parts: list[dict[str, Any]] = []
        self._words = {"text": 0, "reasoning": 0}

    async def events(self) -> AsyncGenerator[StepEvent, None]:
        """Live parts at the script's pace, then the finished step."""
        await gate.passed()
        for line in self._lines():
            match line.command:
                case "echo" | "think":
                    kind = "reasoning" if line.command == "think" else "text"
                    pieces: Iterable[str] = _WORDS.findall(line.rest)
                    async for event in self._say(kind, pieces, PACE_SECONDS):
                        yield event
                case "slow":
                    count, seconds = _slow_arguments(line.rest)
                    async for event in self._say("text", (f"part {n} " for n in range(1, count + 1)), seconds):
                        yield event
                case "long":
                    count = min(_number(line.rest, DEFAULT_LONG_WORDS), MAX_LONG_WORDS)
                    async for event in self._say("text", (f"word{n} " for n in range(1, count + 1)), 0):
                        yield event
                case "tool":
                    yield self._call(line.rest)
                case "wait":
                    await asyncio.sleep(min(_seconds(line.rest, 1.0), MAX_WAIT_SECONDS))
                case "fail":
                    self._fail(line.rest)
        self._end_reasoning()
        called = any(part["type"] == "tool-call" for part in self._parts)
        yield StepDone(self._parts, self._usage(), cost_micros=0, finish_reason="tool_call" if called else "stop")

    def partial(self) -> list[dict[str, Any]]:
        """The parts so far."""
        self._end_reasoning()
        return list(self._parts)

    def _lines(self) -> list[Line]:
        turn = self._turn
        steps = segments(parse(turn.text))
        lines = steps[turn.steps_done] if turn.steps_done < len(steps) else []
        if turn.text == SUMMARY_REQUEST:
            words = " ".join(turn.previous_text.split()[:SUMMARY_WORDS])
            count = turn.words - _word_count(SUMMARY_REQUEST)
            return [Line("echo", f"A conversation of {count} words. The user said last: {words}")]
        if not lines and turn.results:
            return [Line("echo", f"{name} answered: {result}") for name, result in turn.results]
        if not lines:
            return [Line("echo", f"I received {turn.attachments} attachment(s).")]
        return lines

    async def _say(self, kind: str, pieces: Iterable[str], pause: float) -> AsyncGenerator[StepEvent, None]:
        part = self._open(kind)
        break_line = "\n" if part["text"] else ""
        for number, piece in enumerate(pieces):
            if number and pause:
                await asyncio.sleep(pause)
            elif number % _NO_PAUSE_BATCH == _NO_PAUSE_BATCH - 1:
                await asyncio.sleep(0)
            yield self._piece(part, break_line + piece)
            break_line = ""

    def _piece(self, part: dict[str, Any], text: str) -> PartDelta:
        part["text"] += text
        self._words[part["type"]] += _word_count(text)
        return PartDelta({"type": part["type"], "text": text})

    def _open(self, kind: str) -> dict[str, Any]:
        """The stored part to write into: the last one when it is of this kind, for neighbours join."""
        if self._parts and self._parts[-1]["type"] == kind:
            return self._parts[-1]
        self._end_reasoning()
        part = {"type": kind, "text": ""}
        if kind == "reasoning":
            part["created_at"] = _now()
        self._parts.append(part)
        return part

    def _end_reasoning(self) -> None:
        if self._parts and self._parts[-1]["type"] == "reasoning":
            self._parts[-1]["completed_at"] = _now()

    def _call(self, rest: str) -> PartDelta:
        name, _, raw = rest.partition(" ")
        if name not in self._tools:
            part = self._open("text")
            break_line = "\n" if part["text"] else ""
            return self._piece(part, f"{break_line}The tool {name} is not available here.")
        self._end_reasoning()
        raw = raw.strip() or "{}"
        call_id = self._call_id(rest)
        part = {"type": "tool-call", "tool_call_id": call_id, "tool_name": name, "args": {}}
        try:
            args = orjson.loads(raw)
        except orjson.JSONDecodeError:
            args = None
        if isinstance(args, dict):
            part["args"] = args
        else:
            part["provider_metadata"] = {"invalid_args": raw}
        part["created_at"] = _now()
        self._parts.append(part)
        return PartDelta({"type": "tool-call", "tool_call_id": call_id, "tool_name": name, "args_delta": raw})

    def _call_id(self, rest: str) -> str:
        """Unique within a chat without being random: it hangs on the prompt's size and the place in the script."""
        place = f"{self._turn.words}:{self._turn.steps_done}:{len(self._parts)}:{rest}:{self._turn.text}"
        return f"demo_{hashlib.sha256(place.encode(errors='replace')).hexdigest()[:20]}"

    def _fail(self, rest: str) -> None:
        what, _, times = rest.partition(" ")
        if times.strip() and self._attempt > _number(times, 1):
            return
        detail = "The demo model failed on request."
        if what.isdigit():
            raise classify(Failure("demo failure", detail=detail, status_code=int(what)), self._choice.provider_type)
        kind: ErrorKind = what if what in get_args(ErrorKind) else "generic"  # type: ignore[assignment]
        raise ProviderError(
            kind, retryable=kind in _RETRYABLE_KINDS, provider=self._choice.provider_type, detail=detail
        )

    def _usage(self) -> dict[str, int]:
        output = self._words["text"] + self._words["reasoning"]
        counts = {
            "input_tokens": self._turn.words,
            "output_tokens": output,
            "total_tokens": self._turn.words + output,
            "reasoning_tokens": self._words["reasoning"],
            "context_limit": self._choice.context_limit,
        }
        return {name: count for name, count in counts.items() if count > 0}


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat().replace("+00:00", "Z")


def _number(text: str, default: int) -> int:
    first = text.split()[:1]
    # More digits than any limit here allows are as good as the limit, and int() would refuse thousands of them.
    return int(first[0][:9]) if first and first[0].isascii() and first[0].isdigit() else default


def _seconds(text: str, default: float) -> float:
    match = re.match(r"\d{1,6}(?:\.\d{1,6})?$", text.split()[0]) if text.split() else None
    return float(match.group()) if match else default


def _slow_arguments(rest: str) -> tuple[int, float]:
    words = rest.split()
    count = min(_number(rest, 10), MAX_SLOW_PARTS)
    return count, min(_seconds(words[1], 0.1) if len(words) > 1 else 0.1, MAX_SLOW_SECONDS)
