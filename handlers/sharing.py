"""Sharing: who may read a chat beside its owner and the administrators."""

import uuid

from palaver import audit
from palaver.chat import sharing
from palaver.checks.access import access_chat, chat_resource, require_root, require_sharing
from palaver.checks.groups import groups_json
from palaver.contract.context import Context
from palaver.contract.types import ChatACL, UpdateChatACL
from palaver.errors import BadRequest, Forbidden
from palaver.identity import groups
from palaver.wire.sharing import chat_acl_json


async def get_chat_acls(ctx: Context, chat: uuid.UUID) -> ChatACL:
    """The chat's shares with users and groups."""
    record = await access_chat(ctx, chat, "chat:read")
    require_sharing(ctx)
    require_root(record)
    async with ctx.services.database.connect() as conn:
        users = await sharing.user_shares(conn, record)
        group_ids = [uuid.UUID(key) for key in record.group_acl]
        found = await groups.list_groups(conn, [record.organization_id], group_ids=group_ids) if group_ids else []
        return chat_acl_json(users, await groups_json(ctx, conn, found), record.group_acl)


async def update_chat_acl(ctx: Context, chat: uuid.UUID, body: UpdateChatACL) -> None:
    """Set or remove shares; entries that are not named stay."""
    record = await access_chat(ctx, chat, "chat:read")
    require_sharing(ctx)
    require_root(record)
    if not ctx.services.authorizer.allowed(ctx.user, "chat:share", chat_resource(record)):
        raise Forbidden
    users, teams = body.get("user_roles") or {}, body.get("group_roles") or {}
    if str(ctx.user.user_id) in {key.lower() for key in users}:
        raise BadRequest(message="Cannot change your own chat sharing role.")
    async with ctx.services.database.begin() as conn:
        await sharing.update_acl(conn, record, users=users, groups=teams)
        told = {"users": users, "groups": teams}
        place = record.organization_id
        await audit.record(conn, ctx.user.user_id, "share", "chat", record.id, ctx, told, organization_id=place)
