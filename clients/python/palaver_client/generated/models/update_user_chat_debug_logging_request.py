from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateUserChatDebugLoggingRequest")



@_attrs_define
class UpdateUserChatDebugLoggingRequest:
    """ Whether the caller's chats are recorded.

        Example:
            {'debug_logging_enabled': True}

        Attributes:
            debug_logging_enabled (bool | None | Unset): They are; absent is false.
     """

    debug_logging_enabled: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        debug_logging_enabled: bool | None | Unset
        if isinstance(self.debug_logging_enabled, Unset):
            debug_logging_enabled = UNSET
        else:
            debug_logging_enabled = self.debug_logging_enabled


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if debug_logging_enabled is not UNSET:
            field_dict["debug_logging_enabled"] = debug_logging_enabled

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_debug_logging_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        debug_logging_enabled = _parse_debug_logging_enabled(d.pop("debug_logging_enabled", UNSET))


        update_user_chat_debug_logging_request = cls(
            debug_logging_enabled=debug_logging_enabled,
        )


        update_user_chat_debug_logging_request.additional_properties = d
        return update_user_chat_debug_logging_request

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
