"""The table of paths, compiled once: a tree of path segments in which fixed text goes before parameters."""

import re
from typing import Generic, TypeVar
from urllib.parse import unquote

T = TypeVar("T")


def squeezed(path: str) -> str:
    """The path with doubled slashes as one.

    >>> squeezed("//api//v2/users/first")
    '/api/v2/users/first'
    """
    return re.sub("//+", "/", path) if "//" in path else path


class _Node(Generic[T]):
    __slots__ = ("fixed", "methods", "parameter")

    def __init__(self) -> None:
        self.fixed: dict[str, _Node[T]] = {}
        self.parameter: _Node[T] | None = None
        self.methods: dict[str, T] = {}


class RoutingTable(Generic[T]):
    """Finds what is registered for a path: `/chats/watch` before `/chats/{chat}`, whatever the file's order.

    Parameters stay text (percent-decoded) in the order of the path, so that a bad one is answered by the operation.
    Doubled slashes count as one; a trailing slash makes another, unknown path.
    """

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._whole: dict[str, dict[str, T]] = {}

    def add(self, path: str, method: str, target: T) -> None:
        """Register `target`; raises ValueError when two templates mean the same path and method."""
        node = self._root
        segments = path.removeprefix("/").split("/")
        for segment in segments:
            if segment.startswith("{") and segment.endswith("}"):
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.fixed.setdefault(segment, _Node())
        if method in node.methods:
            raise ValueError(f"{method} {path} is already routed, under another name of its parameters")
        node.methods[method] = target
        if "{" not in path:
            self._whole[path] = node.methods

    def find(self, path: str) -> tuple[dict[str, T], list[str]] | None:
        """The methods of `path` (as sent, percent-encoded) and its parameters, or None for an unknown path."""
        whole = self._whole.get(path)
        if whole is not None:
            return whole, []
        path = squeezed(path)
        segments = path.split("/")
        if segments[0]:
            return None
        if "%" in path:
            segments = [unquote(segment) for segment in segments]
        return self._descend(self._root, segments, 1, [])

    def _descend(
        self, node: _Node[T], segments: list[str], at: int, values: list[str]
    ) -> tuple[dict[str, T], list[str]] | None:
        while at < len(segments):
            segment = segments[at]
            at += 1
            fixed = node.fixed.get(segment)
            if fixed is not None:
                if node.parameter is None or not segment:
                    node = fixed
                    continue
                found = self._descend(fixed, segments, at, list(values))
                if found is not None:
                    return found
            if node.parameter is None or not segment:
                return None
            values.append(segment)
            node = node.parameter
        return (node.methods, values) if node.methods else None
