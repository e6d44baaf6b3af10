"""Groups: some members of an organization, to share chats with."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.policy import GroupResource
from palaver.auth.visibility import VisibleMembers
from palaver.chat.sharing import forget_group
from palaver.checks.groups import access_group, check_name, groups_json, permitted, require_own_members
from palaver.checks.identity import access_organization, known_user, readable_organizations
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import (
    CreateGroupRequest,
    Group,
    GroupMembersResponse,
    PatchGroupRequest,
    Response,
)
from palaver.errors import Forbidden, NotFound
from palaver.identity import groups
from palaver.identity.groups import GroupRecord
from palaver.wire.groups import group_member_json


async def list_groups(
    ctx: Context,
    organization: str | None = None,
    has_member: str | None = None,
    group_ids: Sequence[uuid.UUID] | None = None,
) -> list[Group]:
    """The readable groups of all organizations, or of one."""
    async with ctx.services.database.connect() as conn:
        if organization is None:
            places = [place.id for place in await readable_organizations(ctx, conn)]
        else:
            places = [(await access_organization(ctx, conn, organization)).id]
        member = None
        if has_member is not None:
            try:
                member = (await known_user(ctx, conn, has_member)).id
            except NotFound:
                # As for somebody whose memberships the caller may not read: nobody learns who exists.
                return []
        return await _readable(ctx, conn, places, group_ids=group_ids, has_member=member)


async def get_groups_by_organization(ctx: Context, organization: str) -> list[Group]:
    """The readable groups of one organization."""
    async with ctx.services.database.connect() as conn:
        place = await access_organization(ctx, conn, organization)
        return await _readable(ctx, conn, [place.id])


async def create_group(ctx: Context, organization: str, body: CreateGroupRequest) -> Reply:
    """Make a group without members."""
    async with ctx.services.database.begin() as conn:
        place = await access_organization(ctx, conn, organization)
        ctx.services.authorizer.require(ctx.user, "group:create", GroupResource(place.id), Forbidden)
        check_name(body["name"])
        values = {
            "name": body["name"],
            "display_name": body.get("display_name") or "",
            "avatar_url": body.get("avatar_url") or "",
            "quota_allowance": body.get("quota_allowance") or 0,
        }
        group = await groups.create_group(conn, place.id, values)
        await _note(ctx, conn, "create", group, {"name": group.name})
        (answer,) = await groups_json(ctx, conn, [group])
    return Reply(answer, headers={"Location": f"/api/v2/groups/{group.id}"})


async def get_group(ctx: Context, group: uuid.UUID) -> Group:
    """One group with its members, as far as the caller may read them."""
    async with ctx.services.database.connect() as conn:
        (answer,) = await groups_json(ctx, conn, [await access_group(ctx, conn, group, "group:read")])
        return answer


async def get_group_by_organization_and_name(ctx: Context, organization: str, group_name: str) -> Group:
    """One group of an organization by name."""
    async with ctx.services.database.connect() as conn:
        place = await access_organization(ctx, conn, organization)
        found = permitted(ctx, await groups.find_group_by_name(conn, place.id, group_name), "group:read")
        (answer,) = await groups_json(ctx, conn, [found])
        return answer


async def list_group_members(
    ctx: Context, group: uuid.UUID, after_id: uuid.UUID | None = None, limit: int = 0, offset: int = 0
) -> GroupMembersResponse:
    """The members of a group that the caller may read, by username."""
    async with ctx.services.database.connect() as conn:
        found = await access_group(ctx, conn, group, "group:read")
        visible = VisibleMembers.to(ctx.services.authorizer, ctx.user, [found.organization_id])
        members, count = await groups.page_of_members(
            conn, found.id, visible, after_id=after_id, limit=limit, offset=offset
        )
    return {"users": [group_member_json(member) for member in members], "count": count}


async def update_group(ctx: Context, group: uuid.UUID, body: PatchGroupRequest) -> Group:
    """Change a group's fields and who is in it, all or nothing."""
    added = _ids(body.get("add_users"))
    removed = _ids(body.get("remove_users"))
    async with ctx.services.database.begin() as conn:
        await groups.lock_group(conn, group)
        found = await access_group(ctx, conn, group, "group:update")
        require_own_members(found)
        values: dict[str, Any] = {
            key: value
            for key in ("name", "display_name", "avatar_url", "quota_allowance")
            if (value := body.get(key)) is not None
        }
        if name := values.get("name"):
            check_name(name)
        else:
            values.pop("name", None)
        await groups.remove_from_group(conn, found, removed)
        await groups.add_to_group(conn, found, added)
        if values:
            await groups.update_group(conn, found.id, values)
        told = {**values, "added": [str(id_) for id_ in added], "removed": [str(id_) for id_ in removed]}
        await _note(ctx, conn, "update", found, told)
        changed = await access_group(ctx, conn, group, "group:update")
        (answer,) = await groups_json(ctx, conn, [changed])
    for user_id in (*added, *removed):
        ctx.services.authenticator.forget_user(user_id)
    return answer


async def delete_group(ctx: Context, group: uuid.UUID) -> Response:
    """Remove a group; what was shared with it is shared with its members no longer."""
    async with ctx.services.database.begin() as conn:
        await groups.lock_group(conn, group)
        found = await access_group(ctx, conn, group, "group:delete")
        require_own_members(found)
        members = await groups.delete_group(conn, found.id)
        await forget_group(conn, found.organization_id, found.id)
        await _note(ctx, conn, "delete", found, {"name": found.name})
    for user_id in members:
        ctx.services.authenticator.forget_user(user_id)
    return {"message": "Group deleted."}


async def _readable(
    ctx: Context,
    conn: AsyncConnection,
    organization_ids: Sequence[uuid.UUID],
    *,
    group_ids: Sequence[uuid.UUID] | None = None,
    has_member: uuid.UUID | None = None,
) -> list[Group]:
    visible = VisibleMembers.to(ctx.services.authorizer, ctx.user, organization_ids)
    found = await groups.list_groups(
        conn, organization_ids, group_ids=group_ids, has_member=has_member, visibility=visible
    )
    allowed = ctx.services.authorizer.allowed
    readable = [
        group for group in found if allowed(ctx.user, "group:read", GroupResource(group.organization_id, group.id))
    ]
    return await groups_json(ctx, conn, readable)


async def _note(ctx: Context, conn: AsyncConnection, action: Any, group: GroupRecord, details: dict[str, Any]) -> None:
    place = group.organization_id
    await audit.record(conn, ctx.user.user_id, action, "group", group.id, ctx, details, organization_id=place)


def _ids(raw: Sequence[str] | None) -> list[uuid.UUID]:
    return list(dict.fromkeys(uuid.UUID(text) for text in raw or ()))
