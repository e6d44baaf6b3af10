"""Sharing: who may read a chat beside its owner and the administrators."""

import uuid

from palaver import audit
from palaver.chat import sharing
from palaver.checks.access import access_chat, chat_resource, require_root, require_sharing
from palaver.contract.context import Context
from palaver.contract.types import ChatACL, UpdateChatACL
from palaver.errors import BadRequest, Forbidden
from palaver.wire.sharing import chat_acl_json


async def get_chat_acls(ctx: Context, chat: uuid.UUID) -> ChatACL:
    """The chat's shares with users and groups."""
    record = await access_chat(ctx, chat, "chat:read")
    require_sharing(ctx)
    require_root(record)
    async with ctx.services.database.connect() as conn:
        return chat_acl_json(await sharing.load_acl(conn, record))


async def update_chat_acl(ctx: Context, chat: uuid.UUID, body: UpdateChatACL) -> None:
    """Set or remove shares; entries that are not named stay."""
    record = await access_chat(ctx, chat, "chat:read")
    require_sharing(ctx)
    require_root(record)
    if not ctx.services.authorizer.allowed(ctx.user, "chat:share", chat_resource(record)):
        raise Forbidden
    users, groups = body.get("user_roles") or {}, body.get("group_roles") or {}
    if str(ctx.user.user_id) in {key.lower() for key in users}:
        raise BadRequest(message="Cannot change your own chat sharing role.")
    async with ctx.services.database.begin() as conn:
        await sharing.update_acl(conn, record, users=users, groups=groups)
        told = {"users": users, "groups": groups}
        place = record.organization_id
        await audit.record(conn, ctx.user.user_id, "share", "chat", record.id, ctx, told, organization_id=place)
