"""Reading a whole history to take it elsewhere: what clients see of it, page by page."""

import uuid
from collections.abc import AsyncIterator

from palaver.chat.history import list_messages
from palaver.chat.records import MessageRecord
from palaver.database import Database

PAGE_MESSAGES = 200


async def pages(database: Database, chat_id: uuid.UUID) -> AsyncIterator[list[MessageRecord]]:
    """The visible messages, oldest first, up to the one that was the newest at the beginning.

    No connection is held between two pages; what an edit removes meanwhile is missing.
    """
    async with database.connect() as conn:
        newest = (await list_messages(conn, chat_id, limit=1)).messages
    last, end = 0, newest[0].id if newest else 0
    while last < end:
        async with database.connect() as conn:
            page = (await list_messages(conn, chat_id, after_id=last, limit=PAGE_MESSAGES)).messages
        wanted = [message for message in page if message.id <= end]
        if wanted:
            yield wanted
        last = page[-1].id if page else end
