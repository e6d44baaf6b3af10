"""What was done to the fleet, whether it was enough to prove anything, and how long the chats of the harmed waited."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from tests.chaos.journal import Change, Tables
from tests.chaos.violations import Violation

MADE_SHARE = 0.5
"""Which part of the planned faults must have been made: the others were left out because too little served."""
RECOVERY_SECONDS = 2.0
"""How long after an absence a replica may need to look again: it repeats a failed search after a second."""
SEARCH_JITTER_SECONDS = 1.0
"""How long after a lapse a worker may wait before it looks, so that not all look at once."""
SLACK_SECONDS = 5.0
"""What a busy machine may add to a take-over."""

_RUNNABLE = ("running", "interrupting", "requires_action")
_FINAL = ("kill", "terminate")
"""Faults after which the same process never goes on."""
_HARMFUL = (*_FINAL, "freeze", "database_hold", "database_lose")
"""Faults that make a replica lose its chats."""
_BOUNDED = ("kill", "freeze")
_ABSENT = (*_HARMFUL, "database_cut", "database_delay", "database_restart")
"""Faults during which a replica cannot be relied upon to take a chat."""


@dataclass(slots=True)
class Made:
    """A fault that was made, in seconds since 1970. `authors`: whom it concerned, by their names in the database."""

    kind: str
    authors: tuple[str, ...]
    at: float
    until: float = inf


@dataclass(slots=True)
class Course:
    """What was planned for a fleet, and what was made of it."""

    authors: tuple[str, ...]
    began: float
    """Seconds since 1970."""
    planned: int = 0
    made: list[Made] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """How many faults of each kind were made."""
        return Counter(made.kind for made in self.made)

    def somebody_served(self, begin: float, end: float) -> float:
        """For how many seconds between two moments some replica was well and had had time to recover."""
        spans = [
            (author, made.at, made.until + RECOVERY_SECONDS)
            for made in self.made
            if made.kind in _ABSENT
            for author in made.authors
        ]
        moments = sorted({begin, end, *(moment for span in spans for moment in span[1:] if begin < moment < end)})
        served = 0.0
        for start, stop in pairwise(moments):
            absent = {author for author, first, last in spans if first < stop and start < last}
            served += 0.0 if absent.issuperset(self.authors) else stop - start
        return served


@dataclass(frozen=True, slots=True)
class Takeover:
    """A chat of a replica that was harmed `at` a moment was leased anew `until` then."""

    chat_id: str
    kind: str
    at: float
    until: float

    @property
    def seconds(self) -> float:
        """How long the chat waited."""
        return self.until - self.at


def takeovers(tables: Tables, course: Course) -> list[Takeover]:
    """Every lease that was taken of a chat whose holder had been harmed.

    A dead process is dead from the first time. What was harmed twice otherwise before anybody took over counts from
    the last time, and what went on by itself after the harm or let the chat go does not count at all.
    """
    owner: dict[str, str] = {}
    for change in tables.changes:
        if change.new.worker_id is not None:
            owner.setdefault(change.new.worker_id, change.author)
    by_chat = defaultdict[str, list[Change]](list)
    for change in tables.changes:
        by_chat[change.chat_id].append(change)
    found = []
    for chat_id, changes in by_chat.items():
        holder, taken_at, well_at = "", 0.0, 0.0
        for change in changes:
            before = None if change.old is None else change.old.runner_id
            causes = [
                made
                for made in course.made
                if made.kind in _HARMFUL and holder in made.authors
                if (taken_at if made.kind in _FINAL else well_at) < made.at < change.at
            ]
            if change.new.runner_id is None:
                parked = change.author == holder and not any(cause.kind in _FINAL for cause in causes)
                if parked or change.new.status not in _RUNNABLE:
                    holder = ""  # let go by one that was well, or at rest: nobody waits for it
            elif change.new.runner_id != before:
                if causes:
                    cause = next((cause for cause in causes if cause.kind in _FINAL), causes[-1])
                    found.append(Takeover(chat_id, cause.kind, cause.at, change.at))
                assert change.new.worker_id is not None
                holder, taken_at, well_at = owner[change.new.worker_id], change.at, change.at
            elif change.author == holder and all(cause.until < change.at for cause in causes):
                well_at = change.at
    return found


def enough_was_done(tables: Tables, course: Course) -> Iterator[Violation]:
    """A run proves something when at least half of its faults were made, and a killed or frozen one lost a chat."""
    counts = course.counts()
    if not course.made or len(course.made) < MADE_SHARE * course.planned:
        told = f"{len(course.made)} of {course.planned} planned faults were made: too little served for the others"
        yield Violation("nothing proved", "", told)
    harms = sum(counts[kind] for kind in _BOUNDED)
    if harms and not any(takeover.kind in _BOUNDED for takeover in takeovers(tables, course)):
        yield Violation("nothing proved", "", f"no chat was taken over after {harms} kills and freezes")


def take_overs_are_in_time(tables: Tables, course: Course, lease_seconds: float) -> Iterator[Violation]:
    """After a kill or a freeze a chat is taken over as soon as its lease has lapsed and somebody looks.

    The bound is two leases (the one that lapses, and as long again until the database ends a transaction of the harmed
    one that still locks the chat), the search's jitter, and five seconds for a busy machine. It counts only while some
    replica was well: alive, not frozen, and with an unharmed way to a database that was up.
    """
    bound = 2 * lease_seconds + SEARCH_JITTER_SECONDS + SLACK_SECONDS
    for takeover in takeovers(tables, course):
        served = course.somebody_served(takeover.at, takeover.until)
        if takeover.kind in _BOUNDED and served > bound:
            told = f"{takeover.seconds:.1f} s after a {takeover.kind}, {served:.1f} s of them with somebody to do it"
            yield Violation("late take-over", takeover.chat_id, f"{told}; at most {bound:g} s")
