from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.login_type import check_login_type
from ..models.login_type import LoginType
from typing import cast






T = TypeVar("T", bound="UserLoginType")



@_attrs_define
class UserLoginType:
    """ How a user logs in.

        Example:
            {'login_type': 'password'}

        Attributes:
            login_type (LoginType): How a user or key authenticates: `password`, `github`, `oidc`, `token` (API tokens
                only), `none` (no login
                possible), or empty for unknown.
                 Example: password.
     """

    login_type: LoginType





    def to_dict(self) -> dict[str, Any]:
        login_type: str = self.login_type


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "login_type": login_type,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        login_type = check_login_type(d.pop("login_type"))




        user_login_type = cls(
            login_type=login_type,
        )

        return user_login_type

