"""Input schemas of MCP tools as they may be told to any model.

A server may say anything, and one schema that a provider refuses fails the whole request with all its tools. So what
comes out is well-formed JSON Schema of an object, of a bounded size and depth, without alternatives at the top (no
provider takes them there), whose references lead somewhere. What cannot be kept is left out, which only makes the
schema allow more: the server checks the arguments anyway.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import orjson

from palaver.json_text import well_formed

MAX_SCHEMA_BYTES: Final = 65_536
MAX_DEPTH: Final = 32
INTENT: Final = "model_intent"
"""The argument in which the model says what it calls a tool for."""

_INTENT_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "string",
    "description": "What this call is for, in a few words that its user understands.",
}
_PROPERTY_NAME: Final = re.compile(r"[a-zA-Z0-9_.-]{1,64}")
"""What every provider takes as the name of an argument."""
_TYPES: Final = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
_MERGED: Final = ("allOf", "anyOf", "oneOf")
_NOT_AT_TOP: Final = (*_MERGED, "not", "enum", "const", "if", "then", "else", "$ref", "default", "examples")
_LARGEST_INTEGER: Final = 2**63 - 1

_SCHEMA: Final = ("additionalProperties", "propertyNames", "contains", "not", "if", "then", "else")
_SCHEMAS_BY_NAME: Final = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_LISTS_OF_SCHEMAS: Final = ("prefixItems", *_MERGED)
_NUMBERS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS: Final = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_TEXTS: Final = ("$ref", "title", "description", "pattern", "format", "contentEncoding", "contentMediaType")
_SWITCHES: Final = ("uniqueItems", "deprecated", "readOnly", "writeOnly", "nullable")
_VALUES: Final = ("const", "default")


def input_schema(given: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a tool's arguments as providers take it: `type: object`, with `properties`."""
    schema = _schema(given, 0)
    if not isinstance(schema, dict):
        return _anything()
    schema = _of_object(_resolved(schema))
    schema = _with_known_references(schema)
    return schema if len(orjson.dumps(schema)) <= MAX_SCHEMA_BYTES else _anything()


def with_intent(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with the argument `model_intent` before the others; as it is when the tool has one of its own."""
    if has_intent(schema):
        return schema
    properties = {INTENT: dict(_INTENT_SCHEMA), **schema["properties"]}
    return {**schema, "properties": properties, "required": [INTENT, *schema.get("required", [])]}


def has_intent(schema: Mapping[str, Any]) -> bool:
    """Whether the tool itself takes an argument of that name."""
    return INTENT in schema.get("properties", {})


def _anything() -> dict[str, Any]:
    return {"type": "object", "properties": {}}


# ---- keeping what is well-formed ----


def _schema(given: Any, depth: int) -> dict[str, Any] | bool | None:
    """The keywords of a schema that are what they should be; None for what is no schema, or too deep."""
    if isinstance(given, bool):
        return given
    if not isinstance(given, Mapping) or depth > MAX_DEPTH:
        return None
    kept = {}
    for keyword, value in given.items():
        keep = _KEEP.get(keyword)
        if keep is not None and (well := keep(value, depth + 1)) is not None:
            kept[keyword] = well
    return kept


def _one_or_more(given: Any, depth: int) -> Any:
    """A schema, or a list of them, which `items` may be."""
    return _list_of_schemas(given, depth) if isinstance(given, list) else _schema(given, depth)


def _by_name(given: Any, depth: int) -> dict[str, Any] | None:
    if not isinstance(given, Mapping):
        return None
    return {well_formed(str(name)): well for name, item in given.items() if (well := _schema(item, depth)) is not None}


def _list_of_schemas(given: Any, depth: int) -> list[Any] | None:
    kept = [well for item in given if (well := _schema(item, depth)) is not None] if isinstance(given, list) else []
    return kept or None


def _type(given: Any, _: int) -> Any:
    if isinstance(given, str):
        return given if given in _TYPES else None
    return [name for name in given if isinstance(name, str) and name in _TYPES] or None if _is_list(given) else None


def _names(given: Any, _: int) -> list[str] | None:
    return [well_formed(name) for name in given if isinstance(name, str)] if _is_list(given) else None


def _list_of_values(given: Any, depth: int) -> list[Any] | None:
    return [_value(item, depth) for item in given] or None if _is_list(given) else None


def _number(given: Any, _: int) -> float | None:
    is_number = isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)
    return given if is_number and abs(given) <= _LARGEST_INTEGER else None


def _count(given: Any, _: int) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= _LARGEST_INTEGER else None


def _text(given: Any, _: int) -> str | None:
    return well_formed(given) if isinstance(given, str) else None


def _switch(given: Any, _: int) -> bool | None:
    return given if isinstance(given, bool) else None


def _value(given: Any, depth: int) -> Any:
    """Any JSON that can be written down."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(given, Mapping):
        return {well_formed(str(name)): _value(item, depth + 1) for name, item in given.items()}
    if isinstance(given, list):
        return [_value(item, depth + 1) for item in given]
    if isinstance(given, int | float) and not isinstance(given, bool):
        return _number(given, depth)
    return well_formed(given)


def _is_list(given: Any) -> bool:
    return isinstance(given, Sequence) and not isinstance(given, str)


_KEEP: Final[Mapping[str, Callable[[Any, int], Any]]] = {
    **dict.fromkeys(_SCHEMA, _schema),
    **dict.fromkeys(_SCHEMAS_BY_NAME, _by_name),
    **dict.fromkeys(_LISTS_OF_SCHEMAS, _list_of_schemas),
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(_COUNTS, _count),
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_SWITCHES, _switch),
    **dict.fromkeys(_VALUES, _value),
    "items": _one_or_more,
    "type": _type,
    "required": _names,
    "enum": _list_of_values,
    "examples": _list_of_values,
}
"""How each keyword is kept; others only matter to programs that work with schemas."""


# ---- making it that of an object ----


def _of_object(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema as one of an object, with the arguments that only its alternatives name, as optional ones."""
    properties = dict(schema.get("properties", {}))
    required = list(schema.get("required", ()))
    for keyword in _MERGED:
        for branch in schema.get(keyword, ()):
            resolved = _resolved(branch, schema) if isinstance(branch, dict) else {}
            properties = {**resolved.get("properties", {}), **properties}
            required += resolved.get("required", ()) if keyword == "allOf" else ()
    properties = {name: each for name, each in properties.items() if _PROPERTY_NAME.fullmatch(name)}
    kept = {keyword: value for keyword, value in schema.items() if keyword not in _NOT_AT_TOP}
    kept |= {"type": "object", "properties": properties}
    kept.pop("required", None)
    if names := [name for name in dict.fromkeys(required) if name in properties]:
        kept["required"] = names
    return kept


def _resolved(schema: dict[str, Any], root: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema with what its reference, if it is one, stands for."""
    root = schema if root is None else root
    target = _at(root, schema["$ref"]) if "$ref" in schema else None
    return {**target, **schema} if isinstance(target, dict) and target is not schema else schema


def _with_known_references(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with references into itself only."""

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: kept(item)
                for key, item in value.items()
                if not (key == "$ref" and isinstance(item, str) and _at(schema, item) is None)
            }
        return [kept(item) for item in value] if isinstance(value, list) else value

    return {keyword: kept(value) for keyword, value in schema.items()}


def _at(root: dict[str, Any], reference: str) -> Any:
    """What a reference leads to; None when it leads nowhere, or elsewhere."""
    if reference != "#" and not reference.startswith("#/"):
        return None
    place: Any = root
    for step in reference.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(place, dict):
            place = place.get(name)
        elif isinstance(place, list) and name.isdecimal() and int(name) < len(place):
            place = place[int(name)]
        else:
            return None
    return place if isinstance(place, dict | bool) else None
