"""Messages that were exported somewhere, and may have been changed since: nothing of them is believed.

The schema has seen to forms and sizes. What is checked here is what a history must be: which parts a role may have,
calls that are answered once and in time, files that are what they are called.
"""

import asyncio
import binascii
import uuid
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from palaver.attachments import ALLOWED_TYPES, MAX_FILE_BYTES, clean_name
from palaver.chat.parts import Part, PendingCall, answered_ids, pending_after
from palaver.chat.records import NewMessage
from palaver.contract.context import Context
from palaver.errors.transfer import InvalidExport

_PARTS_OF_ROLES: Final[Mapping[str, frozenset[str]]] = {
    "user": frozenset({"text", "file", "file-reference"}),
    "assistant": frozenset({"text", "reasoning", "tool-call", "tool-result", "source", "file"}),
    "tool": frozenset({"tool-result"}),
}
_KEPT: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text",),
    "reasoning": ("text",),
    "tool-call": ("tool_call_id", "tool_name", "args", "provider_executed"),
    "tool-result": ("tool_call_id", "tool_name", "result", "is_error", "is_media", "provider_executed"),
    "source": ("source_id", "url", "title"),
    "file-reference": ("file_name", "start_line", "end_line", "content"),
}
"""The fields that are taken over; ids of other things than calls mean nothing here."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """An attachment that came along; not stored yet."""

    name: str
    media_type: str
    data: bytes


@dataclass(slots=True)
class ImportedFiles:
    """What became of the attachments: those to store, by their ids in the export, and what is to be told of others."""

    files: dict[str, ImportedFile] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


async def check_files(ctx: Context, files: Sequence[Mapping[str, Any]]) -> ImportedFiles:
    """The attachments whose bytes came along and may be stored; of every other one a warning.

    Raises InvalidExport for one that comes twice, is no base64 or too large.
    """
    found = ImportedFiles()
    seen: set[str] = set()
    for index, file in enumerate(files):
        file_id, name = str(uuid.UUID(file["id"])), clean_name(file["name"]) or "file"
        if file_id in seen:
            raise InvalidExport(f"files[{index}].id appears more than once")
        seen.add(file_id)
        if (encoded := file.get("data")) is None:
            found.warnings.append(f'file "{name}" left out: its content is not in the export')
            continue
        data = await asyncio.to_thread(_decoded, index, encoded)
        media_type = await ctx.services.files.classify(data, name) if data else ""
        if media_type in ALLOWED_TYPES:
            found.files[file_id] = ImportedFile(name, media_type, data)
        else:
            found.warnings.append(f'file "{name}" left out: its type is not supported')
    return found


def _decoded(index: int, encoded: str) -> bytes:
    try:
        data = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidExport(f"files[{index}].data is not base64") from error
    if len(data) > MAX_FILE_BYTES:
        raise InvalidExport(f"files[{index}].data has more than {MAX_FILE_BYTES} bytes")
    return data


def check_messages(
    messages: Sequence[Mapping[str, Any]], stored: Mapping[str, tuple[uuid.UUID, ImportedFile]], owner_id: uuid.UUID
) -> list[NewMessage]:
    """The history; `stored` are the files that were kept, by their ids in the export. Raises InvalidExport."""
    history: list[NewMessage] = []
    pending: list[PendingCall] = []
    for index, message in enumerate(messages):
        role = message["role"]
        content = [
            _part(f"messages[{index}].content[{place}]", role, part, stored)
            for place, part in enumerate(message["content"])
        ]
        if not content and role != "assistant":
            raise InvalidExport(f"messages[{index}].content cannot be empty")
        pending = _answered(index, role, content, pending)
        compaction = bool(message.get("compaction"))
        if compaction and role == "user":
            raise InvalidExport(f"messages[{index}] cannot belong to a compaction")
        history.append(
            NewMessage(
                role,
                content,
                visibility="user" if compaction else "both",
                created_by=owner_id if role == "user" else None,
                compressed=compaction,
            )
        )
    return history


def _answered(index: int, role: str, content: list[Part], pending: list[PendingCall]) -> list[PendingCall]:
    """The calls that are open behind a message. A provider refuses a history in which one is skipped or made up."""
    if role == "tool":
        open_calls = {call["tool_call_id"] for call in pending}
        if unknown := answered_ids(content) - open_calls:
            raise InvalidExport(f"messages[{index}] answers a call that is not open: {min(unknown)}")
        if len(content) > len(answered_ids(content)):
            raise InvalidExport(f"messages[{index}] answers a call more than once")
    elif pending:
        raise InvalidExport(f"messages[{index}] follows a call without a result: {pending[0]['tool_call_id']}")
    return pending_after(pending, role, content)


def _part(where: str, role: str, part: Mapping[str, Any], stored: Mapping[str, tuple[uuid.UUID, ImportedFile]]) -> Part:
    kind = part["type"]
    if kind not in _PARTS_OF_ROLES[role]:
        raise InvalidExport(f"{where}: a message of the role {role} has no {kind}")
    if role == "assistant" and kind == "tool-result" and not part.get("provider_executed"):
        raise InvalidExport(f"{where}: only what the provider has run is answered by the assistant")
    if kind == "file":
        return _file_part(part, stored)
    taken = {name: part[name] for name in _KEPT[kind] if part.get(name) is not None}
    if kind == "text" and role == "user" and not taken["text"].strip():
        raise InvalidExport(f"{where}.text cannot be empty")
    if kind == "file-reference":
        taken = {"start_line": 0, "end_line": 0, "content": "", **taken}
    return {"type": kind, **taken}


def _file_part(part: Mapping[str, Any], stored: Mapping[str, tuple[uuid.UUID, ImportedFile]]) -> Part:
    name = clean_name(part.get("name") or "") or "file"
    raw = part.get("file_id")
    kept = stored.get(str(uuid.UUID(raw))) if raw else None
    if kept is None:
        return {"type": "text", "text": f"[The attachment {name} was left out.]"}
    file_id, file = kept
    return {"type": "file", "file_id": str(file_id), "media_type": file.media_type, "name": file.name}
