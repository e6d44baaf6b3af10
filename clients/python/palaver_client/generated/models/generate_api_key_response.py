from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="GenerateAPIKeyResponse")



@_attrs_define
class GenerateAPIKeyResponse:
    """ A new session or token.

        Example:
            {'key': 'Tn5RbYc2Ha-Lq9Wv3Xe7Mz1Jk6Fd8Pg4S'}

        Attributes:
            key (str): The full token, shown this once: an id of 10 and a secret of 22 letters and digits.
     """

    key: str





    def to_dict(self) -> dict[str, Any]:
        key = self.key


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "key": key,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        key = d.pop("key")

        generate_api_key_response = cls(
            key=key,
        )

        return generate_api_key_response

