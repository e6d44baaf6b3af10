from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.user_chat_compaction_threshold import UserChatCompactionThreshold





T = TypeVar("T", bound="UserChatCompactionThresholds")



@_attrs_define
class UserChatCompactionThresholds:
    """ All thresholds of a user.

        Example:
            {'thresholds': []}

        Attributes:
            thresholds (list[UserChatCompactionThreshold]): One per model.
     """

    thresholds: list[UserChatCompactionThreshold]





    def to_dict(self) -> dict[str, Any]:
        from ..models.user_chat_compaction_threshold import UserChatCompactionThreshold # noqa: PLC0415
        thresholds = []
        for thresholds_item_data in self.thresholds:
            thresholds_item = thresholds_item_data.to_dict()
            thresholds.append(thresholds_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "thresholds": thresholds,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.user_chat_compaction_threshold import UserChatCompactionThreshold # noqa: PLC0415
        d = dict(src_dict)
        thresholds = []
        _thresholds = d.pop("thresholds")
        for thresholds_item_data in (_thresholds):
            thresholds_item = UserChatCompactionThreshold.from_dict(thresholds_item_data)



            thresholds.append(thresholds_item)


        user_chat_compaction_thresholds = cls(
            thresholds=thresholds,
        )

        return user_chat_compaction_thresholds

