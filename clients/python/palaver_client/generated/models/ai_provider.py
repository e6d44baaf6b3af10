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
import datetime

if TYPE_CHECKING:
  from ..models.ai_provider_key import AIProviderKey
  from ..models.ai_provider_settings import AIProviderSettings





T = TypeVar("T", bound="AIProvider")



@_attrs_define
class AIProvider:
    """ A provider of models.

        Example:
            {'id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'type': 'anthropic', 'name': 'anthropic', 'display_name':
                'Anthropic', 'icon': '', 'enabled': True, 'base_url': 'https://api.anthropic.com', 'api_keys': [{'id':
                '3c6f1e80-9a47-4d25-8be1-70f5c2d9a648', 'masked': 'sk-a...cdef', 'created_at': '2026-08-01T10:01:20Z'}],
                'settings': None, 'created_at': '2026-08-01T10:01:20Z', 'updated_at': '2026-08-01T10:01:20Z'}

        Attributes:
            id (UUID): Id.
            type_ (AIProviderType): The protocol family of a provider. `demo` is Palaver's built-in provider, which answers
                deterministically and
                without any network, and stands beyond the compatible wire.
                 Example: anthropic.
            name (str): Unique name.
            display_name (str): Label.
            icon (str): Icon URL.
            enabled (bool): Switched on.
            base_url (str): Address of the provider; may be empty for type `demo`.
            api_keys (list[AIProviderKey]): The stored keys, shortened.
            settings (AIProviderSettings | None): Null unless the type is `bedrock`.
            created_at (datetime.datetime): Creation time.
            updated_at (datetime.datetime): Time of the last change.
     """

    id: UUID
    type_: AIProviderType
    name: str
    display_name: str
    icon: str
    enabled: bool
    base_url: str
    api_keys: list[AIProviderKey]
    settings: AIProviderSettings | None
    created_at: datetime.datetime
    updated_at: datetime.datetime





    def to_dict(self) -> dict[str, Any]:
        from ..models.ai_provider_key import AIProviderKey # noqa: PLC0415
        from ..models.ai_provider_settings import AIProviderSettings # noqa: PLC0415
        id = str(self.id)

        type_: str = self.type_

        name = self.name

        display_name = self.display_name

        icon = self.icon

        enabled = self.enabled

        base_url = self.base_url

        api_keys = []
        for api_keys_item_data in self.api_keys:
            api_keys_item = api_keys_item_data.to_dict()
            api_keys.append(api_keys_item)



        settings: dict[str, Any] | None
        if isinstance(self.settings, AIProviderSettings):
            settings = self.settings.to_dict()
        else:
            settings = self.settings

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "type": type_,
            "name": name,
            "display_name": display_name,
            "icon": icon,
            "enabled": enabled,
            "base_url": base_url,
            "api_keys": api_keys,
            "settings": settings,
            "created_at": created_at,
            "updated_at": updated_at,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ai_provider_key import AIProviderKey # noqa: PLC0415
        from ..models.ai_provider_settings import AIProviderSettings # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        type_ = check_ai_provider_type(d.pop("type"))




        name = d.pop("name")

        display_name = d.pop("display_name")

        icon = d.pop("icon")

        enabled = d.pop("enabled")

        base_url = d.pop("base_url")

        api_keys = []
        _api_keys = d.pop("api_keys")
        for api_keys_item_data in (_api_keys):
            api_keys_item = AIProviderKey.from_dict(api_keys_item_data)



            api_keys.append(api_keys_item)


        def _parse_settings(data: object) -> AIProviderSettings | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                settings_type_1 = AIProviderSettings.from_dict(data)



                return settings_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AIProviderSettings | None, data)

        settings = _parse_settings(d.pop("settings"))


        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        ai_provider = cls(
            id=id,
            type_=type_,
            name=name,
            display_name=display_name,
            icon=icon,
            enabled=enabled,
            base_url=base_url,
            api_keys=api_keys,
            settings=settings,
            created_at=created_at,
            updated_at=updated_at,
        )

        return ai_provider

