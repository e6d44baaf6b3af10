"""Request bodies against their schema: one compiled check when all is well, a full diagnosis when it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from palaver.contract.schemas import Schema, normalized, to_draft4, validator
from palaver.contract.violations import Violation, refusal

LONG_LIST = 32
"""Items beyond which it is not told of each what is wrong with it."""

NESTED = 16
"""Levels of a body in which lists are looked for: more than any schema has."""

_UNIONS = frozenset({"anyOf", "oneOf"})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a diagnosis stands: the way in the instance, and the same way as positions in the schema's order."""

    path: tuple[str | int, ...] = ()
    order: tuple[int, ...] = ()


class BodyValidator:
    """Checks decoded JSON bodies of one operation.

    Union members are judged by their discriminator, so that a violation names the field of the right variant. Where
    the contract says `x-discriminator-normalize`, another spelling of a known tag is accepted, and replaced in the
    body by the contract's own.
    """

    def __init__(self, schema: Schema, components: Schema) -> None:
        self._schema = to_draft4(schema, components)
        self._validator = validator(self._schema)
        self._is_valid = self._validator.is_valid
        self._variants: dict[tuple[int, int], tuple[Schema, jsonschema_rs.Draft4Validator]] = {}
        self._normalizes = False
        self._compile_unions(self._schema)

    def check(self, body: Any) -> None:
        """Raise the refusal of the most telling violation, if there is one; see `violations.refusal`."""
        if self._is_valid(body):
            return
        if self._normalizes:
            _normalize(self._schema, body)
            if self._is_valid(body):
                return
        self._narrow(body, body, NESTED)
        raise refusal(self.violations(body))

    def _narrow(self, body: Any, value: Any, levels: int) -> None:
        """Cut long lists in `value`, a part of the invalid `body`, behind the first item that is at fault.

        To say what is wrong with an item takes a thousand times as long as to see that it is wrong, and a body can have
        a hundred thousand of them. What comes before the cut stays where it was, so places are named as they came.
        """
        if not levels:
            return
        children: list[Any] = []
        if isinstance(value, dict):
            children = list(value.values())
        elif isinstance(value, list) and len(value) > LONG_LIST:
            self._cut(body, value)
            children = value[-1:]
        elif isinstance(value, list):
            children = value
        for child in children:
            self._narrow(body, child, levels - 1)

    def _cut(self, body: Any, items: list[Any]) -> None:
        """Leave the shortest beginning of a list, one item at least, with which the body is invalid."""
        whole, valid, invalid = list(items), 0, 1
        while invalid < len(whole):
            items[:] = whole[:invalid]
            if not self._is_valid(body):
                break
            valid, invalid = invalid, min(invalid * 2, len(whole))
        while invalid - valid > 1:
            middle = (valid + invalid) // 2
            items[:] = whole[:middle]
            valid, invalid = (middle, invalid) if self._is_valid(body) else (valid, middle)
        items[:] = whole[:invalid]

    def violations(self, value: Any) -> list[Violation]:
        """Everything that is wrong with a value; empty when nothing is."""
        return list(self._violations(self._schema, self._validator, value, _Place()))

    def _compile_unions(self, schema: Schema) -> None:
        """Compile every variant of every discriminated union for the diagnosis."""
        union = schema.get("discriminator")
        if union is not None:
            self._normalizes = self._normalizes or bool(union["normalize"])
            normalized("", union["normalize"])
            for number in union["mapping"].values():
                variant = schema["anyOf"][number]
                self._variants[id(schema), number] = (variant, validator(variant))
        for child in _children(schema):
            self._compile_unions(child)

    def _violations(
        self, schema: Schema, compiled: jsonschema_rs.Draft4Validator, instance: Any, start: _Place
    ) -> Iterator[Violation]:
        for error in compiled.iter_errors(instance):
            yield from self._translate(schema, error, start)

    def _translate(self, schema: Schema, error: jsonschema_rs.ValidationError, start: _Place) -> Iterator[Violation]:
        """One validation error as violations: several when a union hides them."""
        steps, values = list(error.schema_path), list(error.instance_path)
        keyword = error.kind.name
        owners, parent, name = [schema], None, None
        path, order = [*start.path, *values], list(start.order)
        at = 0
        while at < len(steps) - 1:
            step, owner = steps[at], owners[-1]
            if step == "properties":
                parent, name = owners, str(steps[at + 1])
                owners = [owner["properties"][name]]
                order.append(list(owner["properties"]).index(name))
                at += 2
            elif step == "items":
                owners, parent, name = [owner["items"]], None, None
                order.append(int(values[len(order) - len(start.order)]))
                at += 1
            elif step == "additionalProperties":
                owners, parent, name = [owner["additionalProperties"]], None, None
                order.append(len(owner.get("properties", {})))
                at += 1
            elif step in ("allOf", "anyOf", "oneOf"):
                owners = [*owners, owner[step][steps[at + 1]]]
                at += 2
            else:
                break
        value = error.instance
        if keyword == "required":
            missing = getattr(error.kind, "property")  # noqa: B009 - only this kind has it
            yield _missing(owners, missing, (*path, missing), tuple(order))
        elif value is None and name is not None and parent is not None and _requires(parent, name):
            yield _missing(parent, name, tuple(path), tuple(order[:-1]))
        elif keyword in _UNIONS and "discriminator" in owners[-1]:
            yield from self._in_union(owners, value, _Place(tuple(path), tuple(order)))
        else:
            yield Violation(tuple(path), tuple(order), keyword, tuple(owners), value)

    def _in_union(self, owners: list[Schema], value: Any, place: _Place) -> Iterator[Violation]:
        """What is wrong with a union member: its type, its tag, or a field of the variant that the tag names."""
        union = owners[-1]["discriminator"]
        if not isinstance(value, dict):
            expected = {"type": "object"}
            yield Violation(place.path, place.order, "type", (*owners, expected), value)
            return
        tag = value.get(union["propertyName"])
        tag_path = (*place.path, union["propertyName"])
        if tag is not None and not isinstance(tag, str):
            yield Violation(tag_path, place.order, "type", (*owners, {"type": "string"}), tag)
        elif tag not in union["mapping"]:
            yield Violation(tag_path, place.order, "discriminator", tuple(owners), tag)
        else:
            variant, compiled = self._variants[id(owners[-1]), union["mapping"][tag]]
            yield from self._violations(variant, compiled, value, place)


def _missing(owners: list[Schema], name: str, path: tuple[str | int, ...], order: tuple[int, ...]) -> Violation:
    """A required property that is absent or null: its texts stand in the property's own schema."""
    for owner in owners:
        properties = owner.get("properties", {})
        if name in properties:
            position = list(properties).index(name)
            return Violation(path, (*order, position), "required", _with_branches(properties[name]), None)
    return Violation(path, order, "required", (), None)


def _with_branches(schema: Schema) -> tuple[Schema, ...]:
    """The schema and what its `allOf` adds, innermost last."""
    inner = [part for branch in schema.get("allOf", []) for part in _with_branches(branch)]
    return (schema, *inner)


def _requires(owners: list[Schema], name: str) -> bool:
    return any(name in owner.get("required", []) for owner in owners)


def _children(schema: Schema) -> Iterator[Schema]:
    yield from schema.get("properties", {}).values()
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield schema[key]
    for key in ("allOf", "anyOf", "oneOf"):
        yield from schema.get(key, [])


def _normalize(schema: Schema, value: Any) -> None:
    """Replace other spellings of known tags, in place, wherever the schema puts a normalizing union."""
    if isinstance(value, dict):
        union = schema.get("discriminator")
        tag = value.get(union["propertyName"]) if union else None
        if union and isinstance(tag, str):
            known = normalized(tag, union["normalize"])
            if known in union["mapping"]:
                value[union["propertyName"]] = known
                _normalize(schema["anyOf"][union["mapping"][known]], value)
        for name, child in schema.get("properties", {}).items():
            if name in value:
                _normalize(child, value[name])
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for item in value:
            _normalize(schema["items"], item)
    for branch in schema.get("allOf", []):
        _normalize(branch, value)
