"""`palaver db` and `palaver token`: what an operator does directly on the database."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, or_, select

from models import User
from palaver import audit
from palaver.cli.console import fail, out, refusals
from palaver.cli.databases import any_database, database_refusals
from palaver.database import Database, schema_revision, upgrade
from palaver.errors.keys import LifetimeTooLong, TokenNameTaken, UnknownScope
from palaver.identity import keys
from palaver.identity.keys import read_scopes
from palaver.settings import Settings


class UserUnknown(Exception):
    """No live user has this name or address."""


def create_token(
    settings: Settings, *, user: str, name: str, lifetime: dt.timedelta, scopes: Sequence[str] = ()
) -> None:
    """Make a token for `user` (name or e-mail address) and print nothing but it; no scopes are all scopes."""

    async def create(url: str) -> str:
        database = Database(url, pool_size=2)
        try:
            async with database.begin() as connection:
                found = await connection.execute(
                    select(User.id, User.roles).where(
                        ~User.deleted,
                        or_(func.lower(User.username) == user.lower(), func.lower(User.email) == user.lower()),
                    )
                )
                row = found.first()
                if row is None:
                    raise UserUnknown(f"There is no user {user!r}.")
                new = keys.NewToken(name, lifetime, read_scopes(scopes))
                text = await keys.create_token(connection, settings, row.id, row.roles, new)
                key_id, told = text.partition("-")[0], {"user": str(row.id), "by": "command line"}
                await audit.record(connection, None, "create", "api_key", key_id, None, told)
                return text
        finally:
            await database.close()

    with any_database(settings) as url, database_refusals(), refusals(UserUnknown, UnknownScope, LifetimeTooLong):
        try:
            text = asyncio.run(create(url))
        except TokenNameTaken:
            fail(f"{user} has a token named {name!r} already. Choose another with --name.")
    out.print(text)


def upgrade_database(settings: Settings) -> None:
    """Migrate, and print the revision."""
    with any_database(settings) as url, database_refusals():
        asyncio.run(upgrade(settings.database_direct_url or url))
        revision, _ = asyncio.run(schema_revision(url))
    out.print(revision)


def print_revision(settings: Settings) -> None:
    """Print the revision; status 1 when there is a newer one."""
    with any_database(settings) as url, database_refusals():
        revision, newest = asyncio.run(schema_revision(url))
    out.print(revision or "empty")
    if revision != newest:
        fail(f"The newest is {newest}: run `palaver db upgrade`.")
