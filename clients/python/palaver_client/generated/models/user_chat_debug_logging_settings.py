from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="UserChatDebugLoggingSettings")



@_attrs_define
class UserChatDebugLoggingSettings:
    """ Whether a user's chats are recorded.

        Example:
            {'debug_logging_enabled': False, 'user_toggle_allowed': True, 'forced_by_deployment': False}

        Attributes:
            debug_logging_enabled (bool): They are.
            user_toggle_allowed (bool): The user may switch it.
            forced_by_deployment (bool): All chats are recorded.
     """

    debug_logging_enabled: bool
    user_toggle_allowed: bool
    forced_by_deployment: bool





    def to_dict(self) -> dict[str, Any]:
        debug_logging_enabled = self.debug_logging_enabled

        user_toggle_allowed = self.user_toggle_allowed

        forced_by_deployment = self.forced_by_deployment


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "debug_logging_enabled": debug_logging_enabled,
            "user_toggle_allowed": user_toggle_allowed,
            "forced_by_deployment": forced_by_deployment,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        debug_logging_enabled = d.pop("debug_logging_enabled")

        user_toggle_allowed = d.pop("user_toggle_allowed")

        forced_by_deployment = d.pop("forced_by_deployment")

        user_chat_debug_logging_settings = cls(
            debug_logging_enabled=debug_logging_enabled,
            user_toggle_allowed=user_toggle_allowed,
            forced_by_deployment=forced_by_deployment,
        )

        return user_chat_debug_logging_settings

