"""Finds and reads openapi.yaml: the one file that everything in this package is derived from."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import orjson
import yaml

JSONObject = dict[str, Any]


class _Loader(yaml.CSafeLoader):
    """Reads YAML as JSON: dates stay the text they are in the file."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def contract_path() -> Path:
    """Where the contract lies: beside the checkout, else in the installed package. Raises FileNotFoundError."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent / "openapi.yaml"
    if checkout.is_file() and (package.parent / "pyproject.toml").is_file():
        return checkout
    packaged = package / "openapi.yaml"
    if packaged.is_file():
        return packaged
    raise FileNotFoundError(f"openapi.yaml is neither at {checkout} nor at {packaged}")


@dataclass(frozen=True, eq=False)
class Contract:
    """The contract as bytes (served as they are) and as a document with its `$ref`s (keys are strings).

    All that load the same bytes share one object: the document is to be read, not changed.
    """

    source: bytes
    document: JSONObject

    @classmethod
    def load(cls, path: Path | None = None) -> "Contract":
        """Read the contract at `path`, by default the one of this installation."""
        return _parse((path or contract_path()).read_bytes())

    @cached_property
    def json(self) -> bytes:
        """The document as compact JSON."""
        return orjson.dumps(self.document) + b"\n"

    @cached_property
    def resolved(self) -> JSONObject:
        """The document with every `$ref` replaced by what it names. Raises ValueError for a circle."""
        resolved = inline_references(self.document, self.document)
        assert isinstance(resolved, dict)
        return resolved


@lru_cache(maxsize=4)
def _parse(source: bytes) -> Contract:
    return Contract(source, _with_text_keys(yaml.load(source, _Loader)))  # noqa: S506 - a SafeLoader


def inline_references(node: Any, document: JSONObject) -> Any:
    """A copy of `node` without `$ref`s (equal targets are shared); keys beside a `$ref` fill what its target lacks.

    Raises ValueError when a reference leads to itself and KeyError when it leads nowhere.
    """
    targets: dict[str, Any] = {}
    trail: list[str] = []

    def inline(node: Any) -> Any:
        if isinstance(node, list):
            return [inline(item) for item in node]
        if not isinstance(node, dict):
            return node
        reference = node.get("$ref")
        if not isinstance(reference, str):
            return {key: inline(value) for key, value in node.items()}
        if reference in trail:
            raise ValueError(f"the reference {reference} leads to itself")
        if reference not in targets:
            trail.append(reference)
            targets[reference] = inline(lookup(document, reference))
            trail.pop()
        siblings = {key: inline(value) for key, value in node.items() if key != "$ref"}
        return {**siblings, **targets[reference]} if siblings else targets[reference]

    return inline(node)


def lookup(document: JSONObject, reference: str) -> Any:
    """What a local reference such as `#/components/schemas/Chat` names."""
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def _with_text_keys(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _with_text_keys(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_text_keys(item) for item in node]
    return node
