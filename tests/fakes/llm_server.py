"""A local model server that speaks the streaming wires of OpenAI and Anthropic, with faults on request.

Paths: `/v1/chat/completions`, `/v1/responses`, `/v1/messages` (each also without `/v1`). What a request gets is, in
this order: the next plan of the queue (`enqueue`, or `POST /_control` with a JSON list of plans), a plan as JSON
behind `fake:` at the end of the last user text, or the server's default plan. `GET /_control` gives the requests seen.

Own process, for measurements (prints `ready <port>`):
    python -m tests.fakes.llm_server --port 9100 --parts 200 --rate 20 --delay 0.5 --stamped
"""

import argparse
import asyncio
import contextlib
import dataclasses
import json
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.llm_wire import (
    STAMP,
    Frames,
    Plan,
    anthropic_frames,
    chat_frames,
    error_body,
    error_event,
    responses_frames,
)

_WIRES: dict[str, tuple[str, Callable[[Plan, dict[str, Any]], Frames]]] = {
    "/chat/completions": ("chat", chat_frames),
    "/responses": ("responses", responses_frames),
    "/messages": ("anthropic", anthropic_frames),
}
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}
_MAX_RECORDED = 1000


@dataclass(slots=True)
class RecordedRequest:
    """A request as it came in; header names are lower-case, `raw` is the body as it was sent."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float
    raw: str = ""


@dataclass
class LLMServer:
    """The server and what it saw. `disconnects` counts streams that the client left before their end."""

    default: Plan = field(default_factory=Plan)
    record: bool = True
    requests: deque[RecordedRequest] = field(default_factory=lambda: deque(maxlen=_MAX_RECORDED))
    disconnects: int = 0
    connections: int = 0
    port: int = 0
    _plans: deque[Plan] = field(default_factory=deque)
    _frames: dict[tuple[str, str, str], Frames] = field(default_factory=dict)
    _server: asyncio.Server | None = None
    _handlers: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def enqueue(self, *plans: Plan) -> None:
        """Plans for the next requests, in order."""
        self._plans.extend(plans)

    def reset(self) -> None:
        """Forget requests and plans."""
        self._plans.clear()
        self.requests.clear()
        self.disconnects = 0

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._handlers:
            task.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        self.connections += 1
        try:
            while await self._serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, or `stop` ended us
        finally:
            self._handlers.discard(task)
            with contextlib.suppress(Exception):
                writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        raw = await reader.readuntil(b"\r\n\r\n")
        request_line, *header_lines = raw.decode("latin-1").split("\r\n")
        method, path, _ = request_line.split(" ", 2)
        headers = {}
        for line in header_lines:
            if line:
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path = path.partition("?")[0].removeprefix("/v1")
        if path == "/_control":
            return await self._control(method, body, writer)
        if path not in _WIRES:
            await _send(writer, 404, b'{"error":{"message":"no such path"}}', {})
            return True
        document = json.loads(body)
        if self.record:
            self.requests.append(RecordedRequest(path, headers, document, time.time(), body.decode()))
        wire, build = _WIRES[path]
        plan = self._plan_for(document)
        if plan.delay:
            await asyncio.sleep(plan.delay)
        if plan.status != 200:
            await _send(writer, plan.status, error_body(wire, plan), plan.headers)
            return True
        key = (wire, str(document.get("model")), repr(plan))
        frames = self._frames.get(key)
        if frames is None:
            if len(self._frames) > 64:
                self._frames.clear()
            frames = self._frames[key] = build(plan, document)
        return await self._stream(reader, writer, wire, plan, frames)

    async def _control(self, method: str, body: bytes, writer: asyncio.StreamWriter) -> bool:
        if method == "POST":
            self.enqueue(*(Plan(**plan) for plan in json.loads(body)))
        seen = json.dumps([dataclasses.asdict(request) for request in self.requests]).encode()
        await _send(writer, 200, seen, {})
        return True

    def _plan_for(self, document: dict[str, Any]) -> Plan:
        if self._plans:
            return self._plans.popleft()
        _, found, script = _last_user_text(document).rpartition("fake:")
        return Plan(**json.loads(script)) if found else self.default

    async def _stream(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: str, plan: Plan, frames: Frames
    ) -> bool:
        extra = "".join(f"{name}: {value}\r\n" for name, value in plan.headers.items())
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
            + extra.encode()
            + b"\r\n"
        )
        writer.write(_chunk(b"".join(frames.head)))
        try:
            if plan.fault:
                return await self._stream_with_fault(reader, writer, wire, plan, frames)
            await self._send_text(writer, plan, frames.text)
            writer.write(_chunk(b"".join(frames.tail + frames.terminal)) + b"0\r\n\r\n")
            await writer.drain()
        except ConnectionError:
            self.disconnects += 1
            raise
        return True

    async def _send_text(self, writer: asyncio.StreamWriter, plan: Plan, frames: list[bytes]) -> None:
        if not plan.rate:
            writer.write(_chunk(b"".join(_stamped(frame) if plan.stamped else frame for frame in frames)))
            await writer.drain()
            return
        loop = asyncio.get_running_loop()
        interval, due = 1.0 / plan.rate, loop.time()
        for frame in frames:
            # Paced by the clock, not by the sleeps: a late part does not delay those behind it.
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            if writer.transport.is_closing():
                raise ConnectionResetError
            writer.write(_chunk(_stamped(frame) if plan.stamped else frame))
            due += interval

    async def _stream_with_fault(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: str, plan: Plan, frames: Frames
    ) -> bool:
        if plan.fault == "no_stop":
            await self._send_text(writer, plan, frames.text)
            kept = frames.tail + frames.terminal[:-1]
            writer.write(_chunk(b"".join(kept)) + b"0\r\n\r\n")
            await writer.drain()
            return True
        await self._send_text(writer, plan, frames.text[: plan.fault_after])
        await writer.drain()
        match plan.fault:
            case "cut":
                await asyncio.sleep(0.02)  # lets the parts so far reach the client before the reset
                writer.transport.abort()
                return False
            case "stall":
                await reader.read()  # until the client hangs up
                self.disconnects += 1
                return False
            case "malformed":
                writer.write(_chunk(b'data: {"choices": [ {"delta\n\n' if wire != "anthropic" else _BROKEN_EVENT))
            case "error_event":
                writer.write(_chunk(error_event(wire, plan)))
            case "no_terminal":
                pass
            case other:
                raise ValueError(other)
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True


_BROKEN_EVENT = b'event: content_block_delta\ndata: {"type": "content_block_de\n\n'


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data) if data else b""  # an empty chunk would end the body


def _stamped(frame: bytes) -> bytes:
    return frame.replace(STAMP, f"t={time.time():.6f} ".encode(), 1)


async def _send(writer: asyncio.StreamWriter, status: int, body: bytes, headers: dict[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    await writer.drain()


def _last_user_text(document: dict[str, Any]) -> str:
    messages = document.get("messages") or document.get("input") or []
    for message in reversed(messages):
        if not isinstance(message, dict) or message.get("role") != "user":
            continue
        content = message["content"]
        if isinstance(content, str):
            return content
        return "\n".join(part["text"] for part in content if "text" in part)
    return ""


@contextlib.asynccontextmanager
async def running(default: Plan | None = None) -> AsyncIterator[LLMServer]:
    """A server in this event loop, on a free port."""
    server = LLMServer(default or Plan())
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def _serve(port: int, plan: Plan) -> None:
    server = LLMServer(plan, record=False)
    await server.start(port)
    sys.stdout.write(f"ready {server.port}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="A fake model server for measurements.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--parts", type=int, default=20)
    parser.add_argument("--rate", type=float, default=0.0, help="text parts per second; 0: all at once")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before the first part")
    parser.add_argument("--padding", type=int, default=0, help="characters behind each stamp")
    parser.add_argument("--stamped", action="store_true", help="write the time of sending into each part")
    options = parser.parse_args()
    plan = Plan(
        parts=options.parts,
        rate=options.rate,
        delay=options.delay,
        padding=options.padding,
        stamped=options.stamped,
    )
    with contextlib.suppress(KeyboardInterrupt):
        import uvloop

        uvloop.run(_serve(options.port, plan))


if __name__ == "__main__":
    main()
