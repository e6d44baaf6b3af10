from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_override_response import ChatModelOverrideResponse





T = TypeVar("T", bound="ChatPersonalModelOverrideDeploymentDefaults")



@_attrs_define
class ChatPersonalModelOverrideDeploymentDefaults:
    """ What deployment_default stands for.

        Example:
            {'general': {'context': 'general', 'model_config_id': '', 'is_malformed': False}, 'explore': {'context':
                'explore', 'model_config_id': '', 'is_malformed': False}}

        Attributes:
            general (ChatModelOverrideResponse): The deployment's model for a purpose. Example: {'context': 'compaction',
                'model_config_id': '', 'is_malformed': False}.
            explore (ChatModelOverrideResponse): The deployment's model for a purpose. Example: {'context': 'compaction',
                'model_config_id': '', 'is_malformed': False}.
     """

    general: ChatModelOverrideResponse
    explore: ChatModelOverrideResponse





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_override_response import ChatModelOverrideResponse # noqa: PLC0415
        general = self.general.to_dict()

        explore = self.explore.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "general": general,
            "explore": explore,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_override_response import ChatModelOverrideResponse # noqa: PLC0415
        d = dict(src_dict)
        general = ChatModelOverrideResponse.from_dict(d.pop("general"))




        explore = ChatModelOverrideResponse.from_dict(d.pop("explore"))




        chat_personal_model_override_deployment_defaults = cls(
            general=general,
            explore=explore,
        )

        return chat_personal_model_override_deployment_defaults

