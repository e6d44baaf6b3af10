"""What the last release was: `migrations/released.txt`."""

import subprocess
from typing import Final, NamedTuple

from palaver.database import known_revisions
from tests.operations.processes import ROOT

HISTORY_WANTED: Final = "TESTS_WANT_HISTORY"
"""The environment variable by which `.ci/run` says that its checkout has to reach back to the last release."""


class Release(NamedTuple):
    """Its newest migration, and the tag or commit of its code."""

    revision: str
    code: str


def last_release() -> Release:
    """The release whose servers may be at work while the newer migrations run."""
    lines = (ROOT / "migrations" / "released.txt").read_text().splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#")]
    return Release(*line.split())


def packed_code() -> bytes | None:
    """The release's code as a tar archive; None in a checkout that does not reach back to it."""
    parts = ["palaver", "handlers", "models", "migrations", "openapi.yaml", "pyproject.toml"]
    command = ["git", "-C", str(ROOT), "archive", last_release().code, *parts]
    packed = subprocess.run(command, capture_output=True, check=False)
    return None if packed.returncode else packed.stdout


def has_all_history() -> bool:
    """Whether this is a checkout of a clone that was not made shallow."""
    command = ["git", "-C", str(ROOT), "rev-parse", "--is-shallow-repository"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    return asked.stdout.strip() == "false"


def newer_revisions() -> tuple[str, ...]:
    """The migrations that no release has yet, oldest first."""
    known = known_revisions()
    return known[known.index(last_release().revision) + 1 :]
