from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateUserPasswordRequest")



@_attrs_define
class UpdateUserPasswordRequest:
    """ A new password.

        Example:
            {'old_password': 'Correct-Horse-7-Staple', 'password': 'Quiet-Lantern-42-Orbit'}

        Attributes:
            password (str): The new password; at least 52 bits of entropy.
            old_password (None | str | Unset): The password so far; required for the own one.
     """

    password: str
    old_password: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        password = self.password

        old_password: None | str | Unset
        if isinstance(self.old_password, Unset):
            old_password = UNSET
        else:
            old_password = self.old_password


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "password": password,
        })
        if old_password is not UNSET:
            field_dict["old_password"] = old_password

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        password = d.pop("password")

        def _parse_old_password(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        old_password = _parse_old_password(d.pop("old_password", UNSET))


        update_user_password_request = cls(
            password=password,
            old_password=old_password,
        )


        update_user_password_request.additional_properties = d
        return update_user_password_request

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
