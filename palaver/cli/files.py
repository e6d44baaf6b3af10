"""`palaver files`: the bytes of uploaded files, from one store to another."""

import asyncio
from collections.abc import Callable

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from palaver.cli.console import err, fail, out, refusals
from palaver.cli.databases import any_database, database_refusals
from palaver.database import Database
from palaver.files.moving import Move, move_files
from palaver.files.storage import FileStorage
from palaver.files.stores import LocationInvalid, StoreFailed, parse_location
from palaver.settings import Settings


def move(settings: Settings, source: str | None, target: str | None) -> None:
    """Move files, show how far it is, and tell whose bytes were not to be found."""
    columns = (TextColumn("Files"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with any_database(settings) as url, database_refusals(), refusals(StoreFailed):
        here = settings.files_url if target is None else _location("--to", target)
        there = None if source is None else _location("--from", source)
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("", total=None)

            def report(move: Move) -> None:
                progress.update(task, total=move.files, completed=move.moved + len(move.missing))

            done = asyncio.run(_move(settings, url, there, here, report))
    out.print(f"{done.moved} of {done.files} files moved to {here}.")
    if done.missing:
        lost = "\n  ".join(str(file_id) for file_id in done.missing)
        fail(f"the bytes of these files are in neither store:\n  {lost}")


def _location(option: str, text: str) -> str:
    try:
        return parse_location(text).text
    except LocationInvalid as invalid:
        fail(f"{option} {invalid}.")


async def _move(settings: Settings, url: str, source: str | None, target: str, report: Callable[[Move], None]) -> Move:
    database = Database(url, pool_size=4)
    try:
        # What new uploads go to need not be there for what is moved elsewhere.
        files = FileStorage(settings.model_copy(update={"files_url": target}), database)
        return await move_files(files, source, target, report)
    finally:
        await database.close()
