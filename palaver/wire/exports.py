"""A chat as a file: the contract's ChatExport as JSON, and Markdown for people; both piece by piece."""

import datetime as dt
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

import orjson

from palaver.chat.parts import Part, public_content
from palaver.chat.records import ChatRecord, MessageRecord
from palaver.files.rows import FileFacts
from palaver.wire.chats import message_json
from palaver.wire.times import format_time

FORMAT: Final = "palaver-chat"
VERSION: Final = 1
PART_TYPES: Final = frozenset({"text", "reasoning", "tool-call", "tool-result", "source", "file", "file-reference"})
"""What an export has of messages, and an import takes."""

_ROLES: Final = {"user": "User", "assistant": "Assistant", "tool": "Tool", "system": "System"}

Pages = AsyncIterator[list[MessageRecord]]


async def export_json(
    chat: ChatRecord, pages: Pages, files: Sequence[FileFacts], data: AsyncIterator[bytes | None]
) -> AsyncIterator[bytes]:
    """The pieces of a ChatExport; `data` gives each file's bytes in turn, None for what is left out."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": format_time(dt.datetime.now(dt.UTC)),
        "chat": {
            "id": str(chat.id),
            "title": chat.title,
            "created_at": format_time(chat.created_at),
            "labels": chat.labels,
        },
    }
    yield orjson.dumps(head)[:-1] + b',"messages":['
    separator = b""
    async for page in pages:
        for message in page:
            yield separator + orjson.dumps(_message(message))
            separator = b","
    yield b'],"files":['
    separator = b""
    for file in files:
        content = await anext(data)
        yield separator + orjson.dumps(_file(file, content))
        separator = b","
    yield b"]}\n"


def _message(message: MessageRecord) -> dict[str, Any]:
    answer: dict[str, Any] = dict(message_json(message))
    del answer["chat_id"]
    answer["content"] = [part for part in answer.get("content", ()) if part["type"] in PART_TYPES]
    if message.compressed:
        answer["compaction"] = True
    return answer


def _file(file: FileFacts, content: bytes | None) -> dict[str, Any]:
    answer = {"id": str(file.id), "name": file.name, "media_type": file.mime_type, "size": file.size}
    if content is not None:
        answer["data"] = b64encode(content).decode()
    return answer


# ---- Markdown ----


async def export_markdown(chat: ChatRecord, pages: Pages) -> AsyncIterator[bytes]:
    """The pieces of a document that people read: a heading per message, calls and results as code."""
    yield f"# {_line(chat.title)}\n".encode()
    async for page in pages:
        for message in page:
            blocks = [block for part in public_content(message.content) if (block := _block(part))]
            if blocks:
                heading = f"\n## {_ROLES[message.role]}, {format_time(message.created_at)}\n"
                yield "\n".join([heading, *(f"{block}\n" for block in blocks)]).encode("utf-8", "replace")


def _block(part: Part) -> str:
    match part["type"]:
        case "text":
            return str(part["text"])
        case "reasoning":
            return "\n".join(f"> {line}".rstrip() for line in str(part["text"]).splitlines())
        case "tool-call":
            return f"Calls `{_code(part['tool_name'])}`:\n\n{_fenced(_json(part.get('args')), 'json')}"
        case "tool-result":
            verb = "failed" if part.get("is_error") else "gave"
            return f"`{_code(part['tool_name'])}` {verb}:\n\n{_fenced(_json(part.get('result')), 'json')}"
        case "source":
            return f"Source: {_line(part.get('title') or '')} <{_line(part['url'])}>"
        case "file":
            return f"Attachment: {_line(part.get('name') or '')} ({part['media_type']})"
        case "file-reference":
            lines = f"lines {part['start_line']} to {part['end_line']}"
            return f"From `{_code(part['file_name'])}`, {lines}:\n\n{_fenced(part['content'])}"
        case _:
            return ""


def _fenced(text: str, language: str = "") -> str:
    """A code block whose fence is longer than any in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _line(text: str) -> str:
    return " ".join(text.split())


def _code(text: str) -> str:
    return _line(text).replace("`", "'")
