"""What all commands share: where they print, how they read settings, and how they refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from palaver.settings import ENV_PREFIX, Settings

out = Console(soft_wrap=True, highlight=False)
"""For results."""
err = Console(stderr=True, soft_wrap=True, highlight=False)
"""For progress and refusals."""


def fail(message: str) -> NoReturn:
    """Say why the command cannot go on, and end it with status 1."""
    err.print(f"[bold red]Error:[/] {escape(message)}")
    raise typer.Exit(1)


def report(line: str) -> None:
    """Tell about a wait."""
    err.print(f"[dim]{escape(line)}[/]")


def read_settings(**overrides: Any) -> Settings:
    """The settings of the environment, with those options on top that were given (are not None)."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as invalid:
        problems = []
        for problem in invalid.errors(include_input=False, include_url=False):
            name = f"{ENV_PREFIX}{str(problem['loc'][0]).upper()}: " if problem["loc"] else ""
            problems.append(name + problem["msg"].removeprefix("Value error, "))
        fail("these settings do not fit.\n  " + "\n  ".join(problems))


@contextmanager
def refusals(*kinds: type[Exception]) -> Iterator[None]:
    """End the command with a plain sentence, not a traceback, when one of `kinds` is raised inside."""
    try:
        yield
    except kinds as refusal:
        fail(str(refusal))
