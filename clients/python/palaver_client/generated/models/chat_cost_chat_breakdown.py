from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="ChatCostChatBreakdown")



@_attrs_define
class ChatCostChatBreakdown:
    """ What the calls of one chat tree used; the title is empty when the chat is gone.

        Example:
            {'root_chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'chat_title': 'Draft the release notes for version',
                'total_cost_micros': 48210, 'message_count': 7, 'total_input_tokens': 9120, 'total_output_tokens': 2048,
                'total_cache_read_tokens': 4096, 'total_cache_creation_tokens': 1024, 'total_runtime_ms': 18340}

        Attributes:
            root_chat_id (UUID):
            chat_title (str):
            total_cost_micros (int):
            message_count (int): Finished model calls.
            total_input_tokens (int):
            total_output_tokens (int):
            total_cache_read_tokens (int):
            total_cache_creation_tokens (int):
            total_runtime_ms (int):
     """

    root_chat_id: UUID
    chat_title: str
    total_cost_micros: int
    message_count: int
    total_input_tokens: int
    total_output_tokens: int
    total_cache_read_tokens: int
    total_cache_creation_tokens: int
    total_runtime_ms: int





    def to_dict(self) -> dict[str, Any]:
        root_chat_id = str(self.root_chat_id)

        chat_title = self.chat_title

        total_cost_micros = self.total_cost_micros

        message_count = self.message_count

        total_input_tokens = self.total_input_tokens

        total_output_tokens = self.total_output_tokens

        total_cache_read_tokens = self.total_cache_read_tokens

        total_cache_creation_tokens = self.total_cache_creation_tokens

        total_runtime_ms = self.total_runtime_ms


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "root_chat_id": root_chat_id,
            "chat_title": chat_title,
            "total_cost_micros": total_cost_micros,
            "message_count": message_count,
            "total_input_tokens": total_input_tokens,
            "total_output_tokens": total_output_tokens,
            "total_cache_read_tokens": total_cache_read_tokens,
            "total_cache_creation_tokens": total_cache_creation_tokens,
            "total_runtime_ms": total_runtime_ms,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        root_chat_id = UUID(d.pop("root_chat_id"))




        chat_title = d.pop("chat_title")

        total_cost_micros = d.pop("total_cost_micros")

        message_count = d.pop("message_count")

        total_input_tokens = d.pop("total_input_tokens")

        total_output_tokens = d.pop("total_output_tokens")

        total_cache_read_tokens = d.pop("total_cache_read_tokens")

        total_cache_creation_tokens = d.pop("total_cache_creation_tokens")

        total_runtime_ms = d.pop("total_runtime_ms")

        chat_cost_chat_breakdown = cls(
            root_chat_id=root_chat_id,
            chat_title=chat_title,
            total_cost_micros=total_cost_micros,
            message_count=message_count,
            total_input_tokens=total_input_tokens,
            total_output_tokens=total_output_tokens,
            total_cache_read_tokens=total_cache_read_tokens,
            total_cache_creation_tokens=total_cache_creation_tokens,
            total_runtime_ms=total_runtime_ms,
        )

        return chat_cost_chat_breakdown

