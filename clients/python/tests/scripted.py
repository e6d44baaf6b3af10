"""A server that answers connections as it is told: what a live one does not do on demand."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

CHAT = "9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25"


@dataclass(frozen=True)
class Request:
    """What came; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """The pieces of an answer, each sent by itself, and what becomes of the connection.

    `end`: the answer is whole; `cut`: the connection closes in the middle; `silence`: nothing more comes.
    """

    pieces: tuple[bytes, ...]
    then: Literal["end", "cut", "silence"] = "end"


@dataclass
class Script:
    """The answers that are left, and what was asked for."""

    url: str
    answers: list[Answer]
    requests: list[Request] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """A client has closed a connection on which nothing came."""

    def headers(self, name: str) -> list[str | None]:
        """That header of each request."""
        return [request.headers.get(name) for request in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            method, path, _ = head[0].split(" ")
            self.requests.append(Request(method, path, headers, body))
            answer = self.answers.pop(0) if self.answers else reply(500, {"message": "One request too many."})
            for piece in answer.pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            if answer.then == "silence":
                await reader.read()
                self.left.set()
        finally:
            # A client that has gone has closed its side.
            with suppress(ConnectionError):
                writer.close()
                await writer.wait_closed()


@asynccontextmanager
async def scripted(*answers: Answer) -> AsyncIterator[Script]:
    """A server with these answers; each has to be fetched."""
    script = Script("", list(answers))
    server = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    script.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield script
    assert script.answers == []


def reply(status: int, body: Any, **headers: str) -> Answer:
    """JSON."""
    data = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Said", "Content-Type: application/json", f"Content-Length: {len(data)}"]
    lines += ["Connection: close", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return Answer(("\r\n".join([*lines, "", ""]).encode() + data,))


def stream(*texts: str, then: Literal["end", "cut", "silence"] = "end", bytewise: bool = False) -> Answer:
    """Server-sent events."""
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    data = [text.encode() for text in texts]
    if bytewise:
        data = [bytes([byte]) for piece in data for byte in piece]
    chunks = [b"%x\r\n%b\r\n" % (len(piece), piece) for piece in data]
    return Answer((head, *chunks, *([b"0\r\n\r\n"] if then == "end" else [])), then)


def event(number: int, **fields: Any) -> str:
    """An event with its cursor."""
    return f"id: {number}\ndata: {json.dumps({'chat_id': CHAT, **fields}, ensure_ascii=False)}\n\n"


def part(number: int, text: str = "a") -> str:
    """A live part."""
    return event(number, type="message_part", message_part={"part": {"type": "text", "text": text}, "seq": number})


def status(number: int, name: str = "waiting") -> str:
    """The chat's status, which ends the stream of a turn when it is `waiting`."""
    return event(number, type="status", status={"status": name})
