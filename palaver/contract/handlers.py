"""Finds the handler of every operation, and holds its signature against the contract.

The rules for handlers:

- A handler is a public `async def` in a public module of the handlers package, named like its operation
  (`send-chat-message` -> `send_chat_message`). Helpers start with an underscore, or live in a module that does.
- Its first argument is `ctx`, a Context. Then it takes every parameter of the operation by name (`argument_name`), but
  for the headers of conditional requests where the edge honours them (`x-precondition`, a documented 304),
  annotated with the converted type: UUID, int, float, bool, datetime, str (or a Literal), list for query arrays. An
  optional parameter without a default in the contract needs one in the signature; the edge leaves it out when absent.
- `body` is the decoded JSON of an operation with a JSON request body (None where the body is optional and absent).
  Operations with another media type read `ctx.body`.
- It returns what `palaver.contract.replies` lists, and refuses by raising a PalaverError.
"""

import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from connexion.exceptions import ResolverError
from connexion.resolver import Resolution, Resolver

from palaver.contract.parameters import Parameter

Handler = Callable[..., Awaitable[Any]]


class HandlerMismatch(Exception):
    """Contract and handlers do not fit together; the server must not start."""


class HandlerResolver(Resolver):  # type: ignore[misc]
    """connexion's resolver for operation ids without a Python path."""

    def __init__(self, package_name: str) -> None:
        super().__init__()
        self._package = package_name
        self._found = _handlers_of(package_name)
        self._used: set[str] = set()

    def resolve(self, operation: Any) -> Resolution:
        """The one handler of an operation. Raises ResolverError when there is none, or more than one."""
        operation_id = operation.operation_id
        if not operation_id:
            raise ResolverError(f"{operation.method.upper()} {operation.path} has no operationId")
        name = operation_id.replace("-", "_")
        found = self._found.get(name, [])
        if len(found) != 1:
            modules = ", ".join(sorted(handler.__module__ for handler in found)) or "none"
            raise ResolverError(f"{operation_id} needs one handler {name} in {self._package}, found: {modules}")
        self._used.add(name)
        return Resolution(found[0], operation_id)

    def check_all_used(self) -> None:
        """Raise HandlerMismatch when a public handler has no operation."""
        unused = sorted(
            f"{handler.__module__}.{name}"
            for name, handlers in self._found.items()
            if name not in self._used
            for handler in handlers
        )
        if unused:
            raise HandlerMismatch(f"handlers without an operation in the contract: {', '.join(unused)}")


def _handlers_of(package_name: str) -> dict[str, list[Handler]]:
    package = importlib.import_module(package_name)
    found: dict[str, list[Handler]] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package_name}.{info.name}")
        for name, value in vars(module).items():
            if inspect.iscoroutinefunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                found.setdefault(name, []).append(value)
    return found


def check_signature(operation_id: str, handler: Handler, parameters: Sequence[Parameter], *, has_body: bool) -> None:
    """Raise HandlerMismatch when the handler does not take exactly what the edge will pass."""
    signature = inspect.signature(handler)
    names = list(signature.parameters)
    if not names or names[0] != "ctx":
        raise HandlerMismatch(f"{operation_id}: the handler's first argument must be ctx")
    wanted = [parameter.argument for parameter in parameters] + (["body"] if has_body else [])
    missing, extra = sorted(set(wanted) - set(names)), sorted(set(names) - set(wanted) - {"ctx"})
    if missing or extra:
        raise HandlerMismatch(f"{operation_id}: the handler lacks {missing} and has in excess {extra}")
    hints = _hints(handler)
    for parameter in parameters:
        argument = signature.parameters[parameter.argument]
        always = parameter.required or parameter.schema.get("default") is not None
        if not always and argument.default is inspect.Parameter.empty:
            raise HandlerMismatch(f"{operation_id}: the optional {parameter.argument} needs a default")
        hint = hints.get(parameter.argument)
        if hint is not None and not _accepts(hint, parameter.python_type):
            expected = parameter.python_type.__name__
            raise HandlerMismatch(
                f"{operation_id}: {parameter.argument} is annotated {hint}, but is passed as {expected}"
            )


def _hints(handler: Handler) -> dict[str, Any]:
    try:
        return typing.get_type_hints(handler)
    except NameError:
        # Names imported for type checkers only; mypy has seen them, and the names above are checked anyway.
        return {}


def _accepts(hint: Any, passed: type) -> bool:
    origin = typing.get_origin(hint)
    if origin in {typing.Union, types.UnionType}:
        return any(_accepts(choice, passed) for choice in typing.get_args(hint))
    if origin is typing.Literal:
        return all(isinstance(choice, passed) for choice in typing.get_args(hint))
    return hint is Any or (origin or hint) is passed or (origin is not None and issubclass(passed, origin))
