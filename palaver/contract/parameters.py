"""Path, query and header parameters: from text to the types that handlers take, compiled once per operation.

Text that breaks the schema is refused in the contract's own words when the parameter's schema has an `x-violation`
entry for the broken keyword (`type` and `format` stand in for one another, since text that is no number breaks both),
with `{value}` the raw text and `{error}` the reason. Without: `Invalid UUID "<raw>".` for path UUIDs, one entry of
`Query parameters have invalid values.` for a query parameter, `Validation failed.` for a header.
"""

import keyword
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from palaver.contract.schemas import (
    INTEGER_BOUNDS,
    Schema,
    is_date_time,
    is_uuid,
    parse_date_time,
    parse_uuid,
    to_draft4,
    validator,
)
from palaver.contract.violations import as_text, own_words
from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import ValidationFailed
from palaver.errors.request import ContractViolation, InvalidPathParameter, InvalidQuery, InvalidUUID

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})
_PLAIN = frozenset({"type", "format", "description", "example", "nullable", "default", "x-violation", "x-tag", "title"})


class ParameterFault(ValueError):
    """Text that a parameter does not take: the broken keyword, the reason, and of a list the first wrong item."""

    def __init__(self, broken: str, reason: str, item: str | None = None) -> None:
        super().__init__(reason)
        self.broken = broken
        self.reason = reason
        self.item = item


def argument_name(name: str) -> str:
    """The handler's argument for a parameter: queuedMessage -> queued_message, Last-Event-ID -> last_event_id."""
    words = _CAMEL.sub("_", name.replace("-", "_")).lower()
    return f"{words}_" if keyword.iskeyword(words) else words


@dataclass(frozen=True, slots=True)
class Parameter:
    """One compiled parameter: `convert` turns its text into the handler's value or raises ParameterFault."""

    name: str
    argument: str
    location: str
    required: bool
    python_type: type
    schema: Schema
    convert: Callable[[str], Any]
    split: bool
    """Whether an array comes as one comma-separated value (`explode: false`)."""

    @property
    def is_list(self) -> bool:
        """Whether the handler takes a list."""
        return self.python_type is list

    def own_words(self, broken: str, raw: str, reason: str) -> ContractViolation | None:
        """The contract's text for the broken keyword, filled in."""
        texts = {**self.schema.get("items", {}).get("x-violation", {}), **self.schema.get("x-violation", {})}
        words = texts.get(broken)
        if words is None and broken in {"type", "format"}:
            words = texts.get("type") or texts.get("format")
        if words is None:
            return None
        fields = {"value": as_text(raw), "error": reason, "path": self.name}
        return own_words(words, fields)


def handled(parameters: Iterable[Schema], operation: Schema) -> list[Schema]:
    """The parameters that an operation's handler takes: the headers of conditional requests are the edge's."""
    own = {"if-match"} if "x-precondition" in operation else set[str]()
    if "304" in operation["responses"]:
        own.add("if-none-match")
    return [one for one in parameters if one["in"] != "header" or one["name"].lower() not in own]


def compile_parameter(definition: Schema, components: Schema) -> Parameter:
    """Compile a parameter object of the contract. Raises ValueError for what the edge does not support."""
    name, location, schema = definition["name"], definition["in"], definition["schema"]
    if location not in {"path", "query", "header"}:
        raise ValueError(f'parameter "{name}": the edge reads path, query and header parameters, not {location}')
    kind = schema.get("type")
    python_type: type
    if kind == "array":
        if location != "query":
            raise ValueError(f'parameter "{name}": only query parameters may be arrays')
        convert, python_type = _converter(schema["items"], components), list
    else:
        # Patterns of the contract say what a path may hold; elsewhere texts without a pattern are guarded.
        read_text = str if location == "path" else _text
        convert, python_type = _converter(schema, components, read_text), _python_type(schema)
    return Parameter(
        name=name.lower() if location == "header" else name,
        argument=argument_name(name),
        location=location,
        required=definition.get("required", False),
        python_type=python_type,
        schema=schema,
        convert=convert,
        split=kind == "array" and definition.get("explode", True) is False,
    )


class ParameterReader:
    """Reads all parameters of one operation into a handler's keyword arguments."""

    def __init__(self, path: list[Parameter], query: list[Parameter], headers: list[Parameter]) -> None:
        self._path = [(parameter.argument, parameter.convert, parameter) for parameter in path]
        self._query = query
        self._headers = headers
        self._query_defaults = {
            parameter.argument: parameter.schema["default"]
            for parameter in (*query, *headers)
            if parameter.schema.get("default") is not None
        }
        self._required = [parameter for parameter in query if parameter.required]
        self._by_name = {parameter.name: parameter for parameter in query}

    def read(self, segments: list[str], query_string: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """The arguments; optional parameters that are absent, or empty in the query, are left out.

        Raises the refusal of the first bad path parameter, else of the query, else of the headers.
        """
        arguments = dict(self._query_defaults)
        for raw, (argument, convert, parameter) in zip(segments, self._path, strict=True):
            try:
                arguments[argument] = convert(raw)
            except ParameterFault as fault:
                raise _path_refusal(parameter, raw, fault) from None
        if (query_string and self._query) or self._required:
            self._read_query(query_string, arguments)
        for parameter in self._headers:
            text = headers.get(parameter.name)
            if text is not None:
                try:
                    arguments[parameter.argument] = parameter.convert(text)
                except ParameterFault as fault:
                    raise _header_refusal(parameter, text, fault) from None
            elif parameter.required:
                raise _header_refusal(parameter, "", ParameterFault("required", "is required"))
        return arguments

    def _read_query(self, query_string: bytes, arguments: dict[str, Any]) -> None:
        given: dict[str, list[str]] = {}
        if query_string:
            for name, value in parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, errors="replace"):
                if value and name in self._by_name:
                    given.setdefault(name, []).append(value)
        validations: list[FieldError] = []
        worded: list[PalaverError] = []
        for parameter in self._query:
            values = given.get(parameter.name)
            if values is None:
                if parameter.required:
                    _note(parameter, "", "required", "is required and cannot be empty", validations, worded)
                continue
            if not parameter.is_list and len(values) > 1:
                reason = (
                    f"provided more than once, found {len(values)} times. Only provide 1 instance of this query param."
                )
                _note(parameter, values[0], "repeated", reason, validations, worded)
                continue
            try:
                arguments[parameter.argument] = _values(parameter, values)
            except ParameterFault as fault:
                raw = ",".join(values) if fault.item is None else fault.item
                _note(parameter, raw, fault.broken, fault.reason, validations, worded)
        if validations:
            raise InvalidQuery(validations)
        if worded:
            raise worded[0]


def _values(parameter: Parameter, texts: list[str]) -> Any:
    if not parameter.is_list:
        return parameter.convert(texts[0])
    items = [item for text in texts for item in text.split(",") if item] if parameter.split else texts
    for broken, limit, exceeded in (
        ("minItems", parameter.schema.get("minItems", 0), len(items) < parameter.schema.get("minItems", 0)),
        ("maxItems", parameter.schema.get("maxItems"), len(items) > parameter.schema.get("maxItems", len(items))),
    ):
        if exceeded:
            raise ParameterFault(broken, f"has {len(items)} values, the limit is {limit}")
    values, bad = [], []
    fault: ParameterFault | None = None
    for item in items:
        try:
            values.append(parameter.convert(item))
        except ParameterFault as error:
            fault = fault or error
            bad.append(item)
    if fault is not None:
        raise ParameterFault(fault.broken, f"has invalid values: {as_text(', '.join(bad))}", bad[0])
    return values


def _note(
    parameter: Parameter,
    raw: str,
    broken: str,
    reason: str,
    validations: list[FieldError],
    worded: list[PalaverError],
) -> None:
    words = parameter.own_words(broken, raw, reason)
    if words is not None:
        worded.append(words)
    else:
        validations.append({"field": parameter.name, "detail": f'Query param "{parameter.name}" {reason}'})


def _path_refusal(parameter: Parameter, raw: str, fault: ParameterFault) -> PalaverError:
    no_uuid = fault.broken == "format" and parameter.schema.get("format") == "uuid"
    reason = _uuid_reason(raw) if no_uuid else fault.reason
    words = parameter.own_words(fault.broken, raw, reason)
    if words is not None:
        return words
    if no_uuid:
        return InvalidUUID(as_text(raw), reason)
    return InvalidPathParameter(parameter.name, reason)


def _header_refusal(parameter: Parameter, raw: str, fault: ParameterFault) -> PalaverError:
    words = parameter.own_words(fault.broken, raw, fault.reason)
    if words is not None:
        return words
    return ValidationFailed(validations=[{"field": parameter.name, "detail": f"Header {fault.reason}"}])


def _uuid_reason(raw: str) -> str:
    try:
        parse_uuid(raw)
    except ValueError as error:
        return str(error)
    raise AssertionError("only called for text that is no UUID")


def _python_type(schema: Schema) -> type:
    if schema.get("type", "string") == "string":
        return {"uuid": UUID, "date-time": datetime}.get(schema.get("format", ""), str)
    return {"integer": int, "number": float, "boolean": bool}[schema["type"]]


def _converter(
    schema: Schema, components: Schema, read_text: Callable[[str], str] | None = None
) -> Callable[[str], Any]:
    """Text to value: conversion by type and format, then the remaining keywords of the schema, if there are any."""
    convert = _plain_converter(schema, read_text or _text)
    if not schema.keys() - _PLAIN:
        return convert
    translated = to_draft4(schema, components)
    compiled = validator(translated)
    takes_text = schema.get("format") in {"uuid", "date-time"}

    def convert_and_check(text: str) -> Any:
        value = convert(text)
        judged = text if takes_text else value
        if not compiled.is_valid(judged):
            error = next(iter(compiled.iter_errors(judged)))
            raise ParameterFault(error.kind.name, _reason(error.kind.name, schema, judged))
        return value

    return convert_and_check


def _plain_converter(schema: Schema, read_text: Callable[[str], str]) -> Callable[[str], Any]:
    kind, form = schema.get("type", "string"), schema.get("format")
    if kind == "integer":
        return _integer_converter(schema)
    if kind == "boolean":
        return _boolean
    if kind == "number":
        return _number
    if kind != "string":
        raise ValueError(f"parameters may be texts, numbers and booleans, not {kind}")
    if form == "uuid":
        return _uuid
    if form == "date-time":
        return _moment
    return read_text


def _text(text: str) -> str:
    if "\0" in text:
        # The database cannot hold it, and nothing that exists is named so.
        raise ParameterFault("pattern", "must not contain U+0000")
    return text


def _uuid(text: str) -> Any:
    if not is_uuid(text):
        raise ParameterFault("format", "must be a valid uuid")
    return parse_uuid(text)


def _moment(text: str) -> Any:
    if not is_date_time(text):
        raise ParameterFault("format", f"must be a valid date-time: {as_text(text)} is not RFC 3339")
    return parse_date_time(text)


def _boolean(text: str) -> bool:
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    reason = f'must be a valid boolean: strconv.ParseBool: parsing "{as_text(text)}": invalid syntax'
    raise ParameterFault("type", reason)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value != value or value in (float("inf"), float("-inf")):
        raise ParameterFault("type", f'must be a valid number: "{as_text(text)}" is none')
    return value


def _integer_converter(schema: Schema) -> Callable[[str], int]:
    form = schema.get("format", "int64")
    low, high = INTEGER_BOUNDS.get(form, INTEGER_BOUNDS["int64"])
    positive = schema.get("minimum", -1) >= 0
    expected = f"must be a valid {form.removeprefix('int')}-bit {'positive ' if positive else ''}integer"

    def convert(text: str) -> int:
        if not _INTEGER.fullmatch(text):
            raise ParameterFault("type", f'{expected}: strconv.ParseInt: parsing "{as_text(text)}": invalid syntax')
        # More digits than any 64-bit number has: not worth the conversion, and Python refuses very long ones.
        value = int(text) if len(text) <= 20 else high + 1
        if not low <= value <= high:
            raise ParameterFault(
                "format", f'{expected}: strconv.ParseInt: parsing "{as_text(text)}": value out of range'
            )
        if positive and value < 0:
            raise ParameterFault("minimum", f"{expected}: value is negative")
        return value

    return convert


def _reason(broken: str, schema: Schema, value: Any) -> str:
    limit = schema.get(broken)
    if broken == "enum":
        return f"has invalid values: {as_text(value)}"
    return {
        "minimum": f"must be at least {limit}",
        "maximum": f"must be at most {limit}",
        "minLength": f"must have at least {limit} characters",
        "maxLength": f"must have at most {limit} characters",
        "pattern": f"must match {limit}",
    }.get(broken, f"breaks {broken}")
