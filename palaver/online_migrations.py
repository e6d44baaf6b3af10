"""Steps of migrations that take their time while servers are at work."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from alembic import op
from sqlalchemy import TextClause, text


def create_index(name: str, table: str, columns: Sequence[str | TextClause], **options: Any) -> None:
    """Create an index without hindering anybody who writes to the table; `options` as of `op.create_index`.

    It has to be the only step of its migration, since it is not part of a transaction: what was left behind by a try
    that failed is removed first.
    """
    with _patiently():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.create_index(name, table, list(columns), postgresql_concurrently=True, **options)


def drop_index(name: str, table: str) -> None:
    """Drop an index without hindering anybody; the only step of its migration, too."""
    with _patiently():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)


@contextmanager
def _patiently() -> Iterator[None]:
    """Outside of transactions and without the limit on waiting: what happens here waits, but nobody waits for it."""
    with op.get_context().autocommit_block():
        limit = op.get_bind().scalar(text("SHOW lock_timeout"))
        op.execute("SET lock_timeout = 0")
        try:
            yield
        finally:
            op.execute(f"SET lock_timeout = '{limit}'")
