"""Who may do what to a chat: fetched and authorized in one step, refused in the wire's words."""

import uuid

from structlog.contextvars import bind_contextvars

from palaver.auth.policy import Action, ChatResource
from palaver.chat import history
from palaver.chat.records import ChatRecord
from palaver.contract.context import Context
from palaver.errors import BadRequest, NotFound, PalaverError
from palaver.errors.checks import AclOfSubChat, ChatArchived, OwnerOnly, ProcessorUnavailable, SharingDisabled
from palaver.telemetry import CHAT_ID


async def access_chat(
    ctx: Context, chat_id: uuid.UUID, action: Action, *, denied: type[PalaverError] = NotFound
) -> ChatRecord:
    """The chat, if the caller may do `action` (such as `chat:update`) to it; one statement.

    Raises NotFound when it does not exist or may not be read, so that nobody learns that it exists, and `denied` when
    it may be read but not this.
    """
    async with ctx.services.database.connect() as conn:
        chat = await history.load_chat(conn, chat_id)
    if chat is None:
        raise NotFound
    authorize_chat(ctx, chat, action, denied=denied)
    return chat


def authorize_chat(ctx: Context, chat: ChatRecord, action: Action, *, denied: type[PalaverError] = NotFound) -> None:
    """Raise NotFound when the caller may not read the chat, `denied` when he may, but not do `action` to it."""
    bind_contextvars(**{CHAT_ID: str(chat.id)})  # for the rest of the request's log lines
    resource = chat_resource(chat)
    if not ctx.services.authorizer.allowed(ctx.user, action, resource):
        readable = ctx.services.authorizer.allowed(ctx.user, "chat:read", resource)
        raise denied() if readable else NotFound()


async def may_still_read(ctx: Context, chat_id: uuid.UUID) -> bool:
    """Whether the caller of a request that goes on may read the chat now; true of a chat that is gone."""
    actor = await ctx.services.authenticator.current(ctx.user)
    if actor is None:
        return False
    async with ctx.services.database.connect() as conn:
        chat = await history.load_chat(conn, chat_id)
    return chat is None or ctx.services.authorizer.allowed(actor, "chat:read", chat_resource(chat))


def chat_resource(chat: ChatRecord) -> ChatResource:
    """What the policy looks at."""
    return ChatResource(chat.organization_id, chat.owner_id, chat.user_acl, chat.group_acl, chat.id, chat.root_chat_id)


def require_owner(ctx: Context, chat: ChatRecord, act: str) -> None:
    """Raise OwnerOnly unless the caller owns the chat.

    Processing a chat forwards its owner's credentials to model providers and tool servers. Somebody else who could
    start it, an administrator too, could leak them to a server of his own choosing.
    """
    if chat.owner_id != ctx.user.user_id:
        raise OwnerOnly(act)


def require_live(chat: ChatRecord, act: str) -> None:
    """Raise ChatArchived when the chat is read-only; `act` as in `send messages to`."""
    if chat.archived:
        raise ChatArchived(act)


def require_processor(ctx: Context) -> None:
    """Raise ProcessorUnavailable when no worker processes chats in this deployment."""
    if ctx.services.settings.processor == "disabled":
        raise ProcessorUnavailable


def require_sharing(ctx: Context) -> None:
    """Raise SharingDisabled where the deployment has switched sharing off."""
    if not ctx.services.settings.chat_sharing:
        raise SharingDisabled


def require_root(chat: ChatRecord) -> None:
    """Raise AclOfSubChat for a sub-chat."""
    if chat.parent_chat_id is not None:
        raise AclOfSubChat(chat.root_chat_id)


def require_pinnable(chat: ChatRecord, pin_order: int) -> None:
    """Raise BadRequest for a place that no pin can take; unpinning (0) always may be."""
    if pin_order < 0:
        raise BadRequest(message="Pin order must be non-negative.")
    if pin_order and chat.archived:
        raise BadRequest(message="Cannot pin an archived chat.")
    if pin_order and chat.parent_chat_id is not None:
        raise BadRequest(message="Cannot pin a child chat.")
