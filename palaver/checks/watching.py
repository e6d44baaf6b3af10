"""What a caller may see of the events about his own chats, asked anew while he watches."""

import uuid

import orjson

from palaver.auth.policy import ChatResource
from palaver.contract.context import Context


class OwnChats:
    """The caller of a watch. Owning a chat is not all: a former member, or a key without the right, sees nothing."""

    def __init__(self, ctx: Context) -> None:
        self._authenticator = ctx.services.authenticator
        self._authorizer = ctx.services.authorizer
        self._actor = ctx.user

    async def renew(self) -> bool:
        """Take the caller's rights as they are now; False when his key or he is out of use."""
        actor = await self._authenticator.current(self._actor)
        if actor is None:
            return False
        self._actor = actor
        return True

    def may_see(self, event: bytes) -> bool:
        """Whether the chat in a ChatWatchEvent may be read. The owner needs no access list for that."""
        chat = orjson.loads(event)["chat"]
        resource = ChatResource(
            uuid.UUID(chat["organization_id"]),
            uuid.UUID(chat["owner_id"]),
            id=uuid.UUID(chat["id"]),
            root_id=uuid.UUID(chat["root_chat_id"]),
        )
        return self._authorizer.allowed(self._actor, "chat:read", resource)
