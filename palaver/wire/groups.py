"""Groups and who is in them as the contract's Group and ReducedUser."""

from collections.abc import Sequence
from typing import Any, cast

from palaver.contract.types import Group, ReducedUser
from palaver.identity.groups import GroupMemberRecord, GroupRecord
from palaver.wire.times import format_time


def group_json(group: GroupRecord, members: Sequence[GroupMemberRecord]) -> Group:
    """A group with those of its members that the caller may read."""
    return {
        "id": str(group.id),
        "name": group.name,
        "display_name": group.display_name,
        "organization_id": str(group.organization_id),
        "members": [group_member_json(member) for member in members],
        "total_member_count": group.member_count,
        "avatar_url": group.avatar_url,
        "quota_allowance": group.quota_allowance,
        "source": cast(Any, group.source),
        "organization_name": group.organization_name,
        "organization_display_name": group.organization_display_name,
    }


def group_member_json(member: GroupMemberRecord) -> ReducedUser:
    """A member of a group; keys without a value are left out."""
    answer: dict[str, Any] = {
        "id": str(member.id),
        "username": member.username,
        "email": member.email,
        "created_at": format_time(member.created_at),
        "updated_at": format_time(member.updated_at),
        "last_seen_at": format_time(member.last_seen_at),
        "status": member.status,
        "login_type": member.login_type,
    }
    optional = {"name": member.name, "avatar_url": member.avatar_url, "is_service_account": member.is_service_account}
    answer.update((key, value) for key, value in optional.items() if value)
    return cast(ReducedUser, answer)
