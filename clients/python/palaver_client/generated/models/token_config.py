from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="TokenConfig")



@_attrs_define
class TokenConfig:
    """ Limits of tokens.

        Example:
            {'max_token_lifetime': 604800000000000}

        Attributes:
            max_token_lifetime (int): Nanoseconds that a token may live at most.
     """

    max_token_lifetime: int





    def to_dict(self) -> dict[str, Any]:
        max_token_lifetime = self.max_token_lifetime


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "max_token_lifetime": max_token_lifetime,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        max_token_lifetime = d.pop("max_token_lifetime")

        token_config = cls(
            max_token_lifetime=max_token_lifetime,
        )

        return token_config

