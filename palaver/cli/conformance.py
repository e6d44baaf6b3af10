"""`palaver conformance`: the kit on the command line, with a table of what came out."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from palaver.cli.console import err, out
from palaver.conformance.areas import all_checks
from palaver.conformance.checks import Check, chosen
from palaver.conformance.lab import NoService
from palaver.conformance.reports import write_html, write_junit
from palaver.conformance.running import AREA_TITLES, Progress, Report, Result, Target, Verdict, examine

_FAILED: Final = 1
_NOT_RUN: Final = 2
_INTERRUPTED: Final = 130
_COLOURS: Final[dict[Verdict, str]] = {"passed": "green", "skipped": "yellow", "failed": "bold red"}


def print_checks(only: Sequence[str]) -> None:
    """A table of the checks: what each proves, and what it cannot do without."""
    table = Table(header_style="bold")
    for heading in ("Check", "What holds", "What of the contract it proves", "Needs"):
        table.add_column(heading, overflow="fold")
    for check in _chosen(only):
        needs = "; ".join(sorted(need.value for need in check.needs))
        own = " [dim](Palaver's own)[/]" if check.extension else ""
        table.add_row(check.id, escape(check.title) + own, escape(check.proves), escape(needs))
    out.print(table, soft_wrap=False)


def conformance(target: Target, only: Sequence[str], *, junit: Path | None, html: Path | None) -> None:
    """Run, print and write. Ends the command: 0 all holds, 1 something does not, 2 it could not be run."""
    checks = _chosen(only)
    for path in (junit, html):
        if path is not None and not path.parent.is_dir():
            _fail(f"there is no directory {path.parent}.")
    try:
        with _shown(len(checks)) as progress:
            report = asyncio.run(examine(target, checks, progress))
    except NoService as error:
        _fail(str(error))
    _print(report)
    try:
        if junit is not None:
            write_junit(report, junit)
        if html is not None:
            write_html(report, html)
    except OSError as error:
        _fail(f"{error.filename} cannot be written: {error.strerror}")
    if report.interrupted:
        raise typer.Exit(_INTERRUPTED)
    raise typer.Exit(_FAILED if report.count("failed") else 0)


def no_token() -> NoReturn:
    """Refuse to act as nobody."""
    _fail("no token. Give one with --token or PALAVER_TOKEN.")


def _fail(message: str) -> NoReturn:
    """Say why nothing was examined, and end the command with status 2."""
    err.print(f"[bold red]Error:[/] {escape(message)}")
    raise typer.Exit(_NOT_RUN)


def _chosen(only: Sequence[str]) -> list[Check]:
    try:
        return chosen(all_checks(), only)
    except ValueError as unknown:
        _fail(f"no check is called {unknown}. palaver conformance --list shows all.")


class _Shown(Progress):
    """A bar on a terminal; a line for what failed, and for waits, in any case."""

    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def begin(self, check: Check, number: int, count: int) -> None:
        self._bar.update(self._task, description=f"{escape(check.id)}", completed=number - 1)

    def end(self, result: Result) -> None:
        self._bar.advance(self._task)
        if result.verdict == "failed":
            self._bar.console.print(f"[bold red]failed[/] {escape(result.id)}: {escape(result.words)}")

    def pause(self, seconds: float) -> None:
        self._bar.console.print(f"[dim]The server limits requests: waiting {seconds:.0f} s.[/]")


@contextmanager
def _shown(count: int) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield _Shown(bar, bar.add_task("beginning", total=count))


def _print(report: Report) -> None:
    area = ""
    table = Table(header_style="bold")
    for heading in ("Check", "Result", ""):
        table.add_column(heading, overflow="fold")
    for result in report.results:
        if result.area != area:
            area = result.area
            table.add_section()
            table.add_row(f"[bold]{escape(AREA_TITLES[area])}[/]", "", "")
        words = [result.title, *(escape(line) for line in (result.words, *result.notes) if line)]
        colour = _COLOURS[result.verdict]
        table.add_row(result.id, f"[{colour}]{result.verdict}[/]", "\n".join(words))
    out.print(table, soft_wrap=False)
    for left in report.left:
        err.print(f"[yellow]{escape(left)}[/]")
    counts = ", ".join(f"{report.count(verdict)} {verdict}" for verdict in ("passed", "failed", "skipped"))
    end = ", interrupted" if report.interrupted else ""
    out.print(f"{escape(report.url)}: {counts} in {report.seconds:.0f} s{end}")
