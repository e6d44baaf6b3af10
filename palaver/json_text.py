"""JSON text of what models and providers said, which may hold what UTF-8 cannot carry."""

from typing import Any, TypeVar, cast

import orjson

Value = TypeVar("Value")


def dump_json(value: Any) -> bytes:
    """Compact UTF-8 JSON. A lone surrogate, which a model may produce by cutting a pair, becomes U+FFFD."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return orjson.dumps(well_formed(value))


def well_formed(value: Value) -> Value:
    """A JSON value as UTF-8 can carry it: halves of a pair that stand together are joined, others become U+FFFD."""
    return cast(Value, _repaired(value))


def _repaired(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value
    if isinstance(value, dict):
        return {_repaired(key): _repaired(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_repaired(item) for item in value]
    return value
