"""User content as it was sent, checked and turned into the parts that are stored."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.attachments import ALLOWED_TYPES, ALLOWED_TYPES_TEXT
from palaver.checks.files import readable_files
from palaver.contract.context import Context
from palaver.errors.checks import InvalidInputPart
from palaver.files.rows import FileFacts

NIL_UUID = uuid.UUID(int=0)


async def check_content(ctx: Context, conn: AsyncConnection, content: Sequence[Any]) -> list[dict[str, Any]]:
    """The stored parts of submitted content, in order; at most one statement, and none without files.

    Source: the content rules of `send-chat-message`. The schema has refused what it can (empty content, blank text,
    unknown types). Raises InvalidInputPart with the part's index.
    """
    file_ids = {_file_id(part) for part in content if _kind(part) == "file"} - {None, NIL_UUID}
    files = await readable_files(ctx, conn, {file_id for file_id in file_ids if file_id}) if file_ids else {}
    return [_stored_part(index, part, files) for index, part in enumerate(content)]


def linked_file_ids(parts: Sequence[dict[str, Any]]) -> list[uuid.UUID]:
    """The ids of the files that stored parts attach, each once, in order of appearance."""
    return list(dict.fromkeys(uuid.UUID(part["file_id"]) for part in parts if part["type"] == "file"))


def _kind(part: dict[str, Any]) -> str:
    # The wire compares types after trimming and lower-casing.
    return str(part["type"]).strip().lower()


def _file_id(part: dict[str, Any]) -> uuid.UUID | None:
    raw = part.get("file_id")
    return uuid.UUID(raw) if raw else None


def _stored_part(index: int, part: dict[str, Any], files: dict[uuid.UUID, FileFacts]) -> dict[str, Any]:
    match _kind(part):
        case "text":
            return _text_part(index, part)
        case "file":
            return _file_part(index, part, files)
        case _:
            return _file_reference_part(index, part)


def _text_part(index: int, part: dict[str, Any]) -> dict[str, Any]:
    text = part["text"].strip()
    if not text:
        raise InvalidInputPart(f"content[{index}].text cannot be empty.")
    return {"type": "text", "text": text}


def _file_part(index: int, part: dict[str, Any], files: dict[uuid.UUID, FileFacts]) -> dict[str, Any]:
    file_id = _file_id(part)
    if file_id is None or file_id == NIL_UUID:
        raise InvalidInputPart(f"content[{index}].file_id is required for file parts.")
    facts = files.get(file_id)
    if facts is None:
        raise InvalidInputPart(f"content[{index}].file_id references a file that does not exist.")
    if facts.mime_type not in ALLOWED_TYPES:
        raise InvalidInputPart(
            f"content[{index}].file_id references a file type that cannot be used as prompt input. {ALLOWED_TYPES_TEXT}"
        )
    return {"type": "file", "file_id": str(file_id), "media_type": facts.mime_type, "name": facts.name}


def _file_reference_part(index: int, part: dict[str, Any]) -> dict[str, Any]:
    if not part["file_name"].strip():
        raise InvalidInputPart(f"content[{index}].file_name cannot be empty for file-reference.")
    return {
        "type": "file-reference",
        "file_name": part["file_name"],
        "start_line": part.get("start_line") or 0,
        "end_line": part.get("end_line") or 0,
        "content": part.get("content") or "",
    }
