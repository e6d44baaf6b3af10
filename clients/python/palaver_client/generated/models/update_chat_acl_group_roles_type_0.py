from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.update_chat_acl_group_roles_type_0_additional_property import check_update_chat_acl_group_roles_type_0_additional_property
from ..models.update_chat_acl_group_roles_type_0_additional_property import UpdateChatACLGroupRolesType0AdditionalProperty
from typing import cast






T = TypeVar("T", bound="UpdateChatACLGroupRolesType0")



@_attrs_define
class UpdateChatACLGroupRolesType0:
    """ By group id.

     """

    additional_properties: dict[str, UpdateChatACLGroupRolesType0AdditionalProperty] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        
        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.additional_properties.items():
            field_dict[prop_name] = prop


        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        update_chat_acl_group_roles_type_0 = cls(
        )


        additional_properties = {}
        for prop_name, prop_dict in d.items():
            additional_property = check_update_chat_acl_group_roles_type_0_additional_property(prop_dict)



            additional_properties[prop_name] = additional_property

        update_chat_acl_group_roles_type_0.additional_properties = additional_properties
        return update_chat_acl_group_roles_type_0

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> UpdateChatACLGroupRolesType0AdditionalProperty:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: UpdateChatACLGroupRolesType0AdditionalProperty) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
