from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="LoginWithPasswordResponse")



@_attrs_define
class LoginWithPasswordResponse:
    """ A new session.

        Example:
            {'session_token': 'k3Jd92LmQx-Vb7Yt4Rw1Zc8Np5Hs2Gf6A'}

        Attributes:
            session_token (str): The session token: an id of 10 and a secret of 22 letters and digits, joined by a hyphen.
     """

    session_token: str





    def to_dict(self) -> dict[str, Any]:
        session_token = self.session_token


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "session_token": session_token,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        session_token = d.pop("session_token")

        login_with_password_response = cls(
            session_token=session_token,
        )

        return login_with_password_response

