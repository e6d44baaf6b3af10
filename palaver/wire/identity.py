"""Users, organizations and memberships as the contract's User, Organization and OrganizationMember."""

import uuid
from typing import Any, cast

from palaver.auth.roles import display_name
from palaver.contract.types import (
    Organization,
    OrganizationMember,
    OrganizationMemberWithUserData,
    SlimRole,
    User,
)
from palaver.identity.members import MemberRecord, MembershipRecord
from palaver.identity.organizations import OrganizationRecord
from palaver.identity.users import UserRecord
from palaver.wire.times import format_time


def user_json(user: UserRecord) -> User:
    """A user with memberships and site roles; keys without a value are left out."""
    answer: dict[str, Any] = {
        "id": str(user.id),
        "username": user.username,
        "email": user.email,
        "created_at": format_time(user.created_at),
        "updated_at": format_time(user.updated_at),
        "last_seen_at": format_time(user.last_seen_at),
        "status": user.status,
        "login_type": user.login_type,
        "organization_ids": [str(organization_id) for organization_id in user.organization_ids],
        "roles": [_role_json(role) for role in user.roles],
        "has_ai_seat": False,
    }
    optional = {"name": user.name, "avatar_url": user.avatar_url, "is_service_account": user.is_service_account}
    answer.update((key, value) for key, value in optional.items() if value)
    return cast(User, answer)


def organization_json(organization: OrganizationRecord) -> Organization:
    """An organization."""
    answer = {
        "id": str(organization.id),
        "name": organization.name,
        "display_name": organization.display_name,
        "icon": organization.icon,
        "description": organization.description,
        "created_at": format_time(organization.created_at),
        "updated_at": format_time(organization.updated_at),
        "is_default": organization.is_default,
        "default_org_member_roles": organization.default_member_roles,
    }
    return cast(Organization, answer)


def member_json(membership: MembershipRecord) -> OrganizationMember:
    """A membership with its explicit roles."""
    return {
        "user_id": str(membership.user_id),
        "organization_id": str(membership.organization_id),
        "created_at": format_time(membership.created_at),
        "updated_at": format_time(membership.updated_at),
        "roles": [_role_json(role, membership.organization_id) for role in membership.roles],
    }


def member_with_user_json(member: MemberRecord) -> OrganizationMemberWithUserData:
    """A membership with the fields of its user; keys without a value are left out."""
    answer: dict[str, Any] = {
        "username": member.username,
        "email": member.email,
        "status": member.status,
        "login_type": member.login_type,
        "last_seen_at": format_time(member.last_seen_at),
        "user_created_at": format_time(member.user_created_at),
        "user_updated_at": format_time(member.user_updated_at),
        "global_roles": [_role_json(role) for role in member.site_roles],
        "has_ai_seat": False,
        **member_json(member.membership),
    }
    optional = {"name": member.name, "avatar_url": member.avatar_url, "is_service_account": member.is_service_account}
    answer.update((key, value) for key, value in optional.items() if value)
    return cast(OrganizationMemberWithUserData, answer)


def _role_json(name: str, organization_id: uuid.UUID | None = None) -> SlimRole:
    role: dict[str, str] = {"name": name, "display_name": display_name(name)}
    if organization_id is not None:
        role["organization_id"] = str(organization_id)
    return cast(SlimRole, role)
