"""A worker that sends HTTP requests over a few keep-alive connections and times them: `python -m bench.senders`.

A job: {port, token, body, paths, connections, seconds?, method?, expected?}. Every path gets one POST, or `method`;
with `seconds` the rest is left out when the time is over. The answer: {seconds, milliseconds: [one per answer],
refused: how many were not a 200 with `expected` in it (a stored message), refusal: the first of these}.
"""

import asyncio
import time
from collections.abc import Iterator
from typing import Any, cast

import uvloop

from bench.jobs import answer, jobs

_STORED = '"queued":false'


class Run:
    """One job in progress."""

    def __init__(self, job: dict[str, Any]) -> None:
        body, method = job["body"].encode(), job.get("method", "POST")
        self.expected: bytes = job.get("expected", _STORED).encode()
        tail = (
            f" HTTP/1.1\r\nHost: 127.0.0.1:{job['port']}\r\nCoder-Session-Token: {job['token']}\r\n"
            f"Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        self.requests: Iterator[bytes] = iter([f"{method} {path}".encode() + tail for path in job["paths"]])
        self.until = time.perf_counter() + job["seconds"] if job.get("seconds") else float("inf")
        self.milliseconds: list[float] = []
        self.refused = 0
        self.refusal = ""


class Connection(asyncio.Protocol):
    """One request after the other, until there are none left."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._buffer = b""
        self._began = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        length = _content_length(self._buffer[:head_end])
        if len(self._buffer) < head_end + 4 + length:
            return
        now = time.perf_counter()
        answer, self._buffer = self._buffer, b""
        run = self._run
        run.milliseconds.append((now - self._began) * 1000)
        if answer[9:12] != b"200" or run.expected not in answer.replace(b'": ', b'":'):
            run.refused += 1
            run.refusal = run.refusal or answer.decode(errors="replace")
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(error or ConnectionResetError("the server closed the connection"))

    def _next(self) -> None:
        now = time.perf_counter()
        request = next(self._run.requests, None) if now < self._run.until else None
        if request is None:
            if not self.ended.done():
                self.ended.set_result(None)
            self._transport.close()
            return
        self._began = now
        self._transport.write(request)


def _content_length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    if at < 0:
        raise ValueError(f"no Content-Length in {head!r}")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


async def _work(job: dict[str, Any]) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    run = Run(job)
    began = time.perf_counter()
    opened = [
        await loop.create_connection(lambda: Connection(run), "127.0.0.1", job["port"])
        for _ in range(job["connections"])
    ]
    await asyncio.gather(*(connection.ended for _, connection in opened))
    return {
        "seconds": time.perf_counter() - began,
        "milliseconds": run.milliseconds,
        "refused": run.refused,
        "refusal": run.refusal,
    }


def main() -> None:
    """Take jobs until standard input ends."""
    for job in jobs():
        answer(uvloop.run(_work(job)))


if __name__ == "__main__":
    main()
