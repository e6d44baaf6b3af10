"""Roles as the contract's AssignableRoles."""

import uuid
from collections.abc import Iterable
from typing import cast

from palaver.auth.permissions import RolePermissions
from palaver.auth.policy import Action
from palaver.auth.roles import display_name
from palaver.contract.types import AssignableRoles, Permission


def role_json(
    name: str, permissions: RolePermissions, *, assignable: bool, organization_id: uuid.UUID | None = None
) -> AssignableRoles:
    """A site role, or a role in an organization, with what it allows."""
    everywhere, own = _permissions(permissions.everywhere), _permissions(permissions.own)
    in_organization = organization_id is not None
    answer: dict[str, object] = {
        "name": name,
        "display_name": display_name(name),
        "site_permissions": [] if in_organization else everywhere,
        "user_permissions": [] if in_organization else own,
        "organization_permissions": everywhere if in_organization else [],
        "organization_member_permissions": own if in_organization else [],
        "assignable": assignable,
        "built_in": True,
    }
    if in_organization:
        answer["organization_id"] = str(organization_id)
    return cast(AssignableRoles, answer)


def _permissions(actions: Iterable[Action]) -> list[Permission]:
    parts = (action.partition(":") for action in actions)
    return [{"negate": False, "resource_type": kind, "action": verb} for kind, _, verb in parts]
