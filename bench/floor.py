"""A worker that does the send's SQL and nothing else, on bare asyncpg: `python -m bench.floor`.

A job: {url, chats, creator, model, connections, seconds?}. For each chat: the state machine's look and its write of a
message, with the statements' own text. The answer is like that of `bench.senders`.
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import asyncpg
import uvloop
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.sql import ClauseElement

from bench.jobs import answer, jobs
from palaver.chat.records import ChatRecord, NewMessage
from palaver.chat.statements import CHAT_COLUMNS, LOOK
from palaver.chat.writing import Changes, Overtaken

_CONTENT = [{"type": "text", "text": "Shorten the second paragraph."}]


def _plain(statement: ClauseElement) -> tuple[str, Callable[[dict[str, Any]], list[Any]]]:
    """A statement's text for asyncpg, and what puts its parameters in order."""
    compiled: Any = statement.compile(dialect=dialect())  # type: ignore[no-untyped-call]
    names = list(compiled.positiontup)
    return str(compiled), lambda values: [values[name] for name in names]


async def _client(job: dict[str, Any], chats: Iterator[str], until: float, milliseconds: list[float]) -> None:
    message = NewMessage(
        "user", _CONTENT, created_by=uuid.UUID(job["creator"]), model_config_id=uuid.UUID(job["model"])
    )
    changes = Changes(new=[message], touch=True)
    look, look_arguments = _plain(LOOK)
    write, write_arguments = _plain(changes.statement())
    connection = await asyncpg.connect(job["url"], server_settings={"jit": "off"})
    try:
        looking = await connection.prepare(look)
        writing = await connection.prepare(write)
        for text in chats:
            began = time.perf_counter()
            if began >= until:
                return
            chat_id = uuid.UUID(text)
            row = await looking.fetchrow(*look_arguments({"chat_id": chat_id, "stale_seconds": 30.0}))
            assert row is not None
            chat = ChatRecord(*tuple(row)[: CHAT_COLUMNS + 2])
            seen_version = chat.snapshot_version
            chat.status, chat.pending_tool_calls = "running", []
            chat.snapshot_version = chat.history_version = seen_version + 1
            if await writing.fetchrow(*write_arguments(changes.parameters(chat, seen_version))) is None:
                raise Overtaken
            milliseconds.append((time.perf_counter() - began) * 1000)
    finally:
        await connection.close()


async def _work(job: dict[str, Any]) -> dict[str, Any]:
    milliseconds: list[float] = []
    chats = iter(job["chats"])
    began = time.perf_counter()
    until = began + job["seconds"] if job.get("seconds") else float("inf")
    await asyncio.gather(*(_client(job, chats, until, milliseconds) for _ in range(job["connections"])))
    return {"seconds": time.perf_counter() - began, "milliseconds": milliseconds, "refused": 0, "refusal": ""}


def main() -> None:
    """Take jobs until standard input ends."""
    for job in jobs():
        answer(uvloop.run(_work(job)))


if __name__ == "__main__":
    main()
