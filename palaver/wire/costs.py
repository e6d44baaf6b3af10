"""Costs as the contract shows them."""

import uuid

from palaver.contract import types
from palaver.spending.usage import Totals


def chat_cost_json(chat_id: uuid.UUID, totals: Totals) -> types.ChatCost:
    """What the tree of a chat has cost."""
    return {
        "chat_id": str(chat_id),
        "total_cost_micros": totals.cost_micros,
        "request_count": totals.priced_count + totals.unpriced_count,
        "unpriced_request_count": totals.unpriced_count,
    }
