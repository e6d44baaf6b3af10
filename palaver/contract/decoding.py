"""Request bytes to JSON values: strict JSON, one value, bounded depth."""

from typing import Any

import orjson

from palaver.errors.request import InvalidJSON

MAX_DEPTH = 200
"""Nesting that a body may have: what was read must also be writable, and the encoder stops at 254 levels."""

_TRAILING = "unexpected content after document"


def decode_json(raw: bytes) -> Any:
    """The first JSON value in `raw`; data behind it is ignored and the last of duplicate keys wins, as on the wire.

    Raises InvalidJSON for anything else than UTF-8 JSON: NaN, a byte order mark, lone surrogates, an empty body, or
    more than MAX_DEPTH levels.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        if not raw.strip():
            raise InvalidJSON(detail="EOF") from None
        if error.msg != _TRAILING:
            raise InvalidJSON(detail=f"{error.msg} (offset {error.pos})") from None
        try:
            # The position counts characters, and everything before it has been found to be one whole value.
            value = orjson.loads(raw.decode()[: error.pos])
        except ValueError as second:
            raise InvalidJSON(detail=str(second)) from None
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _deeper_than(value, MAX_DEPTH):
        raise InvalidJSON(detail=f"exceeded the depth of {MAX_DEPTH} levels")
    return value


def _deeper_than(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = [
            child
            for node in level
            if isinstance(node, (dict, list))
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True
