from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="ChatCostUserRollup")



@_attrs_define
class ChatCostUserRollup:
    """ What the calls of one user's chats used.

        Example:
            {'user_id': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'username': 'alice', 'name': 'Alice Moreau', 'avatar_url':
                '', 'chat_count': 3, 'total_cost_micros': 48210, 'message_count': 7, 'total_input_tokens': 9120,
                'total_output_tokens': 2048, 'total_cache_read_tokens': 4096, 'total_cache_creation_tokens': 1024,
                'total_runtime_ms': 18340}

        Attributes:
            user_id (UUID):
            username (str):
            name (str):
            avatar_url (str):
            chat_count (int): Chat trees in use.
            total_cost_micros (int):
            message_count (int): Finished model calls.
            total_input_tokens (int):
            total_output_tokens (int):
            total_cache_read_tokens (int):
            total_cache_creation_tokens (int):
            total_runtime_ms (int):
     """

    user_id: UUID
    username: str
    name: str
    avatar_url: str
    chat_count: int
    total_cost_micros: int
    message_count: int
    total_input_tokens: int
    total_output_tokens: int
    total_cache_read_tokens: int
    total_cache_creation_tokens: int
    total_runtime_ms: int





    def to_dict(self) -> dict[str, Any]:
        user_id = str(self.user_id)

        username = self.username

        name = self.name

        avatar_url = self.avatar_url

        chat_count = self.chat_count

        total_cost_micros = self.total_cost_micros

        message_count = self.message_count

        total_input_tokens = self.total_input_tokens

        total_output_tokens = self.total_output_tokens

        total_cache_read_tokens = self.total_cache_read_tokens

        total_cache_creation_tokens = self.total_cache_creation_tokens

        total_runtime_ms = self.total_runtime_ms


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "user_id": user_id,
            "username": username,
            "name": name,
            "avatar_url": avatar_url,
            "chat_count": chat_count,
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
        user_id = UUID(d.pop("user_id"))




        username = d.pop("username")

        name = d.pop("name")

        avatar_url = d.pop("avatar_url")

        chat_count = d.pop("chat_count")

        total_cost_micros = d.pop("total_cost_micros")

        message_count = d.pop("message_count")

        total_input_tokens = d.pop("total_input_tokens")

        total_output_tokens = d.pop("total_output_tokens")

        total_cache_read_tokens = d.pop("total_cache_read_tokens")

        total_cache_creation_tokens = d.pop("total_cache_creation_tokens")

        total_runtime_ms = d.pop("total_runtime_ms")

        chat_cost_user_rollup = cls(
            user_id=user_id,
            username=username,
            name=name,
            avatar_url=avatar_url,
            chat_count=chat_count,
            total_cost_micros=total_cost_micros,
            message_count=message_count,
            total_input_tokens=total_input_tokens,
            total_output_tokens=total_output_tokens,
            total_cache_read_tokens=total_cache_read_tokens,
            total_cache_creation_tokens=total_cache_creation_tokens,
            total_runtime_ms=total_runtime_ms,
        )

        return chat_cost_user_rollup

