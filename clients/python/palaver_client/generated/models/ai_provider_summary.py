from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.ai_provider_type import AIProviderType
from ..models.ai_provider_type import check_ai_provider_type
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="AIProviderSummary")



@_attrs_define
class AIProviderSummary:
    """ A provider without its keys and settings.

        Example:
            {'id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'type': 'anthropic', 'name': 'anthropic', 'display_name':
                'Anthropic', 'icon': '', 'enabled': True, 'deleted': False}

        Attributes:
            id (UUID):
            type_ (AIProviderType): The protocol family of a provider. `demo` is Palaver's built-in provider, which answers
                deterministically and
                without any network, and stands beyond the compatible wire.
                 Example: anthropic.
            name (str):
            display_name (str): Label.
            icon (str): Icon URL.
            enabled (bool): Switched on.
            deleted (bool): The provider was removed.
     """

    id: UUID
    type_: AIProviderType
    name: str
    display_name: str
    icon: str
    enabled: bool
    deleted: bool





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        type_: str = self.type_

        name = self.name

        display_name = self.display_name

        icon = self.icon

        enabled = self.enabled

        deleted = self.deleted


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "type": type_,
            "name": name,
            "display_name": display_name,
            "icon": icon,
            "enabled": enabled,
            "deleted": deleted,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        type_ = check_ai_provider_type(d.pop("type"))




        name = d.pop("name")

        display_name = d.pop("display_name")

        icon = d.pop("icon")

        enabled = d.pop("enabled")

        deleted = d.pop("deleted")

        ai_provider_summary = cls(
            id=id,
            type_=type_,
            name=name,
            display_name=display_name,
            icon=icon,
            enabled=enabled,
            deleted=deleted,
        )

        return ai_provider_summary

