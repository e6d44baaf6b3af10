"""Members of organizations: list, add and remove them."""

import uuid

from palaver import audit
from palaver.auth.policy import MembershipResource
from palaver.auth.visibility import VisibleMembers
from palaver.chat.stopping import stop_chats
from palaver.checks.identity import access_organization, access_user, known_user
from palaver.checks.member_search import parse_member_search
from palaver.checks.user_search import parse_user_search
from palaver.contract.context import Context
from palaver.contract.types import OrganizationMember, OrganizationMemberWithUserData, PaginatedMembersResponse
from palaver.errors import NotFound
from palaver.errors.identity import InvalidPagedMemberSearch, OwnMembership
from palaver.identity import members
from palaver.wire.identity import member_json, member_with_user_json


async def list_organization_members(
    ctx: Context, organization: str, q: str = ""
) -> list[OrganizationMemberWithUserData]:
    """The members that the caller may read, by username."""
    search = parse_member_search(q)
    async with ctx.services.database.connect() as conn:
        place = await access_organization(ctx, conn, organization)
        found = await members.list_members(conn, place.id, _visible(ctx, place.id), *search)
    return [member_with_user_json(member) for member in found]


async def paginated_organization_members(
    ctx: Context,
    organization: str,
    q: str = "",
    after_id: uuid.UUID | None = None,
    limit: int = 0,
    offset: int = 0,
) -> PaginatedMembersResponse:
    """One page of the members that the caller may read, by username."""
    search = parse_user_search(q, InvalidPagedMemberSearch)
    async with ctx.services.database.connect() as conn:
        place = await access_organization(ctx, conn, organization)
        visible = _visible(ctx, place.id)
        count = await members.count_members(conn, place.id, visible, *search)
        found = await members.list_members(
            conn, place.id, visible, *search, after_id=after_id, limit=limit, offset=offset
        )
    return {"members": [member_with_user_json(member) for member in found], "count": count}


async def get_organization_member(ctx: Context, organization: str, user: str) -> OrganizationMemberWithUserData:
    """One member."""
    async with ctx.services.database.connect() as conn:
        place = await access_organization(ctx, conn, organization)
        target = await known_user(ctx, conn, user)
        ctx.services.authorizer.require(ctx.user, "organization_member:read", MembershipResource(place.id, target.id))
        member = await members.find_member(conn, place.id, target.id)
    if member is None:
        raise NotFound
    return member_with_user_json(member)


async def add_organization_member(ctx: Context, organization: str, user: str) -> OrganizationMember:
    """Make a user a member with the default roles."""
    async with ctx.services.database.begin() as conn:
        place = await access_organization(ctx, conn, organization)
        target = await access_user(ctx, conn, user)
        ctx.services.authorizer.require(ctx.user, "organization_member:create", MembershipResource(place.id, target.id))
        membership = await members.add_member(conn, place, target)
        await audit.record(
            conn,
            ctx.user.user_id,
            "add_member",
            "organization_member",
            target.id,
            ctx,
            {"username": target.username},
            organization_id=place.id,
        )
    ctx.services.authenticator.forget_user(target.id)
    return member_json(membership)


async def remove_organization_member(ctx: Context, organization: str, user: str) -> None:
    """End a membership: the user's chats there are read by administrators only, and what they do stops."""
    async with ctx.services.database.begin() as conn:
        place = await access_organization(ctx, conn, organization)
        target = await known_user(ctx, conn, user)
        is_own, resource = target.id == ctx.user.user_id, MembershipResource(place.id, target.id)
        if not is_own:
            ctx.services.authorizer.require(ctx.user, "organization_member:delete", resource)
        membership = await members.lock_membership(conn, place.id, target.id)
        if membership is None:
            raise NotFound
        if is_own:
            raise OwnMembership
        await members.remove_member(conn, membership)
        await audit.record(
            conn,
            ctx.user.user_id,
            "remove_member",
            "organization_member",
            target.id,
            ctx,
            {"username": target.username},
            organization_id=place.id,
        )
    ctx.services.authenticator.forget_user(target.id)
    await stop_chats(ctx.services.database, ctx.services.machine, target.id, place.id)


def _visible(ctx: Context, organization_id: uuid.UUID) -> VisibleMembers:
    return VisibleMembers.to(ctx.services.authorizer, ctx.user, [organization_id])
