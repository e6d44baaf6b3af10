"""Refusals: one class per kind, each with its status and text. Handlers and the engine raise; the edge renders."""

from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import (
    BadRequest,
    Conflict,
    Forbidden,
    InternalError,
    NotFound,
    PayloadTooLarge,
    PreconditionFailed,
    ValidationFailed,
)

__all__ = [
    "BadRequest",
    "Conflict",
    "FieldError",
    "Forbidden",
    "InternalError",
    "NotFound",
    "PalaverError",
    "PayloadTooLarge",
    "PreconditionFailed",
    "ValidationFailed",
]
