"""What every user may read: operations of which nothing is asked but an answer that is as described."""

from collections.abc import Awaitable, Callable
from typing import Final

from palaver.conformance.callers import CHATS, NOT_OFFERED
from palaver.conformance.checks import Area, Need, Skipped
from palaver.conformance.lab import Lab

area = Area("read", "What everybody may read")

_OF_ALL: Final = {
    "get-authentication-methods": "/api/v2/users/authmethods",
    "get-user-login-type": "/api/v2/users/me/login-type",
    "get-user-roles": "/api/v2/users/me/roles",
    "get-organizations-by-user": "/api/v2/users/me/organizations",
    "get-user-tokens": "/api/v2/users/me/keys/tokens",
    "get-token-config": "/api/v2/users/me/keys/tokens/tokenconfig",
    "get-users": "/api/v2/users?limit=3",
    "get-organizations": "/api/v2/organizations",
    "get-organization-by-id": "/api/v2/organizations/{organization}",
    "get-organization-member": "/api/v2/organizations/{organization}/members/me",
    "get-enabled-experiments": "/api/v2/experiments",
    "list-chat-models": f"{CHATS}/models",
    "list-chat-model-configs": f"{CHATS}/model-configs",
    "list-mcp-servers": "/api/experimental/mcp/servers",
    "get-user-chat-custom-prompt": f"{CHATS}/config/user-prompt",
    "get-user-chat-compaction-thresholds": f"{CHATS}/config/user-compaction-thresholds",
    "get-user-chat-personal-model-overrides": f"{CHATS}/config/user-personal-model-overrides",
    "get-user-chat-debug-logging": f"{CHATS}/config/user-debug-logging",
    "get-chat-retention-days": f"{CHATS}/config/retention-days",
}
_OF_A_CHAT: Final = {
    "get-chat-by-id": "",
    "list-chat-messages": "/messages",
    "list-chat-user-prompts": "/prompts",
    "get-chat-acls": "/acl",
    "get-chat-cost": "/cost",
    "list-chat-debug-runs": "/debug/runs",
}
_OF_EARLIER: Final = {
    "get-my-chat-usage-limit-status": f"{CHATS}/usage-limits/status",
    "get-chat-cost-summary": f"{CHATS}/cost/me/summary",
}
"""Operations that an earlier version of the wire had, and later ones may not have."""


def _reading(path: str, *, of_chat: bool = False, may_be_gone: bool = False) -> Callable[[Lab], Awaitable[None]]:
    async def run(lab: Lab) -> None:
        whole = f"{CHATS}/{(await lab.idle_chat())['id']}{path}" if of_chat else path
        place, _, query = whole.format(organization=lab.organization).partition("?")
        answer = await lab.caller.request("GET", place, params=query or None, extension=may_be_gone)
        if may_be_gone and answer.status in {*NOT_OFFERED, 410}:
            raise Skipped(f"this version of the wire has it no more: {answer.status}")
        answer.expect(200)

    return run


for _id, _path in _OF_ALL.items():
    area.check(_id, f"{_id} answers", "200 for every user")(_reading(_path))
for _id, _path in _OF_A_CHAT.items():
    area.check(_id, f"{_id} answers the chat's owner", "200", Need.CHATS)(_reading(_path, of_chat=True))
for _id, _path in _OF_EARLIER.items():
    area.check(_id, f"{_id} answers, where it is still there", "200")(_reading(_path, may_be_gone=True))
