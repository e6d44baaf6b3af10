"""Which group a request means, whether the caller may do it, and whom of it the caller may see."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.auth.policy import Action, GroupResource
from palaver.auth.visibility import VisibleMembers
from palaver.contract.context import Context
from palaver.contract.types import Group
from palaver.errors import FieldError, Forbidden, NotFound, ValidationFailed
from palaver.errors.identity import EverybodysGroup
from palaver.identity import groups
from palaver.identity.groups import EVERYONE, GroupRecord
from palaver.wire.groups import group_json

RESERVED_NAMES = frozenset({EVERYONE.lower(), "new", "create"})


async def access_group(ctx: Context, conn: AsyncConnection, group_id: uuid.UUID, action: Action) -> GroupRecord:
    """The group, if the caller may do `action` (such as `group:update`) to it.

    Raises NotFound when it does not exist or may not be read, Forbidden when it may be read but not this.
    """
    return permitted(ctx, await groups.find_group(conn, group_id), action)


def permitted(ctx: Context, group: GroupRecord | None, action: Action) -> GroupRecord:
    """As `access_group`, of what was found."""
    if group is None:
        raise NotFound
    resource = GroupResource(group.organization_id, group.id)
    if not ctx.services.authorizer.allowed(ctx.user, action, resource):
        readable = ctx.services.authorizer.allowed(ctx.user, "group:read", resource)
        raise Forbidden() if readable else NotFound()
    return group


def require_own_members(group: GroupRecord) -> None:
    """Raise EverybodysGroup for the implied group of all members."""
    if group.is_everyone:
        raise EverybodysGroup


def check_name(name: str) -> None:
    """Raise ValidationFailed for a name that means something else."""
    if name.lower() in RESERVED_NAMES:
        detail = f'Validation failed for tag "group_name" with value: "{name}"'
        raise ValidationFailed(validations=[FieldError(field="name", detail=detail)])


async def groups_json(ctx: Context, conn: AsyncConnection, found: Sequence[GroupRecord]) -> list[Group]:
    """Groups as the caller sees them: with the members whose memberships it may read."""
    if not found:
        return []
    visible = VisibleMembers.to(ctx.services.authorizer, ctx.user, {group.organization_id for group in found})
    members = await groups.group_members(conn, [group.id for group in found], visible)
    return [group_json(group, members[group.id]) for group in found]
