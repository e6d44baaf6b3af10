"""The built-in roles: their names and labels. What a role allows stands in policy.cedar, not here."""

from collections.abc import Iterable
from typing import Final

from palaver.errors.auth import UnknownRole

SITE_ROLES: Final[dict[str, str]] = {
    "owner": "Owner",
    "member": "Member",
    "template-admin": "Template Admin",
    "user-admin": "User Admin",
    "auditor": "Auditor",
}
"""Site role -> display name. Everybody has `member`; it is never stored."""

ORGANIZATION_ROLES: Final[dict[str, str]] = {
    "organization-admin": "Organization Admin",
    "organization-member": "Organization Member",
    "organization-auditor": "Organization Auditor",
    "organization-template-admin": "Organization Template Admin",
    "organization-user-admin": "Organization User Admin",
    "organization-workspace-creation-ban": "Organization Workspace Creation Ban",
    "organization-workspace-access": "Organization Workspace Access",
    "agents-access": "Coder Agents User",
}
"""Organization role -> display name. Every member has `organization-member`; it is never stored."""

DEFAULT_MEMBER_ROLES: Final = ("organization-workspace-access", "agents-access")
"""Default roles of a new organization's members: they may use chats at once, unlike upstream."""


def explicit_site_roles(names: Iterable[str]) -> list[str]:
    """The site roles to store for these names: each once, in order, without the implied one. Raises UnknownRole."""
    return _explicit(names, SITE_ROLES, "member", "a site")


def explicit_organization_roles(names: Iterable[str]) -> list[str]:
    """The organization roles to store for these names: each once, in order, without the implied one.

    Raises UnknownRole.
    """
    return _explicit(names, ORGANIZATION_ROLES, "organization-member", "an organization")


def display_name(name: str) -> str:
    """The label of a role; an unknown one is its own label."""
    return SITE_ROLES.get(name) or ORGANIZATION_ROLES.get(name) or name


def _explicit(names: Iterable[str], known: dict[str, str], implied: str, level: str) -> list[str]:
    roles = dict.fromkeys(names)
    for name in roles:
        if name not in known:
            raise UnknownRole(name, level)
    roles.pop(implied, None)
    return list(roles)
