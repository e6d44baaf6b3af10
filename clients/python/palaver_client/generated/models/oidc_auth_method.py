from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="OIDCAuthMethod")



@_attrs_define
class OIDCAuthMethod:
    """ Sign-in by an OpenID Connect provider.

        Example:
            {'enabled': True, 'signInText': 'Sign in with Example', 'iconUrl': 'https://example.com/icon.svg'}

        Attributes:
            enabled (bool): Switched on.
            sign_in_text (str): Label of the button.
            icon_url (str): Picture on the button; may be empty.
     """

    enabled: bool
    sign_in_text: str
    icon_url: str





    def to_dict(self) -> dict[str, Any]:
        enabled = self.enabled

        sign_in_text = self.sign_in_text

        icon_url = self.icon_url


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "enabled": enabled,
            "signInText": sign_in_text,
            "iconUrl": icon_url,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        enabled = d.pop("enabled")

        sign_in_text = d.pop("signInText")

        icon_url = d.pop("iconUrl")

        oidc_auth_method = cls(
            enabled=enabled,
            sign_in_text=sign_in_text,
            icon_url=icon_url,
        )

        return oidc_auth_method

