"""Migrations newer than the last release run while its servers are at work: they may not take anything from them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, inspect

from palaver.database import Database, alembic_config
from tests.operations.released import last_release, newer_revisions
from tests.postgres import Cluster, drop_database, fresh_database

WAIVER = "breaks_nothing"
"""Attribute of a migration that says why servers of the last release miss nothing of what it takes away."""

_NAME = r'(?:IF (?:NOT )?EXISTS )?(?:public\.)?"?(?P<table>\w+)"?'
_ALTER = rf"^ALTER TABLE (?:ONLY )?{_NAME} .*?"
TAKES_AWAY = {
    "drops a table": rf"^DROP TABLE {_NAME}",
    "empties a table": rf"^TRUNCATE (?:TABLE )?{_NAME}",
    "renames": rf"{_ALTER}\bRENAME\b",
    "drops a column": rf"{_ALTER}\bDROP COLUMN\b",
    "changes the type of a column": rf"{_ALTER}\bALTER (?:COLUMN )?\S+ (?:SET DATA )?TYPE\b",
    "drops a default": rf"{_ALTER}\bDROP DEFAULT\b",
    "forbids nulls": rf"{_ALTER}\bSET NOT NULL\b",
    "adds a column that must be given": rf"{_ALTER}\bADD (?:COLUMN )?(?!.*\bDEFAULT\b)(?!CONSTRAINT).*\bNOT NULL\b",
    "forbids what was allowed": rf"{_ALTER}\bADD (?:CONSTRAINT \S+ )?(?:UNIQUE|CHECK|FOREIGN|PRIMARY|EXCLUDE)\b",
    "allows what was forbidden": rf"{_ALTER}\bDROP CONSTRAINT\b",
    "drops a default value's source": r"^DROP (?:SEQUENCE|TYPE|DOMAIN|VIEW)\b(?P<table>)",
    "adds a unique index": rf"^CREATE UNIQUE INDEX .*? ON {_NAME}",
}
"""What servers of the last release would notice: statements that fail, or rows that are refused or let in."""
HINDERS = {
    "writers wait while an index is made": rf"^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON {_NAME}",
    "everybody waits while an index is dropped": r"^DROP INDEX (?!CONCURRENTLY)(?P<table>)",
    "writers wait while the table is checked": rf"{_ALTER}\bADD CONSTRAINT (?!.*\bNOT VALID\b)(?!.*USING INDEX)",
    "everybody waits while the table is written anew": rf"{_ALTER}\bDEFAULT \(?(?:gen_random|random|clock_time)\w*\(",
    "writers wait for the end of a change of all rows": rf"^(?:UPDATE|DELETE FROM) (?:ONLY )?{_NAME}",
    "everybody waits while the table is packed": rf"^(?:VACUUM FULL|CLUSTER|REINDEX (?!.*CONCURRENTLY)) ?{_NAME}?",
    "everybody waits for one": rf"^LOCK (?:TABLE )?{_NAME}",
}
"""What they would wait for: statements that hold a lock for as long as a table is large."""
ALONE = re.compile(r"\bINDEX CONCURRENTLY\b", re.IGNORECASE)


_LOCKS = (
    (_ALTER.replace(" .*?", ""), True),
    (rf"^CREATE (?:OR REPLACE )?TRIGGER .*? ON {_NAME}", False),
    (rf"\bREFERENCES {_NAME}", False),
)
"""Statements that lock a table until the migration's end, and whether readers wait for it."""


def locked_together(statements: list[str], tables: set[str]) -> set[str]:
    """Tables that the last release knows and that one migration locks, if readers wait for one of them.

    Whoever holds one of two and waits for the other, while a migration has it the other way round, dies in a deadlock.
    """
    locked: set[str] = set()
    readers_wait = False
    for statement in statements:
        for pattern, for_readers in _LOCKS:
            for found in re.finditer(pattern, re.sub(r"\s+", " ", statement).strip(), re.IGNORECASE):
                if found["table"] in tables:
                    locked.add(found["table"])
                    readers_wait = readers_wait or for_readers
    return locked if readers_wait and len(locked) > 1 else set()


def broken_rules(statements: list[str], tables: set[str], rules: dict[str, str]) -> list[str]:
    """Which rules the statements break for tables that the last release knows."""
    broken = []
    for statement in statements:
        plain = re.sub(r"\s+", " ", re.sub(r"--[^\n]*", "", statement)).strip()
        for rule, pattern in rules.items():
            found = re.search(pattern, plain, re.IGNORECASE)
            if found is not None and (not found["table"] or found["table"] in tables):
                broken.append(f"{rule}: {plain}")
    return broken


@contextmanager
def _heard(connection: Connection) -> Iterator[list[str]]:
    statements: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not re.match(r"\s*(SELECT|INSERT INTO alembic|UPDATE alembic|DELETE FROM alembic|SHOW|SET) ?", statement):
            statements.append(statement)

    event.listen(connection.engine, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(connection.engine, "before_cursor_execute", hear)


def _statements_of(connection: Connection) -> tuple[set[str], dict[str, list[str]]]:
    """The tables of the last release, and what each newer migration does."""
    config = alembic_config(connection)
    command.upgrade(config, last_release().revision)
    connection.commit()
    tables, done = set(inspect(connection).get_table_names()), {}
    for revision in newer_revisions():
        connection.commit()
        with _heard(connection) as statements:
            command.upgrade(config, revision)
            connection.commit()
        done[revision] = statements
    return tables, done


async def test_newer_migrations_take_nothing_from_servers_of_the_last_release(postgres: Cluster) -> None:
    url = await fresh_database(postgres, migrated=False)
    database = Database(url)
    async with database.engine.connect() as connection:
        tables, done = await connection.run_sync(_statements_of)
    await database.close()
    await drop_database(postgres, url)
    scripts = ScriptDirectory.from_config(alembic_config())
    broken: dict[str, list[str]] = {}
    for revision, statements in done.items():
        rules = HINDERS if hasattr(scripts.get_revision(revision).module, WAIVER) else HINDERS | TAKES_AWAY
        broken[revision] = broken_rules(statements, tables, rules)
        broken[revision] += [f"locks {table} with others" for table in sorted(locked_together(statements, tables))]
        if any(ALONE.search(statement) for statement in statements):
            others = [statement for statement in statements if not ALONE.search(statement)]
            broken[revision] += [f"beside a concurrent index, which has no transaction: {other}" for other in others]
    assert {revision: rules for revision, rules in broken.items() if rules} == {}


@pytest.mark.parametrize(
    ("statements", "locked"),
    [
        (["ALTER TABLE chats ADD COLUMN a TEXT", "ALTER TABLE users ADD COLUMN a TEXT"], {"chats", "users"}),
        (
            [
                "ALTER TABLE users ADD COLUMN a TEXT",
                "CREATE TABLE moods (\n\tid UUID, \n\tFOREIGN KEY(id) REFERENCES chats (id))",
            ],
            {"chats", "users"},
        ),
        (
            ["CREATE TRIGGER t AFTER INSERT ON chats FOR EACH ROW f()", "ALTER TABLE users ADD a TEXT"],
            {"chats", "users"},
        ),
        (["ALTER TABLE chats ADD COLUMN a TEXT", "ALTER TABLE chats ADD COLUMN b TEXT"], set()),
        (["ALTER TABLE chats ADD COLUMN a TEXT", "ALTER TABLE moods ADD COLUMN a TEXT"], set()),
        (["CREATE TABLE moods (a UUID REFERENCES chats (id), b UUID REFERENCES users (id))"], set()),
    ],
    ids=["altered", "referred-to", "triggered", "one", "one-is-new", "only-referred-to"],
)
def test_a_migration_that_locks_several_tables_is_found(statements: list[str], locked: set[str]) -> None:
    assert locked_together(statements, {"chats", "users"}) == locked


def _waits(statement: str) -> list[str]:
    return broken_rules([statement], {"chats"}, HINDERS)


def _takes(statement: str) -> list[str]:
    return broken_rules([statement], {"chats"}, TAKES_AWAY)


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        (_takes, "DROP TABLE chats"),
        (_takes, "DROP TABLE IF EXISTS public.chats CASCADE"),
        (_takes, "ALTER TABLE chats RENAME TO talks"),
        (_takes, "ALTER TABLE chats RENAME COLUMN title TO name"),
        (_takes, "ALTER TABLE chats\n  DROP COLUMN title"),
        (_takes, 'ALTER TABLE "chats" ALTER COLUMN title TYPE VARCHAR(10)'),
        (_takes, "ALTER TABLE chats ALTER COLUMN title SET NOT NULL"),
        (_takes, "ALTER TABLE chats ALTER COLUMN title DROP DEFAULT"),
        (_takes, "ALTER TABLE chats ADD COLUMN mood TEXT NOT NULL"),
        (_takes, "alter table only chats add mood text not null"),
        (_takes, "ALTER TABLE chats ADD CONSTRAINT short CHECK (length(title) < 10) NOT VALID"),
        (_takes, "ALTER TABLE chats ADD CONSTRAINT uq_chats_title UNIQUE (title)"),
        (_takes, "ALTER TABLE chats DROP CONSTRAINT uq_chats_title"),
        (_takes, "CREATE UNIQUE INDEX CONCURRENTLY uq_chats_title ON chats (title)"),
        (_takes, "TRUNCATE chats"),
        (_waits, "CREATE INDEX ix_chats_title ON chats (title)"),
        (_waits, "CREATE UNIQUE INDEX ix_chats_title ON public.chats (title)"),
        (_waits, "DROP INDEX ix_chats_title"),
        (_waits, "ALTER TABLE chats ADD CONSTRAINT short CHECK (length(title) < 10)"),
        (_waits, "ALTER TABLE chats ADD COLUMN token uuid DEFAULT gen_random_uuid() NOT NULL"),
        (_waits, "LOCK TABLE chats IN EXCLUSIVE MODE"),
        (_waits, "VACUUM FULL chats"),
        (_waits, "UPDATE chats SET title = upper(title)"),
    ],
)
def test_what_servers_would_notice_is_found(check: Callable[[str], list[str]], statement: str) -> None:
    assert check(statement), statement


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE moods (id BIGINT NOT NULL, PRIMARY KEY (id))",
        "CREATE UNIQUE INDEX uq_moods_name ON moods (name)",
        "ALTER TABLE moods ADD CONSTRAINT short CHECK (length(name) < 10)",
        "ALTER TABLE chats ADD COLUMN mood TEXT",
        "ALTER TABLE chats ADD COLUMN mood TEXT DEFAULT 'fine' NOT NULL",
        "ALTER TABLE chats ALTER COLUMN title DROP NOT NULL",
        "CREATE INDEX CONCURRENTLY ix_chats_title ON chats (title)",
        "DROP INDEX CONCURRENTLY ix_chats_title",
        "ALTER TABLE chats VALIDATE CONSTRAINT short",
        "DROP TABLE moods",
    ],
)
def test_what_servers_do_not_notice_is_let_pass(statement: str) -> None:
    assert broken_rules([statement], {"chats"}, HINDERS | TAKES_AWAY) == []
