"""What a fuzz run has seen: answers per user, operation and status, and what is wrong or missing in them."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PERMISSIONS = Path(__file__).resolve().parents[1] / "matrix" / "permissions.tsv"
COLUMNS = {
    "admin": ("member", "reader", "owner", "organization_admin"),
    "member": ("member", "reader", "owner"),
    "anonymous": ("anonymous",),
}
"""The columns of the permission table that tell what a user of the run may do. The site owner may do everything."""

NEEDS_ANOTHER_SERVER = {"callback-mcp-server-oauth2"}
"""What succeeds only for who has been sent there by an authorization server, of which a run has none."""

Permissions = dict[str, dict[str, str]]
"""Statuses by operation id and caller."""


def permissions() -> Permissions:
    """The permission table."""
    lines = (line for line in PERMISSIONS.read_text().splitlines() if not line.startswith("#"))
    return {row["operation"]: row for row in csv.DictReader(lines, delimiter="\t")}


@dataclass(frozen=True)
class Summary:
    """Counts of answers by (user, operation id, status), with the contract and the rights they are held against."""

    counts: Counter[tuple[str, str, int]]
    document: dict[str, Any]
    permissions: Permissions

    @classmethod
    def read(cls, lines: Iterable[str], document: dict[str, Any], permissions: Permissions) -> "Summary":
        """From lines of user, operation id and status."""
        triples = (line.split() for line in lines)
        counts = Counter((user, name, int(status)) for user, name, status in triples)
        return cls(counts, document, permissions)

    @property
    def operations(self) -> dict[str, dict[str, Any]]:
        """The operations of the contract by id."""
        return {
            operation["operationId"]: operation
            for item in self.document["paths"].values()
            for method, operation in item.items()
            if method in {"get", "put", "post", "patch", "delete"}
        }

    @property
    def users(self) -> list[str]:
        """Who asked, in order of appearance."""
        return list(dict.fromkeys(user for user, _, _ in self.counts))

    def missing(self) -> list[str]:
        """Why the run proves too little: operations that nobody called, or that never succeeded, whoever asked."""
        found = []
        for name, operation in self.operations.items():
            statuses = {status for _, operation_id, status in self.counts if operation_id == name}
            if name in NEEDS_ANOTHER_SERVER and statuses:
                continue
            if _can_succeed(operation) and not any(200 <= status < 300 for status in statuses):
                found.append(f"{name} never gave a 2xx")
            elif not statuses:
                found.append(f"{name} was never called")
        return found

    def faults(self) -> list[str]:
        """Answers that must never be: 5xx, and a success for somebody to whom the permission table gives none."""
        found = []
        for (user, name, status), count in sorted(self.counts.items(), key=lambda item: (item[0][2] < 500, item[0])):
            if status >= 500:
                found.append(f"{name} gave {user} {status} {count} times")
            if 200 <= status < 300 and not self._may_succeed(user, name):
                found.append(f"{name} gave {user} {status} {count} times, against the permission table")
        return found

    def _may_succeed(self, user: str, name: str) -> bool:
        row = self.permissions.get(name)
        return user not in COLUMNS or row is None or any(row[caller][0] == "2" for caller in COLUMNS[user])

    def rows(self) -> list[tuple[str, list[str]]]:
        """Each operation with what it answered each user."""
        return [(name, [self._told(user, name) for user in self.users]) for name in self.operations]

    def figures(self) -> list[list[str]]:
        """Of each user, and of all: answers, those of the four classes, operations called, those with a 2xx."""
        possible = {name for name, operation in self.operations.items() if _can_succeed(operation)}
        found = []
        for user in (*self.users, "all"):
            counts = {key: n for key, n in self.counts.items() if user in {key[0], "all"}}
            classes = [sum(n for key, n in counts.items() if key[2] // 100 == first) for first in (2, 3, 4, 5)]
            called = {name for _, name, _ in counts}
            succeeded = {name for _, name, status in counts if 200 <= status < 300} & possible
            of_all = [f"{len(called)} of {len(self.operations)}", f"{len(succeeded)} of {len(possible)}"]
            found.append([user, *(f"{count:,}" for count in (sum(counts.values()), *classes)), *of_all])
        return found

    def table(self) -> str:
        """One line per operation: counts by status for each user; then answers by class and coverage per user."""
        return "\n".join([*self._lines_of_operations(), "", *self._lines_of_users()])

    def _lines_of_operations(self) -> Iterator[str]:
        rows = [["operation", *self.users], *([name, *told] for name, told in self.rows())]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()

    def _told(self, user: str, name: str) -> str:
        of_user = sorted((status, n) for (who, what, status), n in self.counts.items() if (who, what) == (user, name))
        return " ".join(f"{status}:{count}" for status, count in of_user) or "-"

    def _lines_of_users(self) -> Iterator[str]:
        for user, total, ok, moved, refused, failed, called, succeeded in self.figures():
            classes = f"{ok} x 2xx, {moved} x 3xx, {refused} x 4xx, {failed} x 5xx"
            yield f"{user:10} {total:>7} answers: {classes}; called {called} operations, 2xx from {succeeded}"


def _can_succeed(operation: dict[str, Any]) -> bool:
    return any(status.startswith("2") for status in operation["responses"])
