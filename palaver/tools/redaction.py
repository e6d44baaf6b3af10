"""Credentials that a server repeats, in a result or an error: they are taken out before anybody sees or stores them."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import orjson

LEAST_LENGTH: Final = 16
"""Shorter values of headers are no credentials, or could be part of any text."""
MASK: Final = "…"
_NOT_SECRET: Final = frozenset({"x-coder-owner-id", "x-coder-chat-id"})


def secrets_of(headers: Mapping[str, str]) -> set[str]:
    """The credentials in the headers of a request, without the names of their schemes."""
    values = (value.rpartition(" ")[2] for name, value in headers.items() if name.lower() not in _NOT_SECRET)
    return {value for value in values if len(value) >= LEAST_LENGTH}


def without(value: Any, secrets: Collection[str]) -> Any:
    """A JSON value without these texts."""
    if not secrets:
        return value
    text = orjson.dumps(value).decode()
    # As they stand in JSON: most values repeat none, and then nothing is taken apart.
    if not any(orjson.dumps(secret).decode()[1:-1] in text for secret in secrets):
        return value
    return _replaced(value, secrets)


def _replaced(value: Any, secrets: Collection[str]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, MASK)
        return value
    if isinstance(value, dict):
        return {_replaced(key, secrets): _replaced(item, secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, secrets) for item in value]
    return value
