from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatDebugLoggingAdminSettings")



@_attrs_define
class ChatDebugLoggingAdminSettings:
    """ Whether users may have their chats recorded.

        Example:
            {'allow_users': True, 'forced_by_deployment': False}

        Attributes:
            allow_users (bool): They may.
            forced_by_deployment (bool): All chats are recorded.
     """

    allow_users: bool
    forced_by_deployment: bool





    def to_dict(self) -> dict[str, Any]:
        allow_users = self.allow_users

        forced_by_deployment = self.forced_by_deployment


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "allow_users": allow_users,
            "forced_by_deployment": forced_by_deployment,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        allow_users = d.pop("allow_users")

        forced_by_deployment = d.pop("forced_by_deployment")

        chat_debug_logging_admin_settings = cls(
            allow_users=allow_users,
            forced_by_deployment=forced_by_deployment,
        )

        return chat_debug_logging_admin_settings

