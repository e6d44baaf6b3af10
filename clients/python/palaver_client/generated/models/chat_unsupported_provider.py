from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatUnsupportedProvider")



@_attrs_define
class ChatUnsupportedProvider:
    """ A configured provider that chats cannot use.

        Example:
            {'provider': 'copilot', 'display_name': 'Copilot'}

        Attributes:
            provider (str): Provider type.
            display_name (str): Label.
     """

    provider: str
    display_name: str





    def to_dict(self) -> dict[str, Any]:
        provider = self.provider

        display_name = self.display_name


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "provider": provider,
            "display_name": display_name,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        provider = d.pop("provider")

        display_name = d.pop("display_name")

        chat_unsupported_provider = cls(
            provider=provider,
            display_name=display_name,
        )

        return chat_unsupported_provider

