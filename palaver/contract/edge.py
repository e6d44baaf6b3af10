"""The outermost ASGI application: connexion's specification, operations and resolver, compiled into one table.

`http` and `lifespan` go through connexion's stack, which here is this Edge and the lifespan; `websocket` goes to the
same table directly, since connexion closes WebSockets on its paths. Every request passes the same gates in the same
order: route, token, rate limit, contract, handler.
"""

import os
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import connexion
import jsonschema_rs
import structlog
from connexion.exceptions import InvalidSpecification
from connexion.middleware import SpecMiddleware
from connexion.middleware.abstract import AbstractRoutingAPI
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.middleware.main import API
from connexion.operations import AbstractOperation
from connexion.spec import OpenAPISpecification, Specification
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, reset_contextvars

from palaver.contract.body import ClientDisconnected
from palaver.contract.conditional import Preconditions, with_etag
from palaver.contract.cross_origin import CrossOrigin, OriginPolicy
from palaver.contract.handlers import HandlerResolver
from palaver.contract.loader import Contract
from palaver.contract.operation import Operation
from palaver.contract.rendering import Response, render, render_error
from palaver.contract.replies import PiecesReply, RawHeaders, RawReply, Redirect, Reply, StreamReply
from palaver.contract.routing import RoutingTable
from palaver.contract.site import Site
from palaver.errors.base import PalaverError
from palaver.errors.common import InternalError
from palaver.errors.request import MethodNotAllowed, OriginRefused, RouteNotFound
from palaver.metrics import observe
from palaver.telemetry import REQUEST_ID

if TYPE_CHECKING:
    from palaver.services import Services

_log = structlog.get_logger(__name__)

_PLAIN_ANSWERS = (dict, list, type(None), Reply, RawReply, PiecesReply, Redirect)
_CLIENT_LEFT = 499

Lifespan = Callable[[Any], AbstractAsyncContextManager[Any]]


class _Specification(OpenAPISpecification):  # type: ignore[misc]
    """connexion's reading of the contract, held against the same schema of OpenAPI 3.0 by a compiled validator."""

    @classmethod
    def _validate_spec(cls, spec: dict[str, Any]) -> None:
        try:
            jsonschema_rs.Draft4Validator(cls.openapi_schema).validate(spec)
        except jsonschema_rs.ValidationError as error:
            raise InvalidSpecification(str(error)) from error


@lru_cache(maxsize=4)
def _specification(contract: Contract) -> _Specification:
    """Read once for all servers of a process; without a base path of its own nothing in it is changed."""
    return _Specification(dict(contract.document))


class _OperationTable(AbstractRoutingAPI[Operation]):  # type: ignore[misc]
    """connexion's view of one specification; compiles each operation as it is added."""

    def __init__(
        self,
        specification: Specification,
        *,
        services: "Services",
        routes: RoutingTable[Operation],
        base_path: str | None,
        resolver: HandlerResolver,
    ) -> None:
        self._services = services
        self._routes = routes
        self._operations: dict[str, Operation] = {}
        self._preconditions = Preconditions(services)
        super().__init__(specification, base_path=base_path, resolver=resolver)
        for operation in self._operations.values():
            operation.check_precondition()

    def make_operation(self, operation: AbstractOperation) -> Operation:
        definition = self.specification.get_operation(operation.path, operation.method)
        compiled = Operation(operation, self._services, definition, self._operations, self._preconditions)
        self._operations[compiled.operation_id] = compiled
        return compiled

    @staticmethod
    def _framework_path_and_name(operation: AbstractOperation, path: str) -> tuple[str, str]:
        return path, operation.operation_id

    def _add_operation_internal(self, method: str, path: str, operation: Operation, name: str | None = None) -> None:
        self._routes.add(f"{self.base_path}{path}", method.upper(), operation)


class Edge(SpecMiddleware):  # type: ignore[misc]
    """Answers every request itself; the application behind it in connexion's stack is never reached by one."""

    def __init__(self, next_app: ASGIApp, services: "Services", contract: Contract) -> None:
        self._next_app = next_app
        self._services = services
        self._routes: RoutingTable[Operation] = RoutingTable()
        self._site = Site(services, contract)
        self._origins = OriginPolicy(services.settings.other_origins, services.settings.access_url)
        self._base_headers = _base_headers(services.version)

    def add_api(
        self, specification: Specification, *, resolver: HandlerResolver, base_path: str | None = None, **_: Any
    ) -> None:
        """Compile a specification. Raises ResolverError or HandlerMismatch when handlers and contract differ."""
        _OperationTable(
            specification, services=self._services, routes=self._routes, base_path=base_path, resolver=resolver
        )
        resolver.check_all_used()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request; the lifespan goes on to connexion's own middleware."""
        if scope["type"] != "http":
            await self._next_app(scope, receive, send)
            return
        await self._serve(scope, receive, send, websocket=False)

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one upgrade: a GET of the same path. What does not become a stream is sent before accepting."""
        await self._serve(scope, receive, send, websocket=True)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, *, websocket: bool) -> None:
        started_at = time.perf_counter()
        request_id = os.urandom(8).hex()
        bound = bind_contextvars(**{REQUEST_ID: request_id})
        call = _Call(scope, receive, send, request_id, websocket=websocket)
        try:
            response = await self._respond(call)
            if response is not None:
                call.status = response.status
                await self._finish(response, call)
        except ClientDisconnected:
            call.status = _CLIENT_LEFT
        finally:
            observe(call.operation_id, call.status, time.perf_counter() - started_at)
            reset_contextvars(**bound)

    async def _respond(self, call: "_Call") -> Response | None:
        """The answer or the rendered refusal; None when a stream has been served."""
        headers: RawHeaders = [*self._base_headers, (b"x-request-id", call.request_id.encode())]
        try:
            return await self._answer(call, headers)
        except ClientDisconnected:
            raise
        except PalaverError as error:
            if call.started:
                raise
            if error.status >= 500:
                _log.error("A request was answered with a server error.", error=str(error), operation=call.operation_id)
            return render_error(error, headers)
        except Exception:
            if call.started:
                raise
            _log.exception("A request failed.", action="request", operation=call.operation_id)
            # Only the common fields: what the failed answer had added may be half of something.
            del headers[len(self._base_headers) + 1 :]
            return render_error(InternalError(detail=f"Request ID: {call.request_id}"), headers)

    async def _answer(self, call: "_Call", headers: RawHeaders) -> Response | None:
        scope = call.scope
        method = "GET" if call.websocket else scope["method"]
        raw_path = scope.get("raw_path")
        path = raw_path.decode("latin-1") if raw_path else quote(scope["path"])
        found = self._routes.find(path)
        if found is None:
            response = await self._site.answer(path, method, scope["headers"], headers)
            if response is None:
                raise RouteNotFound
            return response
        methods, segments = found
        operation = methods.get(method)
        if operation is None:
            raise MethodNotAllowed(methods)
        call.operation_id = operation.operation_id
        request_headers = _header_map(scope["headers"])
        if "origin" in request_headers:
            self._check_origin(request_headers, is_websocket=call.websocket)
        client = scope.get("client")
        answer = await operation.answer(
            segments,
            scope["query_string"],
            path,
            request_headers,
            client[0] if client else "",
            call.request_id,
            _no_body if call.websocket else call.receive,
            headers,
        )
        if isinstance(answer, _PLAIN_ANSWERS) or not isinstance(answer, StreamReply):
            response = render(answer, operation.success_status, headers)
            return with_etag(response, request_headers) if operation.has_etag else response
        call.status = operation.success_status
        serve = answer.websocket if call.websocket else answer.http
        await serve(scope, call.receive, call.send, headers)
        return None

    async def _finish(self, response: Response, call: "_Call") -> None:
        if not call.websocket:
            if not call.body_read and _expects_continue(call.scope):
                # The caller may now leave its body out or send it all the same: this connection has no next request.
                response.headers.append((b"connection", b"close"))
            await response.send(call.send)
            return
        await call.receive()  # websocket.connect: the protocol wants it taken before anything is sent
        if "websocket.http.response" in call.scope.get("extensions", {}):
            await response.send(call.send, websocket=True)
        else:
            await call.send({"type": "websocket.close", "code": 1008, "reason": f"HTTP {response.status}"})

    def _check_origin(self, headers: dict[str, str], *, is_websocket: bool) -> None:
        """A page of another origin acts by a token only, never by the user's cookies.

        Browsers keep it from other requests by themselves, but open WebSockets for every page, with the cookies: so
        one is refused to pages that nobody has allowed. Clients without an Origin may do both.
        """
        if self._origins.is_allowed(headers):
            headers.pop("cookie", None)
        elif is_websocket and not self._origins.is_own(headers):
            raise OriginRefused(headers["origin"], headers.get("host", ""))


class _Call:
    """One request on its way: its ASGI ends, and what is known of its answer."""

    __slots__ = (
        "_receive", "_send", "body_read", "operation_id", "request_id", "scope", "started", "status", "websocket",
    )  # fmt: skip

    def __init__(self, scope: Scope, receive: Receive, send: Send, request_id: str, *, websocket: bool) -> None:
        self.scope = scope
        self._receive = receive
        self._send = send
        self.request_id = request_id
        self.websocket = websocket
        self.operation_id: str | None = None
        self.body_read = False
        self.started = False
        self.status = 500

    async def receive(self) -> Message:
        """The next message from the caller."""
        message = await self._receive()
        if not message.get("more_body", False):
            self.body_read = True
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on; from the first one on a refusal can no longer be rendered."""
        self.started = True
        await self._send(message)


class EdgeApp:
    """What uvicorn runs."""

    def __init__(self, connexion_app: connexion.AsyncApp, edges: list[Edge]) -> None:
        self._connexion_app = connexion_app
        self._edges = edges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Dispatch by scope: `websocket` to the Edge, everything else through connexion."""
        if scope["type"] == "websocket" and self._edges:
            await self._edges[0].websocket(scope, receive, send)
        else:
            await self._connexion_app(scope, receive, send)


def build_edge(
    services: "Services",
    *,
    handlers_package: str = "handlers",
    contract: Contract | None = None,
    lifespan: Lifespan | None = None,
) -> EdgeApp:
    """The ASGI application. `lifespan` is an async context manager around the server's life.

    A process with the role `worker` serves no operation of the contract, only what tells its health.

    The contract is compiled when the first message arrives, which under uvicorn (`lifespan="on"`) is the start-up: a
    contract and handlers that do not fit end the process before it serves. Raises HandlerMismatch or ResolverError
    for handlers that cannot be imported unambiguously, InvalidSpecification for a contract that is not OpenAPI 3.0.
    """
    contract = contract or Contract.load()
    edges: list[Edge] = []

    def edge(next_app: ASGIApp) -> Edge:
        edges.append(Edge(next_app, services, contract))
        return edges[-1]

    def cross_origin(next_app: ASGIApp) -> CrossOrigin:
        return CrossOrigin(next_app, services.settings.other_origins, contract, _base_headers(services.version))

    app = connexion.AsyncApp(
        "palaver",
        lifespan=lifespan,
        middlewares=[*([cross_origin] if services.settings.other_origins else []), edge, LifespanMiddleware],
        resolver=HandlerResolver(handlers_package),
    )
    if services.settings.role != "worker":
        # What app.add_api does with a document, without its slow check of it, and once for all servers.
        app.middleware.apis.append(API(_specification(contract), base_path=None, **vars(app.middleware.options)))
    return EdgeApp(app, edges)


def _base_headers(version: str) -> RawHeaders:
    return [
        (b"x-coder-build-version", version.encode("latin-1", "replace")),
        (b"x-content-type-options", b"nosniff"),
    ]


def _expects_continue(scope: Scope) -> bool:
    return any(name == b"expect" for name, _ in scope["headers"])


async def _no_body() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _header_map(raw: RawHeaders) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name_bytes, value_bytes in raw:
        name, value = name_bytes.decode("latin-1"), value_bytes.decode("latin-1")
        if name in headers:
            value = f"{headers[name]}{'; ' if name == 'cookie' else ', '}{value}"
        headers[name] = value
    return headers
