"""The streaming wires of OpenAI (Chat Completions, Responses) and Anthropic (Messages), as frames ready to be sent."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

STAMP = b"@@@@@@@@@@@@@@@@@@@@"
"""Twenty bytes in a text frame that the server overwrites with the time of sending, `t=<seconds since 1970> `."""


@dataclass(slots=True)
class Plan:
    """What the server answers to one request; the default is five words at once and a clean end.

    `rate` is in parts per second, 0 for all at once; `delay` in seconds before the first part. `stamped` text parts
    hold the time of sending. `tool_calls` are `{"id", "name", "args"}` with `args` as JSON text. A `status` other than
    200 answers with an error body of `error_type` and `error_message`. `fault` happens after `fault_after` text parts:
    `cut` (connection broken), `no_terminal` (clean end of the body, no terminal event), `no_stop` (all but the very
    last event), `malformed` (an event that is no JSON), `stall` (nothing more), `error_event` (an error in the stream).
    """

    text: str | None = None
    parts: int = 5
    rate: float = 0.0
    delay: float = 0.0
    stamped: bool = False
    padding: int = 0
    reasoning: list[str] = field(default_factory=list)
    tool_calls: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error_type: str = "server_error"
    error_code: str | None = None
    error_message: str = "The server had an error."
    fault: str = ""
    fault_after: int = 2
    finish: str = ""
    usage: dict[str, int] = field(default_factory=dict)

    def pieces(self) -> list[str]:
        """The text parts."""
        if self.text is not None:
            return re.findall(r"\S+\s*|\s+", self.text)
        if self.stamped:
            return [STAMP.decode() + "x" * self.padding] * self.parts
        return [f"word{n} " for n in range(self.parts)]

    def count(self, name: str, default: int) -> int:
        return self.usage.get(name, default)


@dataclass(slots=True)
class Frames:
    """One answer: frames before the text, the text frames, frames up to the terminal event, and that event."""

    head: list[bytes]
    text: list[bytes]
    tail: list[bytes]
    terminal: list[bytes]


def _data(value: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, separators=(",", ":")).encode() + b"\n\n"


def _event(value: dict[str, Any]) -> bytes:
    return b"event: " + value["type"].encode() + b"\n" + _data(value)


def _halves(text: str) -> list[str]:
    middle = len(text) // 2
    return [text[:middle], text[middle:]]


def chat_frames(plan: Plan, request: dict[str, Any]) -> Frames:
    """Chat Completions."""
    base = {
        "id": "chatcmpl-fake",
        "object": "chat.completion.chunk",
        "created": 1_760_000_000,
        "model": request["model"],
    }

    def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
        return _data(base | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    head = [chunk({"role": "assistant", "content": ""})]
    head += [chunk({"reasoning_content": piece}) for piece in plan.reasoning]
    tail = []
    for index, call in enumerate(plan.tool_calls):
        named = {"index": index, "id": call["id"], "type": "function"}
        tail.append(chunk({"tool_calls": [named | {"function": {"name": call["name"], "arguments": ""}}]}))
        tail += [
            chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
            for piece in _halves(call["args"])
        ]
    finish = plan.finish or ("tool_calls" if plan.tool_calls else "stop")
    usage = {
        "prompt_tokens": plan.count("input", 11),
        "completion_tokens": plan.count("output", 7),
        "total_tokens": plan.count("input", 11) + plan.count("output", 7),
        "prompt_tokens_details": {"cached_tokens": plan.count("cache_read", 0)},
        "completion_tokens_details": {"reasoning_tokens": plan.count("reasoning", 0)},
    }
    return Frames(
        head,
        [chunk({"content": piece}) for piece in plan.pieces()],
        tail,
        [chunk({}, finish), _data(base | {"choices": [], "usage": usage}), b"data: [DONE]\n\n"],
    )


def responses_frames(plan: Plan, request: dict[str, Any]) -> Frames:
    """Responses."""
    sequence = -1

    def event(kind: str, **fields: Any) -> bytes:
        nonlocal sequence
        sequence += 1
        return _event({"type": kind, "sequence_number": sequence, **fields})

    response = {
        "id": "resp_fake",
        "object": "response",
        "created_at": 1_760_000_000,
        "model": request["model"],
        "status": "in_progress",
        "output": [],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
    }
    head = [event("response.created", response=response)]
    output = 0
    if plan.reasoning:
        item = {"id": "rs_fake", "type": "reasoning", "summary": []}
        at = {"item_id": "rs_fake", "output_index": output, "summary_index": 0}
        text = "".join(plan.reasoning)
        head.append(event("response.output_item.added", output_index=output, item=item))
        head.append(event("response.reasoning_summary_part.added", **at, part={"type": "summary_text", "text": ""}))
        head += [event("response.reasoning_summary_text.delta", **at, delta=piece) for piece in plan.reasoning]
        head.append(event("response.reasoning_summary_text.done", **at, text=text))
        done = item | {"summary": [{"type": "summary_text", "text": text}], "encrypted_content": "sealed-thoughts"}
        head.append(event("response.output_item.done", output_index=output, item=done))
        output += 1
    pieces = plan.pieces()
    body: list[bytes] = []
    tail: list[bytes] = []
    if pieces:
        at = {"item_id": "msg_fake", "output_index": output, "content_index": 0}
        item = {"id": "msg_fake", "type": "message", "role": "assistant", "status": "in_progress", "content": []}
        part = {"type": "output_text", "text": "", "annotations": []}
        head.append(event("response.output_item.added", output_index=output, item=item))
        head.append(event("response.content_part.added", **at, part=part))
        body = [event("response.output_text.delta", **at, delta=piece, logprobs=[]) for piece in pieces]
        full = part | {"text": "".join(pieces)}
        tail.append(event("response.output_text.done", **at, text=full["text"], logprobs=[]))
        tail.append(event("response.content_part.done", **at, part=full))
        whole = item | {"status": "completed", "content": [full]}
        tail.append(event("response.output_item.done", output_index=output, item=whole))
        output += 1
    for call in plan.tool_calls:
        item = {
            "id": f"fc_{call['id']}",
            "type": "function_call",
            "call_id": call["id"],
            "name": call["name"],
            "arguments": "",
            "status": "in_progress",
        }
        at = {"item_id": item["id"], "output_index": output}
        tail.append(event("response.output_item.added", output_index=output, item=item))
        tail += [event("response.function_call_arguments.delta", **at, delta=piece) for piece in _halves(call["args"])]
        tail.append(event("response.function_call_arguments.done", **at, arguments=call["args"], name=call["name"]))
        whole = item | {"arguments": call["args"], "status": "completed"}
        tail.append(event("response.output_item.done", output_index=output, item=whole))
        output += 1
    usage = {
        "input_tokens": plan.count("input", 11),
        "input_tokens_details": {"cached_tokens": plan.count("cache_read", 0)},
        "output_tokens": plan.count("output", 7),
        "output_tokens_details": {"reasoning_tokens": plan.count("reasoning", 0)},
        "total_tokens": plan.count("input", 11) + plan.count("output", 7),
    }
    if plan.finish:
        ended = response | {"status": "incomplete", "incomplete_details": {"reason": plan.finish}, "usage": usage}
        terminal = event("response.incomplete", response=ended)
    else:
        terminal = event("response.completed", response=response | {"status": "completed", "usage": usage})
    return Frames(head, body, tail, [terminal])


def anthropic_frames(plan: Plan, request: dict[str, Any]) -> Frames:
    """Messages."""
    cache_read, cache_write = plan.count("cache_read", 0), plan.count("cache_write", 0)
    message = {
        "id": "msg_fake",
        "type": "message",
        "role": "assistant",
        "model": request["model"],
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {
            "input_tokens": plan.count("input", 11),
            "cache_read_input_tokens": cache_read,
            "cache_creation_input_tokens": cache_write,
            "output_tokens": 1,
        },
    }
    head = [_event({"type": "message_start", "message": message}), _event({"type": "ping"})]
    index = 0

    def block(frames: list[bytes], start: dict[str, Any], deltas: list[dict[str, Any]]) -> None:
        nonlocal index
        frames.append(_event({"type": "content_block_start", "index": index, "content_block": start}))
        frames += [_event({"type": "content_block_delta", "index": index, "delta": delta}) for delta in deltas]
        frames.append(_event({"type": "content_block_stop", "index": index}))
        index += 1

    if plan.reasoning:
        thoughts = [{"type": "thinking_delta", "thinking": piece} for piece in plan.reasoning]
        signature = [{"type": "signature_delta", "signature": "sealed-thoughts"}]
        block(head, {"type": "thinking", "thinking": "", "signature": ""}, thoughts + signature)
    body: list[bytes] = []
    tail: list[bytes] = []
    if pieces := plan.pieces():
        text: list[bytes] = []
        block(text, {"type": "text", "text": ""}, [{"type": "text_delta", "text": piece} for piece in pieces])
        head.append(text[0])
        body, tail = text[1:-1], [text[-1]]
    for call in plan.tool_calls:
        start = {"type": "tool_use", "id": call["id"], "name": call["name"], "input": {}}
        block(tail, start, [{"type": "input_json_delta", "partial_json": piece} for piece in _halves(call["args"])])
    stop = plan.finish or ("tool_use" if plan.tool_calls else "end_turn")
    delta = {
        "type": "message_delta",
        "delta": {"stop_reason": stop, "stop_sequence": None},
        "usage": {"output_tokens": plan.count("output", 7)},
    }
    return Frames(head, body, tail, [_event(delta), _event({"type": "message_stop"})])


def error_body(wire: str, plan: Plan) -> bytes:
    """The body of an error status."""
    error: dict[str, Any] = {"type": plan.error_type, "message": plan.error_message}
    if wire == "anthropic":
        return json.dumps({"type": "error", "error": error}).encode()
    return json.dumps({"error": error | {"code": plan.error_code, "param": None}}).encode()


def error_event(wire: str, plan: Plan) -> bytes:
    """An error inside a stream."""
    error: dict[str, Any] = {"type": plan.error_type, "message": plan.error_message}
    if wire == "anthropic":
        return _event({"type": "error", "error": error})
    if wire == "responses":
        failed = {"type": "error", "code": plan.error_code, "message": plan.error_message, "param": None}
        return _event(failed | {"sequence_number": 99})
    return _data({"error": error | {"code": plan.error_code}})
