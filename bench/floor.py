"""A worker that does the send's SQL and nothing else, on bare asyncpg: `python -m bench.floor`.

A job: {url, chats, creator, model, connections, seconds?}. For each chat: BEGIN, the state machine's locking read, its
write of a message, COMMIT, with the statements' own text. The answer is like that of `bench.senders`.
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
from palaver.chat.records import NewMessage
from palaver.chat.statements import LOCK, WriteShape, message_parameters, write_statement

_CONTENT = [{"type": "text", "text": "Shorten the second paragraph."}]


def _plain(statement: ClauseElement) -> tuple[str, Callable[[dict[str, Any]], list[Any]]]:
    """A statement's text for asyncpg, and what puts its parameters in order."""
    compiled: Any = statement.compile(dialect=dialect())  # type: ignore[no-untyped-call]
    names = list(compiled.positiontup)
    return str(compiled), lambda values: [values[name] for name in names]


async def _client(job: dict[str, Any], chats: Iterator[str], until: float, milliseconds: list[float]) -> None:
    lock, lock_arguments = _plain(LOCK)
    write, write_arguments = _plain(write_statement(WriteShape(insert=True)))
    message = NewMessage(
        "user", _CONTENT, created_by=uuid.UUID(job["creator"]), model_config_id=uuid.UUID(job["model"])
    )
    connection = await asyncpg.connect(job["url"], server_settings={"jit": "off"})
    try:
        locking = await connection.prepare(lock)
        writing = await connection.prepare(write)
        for text in chats:
            began = time.perf_counter()
            if began >= until:
                return
            chat_id = uuid.UUID(text)
            await connection.execute("BEGIN")
            row = await locking.fetchrow(*lock_arguments({"chat_id": chat_id, "stale_seconds": 30.0}))
            assert row is not None
            values = {
                "chat_id": chat_id,
                "status": "running",
                "archived": False,
                "snapshot_version": row["snapshot_version"] + 1,
                "history_version": row["snapshot_version"] + 1,
                "queue_version": row["queue_version"],
                "retry_state_version": row["retry_state_version"],
                "generation_attempt": 0,
                "retry_state": None,
                "last_error": None,
                "last_model_config_id": message.model_config_id,
                "last_reasoning_effort": "",
                "pending_tool_calls": "[]",
                "worker_id": None,
                "runner_id": None,
                "pin_order": 0,
                "plan_mode": "",
                "mcp_server_ids": row["mcp_server_ids"],
                "deadline": None,
                "deadline_seconds": None,
                "compaction_requested_at": None,
                "request_compaction": False,
                "touch": True,
                **message_parameters([message]),
            }
            await writing.fetchrow(*write_arguments(values))
            await connection.execute("COMMIT")
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
