"""What the database knows of files: their rows and their links to chats."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, ColumnElement, Uuid, bindparam, delete, exists, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Chat, ChatFile, ChatFileLink

MAX_FILES_PER_CHAT = 50

_FACTS = (
    ChatFile.id,
    ChatFile.owner_id,
    ChatFile.organization_id,
    ChatFile.name,
    ChatFile.mime_type,
    ChatFile.created_at,
    ChatFile.size,
    ChatFile.store,
)

# All of a batch or none of it: count and insert see one snapshot, and the chat's row lock keeps others out meanwhile.
# The files' locks keep them from being removed, or wait until they have been.
_LINK = text(
    """
    WITH wanted AS (SELECT id AS file_id FROM chat_files WHERE id = ANY(:file_ids) ORDER BY id FOR KEY SHARE),
    linked AS (SELECT file_id FROM chat_file_links WHERE chat_id = :chat_id),
    verdict AS (SELECT (SELECT count(*) FROM wanted) = cardinality(:file_ids) AS found,
                       (SELECT count(*) FROM (SELECT file_id FROM wanted UNION SELECT file_id FROM linked) AS together)
                       <= :maximum AS fits),
    inserted AS (INSERT INTO chat_file_links (chat_id, file_id)
                 SELECT :chat_id, file_id FROM wanted, verdict WHERE found AND fits ON CONFLICT DO NOTHING)
    SELECT found, fits FROM verdict
    """
).bindparams(bindparam("file_ids", type_=ARRAY(Uuid())), bindparam("chat_id", type_=Uuid()))


@dataclass(slots=True, frozen=True)
class FileFacts:
    """A stored file without its bytes; `size` in bytes, `store` the location that holds them."""

    id: uuid.UUID
    owner_id: uuid.UUID
    organization_id: uuid.UUID
    name: str
    mime_type: str
    created_at: dt.datetime
    size: int
    store: str


async def find_files(
    conn: AsyncConnection, file_ids: Collection[uuid.UUID], chats: ColumnElement[bool]
) -> dict[uuid.UUID, tuple[FileFacts, bool]]:
    """The files that exist, each with whether one of `chats` (a condition on Chat) links it; one statement."""
    linked = exists(
        select(ChatFileLink.file_id)
        .join(Chat, Chat.id == ChatFileLink.chat_id)
        .where(ChatFileLink.file_id == ChatFile.id, chats)
    )
    rows = await conn.execute(select(*_FACTS, linked).where(ChatFile.id.in_(file_ids)))
    return {row[0]: (FileFacts(*row[:-1]), row[-1]) for row in rows}


async def load_files(conn: AsyncConnection, file_ids: Collection[uuid.UUID]) -> list[FileFacts]:
    """Those of the files that exist."""
    rows = await conn.execute(select(*_FACTS).where(ChatFile.id.in_(file_ids)))
    return [FileFacts(*row) for row in rows]


async def linked_files(conn: AsyncConnection, chat_id: uuid.UUID) -> list[FileFacts]:
    """The files of a chat, oldest link first."""
    rows = await conn.execute(
        select(*_FACTS)
        .join(ChatFileLink, ChatFileLink.file_id == ChatFile.id)
        .where(ChatFileLink.chat_id == chat_id)
        .order_by(ChatFileLink.created_at, ChatFile.id)
    )
    return [FileFacts(*row) for row in rows]


async def link_files(conn: AsyncConnection, chat_id: uuid.UUID, file_ids: Sequence[uuid.UUID]) -> list[str]:
    """Link files to a chat whose row the caller has locked, all or none; the warnings for the answer.

    No statement without files. Source: notes of `create-chat`.
    """
    wanted = set(file_ids)
    if not wanted:
        return []
    parameters = {"chat_id": chat_id, "file_ids": list(wanted), "maximum": MAX_FILES_PER_CHAT}
    found, fits = (await conn.execute(_LINK, parameters)).one()
    if not fits:
        return [f"file linking skipped: batch of {len(wanted)} file(s) would exceed limit of {MAX_FILES_PER_CHAT}"]
    # One was removed a moment ago, after it had been looked up.
    return [] if found else [f"{len(wanted)} file(s) could not be linked due to a server error"]


# The ids are looked for in the text of the messages, which may hold what no function of the database can read.
_COPY_LINKS = text(
    r"""
    WITH named AS (
        SELECT DISTINCT found.id[1]::uuid AS file_id
        FROM chat_messages, regexp_matches(content::text, '"file_id"\s*:\s*"([0-9a-f-]{36})"', 'g') AS found(id)
        WHERE chat_id = :chat_id
    ),
    kept AS (SELECT id FROM chat_files WHERE id IN (SELECT file_id FROM named) ORDER BY id FOR KEY SHARE)
    INSERT INTO chat_file_links (chat_id, file_id, created_at)
    SELECT :chat_id, source.file_id, source.created_at
    FROM chat_file_links AS source JOIN kept ON kept.id = source.file_id
    WHERE source.chat_id = :source_id
    """
).bindparams(bindparam("chat_id", type_=Uuid()), bindparam("source_id", type_=Uuid()))


async def copy_links(conn: AsyncConnection, source_id: uuid.UUID, chat_id: uuid.UUID) -> None:
    """Link the files of one chat that the messages of another name to that other, which has just been made."""
    links = exists().where(ChatFileLink.chat_id == source_id)
    if (await conn.execute(select(links))).scalar_one():
        await conn.execute(_COPY_LINKS, {"chat_id": chat_id, "source_id": source_id})


# ---- removing files; a trigger makes orphans of their bytes, in the same transaction ----

_LINKED = exists(select(ChatFileLink.file_id).where(ChatFileLink.file_id == ChatFile.id))


async def delete_unlinked_files(conn: AsyncConnection, *, days: int, limit: int = 1000) -> int:
    """Remove files older than `days` that no chat links, oldest first; how many, 0 when none is left.

    Source: contract, states.yaml `retention`.
    """
    older = ChatFile.created_at < func.now() - dt.timedelta(days=days)
    batch = select(ChatFile.id).where(older, ~_LINKED).order_by(ChatFile.created_at).limit(limit)
    # Whoever links one of them just now holds its row.
    locked = batch.with_for_update(skip_locked=True).subquery()
    return (await conn.execute(delete(ChatFile).where(ChatFile.id.in_(select(locked.c.id))))).rowcount


async def delete_files_only_of(conn: AsyncConnection, chat_ids: Collection[uuid.UUID]) -> int:
    """Remove the files that these chats link and no other does, for chats that go for good; how many."""
    theirs = select(ChatFileLink.file_id).where(ChatFileLink.chat_id.in_(chat_ids))
    # Locked before it is asked who else links them: a link that was being made then is seen, and none comes after.
    lock = select(ChatFile.id).where(ChatFile.id.in_(theirs)).order_by(ChatFile.id).with_for_update()
    if not (file_ids := (await conn.execute(lock)).scalars().all()):
        return 0
    others = exists(
        select(ChatFileLink.file_id).where(ChatFileLink.file_id == ChatFile.id, ChatFileLink.chat_id.not_in(chat_ids))
    )
    return (await conn.execute(delete(ChatFile).where(ChatFile.id.in_(file_ids), ~others))).rowcount
