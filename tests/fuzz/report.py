"""What a fuzz run has seen: answers per operation and status, and what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Summary:
    """Counts of answers by (operation id, status), with the contract they are held against."""

    counts: Counter[tuple[str, int]]
    document: dict[str, Any]

    @classmethod
    def read(cls, lines: Iterable[str], document: dict[str, Any]) -> "Summary":
        """From lines of operation id and status."""
        pairs = (line.split() for line in lines)
        return cls(Counter((name, int(status)) for name, status in pairs), document)

    @property
    def operations(self) -> dict[str, dict[str, Any]]:
        """The operations of the contract by id."""
        return {
            operation["operationId"]: operation
            for item in self.document["paths"].values()
            for method, operation in item.items()
            if method in {"get", "put", "post", "patch", "delete"}
        }

    def faults(self) -> list[str]:
        """Why the run proves nothing: operations that never succeeded or were never called, answers with 5xx."""
        found = []
        for name, operation in self.operations.items():
            statuses = {status for operation_id, status in self.counts if operation_id == name}
            has_success = any(status.startswith("2") for status in operation["responses"])
            if has_success and not any(200 <= status < 300 for status in statuses):
                found.append(f"{name} never gave a 2xx")
            elif not statuses:
                found.append(f"{name} was never called")
            found += [
                f"{name} gave {status} {self.counts[name, status]} times"
                for status in sorted(statuses)
                if status >= 500
            ]
        return found

    def table(self) -> str:
        """One line per operation: answers in all, then counts by status."""
        width = max(map(len, self.operations))
        lines = []
        for name in self.operations:
            by_status = sorted(
                (status, count) for (operation_id, status), count in self.counts.items() if operation_id == name
            )
            told = "  ".join(f"{status}: {count}" for status, count in by_status)
            lines.append(f"{name:{width}} {sum(count for _, count in by_status):6}   {told}")
        total = Counter(status // 100 for (_, status), count in self.counts.items() for _ in range(count))
        classes = ", ".join(f"{count} x {status}xx" for status, count in sorted(total.items()))
        return "\n".join([*lines, "", f"{sum(total.values())} answers: {classes}"])
