"""Whatever a client sends, the edge answers with a refusal or passes it on; it never fails."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaver.contract.decoding import decode_json
from palaver.contract.loader import Contract
from palaver.contract.parameters import ParameterReader, compile_parameter
from palaver.contract.validation import BodyValidator
from palaver.errors import PalaverError

DOCUMENT = Contract.load().resolved
COMPONENTS = DOCUMENT["components"]
OPERATIONS = {
    operation["operationId"]: operation
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
    if isinstance(operation, dict)
}
BODIES = {
    name: media
    for name, operation in OPERATIONS.items()
    for kind, media in operation.get("requestBody", {}).get("content", {}).items()
    if kind == "application/json"
}
VALIDATORS = {name: BodyValidator(media["schema"], COMPONENTS) for name, media in BODIES.items()}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def examples_of(media: dict[str, Any]) -> list[Any]:
    named = [example["value"] for example in media.get("examples", {}).values()]
    return named or [media.get("example", media["schema"].get("example"))]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def with_value(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    changed = copy.deepcopy(value)
    node = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = new
    return changed


def refusal_of(call: Callable[[], object]) -> PalaverError | None:
    try:
        call()
    except PalaverError as refusal:
        return refusal
    return None


def assert_sendable(refusal: PalaverError | None) -> None:
    if refusal is not None:
        assert (refusal.status, bool(refusal.message)) == (400, True)
        orjson.dumps(refusal.body())


@pytest.mark.parametrize("operation_id", BODIES)
def test_examples_of_request_bodies_are_accepted(operation_id: str) -> None:
    for example in examples_of(BODIES[operation_id]):
        assert VALIDATORS[operation_id].violations(example) == []


@settings(max_examples=300, deadline=None)
@given(data=st.data(), operation_id=st.sampled_from(sorted(BODIES)), new=json_values)
def test_any_value_anywhere_in_a_body_is_accepted_or_refused(data: st.DataObject, operation_id: str, new: Any) -> None:
    example = data.draw(st.sampled_from(examples_of(BODIES[operation_id])))
    path = data.draw(st.sampled_from(list(places(example))))
    body = with_value(example, path, new)
    assert_sendable(refusal_of(lambda: VALIDATORS[operation_id].check(body)))


@settings(max_examples=300, deadline=None)
@given(raw=st.binary(max_size=60) | st.text('[]{}",:0123456789.-+eEnulltrfas\\ud8 \n', max_size=40).map(str.encode))
def test_any_bytes_are_json_or_refused(raw: bytes) -> None:
    assert_sendable(refusal_of(lambda: orjson.dumps(decode_json(raw))))


PARAMETERS = [
    compile_parameter(parameter, COMPONENTS)
    for operation in OPERATIONS.values()
    for parameter in operation.get("parameters", [])
]


@settings(max_examples=300, deadline=None)
@given(parameter=st.sampled_from(PARAMETERS), raw=st.text(min_size=1, max_size=30), query=st.binary(max_size=30))
def test_any_text_is_a_parameter_or_refused(parameter: Any, raw: str, query: bytes) -> None:
    where = {
        location: [parameter] if parameter.location == location else [] for location in ("path", "query", "header")
    }
    reader = ParameterReader(where["path"], where["query"], where["header"])
    query_string = parameter.name.encode() + b"=" + query
    segments = [raw] * len(where["path"])
    assert_sendable(refusal_of(lambda: reader.read(segments, query_string, {parameter.name: raw})))
