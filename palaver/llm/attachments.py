"""User content as a model takes it: text, excerpts in fences, images and documents where the provider has a place.

Source: contract, states.yaml `prompt_assembly` and limits.yaml (`inline_pasted_text`, `anthropic_inline_image`).
"""

import base64
import binascii
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_ai.messages import BinaryContent, UserContent

from palaver.attachments import decode_text
from palaver.llm.files import StoredFile

MAX_PASTED_BYTES = 131_072
MAX_ANTHROPIC_IMAGE_BYTES = 5_242_880
TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/csv", "application/json"})
"""Types put into the prompt as text."""

_IMAGE_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
NATIVE_TYPES = {
    "anthropic": _IMAGE_TYPES | {"application/pdf"},
    "demo": _IMAGE_TYPES | {"application/pdf"},
    "openai": _IMAGE_TYPES | {"application/pdf"},
    "openai-compat": _IMAGE_TYPES,
}
"""Types that each provider takes as bytes."""

_PASTED_NAME = re.compile(r"pasted-text-\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}\.txt")
_BACKTICKS = re.compile(r"`{3,}")


def file_ids(content: Iterable[Mapping[str, Any]]) -> set[uuid.UUID]:
    """Ids of the stored files that these parts name."""
    return {uuid.UUID(str(file_id)) for part in content if part["type"] == "file" and (file_id := part.get("file_id"))}


def user_content(
    content: Iterable[Mapping[str, Any]], files: Mapping[uuid.UUID, StoredFile], provider_type: str
) -> list[UserContent]:
    """Stored user parts in their order; parts that are not for the model are left out."""
    shown: list[UserContent] = []
    for part in content:
        match part["type"]:
            case "text" | "hook-context":
                if text := part.get("text", ""):
                    shown.append(text)
            case "file-reference":
                shown.append(file_reference(part))
            case "file":
                shown.append(_attachment(part, files, provider_type))
    return shown


def file_reference(part: Mapping[str, Any]) -> str:
    """An excerpt: a line naming file and lines, then the text in a fence that it cannot close itself."""
    start, end = part.get("start_line") or 0, part.get("end_line") or 0
    lines = ""
    if start or end:
        lines = f" (line {start})" if start == end else f" (lines {start}-{end})"
    return f"File: {part.get('file_name', '')}{lines}\n{_fenced(part.get('content') or '')}"


def _fenced(text: str) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _attachment(part: Mapping[str, Any], files: Mapping[uuid.UUID, StoredFile], provider_type: str) -> UserContent:
    file = _file_of(part, files)
    if file is None:
        name = part.get("name") or "attachment"
        return f"[The attachment {name} is no longer available.]"
    if file.media_type in TEXT_TYPES:
        return _inline_text(file)
    too_large = (
        provider_type == "anthropic" and file.media_type in _IMAGE_TYPES and len(file.data) > MAX_ANTHROPIC_IMAGE_BYTES
    )
    if file.media_type in NATIVE_TYPES.get(provider_type, frozenset()) and not too_large:
        return BinaryContent(data=file.data, media_type=file.media_type)
    reason = "is too large for this model" if too_large else "cannot be shown to this model"
    return f"[The attachment {file.name or 'attachment'} ({file.media_type}) {reason}.]"


def _file_of(part: Mapping[str, Any], files: Mapping[uuid.UUID, StoredFile]) -> StoredFile | None:
    if file_id := part.get("file_id"):
        return files.get(uuid.UUID(str(file_id)))
    try:
        data = base64.b64decode(part.get("data") or "", validate=True)
    except binascii.Error:
        return None
    return StoredFile(uuid.UUID(int=0), part.get("name") or "", part.get("media_type") or "", data) if data else None


def _inline_text(file: StoredFile) -> str:
    data, note = file.data, ""
    if _PASTED_NAME.fullmatch(file.name) and len(data) > MAX_PASTED_BYTES:
        note = f"\n[Cut here: {len(data) - MAX_PASTED_BYTES} of {len(data)} bytes left out.]"
        data = data[: _end_of_character(data, MAX_PASTED_BYTES)]
    text = decode_text(data)
    if text is None:
        text = data.decode(errors="replace")
    return f"Attachment: {file.name or 'text'} ({file.media_type})\n{_fenced(text)}{note}"


def _end_of_character(data: bytes, at: int) -> int:
    """`at`, or up to three bytes before it where that is within a character of UTF-8."""
    for end in range(at, at - 4, -1):
        if data[end] & 0b1100_0000 != 0b1000_0000:
            return end
    return at  # it is no UTF-8
