"""The stream's events as JSON, in the shapes of the contract's ChatStreamEvent. Live parts: see `PartsBuffer.add`."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from palaver.chat.parts import public_content
from palaver.json_text import dump_json
from palaver.stream.snapshot import Message, QueuedMessage
from palaver.wire.required_action import required_action_json


def message_event(chat_id: uuid.UUID, message: Message) -> bytes:
    """A committed or changed message."""
    body: dict[str, Any] = {"id": message.id, "chat_id": str(chat_id)}
    if message.created_by is not None:
        body["created_by"] = message.created_by
    if message.model_config_id is not None:
        body["model_config_id"] = message.model_config_id
    body["created_at"] = rfc3339(message.created_at)
    body["role"] = message.role
    content = public_content(message.content)
    if content:
        body["content"] = content
    usage = {name: count for name, count in (message.usage or {}).items() if count}
    if usage:
        body["usage"] = usage
    return _event("message", chat_id, message=body)


def queue_update_event(chat_id: uuid.UUID, queue: Iterable[QueuedMessage]) -> bytes:
    """The whole queue; an empty one has no key."""
    entries = [_queued(chat_id, entry) for entry in queue]
    return _event("queue_update", chat_id, **({"queued_messages": entries} if entries else {}))


def status_event(chat_id: uuid.UUID, status: str) -> bytes:
    """The chat's status."""
    return _event("status", chat_id, status={"status": status})


def error_event(chat_id: uuid.UUID, error: Mapping[str, Any]) -> bytes:
    """The ChatError that ended the turn, or that keeps the stream from starting."""
    return _event("error", chat_id, error=error)


def retry_event(chat_id: uuid.UUID, retry: Mapping[str, Any]) -> bytes:
    """The ChatStreamRetry of a model call that failed and will be tried again."""
    return _event("retry", chat_id, retry=retry)


def action_required_event(
    chat_id: uuid.UUID, calls: Iterable[Mapping[str, Any]], deadline: dt.datetime | None
) -> bytes:
    """The calls whose results the client has to send, or that the owner has to decide about before `deadline`."""
    return _event("action_required", chat_id, action_required=required_action_json(calls, deadline))


def sign_in_required_event(chat_id: uuid.UUID, servers: Iterable[Mapping[str, Any]]) -> bytes:
    """All MCP servers that the owner has to sign in to; none: not any more."""
    return _event("sign_in_required", chat_id, sign_in_required={"servers": list(servers)})


def preview_reset_event(chat_id: uuid.UUID) -> bytes:
    """Drop the live parts shown so far."""
    return _event("preview_reset", chat_id)


def history_reset_event(chat_id: uuid.UUID) -> bytes:
    """Drop all messages; the whole history follows."""
    return _event("history_reset", chat_id)


def rfc3339(time: dt.datetime) -> str:
    """UTC with `Z`, the fraction without trailing zeros."""
    text = time.astimezone(dt.UTC).replace(tzinfo=None).isoformat()
    return f"{text.rstrip('0') if '.' in text else text}Z"


def _event(kind: str, chat_id: uuid.UUID, **payload: Any) -> bytes:
    return dump_json({"type": kind, "chat_id": str(chat_id), **payload})


def _queued(chat_id: uuid.UUID, entry: QueuedMessage) -> dict[str, Any]:
    body: dict[str, Any] = {"id": entry.id, "chat_id": str(chat_id)}
    if entry.model_config_id is not None:
        body["model_config_id"] = entry.model_config_id
    body["content"] = public_content(entry.content)
    body["created_at"] = rfc3339(entry.created_at)
    body["version"] = entry.version
    if entry.held:
        body["held"] = True
    return body
