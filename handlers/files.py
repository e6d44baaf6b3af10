"""Attachments: upload one, download one."""

import asyncio
import uuid

from palaver.attachments import (
    ALLOWED_TYPES,
    UNDECLARED,
    classify,
    content_disposition,
    declared_type,
    disposition_name,
    matches,
)
from palaver.checks.files import readable_files
from palaver.checks.organizations import require_upload
from palaver.contract.context import Context
from palaver.contract.replies import RawReply, Reply
from palaver.database import refusing
from palaver.errors import Forbidden, NotFound
from palaver.errors.files import FileEmpty, FileNameMissing, FileTypeMismatch, UnsupportedFileType
from palaver.files import read_bytes, save_file


async def upload_chat_file(ctx: Context, organization: uuid.UUID, content_disposition: str) -> Reply:
    """Store an attachment of the organization; what its content is decides, not what its sender calls it."""
    await require_upload(ctx, organization)
    declared = declared_type(ctx.headers.get("content-type", ""))
    if declared not in (*ALLOWED_TYPES, UNDECLARED):
        raise UnsupportedFileType
    name = disposition_name(content_disposition)
    if not name:
        raise FileNameMissing
    if not ctx.body:
        raise FileEmpty
    # Ten megabytes of JSON take a while to parse: not on the loop.
    detected = await asyncio.to_thread(classify, ctx.body, name)
    if detected not in ALLOWED_TYPES:
        raise UnsupportedFileType
    if not matches(declared, detected):
        raise FileTypeMismatch(declared, detected)
    # What is remembered of a caller may be some seconds older than the deletion of an organization.
    with refusing(fk_chat_files_organization_id=Forbidden()):
        async with ctx.services.database.connect() as conn:
            file_id = await save_file(
                conn,
                owner_id=ctx.user.user_id,
                organization_id=organization,
                name=name,
                mime_type=detected,
                data=ctx.body,
            )
    return Reply({"id": str(file_id)}, headers={"Location": f"/api/experimental/chats/files/{file_id}"})


async def get_chat_file(ctx: Context, file: uuid.UUID) -> RawReply:
    """The bytes of an attachment, for its uploader and for whoever may read a chat that links it."""
    async with ctx.services.database.connect() as conn:
        facts = (await readable_files(ctx, conn, [file])).get(file)
        if facts is None:
            raise NotFound
        data = (await read_bytes(conn, [file])).get(file)
    if data is None:
        raise NotFound
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": content_disposition(facts.name, facts.mime_type),
    }
    return RawReply(data, facts.mime_type, headers=headers)
