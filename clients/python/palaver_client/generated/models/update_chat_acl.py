from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.update_chat_acl_group_roles_type_0 import UpdateChatACLGroupRolesType0
  from ..models.update_chat_acl_user_roles_type_0 import UpdateChatACLUserRolesType0





T = TypeVar("T", bound="UpdateChatACL")



@_attrs_define
class UpdateChatACL:
    """ Entries to set or remove; others stay.

        Example:
            {'user_roles': {'2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0': 'read'}}

        Attributes:
            user_roles (None | Unset | UpdateChatACLUserRolesType0): By user id.
            group_roles (None | Unset | UpdateChatACLGroupRolesType0): By group id.
     """

    user_roles: None | Unset | UpdateChatACLUserRolesType0 = UNSET
    group_roles: None | Unset | UpdateChatACLGroupRolesType0 = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.update_chat_acl_group_roles_type_0 import UpdateChatACLGroupRolesType0 # noqa: PLC0415
        from ..models.update_chat_acl_user_roles_type_0 import UpdateChatACLUserRolesType0 # noqa: PLC0415
        user_roles: dict[str, Any] | None | Unset
        if isinstance(self.user_roles, Unset):
            user_roles = UNSET
        elif isinstance(self.user_roles, UpdateChatACLUserRolesType0):
            user_roles = self.user_roles.to_dict()
        else:
            user_roles = self.user_roles

        group_roles: dict[str, Any] | None | Unset
        if isinstance(self.group_roles, Unset):
            group_roles = UNSET
        elif isinstance(self.group_roles, UpdateChatACLGroupRolesType0):
            group_roles = self.group_roles.to_dict()
        else:
            group_roles = self.group_roles


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if user_roles is not UNSET:
            field_dict["user_roles"] = user_roles
        if group_roles is not UNSET:
            field_dict["group_roles"] = group_roles

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.update_chat_acl_group_roles_type_0 import UpdateChatACLGroupRolesType0 # noqa: PLC0415
        from ..models.update_chat_acl_user_roles_type_0 import UpdateChatACLUserRolesType0 # noqa: PLC0415
        d = dict(src_dict)
        def _parse_user_roles(data: object) -> None | Unset | UpdateChatACLUserRolesType0:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                user_roles_type_0 = UpdateChatACLUserRolesType0.from_dict(data)



                return user_roles_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UpdateChatACLUserRolesType0, data)

        user_roles = _parse_user_roles(d.pop("user_roles", UNSET))


        def _parse_group_roles(data: object) -> None | Unset | UpdateChatACLGroupRolesType0:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                group_roles_type_0 = UpdateChatACLGroupRolesType0.from_dict(data)



                return group_roles_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UpdateChatACLGroupRolesType0, data)

        group_roles = _parse_group_roles(d.pop("group_roles", UNSET))


        update_chat_acl = cls(
            user_roles=user_roles,
            group_roles=group_roles,
        )


        update_chat_acl.additional_properties = d
        return update_chat_acl

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
