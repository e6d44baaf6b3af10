"""Access lists as the contract's ChatACL."""

from typing import Any, cast

from palaver.chat.sharing import Acl, GroupShare, UserShare
from palaver.contract.types import ChatACL


def chat_acl_json(acl: Acl) -> ChatACL:
    """All shares of a chat."""
    answer = {"users": [_user(user) for user in acl.users], "groups": [_group(group) for group in acl.groups]}
    return cast(ChatACL, answer)


def _user(user: UserShare) -> dict[str, Any]:
    answer = {"id": str(user.id), "username": user.username, "role": user.role}
    if user.name:
        answer["name"] = user.name
    if user.avatar_url:
        answer["avatar_url"] = user.avatar_url
    return answer


def _group(group: GroupShare) -> dict[str, Any]:
    # The group of everybody in an organization; its members are told by number only.
    return {
        "id": str(group.id),
        "name": "Everyone",
        "display_name": "",
        "organization_id": str(group.id),
        "members": [],
        "total_member_count": group.member_count,
        "avatar_url": "",
        "quota_allowance": 0,
        "source": "user",
        "organization_name": group.organization_name,
        "organization_display_name": group.organization_display_name,
        "role": group.role,
    }
