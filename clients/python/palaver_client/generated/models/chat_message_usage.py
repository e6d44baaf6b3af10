from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset






T = TypeVar("T", bound="ChatMessageUsage")



@_attrs_define
class ChatMessageUsage:
    """ Tokens; a zero is left out.

        Example:
            {'input_tokens': 812, 'output_tokens': 64, 'total_tokens': 876}

        Attributes:
            input_tokens (int | Unset):
            output_tokens (int | Unset):
            total_tokens (int | Unset): The provider's total.
            reasoning_tokens (int | Unset):
            cache_creation_tokens (int | Unset): Written to the provider's cache.
            cache_read_tokens (int | Unset): Read from the provider's cache.
            context_limit (int | Unset): Context window of the model.
     """

    input_tokens: int | Unset = UNSET
    output_tokens: int | Unset = UNSET
    total_tokens: int | Unset = UNSET
    reasoning_tokens: int | Unset = UNSET
    cache_creation_tokens: int | Unset = UNSET
    cache_read_tokens: int | Unset = UNSET
    context_limit: int | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        input_tokens = self.input_tokens

        output_tokens = self.output_tokens

        total_tokens = self.total_tokens

        reasoning_tokens = self.reasoning_tokens

        cache_creation_tokens = self.cache_creation_tokens

        cache_read_tokens = self.cache_read_tokens

        context_limit = self.context_limit


        field_dict: dict[str, Any] = {}

        field_dict.update({
        })
        if input_tokens is not UNSET:
            field_dict["input_tokens"] = input_tokens
        if output_tokens is not UNSET:
            field_dict["output_tokens"] = output_tokens
        if total_tokens is not UNSET:
            field_dict["total_tokens"] = total_tokens
        if reasoning_tokens is not UNSET:
            field_dict["reasoning_tokens"] = reasoning_tokens
        if cache_creation_tokens is not UNSET:
            field_dict["cache_creation_tokens"] = cache_creation_tokens
        if cache_read_tokens is not UNSET:
            field_dict["cache_read_tokens"] = cache_read_tokens
        if context_limit is not UNSET:
            field_dict["context_limit"] = context_limit

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        input_tokens = d.pop("input_tokens", UNSET)

        output_tokens = d.pop("output_tokens", UNSET)

        total_tokens = d.pop("total_tokens", UNSET)

        reasoning_tokens = d.pop("reasoning_tokens", UNSET)

        cache_creation_tokens = d.pop("cache_creation_tokens", UNSET)

        cache_read_tokens = d.pop("cache_read_tokens", UNSET)

        context_limit = d.pop("context_limit", UNSET)

        chat_message_usage = cls(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            total_tokens=total_tokens,
            reasoning_tokens=reasoning_tokens,
            cache_creation_tokens=cache_creation_tokens,
            cache_read_tokens=cache_read_tokens,
            context_limit=context_limit,
        )

        return chat_message_usage

