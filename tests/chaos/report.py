"""What a run tells people, and what it keeps for them."""

import dataclasses
import gzip
import json
import statistics
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.chaos.course import Course, takeovers
from tests.chaos.history_checks import outcomes_of
from tests.chaos.run import Outcome, Run
from tests.chaos.viewers import View

BUILD = Path(__file__).resolve().parents[2] / "build" / "chaos"


def evidence_directory(seed: str, bus: str) -> Path:
    """A new directory under build/ for what a run leaves."""
    directory = BUILD / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{seed.replace(' ', '-')}-{bus}"
    directory.mkdir(parents=True)
    return directory


def summary(run: Run, outcome: Outcome) -> str:
    """A page: faults, work, take-overs, verdict."""
    evidence = outcome.evidence
    ledger, tables, views = evidence.ledger, evidence.tables, evidence.views
    sent = list(ledger.sent.values())
    outcomes = outcomes_of(tables)
    lines = [
        f"seed {run.seed}, {run.seconds:.0f} s, bus {run.bus}, lease {run.pace.lease_seconds:g} s",
        f"faults   {len(outcome.course.made)} of {outcome.course.planned} planned: {_counts(outcome.course.counts())}",
        *_course(outcome.course),
        f"clients  {len(ledger.chats)} chats, {len(sent)} messages: {_counts(Counter(one.outcome for one in sent))}",
        f"retried  {sum(one.attempts > 1 for one in sent)} of the messages",
        f"acts     {_counts(ledger.acts)}",
        f"answers  {_counts(ledger.statuses)}",
        f"turns    {_counts(outcomes)}",
        f"viewers  {_counts(_seen(views))}",
    ]
    lines += [f"take-over after {kind:14} {figures(found)}" for kind, found in _by_kind(run, outcome)]
    lines.append(f"at rest {outcome.settled_seconds:.1f} s after everything was healed")
    lines += [f"VIOLATION {violation}" for violation in outcome.violations[:40]]
    if len(outcome.violations) > 40:
        lines.append(f"and {len(outcome.violations) - 40} more")
    lines.append(f"verdict: {len(outcome.violations)} violations")
    return "\n".join(lines)


def keep(outcome: Outcome, directory: Path) -> None:
    """Write all evidence as JSON into the directory."""
    evidence = outcome.evidence
    for name, value in (("ledger", evidence.ledger), ("tables", evidence.tables), ("views", list(evidence.views))):
        with gzip.open(directory / f"{name}.json.gz", "wt") as file:
            json.dump(value, file, default=_plain)


def figures(seconds: Sequence[float]) -> str:
    """How many, median, 99th percentile, longest."""
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * (len(ordered) - 1)))]
    return f"{len(ordered):4} chats, p50 {statistics.median(ordered):.2f} s, p99 {p99:.2f} s, max {ordered[-1]:.2f} s"


def _seen(views: Sequence[View]) -> dict[str, int]:
    return {
        "viewers": len(views),
        "connections": sum(view.connections for view in views),
        "parts": sum(view.parts for view in views),
        "answers shown whole before they were committed": sum(view.whole_previews for view in views),
        "history resets": sum(view.resets for view in views),
        "snapshots back behind a lost lease": sum(view.snapshot_went_back for view in views),
    }


def _by_kind(run: Run, outcome: Outcome) -> list[tuple[str, list[float]]]:
    found = defaultdict[str, list[float]](list)
    for takeover in takeovers(outcome.evidence.tables, outcome.course):
        found[takeover.kind].append(takeover.seconds)
    return sorted(found.items())


def _course(course: Course) -> list[str]:
    """When (seconds since the beginning) which fault was made, of whom."""
    made = sorted(course.made, key=lambda one: one.at)
    told = [
        f"{one.at - course.began:.0f} {one.kind}"
        + ("" if one.authors == course.authors else f" {', '.join(one.authors)}".replace("replica_", ""))
        for one in made
    ]
    return textwrap.wrap("; ".join(told), 110, initial_indent=" " * 9, subsequent_indent=" " * 9)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name.name: getattr(value, name.name) for name in dataclasses.fields(value)}
    raise TypeError(type(value))
