from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.chat_cost_chat_breakdown import ChatCostChatBreakdown
  from ..models.chat_cost_model_breakdown import ChatCostModelBreakdown
  from ..models.chat_usage_limit_status import ChatUsageLimitStatus





T = TypeVar("T", bound="ChatCostSummary")



@_attrs_define
class ChatCostSummary:
    """ What a user's chats have cost in a time.

        Example:
            {'start_date': '2026-07-02T10:00:00Z', 'end_date': '2026-08-01T10:00:00Z', 'total_cost_micros': 48210,
                'priced_message_count': 7, 'unpriced_message_count': 0, 'total_input_tokens': 9120, 'total_output_tokens': 2048,
                'total_cache_read_tokens': 4096, 'total_cache_creation_tokens': 1024, 'total_runtime_ms': 18340, 'by_model':
                [{'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'display_name': 'Claude Sonnet 4.5', 'provider':
                'anthropic', 'model': 'claude-sonnet-4-5', 'total_cost_micros': 48210, 'message_count': 7, 'total_input_tokens':
                9120, 'total_output_tokens': 2048, 'total_cache_read_tokens': 4096, 'total_cache_creation_tokens': 1024,
                'total_runtime_ms': 18340}], 'by_chat': [{'root_chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'chat_title':
                'Draft the release notes for version', 'total_cost_micros': 48210, 'message_count': 7, 'total_input_tokens':
                9120, 'total_output_tokens': 2048, 'total_cache_read_tokens': 4096, 'total_cache_creation_tokens': 1024,
                'total_runtime_ms': 18340}], 'usage_limit': {'is_limited': True, 'period': 'month', 'spend_limit_micros':
                25000000, 'current_spend': 48210, 'period_start': '2026-08-01T00:00:00Z', 'period_end': '2026-09-01T00:00:00Z'}}

        Attributes:
            start_date (datetime.datetime):
            end_date (datetime.datetime):
            total_cost_micros (int):
            priced_message_count (int):
            unpriced_message_count (int): Calls of which the price is not known.
            total_input_tokens (int):
            total_output_tokens (int):
            total_cache_read_tokens (int):
            total_cache_creation_tokens (int):
            total_runtime_ms (int):
            by_model (list[ChatCostModelBreakdown]): The dearest first.
            by_chat (list[ChatCostChatBreakdown]): The dearest first.
            usage_limit (ChatUsageLimitStatus | Unset): Where a user stands; what belongs to a limit is absent where there
                is none. Example: {'is_limited': True, 'period': 'month', 'spend_limit_micros': 25000000, 'current_spend':
                1840230, 'period_start': '2026-08-01T00:00:00Z', 'period_end': '2026-09-01T00:00:00Z'}.
     """

    start_date: datetime.datetime
    end_date: datetime.datetime
    total_cost_micros: int
    priced_message_count: int
    unpriced_message_count: int
    total_input_tokens: int
    total_output_tokens: int
    total_cache_read_tokens: int
    total_cache_creation_tokens: int
    total_runtime_ms: int
    by_model: list[ChatCostModelBreakdown]
    by_chat: list[ChatCostChatBreakdown]
    usage_limit: ChatUsageLimitStatus | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_cost_chat_breakdown import ChatCostChatBreakdown # noqa: PLC0415
        from ..models.chat_cost_model_breakdown import ChatCostModelBreakdown # noqa: PLC0415
        from ..models.chat_usage_limit_status import ChatUsageLimitStatus # noqa: PLC0415
        start_date = self.start_date.isoformat()

        end_date = self.end_date.isoformat()

        total_cost_micros = self.total_cost_micros

        priced_message_count = self.priced_message_count

        unpriced_message_count = self.unpriced_message_count

        total_input_tokens = self.total_input_tokens

        total_output_tokens = self.total_output_tokens

        total_cache_read_tokens = self.total_cache_read_tokens

        total_cache_creation_tokens = self.total_cache_creation_tokens

        total_runtime_ms = self.total_runtime_ms

        by_model = []
        for by_model_item_data in self.by_model:
            by_model_item = by_model_item_data.to_dict()
            by_model.append(by_model_item)



        by_chat = []
        for by_chat_item_data in self.by_chat:
            by_chat_item = by_chat_item_data.to_dict()
            by_chat.append(by_chat_item)



        usage_limit: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage_limit, Unset):
            usage_limit = self.usage_limit.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "start_date": start_date,
            "end_date": end_date,
            "total_cost_micros": total_cost_micros,
            "priced_message_count": priced_message_count,
            "unpriced_message_count": unpriced_message_count,
            "total_input_tokens": total_input_tokens,
            "total_output_tokens": total_output_tokens,
            "total_cache_read_tokens": total_cache_read_tokens,
            "total_cache_creation_tokens": total_cache_creation_tokens,
            "total_runtime_ms": total_runtime_ms,
            "by_model": by_model,
            "by_chat": by_chat,
        })
        if usage_limit is not UNSET:
            field_dict["usage_limit"] = usage_limit

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_cost_chat_breakdown import ChatCostChatBreakdown # noqa: PLC0415
        from ..models.chat_cost_model_breakdown import ChatCostModelBreakdown # noqa: PLC0415
        from ..models.chat_usage_limit_status import ChatUsageLimitStatus # noqa: PLC0415
        d = dict(src_dict)
        start_date = datetime.datetime.fromisoformat(d.pop("start_date"))




        end_date = datetime.datetime.fromisoformat(d.pop("end_date"))




        total_cost_micros = d.pop("total_cost_micros")

        priced_message_count = d.pop("priced_message_count")

        unpriced_message_count = d.pop("unpriced_message_count")

        total_input_tokens = d.pop("total_input_tokens")

        total_output_tokens = d.pop("total_output_tokens")

        total_cache_read_tokens = d.pop("total_cache_read_tokens")

        total_cache_creation_tokens = d.pop("total_cache_creation_tokens")

        total_runtime_ms = d.pop("total_runtime_ms")

        by_model = []
        _by_model = d.pop("by_model")
        for by_model_item_data in (_by_model):
            by_model_item = ChatCostModelBreakdown.from_dict(by_model_item_data)



            by_model.append(by_model_item)


        by_chat = []
        _by_chat = d.pop("by_chat")
        for by_chat_item_data in (_by_chat):
            by_chat_item = ChatCostChatBreakdown.from_dict(by_chat_item_data)



            by_chat.append(by_chat_item)


        _usage_limit = d.pop("usage_limit", UNSET)
        usage_limit: ChatUsageLimitStatus | Unset
        if isinstance(_usage_limit,  Unset):
            usage_limit = UNSET
        else:
            usage_limit = ChatUsageLimitStatus.from_dict(_usage_limit)




        chat_cost_summary = cls(
            start_date=start_date,
            end_date=end_date,
            total_cost_micros=total_cost_micros,
            priced_message_count=priced_message_count,
            unpriced_message_count=unpriced_message_count,
            total_input_tokens=total_input_tokens,
            total_output_tokens=total_output_tokens,
            total_cache_read_tokens=total_cache_read_tokens,
            total_cache_creation_tokens=total_cache_creation_tokens,
            total_runtime_ms=total_runtime_ms,
            by_model=by_model,
            by_chat=by_chat,
            usage_limit=usage_limit,
        )

        return chat_cost_summary

