from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.ai_provider_type import AIProviderType
from ..models.ai_provider_type import check_ai_provider_type
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.ai_provider_settings import AIProviderSettings





T = TypeVar("T", bound="CreateAIProviderRequest")



@_attrs_define
class CreateAIProviderRequest:
    """ A provider to add.

        Example:
            {'type': 'anthropic', 'name': 'anthropic', 'display_name': 'Anthropic', 'enabled': True, 'base_url':
                'https://api.anthropic.com', 'api_keys': ['sk-ant-example-0123456789abcdef']}

        Attributes:
            type_ (AIProviderType): The protocol family of a provider. `demo` is Palaver's built-in provider, which answers
                deterministically and
                without any network, and stands beyond the compatible wire.
                 Example: anthropic.
            name (str): Unique name.
            base_url (str): Address of the provider, an http or https URL. May be empty for type `demo` only.
            display_name (None | str | Unset): Label.
            icon (None | str | Unset): Icon URL.
            enabled (bool | None | Unset): Switched on; false when absent.
            api_keys (list[str] | None | Unset): Keys, in the order in which they are tried.
            settings (AIProviderSettings | None | Unset): Only for type `bedrock`.
     """

    type_: AIProviderType
    name: str
    base_url: str
    display_name: None | str | Unset = UNSET
    icon: None | str | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    api_keys: list[str] | None | Unset = UNSET
    settings: AIProviderSettings | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.ai_provider_settings import AIProviderSettings # noqa: PLC0415
        type_: str = self.type_

        name = self.name

        base_url = self.base_url

        display_name: None | str | Unset
        if isinstance(self.display_name, Unset):
            display_name = UNSET
        else:
            display_name = self.display_name

        icon: None | str | Unset
        if isinstance(self.icon, Unset):
            icon = UNSET
        else:
            icon = self.icon

        enabled: bool | None | Unset
        if isinstance(self.enabled, Unset):
            enabled = UNSET
        else:
            enabled = self.enabled

        api_keys: list[str] | None | Unset
        if isinstance(self.api_keys, Unset):
            api_keys = UNSET
        elif isinstance(self.api_keys, list):
            api_keys = self.api_keys


        else:
            api_keys = self.api_keys

        settings: dict[str, Any] | None | Unset
        if isinstance(self.settings, Unset):
            settings = UNSET
        elif isinstance(self.settings, AIProviderSettings):
            settings = self.settings.to_dict()
        else:
            settings = self.settings


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "type": type_,
            "name": name,
            "base_url": base_url,
        })
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if icon is not UNSET:
            field_dict["icon"] = icon
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if api_keys is not UNSET:
            field_dict["api_keys"] = api_keys
        if settings is not UNSET:
            field_dict["settings"] = settings

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ai_provider_settings import AIProviderSettings # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_ai_provider_type(d.pop("type"))




        name = d.pop("name")

        base_url = d.pop("base_url")

        def _parse_display_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        display_name = _parse_display_name(d.pop("display_name", UNSET))


        def _parse_icon(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        icon = _parse_icon(d.pop("icon", UNSET))


        def _parse_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enabled = _parse_enabled(d.pop("enabled", UNSET))


        def _parse_api_keys(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                api_keys_type_0 = cast(list[str], data)

                return api_keys_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        api_keys = _parse_api_keys(d.pop("api_keys", UNSET))


        def _parse_settings(data: object) -> AIProviderSettings | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                settings_type_1 = AIProviderSettings.from_dict(data)



                return settings_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AIProviderSettings | None | Unset, data)

        settings = _parse_settings(d.pop("settings", UNSET))


        create_ai_provider_request = cls(
            type_=type_,
            name=name,
            base_url=base_url,
            display_name=display_name,
            icon=icon,
            enabled=enabled,
            api_keys=api_keys,
            settings=settings,
        )


        create_ai_provider_request.additional_properties = d
        return create_ai_provider_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
