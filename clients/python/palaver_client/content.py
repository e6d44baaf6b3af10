"""What is sent: requests from what a program has at hand, and what is begun with the answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from palaver_client.generated.models import (
    ChatInputFilePart,
    ChatInputFileReferencePart,
    ChatInputTextPart,
    ChatMessagesResponse,
    CreateChatMessageRequest,
    CreateChatMessageResponse,
    CreateChatRequest,
    User,
)
from palaver_client.streaming import TurnEnd

Part = ChatInputTextPart | ChatInputFilePart | ChatInputFileReferencePart
Content = str | Sequence[Part]
"""What is said: text, or parts."""


def parts(content: Content) -> list[Part]:
    """Content as the wire has it."""
    return [ChatInputTextPart(type_="text", text=content)] if isinstance(content, str) else list(content)


def message_body(content: Content, options: dict[str, Any]) -> CreateChatMessageRequest:
    """A message with further fields of its request. Raises TypeError for an unknown one."""
    return CreateChatMessageRequest(content=parts(content), **options)


def chat_body(content: Content, organization_id: UUID, options: dict[str, Any]) -> CreateChatRequest:
    """A chat with further fields of its request. Raises TypeError for an unknown one."""
    return CreateChatRequest(content=parts(content), organization_id=organization_id, **options)


def organization_of(user: User) -> UUID:
    """The user's first organization. Raises LookupError when there is none."""
    if not user.organization_ids:
        raise LookupError("the user is a member of no organization, so there is no place for a chat")
    return user.organization_ids[0]


def begin(page: ChatMessagesResponse, sent: CreateChatMessageResponse) -> tuple[int, TurnEnd]:
    """Behind which message the stream of a sent message begins, and what ends it.

    `page` has the newest message from before the sending.
    """
    if sent.queued:
        assert sent.queued_message
        return next((message.id for message in page.messages), 0), TurnEnd(sent.queued_message.id)
    assert sent.message
    return sent.message.id, TurnEnd()
