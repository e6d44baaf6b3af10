"""Refusals that many operations share (contract/README.md, "Error body and generic answers")."""

from palaver.errors.base import PalaverError


class BadRequest(PalaverError):
    """The request is well-formed but wrong; the text says why. Subclass it where code tells cases apart."""

    status = 400


class ValidationFailed(BadRequest):
    """A constraint of the contract without a text of its own is broken; `validations` name the fields."""

    message = "Validation failed."


class Forbidden(PalaverError):
    """The caller may see the thing but not do this."""

    status = 403
    message = "Forbidden."

    def __init__(self) -> None:
        super().__init__(
            detail="You don't have permission to view this content. If you believe this is a mistake, please contact "
            "your administrator or try signing in with different credentials."
        )


class NotFound(PalaverError):
    """The thing does not exist, or the caller may not know that it does."""

    status = 404
    message = "Resource not found or you do not have access to this resource"


class Conflict(PalaverError):
    """The request does not fit the present state of the thing."""

    status = 409


class PreconditionFailed(PalaverError):
    """Something that the request builds on is missing or disabled."""

    status = 412


class PayloadTooLarge(PalaverError):
    """The request body is larger than the operation takes."""

    status = 413
    message = "Request body too large."

    def __init__(self) -> None:
        super().__init__(detail="http: request body too large")


class InternalError(PalaverError):
    """Something failed that is not the caller's doing; the detail carries the request id, never a stack trace."""

    status = 500
