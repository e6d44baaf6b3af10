"""What a tool said, as it is stored in a tool-result part: any JSON, cut to size, with a mark that says so.

Text alone is a string. A structured result is itself, unless the text says something else. With anything else the
result is `{"content": [...], "structured"?}`, its items `{"type": "text", "text"}`, `{"type": "image" | "audio",
"media_type", "data"}`, `{"type": "resource", "uri", "media_type", "text" | "data"}` and `{"type": "resource_link",
"uri", "name", "description", "media_type"}`, `data` in base64. An error is `{"error": text}`, or such an object.
"""

import binascii
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from palaver.json_text import well_formed
from palaver.tools.images import SEEN_TYPES, look

if TYPE_CHECKING:
    from mcp_types import CallToolResult, ContentBlock

UNKNOWN_WINDOW_BYTES: Final = 65_536
LEAST_BYTES: Final = 16_384
MAX_MEDIA_BYTES: Final = 1_048_576
"""Base64 text of all the media in one result; what does not fit is left out with a mark that says so."""
MAX_DEPTH: Final = 100

_LARGEST_INTEGER: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """The outcome of a call: `result` is any JSON, as a tool-result part stores it."""

    result: Any
    is_error: bool = False
    is_media: bool = False


def result_limit(context_limit: int) -> int:
    """Bytes that a result may have, for a context window of so many tokens (0: unknown).

    Source: contract, states.yaml `result_size`.
    """
    return max(LEAST_BYTES, context_limit) if context_limit > 0 else UNKNOWN_WINDOW_BYTES


def error_answer(text: str, limit_bytes: int = LEAST_BYTES) -> ToolAnswer:
    """The answer to a call that brought no result."""
    return ToolAnswer({"error": _cut_text(well_formed(text), limit_bytes)}, is_error=True)


def answer(given: "CallToolResult", limit_bytes: int) -> ToolAnswer:
    """The result of a call, cut to `limit_bytes` of text and `MAX_MEDIA_BYTES` of media."""
    items = _within_media([_item(block) for block in given.content])
    structured = _storable(given.structured_content)
    is_media = any("data" in item for item in items)
    result = _result(items, structured, is_error=given.is_error)
    if not is_media:
        return ToolAnswer(_cut(result, limit_bytes), given.is_error)
    left = limit_bytes
    kept = []
    for item in items:
        if "data" not in item:
            size = len(orjson.dumps(item))
            if size > left:
                item = {"type": "text", "text": _cut_text(_text_of(item), max(left, 0))}
                size = left
            left -= size
        kept.append(item)
    whole: dict[str, Any] = {"content": kept}
    if structured is not None and len(orjson.dumps(structured)) <= left:
        whole["structured"] = structured
    return ToolAnswer(whole, given.is_error, is_media=True)


def _result(items: Sequence[Mapping[str, Any]], structured: Any, *, is_error: bool) -> Any:
    """The result in its plainest form."""
    is_text = all(item["type"] == "text" for item in items)
    text = "\n".join(item["text"] for item in items) if is_text else ""
    if structured is not None and (not items or (is_text and _says_the_same(text, structured))):
        result = structured
    elif is_text and structured is None:
        result = text
    else:
        result = {"content": list(items)} | ({} if structured is None else {"structured": structured})
    return {"error": result} if is_error and isinstance(result, str) else result


def _says_the_same(text: str, structured: Any) -> bool:
    """Whether the text only repeats the structured result, for clients that know none."""
    if not text:
        return True
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError:
        # The SDKs wrap what is no object, and say it plainly in the text.
        return isinstance(structured, dict) and list(structured) == ["result"] and structured["result"] == text
    return bool(said == structured) or (isinstance(structured, dict) and structured == {"result": said})


def _item(block: "ContentBlock") -> dict[str, Any]:
    match block.type:
        case "text":
            return {"type": "text", "text": well_formed(block.text)}
        case "image" | "audio":
            return {"type": block.type, "media_type": block.mime_type, "data": block.data}
        case "resource":
            held = block.resource
            said = {"text": well_formed(held.text)} if hasattr(held, "text") else {"data": held.blob}
            kind = {"media_type": held.mime_type} if held.mime_type else {}
            return {"type": "resource", "uri": str(held.uri), **kind, **said}
        case "resource_link":
            link = {
                "uri": str(block.uri),
                "name": block.name,
                "description": block.description,
                "media_type": block.mime_type,
            }
            return {"type": "resource_link", **{name: value for name, value in link.items() if value}}


def _within_media(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items with as much of the media as may be stored, pictures as what they are; a mark for the others."""
    left = MAX_MEDIA_BYTES
    kept = []
    for item in items:
        if "data" in item:
            size = len(item["data"])
            item, why = _looked_at(item) if size <= left else (item, "")
            if size > left or why:
                what = item.get("media_type") or item["type"]
                item = {"type": "text", "text": f"[{what} of {size * 3 // 4} bytes left out{why}]"}
            else:
                left -= size
        kept.append(item)
    return kept


def _looked_at(item: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The item, a picture with its true type, and why it cannot be kept, if so."""
    try:
        data = binascii.a2b_base64(item["data"].encode("ascii"), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError):
        return item, ": it is not readable"
    if item["type"] != "image" and not (item.get("media_type") or "").startswith("image/"):
        return item, ""
    picture = look(data)
    if picture is None:
        is_seen = item["type"] == "image" or item["media_type"] in SEEN_TYPES
        return item, ": it is no picture that models see" if is_seen else ""
    if not picture.fits:
        return item, f": it has {picture.width} x {picture.height} pixels"
    return {**item, "media_type": picture.media_type}, ""


def _text_of(item: Mapping[str, Any]) -> str:
    text = item.get("text")
    return text if isinstance(text, str) else orjson.dumps(item).decode()


def _cut(result: Any, limit_bytes: int) -> Any:
    """The result, or as much of its text as fits."""
    if isinstance(result, dict) and list(result) == ["error"] and isinstance(result["error"], str):
        return {"error": _cut_text(result["error"], limit_bytes)}
    if isinstance(result, str):
        return _cut_text(result, limit_bytes)
    text = orjson.dumps(result)
    return result if len(text) <= limit_bytes else _cut_text(text.decode(), limit_bytes)


def _cut_text(text: str, limit_bytes: int) -> str:
    encoded = text.encode()
    if len(encoded) <= limit_bytes:
        return text
    mark = f"\n[Result cut: it has {len(encoded)} bytes, of which only the first are shown.]"
    return encoded[: max(0, limit_bytes - len(mark))].decode(errors="ignore") + mark


def _storable(value: Any) -> Any:
    """JSON as it can be stored."""
    try:
        return orjson.loads(orjson.dumps(value))
    except (orjson.JSONEncodeError, orjson.JSONDecodeError):
        return well_formed(_plain(value, 0))


def _plain(value: Any, depth: int) -> Any:
    """The same with integers that 64 bits do not hold as floats, without infinities, not endlessly deep."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {str(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST_INTEGER:
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
