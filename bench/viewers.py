"""A worker that talks to chats and watches them: `python -m bench.viewers`.

A job: {port, relay_port, token, chats, turns, parts, spread, pause, body}. Every chat gets a viewer by server-sent
events, then `turns` turns, each a send over a second connection; the first turns start spread over `spread` seconds, a
further turn 0.5 to 1.5 times `pause` seconds after the one before it. When all viewers stand the worker answers
{ready: true} and waits for a line. Then: {seconds, answered, asked, first, late, relayed, added: [milliseconds],
lost, failures}.

answered: from the send to its answer. asked: from the send to the request at the model server. first: from the send to
the first part at the viewer, less the time that the model server had the request before it sent that part. late: from
a part's stamp to its arrival at the viewer. With a relay_port (else null) every chat has a second viewer, on that
server. relayed: its `late`. added: how much later a part came to it than to the first one.
"""

import asyncio
import random
import re
import sys
import time
from functools import partial
from typing import Any, cast

import uvloop

from bench.jobs import answer, jobs

_STAMP = re.compile(rb"@(\d+),(\d+),(\d+);")
_PART = b'"type":"message_part"'
_STATUS = re.compile(rb'"status":\{"status":"([a-z_]+)"\}')
_TURN_SECONDS = 120.0


class Tally:
    """What all chats of a job add up to."""

    def __init__(self) -> None:
        self.answered: list[float] = []
        self.asked: list[float] = []
        self.first: list[float] = []
        self.late: list[float] = []
        self.relayed: list[float] = []
        self.added: list[float] = []
        self.failures: list[str] = []
        self.lost = 0


class Viewer(asyncio.Protocol):
    """One stream of server-sent events. It reads lines and looks only for stamps and the chat's status."""

    def __init__(self, request: bytes, tally: Tally, *, relayed: bool = False) -> None:
        self._request = request
        self._tally = tally
        self._relayed = relayed
        self._late = tally.relayed if relayed else tally.late
        self._rest = b""
        loop = asyncio.get_running_loop()
        self.open: asyncio.Future[None] = loop.create_future()
        self.turn_over: asyncio.Future[None] | None = None
        self.sent_at = 0
        self.status = ""
        self.arrived: dict[int, int] = {}
        """When the parts of the present turn came, by their numbers."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if not line.startswith(b"data:"):
                continue
            if _PART in line:
                for stamp in _STAMP.finditer(line):
                    self._take(now, int(stamp[1]), int(stamp[2]), int(stamp[3]))
            elif b'"type":"status"' in line and (status := _STATUS.search(line)):
                self._take_status(status[1])
            elif b'"type":"error"' in line or b'"type":"retry"' in line:
                self._tally.failures.append(line.decode(errors="replace"))

    def connection_lost(self, error: Exception | None) -> None:
        for future in (self.open, self.turn_over):
            if future is not None and not future.done():
                future.set_exception(error or ConnectionResetError("a stream ended"))

    def _take(self, now: int, arrival: int, sent: int, number: int) -> None:
        self._late.append((now - sent) / 1e6)
        self.arrived[number] = now
        if number == 0 and not self._relayed:
            self._tally.asked.append((arrival - self.sent_at) / 1e6)
            self._tally.first.append((now - self.sent_at - (sent - arrival)) / 1e6)

    def begin_turn(self, sent_at: int) -> "asyncio.Future[None]":
        """A message is being sent; the future tells when the chat rests."""
        self.arrived.clear()
        self.sent_at = sent_at
        self.turn_over = asyncio.get_running_loop().create_future()
        return self.turn_over

    def _take_status(self, status: bytes) -> None:
        self.status = status.decode()
        if not self.open.done():
            self.open.set_result(None)
        elif status in (b"waiting", b"error") and self.turn_over is not None and not self.turn_over.done():
            self.turn_over.set_result(None)


class Sender(asyncio.Protocol):
    """A keep-alive connection for one request at a time."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def post(self, request: bytes) -> "asyncio.Future[bytes]":
        """Write the request; the future gives the answer's status."""
        self._buffer = b""
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        # One small answer per request: its head says it all.
        if b"\r\n\r\n" in self._buffer and self._answer is not None and not self._answer.done():
            self._answer.set_result(self._buffer[9:12])

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError("the server closed the connection"))


async def _talk(job: dict[str, Any], chat: str, viewers: list[Viewer], tally: Tally, start: float) -> None:
    loop = asyncio.get_running_loop()
    _, sender = await loop.create_connection(Sender, "127.0.0.1", job["port"])
    body = job["body"].encode()
    request = (
        f"POST /api/experimental/chats/{chat}/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Coder-Session-Token: {job['token']}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    await asyncio.sleep(start)
    for turn in range(job["turns"]):
        if turn:
            await asyncio.sleep(job["pause"] * random.uniform(0.5, 1.5))
        sent_at = time.monotonic_ns()
        over = [viewer.begin_turn(sent_at) for viewer in viewers]
        status = await sender.post(request)
        tally.answered.append((time.monotonic_ns() - sent_at) / 1e6)
        if status != b"200":
            tally.failures.append(f"a send was answered with {status.decode()}")
            return
        try:
            await asyncio.wait_for(asyncio.gather(*over), _TURN_SECONDS)
        except TimeoutError:
            seen = [f"{len(viewer.arrived)} parts, then {viewer.status}" for viewer in viewers]
            tally.failures.append(f"a turn did not end; its viewers saw {'; '.join(seen)}")
            return
        tally.lost += sum(job["parts"] - len(viewer.arrived) for viewer in viewers)
        first = viewers[0].arrived
        for other in viewers[1:]:
            tally.added += [(at - first[number]) / 1e6 for number, at in other.arrived.items() if number in first]
    sender.transport.close()


async def _work(job: dict[str, Any]) -> None:
    loop = asyncio.get_running_loop()
    tally = Tally()
    ports = [job["port"], *([job["relay_port"]] if job["relay_port"] else [])]
    viewers: list[list[Viewer]] = []
    for chat in job["chats"]:
        request = (
            f"GET /api/experimental/chats/{chat}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Coder-Session-Token: {job['token']}\r\nAccept: text/event-stream\r\n\r\n"
        ).encode()
        viewers.append([])
        for port in ports:
            make = partial(Viewer, request, tally, relayed=port != job["port"])
            _, viewer = await loop.create_connection(make, "127.0.0.1", port)
            viewers[-1].append(viewer)
    everyone = [viewer for of_chat in viewers for viewer in of_chat]
    await asyncio.wait_for(asyncio.gather(*(viewer.open for viewer in everyone)), 60)
    answer({"ready": True})
    await loop.run_in_executor(None, sys.stdin.readline)
    count = len(viewers)
    starts = [job["spread"] * place / count for place in range(count)]
    random.shuffle(starts)
    began = time.perf_counter()
    talks = [_talk(job, c, v, tally, s) for c, v, s in zip(job["chats"], viewers, starts, strict=True)]
    await asyncio.gather(*talks)
    found = {
        "seconds": time.perf_counter() - began,
        "answered": tally.answered,
        "asked": tally.asked,
        "first": tally.first,
        "late": tally.late,
        "relayed": tally.relayed,
        "added": tally.added,
        "lost": tally.lost,
        "failures": tally.failures,
    }
    for viewer in everyone:
        viewer.transport.close()
    answer(found)


def main() -> None:
    """Take jobs until standard input ends."""
    for job in jobs():
        uvloop.run(_work(job))


if __name__ == "__main__":
    main()
