"""The account of what model calls used: added to by the statement that stores a call's message.

So it is as true as the history, and a message that is removed later stays accounted. Rows are by hour, owner, chat tree
and model, so that turns of different chats never wait for each other's.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from palaver.chat.records import ChatRecord, NewMessage

_NO_MODEL = uuid.UUID(int=0)
_TOKENS = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens")
_COUNTS = ("cost_micros", "priced_count", "unpriced_count", *_TOKENS, "runtime_ms")

# Ordered, so that two statements which add to the same rows do so in the same order.
ACCOUNT = f"""INSERT INTO usage_hours AS u (owner_id, hour, root_chat_id, model_config_id, organization_id,
    {", ".join(_COUNTS)})
  SELECT CAST(:account_owner AS uuid), date_trunc('hour', statement_timestamp(), 'UTC'), CAST(:account_root AS uuid),
    a.model_config_id, CAST(:account_organization AS uuid), {", ".join(f"a.{name}" for name in _COUNTS)}
  FROM written, unnest(CAST(:account_models AS uuid[]), {
    ", ".join(f"CAST(:account_{name} AS bigint[])" for name in _COUNTS)
})
    AS a(model_config_id, {", ".join(_COUNTS)})
  ORDER BY a.model_config_id
  ON CONFLICT (owner_id, hour, root_chat_id, model_config_id) DO UPDATE SET
    {", ".join(f"{name} = u.{name} + excluded.{name}" for name in _COUNTS)}"""  # noqa: S608, of names of our own
"""The part of the writing statement that adds to the account."""


def is_counted(message: NewMessage) -> bool:
    """Whether the message is what a finished model call brought."""
    finished = message.role == "assistant" and message.runtime_ms is not None
    return finished or message.usage is not None or message.cost_micros is not None


def account_parameters(chat: ChatRecord, new: Sequence[NewMessage]) -> dict[str, Any]:
    """The parameters of `ACCOUNT`; none when no message counts."""
    counted = [message for message in new if is_counted(message)]
    if not counted:
        return {}
    sums: dict[uuid.UUID, dict[str, int]] = {}
    for message in counted:
        row = sums.setdefault(message.model_config_id or _NO_MODEL, dict.fromkeys(_COUNTS, 0))
        row["unpriced_count" if message.cost_micros is None else "priced_count"] += 1
        row["cost_micros"] += message.cost_micros or 0
        row["runtime_ms"] += message.runtime_ms or 0
        for name in _TOKENS:
            row[name] += (message.usage or {}).get(name, 0)
    return {
        "account_owner": chat.owner_id,
        "account_root": chat.root_chat_id,
        "account_organization": chat.organization_id,
        "account_models": list(sums),
        **{f"account_{name}": [row[name] for row in sums.values()] for name in _COUNTS},
    }
