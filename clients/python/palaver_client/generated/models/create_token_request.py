from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.api_key_scope import APIKeyScope
from ..models.api_key_scope import check_api_key_scope
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="CreateTokenRequest")



@_attrs_define
class CreateTokenRequest:
    """ A token to make.

        Example:
            {'token_name': 'ci', 'lifetime': 86400000000000, 'scopes': ['chat:read'], 'allow_list': ['*:*']}

        Attributes:
            lifetime (int | None | Unset): Nanoseconds; 0 or absent means 168 hours.
            scope (None | str | Unset): One scope, looked at when `scopes` is absent or empty; empty means `all`.
            scopes (list[APIKeyScope] | None | Unset): The actions that the token shall be good for; absent or empty means
                `all`.
            token_name (None | str | Unset): Unique among the user's tokens; absent or empty gets a generated name.
            allow_list (list[str] | None | Unset): The things that the token may be used on; absent or empty means
                everything.
     """

    lifetime: int | None | Unset = UNSET
    scope: None | str | Unset = UNSET
    scopes: list[APIKeyScope] | None | Unset = UNSET
    token_name: None | str | Unset = UNSET
    allow_list: list[str] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        lifetime: int | None | Unset
        if isinstance(self.lifetime, Unset):
            lifetime = UNSET
        else:
            lifetime = self.lifetime

        scope: None | str | Unset
        if isinstance(self.scope, Unset):
            scope = UNSET
        else:
            scope = self.scope

        scopes: list[str] | None | Unset
        if isinstance(self.scopes, Unset):
            scopes = UNSET
        elif isinstance(self.scopes, list):
            scopes = []
            for scopes_type_0_item_data in self.scopes:
                scopes_type_0_item: str = scopes_type_0_item_data
                scopes.append(scopes_type_0_item)


        else:
            scopes = self.scopes

        token_name: None | str | Unset
        if isinstance(self.token_name, Unset):
            token_name = UNSET
        else:
            token_name = self.token_name

        allow_list: list[str] | None | Unset
        if isinstance(self.allow_list, Unset):
            allow_list = UNSET
        elif isinstance(self.allow_list, list):
            allow_list = self.allow_list


        else:
            allow_list = self.allow_list


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if lifetime is not UNSET:
            field_dict["lifetime"] = lifetime
        if scope is not UNSET:
            field_dict["scope"] = scope
        if scopes is not UNSET:
            field_dict["scopes"] = scopes
        if token_name is not UNSET:
            field_dict["token_name"] = token_name
        if allow_list is not UNSET:
            field_dict["allow_list"] = allow_list

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_lifetime(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        lifetime = _parse_lifetime(d.pop("lifetime", UNSET))


        def _parse_scope(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        scope = _parse_scope(d.pop("scope", UNSET))


        def _parse_scopes(data: object) -> list[APIKeyScope] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                scopes_type_0 = []
                _scopes_type_0 = data
                for scopes_type_0_item_data in (_scopes_type_0):
                    scopes_type_0_item = check_api_key_scope(scopes_type_0_item_data)



                    scopes_type_0.append(scopes_type_0_item)

                return scopes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[APIKeyScope] | None | Unset, data)

        scopes = _parse_scopes(d.pop("scopes", UNSET))


        def _parse_token_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        token_name = _parse_token_name(d.pop("token_name", UNSET))


        def _parse_allow_list(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                allow_list_type_0 = cast(list[str], data)

                return allow_list_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        allow_list = _parse_allow_list(d.pop("allow_list", UNSET))


        create_token_request = cls(
            lifetime=lifetime,
            scope=scope,
            scopes=scopes,
            token_name=token_name,
            allow_list=allow_list,
        )


        create_token_request.additional_properties = d
        return create_token_request

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
