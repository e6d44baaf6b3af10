"""The family of refusals: every error that reaches a client is one of these; one place renders them all."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypedDict


class FieldError(TypedDict):
    """One rejected field: its JSON or query name and what is wrong with it (the contract's ValidationError)."""

    field: str
    detail: str


class PalaverError(Exception):
    """A refusal as the contract's `Response`: status, message, optional detail, validations and headers.

    A subclass fixes `status` and `message`; an instance may give another message where only words differ.
    """

    status: ClassVar[int] = 500
    message: str = "An internal server error occurred."

    def __init__(
        self,
        *,
        message: str | None = None,
        detail: str | None = None,
        validations: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if message is not None:
            self.message = message
        self.detail = detail
        self.validations = list(validations)
        self.headers = dict(headers or {})
        super().__init__(self.message if detail is None else f"{self.message} {detail}")

    def body(self) -> dict[str, object]:
        """The JSON body; keys without a value are left out, as on the wire."""
        body: dict[str, object] = {"message": self.message}
        if self.detail:
            body["detail"] = self.detail
        if self.validations:
            body["validations"] = self.validations
        return body
