"""The operations of the contract, as the tests of this folder walk them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from palaver.contract.loader import Contract

METHODS = ("get", "put", "post", "patch", "delete")
CONTRACT = Contract.load()


@dataclass(frozen=True)
class Operation:
    """One operation; `definition` has no `$ref`s, `source` is as written."""

    operation_id: str
    method: str
    path: str
    definition: dict[str, Any]
    source: dict[str, Any]

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """The parameters, those of the path item included."""
        return list(self.definition.get("parameters", []))

    @property
    def body(self) -> dict[str, Any] | None:
        """The JSON media type object of the request, or None."""
        media: dict[str, Any] | None = self.definition.get("requestBody", {}).get("content", {}).get("application/json")
        return media

    @property
    def public(self) -> bool:
        """Whether it needs no token."""
        return bool(self.definition.get("security") == [])

    @property
    def successes(self) -> list[int]:
        """The documented statuses of the 2xx class."""
        return [int(status) for status in self.definition["responses"] if status.startswith("2")]


@cache
def operations() -> tuple[Operation, ...]:
    """All operations, in the order of the document."""
    found = []
    for path, item in CONTRACT.resolved["paths"].items():
        for method in METHODS:
            if method in item:
                definition = dict(item[method])
                definition["parameters"] = [*item.get("parameters", []), *definition.get("parameters", [])]
                source = CONTRACT.document["paths"][path][method]
                found.append(Operation(definition["operationId"], method, path, definition, source))
    return tuple(found)


def examples_of(media: dict[str, Any]) -> dict[str, Any]:
    """The named examples of a media type or parameter object without `$ref`s; a lone one is called `example`."""
    found = {name: example["value"] for name, example in media.get("examples", {}).items()}
    if "example" in media:
        found["example"] = media["example"]
    return found


def nodes(node: Any, at: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping below `node` with its place."""
    if isinstance(node, dict):
        yield at, node
        for key, child in node.items():
            yield from nodes(child, f"{at}/{key}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from nodes(child, f"{at}/{number}")
