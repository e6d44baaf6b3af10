"""Every answer and every stream event against openapi.yaml, whatever check asked for it.

What is wrong is kept by operation and by type of event, so that one spoiled answer is one finding, not the end of every
check that met it. The compatible wire has less than the contract of Palaver: keys, headers and operations that are
Palaver's own are not asked of others, and keys that the contract does not know are only noted. `strict` asks for all.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from palaver.contract.loader import Contract
from palaver.contract.routing import RoutingTable
from palaver.contract.validation import BodyValidator
from palaver.contract.violations import dotted

_METHODS: Final = ("get", "put", "post", "delete", "patch")
_OWN_HEADERS: Final = frozenset({"etag", "location", "x-request-id"})
"""Headers that the contract promises and the compatible wire does not."""
_COMMON_HEADERS: Final = {"x-coder-build-version": None, "x-content-type-options": "nosniff"}
_MOST_FAULTS: Final = 5
"""Different faults that are kept of one subject."""
_TOKEN: Final = re.compile(r"\b[0-9A-Za-z]{10}-[0-9A-Za-z]{22}\b")
_EXCERPT: Final = 300


@dataclass(slots=True)
class Ledger:
    """What was seen of one subject (an operation, a type of event): how often, and what was wrong with it."""

    seen: Counter[str] = field(default_factory=Counter)
    faults: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, faults: list[str], notes: list[str]) -> None:
        """Keep what is new, up to a bound."""
        for kept, new in ((self.faults, faults), (self.notes, notes)):
            for words in new:
                if len(kept) < _MOST_FAULTS:
                    kept.setdefault(words)


class Judge:
    """The schemas of a contract, compiled as they are needed. `operations` and `events` hold what came out."""

    def __init__(self, contract: Contract, *, strict: bool) -> None:
        self.strict = strict
        self.operations: dict[str, Ledger] = {}
        self.events: dict[str, Ledger] = {}
        self.headers = Ledger()
        self._whole = contract.resolved
        wire = Contract(contract.source, _compatible(contract.document))
        self._wire = wire.resolved
        self._validators: dict[int, BodyValidator] = {}
        self._routes: RoutingTable[tuple[str, str]] = RoutingTable()
        for path, item in self._whole["paths"].items():
            for method in _METHODS:
                if method in item:
                    self._routes.add(path, method.upper(), (path, method))

    def operation_id(self, method: str, path: str) -> str | None:
        """The operation that a request is for, if it is one of the contract."""
        found = self._find(method, path)
        return None if found is None else str(self._operation(self._whole, found)["operationId"])

    def answer(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Judge one answer. `path` is as sent, without the query; header names in lower case."""
        found = self._find(method, path)
        if found is None:
            return
        operation = self._operation(self._whole, found)
        ledger = self.operations.setdefault(operation["operationId"], Ledger())
        ledger.seen[str(status)] += 1
        self._common_headers(f"{method} {path}: {status}", headers)
        if status >= 500:
            ledger.add([f"{status}: {excerpt(body)}"], [])
            return
        described = operation["responses"].get(str(status))
        if described is None:
            ledger.add([f"status {status} is not among {', '.join(sorted(operation['responses']))}"], [])
            return
        described_by_wire = self._operation(self._wire, found)["responses"][str(status)]
        faults: list[str] = self._headers(described, headers)
        notes: list[str] = []
        media_type = headers.get("content-type", "").partition(";")[0].strip()
        content = described.get("content", {})
        if not content and body and status != 101:
            faults.append(f"{status} has a body of {len(body)} bytes where none belongs")
        elif media_type in content:
            if media_type == "application/json" and "application/octet-stream" not in content:
                whole, wire = (media["content"][media_type]["schema"] for media in (described, described_by_wire))
                more, less = self._json(f"{status}", whole, wire, body)
                faults += more
                notes += less
        elif content and "application/octet-stream" not in content:
            faults.append(f"{status} is {media_type or 'without media type'} instead of {' or '.join(sorted(content))}")
        ledger.add(faults, notes)

    def event(self, schema: str, value: Any) -> None:
        """Judge one event; `schema` is ChatStreamEvent or ChatWatchEvent."""
        kind = str(value.get("type" if schema == "ChatStreamEvent" else "kind")) if isinstance(value, dict) else "?"
        area = "stream" if schema == "ChatStreamEvent" else "watch"
        ledger = self.events.setdefault(f"{area}-{kind}", Ledger())
        ledger.seen["event"] += 1
        whole, wire = (document["components"]["schemas"][schema] for document in (self._whole, self._wire))
        known = whole.get("discriminator", {}).get("mapping")
        if known is not None and kind not in known and not self.strict:
            ledger.add([], [f'the contract knows no type "{kind}"; clients ignore it'])
            return
        ledger.add(*self._value(kind, whole, wire, value))

    def frame(self, fault: str) -> None:
        """Keep what is wrong with the form of a stream, not with one of its events."""
        self.events.setdefault("stream-frames", Ledger()).add([fault], [])

    def _find(self, method: str, path: str) -> tuple[str, str] | None:
        found = self._routes.find(path)
        return None if found is None else found[0].get(method)

    def _operation(self, document: dict[str, Any], found: tuple[str, str]) -> dict[str, Any]:
        operation: dict[str, Any] = document["paths"][found[0]][found[1]]
        return operation

    def _common_headers(self, what: str, headers: Mapping[str, str]) -> None:
        wanted = _COMMON_HEADERS | ({"x-request-id": None} if self.strict else {})
        self.headers.seen["answer"] += 1
        for name, value in wanted.items():
            if name not in headers:
                self.headers.add([f"{what} lacks {name}"], [])
            elif value is not None and headers[name] != value:
                self.headers.add([f"{what} has {name}: {headers[name]}"], [])

    def _headers(self, described: dict[str, Any], headers: Mapping[str, str]) -> list[str]:
        faults: list[str] = []
        for name, header in described.get("headers", {}).items():
            given = headers.get(name.lower())
            if given is None:
                if header.get("required") and (self.strict or name.lower() not in _OWN_HEADERS):
                    faults.append(f"lacks the header {name}")
            elif header.get("schema", {}).get("type") == "integer" and not given.lstrip("-").isdigit():
                faults.append(f"the header {name} is no integer: {given}")
        return faults

    def _json(self, what: str, whole: dict[str, Any], wire: dict[str, Any], body: bytes) -> tuple[list[str], list[str]]:
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError:
            return [f"{what} is no JSON: {excerpt(body)}"], []
        return self._value(what, whole, wire, value)

    def _value(self, what: str, whole: dict[str, Any], wire: dict[str, Any], value: Any) -> tuple[list[str], list[str]]:
        """(faults, notes): what breaks the wire, and what only breaks the whole contract."""
        beyond = self._violations(what, whole, value)
        if self.strict or not beyond:
            return beyond, []
        return self._violations(what, wire, value), [words for words in beyond if " knows no " in words]

    def _violations(self, what: str, schema: dict[str, Any], value: Any) -> list[str]:
        # Schemas live as long as the documents, so their identities do not come again.
        compiled = self._validators.get(id(schema))
        if compiled is None:
            components = (self._whole if self.strict else self._wire).get("components", {})
            compiled = self._validators[id(schema)] = BodyValidator(schema, components)
        words = []
        for violation in compiled.violations(value)[:_MOST_FAULTS]:
            place = re.sub(r"\[\d+\]", "[]", dotted(violation.path))
            if violation.keyword == "required":
                words.append(f"{what}: lacks {place}")
            elif violation.keyword == "additionalProperties":
                known = {name for owner in violation.owners for name in owner.get("properties", {})}
                unknown = sorted(violation.value.keys() - known) if isinstance(violation.value, dict) else []
                words.append(f"{what}: {place or 'the contract'} knows no {', '.join(unknown)}")
            else:
                words.append(f"{what}: {place or 'it'} breaks {violation.keyword} with {excerpt(violation.value)}")
        return words


def excerpt(value: Any) -> str:
    """The beginning of a body or a value, for people; nothing that looks like a token."""
    text = value.decode(errors="replace") if isinstance(value, bytes) else repr(value)
    text = _TOKEN.sub("<token>", text.strip())
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def _compatible(node: Any) -> Any:
    """The contract without what only Palaver promises: objects are open, and keys of its own are not required."""
    if isinstance(node, list):
        return [_compatible(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _compatible(value) for key, value in node.items()}
    if made.get("additionalProperties") is False:
        del made["additionalProperties"]
    properties = made.get("properties")
    if isinstance(properties, dict) and isinstance(made.get("required"), list):
        own = {name for name, value in properties.items() if _is_own(value)}
        made["required"] = [name for name in made["required"] if name not in own]
        if not made["required"]:
            del made["required"]
    return made


def _is_own(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("x-palaver-extension") is True
