"""OpenAPI 3.0 schemas to JSON Schema Draft 4, whose validator reads numbers as the wire does: 1.0 is no integer.

The translation keeps the shape, so that the path of a validation error leads back to the keyword's owner and to the
texts (`x-violation`, `x-tag`) beside it:

- `nullable` becomes a further type, enum value or branch; behind `allOf` it is passed on to the branches;
- `int32` and `int64` become bounds;
- a `oneOf` with a discriminator becomes an `anyOf` (the variants exclude each other by their tag, and the first match
  ends the search), and `discriminator.mapping` then leads from tag to branch number.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import jsonschema_rs

Schema = dict[str, Any]

INTEGER_BOUNDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
"""Smallest and largest value of the two integer formats."""

_CHECKED_FORMATS = frozenset({"uuid", "date-time", "email", "uri"})
_UUID = re.compile(
    r"(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\{[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}|[0-9a-f]{32}",
    re.IGNORECASE | re.ASCII,
)
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"\x00-\x1f]+@[^@\s<>()\[\],;:\\\"_\x00-\x1f]+")


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID in one of the four spellings of the wire (plain, URN, braces, 32 digits)."""
    return _UUID.fullmatch(text) is not None


def parse_uuid(text: str) -> UUID:
    """The UUID that `text` spells. Raises ValueError with the reason in the wire's words."""
    if not is_uuid(text):
        if len(text) in {32, 36, 38, 45}:
            raise ValueError("invalid UUID format")
        raise ValueError(f"invalid UUID length: {len(text.encode())}")
    return UUID(text)


def parse_date_time(text: str) -> datetime:
    """The moment that an RFC 3339 text names; digits beyond microseconds are dropped. Raises ValueError."""
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is not an RFC 3339 date-time')
    date, hours, minutes, seconds, fraction, zone = match.groups()
    moment = datetime.fromisoformat(f"{date}T{hours}:{minutes}:{seconds}{(fraction or '')[:7]}{zone}")
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first and the last hours of the calendar are no moments in UTC
        raise ValueError(f'"{text}" is out of range') from None


def is_date_time(text: str) -> bool:
    """Whether `text` is an RFC 3339 date-time of an existing day."""
    try:
        parse_date_time(text)
    except ValueError:
        return False
    return True


def is_email(text: str) -> bool:
    """Whether `text` looks like an e-mail address: something, one `@`, a host."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


FORMATS: dict[str, Callable[..., bool]] = {"uuid": is_uuid, "date-time": is_date_time, "email": is_email}


def validator(draft4: Schema) -> jsonschema_rs.Draft4Validator:
    """The compiled form of a translated schema."""
    return jsonschema_rs.Draft4Validator(draft4, validate_formats=True, formats=FORMATS)


def to_draft4(schema: Schema, components: Schema, *, nullable: bool = False) -> Schema:
    """Translate one schema without `$ref`s; `components` are the document's, for the discriminators' mappings.

    `nullable` allows null in addition to what the schema says. Raises ValueError for a discriminator that names no
    variant of its union.
    """
    nullable = nullable or schema.get("nullable") is True
    result: Schema = {key: value for key, value in schema.items() if key not in {"nullable", "example", "default"}}
    if nullable:
        if "type" in result:
            result["type"] = [result["type"], "null"]
        if "enum" in result:
            result["enum"] = [*result["enum"], *([] if None in result["enum"] else [None])]
    if result.get("format") in INTEGER_BOUNDS:
        _add_bounds(result, *INTEGER_BOUNDS[result["format"]])
    if "format" in result and result["format"] not in _CHECKED_FORMATS:
        result["x-format"] = result.pop("format")
    if "properties" in result:
        result["properties"] = {name: to_draft4(value, components) for name, value in result["properties"].items()}
    for key in ("items", "additionalProperties", "not"):
        if isinstance(result.get(key), dict):
            result[key] = to_draft4(result[key], components)
    if "allOf" in result:
        result["allOf"] = [to_draft4(branch, components, nullable=nullable) for branch in result["allOf"]]
    for key in ("anyOf", "oneOf"):
        if key in result:
            result[key] = [to_draft4(branch, components) for branch in result[key]]
    if "discriminator" in result:
        result["discriminator"] = _branch_numbers(schema, components)
        result["anyOf"] = result.pop("oneOf", None) or result["anyOf"]
    for key in ("anyOf", "oneOf"):
        if key in result and nullable:
            result[key].append({"enum": [None]})
    return result


def _add_bounds(schema: Schema, low: int, high: int) -> None:
    if schema.get("minimum", low) <= low:
        schema["minimum"] = low
        schema.pop("exclusiveMinimum", None)
    if schema.get("maximum", high) >= high:
        schema["maximum"] = high
        schema.pop("exclusiveMaximum", None)


def _branch_numbers(schema: Schema, components: Schema) -> Schema:
    """`{"propertyName": ..., "mapping": {tag: branch number}, "normalize": [...]}` of a discriminated union."""
    variants: list[Schema] = schema.get("oneOf") or schema["anyOf"]
    name = schema["discriminator"]["propertyName"]
    by_tag = {
        tag: number
        for number, variant in enumerate(variants)
        for tag in variant.get("properties", {}).get(name, {}).get("enum", [])
    }
    mapping = schema["discriminator"].get("mapping") or {}
    known = components.get("schemas", {})
    for tag, reference in mapping.items():
        target = reference.rpartition("/")[2]
        if target not in known:
            raise ValueError(f'discriminator "{name}" maps "{tag}" to the unknown schema {target}')
        if tag not in by_tag:
            raise ValueError(f'discriminator "{name}" maps "{tag}", which no variant of the union has in its enum')
    if mapping and by_tag.keys() != mapping.keys():
        raise ValueError(f'discriminator "{name}" does not map {sorted(by_tag.keys() - mapping.keys())}')
    return {"propertyName": name, "mapping": by_tag, "normalize": schema.get("x-discriminator-normalize", [])}


def normalized(tag: str, steps: Iterable[str]) -> str:
    """`tag` after the contract's `x-discriminator-normalize` steps: `trim`, `lower`."""
    for step in steps:
        if step == "trim":
            tag = tag.strip()
        elif step == "lower":
            tag = tag.lower()
        else:
            raise ValueError(f'x-discriminator-normalize knows "trim" and "lower", not "{step}"')
    return tag
