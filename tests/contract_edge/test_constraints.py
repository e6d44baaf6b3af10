"""Every constraint that openapi.yaml puts on a request is enforced: broken alone, it is refused where it stands."""

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from palaver.contract.parameters import Parameter, ParameterReader
from palaver.contract.violations import dotted
from palaver.errors import PalaverError
from tests.contract_edge.test_any_input import BODIES, PARAMETERS, VALIDATORS, examples_of, with_value

Schema = dict[str, Any]
Path = tuple[str | int, ...]

WRONG_TYPE = {"string": 5, "integer": "x", "number": "x", "boolean": "x", "array": "x", "object": "x"}
ODD_TEXTS = ("", " ", "\n", "Ü!", "a b", "x" * 400, "-", ":", "a\0b")


LOCATIONS = ("path", "query", "header")


class Break(NamedTuple):
    """A body in which one keyword at one place is broken."""

    operation_id: str
    place: str
    keyword: str
    body: Any


def breaks(
    schema: Schema, body: Any, path: Path, put: Callable[[Any, Path, Any], Any]
) -> Iterator[tuple[Path, str, Any]]:
    """(place, keyword, changed body) for every keyword of the schema, and of those below it that the body reaches."""
    value = at(body, path)
    for branch in schema.get("allOf", []):
        yield from breaks(branch, body, path, put)
    if "discriminator" in schema:
        yield from union_breaks(schema, body, path, put)
    for keyword, bad in bad_values(schema, value):
        yield path, keyword, put(body, path, bad)
    if schema.get("type") == "object":
        for name in schema.get("required", []):
            if name in value:
                changed = copy.deepcopy(body)
                del at(changed, path)[name]
                yield (*path, name), "required", changed
                yield (*path, name), "null", put(body, (*path, name), None)
        for name, child in schema.get("properties", {}).items():
            reached = body if name in value else put(body, (*path, name), sample(child))
            yield from breaks(child, reached, (*path, name), put)
    if schema.get("type") == "array" and value:
        yield from breaks(schema["items"], body, (*path, 0), put)


def union_breaks(
    schema: Schema, body: Any, path: Path, put: Callable[[Any, Path, Any], Any]
) -> Iterator[tuple[Path, str, Any]]:
    tag = schema["discriminator"]["propertyName"]
    yield (*path, tag), "discriminator", put(body, (*path, tag), "no such tag")
    for variant in schema["oneOf"]:
        yield from breaks(variant, put(body, path, sample(variant)), path, put)


def bad_values(schema: Schema, value: Any) -> Iterator[tuple[str, Any]]:
    kind = schema.get("type")
    if kind in WRONG_TYPE:
        yield "type", WRONG_TYPE[kind]
    if "enum" in schema and len(schema["enum"]) > 1:
        yield "enum", "no such value" if kind == "string" else -77
    if schema.get("minLength"):
        yield "minLength", "x" * (schema["minLength"] - 1)
    if "maxLength" in schema:
        yield "maxLength", "x" * (schema["maxLength"] + 1)
    if "pattern" in schema:
        yield "pattern", next(text for text in ODD_TEXTS if not re.search(schema["pattern"], text))
    if schema.get("format") in {"uuid", "date-time", "email"}:
        yield "format", "nonsense"
    if "minimum" in schema:
        yield "minimum", schema["minimum"] - 1
    if "maximum" in schema:
        yield "maximum", schema["maximum"] + 1
    if schema.get("format") in {"int32", "int64"}:
        yield "format", 2 ** (31 if schema["format"] == "int32" else 63)
    if schema.get("minItems"):
        yield "minItems", []
    if "maxItems" in schema and value:
        yield "maxItems", [value[0]] * (schema["maxItems"] + 1)


def sample(schema: Schema) -> Any:
    """A valid value of a schema: its example, or the least that it demands."""
    if "example" in schema:
        return copy.deepcopy(schema["example"])
    if "allOf" in schema:
        return sample(schema["allOf"][0])
    if "oneOf" in schema:
        return sample(schema["oneOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {name: sample(schema["properties"][name]) for name in schema.get("required", [])}
    if kind == "array":
        return [sample(schema["items"])]
    if kind == "string":
        texts = {"uuid": "9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25", "date-time": "2026-08-01T10:00:00Z"}
        return texts.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
    return {"boolean": True, None: {}}.get(kind, max(1, schema.get("minimum", 1)))


def at(body: Any, path: Path) -> Any:
    for step in path:
        body = body[step]
    return body


CASES = [
    Break(operation_id, dotted(path), keyword, body)
    for operation_id, media in BODIES.items()
    for path, keyword, body in breaks(media["schema"], examples_of(media)[0], (), with_value)
]


def test_constraints_of_every_body_are_found() -> None:
    assert {case.operation_id for case in CASES} == set(BODIES)
    assert {"required", "type", "enum", "minLength", "format", "discriminator", "minItems"} <= {
        c.keyword for c in CASES
    }


@pytest.mark.parametrize("operation_id", BODIES)
def test_each_broken_constraint_is_refused_where_it_stands(operation_id: str) -> None:
    for case in CASES:
        if case.operation_id != operation_id:
            continue
        found = VALIDATORS[operation_id].violations(case.body)
        assert case.place in {dotted(violation.path) for violation in found}, case
        # Nothing else is broken: what else is found lies inside the broken value, or is the union around it.
        assert all(dotted(violation.path).startswith(case.place) for violation in found), (case, found)
        with pytest.raises(PalaverError) as caught:
            VALIDATORS[operation_id].check(copy.deepcopy(case.body))
        assert caught.value.status == 400


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: f"{parameter.location}-{parameter.name}")
def test_each_broken_constraint_of_a_parameter_is_refused(parameter: Parameter) -> None:
    where = {location: [parameter] if parameter.location == location else [] for location in LOCATIONS}
    reader = ParameterReader(where["path"], where["query"], where["header"])
    schema = parameter.schema.get("items", parameter.schema)
    bad = [str(value) for keyword, value in bad_values(schema, None) if (keyword, schema["type"]) != ("type", "string")]
    # An empty text is no value: the path would be another one, and in the query it means the default.
    for text in bad if parameter.location == "header" else filter(None, bad):
        query = f"{quote(parameter.name)}={quote(text)}".encode()
        with pytest.raises(PalaverError) as caught:
            reader.read([text] * len(where["path"]), query, {parameter.name: text})
        assert caught.value.status == 400
