"""openapi.yaml as a document: valid, complete, and true in its examples."""

import importlib
import inspect
import pkgutil
import re
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator

from palaver.contract.schemas import to_draft4, validator
from tests.contract.operations import CONTRACT, Operation, examples_of, nodes, operations

COMPONENTS = CONTRACT.resolved["components"]
WITHOUT_CHECKS = {
    "check-initial-user-created",  # its 404 is the answer to its question
    "get-organizations",  # its 404 belongs to the compatible wire and is never needed
}
EVERY_OPERATION = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.operation_id)


def test_is_valid_openapi_3_0() -> None:
    assert CONTRACT.document["openapi"] == "3.0.3"
    assert not list(OpenAPIV30SpecValidator(CONTRACT.document).iter_errors())


def test_no_key_stands_twice_in_a_mapping() -> None:
    twice: list[str] = []

    class Loader(yaml.CSafeLoader):
        """Remembers keys that YAML would silently let the last one win."""

    def construct(loader: Loader, node: yaml.MappingNode) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        twice.extend(f"{name} in line {node.start_mark.line}" for name in names if names.count(name) > 1)
        return loader.construct_mapping(node, deep=True)

    Loader.add_constructor("tag:yaml.org,2002:map", construct)
    yaml.load(CONTRACT.source, Loader)
    assert twice == []


def test_operation_ids_are_unique_and_in_kebab_case() -> None:
    ids = [operation.operation_id for operation in operations()]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)] == []


def test_every_operation_has_one_handler_and_every_public_handler_an_operation() -> None:
    handlers = importlib.import_module("handlers")
    found = []
    for info in pkgutil.iter_modules(handlers.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"handlers.{info.name}")
        found += [
            name
            for name, value in vars(module).items()
            if inspect.iscoroutinefunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
        ]
    assert sorted(found) == sorted(operation.operation_id.replace("-", "_") for operation in operations())


@EVERY_OPERATION
def test_says_what_it_does(operation: Operation) -> None:
    definition = operation.definition
    assert definition["summary"]
    assert not definition["summary"].endswith(".")
    assert definition["description"].strip()
    known_tags = [tag["name"] for tag in CONTRACT.document["tags"]]
    assert len(definition["tags"]) == 1
    assert definition["tags"][0] in known_tags


@EVERY_OPERATION
def test_lists_its_checks_in_order_when_it_has_any(operation: Operation) -> None:
    # 400 may also come from the gate that all operations share: the request does not fit the document.
    business = {"403", "404", "409", "412", "422"} & operation.definition["responses"].keys()
    if not business or operation.operation_id in WITHOUT_CHECKS:
        return
    description = operation.definition["description"]
    assert "in order:" in description
    listed = description.split("in order:", 1)[1]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", listed, re.MULTILINE)]
    assert numbers
    assert numbers == list(range(1, len(numbers) + 1))
    told = set(re.findall(r"\b(4\d\d)\b", listed))
    assert business <= told, f"the checks do not tell of {sorted(business - told)}"


@EVERY_OPERATION
def test_tells_every_status_that_its_gates_give(operation: Operation) -> None:
    responses = operation.definition["responses"]
    expected = {"429", "500"}
    if not operation.public:
        expected |= {"401", "428"}
    if "requestBody" in operation.definition:
        expected |= {"413", "400"}
    if operation.method != "get" and not operation.public:
        assert "text/plain" in responses["400"]["content"], "a refused CSRF proof is not documented"
    missing = expected - responses.keys()
    assert not missing, f"not documented: {sorted(missing)}"
    for status, response in responses.items():
        if status == "429":
            assert "Retry-After" in response.get("headers", {})
        if status == "201" and operation.operation_id != "log-in-user":
            assert "Location" in response["headers"]


@EVERY_OPERATION
def test_gives_an_example_for_every_answer(operation: Operation) -> None:
    for status, response in operation.definition["responses"].items():
        for media_type, media in response.get("content", {}).items():
            has = examples_of(media) or "example" in media["schema"] or media_type == "application/octet-stream"
            assert has, f"{status} {media_type} has no example"
    body = operation.body
    if body is not None:
        assert examples_of(body), "the request has no example"


@EVERY_OPERATION
def test_gives_true_examples(operation: Operation) -> None:
    if operation.body is not None:
        _check_examples(operation.body, "request")
    for status, response in operation.definition["responses"].items():
        for media_type, media in response.get("content", {}).items():
            if media_type == "application/json":
                _check_examples(media, status)
    for parameter in operation.parameters:
        _check_examples(parameter, parameter["name"])


def test_every_schema_example_fits_its_schema() -> None:
    for name, schema in COMPONENTS["schemas"].items():
        if "example" in schema:
            _check(schema["example"], schema, name)


def test_every_schema_of_an_object_or_union_has_an_example() -> None:
    lacking = [
        name
        for name, schema in COMPONENTS["schemas"].items()
        if (schema.get("type") == "object" or "oneOf" in schema) and "example" not in schema
    ]
    assert lacking == []


def test_every_component_is_used() -> None:
    used = {node["$ref"] for _, node in nodes(CONTRACT.document) if isinstance(node.get("$ref"), str)}
    used |= {
        target
        for _, node in nodes(CONTRACT.document)
        if "discriminator" in node
        for target in node["discriminator"].get("mapping", {}).values()
    }
    unused = [
        f"#/components/{kind}/{name}"
        for kind, entries in CONTRACT.document["components"].items()
        if kind != "securitySchemes"
        for name in entries
        if f"#/components/{kind}/{name}" not in used
    ]
    assert unused == []


def test_every_path_parameter_stands_in_its_path() -> None:
    for operation in operations():
        in_path = [parameter for parameter in operation.parameters if parameter["in"] == "path"]
        assert sorted(re.findall(r"{(\w+)}", operation.path)) == sorted(parameter["name"] for parameter in in_path)
        for parameter in operation.parameters:
            assert parameter.get("description"), f"{operation.operation_id}: {parameter['name']} has no description"
            if parameter["in"] == "path":
                assert parameter["required"] is True
                assert parameter["schema"].keys() & {"format", "pattern", "enum"}


def test_objects_of_answers_are_closed_and_those_of_requests_open() -> None:
    answered, asked = set[str](), set[str]()
    for operation in operations():
        source = operation.source
        _collect(source["responses"], answered)
        _collect(source.get("requestBody", {}), asked)
    for name in sorted(answered | asked):
        schema = CONTRACT.document["components"]["schemas"][name]
        if schema.get("type") != "object":
            continue
        extra = schema.get("additionalProperties")
        if name in answered - asked and schema.get("properties"):
            assert extra is not None, f"{name} does not say whether further properties may come"
        if name in asked - answered:
            assert extra is not False, f"{name} refuses what it does not know"


def test_optional_request_fields_take_null() -> None:
    asked = set[str]()
    for operation in operations():
        _collect(operation.source.get("requestBody", {}), asked)
    refusing = [
        f"{name}.{field}"
        for name in sorted(asked)
        for field, schema in CONTRACT.document["components"]["schemas"][name].get("properties", {}).items()
        if field not in CONTRACT.document["components"]["schemas"][name].get("required", [])
        and not schema.get("nullable")
    ]
    assert refusing == []


def test_a_closed_list_takes_null_only_through_a_reference() -> None:
    # By the specification null must stand in an `enum` itself, and a nullable one of that kind suits no generator.
    beside = [at for at, node in nodes(CONTRACT.document) if node.get("nullable") and "enum" in node]
    assert beside == []


def test_optional_query_parameters_may_be_empty() -> None:
    for operation in operations():
        for parameter in operation.parameters:
            if parameter["in"] == "query":
                assert parameter.get("allowEmptyValue", False) is not parameter.get("required", False)


def test_texts_of_queries_say_that_they_take_no_nul() -> None:
    # The edge refuses it in all of them (palaver/contract/parameters.py): nothing that exists is named so.
    for operation in operations():
        for parameter in operation.parameters:
            schema = parameter["schema"]
            is_text = schema.get("type") == "string" and not {"enum", "format"} & schema.keys()
            if parameter["in"] == "query" and is_text:
                assert "pattern" in schema, (operation.operation_id, parameter["name"])
                assert not re.search(schema["pattern"], "a\0b"), (operation.operation_id, parameter["name"])


def test_texts_of_violations_stand_beside_a_keyword_that_can_break() -> None:
    for at, node in nodes(CONTRACT.resolved["components"]["schemas"]):
        for extension in ("x-violation", "x-tag"):
            for keyword in node.get(extension, {}):
                present = keyword in node or keyword == "required" or _inherits(node, keyword)
                assert present, f"{at}: {extension} of {keyword}, which the schema does not have"


def test_links_lead_to_parameters_that_exist() -> None:
    by_id = {operation.operation_id: operation for operation in operations()}
    linked = 0
    for operation in operations():
        for response in operation.definition["responses"].values():
            for link in response.get("links", {}).values():
                target = by_id[link["operationId"]]
                names = {parameter["name"] for parameter in target.parameters}
                for name in link.get("parameters", {}):
                    assert name.partition(".")[2] in names or name in names
                linked += 1
    assert linked >= 10


def test_unions_name_every_variant_once() -> None:
    unions = {name: schema for name, schema in CONTRACT.document["components"]["schemas"].items() if "oneOf" in schema}
    assert {"ChatInputPart", "ChatMessagePart", "ChatStreamEvent"} <= unions.keys()
    for name, union in unions.items():
        variants = [variant["$ref"] for variant in union["oneOf"]]
        assert sorted(union["discriminator"]["mapping"].values()) == sorted(variants), name
        for tag, reference in union["discriminator"]["mapping"].items():
            variant = CONTRACT.document["components"]["schemas"][reference.rpartition("/")[2]]
            assert variant["properties"]["type"]["enum"] == [tag]
            assert variant["required"][0] == "type"


def test_of_types_without_a_tag_none_takes_what_is_meant_for_a_later_one() -> None:
    # Much generated code takes the first type that has all it asks for, and ignores what it does not know.
    plain = (node for _, node in nodes(CONTRACT.resolved) if "oneOf" in node and "discriminator" not in node)
    unions = [node["oneOf"] for node in plain]
    assert unions
    for union in unions:
        required = [set(schema["required"]) for schema in union]
        assert not [names for index, names in enumerate(required) for later in required[index + 1 :] if names <= later]


def _check_examples(media: dict[str, Any], where: str) -> None:
    for name, value in examples_of(media).items():
        _check(value, media["schema"], f"{where}: {name}")


def _check(value: Any, schema: dict[str, Any], where: str) -> None:
    compiled = validator(to_draft4(schema, CONTRACT.document["components"]))
    errors = [f"{list(error.instance_path)}: {error.message}" for error in compiled.iter_errors(value)]
    assert not errors, f"{where}: {errors}"


def _collect(node: Any, names: set[str]) -> None:
    """Names of the schemas that `node` uses, through references."""
    for _, child in nodes(node):
        reference = child.get("$ref")
        if not isinstance(reference, str):
            continue
        kind, name = reference.split("/")[2:4]
        if kind == "schemas" and name in names:
            continue
        if kind == "schemas":
            names.add(name)
        if kind in {"schemas", "responses"}:
            _collect(CONTRACT.document["components"][kind][name], names)


def _inherits(node: dict[str, Any], keyword: str) -> bool:
    if keyword == "discriminator":
        return "oneOf" in node
    return any(keyword in branch or _inherits(branch, keyword) for branch in node.get("allOf", []))
