from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_model_call_config import ChatModelCallConfig





T = TypeVar("T", bound="UpdateChatModelConfigRequest")



@_attrs_define
class UpdateChatModelConfigRequest:
    """ The fields to change.

        Example:
            {'display_name': 'Claude Sonnet 4.5', 'compression_threshold': 80}

        Attributes:
            ai_provider_id (None | Unset | UUID): The provider.
            model (None | str | Unset): The provider's name of the model; empty leaves it as it is.
            display_name (None | str | Unset): Label; empty leaves it as it is.
            enabled (bool | None | Unset): Can be chosen.
            is_default (bool | None | Unset): Use when nothing else is chosen.
            context_limit (int | None | Unset): Context window in tokens.
            compression_threshold (int | None | Unset): Percentage of the context window that triggers compaction.
            model_config (ChatModelCallConfig | None | Unset):
     """

    ai_provider_id: None | Unset | UUID = UNSET
    model: None | str | Unset = UNSET
    display_name: None | str | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    is_default: bool | None | Unset = UNSET
    context_limit: int | None | Unset = UNSET
    compression_threshold: int | None | Unset = UNSET
    model_config: ChatModelCallConfig | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_call_config import ChatModelCallConfig # noqa: PLC0415
        ai_provider_id: None | str | Unset
        if isinstance(self.ai_provider_id, Unset):
            ai_provider_id = UNSET
        elif isinstance(self.ai_provider_id, UUID):
            ai_provider_id = str(self.ai_provider_id)
        else:
            ai_provider_id = self.ai_provider_id

        model: None | str | Unset
        if isinstance(self.model, Unset):
            model = UNSET
        else:
            model = self.model

        display_name: None | str | Unset
        if isinstance(self.display_name, Unset):
            display_name = UNSET
        else:
            display_name = self.display_name

        enabled: bool | None | Unset
        if isinstance(self.enabled, Unset):
            enabled = UNSET
        else:
            enabled = self.enabled

        is_default: bool | None | Unset
        if isinstance(self.is_default, Unset):
            is_default = UNSET
        else:
            is_default = self.is_default

        context_limit: int | None | Unset
        if isinstance(self.context_limit, Unset):
            context_limit = UNSET
        else:
            context_limit = self.context_limit

        compression_threshold: int | None | Unset
        if isinstance(self.compression_threshold, Unset):
            compression_threshold = UNSET
        else:
            compression_threshold = self.compression_threshold

        model_config: dict[str, Any] | None | Unset
        if isinstance(self.model_config, Unset):
            model_config = UNSET
        elif isinstance(self.model_config, ChatModelCallConfig):
            model_config = self.model_config.to_dict()
        else:
            model_config = self.model_config


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if ai_provider_id is not UNSET:
            field_dict["ai_provider_id"] = ai_provider_id
        if model is not UNSET:
            field_dict["model"] = model
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if is_default is not UNSET:
            field_dict["is_default"] = is_default
        if context_limit is not UNSET:
            field_dict["context_limit"] = context_limit
        if compression_threshold is not UNSET:
            field_dict["compression_threshold"] = compression_threshold
        if model_config is not UNSET:
            field_dict["model_config"] = model_config

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_call_config import ChatModelCallConfig # noqa: PLC0415
        d = dict(src_dict)
        def _parse_ai_provider_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ai_provider_id_type_0 = UUID(data)



                return ai_provider_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        ai_provider_id = _parse_ai_provider_id(d.pop("ai_provider_id", UNSET))


        def _parse_model(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        model = _parse_model(d.pop("model", UNSET))


        def _parse_display_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        display_name = _parse_display_name(d.pop("display_name", UNSET))


        def _parse_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enabled = _parse_enabled(d.pop("enabled", UNSET))


        def _parse_is_default(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_default = _parse_is_default(d.pop("is_default", UNSET))


        def _parse_context_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        context_limit = _parse_context_limit(d.pop("context_limit", UNSET))


        def _parse_compression_threshold(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        compression_threshold = _parse_compression_threshold(d.pop("compression_threshold", UNSET))


        def _parse_model_config(data: object) -> ChatModelCallConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                model_config_type_1 = ChatModelCallConfig.from_dict(data)



                return model_config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelCallConfig | None | Unset, data)

        model_config = _parse_model_config(d.pop("model_config", UNSET))


        update_chat_model_config_request = cls(
            ai_provider_id=ai_provider_id,
            model=model,
            display_name=display_name,
            enabled=enabled,
            is_default=is_default,
            context_limit=context_limit,
            compression_threshold=compression_threshold,
            model_config=model_config,
        )


        update_chat_model_config_request.additional_properties = d
        return update_chat_model_config_request

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
