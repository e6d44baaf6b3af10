"""Stored results of tools as a model takes them: text, and pictures where the provider has a place for them.

Source: contract, states.yaml `prompt_assembly` (`empty_tool_result`).
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import orjson
from pydantic_ai.messages import BinaryContent

from palaver.llm.attachments import MAX_ANTHROPIC_IMAGE_BYTES, NATIVE_TYPES


def shown_result(part: Mapping[str, Any], provider_type: str) -> str | list[str | BinaryContent]:
    """The result of a stored tool-result part: a text, or a list where there are pictures to be seen.

    A result that holds media is `{"content": [item], "structured"?}`; items of media have `data` in base64. Where the
    call was run with arguments that the user had changed, the model is told of them.
    """
    shown, changed = _shown(part, provider_type), _changed_args(part)
    if not changed:
        return shown
    return f"{changed}\n\n{shown}" if isinstance(shown, str) else [changed, *shown]


def _changed_args(part: Mapping[str, Any]) -> str:
    approval = part.get("approval") or {}
    if "args" not in approval:
        return ""
    return f"The user changed the arguments of this call to {_text(approval['args'])}"


def _shown(part: Mapping[str, Any], provider_type: str) -> str | list[str | BinaryContent]:
    result = part.get("result")
    if result is None or result == "":
        return "{}"
    if not part.get("is_media") or not isinstance(result, dict) or not isinstance(result.get("content"), list):
        return _text(result)
    shown = [_item(item, provider_type) for item in result["content"]]
    if "structured" in result:
        shown.append(_text(result["structured"]))
    texts = [item for item in shown if isinstance(item, str)]
    return shown if len(texts) < len(shown) else "\n".join(texts)


def _item(item: Any, provider_type: str) -> str | BinaryContent:
    if not isinstance(item, dict) or "data" not in item:
        is_plain = isinstance(item, dict) and item.get("type") == "text" and isinstance(item.get("text"), str)
        return item["text"] if is_plain else _text(item)
    media_type = str(item.get("media_type") or "application/octet-stream")
    data = _bytes(item["data"])
    is_known = media_type.startswith("image/") and media_type in NATIVE_TYPES.get(provider_type, frozenset())
    if data is not None and is_known and len(data) <= MAX_ANTHROPIC_IMAGE_BYTES:
        return BinaryContent(data=data, media_type=media_type)
    named = f" {item['uri']}" if isinstance(item.get("uri"), str) else ""
    return f"[The tool answered with {media_type}{named}, which cannot be shown to this model.]"


def _bytes(data: object) -> bytes | None:
    try:
        return base64.b64decode(data, validate=True) if isinstance(data, str) else None
    except binascii.Error:
        return None


def _text(result: object) -> str:
    return result if isinstance(result, str) else orjson.dumps(result).decode()
