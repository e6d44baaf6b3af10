"""Names under which tools of MCP servers are offered to the model: `<slug>__<tool>`.

A name hangs on slug and tool alone, so that it stays the same whatever other servers a chat has, and no two tools ever
share one: a name that would be too long, hold other characters, or be read as that of another server's tool ends in a
hash instead.
"""

import hashlib
import re
from typing import Final

MAX_LENGTH: Final = 64
"""Contract, limits.yaml `tool_name`."""
SEPARATOR: Final = "__"

_HASH_CHARACTERS: Final = 10
_UNSAFE: Final = re.compile(r"[^a-zA-Z0-9_-]")
_HASHED: Final = re.compile(r"_[0-9a-f]{10}$")


def offered_name(slug: str, tool: str) -> str:
    """The name of a server's tool, at most 64 of the characters that every provider takes."""
    name = f"{slug}{SEPARATOR}{tool}"
    if _stands_for_itself(slug, tool, name):
        return name
    # The byte that no slug or tool can hold keeps ("a", "b__c") from ("a__b", "c").
    digest = hashlib.sha256(f"{slug}\0{tool}".encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARACTERS]
    return f"{_UNSAFE.sub('_', name)[: MAX_LENGTH - _HASH_CHARACTERS - 1]}_{digest}"


def _stands_for_itself(slug: str, tool: str, name: str) -> bool:
    """Whether slug and tool can be read from the name, and it looks like none that ends in a hash."""
    return (
        len(name) <= MAX_LENGTH
        and tool != ""
        and _UNSAFE.search(name) is None
        and _HASHED.search(name) is None
        and SEPARATOR not in slug
        and not slug.endswith("_")
        and not tool.startswith("_")
    )
