"""Attachments: upload one, download one."""

import uuid
from collections.abc import AsyncIterator

from palaver.attachments import (
    ALLOWED_TYPES,
    UNDECLARED,
    content_disposition,
    declared_type,
    disposition_name,
    matches,
)
from palaver.checks.files import readable_files, store_failures_as
from palaver.checks.organizations import require_upload
from palaver.contract.context import Context
from palaver.contract.replies import PiecesReply, RawReply, Reply
from palaver.database import refusing
from palaver.errors import Forbidden, NotFound
from palaver.errors.files import (
    FileEmpty,
    FileNameMissing,
    FileNotRead,
    FileNotSaved,
    FileTypeMismatch,
    UnsupportedFileType,
)
from palaver.files.stores import PIECE_BYTES


async def upload_chat_file(ctx: Context, organization: uuid.UUID, content_disposition: str) -> Reply:
    """Store an attachment of the organization; what its content is decides, not what its sender calls it."""
    await require_upload(ctx, organization)
    declared = declared_type(ctx.headers.get("content-type", ""))
    if declared not in (*ALLOWED_TYPES, UNDECLARED):
        raise UnsupportedFileType
    data = await ctx.take_body()
    name = disposition_name(content_disposition)
    if not name:
        raise FileNameMissing
    if not data:
        raise FileEmpty
    detected = await ctx.services.files.classify(data, name)
    if detected not in ALLOWED_TYPES:
        raise UnsupportedFileType
    if not matches(declared, detected):
        raise FileTypeMismatch(declared, detected)
    # What is remembered of a caller may be some seconds older than the deletion of an organization.
    with refusing(fk_chat_files_organization_id=Forbidden()), store_failures_as(FileNotSaved):
        file_id = await ctx.services.files.save(
            owner_id=ctx.user.user_id, organization_id=organization, name=name, mime_type=detected, data=data
        )
    return Reply({"id": str(file_id)}, headers={"Location": f"/api/experimental/chats/files/{file_id}"})


async def get_chat_file(ctx: Context, file: uuid.UUID) -> RawReply | PiecesReply:
    """The bytes of an attachment, for its uploader and for whoever may read a chat that links it."""
    async with ctx.services.database.connect() as conn:
        facts = (await readable_files(ctx, conn, [file])).get(file)
    if facts is None:
        raise NotFound
    files = ctx.services.files
    with store_failures_as(FileNotRead):
        # Before the answer begins, for from then on it can only be cut short.
        first = await files.read(facts, 0, PIECE_BYTES)
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": content_disposition(facts.name, facts.mime_type),
    }
    if len(first) == facts.size:
        return RawReply(first, facts.mime_type, headers=headers)

    async def pieces() -> AsyncIterator[bytes]:
        yield first
        async for piece in files.pieces(facts, start=len(first)):
            yield piece

    return PiecesReply(pieces(), facts.size, facts.mime_type, headers=headers)
