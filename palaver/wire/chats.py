"""Chats, messages and queue entries as the contract's Chat, ChatMessage and ChatQueuedMessage."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from palaver.chat.parts import public_content
from palaver.chat.records import ChatRecord, MessageRecord, QueuedRecord
from palaver.contract import types
from palaver.wire.required_action import required_action_json
from palaver.wire.times import format_time


def message_json(message: MessageRecord) -> types.ChatMessage:
    """A stored message; keys without a value are left out."""
    answer: dict[str, Any] = {
        "id": message.id,
        "chat_id": str(message.chat_id),
        "created_at": format_time(message.created_at),
        "role": message.role,
    }
    if message.created_by is not None:
        answer["created_by"] = str(message.created_by)
    if message.model_config_id is not None:
        answer["model_config_id"] = str(message.model_config_id)
    if content := public_content(message.content):
        answer["content"] = content
    if message.usage:
        answer["usage"] = message.usage
    return cast(types.ChatMessage, answer)


def queued_message_json(entry: QueuedRecord) -> types.ChatQueuedMessage:
    """A message that waits in the queue."""
    answer: dict[str, Any] = {
        "id": entry.id,
        "chat_id": str(entry.chat_id),
        "content": public_content(entry.content),
        "created_at": format_time(entry.created_at),
        "version": entry.version,
    }
    if entry.held:
        answer["held"] = True
    if entry.model_config_id is not None:
        answer["model_config_id"] = str(entry.model_config_id)
    return cast(types.ChatQueuedMessage, answer)


def chat_json(
    chat: ChatRecord,
    *,
    children: Sequence[types.ChatChild] = (),
    files: Sequence[types.ChatFileMetadata] = (),
    warnings: Sequence[str] = (),
    has_unread: bool = False,
    with_diff_status: bool = False,
    with_action: bool = False,
) -> types.Chat:
    """A chat as of one reading; `files`, `warnings` and what has a switch only where the operation writes them."""
    answer: dict[str, Any] = {
        "id": str(chat.id),
        "organization_id": str(chat.organization_id),
        "owner_id": str(chat.owner_id),
        "root_chat_id": str(chat.root_chat_id),
        "last_model_config_id": str(chat.last_model_config_id),
        "title": chat.title,
        "status": chat.status,
        "last_turn_summary": chat.last_turn_summary,
        "summary": chat.summary,
        "created_at": format_time(chat.created_at),
        "updated_at": format_time(chat.updated_at),
        "archived": chat.archived,
        "shared": bool(chat.user_acl or chat.group_acl),
        "pin_order": chat.pin_order,
        "mcp_server_ids": [str(server) for server in chat.mcp_server_ids],
        "labels": chat.labels,
        "has_unread": has_unread,
        "client_type": chat.client_type,
        "children": list(children),
    }
    optional = {
        "owner_username": chat.owner_username,
        "owner_name": chat.owner_name,
        "parent_chat_id": str(chat.parent_chat_id) if chat.parent_chat_id else None,
        "last_reasoning_effort": chat.last_reasoning_effort,
        "plan_mode": chat.plan_mode,
        "last_error": chat.last_error,
        "mcp_sign_ins": chat.wanted_sign_ins,
        "files": list(files),
        "warnings": list(warnings),
        "forked_from": _provenance(chat),
        "action_required": _required_action(chat) if with_action else None,
        "diff_status": _no_diff_status(chat.id) if with_diff_status else None,
    }
    answer.update((key, value) for key, value in optional.items() if value)
    return cast(types.Chat, answer)


def _provenance(chat: ChatRecord) -> dict[str, Any] | None:
    if chat.forked_from_chat_id is None:
        return None
    return {"chat_id": str(chat.forked_from_chat_id), "message_id": chat.forked_from_message_id}


def _required_action(chat: ChatRecord) -> dict[str, Any] | None:
    calls = chat.required_calls()
    return required_action_json(calls, chat.requires_action_deadline_at) if calls else None


def child_json(chat: ChatRecord, *, has_unread: bool) -> types.ChatChild:
    """A sub-chat as its root's `children` hold it."""
    return cast(types.ChatChild, chat_json(chat, has_unread=has_unread, with_diff_status=True))


def _no_diff_status(chat_id: uuid.UUID) -> dict[str, Any]:
    # There is no repository here; the wire wants the zero values all the same.
    return {
        "chat_id": str(chat_id),
        "pull_request_title": "",
        "pull_request_draft": False,
        "changes_requested": False,
        "additions": 0,
        "deletions": 0,
        "changed_files": 0,
    }
