"""Input schemas of MCP tools as they may be told to any model.

A server may say anything: what comes out is a schema of an object, of a bounded size and depth, whose references
lead somewhere. What cannot be kept is left out, which only makes the schema allow more; the server checks anyway.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson

MAX_SCHEMA_BYTES: Final = 65_536
MAX_DEPTH: Final = 32
INTENT: Final = "model_intent"
"""The argument in which the model says what it calls a tool for."""

_ANYTHING: Final[Mapping[str, Any]] = {"type": "object", "properties": {}}
_INTENT_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "string",
    "description": "In a few words for the user: what this call is for.",
}
_DROPPED: Final = frozenset({"$schema", "$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary", "$comment"})
_AT_TOP: Final = ("oneOf", "anyOf", "allOf", "not", "enum", "const", "if", "then", "else")
"""Providers take none of these beside `type: object`."""


def input_schema(given: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a tool's arguments as providers take it: `type: object`, with `properties`."""
    schema = _bounded(given, 0)
    if not isinstance(schema, dict):
        return dict(_ANYTHING)
    schema = _merged(schema)
    for keyword in _AT_TOP:
        schema.pop(keyword, None)
    schema["type"] = "object"
    if not isinstance(schema.get("properties"), dict):
        schema["properties"] = {}
    required = schema.get("required")
    names = [name for name in required if name in schema["properties"]] if isinstance(required, list) else []
    schema.pop("required", None)
    if names:
        schema["required"] = names
    schema = _with_known_references(schema)
    try:
        size = len(orjson.dumps(schema))
    except orjson.JSONEncodeError:
        return dict(_ANYTHING)
    return schema if size <= MAX_SCHEMA_BYTES else dict(_ANYTHING)


def with_intent(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with the argument `model_intent` before the others; as it is when the tool has one of its own."""
    if has_intent(schema):
        return schema
    properties = {INTENT: dict(_INTENT_SCHEMA), **schema["properties"]}
    return {**schema, "properties": properties, "required": [INTENT, *schema.get("required", [])]}


def has_intent(schema: Mapping[str, Any]) -> bool:
    """Whether the tool itself takes an argument of that name."""
    return INTENT in schema.get("properties", {})


def _bounded(value: Any, depth: int) -> Any:
    """JSON without what only tools of schemas look at; None below the depth where nobody reads on."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        return {
            str(key): kept
            for key, item in value.items()
            if key not in _DROPPED and (kept := _bounded(item, depth + 1)) is not None
        }
    if isinstance(value, list):
        return [kept for item in value if (kept := _bounded(item, depth + 1)) is not None]
    return value


def _merged(schema: dict[str, Any]) -> dict[str, Any]:
    """Properties that only alternatives at the top name, as optional ones: the alternatives themselves have to go."""
    properties = dict(schema["properties"]) if isinstance(schema.get("properties"), dict) else {}
    required = list(schema["required"]) if isinstance(schema.get("required"), list) else []
    for keyword in ("allOf", "anyOf", "oneOf"):
        branches = schema.get(keyword)
        for branch in branches if isinstance(branches, list) else ():
            if not isinstance(branch, dict):
                continue
            if isinstance(branch.get("properties"), dict):
                properties = {**branch["properties"], **properties}
            if keyword == "allOf" and isinstance(branch.get("required"), list):
                required += branch["required"]
    return {**schema, "properties": properties, "required": [name for name in required if isinstance(name, str)]}


def _with_known_references(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with references to its own definitions only; others are left out."""
    definitions = {
        f"#/{place}/{name}"
        for place in ("$defs", "definitions")
        if isinstance(schema.get(place), dict)
        for name in schema[place]
    }

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: kept(item)
                for key, item in value.items()
                if not (key == "$ref" and isinstance(item, str) and item not in definitions)
            }
        if isinstance(value, list):
            return [kept(item) for item in value]
        return value

    return {key: kept(item) for key, item in schema.items()}
