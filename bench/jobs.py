"""The worker's side of a job: one JSON value a line comes in, one goes out."""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any


def jobs() -> Iterator[Any]:
    """The jobs, until standard input ends."""
    while line := sys.stdin.readline():
        yield json.loads(line)


def answer(value: object) -> None:
    """Send an answer, whole."""
    # The event loop may have left the pipe non-blocking; answers are larger than it holds.
    os.set_blocking(sys.stdout.fileno(), True)
    rest = memoryview(json.dumps(value).encode() + b"\n")
    while rest:
        rest = rest[os.write(sys.stdout.fileno(), rest) :]
