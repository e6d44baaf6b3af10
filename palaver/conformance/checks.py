"""What a check is: an id, a sentence, the fact of the contract that it proves, and a function that tries it."""

import fnmatch
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palaver.conformance.lab import Lab

Run = Callable[["Lab"], Awaitable[None]]


class Failed(Exception):
    """The server does not do what the contract says; the text tells what was expected and what came."""


class Skipped(Exception):
    """The server cannot do this, or not here; the text is the reason."""


class Need(Enum):
    """What a check cannot do without. `Lab.lacks` gives the reason when it is not there."""

    CHATS = "a model, so that chats can be made"
    ANSWERS = "a model that answers"
    OTHER_USER = "a second user"
    PASSWORD = "a user whose password is known"  # noqa: S105 - words for people
    ADMIN = "an administrator's token"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to prove. `run` returns when it holds, raises Failed when it does not and Skipped when it cannot tell.

    `extension`: no part of the compatible wire; a server that does not offer it is skipped.
    """

    id: str
    title: str
    proves: str
    run: Run
    needs: frozenset[Need] = frozenset()
    extension: bool = False

    @property
    def area(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


@dataclass(slots=True)
class Area:
    """The checks of one subject, in the order in which they run."""

    name: str
    title: str
    checks: list[Check] = field(default_factory=list)

    def check(self, name: str, title: str, proves: str, *needs: Need, extension: bool = False) -> Callable[[Run], Run]:
        """Decorates the function of a check, whose id becomes `<area>.<name>`."""

        def keep(run: Run) -> Run:
            self.checks.append(Check(f"{self.name}.{name}", title, proves, run, frozenset(needs), extension))
            return run

        return keep


def chosen(checks: Iterable[Check], patterns: Sequence[str]) -> list[Check]:
    """Those whose id or area fits one of `patterns` (`send`, `send.*`, `*.order`); all when there is none.

    Raises ValueError with the first pattern that fits nothing.
    """
    every = list(checks)
    if not patterns:
        return every
    for pattern in patterns:
        if not any(_fits(check, pattern) for check in every):
            raise ValueError(pattern)
    return [check for check in every if any(_fits(check, pattern) for pattern in patterns)]


def _fits(check: Check, pattern: str) -> bool:
    return check.area == pattern or fnmatch.fnmatchcase(check.id, pattern)
