from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="PatchGroupRequest")



@_attrs_define
class PatchGroupRequest:
    """ What to change, and whom to add and remove; the rest stays.

        Example:
            {'add_users': ['2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0']}

        Attributes:
            add_users (list[UUID] | None | Unset): Ids of members of the organization to put into the group.
            remove_users (list[UUID] | None | Unset): Ids of users to take out of the group.
            name (None | str | Unset): Name, unique in the organization; empty changes nothing.
            display_name (None | str | Unset): Label, without outer white space.
            avatar_url (None | str | Unset): Picture URL.
            quota_allowance (int | None | Unset): Of no meaning for chats.
     """

    add_users: list[UUID] | None | Unset = UNSET
    remove_users: list[UUID] | None | Unset = UNSET
    name: None | str | Unset = UNSET
    display_name: None | str | Unset = UNSET
    avatar_url: None | str | Unset = UNSET
    quota_allowance: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        add_users: list[str] | None | Unset
        if isinstance(self.add_users, Unset):
            add_users = UNSET
        elif isinstance(self.add_users, list):
            add_users = []
            for add_users_type_0_item_data in self.add_users:
                add_users_type_0_item = str(add_users_type_0_item_data)
                add_users.append(add_users_type_0_item)


        else:
            add_users = self.add_users

        remove_users: list[str] | None | Unset
        if isinstance(self.remove_users, Unset):
            remove_users = UNSET
        elif isinstance(self.remove_users, list):
            remove_users = []
            for remove_users_type_0_item_data in self.remove_users:
                remove_users_type_0_item = str(remove_users_type_0_item_data)
                remove_users.append(remove_users_type_0_item)


        else:
            remove_users = self.remove_users

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        display_name: None | str | Unset
        if isinstance(self.display_name, Unset):
            display_name = UNSET
        else:
            display_name = self.display_name

        avatar_url: None | str | Unset
        if isinstance(self.avatar_url, Unset):
            avatar_url = UNSET
        else:
            avatar_url = self.avatar_url

        quota_allowance: int | None | Unset
        if isinstance(self.quota_allowance, Unset):
            quota_allowance = UNSET
        else:
            quota_allowance = self.quota_allowance


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if add_users is not UNSET:
            field_dict["add_users"] = add_users
        if remove_users is not UNSET:
            field_dict["remove_users"] = remove_users
        if name is not UNSET:
            field_dict["name"] = name
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if avatar_url is not UNSET:
            field_dict["avatar_url"] = avatar_url
        if quota_allowance is not UNSET:
            field_dict["quota_allowance"] = quota_allowance

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_add_users(data: object) -> list[UUID] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                add_users_type_0 = []
                _add_users_type_0 = data
                for add_users_type_0_item_data in (_add_users_type_0):
                    add_users_type_0_item = UUID(add_users_type_0_item_data)



                    add_users_type_0.append(add_users_type_0_item)

                return add_users_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[UUID] | None | Unset, data)

        add_users = _parse_add_users(d.pop("add_users", UNSET))


        def _parse_remove_users(data: object) -> list[UUID] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                remove_users_type_0 = []
                _remove_users_type_0 = data
                for remove_users_type_0_item_data in (_remove_users_type_0):
                    remove_users_type_0_item = UUID(remove_users_type_0_item_data)



                    remove_users_type_0.append(remove_users_type_0_item)

                return remove_users_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[UUID] | None | Unset, data)

        remove_users = _parse_remove_users(d.pop("remove_users", UNSET))


        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))


        def _parse_display_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        display_name = _parse_display_name(d.pop("display_name", UNSET))


        def _parse_avatar_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        avatar_url = _parse_avatar_url(d.pop("avatar_url", UNSET))


        def _parse_quota_allowance(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        quota_allowance = _parse_quota_allowance(d.pop("quota_allowance", UNSET))


        patch_group_request = cls(
            add_users=add_users,
            remove_users=remove_users,
            name=name,
            display_name=display_name,
            avatar_url=avatar_url,
            quota_allowance=quota_allowance,
        )


        patch_group_request.additional_properties = d
        return patch_group_request

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
