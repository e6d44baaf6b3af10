"""What a server executes for requests and turns, without what it does beside them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from palaver.database import Database

BESIDE = frozenset({"housekeeping"})
"""Names of the tasks that work at times of their own."""


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """The statements that are executed within the block."""
    executed: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        task = asyncio.current_task()
        if task is None or task.get_name() not in BESIDE:
            executed.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(engine, "before_cursor_execute", note)
