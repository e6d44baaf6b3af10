"""Conditional requests (RFC 9110): ETags of reads, `If-None-Match`, and `If-Match` on what changes the thing read.

An ETag is strong and made of the answer's bytes, so it tells what the caller was shown. An update names the read that
its `If-Match` speaks of (`x-precondition`). That read is made again when the update's first transaction has written
all and holds its locks, by a connection that does not see what was written: in between nobody can change the thing.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from palaver.contract.rendering import Response, render
from palaver.database import checking_before_commit, reading_by
from palaver.errors.request import PreconditionFailed

if TYPE_CHECKING:
    from palaver.contract.context import Context
    from palaver.services import Services

Read = Callable[["Context", Mapping[str, Any]], Awaitable[bytes]]
"""What a read answers, as bytes, to the caller of an update with these arguments."""

_ENTITY_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_OF_BODIES = (b"content-type", b"content-length")


def etag_of(body: bytes) -> str:
    """The strong ETag of an answer."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def is_named(tag: str, field: str, *, weakly: bool) -> bool:
    """Whether `If-Match` or `If-None-Match` names the ETag; `weakly`: a weak one of the same value names it, too."""
    if field.strip() == "*":
        return True
    return any(found[2] == tag and (weakly or not found[1]) for found in _ENTITY_TAG.finditer(field))


def with_etag(response: Response, headers: Mapping[str, str]) -> Response:
    """The answer of a read with its ETag, or 304 in its place for a caller who has it."""
    tag = etag_of(response.body)
    response.headers.append((b"etag", tag.encode()))
    known = headers.get("if-none-match")
    if known is None or not is_named(tag, known, weakly=True):
        return response
    return Response(304, [field for field in response.headers if field[0] not in _OF_BODIES], b"")


class Preconditions:
    """Holds updates to their `If-Match`, a few at a time: each takes a second connection of the pool."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._room = asyncio.Semaphore(max(1, services.settings.pool_size // 4))

    @asynccontextmanager
    async def held(
        self, context: "Context", field: str, read: Read, arguments: Mapping[str, Any]
    ) -> AsyncIterator[None]:
        """Run the block as an update that only counts if `read` still answers with an ETag that `field` names.

        Raises PreconditionFailed from the block's first commit, or at its end where it wrote nothing.
        """
        # The connection is taken before the update locks anything: nobody waits for one who waits for this one.
        async with self._room, self._services.database.connect() as reader:
            pending = True

            async def check() -> None:
                nonlocal pending
                if not pending:
                    return
                pending = False
                with reading_by(reader):
                    tag = etag_of(await read(context, arguments))
                if not is_named(tag, field, weakly=False):
                    raise PreconditionFailed(tag)

            with checking_before_commit(check):
                try:
                    yield
                    await check()
                finally:
                    pending = False  # also for tasks that the update has begun


def body_of(answer: Any, status: int) -> bytes:
    """The bytes that an answer is sent as."""
    return render(answer, status, []).body
