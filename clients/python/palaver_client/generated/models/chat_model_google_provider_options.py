from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_google_safety_setting import ChatModelGoogleSafetySetting
  from ..models.chat_model_google_thinking_config import ChatModelGoogleThinkingConfig





T = TypeVar("T", bound="ChatModelGoogleProviderOptions")



@_attrs_define
class ChatModelGoogleProviderOptions:
    """ Options of Google models.

        Example:
            {'thinking_config': {'thinking_budget': 4096, 'include_thoughts': True}}

        Attributes:
            thinking_config (ChatModelGoogleThinkingConfig | None | Unset):
            cached_content (None | str | Unset): Name of cached content.
            safety_settings (list[ChatModelGoogleSafetySetting] | None | Unset): Safety rules.
            threshold (None | str | Unset): Threshold for all harm categories.
            web_search_enabled (bool | None | Unset): Offer the provider's web search.
     """

    thinking_config: ChatModelGoogleThinkingConfig | None | Unset = UNSET
    cached_content: None | str | Unset = UNSET
    safety_settings: list[ChatModelGoogleSafetySetting] | None | Unset = UNSET
    threshold: None | str | Unset = UNSET
    web_search_enabled: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_google_safety_setting import ChatModelGoogleSafetySetting # noqa: PLC0415
        from ..models.chat_model_google_thinking_config import ChatModelGoogleThinkingConfig # noqa: PLC0415
        thinking_config: dict[str, Any] | None | Unset
        if isinstance(self.thinking_config, Unset):
            thinking_config = UNSET
        elif isinstance(self.thinking_config, ChatModelGoogleThinkingConfig):
            thinking_config = self.thinking_config.to_dict()
        else:
            thinking_config = self.thinking_config

        cached_content: None | str | Unset
        if isinstance(self.cached_content, Unset):
            cached_content = UNSET
        else:
            cached_content = self.cached_content

        safety_settings: list[dict[str, Any]] | None | Unset
        if isinstance(self.safety_settings, Unset):
            safety_settings = UNSET
        elif isinstance(self.safety_settings, list):
            safety_settings = []
            for safety_settings_type_0_item_data in self.safety_settings:
                safety_settings_type_0_item = safety_settings_type_0_item_data.to_dict()
                safety_settings.append(safety_settings_type_0_item)


        else:
            safety_settings = self.safety_settings

        threshold: None | str | Unset
        if isinstance(self.threshold, Unset):
            threshold = UNSET
        else:
            threshold = self.threshold

        web_search_enabled: bool | None | Unset
        if isinstance(self.web_search_enabled, Unset):
            web_search_enabled = UNSET
        else:
            web_search_enabled = self.web_search_enabled


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if thinking_config is not UNSET:
            field_dict["thinking_config"] = thinking_config
        if cached_content is not UNSET:
            field_dict["cached_content"] = cached_content
        if safety_settings is not UNSET:
            field_dict["safety_settings"] = safety_settings
        if threshold is not UNSET:
            field_dict["threshold"] = threshold
        if web_search_enabled is not UNSET:
            field_dict["web_search_enabled"] = web_search_enabled

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_google_safety_setting import ChatModelGoogleSafetySetting # noqa: PLC0415
        from ..models.chat_model_google_thinking_config import ChatModelGoogleThinkingConfig # noqa: PLC0415
        d = dict(src_dict)
        def _parse_thinking_config(data: object) -> ChatModelGoogleThinkingConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                thinking_config_type_1 = ChatModelGoogleThinkingConfig.from_dict(data)



                return thinking_config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelGoogleThinkingConfig | None | Unset, data)

        thinking_config = _parse_thinking_config(d.pop("thinking_config", UNSET))


        def _parse_cached_content(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        cached_content = _parse_cached_content(d.pop("cached_content", UNSET))


        def _parse_safety_settings(data: object) -> list[ChatModelGoogleSafetySetting] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                safety_settings_type_0 = []
                _safety_settings_type_0 = data
                for safety_settings_type_0_item_data in (_safety_settings_type_0):
                    safety_settings_type_0_item = ChatModelGoogleSafetySetting.from_dict(safety_settings_type_0_item_data)



                    safety_settings_type_0.append(safety_settings_type_0_item)

                return safety_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ChatModelGoogleSafetySetting] | None | Unset, data)

        safety_settings = _parse_safety_settings(d.pop("safety_settings", UNSET))


        def _parse_threshold(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        threshold = _parse_threshold(d.pop("threshold", UNSET))


        def _parse_web_search_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        web_search_enabled = _parse_web_search_enabled(d.pop("web_search_enabled", UNSET))


        chat_model_google_provider_options = cls(
            thinking_config=thinking_config,
            cached_content=cached_content,
            safety_settings=safety_settings,
            threshold=threshold,
            web_search_enabled=web_search_enabled,
        )


        chat_model_google_provider_options.additional_properties = d
        return chat_model_google_provider_options

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
