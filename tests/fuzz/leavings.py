"""What a fuzz run leaves in its directory: a report for people, JUnit of its own checks, the answers as a table."""

import platform
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from palaver import __version__
from tests.contract.operations import Operation, operations
from tests.fuzz.report import Summary
from tests.support.documented_statuses import FOUND, documented_pairs

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOKEN = re.compile(r"'(Coder-Session-Token: )[^']+'", re.IGNORECASE)

Triple = tuple[str, str, str]
"""Operation, place (path, query, header, body), name."""


@dataclass(frozen=True)
class Leavings:
    """One run: its seed, answers, the parameters that were sent (lines of triples) and faults by what was checked."""

    directory: Path
    seed: int
    summary: Summary
    parameters: str
    faults: dict[str, list[str]]
    seconds: float

    @property
    def told(self) -> list[str]:
        """All faults in words."""
        return [f"{what}: {fault}" for what, found in self.faults.items() for fault in found]

    def write(self, options: str) -> None:
        """Write everything; `options` says how the run was made."""
        (self.directory / "run.xml").write_text(self._junit())
        rows = sorted(self.summary.counts.items())
        lines = [f"{user}\t{name}\t{status}\t{count}" for (user, name, status), count in rows]
        (self.directory / "answers.tsv").write_text("\n".join(["user\toperation\tstatus\tcount", *lines, ""]))
        (self.directory / "report.md").write_text("\n".join(self._report(options)) + "\n")

    def _junit(self) -> str:
        counts = {"tests": str(len(self.faults)), "failures": str(sum(map(bool, self.faults.values())))}
        suite = ElementTree.Element("testsuite", {"name": "fuzz", "time": f"{self.seconds:.1f}", **counts})
        for what, found in self.faults.items():
            case = ElementTree.SubElement(suite, "testcase", {"classname": "fuzz", "name": what})
            for fault in found:
                told = _NO_XML.sub("\ufffd", fault)
                ElementTree.SubElement(case, "failure", {"message": told.splitlines()[0]}).text = told
        ElementTree.indent(suite)
        return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"

    # ---- the report ----

    def _report(self, options: str) -> Iterator[str]:
        yield f"# Fuzz run with seed {self.seed}: {'failed' if self.told else 'passed'}"
        yield ""
        yield f"{self.seconds:.0f} s; {options}"
        yield ""
        packages = ", ".join(f"{name} {version(name)}" for name in ("schemathesis", "hypothesis", "uvicorn"))
        yield f"Palaver {__version__}, {packages}, Python {platform.python_version()}, {platform.system()}"
        yield from self._users()
        yield from self._coverage()
        yield from self._failures()
        yield ""
        yield "## Answers by operation"
        yield ""
        yield from _table(["Operation", *self.summary.users], [[row[0], *row[1]] for row in self.summary.rows()])

    def _users(self) -> Iterator[str]:
        yield ""
        yield "## Answers by user"
        yield ""
        heads = ["User", "Answers", "2xx", "3xx", "4xx", "5xx", "Operations called", "with a 2xx"]
        yield from _table(heads, self.summary.figures())

    def _coverage(self) -> Iterator[str]:
        called = {name for _, name, _ in self.summary.counts}
        yield ""
        yield "## Coverage"
        yield ""
        names = {operation.operation_id for operation in operations()}
        yield from _share("operations called", names & called, names)
        wanted = documented_parameters()
        sent = {tuple(line.split(" ", 2)) for line in self.parameters.splitlines()}
        yield from _share("parameters and fields of bodies sent", wanted & sent, wanted)
        documented = {(name, str(status)) for name, status in documented_pairs()}
        answered = {(name, str(status)) for _, name, status in self.summary.counts}
        yield from _share(
            "documented (operation, status) pairs answered by this run", documented & answered, documented
        )
        if FOUND.exists():
            by_tests = {tuple(line.split("\t")) for line in FOUND.read_text().splitlines()}
            both = documented & (answered | by_tests)
            yield from _share("the same, by this run or the last whole run of the tests", both, documented)
        yield ""
        yield "Documented statuses that this run was not answered:"
        yield ""
        missing = Counter(status for _, status in documented - answered)
        yield from (f"- {status}: of {count} operations" for status, count in sorted(missing.items()))

    def _failures(self) -> Iterator[str]:
        yield ""
        yield "## Failures"
        yield ""
        if not self.told:
            yield "None."
        yield from (f"- {fault.splitlines()[0]}" for fault in self.told)
        for path in sorted(self.directory.glob("*.xml")):
            if path.name == "run.xml":
                continue
            for case in ElementTree.parse(path).iter("testcase"):
                for failure in (*case.findall("failure"), *case.findall("error")):
                    yield ""
                    yield f"### {case.get('name')}, as {path.stem}"
                    yield ""
                    yield "````text"
                    yield _TOKEN.sub(r'"\1$TOKEN"', failure.text or "").strip()
                    yield "````"


def documented_parameters() -> set[tuple[str, ...]]:
    """Every parameter and every field of a JSON body, as triples."""
    found: set[tuple[str, ...]] = set()
    for operation in operations():
        for parameter in operation.parameters:
            name = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
            found.add((operation.operation_id, parameter["in"], name))
        found |= {(operation.operation_id, "body", name) for name in _fields(operation)}
    return found


def _fields(operation: Operation) -> set[str]:
    schema = (operation.body or {}).get("schema", {})
    found = set(schema.get("properties", ()))
    for kind in ("allOf", "oneOf", "anyOf"):
        for part in schema.get(kind, ()):
            found |= set(part.get("properties", ()))
    return found


def _share(what: str, seen: Collection[object], of: Collection[tuple[str, ...] | str]) -> Iterator[str]:
    yield f"- {what}: {len(seen)} of {len(of)}"
    missing = sorted(" ".join(one) if isinstance(one, tuple) else one for one in of if one not in seen)
    if missing and len(missing) <= 40:
        yield f"  (not {', '.join(missing)})"


def _table(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
