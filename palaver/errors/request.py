"""Refusals that the edge makes before a handler runs (contract/README.md, "Error body and generic answers").

PalaverError
├── RouteNotFound        404
├── MethodNotAllowed     405, no body
├── OriginRefused        403, WebSocket from a page of another host
└── BadRequest
    ├── InvalidJSON      the body cannot be decoded
    ├── InvalidUUID      a path parameter
    ├── InvalidPathParameter
    ├── InvalidQuery     validations name the parameters
    └── ContractViolation   the contract's own text, beside the keyword that broke (x-violation)
"""

from collections.abc import Iterable, Sequence

from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import BadRequest, PayloadTooLarge


class RouteNotFound(PalaverError):
    """No path of the contract matches."""

    status = 404
    message = "Route not found."


class MethodNotAllowed(PalaverError):
    """The path exists, but not with this method. Sent without a body; `Allow` lists the methods."""

    status = 405
    message = ""

    def __init__(self, allowed: Iterable[str]) -> None:
        super().__init__(headers={"Allow": ", ".join(sorted(allowed))})


class OriginRefused(PalaverError):
    """A browser page of another host tried to open a WebSocket with the user's cookie."""

    status = 403
    message = "WebSocket origin is not allowed."

    def __init__(self, origin: str, host: str) -> None:
        super().__init__(detail=f'Request origin "{origin}" is not authorized for host "{host}".')


class BodyTooLarge(PayloadTooLarge):
    """The body exceeds the operation's cap. What is left of it is not read, so the connection ends with the answer."""

    def __init__(self, message: str | None = None, detail: str | None = None) -> None:
        super().__init__()
        self.headers["Connection"] = "close"
        if message is not None:
            self.message, self.detail = message, detail


class InvalidJSON(BadRequest):
    """The body is no JSON, or a value in it has the wrong type; the detail says where."""

    message = "Request body must be valid JSON."


class InvalidUUID(BadRequest):
    """A path parameter is no UUID."""

    def __init__(self, raw: str, reason: str) -> None:
        super().__init__(message=f'Invalid UUID "{raw}".', detail=reason)


class InvalidPathParameter(BadRequest):
    """A path parameter breaks its schema, and the contract has no text of its own for it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(message=f'Invalid path parameter "{name}".', detail=reason)


class InvalidQuery(BadRequest):
    """Query parameters are malformed; one validation per parameter."""

    message = "Query parameters have invalid values."

    def __init__(self, validations: Sequence[FieldError]) -> None:
        super().__init__(validations=validations)


class ContractViolation(BadRequest):
    """A broken constraint for which the contract has its own words (`x-violation`)."""

    def __init__(self, message: str, detail: str | None, validations: Sequence[FieldError] = ()) -> None:
        super().__init__(message=message, detail=detail, validations=validations)


class PreconditionFailed(PalaverError):
    """`If-Match` names another version of the thing than the present one, whose ETag is `etag`."""

    status = 412
    message = "The resource has been changed."

    def __init__(self, etag: str) -> None:
        super().__init__(detail="If-Match does not name its present version.", headers={"ETag": etag})
