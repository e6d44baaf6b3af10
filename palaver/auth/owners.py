"""Whether a chat's owner may go on using it, and how: what the worker asks before it spends the owner's credentials."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Organization, OrganizationMember, User, UserChatSettings
from palaver.auth.actor import Actor
from palaver.auth.policy import Authorizer, ChatResource
from palaver.configuration.user_settings import DEFAULTS, USER_SETTINGS, UserSettings

_LOAD = (
    select(
        User.roles,
        OrganizationMember.roles.label("member_roles"),
        Organization.default_member_roles,
        UserChatSettings.user_id,
        *USER_SETTINGS,
    )
    .join(OrganizationMember, OrganizationMember.user_id == User.id)
    .join(Organization, Organization.id == OrganizationMember.organization_id)
    .outerjoin(UserChatSettings, UserChatSettings.user_id == User.id)
    .where(
        User.id == bindparam("owner_id"),
        OrganizationMember.organization_id == bindparam("organization_id"),
        ~User.deleted,
        User.status != "suspended",
    )
)


@dataclass(frozen=True, slots=True)
class ChatOwner:
    """A chat's owner as of now: whether the chat may go on, and what the owner has set for all of them."""

    permitted: bool
    settings: UserSettings = DEFAULTS


async def owner_may_continue(
    conn: AsyncConnection, authorizer: Authorizer, owner_id: UUID, organization_id: UUID
) -> bool:
    """Whether the owner of a chat is still an active member of its organization who may update its own chats there."""
    return (await read_owner(conn, authorizer, owner_id, organization_id)).permitted


async def read_owner(conn: AsyncConnection, authorizer: Authorizer, owner_id: UUID, organization_id: UUID) -> ChatOwner:
    """The owner of a chat in that organization; one statement.

    Read from the database each time, never remembered: who was removed is not to pay for another call.
    """
    parameters = {"owner_id": owner_id, "organization_id": organization_id}
    row = (await conn.execute(_LOAD, parameters)).first()
    if row is None:
        return ChatOwner(permitted=False)
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
    permitted = authorizer.allowed(owner, "chat:update", ChatResource(organization_id, owner_id))
    settings = DEFAULTS if row.user_id is None else UserSettings(*row[-len(USER_SETTINGS) :])
    return ChatOwner(permitted, settings)
