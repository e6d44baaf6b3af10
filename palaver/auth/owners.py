"""Whether a chat's owner may go on using it: what the worker asks before it spends the owner's credentials."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Organization, OrganizationMember, User
from palaver.auth.actor import Actor
from palaver.auth.policy import Authorizer, ChatResource

_LOAD = (
    select(User.roles, OrganizationMember.roles.label("member_roles"), Organization.default_member_roles)
    .join(OrganizationMember, OrganizationMember.user_id == User.id)
    .join(Organization, Organization.id == OrganizationMember.organization_id)
    .where(
        User.id == bindparam("owner_id"),
        OrganizationMember.organization_id == bindparam("organization_id"),
        ~User.deleted,
        User.status != "suspended",
    )
)


async def owner_may_continue(
    conn: AsyncConnection, authorizer: Authorizer, owner_id: UUID, organization_id: UUID
) -> bool:
    """Whether the owner of a chat is still an active member of its organization who may update its own chats there.

    Read from the database each time, never remembered: who was removed is not to pay for another call.
    """
    parameters = {"owner_id": owner_id, "organization_id": organization_id}
    row = (await conn.execute(_LOAD, parameters)).first()
    if row is None:
        return False
    roles = frozenset(row.member_roles) | frozenset(row.default_member_roles) | {"organization-member"}
    owner = Actor(
        user_id=owner_id,
        username="",
        name="",
        email="",
        status="active",
        login_type="",
        roles=frozenset(row.roles) | {"member"},
        organizations={organization_id: roles},
        groups=frozenset(),
        key_id="",
        scopes=frozenset({"coder:all"}),
    )
    return authorizer.allowed(owner, "chat:update", ChatResource(organization_id, owner_id))
