from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="GithubAuthMethod")



@_attrs_define
class GithubAuthMethod:
    """ Sign-in by GitHub, which this server does not have.

        Example:
            {'enabled': False, 'default_provider_configured': False}

        Attributes:
            enabled (bool): Always false.
            default_provider_configured (bool): Always false.
     """

    enabled: bool
    default_provider_configured: bool





    def to_dict(self) -> dict[str, Any]:
        enabled = self.enabled

        default_provider_configured = self.default_provider_configured


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "enabled": enabled,
            "default_provider_configured": default_provider_configured,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        enabled = d.pop("enabled")

        default_provider_configured = d.pop("default_provider_configured")

        github_auth_method = cls(
            enabled=enabled,
            default_provider_configured=default_provider_configured,
        )

        return github_auth_method

