from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatModel")



@_attrs_define
class ChatModel:
    """ A model.

        Example:
            {'id': 'anthropic:claude-sonnet-4-5', 'provider': 'anthropic', 'model': 'claude-sonnet-4-5', 'display_name':
                'Claude Sonnet 4.5'}

        Attributes:
            id (str): `<provider>:<model>`.
            provider (str): Provider type.
            model (str): The provider's name of the model.
            display_name (str): Label.
     """

    id: str
    provider: str
    model: str
    display_name: str





    def to_dict(self) -> dict[str, Any]:
        id = self.id

        provider = self.provider

        model = self.model

        display_name = self.display_name


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "provider": provider,
            "model": model,
            "display_name": display_name,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        provider = d.pop("provider")

        model = d.pop("model")

        display_name = d.pop("display_name")

        chat_model = cls(
            id=id,
            provider=provider,
            model=model,
            display_name=display_name,
        )

        return chat_model

