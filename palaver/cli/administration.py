"""`palaver db` and `palaver token`: what an operator does directly on the database."""

import asyncio
import datetime as dt

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError

from models import User
from palaver import audit
from palaver.auth import sessions
from palaver.cli.console import fail, out, refusals
from palaver.cli.databases import any_database, database_refusals
from palaver.database import Database, schema_revision, upgrade
from palaver.settings import Settings


class UserUnknown(Exception):
    """No live user has this name or address."""


def create_token(settings: Settings, *, user: str, name: str, lifetime: dt.timedelta) -> None:
    """Make a token for `user` (name or e-mail address) and print nothing but it."""

    async def create(url: str) -> str:
        database = Database(url, pool_size=2)
        try:
            async with database.begin() as connection:
                user_id = await connection.scalar(
                    select(User.id).where(
                        ~User.deleted,
                        or_(func.lower(User.username) == user.lower(), func.lower(User.email) == user.lower()),
                    )
                )
                if user_id is None:
                    raise UserUnknown(f"There is no user {user!r}.")
                text = await sessions.create_token(connection, user_id, name, lifetime)
                key_id, told = text.partition("-")[0], {"user": str(user_id), "by": "command line"}
                await audit.record(connection, None, "create", "api_key", key_id, None, told)
                return text
        finally:
            await database.close()

    with any_database(settings) as url, database_refusals(), refusals(UserUnknown):
        try:
            text = asyncio.run(create(url))
        except IntegrityError:
            fail(f"{user} has a token named {name!r} already. Choose another with --name.")
    out.print(text)


def upgrade_database(settings: Settings) -> None:
    """Migrate, and print the revision."""
    with any_database(settings) as url, database_refusals():
        asyncio.run(upgrade(url))
        revision, _ = asyncio.run(schema_revision(url))
    out.print(revision)


def print_revision(settings: Settings) -> None:
    """Print the revision; status 1 when there is a newer one."""
    with any_database(settings) as url, database_refusals():
        revision, newest = asyncio.run(schema_revision(url))
    out.print(revision or "empty")
    if revision != newest:
        fail(f"The newest is {newest}: run `palaver db upgrade`.")
