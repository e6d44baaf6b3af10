"""Requests are open: unknown keys are ignored, and what is ignored is not stored either."""

import typing
from collections.abc import Mapping
from typing import Any


def known_fields(given: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    """The fields of `given` that a typed dictionary of the contract knows, without nulls and empty groups.

    Groups are fields that are typed dictionaries themselves; open maps and lists are taken as they are.
    """
    kept = {}
    for name, hint in typing.get_type_hints(schema).items():
        value = given.get(name)
        if value is None:
            continue
        group = _group(hint)
        if group is not None:
            value = known_fields(value, group)
            if not value:
                continue
        kept[name] = value
    return kept


def _group(hint: Any) -> Any:
    """The typed dictionary behind `Group | None`; None for any other type."""
    return next((choice for choice in (hint, *typing.get_args(hint)) if typing.is_typeddict(choice)), None)
