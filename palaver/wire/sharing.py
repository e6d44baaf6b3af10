"""Access lists as the contract's ChatACL."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from palaver.chat.sharing import UserShare
from palaver.contract.types import ChatACL, Group


def chat_acl_json(users: Sequence[UserShare], groups: Sequence[Group], group_roles: Mapping[str, str]) -> ChatACL:
    """All shares of a chat; `group_roles` are the roles of the groups by id."""
    answer = {
        "users": [_user(user) for user in users],
        "groups": [{**group, "role": group_roles[group["id"]]} for group in groups],
    }
    return cast(ChatACL, answer)


def _user(user: UserShare) -> dict[str, Any]:
    answer = {"id": str(user.id), "username": user.username, "role": user.role}
    if user.name:
        answer["name"] = user.name
    if user.avatar_url:
        answer["avatar_url"] = user.avatar_url
    return answer
