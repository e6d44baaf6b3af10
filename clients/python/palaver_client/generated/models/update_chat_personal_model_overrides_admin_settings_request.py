from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateChatPersonalModelOverridesAdminSettingsRequest")



@_attrs_define
class UpdateChatPersonalModelOverridesAdminSettingsRequest:
    """ Whether users may choose models of their own.

        Example:
            {'allow_users': True}

        Attributes:
            allow_users (bool | None | Unset): They may; absent is false.
     """

    allow_users: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        allow_users: bool | None | Unset
        if isinstance(self.allow_users, Unset):
            allow_users = UNSET
        else:
            allow_users = self.allow_users


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if allow_users is not UNSET:
            field_dict["allow_users"] = allow_users

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_allow_users(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        allow_users = _parse_allow_users(d.pop("allow_users", UNSET))


        update_chat_personal_model_overrides_admin_settings_request = cls(
            allow_users=allow_users,
        )


        update_chat_personal_model_overrides_admin_settings_request.additional_properties = d
        return update_chat_personal_model_overrides_admin_settings_request

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
