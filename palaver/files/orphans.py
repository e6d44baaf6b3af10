"""Removes the bytes that no row owns: left behind by failed uploads, by moves and by files that were removed."""

import datetime as dt
import uuid
from collections import defaultdict

import structlog
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ChatFile, FileOrphan
from palaver.files.storage import FileStorage
from palaver.files.stores import LocationInvalid, StoreFailed

PUT_OFF = dt.timedelta(hours=1)
"""How long the orphans of a store that failed are left alone."""

log = structlog.get_logger(__name__)


async def remove_orphans(conn: AsyncConnection, files: FileStorage, limit: int) -> int:
    """Remove bytes whose time has come, of at most `limit` files (1000 or fewer); of how many were looked at.

    The entries stay locked until the caller's transaction ends, which keeps a move from putting bytes to where they
    would be removed at once. A store that fails is told in the log, and tried again an hour later.
    """
    owned = exists().where(ChatFile.id == FileOrphan.file_id, ChatFile.store == FileOrphan.store)
    due = (
        select(FileOrphan.store, FileOrphan.file_id)
        .where(FileOrphan.remove_at <= func.now(), ~owned)
        .order_by(FileOrphan.remove_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=FileOrphan)
    )
    by_store: dict[str, list[uuid.UUID]] = defaultdict(list)
    for location, file_id in await conn.execute(due):
        by_store[location].append(file_id)
    for location, file_ids in by_store.items():
        these = (FileOrphan.store == location, FileOrphan.file_id.in_(file_ids))
        try:
            await files.at(location).delete(file_ids)
        except (StoreFailed, LocationInvalid) as error:
            log.warning("Bytes of removed files are still stored.", action="orphans_kept", error=str(error))
            await conn.execute(update(FileOrphan).where(*these).values(remove_at=func.now() + PUT_OFF))
        else:
            await conn.execute(delete(FileOrphan).where(*these))
    return sum(map(len, by_store.values()))
