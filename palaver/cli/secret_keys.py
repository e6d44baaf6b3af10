"""`palaver secrets`: new keys for stored secrets, and the secrets under the newest of them."""

import asyncio
from collections.abc import Callable

from cryptography.fernet import Fernet
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from palaver.auth.rotation import Rotation, rotate_secrets
from palaver.auth.secrets import SecretBox, SecretKeysInvalid
from palaver.cli.console import err, fail, out, refusals
from palaver.cli.databases import any_database, database_refusals
from palaver.database import Database
from palaver.settings import Settings


def generate_key() -> None:
    """Print a key and nothing else."""
    out.print(Fernet.generate_key().decode("ascii"))


def rotate(settings: Settings) -> None:
    """Rewrite what is not under the newest key, show how far it is, and tell what cannot be read."""
    columns = (TextColumn("Rows with secrets"), BarColumn(), MofNCompleteColumn())
    with any_database(settings) as url, database_refusals(), refusals(SecretKeysInvalid):
        secrets = SecretBox.load(settings)
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("", total=None)

            def report(rotation: Rotation) -> None:
                progress.update(task, total=rotation.rows, completed=rotation.looked_at)

            done = asyncio.run(_rotate(url, secrets, report))
    out.print(f"{done.rewritten} of {done.looked_at} rows rewritten.")
    if done.unreadable:
        fail("none of the keys opens\n  " + "\n  ".join(done.unreadable))


async def _rotate(url: str, secrets: SecretBox, report: Callable[[Rotation], None]) -> Rotation:
    database = Database(url, pool_size=2)
    try:
        return await rotate_secrets(database, secrets, report)
    finally:
        await database.close()
