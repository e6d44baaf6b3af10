"""Holds what the server answers against the contract: every response a test receives, and every stream event.

checker = ResponseChecker(Contract.load())
checker.check("send-chat-message", 201, response.headers, response.content)
client = httpx.AsyncClient(transport=CheckedTransport(httpx.AsyncHTTPTransport(), checker), ...)
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import httpx
import orjson

from palaver.contract.loader import Contract
from palaver.contract.routing import RoutingTable
from palaver.contract.validation import BodyValidator
from palaver.contract.violations import dotted
from tests.support.canaries import CANARIES

ANSWERED: Final[set[tuple[str, int]]] = set()
"""The (operation id, status) pairs that servers have answered in this process; what made them held to the contract."""

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_COMMON_HEADERS = ("x-coder-build-version", "x-content-type-options", "x-request-id")
_SITE = ("/healthz", "/readyz", "/metrics", "/docs", "/openapi.yaml", "/openapi.json")


class ContractBroken(AssertionError):
    """A response or an event that the contract does not describe."""


class ResponseChecker:
    """Every response schema and event schema of a contract, compiled once.

    `check` wants: a status that the operation lists, a media type that the response lists (no body where it lists
    none), a body that fits the schema, every header that the response requires and, where given, of its type, and the
    headers that every answer carries.
    """

    def __init__(self, contract: Contract) -> None:
        document = contract.resolved
        self._components: dict[str, Any] = document.get("components", {})
        self._operations: dict[str, dict[str, Any]] = {}
        self._routes: RoutingTable[str] = RoutingTable()
        self._validators: dict[int, BodyValidator] = {}
        self._seen: set[tuple[str, int]] = set()
        for path, item in document["paths"].items():
            for method in _METHODS:
                if method in item:
                    operation = item[method]
                    self._operations[operation["operationId"]] = operation
                    self._routes.add(path, method.upper(), operation["operationId"])
        for operation in self._operations.values():
            for response in operation["responses"].values():
                for media in response.get("content", {}).values():
                    self._compile(media.get("schema", {}))
                for header in response.get("headers", {}).values():
                    self._compile(header.get("schema", {}))
        for schema in self._components.get("schemas", {}).values():
            self._compile(schema)

    @property
    def seen(self) -> frozenset[tuple[str, int]]:
        """The (operation id, status) pairs that have been checked."""
        return frozenset(self._seen)

    @property
    def operation_ids(self) -> frozenset[str]:
        """All operations of the contract."""
        return frozenset(self._operations)

    def check(self, operation_id: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Raise ContractBroken unless this is an answer that the operation may give. Header names in any case."""
        response = self._response(operation_id, status)
        what = f"{operation_id} {status}"
        given = {name.lower(): value for name, value in headers.items()}
        self._check_headers(what, response, given)
        content = response.get("content", {})
        media_type = given.get("content-type", "").partition(";")[0].strip()
        if not content:
            if body:
                raise ContractBroken(f"{what}: a body of {len(body)} bytes where the contract has none")
        elif media_type in content:
            # A stored file is bytes as they were sent, whatever they are called.
            is_file = "application/octet-stream" in content
            self._check_body(what, media_type, content[media_type].get("schema", {}), body, is_file=is_file)
        elif "application/octet-stream" not in content:
            raise ContractBroken(f"{what}: {media_type or 'no media type'} instead of {sorted(content)}")
        self._seen.add((operation_id, status))

    def check_request(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """As `check`, for a method and a raw path; what is not in the contract must be 404 or 405."""
        if path.startswith(_SITE):
            return
        found = self._routes.find(path)
        operation_id = found[0].get(method) if found else None
        CANARIES.check_answer(operation_id, status, headers.items(), body)
        if found is None:
            if status != 404 or orjson.loads(body) != {"message": "Route not found."}:
                raise ContractBroken(f"{method} {path}: {status} for an unknown path")
        elif method not in found[0]:
            allowed = sorted(found[0])
            if status != 405 or body or headers.get("allow", "").split(", ") != allowed:
                raise ContractBroken(f"{method} {path}: {status}, not an empty 405 with Allow: {', '.join(allowed)}")
        else:
            self.check(found[0][method], status, headers, body)

    def operation_of(self, method: str, path: str) -> str | None:
        """The id of the operation that a method and a raw path lead to."""
        found = self._routes.find(path)
        return found[0].get(method) if found else None

    def check_schema(self, name: str, value: Any) -> None:
        """Raise ContractBroken unless a decoded value fits the component schema of that name."""
        self._check_value(name, self._components["schemas"][name], value)

    def check_frame(self, frame: str | bytes) -> list[dict[str, Any]]:
        """The events of one WebSocket frame of the chat stream: 1 to 256 ChatStreamEvents."""
        CANARIES.search("a frame", frame)
        events = orjson.loads(frame)
        if not isinstance(events, list) or not 1 <= len(events) <= 256:
            raise ContractBroken("a frame is an array of 1 to 256 events")
        for event in events:
            self.check_schema("ChatStreamEvent", event)
        return events

    def check_watch_frame(self, frame: str | bytes) -> dict[str, Any]:
        """The event of one WebSocket frame of a watch: a ChatWatchEvent."""
        CANARIES.search("a frame", frame)
        event: dict[str, Any] = orjson.loads(frame)
        self.check_schema("ChatWatchEvent", event)
        return event

    def check_server_sent_event(self, block: str) -> dict[str, Any] | None:
        """One block of an event stream (the text between empty lines): its event, or None for a comment.

        The block must be a ServerSentEvent, its `data` a ChatStreamEvent or, with a `kind`, a ChatWatchEvent.
        """
        CANARIES.search("a server-sent event", block)
        fields: dict[str, str] = {}
        for line in block.splitlines():
            if line.startswith(":"):
                continue
            name, _, value = line.partition(":")
            if name not in {"id", "event", "data"} or name in fields:
                raise ContractBroken(f"a server-sent event with the line {line[:80]!r}")
            fields[name] = value.removeprefix(" ")
        if not fields:
            return None
        self.check_schema("ServerSentEvent", fields)
        event: dict[str, Any] = orjson.loads(fields["data"])
        self.check_schema("ChatWatchEvent" if "kind" in event else "ChatStreamEvent", event)
        return event

    def _response(self, operation_id: str, status: int) -> dict[str, Any]:
        responses: dict[str, dict[str, Any]] = self._operations[operation_id]["responses"]
        response = responses.get(str(status)) or responses.get("default")
        if response is None:
            raise ContractBroken(f"{operation_id}: status {status} is not among {sorted(responses)}")
        return response

    def _check_headers(self, what: str, response: dict[str, Any], given: Mapping[str, str]) -> None:
        missing = [name for name in _COMMON_HEADERS if name not in given]
        for name, header in response.get("headers", {}).items():
            text = given.get(name.lower())
            if text is None:
                if header.get("required"):
                    missing.append(name)
                continue
            schema = header.get("schema", {})
            is_number = schema.get("type") == "integer" and text.removeprefix("-").isdigit()
            self._check_value(f"{what}: header {name}", schema, int(text) if is_number else text)
        if missing:
            raise ContractBroken(f"{what}: lacks the headers {missing}")

    def _check_body(
        self, what: str, media_type: str, schema: dict[str, Any], body: bytes, *, is_file: bool = False
    ) -> None:
        if media_type == "application/json":
            if not is_file and not body.endswith(b"\n"):
                raise ContractBroken(f"{what}: JSON without a newline at its end")
            self._check_value(what, schema, orjson.loads(body))
        elif media_type == "text/event-stream":
            # What a cut leaves behind the last empty line is no event.
            for block in body.decode().split("\n\n")[:-1]:
                self.check_server_sent_event(block)
        elif media_type.startswith("text/"):
            self._check_value(what, schema, body.decode())

    def _check_value(self, what: str, schema: dict[str, Any], value: Any) -> None:
        violations = self._compile(schema).violations(value)
        if violations:
            first = violations[:5]
            told = "; ".join(f"{dotted(v.path) or 'it'} breaks {v.keyword} with {v.value!r:.200}" for v in first)
            raise ContractBroken(f"{what}: {told}")

    def _compile(self, schema: dict[str, Any]) -> BodyValidator:
        # Schemas live as long as the document, so their identities do not come again.
        compiled = self._validators.get(id(schema))
        if compiled is None:
            compiled = self._validators[id(schema)] = BodyValidator(schema, self._components)
        return compiled


class CheckedTransport(httpx.AsyncBaseTransport):
    """A transport that holds every response to the contract before the test sees it; event streams while they run."""

    def __init__(self, inner: httpx.AsyncBaseTransport, checker: ResponseChecker) -> None:
        self._inner = inner
        self._checker = checker
        self._is_real = isinstance(inner, httpx.AsyncHTTPTransport)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send, check, and hand on."""
        # A body of unknown length is an attachment: no secret stands in it.
        sent = request.content if isinstance(request.stream, httpx.ByteStream) else b""
        CANARIES.learn_request(str(request.url), request.headers, sent)
        response = await self._inner.handle_async_request(request)
        path = request.url.raw_path.decode().partition("?")[0]
        headers = dict(response.headers)
        if headers.get("content-type", "").startswith("text/event-stream"):
            self._check(request.method, path, response.status_code, headers, b"")
            assert isinstance(response.stream, httpx.AsyncByteStream)
            response.stream = _CheckedEvents(response.stream, self._checker)
            return response
        body = await response.aread()
        self._check(request.method, path, response.status_code, headers, body)
        return response

    def _check(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self._checker.check_request(method, path, status, headers, body)
        operation_id = self._checker.operation_of(method, path)
        if self._is_real and operation_id is not None:
            ANSWERED.add((operation_id, status))

    async def aclose(self) -> None:
        """Close the transport behind this one."""
        await self._inner.aclose()


class _CheckedEvents(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, checker: ResponseChecker) -> None:
        self._inner = inner
        self._checker = checker

    async def __aiter__(self) -> AsyncIterator[bytes]:
        rest = b""
        async for chunk in self._inner:
            *blocks, rest = (rest + chunk).split(b"\n\n")
            for block in blocks:
                self._checker.check_server_sent_event(block.decode())
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()
