"""A model server that costs next to nothing: OpenAI's streaming chat completions, paced, on a bare protocol.

`python -m bench.model_server PORT --delay SECONDS --parts COUNT --rate PER_SECOND`. It answers every POST. Each part
of text is a stamp, `@<arrival>,<sent>,<number>;`: nanoseconds of the monotonic clock, which all processes of a machine
share, when the request arrived and when the part was written to the socket.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass
from typing import cast

import uvloop

_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK"
_CHUNK = b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"paced","choices":[%b]%b}\n\n'
_DELTA = b'{"index":0,"delta":{"content":"%b"},"finish_reason":null}'
_ROLE = b'{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}'
_STOP = b'{"index":0,"delta":{},"finish_reason":"stop"}'
_USAGE = b',"usage":{"prompt_tokens":100,"completion_tokens":%d,"total_tokens":%d}'


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds before the first part, number of parts, parts per second."""

    delay: float
    parts: int
    rate: float


class Connection(asyncio.Protocol):
    """One caller; requests come one after the other."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._loop = asyncio.get_running_loop()
        self._buffer = b""
        self._timer: asyncio.TimerHandle | None = None
        self._arrival = 0
        self._first_at = 0.0
        self._sent = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self._buffer[:head_end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < head_end + 4 + length:
            return
        self._buffer = self._buffer[head_end + 4 + length :]
        if head.startswith(b"get"):
            self._transport.write(_OK)
            return
        self._arrival = time.monotonic_ns()
        self._sent = 0
        self._first_at = self._loop.time() + self._pace.delay
        self._transport.write(_HEAD + _framed(_CHUNK % (_ROLE, b"")))
        self._timer = self._loop.call_at(self._first_at, self._part)

    def _part(self) -> None:
        pace = self._pace
        stamp = b"@%d,%d,%d;" % (self._arrival, time.monotonic_ns(), self._sent)
        self._transport.write(_framed(_CHUNK % (_DELTA % stamp, b"")))
        self._sent += 1
        if self._sent < pace.parts:
            self._timer = self._loop.call_at(self._first_at + self._sent / pace.rate, self._part)
            return
        usage = _USAGE % (pace.parts, 100 + pace.parts)
        self._transport.write(
            b"".join(map(_framed, [_CHUNK % (_STOP, b""), _CHUNK % (b"", usage), b"data: [DONE]\n\n"])) + b"0\r\n\r\n"
        )


def _framed(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


async def _serve(port: int, pace: Pace) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(pace), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


def main() -> None:
    """Serve until terminated."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--delay", type=float, required=True)
    parser.add_argument("--parts", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True)
    given = parser.parse_args()
    uvloop.run(_serve(given.port, Pace(given.delay, given.parts, given.rate)))


if __name__ == "__main__":
    main()
