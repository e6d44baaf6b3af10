"""A plugin of pytest (`-p tests.support.documented_statuses`) for runs of all tests: which of the statuses that the
contract documents the servers of the tests have answered with.

Each process notes what its `CheckedTransport`s were answered; the one that leads collects, and fails the run when
less than SHARE of the documented (operation, status) pairs were seen, or when those that were not are others than
`unanswered_statuses.yaml` lists, with the reason for each.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.contract.operations import operations
from tests.support.contract_checker import ANSWERED

SHARE: Final = 0.95
LIST: Final = Path(__file__).parents[1] / "contract" / "unanswered_statuses.yaml"
FOUND: Final = Path(__file__).parents[2] / "build" / "answered-statuses.tsv"
"""What was answered, for the report of a fuzz run."""
_KEY: Final = "answered"

Pair = tuple[str, int]


class Verdict:
    """What is told at the end, and what is wrong."""

    def __init__(self, answered: Iterable[Pair], listed: Iterable[dict[str, Any]] | None = None) -> None:
        documented = documented_pairs()
        excused = listed_pairs(yaml.safe_load(LIST.read_text()) if listed is None else listed)
        seen = set(answered) & documented
        self.share = len(seen) / len(documented)
        self.line = (
            f"{len(seen)} of {len(documented)} documented (operation, status) pairs were answered"
            f" ({self.share:.1%}), {len(excused)} are listed with a reason"
        )
        self.faults = [
            f"nothing answered {told(pair)}, and no reason is listed" for pair in documented - seen - excused
        ]
        self.faults += [f"{told(pair)} is listed as never answered, and was" for pair in excused & seen]
        self.faults += [f"{told(pair)} is listed and not in the contract" for pair in excused - documented]
        self.faults.sort()
        if self.share < SHARE:
            self.faults.append(f"less than {SHARE:.0%} of what is documented was answered")


def documented_pairs() -> set[Pair]:
    """Every (operation id, status) of the contract."""
    return {
        (operation.operation_id, int(status))
        for operation in operations()
        for status in operation.definition["responses"]
    }


def listed_pairs(listed: Iterable[dict[str, Any]]) -> set[Pair]:
    """The pairs of entries with `status`, `reason` and `operations`. Raises ValueError for a pair listed twice."""
    pairs: set[Pair] = set()
    for entry in listed:
        assert entry["reason"].strip()
        for name in entry["operations"]:
            if (name, entry["status"]) in pairs:
                raise ValueError(f"{name} {entry['status']} is listed twice")
            pairs.add((name, entry["status"]))
    return pairs


def told(pair: Pair) -> str:
    """A pair in words."""
    return f"{pair[0]} {pair[1]}"


# ---- the hooks ----

_COLLECTED: Final[set[Pair]] = set()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of xdist has ended: take what it was answered."""
    _COLLECTED.update((name, status) for name, status in getattr(node, "workeroutput", {}).get(_KEY, ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In a worker hand on what was answered; else judge a run that has come to its end."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = sorted(ANSWERED)
        return
    _COLLECTED.update(ANSWERED)
    FOUND.parent.mkdir(exist_ok=True)
    FOUND.write_text("".join(f"{name}\t{status}\n" for name, status in sorted(_COLLECTED)))
    if exitstatus == pytest.ExitCode.OK and Verdict(_COLLECTED).faults:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell it."""
    verdict = Verdict(_COLLECTED)
    terminalreporter.section("documented statuses")
    terminalreporter.write_line(verdict.line)
    for fault in verdict.faults:
        terminalreporter.write_line(f"FAULT: {fault}")
