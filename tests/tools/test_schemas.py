"""Input schemas that servers give, as models are told them."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.profiles.google import GoogleJsonSchemaTransformer
from pydantic_ai.profiles.openai import OpenAIJsonSchemaTransformer

from palaver.llm.events import ToolSpec
from palaver.llm.step import tool_definitions
from palaver.tools import schemas
from palaver.tools.schemas import MAX_SCHEMA_BYTES, input_schema, with_intent

OBJECT = {"type": "object", "properties": {}}
TEXT = {"type": "string"}

CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one that is fine stays as it is": (
        {"type": "object", "properties": {"a": {"type": ["string", "null"], "enum": ["x", None]}}, "required": ["a"]},
        {"type": "object", "properties": {"a": {"type": ["string", "null"], "enum": ["x", None]}}, "required": ["a"]},
    ),
    "nothing at all": ({}, OBJECT),
    "what is no schema": ({"type": 7, "properties": [], "required": "a", "enum": 3}, OBJECT),
    "another type": ({"type": "string", "minLength": 2}, {"minLength": 2, **OBJECT}),
    "words for tools": ({"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x", **OBJECT}, OBJECT),
    "alternatives at the top": (
        {
            "type": "object",
            "anyOf": [{"properties": {"a": TEXT}, "required": ["a"]}, {"properties": {"b": TEXT}, "required": ["b"]}],
        },
        {"type": "object", "properties": {"a": TEXT, "b": TEXT}},
    ),
    "parts at the top": (
        {"allOf": [{"$ref": "#/$defs/A"}], "$defs": {"A": {"properties": {"a": TEXT}, "required": ["a"]}}},
        {
            "type": "object",
            "properties": {"a": TEXT},
            "required": ["a"],
            "$defs": {"A": {"properties": {"a": TEXT}, "required": ["a"]}},
        },
    ),
    "a reference at the top": (
        {"$ref": "#/$defs/A", "$defs": {"A": {"type": "object", "properties": {"a": TEXT}}}},
        {
            "type": "object",
            "properties": {"a": TEXT},
            "$defs": {"A": {"type": "object", "properties": {"a": TEXT}}},
        },
    ),
    "alternatives further down stay": (
        {"type": "object", "properties": {"a": {"anyOf": [TEXT, {"type": "null"}]}}},
        {"type": "object", "properties": {"a": {"anyOf": [TEXT, {"type": "null"}]}}},
    ),
    "references that lead nowhere go": (
        {"type": "object", "properties": {"a": {"$ref": "#/$defs/No"}, "b": {"$ref": "https://x.example/s.json"}}},
        {"type": "object", "properties": {"a": {}, "b": {}}},
    ),
    "references to other arguments stay": (
        {"type": "object", "properties": {"a": TEXT, "b": {"$ref": "#/properties/a"}}},
        {"type": "object", "properties": {"a": TEXT, "b": {"$ref": "#/properties/a"}}},
    ),
    "names that providers refuse go": (
        {"type": "object", "properties": {"a b": TEXT, "$x": TEXT, "ok-1.x": TEXT}, "required": ["a b", "ok-1.x"]},
        {"type": "object", "properties": {"ok-1.x": TEXT}, "required": ["ok-1.x"]},
    ),
    "required that is no argument": ({"required": ["gone"], **OBJECT}, OBJECT),
    "numbers that JSON here does not hold": (
        {"type": "object", "properties": {"n": {"type": "integer", "maximum": 2**70, "default": 2**70}}},
        {"type": "object", "properties": {"n": {"type": "integer"}}},
    ),
    "more than anybody reads": ({"type": "object", "description": "x" * (MAX_SCHEMA_BYTES + 1)}, OBJECT),
}


@pytest.mark.parametrize(("given_schema", "told"), CASES.values(), ids=CASES)
def test_a_schema_is_told_as_every_provider_takes_it(given_schema: dict[str, Any], told: dict[str, Any]) -> None:
    assert input_schema(given_schema) == told


def test_a_schema_without_end_is_cut() -> None:
    deep: dict[str, Any] = {}
    for _ in range(500):
        deep = {"type": "object", "properties": {"a": deep}}
    assert len(orjson.dumps(input_schema(deep))) < 5000


def test_the_intent_is_asked_for_before_the_arguments() -> None:
    told = with_intent(input_schema({"type": "object", "properties": {"a": TEXT}, "required": ["a"]}))
    assert (list(told["properties"]), told["required"]) == (["model_intent", "a"], ["model_intent", "a"])
    own = {"type": "object", "properties": {"model_intent": TEXT}}
    assert with_intent(own) is own


KEYWORDS = sorted(schemas._KEEP)
WORDS = st.sampled_from(["object", "array", "string", "a", "#", "#/$defs/a", "#/properties/a", "x y", "\ud800", ""])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYWORDS) | WORDS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYWORDS), JSON, max_size=8))
def test_whatever_a_server_says_no_provider_chokes_on_it(schema: dict[str, Any]) -> None:
    told = input_schema(schema)
    assert told["type"] == "object"
    assert isinstance(told["properties"], dict)
    assert orjson.loads(orjson.dumps(told)) == told
    assert input_schema(told) == told
    tools = tool_definitions([ToolSpec("t", "", with_intent(told))])
    assert ModelRequestParameters(function_tools=tools)
    for transformer in (OpenAIJsonSchemaTransformer, GoogleJsonSchemaTransformer):
        assert transformer(told, strict=False).walk()
