"""Refusals about keys: what a new token may be."""

from palaver.errors.base import FieldError
from palaver.errors.common import BadRequest, Conflict


class UnknownScope(BadRequest):
    """A scope that does not exist."""

    message = "Failed to create API key."

    def __init__(self, scope: str) -> None:
        super().__init__(detail=f'invalid or unsupported API key scope: "{scope}"')


class LifetimeTooLong(BadRequest):
    """A token may not live that long for this user; `longest` as in `168h0m0s`."""

    message = "Failed to validate create API key request."

    def __init__(self, longest: str) -> None:
        super().__init__(detail=f"lifetime must be less than {longest}")


class TokenNameTaken(Conflict):
    """The user has a token of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            message=f'A token with name "{name}" already exists.',
            validations=[
                FieldError(field="name", detail="This value is already in use and should be unique."),
            ],
        )
