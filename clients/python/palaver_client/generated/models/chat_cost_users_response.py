from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.chat_cost_user_rollup import ChatCostUserRollup





T = TypeVar("T", bound="ChatCostUsersResponse")



@_attrs_define
class ChatCostUsersResponse:
    """ A page of what the users' chats have cost in a time.

        Example:
            {'start_date': '2026-07-02T10:00:00Z', 'end_date': '2026-08-01T10:00:00Z', 'count': 1, 'users': [{'user_id':
                '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'username': 'alice', 'name': 'Alice Moreau', 'avatar_url': '',
                'chat_count': 3, 'total_cost_micros': 48210, 'message_count': 7, 'total_input_tokens': 9120,
                'total_output_tokens': 2048, 'total_cache_read_tokens': 4096, 'total_cache_creation_tokens': 1024,
                'total_runtime_ms': 18340}]}

        Attributes:
            start_date (datetime.datetime):
            end_date (datetime.datetime):
            count (int): Users that fit the filters.
            users (list[ChatCostUserRollup]): The dearest first.
     """

    start_date: datetime.datetime
    end_date: datetime.datetime
    count: int
    users: list[ChatCostUserRollup]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_cost_user_rollup import ChatCostUserRollup # noqa: PLC0415
        start_date = self.start_date.isoformat()

        end_date = self.end_date.isoformat()

        count = self.count

        users = []
        for users_item_data in self.users:
            users_item = users_item_data.to_dict()
            users.append(users_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "start_date": start_date,
            "end_date": end_date,
            "count": count,
            "users": users,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_cost_user_rollup import ChatCostUserRollup # noqa: PLC0415
        d = dict(src_dict)
        start_date = datetime.datetime.fromisoformat(d.pop("start_date"))




        end_date = datetime.datetime.fromisoformat(d.pop("end_date"))




        count = d.pop("count")

        users = []
        _users = d.pop("users")
        for users_item_data in (_users):
            users_item = ChatCostUserRollup.from_dict(users_item_data)



            users.append(users_item)


        chat_cost_users_response = cls(
            start_date=start_date,
            end_date=end_date,
            count=count,
            users=users,
        )

        return chat_cost_users_response

