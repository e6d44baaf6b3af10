"""Costs as the contract shows them, as JSON and as tables of comma-separated values."""

import csv
import io
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from palaver.contract import types
from palaver.spending.standing import Standing
from palaver.spending.usage import ChatUsage, ModelUsage, Span, Totals, UserUsage
from palaver.wire.times import format_time
from palaver.wire.usage_limits import status_json

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that spreadsheets calculate."""


def chat_cost_json(chat_id: uuid.UUID, totals: Totals) -> types.ChatCost:
    """What the tree of a chat has cost."""
    return {
        "chat_id": str(chat_id),
        "total_cost_micros": totals.cost_micros,
        "request_count": totals.priced_count + totals.unpriced_count,
        "unpriced_request_count": totals.unpriced_count,
    }


def cost_summary_json(
    span: Span, total: Totals, models: Sequence[ModelUsage], chats: Sequence[ChatUsage], standing: Standing
) -> types.ChatCostSummary:
    """What a user's chats have cost; with where the user stands, if a limit holds."""
    answer: dict[str, Any] = {
        "start_date": format_time(span.start),
        "end_date": format_time(span.end),
        "total_cost_micros": total.cost_micros,
        "priced_message_count": total.priced_count,
        "unpriced_message_count": total.unpriced_count,
        **_tokens(total),
        "by_model": [_model(model) for model in models],
        "by_chat": [_chat(chat) for chat in chats],
    }
    if standing.limit is not None:
        answer["usage_limit"] = status_json(standing)
    return cast(types.ChatCostSummary, answer)


def cost_users_json(span: Span, users: Sequence[UserUsage], count: int) -> types.ChatCostUsersResponse:
    """What the users' chats have cost, of `count` users a page."""
    answer = {
        "start_date": format_time(span.start),
        "end_date": format_time(span.end),
        "count": count,
        "users": [_user(user) for user in users],
    }
    return cast(types.ChatCostUsersResponse, answer)


def cost_summary_csv(models: Sequence[ModelUsage], chats: Sequence[ChatUsage]) -> bytes:
    """A row for each model, then one for each chat; `kind` tells which."""
    names = ("kind", *_MODEL_FIELDS, *_CHAT_FIELDS, *_SUM_FIELDS)
    rows = [{"kind": "model", **_model(model)} for model in models]
    return _csv(names, [*rows, *({"kind": "chat", **_chat(chat)} for chat in chats)])


def cost_users_csv(users: Sequence[UserUsage]) -> bytes:
    """A row for each user."""
    return _csv(("user_id", "username", "name", "chat_count", *_SUM_FIELDS), [_user(user) for user in users])


_MODEL_FIELDS: Final = ("model_config_id", "display_name", "provider", "model")
_CHAT_FIELDS: Final = ("root_chat_id", "chat_title")
_SUM_FIELDS: Final = (
    "total_cost_micros",
    "message_count",
    "total_input_tokens",
    "total_output_tokens",
    "total_cache_read_tokens",
    "total_cache_creation_tokens",
    "total_runtime_ms",
)


def _tokens(totals: Totals) -> dict[str, int]:
    return {
        "total_input_tokens": totals.input_tokens,
        "total_output_tokens": totals.output_tokens,
        "total_cache_read_tokens": totals.cache_read_tokens,
        "total_cache_creation_tokens": totals.cache_creation_tokens,
        "total_runtime_ms": totals.runtime_ms,
    }


def _sums(totals: Totals) -> dict[str, int]:
    count = totals.priced_count + totals.unpriced_count
    return {"total_cost_micros": totals.cost_micros, "message_count": count, **_tokens(totals)}


def _model(usage: ModelUsage) -> dict[str, Any]:
    return {
        "model_config_id": str(usage.model_config_id),
        "display_name": usage.display_name,
        "provider": usage.provider,
        "model": usage.model,
        **_sums(usage.totals),
    }


def _chat(usage: ChatUsage) -> dict[str, Any]:
    return {"root_chat_id": str(usage.root_chat_id), "chat_title": usage.title, **_sums(usage.totals)}


def _user(usage: UserUsage) -> dict[str, Any]:
    return {
        "user_id": str(usage.user_id),
        "username": usage.username,
        "name": usage.name,
        "avatar_url": usage.avatar_url,
        "chat_count": usage.chat_count,
        **_sums(usage.totals),
    }


def _csv(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    """RFC 4180, in UTF-8. People name chats and themselves: what looks like a formula is marked as a text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
