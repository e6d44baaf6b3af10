"""The roles table of the documentation, printed from the policy."""

from collections.abc import Iterable
from typing import get_args

from palaver.auth.permissions import role_permissions
from palaver.auth.policy import Action, Authorizer, Facts
from palaver.auth.roles import ORGANIZATION_ROLES, SITE_ROLES

_NOTHING = "-"


def roles_table(authorizer: Authorizer) -> str:
    """Every role with what it adds, as a Markdown table; the same policy gives the same text.

    Asks the policy some hundreds of times: for documentation and tests.
    """
    permissions = role_permissions(authorizer)
    lines = ["| Role | on everything in its realm | on what is the holder's own |", "|---|---|---|"]
    for realm, roles in (("site", SITE_ROLES), ("organization", ORGANIZATION_ROLES)):
        for name in roles:
            role = permissions[name]
            everything = len(role.everywhere) == len(get_args(Action)) - len(permissions["member"].everywhere)
            anywhere = "everything" if everything else _words(role.everywhere)
            lines.append(f"| `{name}` ({realm}) | {anywhere} | {_words(role.own)} |")
    shared = Facts("Chat", frozenset({"organization-member"}), shared_as=frozenset({"read"}))
    chat_actions: list[Action] = ["chat:create", "chat:read", "chat:update", "chat:delete", "chat:share"]
    granted = [action for action in chat_actions if authorizer.grants(action, frozenset({"member"}), shared)]
    lines.append(f"| entry in a chat's access list, for a member | {_words(granted)} (of that chat) | {_NOTHING} |")
    return "\n".join(lines) + "\n"


def _words(actions: Iterable[str]) -> str:
    """`chat: read, update; file: read`."""
    by_kind: dict[str, list[str]] = {}
    for action in actions:
        kind, _, act = action.partition(":")
        by_kind.setdefault(kind, []).append(act)
    return "; ".join(f"{kind}: {', '.join(acts)}" for kind, acts in by_kind.items()) or _NOTHING
