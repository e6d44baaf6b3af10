"""From the constraints of the contract to requests that break exactly one of them, and the answers they want.

Nothing here uses the server's own validation: what a keyword means and which text answers it is said a second time,
from the description of `info`, so that a mistake in one of the two shows.
"""

import copy
import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.contract.operations import Operation, examples_of, operations

Path = tuple[str | int, ...]
Schema = dict[str, Any]

_BOUNDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_TAGS = {
    "minLength": "min", "minItems": "min", "minimum": "min", "minProperties": "min",
    "maxLength": "max", "maxItems": "max", "maximum": "max", "maxProperties": "max",
    "enum": "oneof", "uniqueItems": "unique", "discriminator": "oneof",
}  # fmt: skip
_WRONG_TYPE: dict[str, list[Any]] = {
    "string": [7, True, ["a"], {"a": "b"}],
    "integer": ["seven", 1.5, True, [1]],
    "number": ["seven", [1.5]],
    "boolean": ["yes", 1, {}],
    "array": [{"0": "a"}, "a", 3],
    "object": [["a"], "a", 3],
}
_TEXTS = [
    "", " ", "-", "--", "a b", "a", "ab", "A", "Ä", "\u0000", "a\u0000b", "new", "mauve", "a--b", "a/b", "a:b", "a_b",
    "_", "1.2.3", "-1.5", "1e400", "abc", "a\nb", "!", "@", "0", "ftp://example.com", "http://exa mple.com", "a@b@c",
]  # fmt: skip
_LONG = ["a", "1", "x@example.com/", "https://example.com/", " a", "ä", "a-"]


@dataclass(frozen=True)
class Expected:
    """The answer that a broken keyword wants; texts are compared as they are."""

    message: str
    detail: str | None = None
    validation: tuple[str, str] | None = None
    """Field and detail of the one entry in `validations`; a detail of "" means any."""


@dataclass(frozen=True)
class Breakage:
    """One request that breaks one keyword. `expected` has several answers where no value breaks the keyword alone."""

    operation: Operation
    place: str
    keyword: str
    expected: tuple[Expected, ...]
    body: Any = None
    parameters: dict[str, str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    texts: tuple[int, ...] = ()
    """Identities of the `x-violation` entries that this request is answered with."""

    def __str__(self) -> str:
        return f"{self.operation.operation_id}-{self.place}-{self.keyword}"


def breakages() -> list[Breakage]:
    """Every constraint of every request, broken once (a wrong type: once)."""
    return [breakage for operation in operations() for breakage in (*_of_body(operation), *_of_parameters(operation))]


def all_texts() -> dict[int, str]:
    """Identity and place of every `x-violation` entry of a request schema or parameter."""
    found: dict[int, str] = {}
    for operation in operations():
        schemas = [(parameter["name"], parameter["schema"]) for parameter in operation.parameters]
        if operation.body is not None:
            schemas.append(("body", operation.body["schema"]))
        for name, schema in schemas:
            for node in _every_schema(schema):
                for keyword, entry in node.get("x-violation", {}).items():
                    found.setdefault(id(entry), f"{operation.operation_id} {name}: {keyword}: {entry['message']}")
    return found


# ---- bodies ----


def _of_body(operation: Operation) -> Iterator[Breakage]:
    media = operation.body
    if media is None:
        return
    example = next(iter(examples_of(media).values()))
    schema = media["schema"]

    def put(value: Any) -> Any:
        return value

    yield from _of_value(operation, [schema], (), copy.deepcopy(example), put, required=True)


def _of_value(
    operation: Operation, owners: list[Schema], path: Path, good: Any, put: Callable[[Any], Any], *, required: bool
) -> Iterator[Breakage]:
    """All that can be wrong at one place. `put` makes the whole body with another value there; `good` fits."""
    layers = [layer for owner in owners for layer in _layers(owner)]
    for keyword in _keywords(layers):
        for value in _breaking(layers, keyword, good):
            broken = sorted(_broken(layers, value, required=required))
            answers = tuple(_answer(layers, word, path, value) for word in broken)
            texts = tuple(id(entry) for word in broken if (entry := _find(layers, "x-violation", word)) is not None)
            yield Breakage(operation, _dotted(path) or "body", keyword, answers, put(value), texts=texts)
            break
        else:
            raise AssertionError(f"{operation.operation_id} {_dotted(path)}: no value breaks {keyword}")
    union = next((layer for layer in layers if "oneOf" in layer), None)
    if union is not None:
        yield from _of_union(operation, union, path, put)
        return
    if isinstance(good, dict):
        yield from _of_object(operation, layers, path, good, put)
    items = _first(layers, "items")
    if items is not None:
        good_item = good[0] if good else _sample(items)
        yield from _of_value(
            operation, [items], (*path, 0), good_item, lambda value: put([value, *good[1:]]), required=False
        )


def _of_object(
    operation: Operation, layers: list[Schema], path: Path, good: dict[str, Any], put: Callable[[Any], Any]
) -> Iterator[Breakage]:
    required = {name for layer in layers for name in layer.get("required", [])}
    for layer in layers:
        for name, schema in layer.get("properties", {}).items():
            place = (*path, name)
            complete = {**good, name: good.get(name) if good.get(name) is not None else _sample(schema)}

            def put_field(value: Any, name: str = name, complete: dict[str, Any] = complete) -> Any:
                return put({**complete, name: value})

            if name in required and not _is_tag(schema):
                own = _layers(schema)
                answer = (_answer(own, "required", place, None),)
                entry = _find(own, "x-violation", "required")
                texts = () if entry is None else (id(entry),)
                without = put({key: value for key, value in good.items() if key != name})
                yield Breakage(operation, _dotted(place), "required", answer, without, texts=texts)
                yield Breakage(operation, _dotted(place), "required-null", answer, put_field(None), texts=texts)
            if not _is_tag(schema):
                yield from _of_value(operation, [schema], place, complete[name], put_field, required=name in required)
    further = _first(layers, "additionalProperties")
    if isinstance(further, dict) and further:
        name = next(iter(good), "key")

        def put_entry(value: Any) -> Any:
            return put({**good, name: value})

        yield from _of_value(
            operation, [further], (*path, name), good.get(name, _sample(further)), put_entry, required=False
        )


def _of_union(operation: Operation, union: Schema, path: Path, put: Callable[[Any], Any]) -> Iterator[Breakage]:
    name = union["discriminator"]["propertyName"]
    entry = _find([union], "x-violation", "discriminator")
    place = (*path, name)
    texts = () if entry is None else (id(entry),)
    for keyword, tag in (("discriminator", "mauve"), ("discriminator-missing", None)):
        value = {name: tag} if tag is not None else {}
        yield Breakage(
            operation,
            _dotted(place),
            keyword,
            (_answer([union], "discriminator", place, tag),),
            put(value),
            texts=texts,
        )
    yield Breakage(operation, _dotted(place), "type", (_UNDECODABLE,), put({name: 7}))
    for variant in union["oneOf"]:
        tag = variant["properties"][name]["enum"][0]
        for breakage in _of_object(operation, [variant], path, variant["example"], put):
            yield Breakage(
                operation, f"{breakage.place}({tag})", breakage.keyword, breakage.expected, breakage.body,
                texts=breakage.texts,
            )  # fmt: skip


# ---- parameters ----


def _of_parameters(operation: Operation) -> Iterator[Breakage]:
    for parameter in operation.parameters:
        schema, name, location = parameter["schema"], parameter["name"], parameter["in"]
        value_schema = schema["items"] if schema.get("type") == "array" else schema
        layers = [schema, value_schema] if value_schema is not schema else [schema]
        if parameter.get("required") and location != "path":
            entry = _find(layers, "x-violation", "required")
            answers = (_parameter_answer(parameter, layers, "required", ""),)
            yield Breakage(
                operation, name, "required", answers, absent=frozenset({name}),
                texts=() if entry is None else (id(entry),),
            )  # fmt: skip
        for keyword in _keywords([value_schema]):
            if keyword == "type" and value_schema["type"] == "string":
                continue
            if keyword == "minLength" and location != "header":
                continue  # an empty segment is another path, and an empty query value stands for the default
            for text in _breaking_texts(value_schema, keyword, location):
                broken = sorted(_broken_text(value_schema, text))
                answers = tuple(_parameter_answer(parameter, layers, word, text) for word in broken)
                texts = tuple(id(entry) for word in broken if (entry := _parameter_words(layers, word)) is not None)
                yield Breakage(operation, name, keyword, answers, parameters={name: text}, texts=texts)
                break
            else:
                raise AssertionError(f"{operation.operation_id} {name}: no text breaks {keyword}")


def _breaking_texts(schema: Schema, keyword: str, location: str) -> list[str]:
    if schema["type"] == "integer":
        low, high = _BOUNDS[schema["format"]]
        return {
            "type": ["seven"],
            "format": [str(high + 1), str(low - 1)],
            "minimum": [str(schema.get("minimum", 0) - 1)],
            "maximum": [str(schema.get("maximum", 0) + 1)],
        }[keyword]
    values = [value for value in _breaking([schema], keyword, "a") if isinstance(value, str)]
    if location == "path":
        return [value for value in values if value and "\0" not in value]
    if location == "header":
        # What HTTP itself lets through.
        return [value for value in values if value.isascii() and value.isprintable() and value == value.strip()]
    return [value for value in values if value]


def _broken_text(schema: Schema, text: str) -> set[str]:
    if schema["type"] != "integer":
        return _broken([schema], text, required=False)
    if not re.fullmatch(r"[+-]?\d+", text):
        return {"type"}
    broken = _broken([schema], int(text), required=False)
    return {"format"} if "format" in broken else broken


def _parameter_words(layers: list[Schema], keyword: str) -> dict[str, str] | None:
    words = _find(layers, "x-violation", keyword)
    if words is None and keyword in {"type", "format"}:
        words = _find(layers, "x-violation", "type") or _find(layers, "x-violation", "format")
    return words


def _parameter_answer(parameter: dict[str, Any], layers: list[Schema], keyword: str, text: str) -> Expected:
    words = _parameter_words(layers, keyword)
    if words is not None:
        return _in_words(words, (parameter["name"],), text)
    if parameter["in"] == "query":
        return Expected("Query parameters have invalid values.", validation=(parameter["name"], ""))
    if parameter["in"] == "header":
        return Expected("Validation failed.", validation=(parameter["name"], ""))
    if keyword == "format" and layers[-1].get("format") == "uuid":
        return Expected(f'Invalid UUID "{text}".')
    return Expected(f'Invalid path parameter "{parameter["name"]}".')


# ---- what keywords mean ----

_UNDECODABLE = Expected("Request body must be valid JSON.")
_CONSTRAINTS = (
    "type", "format", "enum", "not", "minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems",
    "uniqueItems", "minProperties", "maxProperties",
)  # fmt: skip


def _keywords(layers: list[Schema]) -> list[str]:
    # A password is any text; the format only keeps it out of answers.
    return [
        keyword for keyword in _CONSTRAINTS if any(layer.get(keyword, "password") != "password" for layer in layers)
    ]


def _breaking(layers: list[Schema], keyword: str, good: Any) -> list[Any]:
    """Values that break the keyword, those first that break no other."""
    limit = next(layer[keyword] for layer in reversed(layers) if keyword in layer)
    candidates: list[Any]
    if keyword == "type":
        candidates = _WRONG_TYPE[limit]
    elif keyword == "format" and limit in _BOUNDS:
        candidates = [_BOUNDS[limit][1] + 1]
    elif keyword in {"minimum", "maximum"}:
        candidates = [limit - 1 if keyword == "minimum" else limit + 1]
    elif keyword == "maxLength":
        candidates = [(text * (limit + 1))[: limit + 1] for text in _LONG]
        if isinstance(good, str) and good:
            candidates.append(good + good[-1] * (limit + 1 - len(good)))
    elif keyword in {"minItems", "minProperties"}:
        candidates = [[] if keyword == "minItems" else {}]
    elif keyword == "maxItems":
        candidates = [[_first_item(good, layers)] * (limit + 1)]
    elif keyword == "not":
        candidates = list(limit["enum"])
    else:
        candidates = [*_TEXTS, 987_654]
    breaking = [value for value in candidates if keyword in _broken(layers, value, required=False)]
    return sorted(breaking, key=lambda value: len(_broken(layers, value, required=False)))


def _broken(layers: list[Schema], value: Any, *, required: bool) -> set[str]:
    """Which keywords of these schemas (all apply) the value itself breaks; what is inside it is not looked at."""
    found: set[str] = set()
    types = [layer["type"] for layer in layers if "type" in layer]
    if any(not _has_type(value, kind) for kind in types):
        return {"type"}
    for layer in layers:
        for keyword in _CONSTRAINTS:
            if keyword in layer and keyword != "type" and _breaks(keyword, layer[keyword], value):
                found.add(keyword)
    return found


def _breaks(keyword: str, limit: Any, value: Any) -> bool:
    if keyword == "enum":
        return value not in limit
    if keyword == "not":
        return value in limit["enum"]
    if isinstance(value, str):
        return {
            "minLength": lambda: len(value) < limit,
            "maxLength": lambda: len(value) > limit,
            "pattern": lambda: re.search(limit, value) is None,
            "format": lambda: not _has_format(limit, value),
        }.get(keyword, lambda: False)()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {
            "minimum": lambda: value < limit,
            "maximum": lambda: value > limit,
            "format": lambda: limit in _BOUNDS and not _BOUNDS[limit][0] <= value <= _BOUNDS[limit][1],
        }.get(keyword, lambda: False)()
    size = {list: "Items", dict: "Properties"}.get(type(value), "?")
    return (keyword == f"min{size}" and len(value) < limit) or (keyword == f"max{size}" and len(value) > limit)


def _has_type(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "number":
        return isinstance(value, (int, float))
    return isinstance(value, {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}[kind])


def _has_format(name: str, value: str) -> bool:
    try:
        if name == "uuid":
            uuid.UUID(value)
        elif name == "date-time":
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


# ---- what answers them ----


def _answer(layers: list[Schema], keyword: str, path: Path, value: Any) -> Expected:
    words = _find(layers, "x-violation", keyword)
    if words is not None:
        return _in_words(words, path, value)
    formats = {layer.get("format") for layer in layers}
    if keyword == "type" or (keyword == "format" and formats & {"uuid", "date-time", *_BOUNDS}):
        return _UNDECODABLE
    tag = _find(layers, "x-tag", keyword) or _TAGS.get(keyword, keyword)
    shown = "" if "password" in formats else _as_text(value)
    return Expected(
        "Validation failed.",
        validation=(_field(path), f'Validation failed for tag "{tag}" with value: "{shown}"'),
    )


def _in_words(words: dict[str, Any], path: Path, value: Any) -> Expected:
    index = next((str(step) for step in reversed(path) if isinstance(step, int)), "")

    def fill(text: str) -> str:
        return text.replace("{path}", _dotted(path)).replace("{index}", index).replace("{value}", _as_text(value))

    detail = words.get("detail")
    if detail == "{error}":
        detail = None  # the reason is the edge's: any will do
    entries = [(fill(entry["field"]), fill(entry["detail"])) for entry in words.get("validations", ())]
    return Expected(fill(words["message"]), None if detail is None else fill(detail), entries[0] if entries else None)


def _find(layers: list[Schema], extension: str, keyword: str) -> Any:
    return next((layer[extension][keyword] for layer in reversed(layers) if keyword in layer.get(extension, {})), None)


def _as_text(value: Any) -> str:
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    return text if len(text) <= 256 else f"{text[:256]}…"


def _dotted(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _field(path: Path) -> str:
    names = [at for at, step in enumerate(path) if isinstance(step, str)]
    return _dotted(path[names[-1] :]) if names else "body"


# ---- schemas ----


def _layers(schema: Schema) -> list[Schema]:
    """The schema and what its `allOf` adds, innermost last."""
    return [schema, *(layer for branch in schema.get("allOf", []) for layer in _layers(branch))]


def _every_schema(schema: Schema) -> Iterator[Schema]:
    yield schema
    children = [*schema.get("properties", {}).values(), *schema.get("allOf", []), *schema.get("oneOf", [])]
    children += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    for child in children:
        yield from _every_schema(child)


def _first(layers: list[Schema], key: str) -> Any:
    return next((layer[key] for layer in layers if key in layer), None)


def _first_item(good: Any, layers: list[Schema]) -> Any:
    return good[0] if good else _sample(_first(layers, "items"))


def _is_tag(schema: Schema) -> bool:
    return schema.get("enum") is not None and len(schema["enum"]) == 1 and "description" not in schema


def _sample(schema: Schema) -> Any:
    """A value that fits: an example where there is one, else the simplest that does."""
    layers = _layers(schema)
    for layer in layers:
        if "example" in layer:
            return copy.deepcopy(layer["example"])
    if any("oneOf" in layer for layer in layers):
        return copy.deepcopy(_first(layers, "oneOf")[0]["example"])
    choices = _first(layers, "enum")
    if choices:
        return next(value for value in choices if value is not None)
    kind = _first(layers, "type")
    if kind == "string":
        texts = [str(uuid.UUID(int=7)), "a", "abc", "1", "1.5", "https://example.com", "a@example.com"]
        texts += ["2026-08-01T10:00:00Z", "", "a" * 12]
        return next(text for text in texts if not _broken(layers, text, required=False))
    if kind in {"integer", "number"}:
        return next(number for number in (1, 0, 100, 1000) if not _broken(layers, number, required=False))
    return {"boolean": True, "array": [], "object": {}, None: "anything"}[kind]
