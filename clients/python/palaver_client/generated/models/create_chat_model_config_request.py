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





T = TypeVar("T", bound="CreateChatModelConfigRequest")



@_attrs_define
class CreateChatModelConfigRequest:
    """ A model to make available.

        Example:
            {'ai_provider_id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'model': 'claude-sonnet-4-5', 'display_name': 'Claude
                Sonnet 4.5', 'context_limit': 200000}

        Attributes:
            ai_provider_id (UUID): The provider; the nil UUID counts as absent.
            model (str): The provider's name of the model; trimmed, not blank.
            context_limit (int): Context window in tokens.
            display_name (None | str | Unset): Label; empty when absent.
            enabled (bool | None | Unset): Can be chosen; true when absent.
            is_default (bool | None | Unset): Use when nothing else is chosen; false when absent.
            compression_threshold (int | None | Unset): Percentage of the context window that triggers compaction; 70 when
                absent.
            model_config (ChatModelCallConfig | None | Unset):
     """

    ai_provider_id: UUID
    model: str
    context_limit: int
    display_name: None | str | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    is_default: bool | None | Unset = UNSET
    compression_threshold: int | None | Unset = UNSET
    model_config: ChatModelCallConfig | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_call_config import ChatModelCallConfig # noqa: PLC0415
        ai_provider_id = str(self.ai_provider_id)

        model = self.model

        context_limit = self.context_limit

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
            "ai_provider_id": ai_provider_id,
            "model": model,
            "context_limit": context_limit,
        })
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if is_default is not UNSET:
            field_dict["is_default"] = is_default
        if compression_threshold is not UNSET:
            field_dict["compression_threshold"] = compression_threshold
        if model_config is not UNSET:
            field_dict["model_config"] = model_config

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_call_config import ChatModelCallConfig # noqa: PLC0415
        d = dict(src_dict)
        ai_provider_id = UUID(d.pop("ai_provider_id"))




        model = d.pop("model")

        context_limit = d.pop("context_limit")

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


        create_chat_model_config_request = cls(
            ai_provider_id=ai_provider_id,
            model=model,
            context_limit=context_limit,
            display_name=display_name,
            enabled=enabled,
            is_default=is_default,
            compression_threshold=compression_threshold,
            model_config=model_config,
        )


        create_chat_model_config_request.additional_properties = d
        return create_chat_model_config_request

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
