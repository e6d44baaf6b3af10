"""Refusals of what was to be imported."""

from palaver.errors.common import BadRequest


class InvalidExport(BadRequest):
    """The file says something that no history can be; `detail` names the place."""

    message = "Invalid chat export."

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)
