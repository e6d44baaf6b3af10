"""asyncapi.yaml as a document: it says of the WebSockets what openapi.yaml says, with openapi.yaml's own schemas."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from palaver.contract.loader import Contract
from tests.contract.operations import Operation, operations
from tests.support.contract_checker import ResponseChecker

DOCUMENT: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "asyncapi.yaml").read_text())
SCHEMAS = "./openapi.yaml#/components/schemas/"
CODES_OF_THE_CONTRACT = re.compile(r"^\| (\d{4}) \| (.+?) \|$", re.MULTILINE)

Channel = dict[str, Any]


def of_websockets() -> dict[str, Operation]:
    """The contract's operations that a WebSocket is of."""
    return {operation.operation_id: operation for operation in operations() if "x-websocket" in operation.definition}


def resolved(reference: dict[str, str]) -> Any:
    """What a reference within asyncapi.yaml leads to."""
    found: Any = DOCUMENT
    for step in reference["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def channel_of(operation_id: str) -> Channel:
    """The channel that is described with an operation of the contract."""
    (found,) = (item for item in DOCUMENT["operations"].values() if item["x-operation-id"] == operation_id)
    channel: Channel = resolved(found["channel"])
    assert [resolved(message) for message in found["messages"]] == list(channel["messages"].values())
    return channel


def test_describes_each_websocket_of_the_contract_once() -> None:
    described = [operation["x-operation-id"] for operation in DOCUMENT["operations"].values()]
    assert sorted(described) == sorted(of_websockets())
    assert {operation["action"] for operation in DOCUMENT["operations"].values()} == {"send"}
    assert len(DOCUMENT["channels"]) == len(described)


def test_has_the_version_and_the_licence_of_the_contract() -> None:
    info = Contract.load().document["info"]
    assert (DOCUMENT["info"]["version"], DOCUMENT["info"]["license"]) == (info["version"], info["license"])
    tags = [tag for tag in Contract.load().document["tags"] if tag["name"] == "chat streams"]
    assert DOCUMENT["info"]["tags"] == tags


def test_lets_in_by_the_schemes_of_the_contract() -> None:
    schemes = Contract.load().document["components"]["securitySchemes"]
    described = DOCUMENT["components"]["securitySchemes"]
    assert set(described) == {*schemes, "QueryToken"}
    for name, scheme in schemes.items():
        for key in ("name", "in", "scheme"):
            assert described[name].get(key) == scheme.get(key)
    (server,) = DOCUMENT["servers"].values()
    assert [resolved(reference) for reference in server["security"]] == list(described.values())


@pytest.mark.parametrize("operation", of_websockets().values(), ids=lambda operation: operation.operation_id)
class TestEachWebSocket:
    """What is said in both documents."""

    def test_has_its_path_and_its_parameters(self, operation: Operation) -> None:
        channel = channel_of(operation.operation_id)
        assert channel["address"] == operation.path
        binding = channel["bindings"]["ws"]
        given = {"path": set(channel.get("parameters", {}))}
        for place, name in (("query", "query"), ("header", "headers")):
            given[place] = set(binding.get(name, {}).get("properties", {}))
        wanted: dict[str, set[str]] = {place: set() for place in given}
        for parameter in operation.parameters:
            wanted[parameter["in"]].add(parameter["name"])
        assert given == wanted
        for parameter in operation.parameters:
            if parameter["in"] != "path":
                schema = binding["query" if parameter["in"] == "query" else "headers"]["properties"][parameter["name"]]
                plain = {key: value for key, value in parameter["schema"].items() if not key.startswith("x-")}
                assert schema == plain | {"description": parameter["description"]}

    def test_sends_the_schema_that_the_contract_names(self, operation: Operation) -> None:
        (message,) = channel_of(operation.operation_id)["messages"].values()
        payload = resolved(message)["payload"]
        name = operation.source["x-websocket"]["server-frame"]["$ref"].rpartition("/")[2]
        assert payload["schema"] == {"$ref": SCHEMAS + name}
        version = Contract.load().document["openapi"]
        assert payload["schemaFormat"] == f"application/vnd.oai.openapi+json;version={version}"

    def test_has_examples_that_fit_that_schema(self, operation: Operation, checker: ResponseChecker) -> None:
        (message,) = channel_of(operation.operation_id)["messages"].values()
        message = resolved(message)
        assert message["examples"]
        for example in message["examples"]:
            checker.check_schema(message["payload"]["schema"]["$ref"].removeprefix(SCHEMAS), example["payload"])

    def test_closes_with_the_codes_of_the_contract(self, operation: Operation) -> None:
        told = CODES_OF_THE_CONTRACT.findall(operation.definition["description"])
        assert told
        assert channel_of(operation.operation_id)["x-close-codes"] == [
            {"code": int(code), "reason": reason} for code, reason in told
        ]
