from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.ai_provider_key_mutation import AIProviderKeyMutation
  from ..models.ai_provider_settings import AIProviderSettings





T = TypeVar("T", bound="UpdateAIProviderRequest")



@_attrs_define
class UpdateAIProviderRequest:
    """ The fields to change; at least one.

        Example:
            {'display_name': 'Anthropic EU', 'enabled': True}

        Attributes:
            display_name (None | str | Unset): Label.
            icon (None | str | Unset): Icon URL.
            enabled (bool | None | Unset): Switched on.
            base_url (None | str | Unset): Address of the provider, an http or https URL. May be empty for type `demo` only.
            api_keys (list[AIProviderKeyMutation] | None | Unset): The wanted state of the keys; absent leaves them as they
                are.
            settings (AIProviderSettings | None | Unset): Only for type `bedrock`.
     """

    display_name: None | str | Unset = UNSET
    icon: None | str | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    base_url: None | str | Unset = UNSET
    api_keys: list[AIProviderKeyMutation] | None | Unset = UNSET
    settings: AIProviderSettings | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.ai_provider_key_mutation import AIProviderKeyMutation # noqa: PLC0415
        from ..models.ai_provider_settings import AIProviderSettings # noqa: PLC0415
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

        base_url: None | str | Unset
        if isinstance(self.base_url, Unset):
            base_url = UNSET
        else:
            base_url = self.base_url

        api_keys: list[dict[str, Any]] | None | Unset
        if isinstance(self.api_keys, Unset):
            api_keys = UNSET
        elif isinstance(self.api_keys, list):
            api_keys = []
            for api_keys_type_0_item_data in self.api_keys:
                api_keys_type_0_item = api_keys_type_0_item_data.to_dict()
                api_keys.append(api_keys_type_0_item)


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
        })
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if icon is not UNSET:
            field_dict["icon"] = icon
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if base_url is not UNSET:
            field_dict["base_url"] = base_url
        if api_keys is not UNSET:
            field_dict["api_keys"] = api_keys
        if settings is not UNSET:
            field_dict["settings"] = settings

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ai_provider_key_mutation import AIProviderKeyMutation # noqa: PLC0415
        from ..models.ai_provider_settings import AIProviderSettings # noqa: PLC0415
        d = dict(src_dict)
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


        def _parse_base_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        base_url = _parse_base_url(d.pop("base_url", UNSET))


        def _parse_api_keys(data: object) -> list[AIProviderKeyMutation] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                api_keys_type_0 = []
                _api_keys_type_0 = data
                for api_keys_type_0_item_data in (_api_keys_type_0):
                    api_keys_type_0_item = AIProviderKeyMutation.from_dict(api_keys_type_0_item_data)



                    api_keys_type_0.append(api_keys_type_0_item)

                return api_keys_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[AIProviderKeyMutation] | None | Unset, data)

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


        update_ai_provider_request = cls(
            display_name=display_name,
            icon=icon,
            enabled=enabled,
            base_url=base_url,
            api_keys=api_keys,
            settings=settings,
        )


        update_ai_provider_request.additional_properties = d
        return update_ai_provider_request

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
