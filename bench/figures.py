"""Figures, the bars they are held against, and the table that shows them."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rich.console import Console
from rich.table import Table

_OPERATORS = {"<=": "at most", ">=": "at least", "<": "below"}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure has to reach."""

    operator: Literal["<=", ">=", "<"]
    limit: float

    def holds(self, value: float) -> bool:
        """Whether `value` reaches it."""
        match self.operator:
            case "<=":
                return value <= self.limit
            case ">=":
                return value >= self.limit
            case "<":
                return value < self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; without a bar it is there to be read."""

    name: str
    value: float
    unit: str = ""
    bar: Bar | None = None

    @property
    def passed(self) -> bool:
        """Whether it has no bar or reaches it."""
        return self.bar is None or self.bar.holds(self.value)


@dataclass(slots=True)
class Report:
    """What one benchmark found: `notes` say how it was measured."""

    title: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str = "", bar: Bar | None = None) -> None:
        """Append a figure."""
        self.figures.append(Figure(name, value, unit, bar))

    @property
    def passed(self) -> bool:
        """Whether every bar is reached."""
        return all(figure.passed for figure in self.figures)

    def print(self, console: Console) -> None:
        """Show it as a table."""
        table = Table(title=self.title, title_justify="left", title_style="bold")
        table.add_column("figure")
        table.add_column("measured", justify="right")
        table.add_column("bar")
        table.add_column("")
        for figure in self.figures:
            bar = f"{_OPERATORS[figure.bar.operator]} {_number(figure.bar.limit)}" if figure.bar else ""
            verdict = "" if figure.bar is None else "[green]pass[/]" if figure.passed else "[red]FAIL[/]"
            table.add_row(figure.name, f"{_number(figure.value)} {figure.unit}".strip(), bar, verdict)
        console.print(table)
        for note in self.notes:
            console.print(f"  {note}", style="dim", highlight=False)
        console.print()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of `values` lie; nearest rank. `values` must not be empty."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Iterable[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
