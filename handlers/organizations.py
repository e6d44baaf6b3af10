"""Organizations: list, make, read, change and delete them."""

from typing import Any

from palaver import audit
from palaver.auth.policy import MembershipResource, OrganizationResource, RoleResource
from palaver.auth.roles import explicit_organization_roles
from palaver.checks.identity import access_organization, access_user, readable_organizations
from palaver.checks.organizations import check_organization_name
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import CreateOrganizationRequest, Organization, Response, UpdateOrganizationRequest
from palaver.errors import Forbidden
from palaver.errors.identity import DefaultOrganizationStays, OrganizationNotEmpty
from palaver.identity import members, organizations
from palaver.wire.identity import organization_json


async def get_organizations(ctx: Context) -> list[Organization]:
    """The readable organizations by name."""
    async with ctx.services.database.connect() as conn:
        return [organization_json(organization) for organization in await readable_organizations(ctx, conn)]


async def get_organizations_by_user(ctx: Context, user: str) -> list[Organization]:
    """The organizations of a user whose memberships the caller may read, by name."""
    allowed = ctx.services.authorizer.allowed
    async with ctx.services.database.connect() as conn:
        target = await access_user(ctx, conn, user)
        found = await organizations.list_organizations(conn)
    return [
        organization_json(organization)
        for organization in found
        if organization.id in target.organization_ids
        and allowed(ctx.user, "organization_member:read", MembershipResource(organization.id, target.id))
    ]


async def create_organization(ctx: Context, body: CreateOrganizationRequest) -> Reply:
    """Make an organization with the caller as its first member and admin."""
    ctx.services.authorizer.require(ctx.user, "organization:create", OrganizationResource(None), Forbidden)
    check_organization_name(body["name"])
    async with ctx.services.database.begin() as conn:
        organization = await organizations.create_organization(
            conn,
            name=body["name"],
            display_name=body.get("display_name") or body["name"],
            description=body.get("description") or "",
            icon=body.get("icon") or "",
        )
        await members.add_first_member(conn, organization.id, ctx.user.user_id)
        await audit.record(
            conn,
            ctx.user.user_id,
            "create",
            "organization",
            organization.id,
            ctx,
            {"name": organization.name},
            organization_id=organization.id,
        )
    ctx.services.authenticator.forget_user(ctx.user.user_id)
    headers = {"Location": f"/api/v2/organizations/{organization.id}"}
    return Reply(organization_json(organization), headers=headers)


async def get_organization_by_id(ctx: Context, organization: str) -> Organization:
    """One organization by id, name or `default`."""
    async with ctx.services.database.connect() as conn:
        return organization_json(await access_organization(ctx, conn, organization))


async def update_organization(ctx: Context, organization: str, body: UpdateOrganizationRequest) -> Organization:
    """Change what an organization is called, and which roles its members have by default."""
    require = ctx.services.authorizer.require
    async with ctx.services.database.begin() as conn:
        place = await access_organization(ctx, conn, organization, lock=True)
        require(ctx.user, "organization:update", OrganizationResource(place.id), Forbidden)
        values: dict[str, Any] = {key: value for key in ("name", "display_name") if (value := body.get(key))}
        values |= {key: value for key in ("description", "icon") if (value := body.get(key)) is not None}
        if "name" in values:
            check_organization_name(values["name"])
        if (named := body.get("default_org_member_roles")) is not None:
            roles = explicit_organization_roles(named)
            for role in {*roles} ^ {*place.default_member_roles}:
                # Every member gets or loses it, so it takes the right to give it to a member.
                require(ctx.user, "assign_org_role:assign", RoleResource(role, place.id), Forbidden)
            values["default_member_roles"] = roles
        changed = place
        if values:
            changed = await organizations.update_organization(conn, place.id, values)
            await audit.record(
                conn, ctx.user.user_id, "update", "organization", place.id, ctx, values, organization_id=place.id
            )
    if changed.default_member_roles != place.default_member_roles:
        ctx.services.authenticator.forget_all()
    return organization_json(changed)


async def delete_organization(ctx: Context, organization: str) -> Response:
    """Remove an organization in which nothing and nobody is left but the caller."""
    async with ctx.services.database.begin() as conn:
        place = await access_organization(ctx, conn, organization, lock=True)
        ctx.services.authorizer.require(ctx.user, "organization:delete", OrganizationResource(place.id), Forbidden)
        if place.is_default:
            raise DefaultOrganizationStays
        chats, others = await organizations.count_contents(conn, place.id, beside=ctx.user.user_id)
        if chats or others:
            raise OrganizationNotEmpty(chats=chats, members=others)
        await organizations.delete_organization(conn, place.id)
        await audit.record(
            conn,
            ctx.user.user_id,
            "delete",
            "organization",
            place.id,
            ctx,
            {"name": place.name},
            organization_id=place.id,
        )
    ctx.services.authenticator.forget_all()
    return {"message": "Organization deleted."}
