"""Which stored files a caller may use, and what he is told when their store fails."""

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.auth.policy import FileResource
from palaver.auth.visibility import visible_chats
from palaver.contract.context import Context
from palaver.errors.files import FileNotRead, FileNotSaved
from palaver.files.rows import FileFacts, find_files
from palaver.files.stores import StoreFailed


@contextmanager
def store_failures_as(refusal: type[FileNotSaved] | type[FileNotRead]) -> Iterator[None]:
    """Raise the operation's own refusal where a store has failed."""
    try:
        yield
    except StoreFailed as failure:
        raise refusal(failure) from failure


async def readable_files(ctx: Context, conn: AsyncConnection, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, FileFacts]:
    """Those of the files that exist and that the caller may read, by his own right or through a chat he may read."""
    found = await find_files(conn, ids, visible_chats(ctx.user))
    allowed = ctx.services.authorizer.allowed
    return {
        file_id: facts
        for file_id, (facts, linked) in found.items()
        if linked or allowed(ctx.user, "file:read", FileResource(facts.owner_id, facts.organization_id))
    }
