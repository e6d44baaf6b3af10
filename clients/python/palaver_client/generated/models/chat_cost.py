from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="ChatCost")



@_attrs_define
class ChatCost:
    """ What a whole chat tree has cost.

        Example:
            {'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'total_cost_micros': 48210, 'request_count': 7,
                'unpriced_request_count': 0}

        Attributes:
            chat_id (UUID): The chat asked for.
            total_cost_micros (int): Millionths of a US dollar, of the whole tree.
            request_count (int): Finished model calls in the tree.
            unpriced_request_count (int): Those of which the price is not known.
     """

    chat_id: UUID
    total_cost_micros: int
    request_count: int
    unpriced_request_count: int





    def to_dict(self) -> dict[str, Any]:
        chat_id = str(self.chat_id)

        total_cost_micros = self.total_cost_micros

        request_count = self.request_count

        unpriced_request_count = self.unpriced_request_count


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "chat_id": chat_id,
            "total_cost_micros": total_cost_micros,
            "request_count": request_count,
            "unpriced_request_count": unpriced_request_count,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chat_id = UUID(d.pop("chat_id"))




        total_cost_micros = d.pop("total_cost_micros")

        request_count = d.pop("request_count")

        unpriced_request_count = d.pop("unpriced_request_count")

        chat_cost = cls(
            chat_id=chat_id,
            total_cost_micros=total_cost_micros,
            request_count=request_count,
            unpriced_request_count=unpriced_request_count,
        )

        return chat_cost

