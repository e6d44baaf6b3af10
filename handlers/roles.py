"""Roles: give them to users and to members of organizations, and take them away."""

import asyncio
import uuid
from collections.abc import Collection

from palaver import audit
from palaver.auth.permissions import role_permissions
from palaver.auth.policy import MembershipResource, RoleResource, UserResource
from palaver.auth.roles import ORGANIZATION_ROLES, SITE_ROLES, explicit_organization_roles, explicit_site_roles
from palaver.checks.identity import access_organization, access_user, known_user
from palaver.contract.context import Context
from palaver.contract.types import AssignableRoles, OrganizationMember, UpdateRoles, User, UserRoles
from palaver.errors import Forbidden, NotFound
from palaver.errors.identity import OwnOrganizationRoles, OwnRoles
from palaver.identity.accounts import explicit_roles, require_other_owner
from palaver.identity.members import lock_membership, set_member_roles
from palaver.identity.users import set_site_roles
from palaver.wire.identity import member_json, user_json
from palaver.wire.roles import role_json


async def assign_role_to_user(ctx: Context, user: str, body: UpdateRoles) -> User:
    """Replace a user's site roles."""
    async with ctx.services.database.begin() as conn:
        target = await access_user(ctx, conn, user, lock=True)
        if target.id == ctx.user.user_id:
            raise OwnRoles
        roles = explicit_site_roles(body.get("roles") or ())
        _require_assignable(ctx, {*roles} ^ {*target.roles})
        if "owner" in target.roles and "owner" not in roles:
            await require_other_owner(conn, target.id)
        changed = await set_site_roles(conn, target.id, roles)
        told = {"before": target.roles, "after": roles}
        await audit.record(conn, ctx.user.user_id, "change_roles", "user", target.id, ctx, told)
    ctx.services.authenticator.forget_user(target.id)
    return user_json(changed)


async def assign_role_to_organization_member(
    ctx: Context, organization: str, user: str, body: UpdateRoles
) -> OrganizationMember:
    """Replace a member's explicit roles in an organization."""
    async with ctx.services.database.begin() as conn:
        place = await access_organization(ctx, conn, organization)
        target = await known_user(ctx, conn, user)
        ctx.services.authorizer.require(ctx.user, "organization_member:read", MembershipResource(place.id, target.id))
        membership = await lock_membership(conn, place.id, target.id)
        if membership is None:
            raise NotFound
        if target.id == ctx.user.user_id:
            raise OwnOrganizationRoles
        roles = explicit_organization_roles(body.get("roles") or ())
        _require_assignable_in(ctx, place.id, {*roles} ^ {*membership.roles})
        changed = await set_member_roles(conn, membership, roles)
        told = {"before": membership.roles, "after": roles}
        await audit.record(
            conn,
            ctx.user.user_id,
            "change_roles",
            "organization_member",
            target.id,
            ctx,
            told,
            organization_id=place.id,
        )
    ctx.services.authenticator.forget_user(target.id)
    return member_json(changed)


async def get_user_roles(ctx: Context, user: str) -> UserRoles:
    """The explicit roles of a user, on the site and in each organization."""
    async with ctx.services.database.connect() as conn:
        target = await known_user(ctx, conn, user)
        ctx.services.authorizer.require(ctx.user, "user:read_personal", UserResource(target.id))
        given = await explicit_roles(conn, target.id)
    return {"roles": target.roles, "organization_roles": {str(id_): roles for id_, roles in given.items()}}


async def get_site_member_roles(ctx: Context) -> list[AssignableRoles]:
    """The site roles, and which of them the caller may give."""
    authorizer = ctx.services.authorizer
    authorizer.require(ctx.user, "assign_role:read", RoleResource(), Forbidden)
    permissions = await asyncio.to_thread(role_permissions, authorizer)
    return [
        role_json(
            name,
            permissions[name],
            assignable=authorizer.allowed(ctx.user, "assign_role:assign", RoleResource(name)),
        )
        for name in SITE_ROLES
    ]


async def get_member_roles_by_organization(ctx: Context, organization: str) -> list[AssignableRoles]:
    """The roles of an organization, and which of them the caller may give."""
    authorizer = ctx.services.authorizer
    async with ctx.services.database.connect() as conn:
        place = await access_organization(ctx, conn, organization)
    authorizer.require(ctx.user, "assign_org_role:read", RoleResource("", place.id), Forbidden)
    permissions = await asyncio.to_thread(role_permissions, authorizer)
    return [
        role_json(
            name,
            permissions[name],
            assignable=authorizer.allowed(ctx.user, "assign_org_role:assign", RoleResource(name, place.id)),
            organization_id=place.id,
        )
        for name in ORGANIZATION_ROLES
    ]


def _require_assignable(ctx: Context, roles: Collection[str]) -> None:
    """Raise Forbidden unless the caller may give and take all of these site roles."""
    for role in roles:
        ctx.services.authorizer.require(ctx.user, "assign_role:assign", RoleResource(role), Forbidden)


def _require_assignable_in(ctx: Context, organization_id: uuid.UUID, roles: Collection[str]) -> None:
    """Raise Forbidden unless the caller may give and take all of these roles in the organization."""
    for role in roles:
        resource = RoleResource(role, organization_id)
        ctx.services.authorizer.require(ctx.user, "assign_org_role:assign", resource, Forbidden)
