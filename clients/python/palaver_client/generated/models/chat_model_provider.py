from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_model_provider_unavailable_reason import ChatModelProviderUnavailableReason
from ..models.chat_model_provider_unavailable_reason import check_chat_model_provider_unavailable_reason
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model import ChatModel





T = TypeVar("T", bound="ChatModelProvider")



@_attrs_define
class ChatModelProvider:
    """ A provider type and its models.

        Example:
            {'provider': 'demo', 'available': True, 'models': [{'id': 'demo:demo', 'provider': 'demo', 'model': 'demo',
                'display_name': 'Demo'}]}

        Attributes:
            provider (str): Provider type.
            available (bool): The caller can use it now.
            models (list[ChatModel]): Enabled models.
            unavailable_reason (ChatModelProviderUnavailableReason | Unset): Why a provider cannot be used. Example:
                missing_api_key.
     """

    provider: str
    available: bool
    models: list[ChatModel]
    unavailable_reason: ChatModelProviderUnavailableReason | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model import ChatModel # noqa: PLC0415
        provider = self.provider

        available = self.available

        models = []
        for models_item_data in self.models:
            models_item = models_item_data.to_dict()
            models.append(models_item)



        unavailable_reason: str | Unset = UNSET
        if not isinstance(self.unavailable_reason, Unset):
            unavailable_reason = self.unavailable_reason



        field_dict: dict[str, Any] = {}

        field_dict.update({
            "provider": provider,
            "available": available,
            "models": models,
        })
        if unavailable_reason is not UNSET:
            field_dict["unavailable_reason"] = unavailable_reason

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model import ChatModel # noqa: PLC0415
        d = dict(src_dict)
        provider = d.pop("provider")

        available = d.pop("available")

        models = []
        _models = d.pop("models")
        for models_item_data in (_models):
            models_item = ChatModel.from_dict(models_item_data)



            models.append(models_item)


        _unavailable_reason = d.pop("unavailable_reason", UNSET)
        unavailable_reason: ChatModelProviderUnavailableReason | Unset
        if isinstance(_unavailable_reason,  Unset):
            unavailable_reason = UNSET
        else:
            unavailable_reason = check_chat_model_provider_unavailable_reason(_unavailable_reason)




        chat_model_provider = cls(
            provider=provider,
            available=available,
            models=models,
            unavailable_reason=unavailable_reason,
        )

        return chat_model_provider

