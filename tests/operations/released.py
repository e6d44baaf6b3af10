"""What the last release was: `migrations/released.txt`."""

from typing import NamedTuple

from palaver.database import known_revisions
from tests.operations.processes import ROOT


class Release(NamedTuple):
    """Its newest migration, and the tag or commit of its code."""

    revision: str
    code: str


def last_release() -> Release:
    """The release whose servers may be at work while the newer migrations run."""
    lines = (ROOT / "migrations" / "released.txt").read_text().splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#")]
    return Release(*line.split())


def newer_revisions() -> tuple[str, ...]:
    """The migrations that no release has yet, oldest first."""
    known = known_revisions()
    return known[known.index(last_release().revision) + 1 :]
