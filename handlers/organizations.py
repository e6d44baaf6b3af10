"""Organizations: the ones that the caller may see."""

from palaver.auth.policy import OrganizationResource
from palaver.checks.identity import access_organization
from palaver.contract.context import Context
from palaver.contract.types import Organization
from palaver.identity.organizations import list_organizations
from palaver.wire.identity import organization_json


async def get_organizations(ctx: Context) -> list[Organization]:
    """The readable organizations by name."""
    allowed = ctx.services.authorizer.allowed
    async with ctx.services.database.connect() as conn:
        organizations = await list_organizations(conn)
    return [
        organization_json(organization)
        for organization in organizations
        if allowed(ctx.user, "organization:read", OrganizationResource(organization.id))
    ]


async def get_organization_by_id(ctx: Context, organization: str) -> Organization:
    """One organization by id, name or `default`."""
    async with ctx.services.database.connect() as conn:
        return organization_json(await access_organization(ctx, conn, organization))
