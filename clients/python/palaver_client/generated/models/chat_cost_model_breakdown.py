from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="ChatCostModelBreakdown")



@_attrs_define
class ChatCostModelBreakdown:
    """ What the calls of one model used; the texts are empty for a model that is unknown.

        Example:
            {'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'display_name': 'Claude Sonnet 4.5', 'provider':
                'anthropic', 'model': 'claude-sonnet-4-5', 'total_cost_micros': 48210, 'message_count': 7, 'total_input_tokens':
                9120, 'total_output_tokens': 2048, 'total_cache_read_tokens': 4096, 'total_cache_creation_tokens': 1024,
                'total_runtime_ms': 18340}

        Attributes:
            model_config_id (UUID):
            display_name (str):
            provider (str): Provider type.
            model (str):
            total_cost_micros (int):
            message_count (int): Finished model calls.
            total_input_tokens (int):
            total_output_tokens (int):
            total_cache_read_tokens (int):
            total_cache_creation_tokens (int):
            total_runtime_ms (int):
     """

    model_config_id: UUID
    display_name: str
    provider: str
    model: str
    total_cost_micros: int
    message_count: int
    total_input_tokens: int
    total_output_tokens: int
    total_cache_read_tokens: int
    total_cache_creation_tokens: int
    total_runtime_ms: int





    def to_dict(self) -> dict[str, Any]:
        model_config_id = str(self.model_config_id)

        display_name = self.display_name

        provider = self.provider

        model = self.model

        total_cost_micros = self.total_cost_micros

        message_count = self.message_count

        total_input_tokens = self.total_input_tokens

        total_output_tokens = self.total_output_tokens

        total_cache_read_tokens = self.total_cache_read_tokens

        total_cache_creation_tokens = self.total_cache_creation_tokens

        total_runtime_ms = self.total_runtime_ms


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "model_config_id": model_config_id,
            "display_name": display_name,
            "provider": provider,
            "model": model,
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
        model_config_id = UUID(d.pop("model_config_id"))




        display_name = d.pop("display_name")

        provider = d.pop("provider")

        model = d.pop("model")

        total_cost_micros = d.pop("total_cost_micros")

        message_count = d.pop("message_count")

        total_input_tokens = d.pop("total_input_tokens")

        total_output_tokens = d.pop("total_output_tokens")

        total_cache_read_tokens = d.pop("total_cache_read_tokens")

        total_cache_creation_tokens = d.pop("total_cache_creation_tokens")

        total_runtime_ms = d.pop("total_runtime_ms")

        chat_cost_model_breakdown = cls(
            model_config_id=model_config_id,
            display_name=display_name,
            provider=provider,
            model=model,
            total_cost_micros=total_cost_micros,
            message_count=message_count,
            total_input_tokens=total_input_tokens,
            total_output_tokens=total_output_tokens,
            total_cache_read_tokens=total_cache_read_tokens,
            total_cache_creation_tokens=total_cache_creation_tokens,
            total_runtime_ms=total_runtime_ms,
        )

        return chat_cost_model_breakdown

