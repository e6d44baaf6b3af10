"""From a broken keyword of the contract to the refusal that the caller gets.

The contract's own words go first: `x-violation: {<keyword>: {message, detail?, validations?}}` beside the keyword, with
the fields `{value}`, `{path}`, `{index}` and (parameters) `{error}`. A wrong JSON type, a malformed UUID or date-time
and an integer overflow mean that the body cannot be decoded; everything else is `Validation failed.` with
`validations`, whose tag `x-tag: {<keyword>: <tag>}` may name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from palaver.contract.schemas import INTEGER_BOUNDS, Schema
from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import ValidationFailed
from palaver.errors.request import ContractViolation, InvalidJSON

_TAGS = {
    "minLength": "min", "minItems": "min", "minimum": "min", "minProperties": "min", "exclusiveMinimum": "gt",
    "maxLength": "max", "maxItems": "max", "maximum": "max", "maxProperties": "max", "exclusiveMaximum": "lt",
    "enum": "oneof", "discriminator": "oneof", "uniqueItems": "unique",
}  # fmt: skip
_UNDECODABLE_FORMATS = frozenset({"uuid", "date-time"})
_MAX_ECHO = 256
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken keyword.

    `path` leads to the value in the body, `order` is that way as positions in the schema, so that violations sort as
    the contract lists its properties. `owners` are the schemas that apply to the value, from the outermost to the one
    with the keyword: texts stand in any of them, and the innermost counts.
    """

    path: tuple[str | int, ...]
    order: tuple[int, ...]
    keyword: str
    owners: tuple[Schema, ...]
    value: Any

    def find(self, extension: str) -> Any:
        """The entry for the keyword in the nearest `x-violation` or `x-tag`, or None."""
        for owner in reversed(self.owners):
            entry = owner.get(extension, {}).get(self.keyword)
            if entry is not None:
                return entry
        return None

    def says(self, key: str) -> Any:
        """The value of a schema key in the nearest owner that has it, or None."""
        return next((owner[key] for owner in reversed(self.owners) if key in owner), None)


def refusal(violations: Sequence[Violation]) -> PalaverError:
    """The one answer to all that is wrong with a body.

    In this order, as the wire decodes, validates and then checks: what cannot be decoded; violations with an `x-tag`,
    together with all others that have no text; the first text of the contract; `Validation failed.`
    """
    ordered = sorted(violations, key=lambda violation: violation.order)
    worded = [violation for violation in ordered if violation.find("x-violation") is not None]
    wordless = [violation for violation in ordered if violation.find("x-violation") is None]
    for violation in wordless:
        reason = _undecodable(violation)
        if reason is not None:
            return InvalidJSON(detail=f"{dotted(violation.path)}: {reason}" if violation.path else reason)
    if worded and not any(violation.find("x-tag") for violation in wordless):
        return _in_own_words(worded[0])
    return ValidationFailed(validations=_validations(wordless))


def dotted(path: Sequence[str | int]) -> str:
    """`content[0].text`: names joined by dots, array positions in brackets."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def fill(template: str, fields: Mapping[str, str]) -> str:
    """The template with `{name}` replaced for the known names only; other braces are text."""
    return _FIELD.sub(lambda match: fields.get(match[1], match[0]), template)


def as_text(value: Any) -> str:
    """A rejected value as the wire quotes it: text raw, null empty, others as JSON; cut to 256 characters."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    return text if len(text) <= _MAX_ECHO else f"{text[:_MAX_ECHO]}…"


def _in_own_words(violation: Violation) -> ContractViolation:
    words = violation.find("x-violation")
    index = next((str(step) for step in reversed(violation.path) if isinstance(step, int)), "")
    fields = {"path": dotted(violation.path), "index": index, "value": as_text(violation.value)}
    return own_words(words, fields)


def own_words(words: Mapping[str, Any], fields: Mapping[str, str]) -> ContractViolation:
    """The refusal that an entry of `x-violation` describes, its templates filled in."""
    detail = words.get("detail")
    validations: list[FieldError] = [
        {"field": fill(entry["field"], fields), "detail": fill(entry["detail"], fields)}
        for entry in words.get("validations", ())
    ]
    return ContractViolation(
        fill(words["message"], fields), None if detail is None else fill(detail, fields), validations
    )


def _undecodable(violation: Violation) -> str | None:
    """Why a decoder with types would have refused the value, or None when it would not."""
    keyword, value = violation.keyword, violation.value
    if keyword == "type":
        return f"expected {_type_names(violation.says('type'))}, got {_json_type(value)}"
    if keyword in {"anyOf", "oneOf"}:
        return "fits none of the allowed forms"
    if keyword == "format" and violation.says("format") in _UNDECODABLE_FORMATS:
        return f"is no valid {violation.says('format')}"
    if keyword in {"minimum", "maximum"} and violation.says("x-format") in INTEGER_BOUNDS:
        low, high = INTEGER_BOUNDS[violation.says("x-format")]
        if not low <= value <= high:
            return f"number {value} does not fit into {violation.says('x-format')}"
    return None


def _validations(violations: Sequence[Violation]) -> list[FieldError]:
    found: dict[str, FieldError] = {}
    for violation in violations:
        tag = violation.find("x-tag") or _tag(violation)
        # A secret in a rejected field must not come back in the answer.
        value = "" if violation.says("x-format") == "password" else as_text(violation.value)
        detail = f'Validation failed for tag "{tag}" with value: "{value}"'
        field = _field(violation.path)
        found.setdefault(field, {"field": field, "detail": detail})
    return list(found.values())


def _tag(violation: Violation) -> str:
    if violation.keyword == "format":
        return {"email": "email", "uri": "url"}.get(str(violation.says("format")), "format")
    return _TAGS.get(violation.keyword, violation.keyword)


def _field(path: Sequence[str | int]) -> str:
    """The JSON name: the last property on the way, with the array positions behind it."""
    names = [at for at, step in enumerate(path) if isinstance(step, str)]
    return dotted(path[names[-1] :]) if names else "body"


def _type_names(types: Any) -> str:
    names = types if isinstance(types, list) else [types]
    return " or ".join(name for name in names if name != "null")


def _json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return f"number {value}"
    return {str: "string", list: "array", dict: "object", type(None): "null"}[type(value)]
