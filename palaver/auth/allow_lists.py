"""The allow list of a key: what it may be used on, as `<type>:<id>` with `*` on either side.

A type is the first half of an action's name (`chat`, `user`, `api_key`). A list narrows what the scopes and the user's
roles allow; it never adds to it. Attachments count as part of the chats.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

EVERYTHING: Final = "*:*"
"""The entry that narrows nothing; every key has it unless it was made with others."""

_TYPE_OF: Final = {"file": "chat"}


def covers(allow_list: frozenset[str], action: str, ids: Iterable[str]) -> bool:
    """Whether a list lets `action` (such as `chat:read`) be done to a thing that has these ids.

    What has no id, or is about to be made, is covered by `<type>:*` alone.
    """
    kind = _type_of(action)
    if not allow_list.isdisjoint((EVERYTHING, f"{kind}:*")):
        return True
    return any(f"{kind}:{id_}" in allow_list or f"*:{id_}" in allow_list for id_ in ids)


def listed_ids(allow_list: frozenset[str] | None, kind: str) -> frozenset[str] | None:
    """The ids of one type that a list names; None when it covers them all."""
    if allow_list is None or not allow_list.isdisjoint((EVERYTHING, f"{kind}:*")):
        return None
    entries = (entry.partition(":") for entry in allow_list)
    return frozenset(id_ for type_, _, id_ in entries if type_ in (kind, "*"))


def is_within(inner: Iterable[str], outer: frozenset[str] | None) -> bool:
    """Whether a list covers nothing that another one does not."""
    if outer is None:
        return True
    return all(
        entry in outer or f"{entry.partition(':')[0]}:*" in outer or f"*:{entry.partition(':')[2]}" in outer
        for entry in inner
    )


def uuids(ids: Iterable[str]) -> list[UUID]:
    """Those of the ids that are UUIDs."""
    found = []
    for id_ in ids:
        try:
            found.append(UUID(id_))
        except ValueError:
            continue
    return found


def _type_of(action: str) -> str:
    kind = action.partition(":")[0]
    return _TYPE_OF.get(kind, kind)
