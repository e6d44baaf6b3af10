"""One operation of the contract, compiled: its gates in their order, then its handler."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from connexion.operations import AbstractOperation
from starlette.types import Receive

from palaver.auth.csrf import check_csrf
from palaver.auth.tokens import find_token
from palaver.contract.body import read_body
from palaver.contract.conditional import Preconditions, body_of
from palaver.contract.context import Context
from palaver.contract.decoding import decode_json
from palaver.contract.handlers import Handler, HandlerMismatch, check_signature
from palaver.contract.parameters import Parameter, ParameterReader, compile_parameter, handled
from palaver.contract.replies import RawHeaders
from palaver.contract.routing import squeezed
from palaver.contract.schemas import Schema
from palaver.contract.validation import BodyValidator
from palaver.errors.request import BodyTooLarge

if TYPE_CHECKING:
    from palaver.services import Services

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_JSON = "application/json"
_BYPASS_HEADER = "x-coder-bypass-ratelimit"
_IF_MATCH = "if-match"


class Operation:
    """The compiled form of one operation; built at start, used by every request.

    Extensions it reads: `x-body-limit` (bytes; default: the setting body_limit_bytes), with its texts
    in the operation's `x-violation`; `x-body-deferred`: the handler takes the body when it has made its first checks;
    `x-precondition`: the read, one of `operations`, whose ETag `If-Match` has to name. A read with a 304 gets ETags.
    Raises HandlerMismatch or
    ValueError at start for what it cannot serve.
    """

    def __init__(
        self,
        operation: AbstractOperation,
        services: "Services",
        definition: Schema,
        operations: Mapping[str, "Operation"],
        preconditions: Preconditions,
    ) -> None:
        self.operation_id: str = operation.operation_id
        self.method: str = operation.method.upper()
        self.path: str = operation.path
        self._services = services
        self._handler: Handler = operation.function
        self._public = not operation.security
        self._unsafe = self.method not in _SAFE_METHODS
        components: Schema = operation.components
        self._operations = operations
        self._preconditions = preconditions
        self._precondition: str | None = definition.get("x-precondition")
        self.has_etag: bool = "304" in operation.responses
        parameters = [
            compile_parameter(parameter, components) for parameter in handled(operation.parameters, definition)
        ]
        self.argument_names: list[str] = [parameter.argument for parameter in parameters]
        self._parameters = _reader(self.path, parameters)
        request: Schema = operation.request_body
        self._has_body = bool(request)
        self._body_required: bool = request.get("required", False)
        self._body_limit: int = definition.get("x-body-limit", services.settings.body_limit_bytes)
        self._body_deferred: bool = definition.get("x-body-deferred", False)
        words = definition.get("x-violation", {}).get("x-body-limit", {})
        self._too_large = partial(BodyTooLarge, words.get("message"), words.get("detail"))
        media_types: Mapping[str, Schema] = request.get("content", {})
        self._takes_json = _JSON in media_types
        schema = media_types.get(_JSON, {}).get("schema", {})
        self._check_body = BodyValidator(schema, components).check if self._takes_json else None
        self.success_status = _success_status(self.operation_id, operation.responses)
        check_signature(self.operation_id, self._handler, parameters, has_body=self._takes_json)

    async def answer(
        self,
        segments: list[str],
        query_string: bytes,
        path: str,
        headers: Mapping[str, str],
        client_ip: str,
        request_id: str,
        receive: Receive,
        response_headers: RawHeaders,
    ) -> Any:
        """Pass the gates and call the handler; returns what it returned.

        The rate limit's fields are added to `response_headers`, for refusals too. Raises PalaverError for refusals
        and ClientDisconnected.
        """
        services = self._services
        if self._unsafe and "cookie" in headers:
            check_csrf(self.method, squeezed(path), headers, query_string)
        actor = None
        if not self._public:
            actor = await services.authenticator.authenticate(find_token(headers, query_string))
        counted = services.limiter.admit(self.operation_id, actor, client_ip, headers.get(_BYPASS_HEADER))
        for name, value in counted.items():
            response_headers.append((name.lower().encode(), value.encode()))
        take_body = partial(read_body, receive, headers, self._body_limit, self._too_large)
        body = await take_body() if self._has_body and not self._body_deferred else b""
        arguments = self._parameters.read(segments, query_string, headers)
        if self._check_body is not None:
            arguments["body"] = self._decode(body)
        context = Context(
            services,
            actor,
            self.operation_id,
            self.method,
            path,
            headers,
            body,
            request_id,
            client_ip,
            None if actor is None else actor.key_id,
            take_body,
        )
        if self._precondition is None or (wanted := headers.get(_IF_MATCH)) is None:
            return await self._handler(context, **arguments)
        read = self._operations[self._precondition].read
        async with self._preconditions.held(context, wanted, read, arguments):
            return await self._handler(context, **arguments)

    async def read(self, context: Context, arguments: Mapping[str, Any]) -> bytes:
        """What this operation, a read, answers to the caller of another one with at least its parameters."""
        asked = replace(context, operation_id=self.operation_id, method=self.method, body=b"")
        given = {name: arguments[name] for name in self.argument_names}
        return body_of(await self._handler(asked, **given), self.success_status)

    def check_precondition(self) -> None:
        """Raise HandlerMismatch when `x-precondition` names no read with an ETag that this operation can make."""
        if self._precondition is None:
            return
        read = self._operations.get(self._precondition)
        if read is None or not read.has_etag or not set(read.argument_names) <= set(self.argument_names):
            raise HandlerMismatch(f"{self.operation_id}: {self._precondition} is no read that If-Match can speak of")

    def _decode(self, raw: bytes) -> Any:
        if not raw and not self._body_required:
            return None
        body = decode_json(raw)
        assert self._check_body is not None
        self._check_body(body)
        return body


def _reader(path: str, parameters: list[Parameter]) -> ParameterReader:
    names = [segment[1:-1] for segment in path.split("/") if segment.startswith("{")]
    in_path = {parameter.name: parameter for parameter in parameters if parameter.location == "path"}
    if set(names) != in_path.keys():
        raise ValueError(f"{path} and its path parameters {sorted(in_path)} differ")
    return ParameterReader(
        [in_path[name] for name in names],
        [parameter for parameter in parameters if parameter.location == "query"],
        [parameter for parameter in parameters if parameter.location == "header"],
    )


def _success_status(operation_id: str, responses: Mapping[str, Any]) -> int:
    """The first 2xx response; an operation that only refuses (a retired one) has its first status instead."""
    statuses = sorted(int(status) for status in responses if status.isdigit())
    successes = [status for status in statuses if 200 <= status < 300]
    if not statuses:
        raise HandlerMismatch(f"{operation_id} has no response with a status")
    return (successes or statuses)[0]
