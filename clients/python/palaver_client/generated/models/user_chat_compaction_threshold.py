from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="UserChatCompactionThreshold")



@_attrs_define
class UserChatCompactionThreshold:
    """ A user's threshold for one model.

        Example:
            {'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'threshold_percent': 85}

        Attributes:
            model_config_id (UUID): The model config.
            threshold_percent (int): Percentage of the context window; 100 switches compaction off.
     """

    model_config_id: UUID
    threshold_percent: int





    def to_dict(self) -> dict[str, Any]:
        model_config_id = str(self.model_config_id)

        threshold_percent = self.threshold_percent


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "model_config_id": model_config_id,
            "threshold_percent": threshold_percent,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        model_config_id = UUID(d.pop("model_config_id"))




        threshold_percent = d.pop("threshold_percent")

        user_chat_compaction_threshold = cls(
            model_config_id=model_config_id,
            threshold_percent=threshold_percent,
        )

        return user_chat_compaction_threshold

