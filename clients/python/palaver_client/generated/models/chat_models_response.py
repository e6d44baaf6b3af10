from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_provider import ChatModelProvider
  from ..models.chat_unsupported_provider import ChatUnsupportedProvider





T = TypeVar("T", bound="ChatModelsResponse")



@_attrs_define
class ChatModelsResponse:
    """ The models that the caller can pick.

        Example:
            {'providers': [{'provider': 'demo', 'available': True, 'models': [{'id': 'demo:demo', 'provider': 'demo',
                'model': 'demo', 'display_name': 'Demo'}]}], 'unsupported_providers': []}

        Attributes:
            providers (list[ChatModelProvider]): Provider types with their models, usable or not.
            unsupported_providers (list[ChatUnsupportedProvider]): Providers that are configured but cannot serve chats.
     """

    providers: list[ChatModelProvider]
    unsupported_providers: list[ChatUnsupportedProvider]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_provider import ChatModelProvider # noqa: PLC0415
        from ..models.chat_unsupported_provider import ChatUnsupportedProvider # noqa: PLC0415
        providers = []
        for providers_item_data in self.providers:
            providers_item = providers_item_data.to_dict()
            providers.append(providers_item)



        unsupported_providers = []
        for unsupported_providers_item_data in self.unsupported_providers:
            unsupported_providers_item = unsupported_providers_item_data.to_dict()
            unsupported_providers.append(unsupported_providers_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "providers": providers,
            "unsupported_providers": unsupported_providers,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_provider import ChatModelProvider # noqa: PLC0415
        from ..models.chat_unsupported_provider import ChatUnsupportedProvider # noqa: PLC0415
        d = dict(src_dict)
        providers = []
        _providers = d.pop("providers")
        for providers_item_data in (_providers):
            providers_item = ChatModelProvider.from_dict(providers_item_data)



            providers.append(providers_item)


        unsupported_providers = []
        _unsupported_providers = d.pop("unsupported_providers")
        for unsupported_providers_item_data in (_unsupported_providers):
            unsupported_providers_item = ChatUnsupportedProvider.from_dict(unsupported_providers_item_data)



            unsupported_providers.append(unsupported_providers_item)


        chat_models_response = cls(
            providers=providers,
            unsupported_providers=unsupported_providers,
        )

        return chat_models_response

