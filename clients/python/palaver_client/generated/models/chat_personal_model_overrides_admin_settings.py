from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatPersonalModelOverridesAdminSettings")



@_attrs_define
class ChatPersonalModelOverridesAdminSettings:
    """ Whether users may choose models of their own.

        Example:
            {'allow_users': True}

        Attributes:
            allow_users (bool): They may.
     """

    allow_users: bool





    def to_dict(self) -> dict[str, Any]:
        allow_users = self.allow_users


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "allow_users": allow_users,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        allow_users = d.pop("allow_users")

        chat_personal_model_overrides_admin_settings = cls(
            allow_users=allow_users,
        )

        return chat_personal_model_overrides_admin_settings

