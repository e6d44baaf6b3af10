"""Whether a chat's owner may go on using it, and how: what the worker asks before it spends the owner's credentials."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Organization, OrganizationMember, User, UserChatSettings
from palaver.auth.actor import Actor
from palaver.auth.policy import Authorizer, ChatResource
from palaver.configuration.user_settings import DEFAULTS, USER_SETTINGS, UserSettings


def owner_of(owner_id: ColumnElement[UUID], organization_id: ColumnElement[UUID]) -> Select[Any]:
    """The one row, if any, that `chat_owner` is made from."""
    return (
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
            User.id == owner_id,
            OrganizationMember.organization_id == organization_id,
            ~User.deleted,
            User.status != "suspended",
        )
    )


OWNER = owner_of(bindparam("owner_id"), bindparam("organization_id"))
"""`owner_of` with parameters."""


@dataclass(frozen=True, slots=True)
class ChatOwner:
    """A chat's owner as of now: whether the chat may go on, and what the owner has set for all of them."""

    permitted: bool
    settings: UserSettings = DEFAULTS


async def owner_may_continue(
    conn: AsyncConnection, authorizer: Authorizer, owner_id: UUID, organization_id: UUID
) -> bool:
    """Whether the owner of a chat is still an active member of its organization who may update its own chats there.

    Read from the database each time, never remembered: who was removed is not to pay for another call.
    """
    row = (await conn.execute(OWNER, {"owner_id": owner_id, "organization_id": organization_id})).first()
    return chat_owner(row, authorizer, owner_id, organization_id).permitted


def chat_owner(row: Sequence[Any] | None, authorizer: Authorizer, owner_id: UUID, organization_id: UUID) -> ChatOwner:
    """The owner of a chat in that organization, from a row of `owner_of`; None, or all null, when there is none."""
    if row is None or row[0] is None:
        return ChatOwner(permitted=False)
    site_roles, member_roles, default_roles, with_settings, *settings = row
    owner = Actor(
        user_id=owner_id,
        username="",
        name="",
        email="",
        status="active",
        login_type="",
        roles=frozenset(site_roles) | {"member"},
        organizations={organization_id: frozenset(member_roles) | frozenset(default_roles) | {"organization-member"}},
        groups=frozenset(),
        key_id="",
        scopes=frozenset({"coder:all"}),
    )
    permitted = authorizer.allowed(owner, "chat:update", ChatResource(organization_id, owner_id))
    return ChatOwner(permitted, DEFAULTS if with_settings is None else UserSettings(*settings))
