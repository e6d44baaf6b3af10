"""What each built-in role allows, read off the policy: asked action by action, never written down a second time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, get_args
from weakref import WeakKeyDictionary

from palaver.auth.policy import Action, Authorizer, Facts
from palaver.auth.roles import ORGANIZATION_ROLES, SITE_ROLES

_BASELINE: Final = "member"
_NONE: Final[frozenset[str]] = frozenset()
_ROLE_NAMES: Final = (*SITE_ROLES, *ORGANIZATION_ROLES)

_remembered: WeakKeyDictionary[Authorizer, dict[str, "RolePermissions"]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class RolePermissions:
    """Actions of a role beyond those that everybody has (`member` has these).

    `everywhere` counts for all things of the role's realm (the server, or its organization), `own` only for what
    belongs to the holder.
    """

    everywhere: tuple[Action, ...]
    own: tuple[Action, ...]


def role_permissions(authorizer: Authorizer) -> Mapping[str, RolePermissions]:
    """The permissions of every built-in role. Takes a tenth of a second the first time: not on the event loop."""
    known = _remembered.get(authorizer)
    if known is None:
        known = _remembered[authorizer] = _derive(authorizer)
    return known


def _derive(authorizer: Authorizer) -> dict[str, RolePermissions]:
    entities = _entities()

    def granted(site: frozenset[str], organization: frozenset[str], *, own: bool) -> set[Action]:
        return {
            action
            for action, entity in entities.items()
            if any(
                authorizer.grants(action, site, Facts(entity, organization, own, name=name))
                for name in (_ROLE_NAMES if entity == "Role" else ("",))
            )
        }

    base = granted(frozenset({_BASELINE}), _NONE, own=False)
    base_own = granted(frozenset({_BASELINE}), _NONE, own=True) - base
    found = {_BASELINE: _in_order(base, base_own)}
    for role in _ROLE_NAMES:
        if role == _BASELINE:
            continue
        site, organization = ({role}, set[str]()) if role in SITE_ROLES else (set[str](), {role})
        holder = (frozenset({_BASELINE, *site}), frozenset(organization))
        everywhere = granted(*holder, own=False)
        own = granted(*holder, own=True) - everywhere
        found[role] = _in_order(everywhere - base, own - base_own)
    return found


def _in_order(everywhere: set[Action], own: set[Action]) -> RolePermissions:
    return RolePermissions(
        tuple(action for action in get_args(Action) if action in everywhere),
        tuple(action for action in get_args(Action) if action in own),
    )


def _entities() -> dict[Action, str]:
    """What each action is done to, from the policy's schema."""
    text = files("palaver.auth").joinpath("policy.cedarschema").read_text("utf-8")
    found = {
        name: declared[2]
        for declared in re.finditer(r'action ("[^;]+?")\s+appliesTo \{[^;]*?resource: (\w+)', text)
        for name in re.findall(r'"([^"]+)"', declared[1])
    }
    return {action: found[action] for action in get_args(Action)}
